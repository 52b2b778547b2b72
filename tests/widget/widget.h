/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the widget tests share: a start that skips without a display, a main loop that runs until something is so, and
 * finding widgets in a tree. */
#pragma once

#include <adwaita.h>

#include "../model/loop.h"

/* g_test_init(), libadwaita and the templates' resources. Without a display: says so and ends with 77. */
void widget_init (int *argc, char ***argv);

/* Shows @child (taken over) in a window of its own. */
GtkWindow *widget_show (GtkWidget *child, int width, int height);

/* Destroys @window and lets what is left of it go. */
void widget_close (GtkWindow *window);

typedef void (*WidgetFunc) (GtkWidget *widget, gpointer data);

/* @widget and all below it. */
void widget_for_each (GtkWidget *widget, WidgetFunc func, gpointer data);

/* The first one of @type below @widget, in the order of drawing; NULL. */
gpointer widget_find (GtkWidget *widget, GType type);

/* All of them. */
GPtrArray *widget_find_all (GtkWidget *widget, GType type);

/* The first button, label or the like that says @text; NULL. */
gpointer widget_find_text (GtkWidget *widget, GType type, const char *text);

/* The entry that shows @hint while it is empty; NULL. */
gpointer widget_find_entry (GtkWidget *widget, const char *hint);

/* The first one of @type in (or that is) the preferences' row with that title; NULL. */
gpointer widget_find_in_row (GtkWidget *widget, const char *title, GType type);
