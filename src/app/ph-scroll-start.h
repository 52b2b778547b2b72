/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where text runs from right to left a wide table begins at its right edge; GTK begins at the left one (seen in 4.8).
 */
#pragma once

#include <gtk/gtk.h>

/* Keeps @scrolled at the start of its lines until the user scrolls sideways. Does nothing where text runs to the right.
 */
void ph_scroll_start_keep (GtkScrolledWindow *scrolled);
