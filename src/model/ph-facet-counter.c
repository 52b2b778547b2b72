/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Rows come first, then their numbers: a count begins when the view has arranged itself. A job does not refer to the
 * counter but by a reference that its task holds, and lets the snapshot go in the worker, as PhArrangeJob does.
 */
#include "ph-facet-counter.h"

#include "ph-column-list.h"
#include "ph-handover.h"
#include "ph-worker.h"

typedef struct
{
  PhSnapshot *snapshot;
  PhFilter *chips; /* NULL: none */
  char *text;
  const PhColumn **columns;
  PhStyle style;
  guint64 wanted;
  gint stop; /* atomic */

  PhFacets *facets;
  gint64 took;
} Job;

struct _PhFacetCounter
{
  GObject parent_instance;

  PhView *view;
  char *text;
  guint64 wanted;
  PhFacets *facets; /* NULL: none */
  gint64 took;

  Job *job;       /* under way; its task's */
  gboolean again; /* something has changed since it began */
};

G_DEFINE_FINAL_TYPE (PhFacetCounter, ph_facet_counter, G_TYPE_OBJECT)

enum
{
  COUNTED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

static void
job_free (gpointer data)
{
  Job *job = data;

  PH_TAKE_OVER (job);
  g_clear_pointer (&job->snapshot, ph_snapshot_unref);
  g_clear_pointer (&job->chips, ph_filter_unref);
  g_clear_pointer (&job->style.names, ph_names_unref);
  g_clear_pointer (&job->facets, ph_facets_free);
  g_free (job->columns);
  g_free (job->text);
  g_free (job);
}

static void
count (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Job *job = data;
  gint64 began = g_get_monotonic_time ();

  PH_TAKE_OVER (job);
  PhFilterContext context = { job->columns, &job->style };
  job->facets = ph_facets_count (job->snapshot, job->chips, job->text, &context, job->wanted, &job->stop);
  g_clear_pointer (&job->snapshot, ph_snapshot_unref);
  job->took = g_get_monotonic_time () - began;
  PH_HAND_OVER (job);
  g_task_return_boolean (task, TRUE);
}

static void start (PhFacetCounter *self);

static void
counted (GObject *object, GAsyncResult *result, gpointer data)
{
  PhFacetCounter *self = PH_FACET_COUNTER (object);
  Job *job = g_task_get_task_data (G_TASK (result));
  PhFacets *facets;

  PH_TAKE_OVER (job);
  facets = g_steal_pointer (&job->facets);
  self->job = NULL;
  if (facets && self->view && self->wanted != 0)
    {
      g_clear_pointer (&self->facets, ph_facets_free);
      self->facets = g_steal_pointer (&facets);
      self->took = job->took;
      g_signal_emit (self, signals[COUNTED], 0);
    }
  g_clear_pointer (&facets, ph_facets_free);
  /* The worker may be the last to let go of it. */
  PH_HAND_OVER (job);
  if (!self->view)
    return;
  if (self->again)
    start (self);
}

static Job *
make_job (PhFacetCounter *self, PhSnapshot *snapshot)
{
  Job *job = g_new0 (Job, 1);
  PhFilter *chips;
  PhFilterContext context;

  ph_view_get_question (self->view, &chips, &context);
  job->snapshot = ph_snapshot_ref (snapshot);
  job->chips = chips ? ph_filter_ref (chips) : NULL;
  job->text = g_strdup (self->text);
  job->columns = ph_column_list_copy (context.columns);
  job->style = *context.style;
  job->style.now = ph_snapshot_time (snapshot);
  if (job->style.names)
    ph_names_ref (job->style.names);
  job->wanted = self->wanted;
  return job;
}

static void
start (PhFacetCounter *self)
{
  PhSnapshot *snapshot = ph_table_get_snapshot (ph_view_get_table (self->view));
  g_autoptr (GTask) task = NULL;

  self->again = self->job != NULL;
  if (self->again || self->wanted == 0 || !snapshot)
    return;
  self->job = make_job (self, snapshot);
  task = g_task_new (self, NULL, counted, NULL);
  g_task_set_source_tag (task, start);
  g_task_set_task_data (task, self->job, job_free);
  PH_HAND_OVER (self->job);
  ph_worker_run_records (task, ph_snapshot_n_records (snapshot), count);
}

/* What is under way answers a question that nobody asks any more. */
static void
ask (PhFacetCounter *self)
{
  if (self->job)
    g_atomic_int_set (&self->job->stop, TRUE);
  /* Else it is about to arrange itself, and that says when. */
  if (!ph_view_is_busy (self->view))
    start (self);
}

void
ph_facet_counter_set_text (PhFacetCounter *self, const char *text)
{
  g_return_if_fail (PH_IS_FACET_COUNTER (self));

  if (g_strcmp0 (self->text, text) == 0)
    return;
  g_free (self->text);
  self->text = g_strdup (text);
  ask (self);
}

void
ph_facet_counter_set_wanted (PhFacetCounter *self, guint64 wanted)
{
  g_return_if_fail (PH_IS_FACET_COUNTER (self));

  if (self->wanted == wanted)
    return;
  self->wanted = wanted;
  if (wanted == 0)
    g_clear_pointer (&self->facets, ph_facets_free);
  ask (self);
}

const PhFacets *
ph_facet_counter_get_facets (PhFacetCounter *self)
{
  g_return_val_if_fail (PH_IS_FACET_COUNTER (self), NULL);

  return self->facets;
}

gint64
ph_facet_counter_get_took (PhFacetCounter *self)
{
  g_return_val_if_fail (PH_IS_FACET_COUNTER (self), 0);

  return self->took;
}

static void
ph_facet_counter_dispose (GObject *object)
{
  PhFacetCounter *self = PH_FACET_COUNTER (object);

  if (self->job)
    g_atomic_int_set (&self->job->stop, TRUE);
  if (self->view)
    g_signal_handlers_disconnect_by_data (self->view, self);
  g_clear_object (&self->view);
  G_OBJECT_CLASS (ph_facet_counter_parent_class)->dispose (object);
}

static void
ph_facet_counter_finalize (GObject *object)
{
  PhFacetCounter *self = PH_FACET_COUNTER (object);

  g_clear_pointer (&self->facets, ph_facets_free);
  g_free (self->text);
  G_OBJECT_CLASS (ph_facet_counter_parent_class)->finalize (object);
}

static void
ph_facet_counter_class_init (PhFacetCounterClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = ph_facet_counter_dispose;
  G_OBJECT_CLASS (klass)->finalize = ph_facet_counter_finalize;

  signals[COUNTED]
      = g_signal_new ("counted", PH_TYPE_FACET_COUNTER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
ph_facet_counter_init (PhFacetCounter *self)
{
  self->text = g_strdup ("");
}

PhFacetCounter *
ph_facet_counter_new (PhView *view)
{
  PhFacetCounter *self = g_object_new (PH_TYPE_FACET_COUNTER, NULL);

  self->view = g_object_ref (view);
  g_signal_connect_swapped (view, "arranged", G_CALLBACK (start), self);
  return self;
}
