/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The list takes a new place only once the change has been laid out: a frame later. */
#include "ph-scroll-top.h"

#define PENDING_KEY "ph-scroll-top"
#define FRAMES      2

static gboolean
scroll (GtkWidget *scrolled, GdkFrameClock *clock, gpointer data)
{
  guint *frames = data;

  if (--*frames > 0)
    return G_SOURCE_CONTINUE;
  g_object_set_data (G_OBJECT (scrolled), PENDING_KEY, NULL);
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scrolled)), 0);
  return G_SOURCE_REMOVE;
}

/* Heard before the list has moved. */
static void
items_changed (GListModel *rows, guint position, guint removed, guint added, GtkScrolledWindow *scrolled)
{
  guint *frames;

  if (g_object_get_data (G_OBJECT (scrolled), PENDING_KEY)
      || gtk_adjustment_get_value (gtk_scrolled_window_get_vadjustment (scrolled)) > 0)
    return;
  frames = g_new (guint, 1);
  *frames = FRAMES;
  g_object_set_data (G_OBJECT (scrolled), PENDING_KEY, GINT_TO_POINTER (TRUE));
  gtk_widget_add_tick_callback (GTK_WIDGET (scrolled), scroll, frames, g_free);
}

void
ph_scroll_top_keep (GtkScrolledWindow *scrolled, GListModel *rows)
{
  g_signal_connect_object (rows, "items-changed", G_CALLBACK (items_changed), scrolled, 0);
}
