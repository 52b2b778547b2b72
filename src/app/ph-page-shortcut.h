/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A key that means something on one page, wherever in the window the focus is. */
#pragma once

#include <gtk/gtk.h>

/* @action of @page is activated by @keyval with @modifiers while the page can be seen. */
void ph_page_shortcut_add (GtkWidget *page, guint keyval, GdkModifierType modifiers, const char *action);
