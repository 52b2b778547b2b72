/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A page looks for one owner of each socket, and may do so in narrow steps. So where it does not know a PID that is
 * asked for, or nothing at all is found, everything is collected with all owners before that is said.
 */
#include "ph-socket-finder.h"

#include "ph-handover.h"
#include "ph-probe.h"
#include "ph-source.h"
#include "ph-worker.h"

#define FRESH_US (4 * G_USEC_PER_SEC) /* what is older is not now any more */

struct _PhSocketFinder
{
  GObject parent_instance;

  PhNames *names;
  PhSource *source;
  PhSnapshot *offered;   /* NULL: none that will do */
  PhSnapshot *collected; /* NULL: not yet */
  GQueue waiting;        /* GTask: for the collection under way */
  gboolean collecting;
};

G_DEFINE_FINAL_TYPE (PhSocketFinder, ph_socket_finder, G_TYPE_OBJECT)

/* One question. */
typedef struct
{
  PhLookupQuery *query;
  PhNames *names;
  PhSnapshot *snapshot; /* that is searched */
  gboolean whole;       /* it was collected for this */
  PhLookupFacts facts;
  PhLookup *lookup; /* what was found, until it is known whether that is enough */
} Find;

static void
find_free (gpointer data)
{
  Find *find = data;

  PH_TAKE_OVER (find);
  ph_lookup_query_free (find->query);
  ph_names_unref (find->names);
  ph_lookup_facts_clear (&find->facts);
  g_clear_pointer (&find->snapshot, ph_snapshot_unref);
  g_clear_pointer (&find->lookup, ph_lookup_free);
  g_free (find);
}

/* --- which snapshot --- */

static gboolean
is_fresh (PhSnapshot *snapshot)
{
  return snapshot && g_get_monotonic_time () - ph_snapshot_time (snapshot) < FRESH_US;
}

/* Every kind was asked for, and owners were: where they are not looked for, no socket has one or a reason for none. */
static gboolean
is_whole (PhSnapshot *snapshot)
{
  for (guint request = 0; request < PH_N_REQUESTS; request++)
    if (ph_socket_topic.requests >> request & 1 && ph_snapshot_look (snapshot, request)->look == PH_LOOK_NOT_ASKED)
      return FALSE;
  for (guint i = 0; i < ph_snapshot_n_records (snapshot); i++)
    if (((const PhSocket *) ph_snapshot_record (snapshot, i))->owner.note != PH_OWNER_UNKNOWN)
      return TRUE;
  return FALSE;
}

void
ph_socket_finder_offer (PhSocketFinder *self, PhSnapshot *snapshot)
{
  g_return_if_fail (PH_IS_SOCKET_FINDER (self));

  if (snapshot == self->offered)
    return;
  ph_worker_free (g_steal_pointer (&self->offered), (GDestroyNotify) ph_snapshot_unref);
  if (snapshot && is_whole (snapshot))
    self->offered = ph_snapshot_ref (snapshot);
}

/* --- in the worker --- */

static void
work (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Find *find = data;
  gint32 pid = ph_lookup_query_pid (find->query);

  PH_TAKE_OVER (find);
  if (pid != 0 && !find->facts.asked)
    {
      PhProbe *probe = ph_probe_new ();
      PhRequest request;

      ph_lookup_facts_ask (&find->facts, pid, &request);
      ph_probe_ask (probe, &request, ph_lookup_facts_sink, &find->facts, NULL, NULL);
      ph_probe_free (probe);
    }
  g_clear_pointer (&find->lookup, ph_lookup_free);
  find->lookup = ph_lookup (find->query, find->snapshot, find->names, &find->facts);
  g_clear_pointer (&find->snapshot, ph_snapshot_unref);
  PH_HAND_OVER (find);
  g_task_return_boolean (task, TRUE);
}

/* --- one step after the other --- */

static void search (PhSocketFinder *self, GTask *task, PhSnapshot *snapshot);

static void
collected (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (PhSocketFinder) self = data;
  g_autoptr (GError) error = NULL;
  PhSnapshot *snapshot = ph_source_collect_finish (PH_SOURCE (object), result, NULL, NULL, &error);
  GTask *task;

  self->collecting = FALSE;
  if (snapshot)
    {
      ph_worker_free (g_steal_pointer (&self->collected), (GDestroyNotify) ph_snapshot_unref);
      self->collected = snapshot;
    }
  while ((task = g_queue_pop_head (&self->waiting)))
    {
      if (snapshot)
        search (self, task, snapshot);
      else
        g_task_return_error (task, g_error_copy (error));
      g_object_unref (task);
    }
}

static PhSource *
ensure_source (PhSocketFinder *self)
{
  if (!self->source)
    self->source = ph_source_new (&ph_socket_topic, self->names);
  return self->source;
}

/* Everything, and all owners of each: by a full walk. */
static void
collect (PhSocketFinder *self, GTask *task)
{
  PhPlan plan = { .requests = PH_PLAN_ALL, .want = PH_WANT_BOUND, .owners = TRUE, .full_owners = TRUE, .names = TRUE };

  g_queue_push_tail (&self->waiting, g_object_ref (task));
  if (self->collecting)
    return;
  self->collecting = TRUE;
  ph_source_collect_async (ensure_source (self), &plan, NULL, collected, g_object_ref (self));
}

static gboolean
is_enough (const Find *find)
{
  const PhLookupHit *first = find->lookup->hits->len > 0 ? g_ptr_array_index (find->lookup->hits, 0) : NULL;

  if (find->whole || find->query->kinds == 0)
    return TRUE;
  /* A process that is there may have sockets that another one was found to own. */
  if (find->facts.process)
    return first && first->kind == PH_LOOKUP_PROCESS;
  return first != NULL;
}

static void
searched (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Find *find = g_task_get_task_data (task);

  PH_TAKE_OVER (find);
  if (g_task_return_error_if_cancelled (task))
    return;
  if (!is_enough (find))
    collect (PH_SOCKET_FINDER (object), task);
  else
    g_task_return_pointer (task, g_steal_pointer (&find->lookup), (GDestroyNotify) ph_lookup_free);
}

static void
search (PhSocketFinder *self, GTask *task, PhSnapshot *snapshot)
{
  g_autoptr (GTask) inner = NULL;
  Find *find = g_task_get_task_data (task);

  if (g_task_return_error_if_cancelled (task))
    return;
  find->snapshot = ph_snapshot_ref (snapshot);
  find->whole = snapshot == self->collected;
  inner = g_task_new (self, NULL, searched, g_object_ref (task));
  g_task_set_task_data (inner, find, NULL); /* the outer task's, which waits */
  PH_HAND_OVER (find);
  ph_worker_run (inner, work);
}

void
ph_socket_finder_find_async (
    PhSocketFinder *self, const char *text, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  Find *find;

  g_return_if_fail (PH_IS_SOCKET_FINDER (self));
  g_return_if_fail (text != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  find = g_new0 (Find, 1);
  find->query = ph_lookup_query_parse (text);
  find->names = ph_names_ref (ph_source_get_names (ensure_source (self)));
  g_task_set_source_tag (task, ph_socket_finder_find_async);
  g_task_set_task_data (task, find, find_free);
  if (is_fresh (self->collected))
    search (self, task, self->collected);
  else if (is_fresh (self->offered))
    search (self, task, self->offered);
  else
    collect (self, task);
}

PhLookup *
ph_socket_finder_find_finish (PhSocketFinder *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* --- life --- */

static void
ph_socket_finder_finalize (GObject *object)
{
  PhSocketFinder *self = PH_SOCKET_FINDER (object);

  /* What waits has a reference to this: nothing does. */
  ph_worker_free (g_steal_pointer (&self->offered), (GDestroyNotify) ph_snapshot_unref);
  ph_worker_free (g_steal_pointer (&self->collected), (GDestroyNotify) ph_snapshot_unref);
  ph_worker_free (g_steal_pointer (&self->source), g_object_unref);
  g_clear_pointer (&self->names, ph_names_unref);
  G_OBJECT_CLASS (ph_socket_finder_parent_class)->finalize (object);
}

static void
ph_socket_finder_class_init (PhSocketFinderClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = ph_socket_finder_finalize;
}

static void
ph_socket_finder_init (PhSocketFinder *self)
{
  g_queue_init (&self->waiting);
}

PhSocketFinder *
ph_socket_finder_new (PhNames *names)
{
  PhSocketFinder *self = g_object_new (PH_TYPE_SOCKET_FINDER, NULL);

  self->names = names ? ph_names_ref (names) : NULL;
  return self;
}
