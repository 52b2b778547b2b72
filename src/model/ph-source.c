/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Probe and collector belong to the worker that collects: made there when first needed, used by one at a time. The
 * main loop hands them on: the next may begin when the last has been finished.
 *
 * Snapshots are big (tens of MB at 100,000 sockets) and freeing one takes milliseconds. So the source holds on to the
 * last two until the next collection: by then the main loop has let go of the older, and it is freed in the worker.
 */
#include "ph-source.h"

#include <stdatomic.h>

#include "ph-handover.h"
#include "ph-i18n.h"
#include "ph-probe.h"

#define MAX_HOSTS 16384

struct _PhSource
{
  GObject parent_instance;

  PhNames *names;
  gboolean busy; /* a collection has begun and was not finished */

  /* the worker's */
  PhProbe *probe;
  PhCollector *collector;
  PhSnapshot *recent[2]; /* the newest first */
  gboolean has_services;
};

G_DEFINE_FINAL_TYPE (PhSource, ph_source, G_TYPE_OBJECT)

/* One collection. */
typedef struct
{
  PhPlan plan;
  atomic_bool stop;
  gint64 collect_us;
  gint64 owners_us;
} Collection;

/* In whichever thread drops the last reference: a task under way has one of its own. */
static void
ph_source_finalize (GObject *object)
{
  PhSource *self = PH_SOURCE (object);

  g_clear_pointer (&self->recent[0], ph_snapshot_unref);
  g_clear_pointer (&self->recent[1], ph_snapshot_unref);
  g_clear_pointer (&self->collector, ph_collector_free);
  g_clear_pointer (&self->probe, ph_probe_free);
  g_clear_pointer (&self->names, ph_names_unref);

  G_OBJECT_CLASS (ph_source_parent_class)->finalize (object);
}

static void
ph_source_class_init (PhSourceClass *class)
{
  G_OBJECT_CLASS (class)->finalize = ph_source_finalize;
}

static void
ph_source_init (PhSource *self)
{
  self->names = ph_names_new (MAX_HOSTS);
}

PhSource *
ph_source_new (void)
{
  return g_object_new (PH_TYPE_SOURCE, NULL);
}

PhNames *
ph_source_get_names (PhSource *self)
{
  g_return_val_if_fail (PH_IS_SOURCE (self), NULL);
  return self->names;
}

/* A system without the file is no error: its ports have no names. */
static void
load_services (PhSource *self, atomic_bool *stop)
{
  PhRequest request = { .name = PH_REQUEST_SERVICES };

  ph_probe_ask (self->probe, &request, ph_names_services_sink, self->names, stop, NULL);
  self->has_services = !atomic_load (stop);
}

static PhSnapshot *
collect (PhSource *self, Collection *collection)
{
  PhRequest request;

  if (self->probe == NULL)
    {
      self->probe = ph_probe_new ();
      self->collector = ph_collector_new ();
    }
  g_clear_pointer (&self->recent[1], ph_snapshot_unref);
  if (!self->has_services)
    load_services (self, &collection->stop);

  ph_collector_begin (self->collector, &collection->plan);
  while (!atomic_load (&collection->stop) && ph_collector_next (self->collector, &request))
    ph_probe_ask (self->probe, &request, ph_collector_sink, self->collector, &collection->stop, NULL);

  /* What a stopped request has delivered is not the whole of it: it must not count as a look. */
  if (atomic_load (&collection->stop))
    {
      ph_collector_cancel (self->collector);
      return NULL;
    }

  PhSnapshot *snapshot = ph_collector_end (self->collector);
  if (snapshot != NULL)
    {
      self->recent[1] = g_steal_pointer (&self->recent[0]);
      self->recent[0] = ph_snapshot_ref (snapshot);
    }
  collection->owners_us = ph_collector_owners_us (self->collector);
  return snapshot;
}

static void
cancelled (GCancellable *cancellable, gpointer data)
{
  Collection *collection = data;

  atomic_store (&collection->stop, true);
}

static void
work (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  PhSource *self = source;
  Collection *collection = data;
  gint64 began = g_get_monotonic_time ();

  PH_TAKE_OVER (collection);
  gulong id = cancellable != NULL ? g_cancellable_connect (cancellable, G_CALLBACK (cancelled), data, NULL) : 0;
  PhSnapshot *snapshot = collect (self, collection);

  g_cancellable_disconnect (cancellable, id);
  collection->collect_us = g_get_monotonic_time () - began;

  PH_HAND_OVER (collection);

  if (snapshot != NULL)
    g_task_return_pointer (task, snapshot, (GDestroyNotify) ph_snapshot_unref);
  else if (!g_task_return_error_if_cancelled (task))
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_FAILED, _ ("The collection was broken off"));
}

void
ph_source_collect_async (
    PhSource *self, const PhPlan *plan, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (PH_IS_SOURCE (self));
  g_return_if_fail (plan != NULL);

  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, ph_source_collect_async);

  if (self->busy)
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_PENDING, _ ("A collection is under way already"));
      return;
    }

  self->busy = TRUE;

  Collection *collection = g_new0 (Collection, 1);
  collection->plan = *plan;
  atomic_init (&collection->stop, false);
  g_task_set_task_data (task, collection, g_free);
  PH_HAND_OVER (collection);
  g_task_run_in_thread (task, work);
}

PhSnapshot *
ph_source_collect_finish (PhSource *self, GAsyncResult *result, gint64 *collect_us, gint64 *owners_us, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  Collection *collection = g_task_get_task_data (G_TASK (result));

  /* A call that was refused has none. */
  if (collection != NULL)
    {
      PH_TAKE_OVER (collection);
      self->busy = FALSE;
    }

  if (collect_us != NULL)
    *collect_us = collection != NULL ? collection->collect_us : 0;
  if (owners_us != NULL)
    *owners_us = collection != NULL ? collection->owners_us : 0;
  return g_task_propagate_pointer (G_TASK (result), error);
}
