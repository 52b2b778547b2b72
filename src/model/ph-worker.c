/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A pool without a limit: who calls has one collection, one arranging, one export under way at most. */
#include "ph-worker.h"

#include "ph-handover.h"

typedef struct
{
  GTask *task;
  GTaskThreadFunc work;
} Job;

static void
run (gpointer data, gpointer user_data)
{
  Job *job = data;

  PH_TAKE_OVER (job);
  job->work (job->task, g_task_get_source_object (job->task), g_task_get_task_data (job->task),
             g_task_get_cancellable (job->task));
  g_object_unref (job->task);
  g_free (job);
}

void
ph_worker_run (GTask *task, GTaskThreadFunc work)
{
  static GThreadPool *pool;
  Job *job;

  g_return_if_fail (G_IS_TASK (task));

  if (g_once_init_enter (&pool))
    g_once_init_leave (&pool, g_thread_pool_new (run, NULL, -1, FALSE, NULL));
  job = g_new (Job, 1);
  job->task = g_object_ref (task);
  job->work = work;
  PH_HAND_OVER (job);
  g_thread_pool_push (pool, job, NULL); /* where no thread can be had it waits for one that is there */
}
