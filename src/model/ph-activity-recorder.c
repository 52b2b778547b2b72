/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One lock for all that remembers: entries are short, and both threads write few at a time. */
#include "ph-activity-recorder.h"

#include <stdatomic.h>

#include "ph-activity-from-events.h"
#include "ph-activity-from-sockets.h"
#include "ph-event-reader.h"
#include "ph-handover.h"
#include "ph-probe.h"

#define NETWORK_EVENTS PH_EVENT_ALL_ROUTING

struct _PhActivityRecorder
{
  GObject parent_instance;

  PhActivityLog *log;
  PhHistoryStore *store;    /* NULL: nothing is kept */
  PhEventReader *network;   /* NULL: nothing is heard of it; apart, so that one does not miss what is */
  PhEventReader *destroyed; /* told while the other comes or goes */

  atomic_bool keep_ports, keep_connections;
  atomic_bool learn_due;

  GMutex lock;
  PhActivityFromSockets *from_sockets;
  PhActivityFromEvents *from_events;
};

G_DEFINE_FINAL_TYPE (PhActivityRecorder, ph_activity_recorder, G_TYPE_OBJECT)

static guint recorded_signal;

static void
lock (PhActivityRecorder *self)
{
  g_mutex_lock (&self->lock);
  PH_TAKE_OVER (&self->lock);
}

static void
unlock (PhActivityRecorder *self)
{
  PH_HAND_OVER (&self->lock);
  g_mutex_unlock (&self->lock);
}

/* --- entries --- */

static gboolean
is_kept (PhActivityRecorder *self, const PhActivity *entry)
{
  if (self->store == NULL)
    return FALSE;
  return atomic_load (ph_activity_is (entry, PH_ACTIVITY_IS_CONNECTIONS) ? &self->keep_connections : &self->keep_ports);
}

/* Under the lock, so that both have the same order. */
static void
tell (gpointer user, const PhActivity *entry)
{
  PhActivityRecorder *self = user;
  guint64 number = ph_activity_log_append (self->log, entry);

  if (is_kept (self, entry))
    {
      PhActivity numbered = *entry;

      numbered.key.number_be = GUINT64_TO_BE (number);
      ph_history_store_append (self->store, &numbered);
    }
}

static void
heard (gpointer user, guint kinds, PhFrameKind kind, gconstpointer bytes, gsize length)
{
  PhActivityRecorder *self = user;
  gint64 now = g_get_real_time ();

  lock (self);
  if (kinds & PH_EVENT_DESTROYED)
    ph_activity_from_sockets_take (self->from_sockets, kind, bytes, length, now, g_get_monotonic_time (), tell, self);
  else
    ph_activity_from_events_take (self->from_events, kind, bytes, length, now, tell, self);
  unlock (self);
  if (kind == PH_FRAME_LOST && !(kinds & PH_EVENT_DESTROYED))
    atomic_store (&self->learn_due, true);
}

void
ph_activity_recorder_look (
    PhActivityRecorder *self, PhSnapshot *snapshot, gboolean listeners_only, PhPortRange ephemeral, gboolean all_udp)
{
  g_return_if_fail (PH_IS_ACTIVITY_RECORDER (self));

  lock (self);
  ph_activity_from_sockets_set_ephemeral (self->from_sockets, ephemeral.low, ephemeral.high, all_udp);
  ph_activity_from_sockets_look (self->from_sockets, snapshot, listeners_only, g_get_real_time (), tell, self);
  unlock (self);
}

void
ph_activity_recorder_forget (PhActivityRecorder *self)
{
  g_return_if_fail (PH_IS_ACTIVITY_RECORDER (self));

  lock (self);
  ph_activity_from_sockets_forget (self->from_sockets);
  unlock (self);
}

/* --- the kernel's news --- */

static void
learn (void *user, PhFrameKind kind, const void *bytes, size_t length)
{
  PhActivityRecorder *self = user;

  lock (self);
  ph_activity_from_events_learn (self->from_events, kind, bytes, length);
  unlock (self);
}

void
ph_activity_recorder_learn (PhActivityRecorder *self)
{
  static const PhRequest requests[] = { { .name = PH_REQUEST_LINK_STATS }, { .name = PH_REQUEST_ADDRESSES } };

  g_return_if_fail (PH_IS_ACTIVITY_RECORDER (self));

  if (!atomic_exchange (&self->learn_due, false))
    return;

  PhProbe *probe = ph_probe_new ();
  for (guint i = 0; i < G_N_ELEMENTS (requests); i++)
    if (!ph_probe_ask (probe, &requests[i], learn, self, NULL, NULL))
      atomic_store (&self->learn_due, true);
  ph_probe_free (probe);
}

static void
received (PhActivityRecorder *self)
{
  g_signal_emit (self, recorded_signal, 0);
}

static void
stop_hearing (PhEventReader **reader)
{
  if (*reader == NULL)
    return;
  ph_event_reader_set_active (*reader, FALSE, NULL);
  g_clear_object (reader);
}

/* What is heard already goes on. */
static gboolean
hear (PhActivityRecorder *self, PhEventReader **reader, guint kinds, GError **error)
{
  if (*reader != NULL)
    return TRUE;
  *reader = ph_event_reader_new (kinds, heard, self, NULL);
  g_signal_connect_object (*reader, "received", G_CALLBACK (received), self, G_CONNECT_SWAPPED);
  if (ph_event_reader_set_active (*reader, TRUE, error))
    return TRUE;
  g_clear_object (reader);
  return FALSE;
}

gboolean
ph_activity_recorder_hear (PhActivityRecorder *self, gboolean network, gboolean connections, GError **error)
{
  g_return_val_if_fail (PH_IS_ACTIVITY_RECORDER (self), FALSE);

  gboolean was_heard = self->network != NULL;

  lock (self);
  ph_activity_from_sockets_set_connections (self->from_sockets, connections);
  unlock (self);
  if (!network)
    stop_hearing (&self->network);
  if (!connections)
    stop_hearing (&self->destroyed);
  if (network && !hear (self, &self->network, NETWORK_EVENTS, error))
    return FALSE;
  if (network && !was_heard)
    atomic_store (&self->learn_due, true);
  return !connections || hear (self, &self->destroyed, PH_EVENT_DESTROYED, error);
}

void
ph_activity_recorder_keep (PhActivityRecorder *self, gboolean ports, gboolean connections)
{
  g_return_if_fail (PH_IS_ACTIVITY_RECORDER (self));

  atomic_store (&self->keep_ports, ports != FALSE);
  atomic_store (&self->keep_connections, connections != FALSE);
}

/* --- life --- */

/* Readers are inactive by now unless the last reference went without a word: they must not call us any more. */
static void
ph_activity_recorder_dispose (GObject *object)
{
  PhActivityRecorder *self = PH_ACTIVITY_RECORDER (object);

  stop_hearing (&self->network);
  stop_hearing (&self->destroyed);
  G_OBJECT_CLASS (ph_activity_recorder_parent_class)->dispose (object);
}

static void
ph_activity_recorder_finalize (GObject *object)
{
  PhActivityRecorder *self = PH_ACTIVITY_RECORDER (object);

  ph_activity_from_sockets_free (self->from_sockets);
  ph_activity_from_events_free (self->from_events);
  ph_activity_log_unref (self->log);
  g_clear_object (&self->store);
  g_mutex_clear (&self->lock);
  G_OBJECT_CLASS (ph_activity_recorder_parent_class)->finalize (object);
}

static void
ph_activity_recorder_class_init (PhActivityRecorderClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);

  object_class->dispose = ph_activity_recorder_dispose;
  object_class->finalize = ph_activity_recorder_finalize;
  recorded_signal
      = g_signal_new ("recorded", PH_TYPE_ACTIVITY_RECORDER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
ph_activity_recorder_init (PhActivityRecorder *self)
{
  g_mutex_init (&self->lock);
  atomic_init (&self->keep_ports, true);
  atomic_init (&self->keep_connections, false);
  atomic_init (&self->learn_due, false);
  self->from_sockets = ph_activity_from_sockets_new ();
  self->from_events = ph_activity_from_events_new ();
}

PhActivityRecorder *
ph_activity_recorder_new (PhActivityLog *log, PhHistoryStore *store)
{
  g_return_val_if_fail (log != NULL, NULL);

  PhActivityRecorder *self = g_object_new (PH_TYPE_ACTIVITY_RECORDER, NULL);
  self->log = ph_activity_log_ref (log);
  self->store = store != NULL ? g_object_ref (store) : NULL;
  return self;
}

PhActivityLog *
ph_activity_recorder_get_log (PhActivityRecorder *self)
{
  g_return_val_if_fail (PH_IS_ACTIVITY_RECORDER (self), NULL);
  return self->log;
}
