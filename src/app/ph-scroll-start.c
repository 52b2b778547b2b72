/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The end of the adjustment is the start of the line; it moves with every change of size. */
#include "ph-scroll-start.h"

#define LEFT_KEY "ph-left-start"

static double
start_of (GtkAdjustment *adjustment)
{
  return gtk_adjustment_get_upper (adjustment) - gtk_adjustment_get_page_size (adjustment);
}

static gboolean
is_mirrored (GtkScrolledWindow *scrolled)
{
  return gtk_widget_get_direction (GTK_WIDGET (scrolled)) == GTK_TEXT_DIR_RTL;
}

static void
place_again (gpointer data)
{
  g_autoptr (GtkScrolledWindow) scrolled = data;

  if (gtk_scrolled_window_get_child (scrolled))
    gtk_widget_queue_allocate (gtk_scrolled_window_get_child (scrolled));
}

/* GTK says so in the middle of placing the columns, by the value from before; it hears of the new one too late. */
static void
size_changed (GtkAdjustment *adjustment, GtkScrolledWindow *scrolled)
{
  double start = start_of (adjustment);

  if (!is_mirrored (scrolled) || g_object_get_data (G_OBJECT (adjustment), LEFT_KEY)
      || gtk_adjustment_get_value (adjustment) == start)
    return;
  gtk_adjustment_set_value (adjustment, start);
  g_idle_add_once (place_again, g_object_ref (scrolled));
}

static void
value_changed (GtkAdjustment *adjustment, GtkScrolledWindow *scrolled)
{
  gboolean left = gtk_adjustment_get_value (adjustment) < start_of (adjustment) - 1;

  g_object_set_data (G_OBJECT (adjustment), LEFT_KEY, GINT_TO_POINTER (left));
}

void
ph_scroll_start_keep (GtkScrolledWindow *scrolled)
{
  GtkAdjustment *adjustment = gtk_scrolled_window_get_hadjustment (scrolled);

  g_signal_connect_object (adjustment, "changed", G_CALLBACK (size_changed), scrolled, 0);
  g_signal_connect_object (adjustment, "value-changed", G_CALLBACK (value_changed), scrolled, 0);
}
