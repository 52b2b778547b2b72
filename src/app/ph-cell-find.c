/* SPDX-License-Identifier: GPL-3.0-or-later */
/* GTK's own widgets have no names but those for CSS. */
#include "ph-cell-find.h"

#include <string.h>

static gboolean
is_called (GtkWidget *widget, const char *name)
{
  return strcmp (gtk_widget_get_css_name (widget), name) == 0;
}

static PhCell *
first_cell (GtkWidget *widget)
{
  PhCell *found = NULL;

  if (PH_IS_CELL (widget))
    return PH_CELL (widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child && !found;
       child = gtk_widget_get_next_sibling (child))
    found = first_cell (child);
  return found;
}

PhCell *
ph_cell_near (GtkWidget *widget)
{
  for (; widget; widget = gtk_widget_get_parent (widget))
    {
      if (PH_IS_CELL (widget))
        return PH_CELL (widget);
      if (is_called (widget, "cell") || is_called (widget, "row"))
        return first_cell (widget);
    }
  return NULL;
}

PhCell *
ph_cell_at (GtkWidget *table, double x, double y)
{
  return ph_cell_near (gtk_widget_pick (table, x, y, GTK_PICK_DEFAULT));
}

GtkWidget *
ph_cell_row_widget (PhCell *cell)
{
  GtkWidget *widget = GTK_WIDGET (cell);

  while (widget && !is_called (widget, "row"))
    widget = gtk_widget_get_parent (widget);
  return widget;
}
