/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ph-measure.h"

#include "ph-own-process.h"
#include "ph-samples.h"

#define TICK_US 5000

struct _PhMeasure
{
  PhWindow *window; /* borrowed; it ends us when it goes */
  PhPoller *poller;
  PhView *view;
  GSource *ticks;
  gint64 duration; /* µs, as all times here */
  PhMeasureDone done;
  gpointer user_data;

  gboolean settled; /* there is something to draw */
  gint64 process_start;
  gint64 began; /* 0: the first rows have not been drawn yet */
  gint64 first_rows;
  gint64 cpu_before;
  gint64 first_collect, first_owners; /* before anything was known */
  guint polls;                        /* since it began */

  gint64 planned; /* when the next tick is to be */
  PhSamples stall, collect, owners, sync;
};

static char *
report (PhMeasure *self)
{
  GString *json = g_string_new (NULL);
  gint64 cpu = ph_own_process_cpu () - self->cpu_before;
  char digits[G_ASCII_DTOSTR_BUF_SIZE];

  g_string_append_printf (json, "{\"rows\": %u, \"polls\": %u, \"interval_ms\": %u, \"collect_ms\": ",
                          g_list_model_get_n_items (G_LIST_MODEL (self->view)), self->polls,
                          ph_poller_get_effective_interval (self->poller));
  ph_samples_append_json (&self->collect, json);
  g_string_append (json, ", \"owners_ms\": ");
  ph_samples_append_json (&self->owners, json);
  g_string_append (json, ", \"sync_ms\": ");
  ph_samples_append_json (&self->sync, json);
  g_string_append (json, ", \"stall_ms\": ");
  ph_samples_append_json (&self->stall, json);
  g_string_append (json, ", \"first_collect_ms\": ");
  ph_samples_append_ms (self->first_collect, json);
  g_string_append (json, ", \"first_owners_ms\": ");
  ph_samples_append_ms (self->first_owners, json);
  g_string_append (json, ", \"first_rows_ms\": ");
  ph_samples_append_ms (self->first_rows, json);
  g_string_append_printf (
      json, ", \"rss_mib\": %s",
      g_ascii_formatd (digits, sizeof digits, "%.1f", (double) ph_own_process_resident () / (1 << 20)));
  g_string_append (json, ", \"cpu_ms_per_poll\": ");
  ph_samples_append_ms (self->polls ? cpu / self->polls : 0, json);
  g_string_append_c (json, '}');
  return g_string_free (json, FALSE);
}

static void window_gone (gpointer data, GObject *window);

static void
finish (PhMeasure *self)
{
  g_autofree char *json = report (self);

  if (self->window)
    {
      GdkFrameClock *clock = gtk_widget_get_frame_clock (GTK_WIDGET (self->window));

      if (clock)
        g_signal_handlers_disconnect_by_data (clock, self);
      g_signal_handlers_disconnect_by_data (self->window, self);
      g_object_weak_unref (G_OBJECT (self->window), window_gone, self);
    }
  g_source_destroy (self->ticks);
  g_source_unref (self->ticks);
  g_signal_handlers_disconnect_by_data (self->poller, self);
  g_signal_handlers_disconnect_by_data (self->view, self);
  g_object_unref (self->poller);
  g_object_unref (self->view);
  ph_samples_clear (&self->stall);
  ph_samples_clear (&self->collect);
  ph_samples_clear (&self->owners);
  ph_samples_clear (&self->sync);

  self->done (json, self->user_data);
  g_free (self);
}

static void
window_gone (gpointer data, GObject *window)
{
  PhMeasure *self = data;

  self->window = NULL;
  finish (self);
}

/* --- the timer --- */

static gboolean
ticks_dispatch (GSource *source, GSourceFunc callback, gpointer data)
{
  return callback (data);
}

static GSourceFuncs ticks_funcs = { .dispatch = ticks_dispatch };

static gboolean
tick (gpointer data)
{
  PhMeasure *self = data;
  gint64 now = g_get_monotonic_time ();

  for (; self->planned <= now; self->planned += TICK_US)
    ph_samples_add (&self->stall, now - self->planned);
  if (now - self->began >= self->duration)
    {
      finish (self);
      return G_SOURCE_REMOVE;
    }
  g_source_set_ready_time (self->ticks, self->planned);
  return G_SOURCE_CONTINUE;
}

/* --- the beginning --- */

static void
frame_drawn (GdkFrameClock *clock, PhMeasure *self)
{
  if (!self->settled || self->began)
    return;
  g_signal_handlers_disconnect_by_func (clock, frame_drawn, self);

  self->began = g_get_monotonic_time ();
  self->first_rows = self->process_start ? self->began - self->process_start : 0;
  self->cpu_before = ph_own_process_cpu ();
  self->planned = self->began + TICK_US;
  g_source_set_ready_time (self->ticks, self->planned);
}

static void
settled (PhMeasure *self)
{
  self->settled = TRUE;
  gtk_widget_queue_draw (GTK_WIDGET (self->window));
}

static void
realized (GtkWidget *window, PhMeasure *self)
{
  g_signal_connect (gtk_widget_get_frame_clock (window), "after-paint", G_CALLBACK (frame_drawn), self);
}

static void
polled (PhMeasure *self)
{
  gint64 collect, owners, sync;

  ph_poller_get_timing (self->poller, &collect, &owners, &sync);
  if (!self->began)
    {
      self->first_collect = collect;
      self->first_owners = owners;
      return;
    }
  self->polls++;
  ph_samples_add (&self->collect, collect);
  ph_samples_add (&self->owners, owners);
  ph_samples_add (&self->sync, sync);
}

void
ph_measure_start (PhWindow *window, double seconds, PhMeasureDone done, gpointer user_data)
{
  PhTablePage *page = ph_window_get_page (window);
  PhMeasure *self = g_new0 (PhMeasure, 1);

  self->process_start = ph_own_process_start ();
  self->window = window;
  self->poller = g_object_ref (ph_table_page_get_poller (page));
  self->view = g_object_ref (ph_table_view_get_view (ph_table_page_get_table_view (page)));
  self->duration = (gint64) (seconds * G_USEC_PER_SEC);
  self->done = done;
  self->user_data = user_data;
  ph_samples_init (&self->stall);
  ph_samples_init (&self->collect);
  ph_samples_init (&self->owners);
  ph_samples_init (&self->sync);

  self->ticks = g_source_new (&ticks_funcs, sizeof (GSource));
  g_source_set_callback (self->ticks, tick, self, NULL);
  g_source_attach (self->ticks, NULL);

  g_object_weak_ref (G_OBJECT (window), window_gone, self);
  g_signal_connect_after (window, "realize", G_CALLBACK (realized), self);
  g_signal_connect_swapped (self->poller, "polled", G_CALLBACK (polled), self);
  g_signal_connect_swapped (self->poller, "notify::error", G_CALLBACK (settled), self);
  g_signal_connect_swapped (self->view, "arranged", G_CALLBACK (settled), self);
}
