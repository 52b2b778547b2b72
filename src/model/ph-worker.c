/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A pool without a limit: who calls has one collection, one arranging, one export under way at most. */
#include "ph-worker.h"

#include "ph-handover.h"

#define FEW 1000

typedef struct
{
  GTask *task;
  GTaskThreadFunc work;
} Job;

static void
work_on (GTask *task, GTaskThreadFunc work)
{
  work (task, g_task_get_source_object (task), g_task_get_task_data (task), g_task_get_cancellable (task));
}

static void
run (gpointer data, gpointer user_data)
{
  Job *job = data;

  PH_TAKE_OVER (job);
  work_on (job->task, job->work);
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

void
ph_worker_run_records (GTask *task, guint n_records, GTaskThreadFunc work)
{
  if (n_records <= FEW)
    work_on (task, work);
  else
    ph_worker_run (task, work);
}

typedef struct
{
  gpointer thing;
  GDestroyNotify free_thing;
} Retired;

static gpointer
retire (gpointer data)
{
  Retired *retired = data;

  PH_TAKE_OVER (retired);
  retired->free_thing (retired->thing);
  g_free (retired);
  return NULL;
}

void
ph_worker_free (gpointer thing, GDestroyNotify free_thing)
{
  Retired *retired;
  GThread *thread;

  if (!thing)
    return;
  retired = g_new (Retired, 1);
  *retired = (Retired){ thing, free_thing };
  PH_HAND_OVER (retired);
  thread = g_thread_try_new ("retire", retire, retired, NULL);
  if (thread)
    g_thread_unref (thread);
  else
    retire (retired);
}
