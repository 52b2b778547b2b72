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

static gboolean
once (gpointer data)
{
  return G_SOURCE_REMOVE;
}

/* What a task belongs to ends where it was made: a worker that let go last would dispose of it among its signals. */
static void
let_go (GTask *task)
{
  GSource *source;

  if (!g_task_get_source_object (task))
    {
      g_object_unref (task);
      return;
    }
  source = g_idle_source_new ();
  g_source_set_priority (source, g_task_get_priority (task));
  g_source_set_static_name (source, "ph-worker");
  g_source_set_callback (source, once, task, g_object_unref);
  g_source_attach (source, g_task_get_context (task));
  g_source_unref (source);
}

static void
run (gpointer data, gpointer user_data)
{
  Job *job = data;

  PH_TAKE_OVER (job);
  work_on (job->task, job->work);
  let_go (job->task);
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
