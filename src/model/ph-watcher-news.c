/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is new is gathered, told when it is due, and counts as unseen until somebody has looked at it. */
#include "ph-watcher-private.h"

static gboolean
tell (gpointer data)
{
  PhWatcher *self = data;
  g_autoptr (PhAlert) alert = ph_gather_take (self->gather, g_get_monotonic_time ());

  self->tell_id = 0;
  ph_watcher_arm_tell (self);
  if (alert != NULL)
    g_signal_emit_by_name (self, "alert", alert);
  return G_SOURCE_REMOVE;
}

void
ph_watcher_arm_tell (PhWatcher *self)
{
  gint64 deadline = ph_gather_deadline (self->gather);

  g_clear_handle_id (&self->tell_id, g_source_remove);
  if (deadline != G_MAXINT64)
    self->tell_id = g_timeout_add ((guint) (MAX (deadline - g_get_monotonic_time (), 0) / 1000) + 1, tell, self);
}

void
ph_watcher_take_news (PhWatcher *self, const GPtrArray *news)
{
  if (news->len == 0)
    return;
  for (guint i = 0; i < news->len; i++)
    g_hash_table_add (self->unseen, ph_listener_ref (g_ptr_array_index (news, i)));
  g_object_notify (G_OBJECT (self), "unseen");
  if (!self->alerts)
    return;
  ph_gather_add (self->gather, news, g_get_monotonic_time ());
  ph_watcher_arm_tell (self);
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

void
ph_watcher_drop_gone (PhWatcher *self, PhSnapshot *snapshot)
{
  if (g_hash_table_foreach_remove (self->unseen, is_gone, snapshot) > 0)
    g_object_notify (G_OBJECT (self), "unseen");
}

/* The log may have grown. */
void
ph_watcher_tell_recorded (PhWatcher *self)
{
  const guint64 generation = ph_activity_log_generation (self->log);

  if (generation == self->told_generation)
    return;
  self->told_generation = generation;
  g_signal_emit_by_name (self, "recorded");
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
    g_object_notify (G_OBJECT (self), "unseen");
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
    g_object_notify (G_OBJECT (self), "unseen");
}

guint
ph_watcher_get_unseen (PhWatcher *self)
{
  g_return_val_if_fail (PH_IS_WATCHER (self), 0);
  return g_hash_table_size (self->unseen);
}
