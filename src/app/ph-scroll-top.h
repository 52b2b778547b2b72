/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A list of news stays at its top, where they come in, until somebody scrolls down.
 *
 * GTK keeps the row at the top where it is, and what comes above it is out of sight.
 */
#pragma once

#include <gtk/gtk.h>

/* @rows: what is in the list that @scrolled scrolls. Both live as long as @scrolled. */
void ph_scroll_top_keep (GtkScrolledWindow *scrolled, GListModel *rows);
