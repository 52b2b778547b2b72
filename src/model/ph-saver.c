/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Items and work are jobs in one queue, so that work sees what was put before it, and nothing else. The thread takes
 * the whole queue at once, and sleeps until something is due: items a second after the first of them, work at once,
 * what failed when its pause is over.
 */
#include "ph-saver.h"

#include "ph-handover.h"

#define NEVER        G_MAXINT64
#define GATHER_US    G_USEC_PER_SEC
#define GATHER_MAX   500 /* items: more do not wait */
#define RETRY_US     G_USEC_PER_SEC
#define RETRY_MAX_US (60 * G_TIME_SPAN_SECOND)
#define TIDY_SOON_US (2 * G_USEC_PER_SEC)
#define TIDY_US      G_TIME_SPAN_HOUR

/* An item, or work. */
typedef struct
{
  gpointer item;
  PhSaverWork work; /* NULL: all that is wanted is that items are written */
  gpointer data;
  GTask *task;
  GError *error; /* NULL: it went well */
} Job;

struct _PhSaver
{
  gatomicrefcount refs;
  const PhSaverClass *class;

  /* of the main context's thread */
  GMainContext *context;
  PhSaverTold told; /* NULL: nobody listens any more */
  gpointer user;

  /* the thread's */
  gpointer target;
  guint n_untaken; /* items of this round */
  char *failure;   /* of the last attempt; NULL: it went well */
  gint64 retry_at;
  gint64 retry_us;

  GMutex lock; /* for all below */
  GCond changed;
  GThread *thread;  /* NULL: not started, or nobody waits for it any more */
  GQueue inbox;     /* Job */
  GQueue ended;     /* Job, to be returned */
  guint n_inbox;    /* items in the inbox */
  guint n_accepted; /* items that the thread has, and has not written as far as it has said */
  guint64 n_lost;   /* since that was too many */
  gint64 due;       /* when the thread has something to do */
  gint64 tidy_at;
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
lock (PhSaver *self)
{
  g_mutex_lock (&self->lock);
  PH_TAKE_OVER (&self->lock);
}

static void
unlock (PhSaver *self)
{
  PH_HAND_OVER (&self->lock);
  g_mutex_unlock (&self->lock);
}

/* FALSE: it is @until. */
static gboolean
wait_until (PhSaver *self, gint64 until)
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
job_free (PhSaver *self, Job *job)
{
  if (job->item != NULL)
    self->class->item_free (job->item);
  g_clear_object (&job->task);
  g_clear_error (&job->error);
  g_free (job);
}

static void
clear_jobs (PhSaver *self, GQueue *jobs)
{
  Job *job;

  while ((job = g_queue_pop_head (jobs)) != NULL)
    job_free (self, job);
}

static PhSaver *
saver_ref (PhSaver *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

static gboolean
publish (gpointer data)
{
  PhSaver *self = data;
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
      job_free (self, job);
    }
  return G_SOURCE_REMOVE;
}

/* Under the lock. */
static void
publish_soon (PhSaver *self)
{
  if (self->publishing)
    return;

  g_autoptr (GSource) source = g_idle_source_new ();

  self->publishing = TRUE;
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, publish, saver_ref (self), (GDestroyNotify) ph_saver_unref);
  g_source_attach (source, self->context);
}

/* Under the lock. TRUE: it is another text. */
static gboolean
set_text (char **where, const char *text)
{
  if (g_strcmp0 (*where, text) == 0)
    return FALSE;
  g_free (*where);
  *where = g_strdup (text);
  return TRUE;
}

/* How things are now, and @ended (NULL: none) with it. */
static void
report (PhSaver *self, Job *ended)
{
  const char *notice = self->class->notice != NULL ? self->class->notice (self->target) : NULL;
  gboolean news = ended != NULL;

  lock (self);
  self->n_accepted = self->n_untaken + self->class->n_waiting (self->target);
  self->paused = self->failure != NULL;
  news |= set_text (&self->error, self->failure);
  news |= set_text (&self->notice, notice);
  if (ended != NULL)
    g_queue_push_tail (&self->ended, ended);
  if (news)
    publish_soon (self);
  unlock (self);
}

/* --- the thread --- */

/* Whatever fails pauses it. */
static gboolean
note_failure (PhSaver *self, const GError *error)
{
  g_free (self->failure);
  self->failure = g_strdup (error->message);
  self->retry_at = g_get_monotonic_time () + self->retry_us;
  self->retry_us = MIN (2 * self->retry_us, RETRY_MAX_US);
  return FALSE;
}

/* And that all can be written again ends that. */
static gboolean
write_waiting (PhSaver *self, GError **error)
{
  g_autoptr (GError) why = NULL;

  if (!self->class->write (self->target, &why))
    {
      note_failure (self, why);
      g_propagate_error (error, g_steal_pointer (&why));
      return FALSE;
    }
  g_clear_pointer (&self->failure, g_free);
  self->retry_us = RETRY_US;
  return TRUE;
}

static gboolean
has_waiting (PhSaver *self)
{
  return self->class->n_waiting (self->target) > 0;
}

static void
do_job (PhSaver *self, Job *job)
{
  gboolean waits = has_waiting (self);

  if (waits)
    write_waiting (self, job->work == NULL ? &job->error : NULL);
  if (job->work != NULL && !job->work (self->target, job->data, &job->error))
    note_failure (self, job->error);
  else if (self->failure != NULL && !has_waiting (self))
    write_waiting (self, NULL); /* it may work again */
  report (self, job);
}

static void
do_jobs (PhSaver *self, GQueue *jobs)
{
  Job *job;

  while ((job = g_queue_pop_head (jobs)) != NULL)
    if (job->item != NULL)
      {
        self->class->take (self->target, g_steal_pointer (&job->item));
        self->n_untaken--;
        job_free (self, job);
      }
    else
      do_job (self, job);
}

/* What nobody has asked for: writes what waits, or tries again. FALSE: paused. */
static gboolean
do_writing (PhSaver *self, gboolean must)
{
  gboolean paused = self->failure != NULL;

  if (!paused ? has_waiting (self) : must || g_get_monotonic_time () >= self->retry_at)
    paused = !write_waiting (self, NULL);
  report (self, NULL);
  return !paused;
}

/* Returns when to come again. */
static gint64
do_tidying (PhSaver *self)
{
  g_autoptr (GError) error = NULL;
  gboolean more = FALSE;

  if (!self->class->tidy (self->target, &more, &error))
    note_failure (self, error);
  report (self, NULL);
  return more ? 0 : g_get_monotonic_time () + TIDY_US;
}

/* Under the lock. */
static void
push_item (PhSaver *self, gpointer item)
{
  Job *job = g_new0 (Job, 1);

  job->item = item;
  g_queue_push_tail (&self->inbox, job);
  self->n_inbox++;
}

/* Under the lock. Items that were too many are not hidden. */
static void
push_lost (PhSaver *self)
{
  if (self->n_lost > 0)
    push_item (self, self->class->lost (self->n_lost));
  self->n_lost = 0;
}

/* Under the lock: one after the other, until there is something to sleep for. */
static void
do_round (PhSaver *self)
{
  gint64 now = g_get_monotonic_time ();
  gboolean must = self->stop || self->retry;
  gboolean tidy = !self->stop && now >= self->tidy_at;
  GQueue jobs = self->inbox;
  gint64 tidy_at = now + TIDY_US;
  gboolean written;

  g_queue_init (&self->inbox);
  self->n_untaken = self->n_inbox;
  self->n_accepted += self->n_inbox;
  self->n_inbox = 0;
  self->due = NEVER;
  self->retry = FALSE;
  if (tidy)
    self->tidy_at = NEVER;
  unlock (self);

  do_jobs (self, &jobs);
  written = do_writing (self, must);
  if (tidy && written)
    tidy_at = do_tidying (self);

  lock (self);
  if (tidy)
    self->tidy_at = MIN (self->tidy_at, tidy_at);
  if (self->paused)
    {
      self->due = MIN (self->due, self->retry_at);
      return;
    }
  push_lost (self);
  if (self->inbox.length > 0)
    self->due = MIN (self->due, now + GATHER_US);
  self->due = MIN (self->due, self->tidy_at);
}

static gpointer
work (gpointer data)
{
  PhSaver *self = data;
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

  g_clear_pointer (&self->target, self->class->free);
  lock (self);
  self->stopped = TRUE;
  g_cond_broadcast (&self->changed);
  unlock (self);
  ph_saver_unref (self);
  return NULL;
}

/* --- in front of it --- */

PhSaver *
ph_saver_new (const PhSaverClass *class, gpointer target, PhSaverTold told, gpointer user)
{
  PhSaver *self = g_new0 (PhSaver, 1);

  g_atomic_ref_count_init (&self->refs);
  self->class = class;
  self->context = g_main_context_ref_thread_default ();
  self->told = told;
  self->user = user;
  self->target = target;
  self->retry_us = RETRY_US;
  g_mutex_init (&self->lock);
  g_cond_init (&self->changed);
  g_queue_init (&self->inbox);
  g_queue_init (&self->ended);
  self->due = NEVER;
  self->tidy_at = class->tidy != NULL ? g_get_monotonic_time () + TIDY_SOON_US : NEVER;
  return self;
}

void
ph_saver_unref (PhSaver *self)
{
  PH_HAND_OVER (self);
  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  PH_TAKE_OVER (self);
  clear_jobs (self, &self->inbox);
  clear_jobs (self, &self->ended);
  g_clear_pointer (&self->target, self->class->free);
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->changed);
  g_main_context_unref (self->context);
  g_free (self->failure);
  g_free (self->error);
  g_free (self->notice);
  g_free (self);
}

/* Under the lock: there is something to do at @when. */
static void
wake (PhSaver *self, gint64 when)
{
  if (when >= self->due)
    return;
  self->due = when;
  if (self->thread != NULL)
    g_cond_broadcast (&self->changed);
  else
    self->thread = g_thread_new (self->class->name, work, saver_ref (self));
}

/* Under the lock. */
static guint
n_waiting (PhSaver *self)
{
  return self->n_inbox + self->n_accepted;
}

gboolean
ph_saver_stop (PhSaver *self, guint timeout_ms)
{
  gint64 until = g_get_monotonic_time () + timeout_ms * G_TIME_SPAN_MILLISECOND;
  g_autoptr (GThread) thread = NULL; /* ends by itself where it is not joined */
  gboolean all, stopped;

  self->told = NULL;
  lock (self);
  self->stop = TRUE;
  g_cond_broadcast (&self->changed);
  while (self->thread != NULL && !self->stopped && timeout_ms > 0)
    if (!wait_until (self, until))
      break;
  thread = g_steal_pointer (&self->thread);
  stopped = self->stopped;
  all = (thread == NULL || stopped) && n_waiting (self) == 0 && self->n_lost == 0;
  unlock (self);

  if (stopped && thread != NULL)
    g_thread_join (g_steal_pointer (&thread));
  return all;
}

void
ph_saver_put (PhSaver *self, gpointer item)
{
  lock (self);
  if (!self->stop && (self->class->max == 0 || n_waiting (self) < self->class->max))
    {
      push_lost (self);
      push_item (self, g_steal_pointer (&item));
      if (!self->paused)
        wake (self, self->inbox.length < GATHER_MAX ? g_get_monotonic_time () + GATHER_US : 0);
    }
  else if (!self->stop)
    self->n_lost++;
  unlock (self);
  g_clear_pointer (&item, self->class->item_free);
}

gboolean
ph_saver_do (PhSaver *self, PhSaverWork job_work, gpointer data, GTask *task)
{
  gboolean taken;

  lock (self);
  taken = !self->stop;
  if (taken)
    {
      Job *job = g_new0 (Job, 1);

      job->work = job_work;
      job->data = data;
      job->task = task;
      g_queue_push_tail (&self->inbox, job);
      wake (self, 0);
    }
  unlock (self);
  return taken;
}

void
ph_saver_retry (PhSaver *self)
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
ph_saver_tidy_soon (PhSaver *self)
{
  lock (self);
  self->tidy_at = g_get_monotonic_time () + TIDY_SOON_US;
  if (!self->stop)
    wake (self, self->tidy_at);
  unlock (self);
}

guint
ph_saver_n_waiting (PhSaver *self)
{
  guint n;

  lock (self);
  n = n_waiting (self);
  unlock (self);
  return n;
}
