/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Probe and collector belong to the worker that collects: made there when first needed, used by one at a time. The
 * main loop hands them on: the next may begin when the last has been finished.
 *
 * Snapshots are big (tens of MB at 100,000 sockets) and freeing one takes milliseconds. So the source holds on to the
 * older one until the main loop has let go of it, and has a thread free it: a big one soon, a small one when the next
 * collection begins anyway.
 */
#include "ph-source.h"

#include <stdatomic.h>

#include "ph-handover.h"
#include "ph-i18n.h"
#include "ph-probe.h"
#include "ph-worker.h"

#define MAX_HOSTS 16384
#define AHEAD_MAX (2 * G_USEC_PER_SEC) /* what is older is not shown as if it were now */
#define BIG       10000                /* records */
#define LET_GO_MS 250 /* until then the view has the new order, and no row that left holds on to the old snapshot */

/* One collection. */
typedef struct
{
  PhPlan plan;
  atomic_bool stop;
  gint64 collect_us;
  gint64 owners_us;
} Collection;

struct _PhSource
{
  GObject parent_instance;

  const PhTopic *topic;
  PhNames *names;
  gboolean busy; /* a collection has begun and was not finished */
  guint retire_id;

  /* the worker's */
  PhProbe *probe;
  PhCollector *collector;
  PhSnapshot *recent[2]; /* the newest first */
  gboolean has_services;

  /* a collection that began before anybody asked */
  GThread *ahead; /* NULL: none, or its result has been taken */
  Collection ahead_collection;
};

G_DEFINE_FINAL_TYPE (PhSource, ph_source, G_TYPE_OBJECT)

/* In whichever thread drops the last reference: a task under way has one of its own. */
static void
ph_source_finalize (GObject *object)
{
  PhSource *self = PH_SOURCE (object);

  PH_TAKE_OVER (self);
  if (self->ahead)
    {
      atomic_store (&self->ahead_collection.stop, true);
      ph_snapshot_unref (g_thread_join (self->ahead)); /* nobody has seen it */
    }
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
}

PhSource *
ph_source_new (const PhTopic *topic, PhNames *names)
{
  PhSource *self;

  g_return_val_if_fail (topic != NULL, NULL);

  self = g_object_new (PH_TYPE_SOURCE, NULL);
  self->topic = topic;
  self->has_services = names != NULL;
  self->names = names ? ph_names_ref (names) : ph_names_new (MAX_HOSTS);
  return self;
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
  gint64 began = g_get_monotonic_time ();
  PhRequest request;

  if (self->probe == NULL)
    {
      self->probe = ph_probe_new ();
      self->collector = ph_collector_new (self->topic);
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
  collection->collect_us = g_get_monotonic_time () - began;
  return snapshot;
}

static gboolean
is_same_plan (const PhPlan *a, const PhPlan *b)
{
  return a->requests == b->requests && a->want == b->want && !a->owners == !b->owners
         && !a->full_owners == !b->full_owners && !a->names == !b->names && a->mark_new_us == b->mark_new_us
         && a->keep_closed_us == b->keep_closed_us && a->mark == b->mark && a->log == b->log;
}

static gpointer
work_ahead (gpointer source)
{
  PhSource *self = source;

  return collect (self, &self->ahead_collection);
}

/* What was collected ahead, if it is what @collection is about. */
static PhSnapshot *
take_ahead (PhSource *self, Collection *collection)
{
  g_autoptr (PhSnapshot) snapshot = NULL;

  if (self->ahead == NULL)
    return NULL;
  snapshot = g_thread_join (g_steal_pointer (&self->ahead));
  if (snapshot == NULL || g_get_monotonic_time () - ph_snapshot_time (snapshot) > AHEAD_MAX
      || !is_same_plan (&self->ahead_collection.plan, &collection->plan))
    return NULL;
  collection->collect_us = self->ahead_collection.collect_us;
  collection->owners_us = self->ahead_collection.owners_us;
  return g_steal_pointer (&snapshot);
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

  PH_TAKE_OVER (collection);
  gulong id = cancellable != NULL ? g_cancellable_connect (cancellable, G_CALLBACK (cancelled), data, NULL) : 0;
  PhSnapshot *snapshot = take_ahead (self, collection);

  if (snapshot == NULL)
    snapshot = collect (self, collection);
  g_cancellable_disconnect (cancellable, id);

  PH_HAND_OVER (collection);

  if (snapshot != NULL)
    g_task_return_pointer (task, snapshot, (GDestroyNotify) ph_snapshot_unref);
  else if (!g_task_return_error_if_cancelled (task))
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_FAILED, _ ("The collection was broken off"));
}

void
ph_source_collect_ahead (PhSource *self, const PhPlan *plan)
{
  g_return_if_fail (PH_IS_SOURCE (self));
  g_return_if_fail (plan != NULL);
  g_return_if_fail (self->ahead == NULL && self->probe == NULL && !self->busy);

  self->ahead_collection.plan = *plan;
  self->ahead = g_thread_new ("look-ahead", work_ahead, self);
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
  ph_worker_run (task, work);
}

static gboolean
retire (gpointer user_data)
{
  PhSource *self = user_data;

  self->retire_id = 0;
  if (!self->busy)
    ph_worker_free (g_steal_pointer (&self->recent[1]), (GDestroyNotify) ph_snapshot_unref);
  return G_SOURCE_REMOVE;
}

/* Between two collections, so that what only the worker touches lies still. */
static void
retire_soon (PhSource *self)
{
  if (self->retire_id == 0 && self->recent[1] != NULL && ph_snapshot_n_records (self->recent[1]) >= BIG)
    self->retire_id = g_timeout_add_full (G_PRIORITY_LOW, LET_GO_MS, retire, g_object_ref (self), g_object_unref);
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
      retire_soon (self);
      PH_HAND_OVER (self); /* the worker may be the last to let go of it */
    }

  if (collect_us != NULL)
    *collect_us = collection != NULL ? collection->collect_us : 0;
  if (owners_us != NULL)
    *owners_us = collection != NULL ? collection->owners_us : 0;
  return g_task_propagate_pointer (G_TASK (result), error);
}
