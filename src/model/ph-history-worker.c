/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Entries and other jobs are in one queue, so that what was appended before a job is seen by it, and nothing else. The
 * thread sleeps until something is due: entries a second after the first of them or when there are many, other jobs at
 * once. It is started with the first job.
 */
#include "ph-history-worker.h"

#include "ph-handover.h"
#include "ph-history-file.h"
#include "ph-history-keeper.h"
#include "ph-history-store.h"
#include "ph-i18n.h"

#define NEVER         G_MAXINT64
#define GATHER_US     G_USEC_PER_SEC
#define GATHER_MAX    500 /* entries: more do not wait */
#define PRUNE_SOON_US (2 * G_USEC_PER_SEC)
#define PRUNE_US      G_TIME_SPAN_HOUR

/* An entry, or a job with a task. */
typedef struct
{
  PhActivity *entry;
  PhHistoryJob what;
  GTask *task;
  PhActivityLog *log;
  guint n;
  GError *error; /* NULL: it went well */
} Job;

struct _PhHistoryWorker
{
  gatomicrefcount refs;

  /* of the main context's thread */
  GMainContext *context;
  PhHistoryWorkerTold told; /* NULL: nobody listens any more */
  gpointer user;

  PhHistoryKeeper *keeper; /* the thread's */

  GMutex lock; /* for all below */
  GCond changed;
  GThread *thread; /* NULL: not started, or nobody waits for it any more */
  GQueue inbox;    /* Job */
  GQueue ended;    /* Job, to be returned */
  guint n_waiting; /* entries in the inbox and with the keeper */
  guint64 n_lost;  /* since that was too many */
  gint64 due;      /* when the thread has something to do */
  gint64 prune_at;
  guint days;
  guint64 bytes;
  gboolean retry; /* now */
  gboolean paused;
  gboolean publishing;
  gboolean stop;
  gboolean stopped;
  char *error;
  char *notice;
};

/* --- lock --- */

static void
lock (PhHistoryWorker *self)
{
  g_mutex_lock (&self->lock);
  PH_TAKE_OVER (&self->lock);
}

static void
unlock (PhHistoryWorker *self)
{
  PH_HAND_OVER (&self->lock);
  g_mutex_unlock (&self->lock);
}

/* FALSE: it is @until. */
static gboolean
wait_until (PhHistoryWorker *self, gint64 until)
{
  gboolean in_time = TRUE;

  PH_HAND_OVER (&self->lock);
  if (until == NEVER)
    g_cond_wait (&self->changed, &self->lock);
  else
    in_time = g_cond_wait_until (&self->changed, &self->lock, until);
  PH_TAKE_OVER (&self->lock);
  return in_time;
}

/* --- what the thread has to say --- */

static void
job_free (Job *job)
{
  g_free (job->entry);
  g_clear_object (&job->task);
  g_clear_pointer (&job->log, ph_activity_log_unref);
  g_clear_error (&job->error);
  g_free (job);
}

static PhHistoryWorker *
worker_ref (PhHistoryWorker *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

static gboolean
publish (gpointer data)
{
  PhHistoryWorker *self = data;
  g_autofree char *error = NULL;
  g_autofree char *notice = NULL;
  GQueue ended;
  Job *job;

  lock (self);
  self->publishing = FALSE;
  error = g_strdup (self->error);
  notice = g_strdup (self->notice);
  ended = self->ended;
  g_queue_init (&self->ended);
  unlock (self);

  if (self->told != NULL)
    self->told (self->user, error, notice);
  while ((job = g_queue_pop_head (&ended)) != NULL)
    {
      if (job->error != NULL)
        g_task_return_error (job->task, g_steal_pointer (&job->error));
      else
        g_task_return_boolean (job->task, TRUE);
      job_free (job);
    }
  return G_SOURCE_REMOVE;
}

/* Under the lock. */
static void
publish_soon (PhHistoryWorker *self)
{
  if (self->publishing)
    return;

  g_autoptr (GSource) source = g_idle_source_new ();

  self->publishing = TRUE;
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, publish, worker_ref (self), (GDestroyNotify) ph_history_worker_unref);
  g_source_attach (source, self->context);
}

/* After whatever the keeper has done to some of @had entries, and @ended (NULL: none) with it. */
static void
report (PhHistoryWorker *self, guint had, Job *ended)
{
  const char *error = ph_history_keeper_error (self->keeper);
  const char *notice = ph_history_keeper_notice (self->keeper);

  lock (self);
  self->n_waiting -= had - ph_history_keeper_n_waiting (self->keeper);
  self->paused = error != NULL;
  if (ended != NULL)
    g_queue_push_tail (&self->ended, ended);
  if (ended != NULL || g_strcmp0 (self->error, error) != 0 || g_strcmp0 (self->notice, notice) != 0)
    publish_soon (self);
  g_free (self->error);
  self->error = g_strdup (error);
  g_free (self->notice);
  self->notice = g_strdup (notice);
  unlock (self);
}

/* --- the thread --- */

static gboolean
write_waiting (PhHistoryWorker *self, GError **error)
{
  return ph_history_keeper_n_waiting (self->keeper) == 0 || ph_history_keeper_write (self->keeper, error);
}

static void
do_job (PhHistoryWorker *self, Job *job)
{
  guint had = ph_history_keeper_n_waiting (self->keeper);

  switch (job->what)
    {
    case PH_HISTORY_LOAD:
      write_waiting (self, NULL);
      ph_history_keeper_load (self->keeper, job->log, job->n, &job->error);
      break;
    case PH_HISTORY_FLUSH:
      write_waiting (self, &job->error);
      break;
    case PH_HISTORY_CLEAR:
      ph_history_keeper_clear (self->keeper, &job->error);
      break;
    }
  report (self, had, job);
}

static void
do_jobs (PhHistoryWorker *self, GQueue *jobs)
{
  Job *job;

  while ((job = g_queue_pop_head (jobs)) != NULL)
    if (job->entry != NULL)
      {
        ph_history_keeper_take (self->keeper, g_steal_pointer (&job->entry));
        job_free (job);
      }
    else
      do_job (self, job);
}

/* What nobody has asked for: writes what waits, or tries again. FALSE: paused. */
static gboolean
do_writing (PhHistoryWorker *self, gboolean must)
{
  guint had = ph_history_keeper_n_waiting (self->keeper);
  gboolean paused = ph_history_keeper_error (self->keeper) != NULL;

  if (paused && !must && g_get_monotonic_time () < ph_history_keeper_retry_at (self->keeper))
    return FALSE;
  if (had > 0 || paused)
    {
      paused = !ph_history_keeper_write (self->keeper, NULL);
      report (self, had, NULL);
    }
  return !paused;
}

/* Some of what is too old or too much; returns when to come again. */
static gint64
do_pruning (PhHistoryWorker *self, guint days, guint64 bytes)
{
  gint64 before = days > 0 ? g_get_real_time () - days * G_TIME_SPAN_DAY : G_MININT64;
  guint had = ph_history_keeper_n_waiting (self->keeper);
  gboolean more;

  ph_history_keeper_prune (self->keeper, before, bytes, &more, NULL);
  report (self, had, NULL);
  return more ? 0 : g_get_monotonic_time () + PRUNE_US;
}

/* Under the lock. Entries that were too many are not hidden. */
static void
push_lost (PhHistoryWorker *self)
{
  g_autofree char *number = NULL; /* a message with the format's macro in it could not be translated */
  g_autofree char *detail = NULL;
  PhActivity entry;
  Job *job;

  if (self->n_lost == 0)
    return;
  number = g_strdup_printf ("%" G_GUINT64_FORMAT, self->n_lost);
  detail = g_strdup_printf (
      g_dngettext (GETTEXT_PACKAGE, "%s entry could not be kept", "%s entries could not be kept", self->n_lost),
      number);
  ph_activity_init (&entry, PH_ACTIVITY_EVENTS_LOST, g_get_real_time ());
  entry.detail = detail;
  job = g_new0 (Job, 1);
  job->entry = ph_history_keeper_copy (&entry);
  g_queue_push_tail (&self->inbox, job);
  self->n_waiting++;
  self->n_lost = 0;
}

/* Under the lock: one after the other, until there is something to sleep for. */
static void
do_round (PhHistoryWorker *self)
{
  gint64 now = g_get_monotonic_time ();
  gboolean must = self->stop || self->retry;
  gboolean prune = !self->stop && now >= self->prune_at;
  guint days = self->days;
  guint64 bytes = self->bytes;
  GQueue jobs = self->inbox;
  gint64 prune_at;

  g_queue_init (&self->inbox);
  self->due = NEVER;
  self->retry = FALSE;
  self->prune_at = prune ? NEVER : MIN (self->prune_at, now + PRUNE_US);
  unlock (self);

  do_jobs (self, &jobs);
  prune_at = do_writing (self, must) && prune ? do_pruning (self, days, bytes) : now + PRUNE_US;

  lock (self);
  self->prune_at = MIN (self->prune_at, prune_at);
  if (self->paused)
    {
      self->due = MIN (self->due, ph_history_keeper_retry_at (self->keeper));
      return;
    }
  push_lost (self);
  if (self->inbox.length > 0)
    self->due = MIN (self->due, now + GATHER_US);
  self->due = MIN (self->due, self->prune_at);
}

static gpointer
work (gpointer data)
{
  PhHistoryWorker *self = data;
  gboolean last;

  lock (self);
  do
    {
      while (!self->stop && g_get_monotonic_time () < self->due)
        wait_until (self, self->due);
      last = self->stop;
      do_round (self);
    }
  while (!last || (self->inbox.length > 0 && !self->paused));
  unlock (self);

  g_clear_pointer (&self->keeper, ph_history_keeper_free);
  lock (self);
  self->stopped = TRUE;
  g_cond_broadcast (&self->changed);
  unlock (self);
  ph_history_worker_unref (self);
  return NULL;
}

/* --- in front of it --- */

PhHistoryWorker *
ph_history_worker_new (const char *path, PhHistoryWorkerTold told, gpointer user)
{
  PhHistoryWorker *self = g_new0 (PhHistoryWorker, 1);

  g_atomic_ref_count_init (&self->refs);
  self->context = g_main_context_ref_thread_default ();
  self->told = told;
  self->user = user;
  self->keeper = ph_history_keeper_new (path);
  g_mutex_init (&self->lock);
  g_cond_init (&self->changed);
  g_queue_init (&self->inbox);
  g_queue_init (&self->ended);
  self->due = NEVER;
  self->prune_at = g_get_monotonic_time () + PRUNE_SOON_US;
  self->days = PH_HISTORY_DAYS;
  self->bytes = PH_HISTORY_BYTES;
  return self;
}

void
ph_history_worker_unref (PhHistoryWorker *self)
{
  PH_HAND_OVER (self);
  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  PH_TAKE_OVER (self);
  g_queue_clear_full (&self->inbox, (GDestroyNotify) job_free);
  g_queue_clear_full (&self->ended, (GDestroyNotify) job_free);
  g_clear_pointer (&self->keeper, ph_history_keeper_free);
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->changed);
  g_main_context_unref (self->context);
  g_free (self->error);
  g_free (self->notice);
  g_free (self);
}

/* Under the lock: there is something to do at @when. */
static void
wake (PhHistoryWorker *self, gint64 when)
{
  if (when >= self->due)
    return;
  self->due = when;
  if (self->thread != NULL)
    g_cond_broadcast (&self->changed);
  else
    self->thread = g_thread_new ("history", work, worker_ref (self));
}

gboolean
ph_history_worker_stop (PhHistoryWorker *self, guint timeout_ms)
{
  gint64 until = g_get_monotonic_time () + timeout_ms * G_TIME_SPAN_MILLISECOND;
  g_autoptr (GThread) thread = NULL; /* ends by itself where it is not joined */
  gboolean all;

  self->told = NULL;
  lock (self);
  self->stop = TRUE;
  g_cond_broadcast (&self->changed);
  while (self->thread != NULL && !self->stopped && timeout_ms > 0)
    if (!wait_until (self, until))
      break;
  thread = g_steal_pointer (&self->thread);
  all = (thread == NULL || self->stopped) && self->n_waiting == 0 && self->n_lost == 0;
  if (self->stopped && thread != NULL)
    {
      unlock (self);
      g_thread_join (g_steal_pointer (&thread));
      return all;
    }
  unlock (self);
  return all;
}

void
ph_history_worker_append (PhHistoryWorker *self, const PhActivity *entry)
{
  Job *job = g_new0 (Job, 1);

  job->entry = ph_history_keeper_copy (entry);
  lock (self);
  if (self->stop)
    g_clear_pointer (&job, job_free);
  else if (self->n_waiting >= PH_HISTORY_WAITING_MAX)
    {
      self->n_lost++;
      g_clear_pointer (&job, job_free);
    }
  else
    {
      push_lost (self);
      g_queue_push_tail (&self->inbox, job);
      self->n_waiting++;
      if (!self->paused)
        wake (self, self->inbox.length < GATHER_MAX ? g_get_monotonic_time () + GATHER_US : 0);
    }
  unlock (self);
}

guint
ph_history_worker_n_waiting (PhHistoryWorker *self)
{
  guint n;

  lock (self);
  n = self->n_waiting;
  unlock (self);
  return n;
}

void
ph_history_worker_set_limits (PhHistoryWorker *self, guint days, guint64 bytes)
{
  lock (self);
  if (self->days != days || self->bytes != bytes)
    {
      self->days = days;
      self->bytes = bytes;
      self->prune_at = g_get_monotonic_time () + PRUNE_SOON_US;
      if (!self->stop)
        wake (self, self->prune_at);
    }
  unlock (self);
}

void
ph_history_worker_retry (PhHistoryWorker *self)
{
  lock (self);
  if (self->paused && !self->stop)
    {
      self->retry = TRUE;
      wake (self, 0);
    }
  unlock (self);
}

void
ph_history_worker_do (PhHistoryWorker *self, PhHistoryJob what, GTask *task, PhActivityLog *log, guint n)
{
  Job *job = g_new0 (Job, 1);

  job->what = what;
  job->task = task;
  job->log = log != NULL ? ph_activity_log_ref (log) : NULL;
  job->n = n;
  lock (self);
  if (self->stop)
    {
      g_set_error_literal (&job->error, PH_HISTORY_ERROR, PH_HISTORY_ERROR_CLOSED, _ ("The history has been closed"));
      g_queue_push_tail (&self->ended, job);
      publish_soon (self);
    }
  else
    {
      g_queue_push_tail (&self->inbox, job);
      wake (self, 0);
    }
  unlock (self);
}
