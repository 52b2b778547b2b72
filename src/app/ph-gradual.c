/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A GtkSliceListModel whose end moves. Where the list has become short, so does the slice: it may be long again at
 * once, when a filter is taken away.
 */
#include "ph-gradual.h"

#define FIRST 26  /* rows: what a window of the usual size shows */
#define STEP  56  /* that a frame has time for; in smaller steps GTK styles all the others too often */
#define ALL   256 /* more than GTK makes */

typedef struct
{
  GtkWidget *widget;        /* weak */
  GtkSliceListModel *slice; /* borrowed: it owns this */
  guint tick_id;
  gboolean drawn; /* a frame has passed since it began to grow */
} Gradual;

static G_DEFINE_QUARK (ph_gradual, gradual)

static void
gradual_free (gpointer data)
{
  Gradual *self = data;

  if (self->tick_id && self->widget)
    gtk_widget_remove_tick_callback (self->widget, self->tick_id);
  g_clear_weak_pointer (&self->widget);
  g_free (self);
}

static gboolean
grow (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  Gradual *self = data;
  guint size = gtk_slice_list_model_get_size (self->slice);

  /* What there is already is drawn by this very frame. */
  if (!self->drawn)
    {
      self->drawn = TRUE;
      return G_SOURCE_CONTINUE;
    }
  if (size + STEP < ALL)
    {
      gtk_slice_list_model_set_size (self->slice, size + STEP);
      return G_SOURCE_CONTINUE;
    }
  self->tick_id = 0;
  gtk_slice_list_model_set_size (self->slice, G_MAXUINT);
  return G_SOURCE_REMOVE;
}

/* After the slice has seen it. */
static void
model_changed (GListModel *model, guint position, guint removed, guint added, GtkSliceListModel *slice)
{
  Gradual *self = g_object_get_qdata (G_OBJECT (slice), gradual_quark ());
  guint n = g_list_model_get_n_items (model);
  guint size = gtk_slice_list_model_get_size (slice);

  if (n < MIN (size, ALL))
    gtk_slice_list_model_set_size (slice, MAX (n, FIRST));
  else if (n > size && !self->tick_id && self->widget)
    {
      self->drawn = FALSE;
      self->tick_id = gtk_widget_add_tick_callback (self->widget, grow, self, NULL);
    }
}

GListModel *
ph_gradual_new (GListModel *model, GtkWidget *widget)
{
  GtkSliceListModel *slice = gtk_slice_list_model_new (g_object_ref (model), 0, FIRST);
  Gradual *self = g_new0 (Gradual, 1);

  self->slice = slice;
  g_set_weak_pointer (&self->widget, widget);
  g_object_set_qdata_full (G_OBJECT (slice), gradual_quark (), self, gradual_free);
  g_signal_connect_object (model, "items-changed", G_CALLBACK (model_changed), slice, 0);
  model_changed (model, 0, 0, 0, slice);
  return G_LIST_MODEL (slice);
}
