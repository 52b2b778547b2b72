/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The titles are labels somewhere in the column view's first child; they are known by what they say. */
#include "ph-table-header.h"

#include <glib/gi18n.h>
#include <string.h>

static GtkWidget *
find_label (GtkWidget *widget, const char *text)
{
  GtkWidget *found = NULL;

  if (GTK_IS_LABEL (widget))
    return strcmp (gtk_label_get_text (GTK_LABEL (widget)), text) == 0 ? widget : NULL;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child && !found;
       child = gtk_widget_get_next_sibling (child))
    found = find_label (child, text);
  return found;
}

void
ph_table_header_align (GtkColumnView *view, const PhColumn *const *columns)
{
  GtkWidget *header = gtk_widget_get_first_child (GTK_WIDGET (view));

  if (!header || strcmp (gtk_widget_get_css_name (header), "header") != 0)
    return;
  for (; *columns; columns++)
    {
      GtkWidget *title = (*columns)->align == PH_ALIGN_END ? find_label (header, _ ((*columns)->title)) : NULL;

      if (title)
        {
          gtk_label_set_xalign (GTK_LABEL (title), 1);
          gtk_widget_set_hexpand (title, TRUE);
        }
    }
}

const PhColumn *
ph_table_header_find (GtkWidget *widget, const PhColumn *const *columns)
{
  GtkWidget *parent = widget ? gtk_widget_get_parent (widget) : NULL;

  /* Its title is what lies right in the line of headers. */
  for (; parent && strcmp (gtk_widget_get_css_name (parent), "header") != 0; parent = gtk_widget_get_parent (widget))
    widget = parent;
  if (!parent || !GTK_IS_COLUMN_VIEW (gtk_widget_get_parent (parent)))
    return NULL;
  for (; *columns; columns++)
    if (find_label (widget, _ ((*columns)->title)))
      return *columns;
  return NULL;
}

static GtkWidget *
find_part (GtkColumnView *view, const char *css_name)
{
  GtkWidget *part = gtk_widget_get_first_child (GTK_WIDGET (view));

  while (part && strcmp (gtk_widget_get_css_name (part), css_name) != 0)
    part = gtk_widget_get_next_sibling (part);
  return part;
}

GtkWidget *
ph_table_header_find_rows (GtkColumnView *view)
{
  return find_part (view, "listview");
}

static void
name_part (GtkWidget *part, const char *name)
{
  if (part)
    gtk_accessible_update_property (GTK_ACCESSIBLE (part), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

void
ph_table_header_name (GtkColumnView *view, const char *name)
{
  name_part (find_part (view, "header"), _ ("Column Titles"));
  name_part (find_part (view, "listview"), name);
}
