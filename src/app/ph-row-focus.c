/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ph-row-focus.h"

void
ph_row_focus_note (PhRowFocus *self, GPtrArray *rows)
{
  GtkRoot *root = rows->len > 0 ? gtk_widget_get_root (g_ptr_array_index (rows, 0)) : NULL;
  GtkWidget *focus = root ? gtk_root_get_focus (root) : NULL;

  *self = (PhRowFocus){ .row = -1 };
  for (guint i = 0; focus && i < rows->len; i++)
    if (focus == g_ptr_array_index (rows, i) || gtk_widget_is_ancestor (focus, g_ptr_array_index (rows, i)))
      self->row = (int) i;
  if (self->row >= 0 && GTK_IS_BUTTON (focus))
    self->icon = g_strdup (gtk_button_get_icon_name (GTK_BUTTON (focus)));
}

static GtkWidget *
find_button (GtkWidget *widget, const char *icon)
{
  GtkWidget *found = NULL;

  if (GTK_IS_BUTTON (widget) && g_strcmp0 (gtk_button_get_icon_name (GTK_BUTTON (widget)), icon) == 0)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child && !found;
       child = gtk_widget_get_next_sibling (child))
    found = find_button (child, icon);
  return found;
}

void
ph_row_focus_restore (PhRowFocus *self, GPtrArray *rows, GtkWidget *otherwise)
{
  GtkWidget *row
      = self->row >= 0 && rows->len > 0 ? g_ptr_array_index (rows, MIN ((guint) self->row, rows->len - 1)) : NULL;
  GtkWidget *button = row && self->icon ? find_button (row, self->icon) : NULL;

  if (self->row >= 0 && !(button && gtk_widget_grab_focus (button)) && !(row && gtk_widget_grab_focus (row)))
    gtk_widget_grab_focus (otherwise);
  g_clear_pointer (&self->icon, g_free);
}
