/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A look goes round like this: the timer, the source's worker, then a worker of our own that compares (a look at a
 * hundred thousand sockets takes milliseconds), then the main loop, which tells and saves, and arms the timer again.
 * One that is handed in begins at the second worker. There is one at a time; what is handed in meanwhile is passed
 * over, for the next one sees all that it saw.
 */
#include "ph-watcher-private.h"

#include "ph-handover.h"
#include "ph-probe.h"
#include "ph-worker.h"

#define FED_GAP_MAX_US (60 * G_USEC_PER_SEC) /* looks that are further apart do not belong together */
#define FILE_MAX       (4 * 1024 * 1024)     /* bytes of a file that is read whole */

/* One comparison. */
typedef struct
{
  PhWatcher *watcher; /* until it is compared: the worker is never the last to let go of it */
  PhSnapshot *snapshot;
  gboolean listeners_only;
  PhKnown *known;
  gboolean ephemeral_udp;
  PhWatchResult result;
} Comparison;

static void
free_comparison (gpointer data)
{
  Comparison *comparison = data;

  PH_TAKE_OVER (comparison);
  ph_snapshot_unref (comparison->snapshot);
  ph_known_unref (comparison->known);
  ph_watch_result_clear (&comparison->result);
  g_free (comparison);
}

static gboolean
timed_out (gpointer data)
{
  PhWatcher *self = data;

  self->look_id = 0;
  ph_watcher_look (self);
  return G_SOURCE_REMOVE;
}

void
ph_watcher_arm_look (PhWatcher *self)
{
  g_clear_handle_id (&self->look_id, g_source_remove);
  if (self->running && !self->busy)
    self->look_id = g_timeout_add (self->interval_ms, timed_out, self);
}

/* What a look has learned goes into a set that the preferences have changed meanwhile. */
static PhKnown *
merge (const PhKnown *changed, const PhKnown *before, const PhKnown *learned)
{
  g_autoptr (GPtrArray) keys = g_ptr_array_new ();
  g_autoptr (PhKnown) merged = NULL;

  for (guint i = 0; i < ph_known_n_entries (learned); i++)
    {
      const PhKnownEntry *entry = ph_known_entry (learned, i);

      if (ph_known_find (before, entry->key) == NULL)
        g_ptr_array_add (keys, (gpointer) entry->key);
    }
  merged = ph_known_learn (changed, keys, g_get_real_time () / G_USEC_PER_SEC);
  return ph_known_set_learned (merged, ph_known_learned (learned), ph_known_learned_ephemeral (learned));
}

/* What was told to the watch once it does not tell again: a look that has ended counts, whatever else has changed. */
static void
take_result (PhWatcher *self, const Comparison *comparison)
{
  const PhWatchResult *result = &comparison->result;
  g_autoptr (PhKnown) known = NULL;
  g_autoptr (GPtrArray) news = g_ptr_array_new ();

  if (comparison->known == self->known)
    known = ph_known_ref (result->known);
  else
    known = merge (self->known, comparison->known, result->known);
  for (guint i = 0; i < result->news->len; i++)
    {
      PhListener *listener = g_ptr_array_index (result->news, i);

      if (!ph_known_is_muted (known, &listener->key))
        g_ptr_array_add (news, listener);
    }
  ph_watcher_replace_known (self, known);
  ph_watcher_take_news (self, news);
}

static void
compared (GObject *object, GAsyncResult *result, gpointer data)
{
  Comparison *comparison = g_task_get_task_data (G_TASK (result));
  g_autoptr (PhWatcher) self = NULL;

  PH_TAKE_OVER (comparison);
  self = g_steal_pointer (&comparison->watcher);
  self->busy = FALSE;
  if (self->started)
    {
      take_result (self, comparison);
      ph_watcher_tell_recorded (self);
      ph_watcher_drop_gone (self, comparison->snapshot);
      ph_watcher_update_trouble (self);
      ph_watcher_arm_look (self);
    }
  PH_HAND_OVER (comparison); /* the worker may be the last to let go of it */
}

static void
take_text (void *user, PhFrameKind kind, const void *bytes, size_t length)
{
  GString *text = user;

  if (kind == PH_FRAME_TEXT && text->len + length <= FILE_MAX)
    g_string_append_len (text, bytes, (gssize) length);
}

/* Once: neither changes while one works, and where they cannot be read there are defaults. */
static void
read_files (PhWatcher *self)
{
  static const PhRequest port_range = { .name = PH_REQUEST_PORT_RANGE };
  static const PhRequest services = { .name = PH_REQUEST_SERVICES };
  g_autoptr (GString) text = g_string_new (NULL);
  PhProbe *probe = ph_probe_new ();

  self->ephemeral = PH_PORT_RANGE_EPHEMERAL;
  if (ph_probe_ask (probe, &port_range, take_text, text, NULL, NULL))
    ph_port_range_parse_proc (text->str, text->len, &self->ephemeral);
  g_string_truncate (text, 0);
  ph_probe_ask (probe, &services, take_text, text, NULL, NULL);
  self->services = ph_services_parse (text->str, text->len);
  ph_probe_free (probe);
}

static void
compare (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Comparison *comparison = data;
  PhWatcher *self = comparison->watcher;
  PhWatchSettings settings;

  if (self->services == NULL)
    read_files (self);
  settings = (PhWatchSettings){ .ephemeral = self->ephemeral,
                                .ephemeral_udp = comparison->ephemeral_udp,
                                .forget_days = PH_WATCH_FORGET_DAYS,
                                .services = self->services };
  ph_activity_recorder_learn (self->recorder);
  ph_activity_recorder_look (self->recorder, comparison->snapshot, comparison->listeners_only, self->ephemeral,
                             comparison->ephemeral_udp);
  ph_watch_look (self->watch, comparison->known, comparison->snapshot, &settings, g_get_real_time () / G_USEC_PER_SEC,
                 &comparison->result);
  PH_HAND_OVER (comparison);
  g_task_return_boolean (task, TRUE);
}

static void
start_comparing (PhWatcher *self, PhSnapshot *snapshot, gboolean listeners_only)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, compared, NULL);
  Comparison *comparison = g_new0 (Comparison, 1);

  comparison->watcher = g_object_ref (self);
  comparison->snapshot = ph_snapshot_ref (snapshot);
  comparison->listeners_only = listeners_only;
  comparison->known = ph_known_ref (self->known);
  comparison->ephemeral_udp = self->ephemeral_udp;
  g_task_set_task_data (task, comparison, free_comparison);
  self->busy = TRUE;
  g_clear_handle_id (&self->look_id, g_source_remove);
  ph_worker_run (task, compare);
}

/* Somebody looks at all sockets anyway, if perhaps more slowly than we do. */
static gboolean
is_fed (PhWatcher *self)
{
  return self->fed_gap_us > 0
         && g_get_monotonic_time () - self->fed_us < 2 * self->fed_gap_us + self->interval_ms * 1000;
}

static void
collected (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (PhWatcher) self = data;
  g_autoptr (PhSnapshot) snapshot = ph_source_collect_finish (PH_SOURCE (source), result, NULL, NULL, NULL);

  self->busy = FALSE;
  if (!self->running)
    return;
  if (snapshot != NULL)
    start_comparing (self, snapshot, self->listeners_only);
  else
    ph_watcher_arm_look (self);
}

void
ph_watcher_look (PhWatcher *self)
{
  gboolean connections = ph_watcher_wants_connections (self) && !is_fed (self);
  PhPlan plan = { .requests = PH_WATCH_REQUESTS,
                  .want = connections ? PH_WANT_TCP_INFO : PH_WANT_LISTENING,
                  .owners = TRUE,
                  .names = TRUE };

  if (self->busy || !self->running)
    return;
  self->busy = TRUE;
  self->listeners_only = !connections;
  ph_source_collect_async (self->source, &plan, self->cancellable, collected, g_object_ref (self));
}

void
ph_watcher_feed (PhWatcher *self, PhSnapshot *snapshot)
{
  g_return_if_fail (PH_IS_WATCHER (self));
  g_return_if_fail (snapshot != NULL);

  const gint64 now = g_get_monotonic_time ();

  if (!self->running)
    return;
  for (guint request = 0; request < PH_N_REQUESTS; request++)
    if ((PH_WATCH_REQUESTS & G_GUINT64_CONSTANT (1) << request) != 0
        && ph_snapshot_look (snapshot, request)->look == PH_LOOK_NOT_ASKED)
      return;
  self->fed_gap_us = now - self->fed_us < FED_GAP_MAX_US ? now - self->fed_us : 0;
  self->fed_us = now;
  if (self->busy)
    return;
  start_comparing (self, snapshot, FALSE);
}
