/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "widget.h"

#include <locale.h>
#include <stdlib.h>

#include "ph-application.h"

void
widget_init (int *argc, char ***argv)
{
  setlocale (LC_ALL, "");
  g_test_init (argc, argv, NULL);
  if (!gtk_init_check ())
    {
      g_print ("1..0 # SKIP no display\n");
      exit (77);
    }
  adw_init ();
  ph_application_register_resources ();
}

GtkWindow *
widget_show (GtkWidget *child, int width, int height)
{
  GtkWindow *window = GTK_WINDOW (gtk_window_new ());

  gtk_window_set_default_size (window, width, height);
  gtk_window_set_child (window, child);
  gtk_window_present (window);
  gtk_test_widget_wait_for_draw (GTK_WIDGET (window));
  return window;
}

void
widget_close (GtkWindow *window)
{
  gtk_window_destroy (window);
  loop_run_for (20);
}

void
widget_for_each (GtkWidget *widget, WidgetFunc func, gpointer data)
{
  func (widget, data);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    widget_for_each (child, func, data);
}

typedef struct
{
  GType type;
  const char *text; /* NULL: any */
  GtkWidget *found;
} Search;

static void
look_at (GtkWidget *widget, gpointer data)
{
  Search *search = data;

  if (search->found || !g_type_is_a (G_OBJECT_TYPE (widget), search->type))
    return;
  if (search->text)
    {
      g_autofree char *label = NULL;

      g_object_get (widget, "label", &label, NULL);
      if (g_strcmp0 (label, search->text) != 0)
        return;
    }
  search->found = widget;
}

gpointer
widget_find (GtkWidget *widget, GType type)
{
  Search search = { .type = type };

  widget_for_each (widget, look_at, &search);
  return search.found;
}

gpointer
widget_find_text (GtkWidget *widget, GType type, const char *text)
{
  Search search = { .type = type, .text = text };

  widget_for_each (widget, look_at, &search);
  return search.found;
}

typedef struct
{
  GType type;
  GPtrArray *found;
} Collection;

static void
collect (GtkWidget *widget, gpointer data)
{
  Collection *collection = data;

  if (g_type_is_a (G_OBJECT_TYPE (widget), collection->type))
    g_ptr_array_add (collection->found, widget);
}

GPtrArray *
widget_find_all (GtkWidget *widget, GType type)
{
  Collection collection = { type, g_ptr_array_new () };

  widget_for_each (widget, collect, &collection);
  return collection.found;
}

static void
look_at_entry (GtkWidget *widget, gpointer data)
{
  Search *search = data;

  if (!search->found && GTK_IS_ENTRY (widget)
      && g_strcmp0 (gtk_entry_get_placeholder_text (GTK_ENTRY (widget)), search->text) == 0)
    search->found = widget;
}

gpointer
widget_find_entry (GtkWidget *widget, const char *hint)
{
  Search search = { .text = hint };

  widget_for_each (widget, look_at_entry, &search);
  return search.found;
}

gpointer
widget_find_in_row (GtkWidget *widget, const char *title, GType type)
{
  g_autoptr (GPtrArray) rows = widget_find_all (widget, ADW_TYPE_PREFERENCES_ROW);

  for (guint i = 0; i < rows->len; i++)
    if (g_str_equal (adw_preferences_row_get_title (g_ptr_array_index (rows, i)), title))
      return widget_find (g_ptr_array_index (rows, i), type);
  return NULL;
}
