/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The job does not refer to the view, so that a view can go away at any time; the worker finishes or stops by itself.
 * The snapshot is let go in the worker, as soon as it has been read: it may be the last reference to a big thing.
 *
 * Few records are arranged at once: a tenth of a millisecond, less than a worker takes to wake up, and a window that
 * starts has its rows before it draws its first frame, not one frame later.
 */
#include "ph-arrange-job.h"

#include <gio/gio.h>

#include "ph-column-list.h"
#include "ph-handover.h"
#include "ph-worker.h"

struct _PhArrangeJob
{
  PhSnapshot *snapshot;
  PhArrangement how;
  const PhColumn **columns;
  PhStyle style;
  gint stop; /* atomic */

  guint32 *slots;
  guint n_slots;

  guint tag;
  gboolean asked;
  PhArrangeDone done; /* NULL: abandoned */
  gpointer user_data;
};

static void
ph_arrange_job_free (PhArrangeJob *job)
{
  g_clear_pointer (&job->snapshot, ph_snapshot_unref);
  for (guint i = 0; i < G_N_ELEMENTS (job->how.filters); i++)
    g_clear_pointer (&job->how.filters[i], ph_filter_unref);
  g_clear_pointer (&job->style.names, ph_names_unref);
  g_free (job->columns);
  g_free (job->slots);
  g_free (job);
}

static void
work (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  PhArrangeJob *job = data;

  PH_TAKE_OVER (job);
  PhFilterContext context = { job->columns, &job->style };
  job->slots = ph_arrange (job->snapshot, &job->how, &context, &job->stop, &job->n_slots);
  g_clear_pointer (&job->snapshot, ph_snapshot_unref);
  PH_HAND_OVER (job);
  g_task_return_boolean (task, TRUE);
}

static void
worked (GObject *source, GAsyncResult *result, gpointer data)
{
  PhArrangeJob *job = data;

  PH_TAKE_OVER (job);
  if (job->done != NULL)
    job->done (job, job->user_data);
  ph_arrange_job_free (job);
}

PhArrangeJob *
ph_arrange_job_start (PhSnapshot *snapshot,
                      const PhArrangement *how,
                      const PhFilterContext *context,
                      guint tag,
                      gboolean asked,
                      PhArrangeDone done,
                      gpointer user_data)
{
  PhArrangeJob *job = g_new0 (PhArrangeJob, 1);

  job->snapshot = ph_snapshot_ref (snapshot);
  job->how = *how;
  for (guint i = 0; i < G_N_ELEMENTS (job->how.filters); i++)
    {
      if (job->how.filters[i] != NULL)
        ph_filter_ref (job->how.filters[i]);
    }
  job->columns = ph_column_list_copy (context->columns);
  job->style = *context->style;
  /* Ages are as of the snapshot, so that the answer depends on nothing else. */
  job->style.now = ph_snapshot_time (snapshot);
  if (job->style.names != NULL)
    ph_names_ref (job->style.names);
  job->tag = tag;
  job->asked = asked;
  job->done = done;
  job->user_data = user_data;

  g_autoptr (GTask) task = g_task_new (NULL, NULL, worked, job);
  g_task_set_source_tag (task, ph_arrange_job_start);
  g_task_set_task_data (task, job, NULL);
  PH_HAND_OVER (job);
  ph_worker_run_records (task, ph_snapshot_n_records (snapshot), work);
  return job;
}

void
ph_arrange_job_stop (PhArrangeJob *job)
{
  g_atomic_int_set (&job->stop, TRUE);
}

void
ph_arrange_job_abandon (PhArrangeJob *job)
{
  job->done = NULL;
  ph_arrange_job_stop (job);
}

gboolean
ph_arrange_job_get_slots (PhArrangeJob *job, const guint32 **slots, guint *n_slots)
{
  *slots = job->slots;
  *n_slots = job->n_slots;
  return !g_atomic_int_get (&job->stop);
}

guint
ph_arrange_job_get_tag (PhArrangeJob *job)
{
  return job->tag;
}

gboolean
ph_arrange_job_get_asked (PhArrangeJob *job)
{
  return job->asked;
}
