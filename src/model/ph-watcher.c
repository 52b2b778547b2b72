/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A look goes round like this: the timer, the source's worker, then a worker of our own that compares (a look at a
 * hundred thousand sockets takes milliseconds), then the main loop, which tells and saves, and arms the timer again.
 * One that is handed in begins at the second worker. There is one at a time; what is handed in meanwhile is passed
 * over, for the next one sees all that it saw.
 */
#include "ph-watcher.h"

#include "ph-activity-recorder.h"
#include "ph-handover.h"
#include "ph-probe.h"
#include "ph-source.h"
#include "ph-watch.h"
#include "ph-worker.h"

#define DEFAULT_INTERVAL_MS 2000
#define FED_GAP_MAX_US      (60 * G_USEC_PER_SEC) /* looks that are further apart do not belong together */
#define FILE_MAX            (4 * 1024 * 1024)     /* bytes of a file that is read whole */

struct _PhWatcher
{
  GObject parent_instance;

  PhActivityLog *log;
  guint log_size;
  guint64 told_generation; /* of the log */
  PhActivityRecorder *recorder;
  PhHistoryStore *history; /* may be NULL */
  PhKnownStore *known_store;
  PhSource *source;
  PhKnown *known; /* NULL: not read yet */
  PhGather *gather;
  GHashTable *unseen; /* PhListener, by its key */

  gboolean alerts, ephemeral_udp, attended, keep_ports, keep_connections;
  guint interval_ms;
  char *trouble;
  char *deaf; /* why the kernel's news are not heard; NULL: they are */

  guint n_loading; /* files that are being read */
  gboolean started;
  gboolean running;
  gboolean busy; /* a look is under way */
  guint look_id; /* timers */
  guint tell_id;
  GCancellable *cancellable;

  gboolean listeners_only; /* of the look under way */
  gint64 fed_us;           /* when a look was last handed in, and how long after the one before; 0: never */
  gint64 fed_gap_us;

  /* the comparing worker's */
  PhWatch *watch;
  PhPortRange ephemeral;
  PhServices *services; /* NULL: nor is the range read yet */
};

G_DEFINE_FINAL_TYPE (PhWatcher, ph_watcher, G_TYPE_OBJECT)

enum
{
  PROP_ALERTS = 1,
  PROP_EPHEMERAL_UDP,
  PROP_INTERVAL,
  PROP_ATTENDED,
  PROP_KEEP_PORTS,
  PROP_KEEP_CONNECTIONS,
  PROP_UNSEEN,
  PROP_TROUBLE,
  N_PROPS
};
static GParamSpec *props[N_PROPS];

enum
{
  ALERT,
  KNOWN_CHANGED,
  RECORDED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

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

static void look (PhWatcher *self);

/* --- what is told --- */

static void
update_trouble (PhWatcher *self)
{
  const char *trouble = self->deaf;

  if (self->history != NULL && trouble == NULL)
    trouble = ph_history_store_get_error (self->history);
  if (self->known_store != NULL && trouble == NULL)
    trouble = ph_known_store_get_error (self->known_store);
  if (self->history != NULL && trouble == NULL)
    trouble = ph_history_store_get_notice (self->history);
  if (self->known_store != NULL && trouble == NULL)
    trouble = ph_known_store_get_notice (self->known_store);
  if (g_strcmp0 (trouble, self->trouble) == 0)
    return;
  g_free (self->trouble);
  self->trouble = g_strdup (trouble);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_TROUBLE]);
}

static void arm_tell (PhWatcher *self);

static gboolean
tell (gpointer data)
{
  PhWatcher *self = data;
  g_autoptr (PhAlert) alert = ph_gather_take (self->gather, g_get_monotonic_time ());

  self->tell_id = 0;
  arm_tell (self);
  if (alert != NULL)
    g_signal_emit (self, signals[ALERT], 0, alert);
  return G_SOURCE_REMOVE;
}

static void
arm_tell (PhWatcher *self)
{
  gint64 deadline = ph_gather_deadline (self->gather);

  g_clear_handle_id (&self->tell_id, g_source_remove);
  if (deadline != G_MAXINT64)
    self->tell_id = g_timeout_add ((guint) (MAX (deadline - g_get_monotonic_time (), 0) / 1000) + 1, tell, self);
}

static void
take_news (PhWatcher *self, const GPtrArray *news)
{
  if (news->len == 0)
    return;
  for (guint i = 0; i < news->len; i++)
    g_hash_table_add (self->unseen, ph_listener_ref (g_ptr_array_index (news, i)));
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_UNSEEN]);
  if (!self->alerts)
    return;
  ph_gather_add (self->gather, news, g_get_monotonic_time ());
  arm_tell (self);
}

/* One of its sockets is mostly there still; else there may be another. */
static gboolean
is_gone (gpointer key, gpointer value, gpointer snapshot)
{
  const PhListener *listener = key;
  const PhSocket *socket = ph_snapshot_find (snapshot, &listener->socket);

  if (socket != NULL && socket->head.mark != PH_MARK_CLOSED)
    return FALSE;
  for (guint i = 0; i < ph_snapshot_n_records (snapshot); i++)
    {
      socket = ph_snapshot_record (snapshot, i);
      if (ph_listener_is_watched (socket) && ph_listener_key_covers (&listener->key, socket))
        return FALSE;
    }
  return TRUE;
}

static void
drop_gone (PhWatcher *self, PhSnapshot *snapshot)
{
  if (g_hash_table_foreach_remove (self->unseen, is_gone, snapshot) > 0)
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_UNSEEN]);
}

/* The log may have grown. */
static void
tell_recorded (PhWatcher *self)
{
  const guint64 generation = ph_activity_log_generation (self->log);

  if (generation == self->told_generation)
    return;
  self->told_generation = generation;
  g_signal_emit (self, signals[RECORDED], 0);
}

static void
set_known (PhWatcher *self, PhKnown *known)
{
  if (known == self->known)
    return;
  ph_known_unref (self->known);
  self->known = ph_known_ref (known);
  if (self->known_store != NULL)
    ph_known_store_save (self->known_store, known);
  g_signal_emit (self, signals[KNOWN_CHANGED], 0);
}

/* --- a look --- */

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
  look (self);
  return G_SOURCE_REMOVE;
}

static void
arm_look (PhWatcher *self)
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
  set_known (self, known);
  take_news (self, news);
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
      tell_recorded (self);
      drop_gone (self, comparison->snapshot);
      update_trouble (self);
      arm_look (self);
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

static gboolean
wants_connections (PhWatcher *self)
{
  return self->attended || self->keep_connections;
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
    arm_look (self);
}

static void
look (PhWatcher *self)
{
  gboolean connections = wants_connections (self) && !is_fed (self);
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

/* --- when --- */

static void
update_hearing (PhWatcher *self)
{
  g_autoptr (GError) error = NULL;

  ph_activity_recorder_keep (self->recorder, self->keep_ports, self->keep_connections);
  g_clear_pointer (&self->deaf, g_free);
  if (!ph_activity_recorder_hear (self->recorder, self->running, self->running && wants_connections (self), &error))
    self->deaf = g_strdup (error->message);
  update_trouble (self);
}

static void
update (PhWatcher *self)
{
  gboolean run = self->started && self->n_loading == 0 && (self->alerts || self->attended);

  if (run != self->running)
    {
      self->running = run;
      g_clear_handle_id (&self->look_id, g_source_remove);
      if (run)
        {
          self->cancellable = g_cancellable_new ();
          ph_activity_recorder_forget (self->recorder);
          look (self);
        }
      else
        {
          g_cancellable_cancel (self->cancellable);
          g_clear_object (&self->cancellable);
        }
    }
  update_hearing (self);
}

static void
known_loaded (GObject *store, GAsyncResult *result, gpointer data)
{
  g_autoptr (PhWatcher) self = data;

  self->known = ph_known_store_load_finish (PH_KNOWN_STORE (store), result);
  g_signal_emit (self, signals[KNOWN_CHANGED], 0);
  self->n_loading--;
  update (self);
}

static void
history_loaded (GObject *store, GAsyncResult *result, gpointer data)
{
  g_autoptr (PhWatcher) self = data;
  g_autoptr (GError) error = NULL;

  /* Why not is in its "error". */
  ph_history_store_load_finish (PH_HISTORY_STORE (store), result, &error);
  self->n_loading--;
  update (self);
  tell_recorded (self);
}

void
ph_watcher_start (PhWatcher *self)
{
  g_return_if_fail (PH_IS_WATCHER (self));
  g_return_if_fail (!self->started);

  self->started = TRUE;
  if (self->known_store != NULL)
    {
      self->n_loading++;
      ph_known_store_load_async (self->known_store, known_loaded, g_object_ref (self));
    }
  else
    self->known = ph_known_new ();
  if (self->history != NULL)
    {
      self->n_loading++;
      ph_history_store_load_async (self->history, self->log, self->log_size, history_loaded, g_object_ref (self));
    }
  update (self);
}

void
ph_watcher_close (PhWatcher *self, guint timeout_ms)
{
  g_return_if_fail (PH_IS_WATCHER (self));

  self->started = FALSE;
  update (self);
  g_clear_handle_id (&self->tell_id, g_source_remove);
  if (self->known_store != NULL)
    ph_known_store_close (self->known_store, timeout_ms / 2);
  if (self->history != NULL)
    ph_history_store_close (self->history, timeout_ms / 2);
}

/* --- what is known --- */

PhKnown *
ph_watcher_get_known (PhWatcher *self)
{
  g_return_val_if_fail (PH_IS_WATCHER (self), NULL);
  return self->known;
}

void
ph_watcher_set_known (PhWatcher *self, PhKnown *known)
{
  g_return_if_fail (PH_IS_WATCHER (self));
  g_return_if_fail (known != NULL);

  if (self->known != NULL)
    set_known (self, known);
}

void
ph_watcher_mute (PhWatcher *self, const PhListenerKey *key)
{
  g_return_if_fail (PH_IS_WATCHER (self));
  g_return_if_fail (key != NULL);

  if (self->known == NULL)
    return;

  g_autoptr (PhMute) mute = ph_mute_new_for (key);
  g_autoptr (PhKnown) known = ph_known_change_mutes (self->known, NULL, mute);

  set_known (self, known);
}

gboolean
ph_watcher_is_unseen (PhWatcher *self, const PhSocket *socket)
{
  GHashTableIter iter;
  gpointer key;

  g_return_val_if_fail (PH_IS_WATCHER (self), FALSE);

  if (g_hash_table_size (self->unseen) == 0 || !ph_listener_is_watched (socket))
    return FALSE;
  g_hash_table_iter_init (&iter, self->unseen);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    if (ph_listener_key_covers (key, socket))
      return TRUE;
  return FALSE;
}

void
ph_watcher_mark_seen (PhWatcher *self, const PhListenerKey *key)
{
  guint n;

  g_return_if_fail (PH_IS_WATCHER (self));

  n = g_hash_table_size (self->unseen);
  if (key != NULL)
    g_hash_table_remove (self->unseen, key);
  else
    g_hash_table_remove_all (self->unseen);
  if (g_hash_table_size (self->unseen) != n)
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_UNSEEN]);
}

static gboolean
is_covered (gpointer key, gpointer value, gpointer socket)
{
  return ph_listener_key_covers (key, socket);
}

void
ph_watcher_mark_socket_seen (PhWatcher *self, const PhSocket *socket)
{
  g_return_if_fail (PH_IS_WATCHER (self));

  if (g_hash_table_size (self->unseen) > 0 && ph_listener_is_watched (socket)
      && g_hash_table_foreach_remove (self->unseen, is_covered, (gpointer) socket) > 0)
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_UNSEEN]);
}

guint
ph_watcher_get_unseen (PhWatcher *self)
{
  g_return_val_if_fail (PH_IS_WATCHER (self), 0);
  return g_hash_table_size (self->unseen);
}

PhActivityLog *
ph_watcher_get_log (PhWatcher *self)
{
  g_return_val_if_fail (PH_IS_WATCHER (self), NULL);
  return self->log;
}

PhHistoryStore *
ph_watcher_get_history (PhWatcher *self)
{
  g_return_val_if_fail (PH_IS_WATCHER (self), NULL);
  return self->history;
}

const char *
ph_watcher_get_trouble (PhWatcher *self)
{
  g_return_val_if_fail (PH_IS_WATCHER (self), NULL);
  return self->trouble;
}

/* --- life --- */

static gboolean *
switch_of (PhWatcher *self, guint id)
{
  switch (id)
    {
    case PROP_ALERTS:
      return &self->alerts;
    case PROP_EPHEMERAL_UDP:
      return &self->ephemeral_udp;
    case PROP_ATTENDED:
      return &self->attended;
    case PROP_KEEP_PORTS:
      return &self->keep_ports;
    case PROP_KEEP_CONNECTIONS:
      return &self->keep_connections;
    default:
      return NULL;
    }
}

static void
ph_watcher_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  PhWatcher *self = PH_WATCHER (object);
  gboolean *on = switch_of (self, id);

  if (on != NULL)
    g_value_set_boolean (value, *on);
  else if (id == PROP_INTERVAL)
    g_value_set_uint (value, self->interval_ms);
  else if (id == PROP_UNSEEN)
    g_value_set_uint (value, ph_watcher_get_unseen (self));
  else if (id == PROP_TROUBLE)
    g_value_set_string (value, self->trouble);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
ph_watcher_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  PhWatcher *self = PH_WATCHER (object);
  gboolean *on = switch_of (self, id);

  if (on != NULL && *on != g_value_get_boolean (value))
    {
      *on = g_value_get_boolean (value);
      if (!self->alerts)
        {
          ph_gather_clear (self->gather);
          arm_tell (self);
        }
      update (self);
      g_object_notify_by_pspec (object, pspec);
    }
  else if (id == PROP_INTERVAL && self->interval_ms != g_value_get_uint (value))
    {
      self->interval_ms = g_value_get_uint (value);
      arm_look (self);
      g_object_notify_by_pspec (object, pspec);
    }
}

static void
ph_watcher_dispose (GObject *object)
{
  PhWatcher *self = PH_WATCHER (object);

  self->started = FALSE;
  if (self->recorder != NULL)
    {
      update (self);
      ph_activity_recorder_hear (self->recorder, FALSE, FALSE, NULL);
    }
  g_clear_handle_id (&self->look_id, g_source_remove);
  g_clear_handle_id (&self->tell_id, g_source_remove);
  g_clear_object (&self->recorder);
  g_clear_object (&self->history);
  g_clear_object (&self->known_store);
  g_clear_object (&self->source);
  G_OBJECT_CLASS (ph_watcher_parent_class)->dispose (object);
}

static void
ph_watcher_finalize (GObject *object)
{
  PhWatcher *self = PH_WATCHER (object);

  ph_activity_log_unref (self->log);
  ph_known_unref (self->known);
  ph_gather_free (self->gather);
  g_hash_table_unref (self->unseen);
  ph_watch_free (self->watch);
  ph_services_free (self->services);
  g_free (self->trouble);
  g_free (self->deaf);
  G_OBJECT_CLASS (ph_watcher_parent_class)->finalize (object);
}

static void
ph_watcher_class_init (PhWatcherClass *class)
{
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  const GParamFlags told = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  GObjectClass *object_class = G_OBJECT_CLASS (class);

  object_class->dispose = ph_watcher_dispose;
  object_class->finalize = ph_watcher_finalize;
  object_class->get_property = ph_watcher_get_property;
  object_class->set_property = ph_watcher_set_property;

  props[PROP_ALERTS] = g_param_spec_boolean ("alerts", NULL, NULL, TRUE, flags);
  props[PROP_EPHEMERAL_UDP] = g_param_spec_boolean ("ephemeral-udp", NULL, NULL, FALSE, flags);
  props[PROP_INTERVAL] = g_param_spec_uint ("interval", NULL, NULL, 100, 3600000, DEFAULT_INTERVAL_MS, flags);
  props[PROP_ATTENDED] = g_param_spec_boolean ("attended", NULL, NULL, FALSE, flags);
  props[PROP_KEEP_PORTS] = g_param_spec_boolean ("keep-ports", NULL, NULL, TRUE, flags);
  props[PROP_KEEP_CONNECTIONS] = g_param_spec_boolean ("keep-connections", NULL, NULL, FALSE, flags);
  props[PROP_UNSEEN] = g_param_spec_uint ("unseen", NULL, NULL, 0, G_MAXUINT, 0, told);
  props[PROP_TROUBLE] = g_param_spec_string ("trouble", NULL, NULL, NULL, told);
  g_object_class_install_properties (object_class, N_PROPS, props);

  signals[ALERT]
      = g_signal_new ("alert", PH_TYPE_WATCHER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  signals[KNOWN_CHANGED]
      = g_signal_new ("known-changed", PH_TYPE_WATCHER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[RECORDED]
      = g_signal_new ("recorded", PH_TYPE_WATCHER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
ph_watcher_init (PhWatcher *self)
{
  self->alerts = TRUE;
  self->keep_ports = TRUE;
  self->interval_ms = DEFAULT_INTERVAL_MS;
  self->gather = ph_gather_new ();
  self->watch = ph_watch_new ();
  self->unseen
      = g_hash_table_new_full (ph_listener_key_hash, ph_listener_key_equal, (GDestroyNotify) ph_listener_unref, NULL);
  self->source = ph_source_new (&ph_socket_topic, NULL);
}

PhWatcher *
ph_watcher_new (guint log_size, PhHistoryStore *history, PhKnownStore *known)
{
  PhWatcher *self = g_object_new (PH_TYPE_WATCHER, NULL);

  self->log = ph_activity_log_new (log_size);
  self->log_size = log_size;
  self->history = history != NULL ? g_object_ref (history) : NULL;
  self->known_store = known != NULL ? g_object_ref (known) : NULL;
  self->recorder = ph_activity_recorder_new (self->log, history);
  g_signal_connect_object (self->recorder, "recorded", G_CALLBACK (tell_recorded), self, G_CONNECT_SWAPPED);
  if (history != NULL)
    {
      g_signal_connect_object (history, "notify::error", G_CALLBACK (update_trouble), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (history, "notify::notice", G_CALLBACK (update_trouble), self, G_CONNECT_SWAPPED);
    }
  if (known != NULL)
    {
      g_signal_connect_object (known, "notify::error", G_CALLBACK (update_trouble), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (known, "notify::notice", G_CALLBACK (update_trouble), self, G_CONNECT_SWAPPED);
    }
  return self;
}
