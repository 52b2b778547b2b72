/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Without a cancellable: an answer that nobody waits for any more would be a deed that nobody knows of. */
#include "ph-deed-job.h"

#include "ph-handover.h"
#include "ph-worker.h"

typedef struct
{
  PhDeed deed;
  PhOutcome (*run) (const PhDeed *deed);
  PhOutcome outcome;
} Job;

static void
work (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Job *job = data;

  PH_TAKE_OVER (job);
  job->outcome = job->run (&job->deed);
  PH_HAND_OVER (job);
  g_task_return_boolean (task, TRUE);
}

static void
start (const PhDeed *deed, PhOutcome (*run) (const PhDeed *deed), GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, callback, user_data);
  Job *job = g_new0 (Job, 1);

  g_task_set_source_tag (task, ph_deed_job_async);
  job->deed = *deed;
  job->run = run;
  g_task_set_task_data (task, job, g_free);
  PH_HAND_OVER (job);
  ph_worker_run (task, work);
}

void
ph_deed_job_async (const PhDeed *deed, GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (deed != NULL);

  start (deed, ph_deed_do, callback, user_data);
}

void
ph_deed_job_try_async (const PhDeed *deed, GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (deed != NULL);

  start (deed, ph_deed_try, callback, user_data);
}

PhOutcome
ph_deed_job_finish (GAsyncResult *result)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), (PhOutcome){ .verdict = PH_VERDICT_FAILED });

  Job *job = g_task_get_task_data (G_TASK (result));

  PH_TAKE_OVER (job);
  return job->outcome;
}
