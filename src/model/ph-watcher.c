/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a watcher is told to do and says of itself, and when it runs, see ph-watcher-private.h. */
#include "ph-watcher-private.h"

#define DEFAULT_INTERVAL_MS 2000

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

void
ph_watcher_update_trouble (PhWatcher *self)
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
  g_object_notify (G_OBJECT (self), "trouble");
}

gboolean
ph_watcher_wants_connections (PhWatcher *self)
{
  return self->attended || self->keep_connections;
}

/* --- when --- */

static void
update_hearing (PhWatcher *self)
{
  g_autoptr (GError) error = NULL;

  ph_activity_recorder_keep (self->recorder, self->keep_ports, self->keep_connections);
  g_clear_pointer (&self->deaf, g_free);
  if (!ph_activity_recorder_hear (self->recorder, self->running, self->running && ph_watcher_wants_connections (self),
                                  &error))
    self->deaf = g_strdup (error->message);
  ph_watcher_update_trouble (self);
}

static void
update (PhWatcher *self)
{
  gboolean wanted = self->alerts || self->attended || self->keep_connections;
  gboolean run = self->started && self->n_loading == 0 && wanted;

  if (run != self->running)
    {
      self->running = run;
      g_clear_handle_id (&self->look_id, g_source_remove);
      if (run)
        {
          self->cancellable = g_cancellable_new ();
          ph_activity_recorder_forget (self->recorder);
          ph_watcher_look (self);
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
  g_signal_emit_by_name (self, "known-changed");
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
  ph_watcher_tell_recorded (self);
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

void
ph_watcher_replace_known (PhWatcher *self, PhKnown *known)
{
  if (known == self->known)
    return;
  ph_known_unref (self->known);
  self->known = ph_known_ref (known);
  if (self->known_store != NULL)
    ph_known_store_save (self->known_store, known);
  g_signal_emit_by_name (self, "known-changed");
}

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
    ph_watcher_replace_known (self, known);
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

  ph_watcher_replace_known (self, known);
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
          ph_watcher_arm_tell (self);
        }
      update (self);
      g_object_notify_by_pspec (object, pspec);
    }
  else if (id == PROP_INTERVAL && self->interval_ms != g_value_get_uint (value))
    {
      self->interval_ms = g_value_get_uint (value);
      ph_watcher_arm_look (self);
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

  g_signal_new ("alert", PH_TYPE_WATCHER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  g_signal_new ("known-changed", PH_TYPE_WATCHER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  g_signal_new ("recorded", PH_TYPE_WATCHER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
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
  g_signal_connect_object (self->recorder, "recorded", G_CALLBACK (ph_watcher_tell_recorded), self, G_CONNECT_SWAPPED);
  if (history != NULL)
    {
      g_signal_connect_object (history, "notify::error", G_CALLBACK (ph_watcher_update_trouble), self,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (history, "notify::notice", G_CALLBACK (ph_watcher_update_trouble), self,
                               G_CONNECT_SWAPPED);
    }
  if (known != NULL)
    {
      g_signal_connect_object (known, "notify::error", G_CALLBACK (ph_watcher_update_trouble), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (known, "notify::notice", G_CALLBACK (ph_watcher_update_trouble), self,
                               G_CONNECT_SWAPPED);
    }
  return self;
}
