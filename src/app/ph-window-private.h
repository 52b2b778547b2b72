/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the parts of PhWindow share. ph-window.c is the object itself; beside it stand -pages.c, which page is where and
 * in sight, and -show.c, how a page is brought to show something.
 */
#pragma once

#include "ph-window.h"

struct _PhWindow
{
  AdwApplicationWindow parent_instance;

  AdwViewStack *stack; /* an empty place for each page */
  AdwViewStackPage *connections;
  GtkMenuButton *menu_button;
  GMenuModel *main_menu;

  PhRemember *remember;
  guint interval; /* ms */
  gboolean paused;
  gboolean numeric;
  gboolean in_sight;
};

/* Pages. The content of a place is a PhTablePage or a PhSection of some. */
gboolean ph_window_has_content (PhWindow *self); /* a page is in sight, not only a place for one */
GtkWidget *ph_window_get_content (PhWindow *self);
GtkWidget *ph_window_ensure_content (PhWindow *self, const char *name); /* in sight or not */
void ph_window_page_changed (PhWindow *self); /* the one in sight is another, or what it shows */
void ph_window_place_changed (PhWindow *self);
void ph_window_go_to (PhWindow *self, const char *name); /* by the keyboard: the focus goes there, too */
void ph_window_tell_page (GtkWidget *widget, const char *name, GVariant *parameter);

/* Actions that show something. */
void ph_window_route_to (GtkWidget *widget, const char *name, GVariant *parameter);
void ph_window_look_up (GtkWidget *widget, const char *name, GVariant *parameter);
void ph_window_show_socket (GtkWidget *widget, const char *name, GVariant *parameter);
