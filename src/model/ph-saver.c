/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Items and work are jobs in one queue, so that work sees what was put before it, and nothing else. */
#include "ph-saver-private.h"

#define GATHER_MAX   500 /* items: more do not wait */
#define TIDY_SOON_US (2 * G_USEC_PER_SEC)

/* --- what there is to say --- */

void
ph_saver_job_free (PhSaver *self, PhSaverJob *job)
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
  PhSaverJob *job;

  while ((job = g_queue_pop_head (jobs)) != NULL)
    ph_saver_job_free (self, job);
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
  PhSaverJob *job;

  ph_saver_lock (self);
  self->publishing = FALSE;
  error = g_strdup (self->error);
  notice = g_strdup (self->notice);
  ended = self->ended;
  g_queue_init (&self->ended);
  ph_saver_unlock (self);

  if (self->told != NULL)
    self->told (self->user, error, notice);
  while ((job = g_queue_pop_head (&ended)) != NULL)
    {
      if (job->error != NULL)
        g_task_return_error (job->task, g_steal_pointer (&job->error));
      else
        g_task_return_boolean (job->task, TRUE);
      ph_saver_job_free (self, job);
    }
  return G_SOURCE_REMOVE;
}

void
ph_saver_publish_soon (PhSaver *self)
{
  if (self->publishing)
    return;

  g_autoptr (GSource) source = g_idle_source_new ();

  self->publishing = TRUE;
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, publish, saver_ref (self), (GDestroyNotify) ph_saver_unref);
  g_source_attach (source, self->context);
}

/* --- life --- */

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
  g_mutex_init (&self->lock);
  g_cond_init (&self->changed);
  g_queue_init (&self->inbox);
  g_queue_init (&self->ended);
  self->due = PH_SAVER_NEVER;
  self->tidy_at = class->tidy != NULL ? g_get_monotonic_time () + TIDY_SOON_US : PH_SAVER_NEVER;
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

/* --- the queue --- */

gboolean
ph_saver_wait_until (PhSaver *self, gint64 until)
{
  gboolean in_time = TRUE;

  PH_HAND_OVER (&self->lock);
  if (until == PH_SAVER_NEVER)
    g_cond_wait (&self->changed, &self->lock);
  else
    in_time = g_cond_wait_until (&self->changed, &self->lock, until);
  PH_TAKE_OVER (&self->lock);
  return in_time;
}

/* Under the lock. */
static void
push_item (PhSaver *self, gpointer item)
{
  PhSaverJob *job = g_new0 (PhSaverJob, 1);

  job->item = item;
  g_queue_push_tail (&self->inbox, job);
  self->n_inbox++;
}

/* Items that were too many are not hidden. */
void
ph_saver_push_lost (PhSaver *self)
{
  if (self->n_lost > 0)
    push_item (self, self->class->lost (self->n_lost));
  self->n_lost = 0;
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
    self->thread = g_thread_new (self->class->name, ph_saver_thread, saver_ref (self));
}

/* Under the lock. */
static guint
n_waiting (PhSaver *self)
{
  return self->n_inbox + self->n_accepted;
}

void
ph_saver_put (PhSaver *self, gpointer item)
{
  ph_saver_lock (self);
  if (!self->stop && (self->class->max == 0 || n_waiting (self) < self->class->max))
    {
      ph_saver_push_lost (self);
      push_item (self, g_steal_pointer (&item));
      if (!self->paused)
        wake (self, self->inbox.length < GATHER_MAX ? g_get_monotonic_time () + PH_SAVER_GATHER_US : 0);
    }
  else if (!self->stop)
    self->n_lost++;
  ph_saver_unlock (self);
  g_clear_pointer (&item, self->class->item_free);
}

gboolean
ph_saver_do (PhSaver *self, PhSaverWork work, gpointer data, GTask *task)
{
  gboolean taken;

  ph_saver_lock (self);
  taken = !self->stop;
  if (taken)
    {
      PhSaverJob *job = g_new0 (PhSaverJob, 1);

      job->work = work;
      job->data = data;
      job->task = task;
      g_queue_push_tail (&self->inbox, job);
      wake (self, 0);
    }
  ph_saver_unlock (self);
  return taken;
}

void
ph_saver_retry (PhSaver *self)
{
  ph_saver_lock (self);
  if (self->paused && !self->stop)
    {
      self->retry = TRUE;
      wake (self, 0);
    }
  ph_saver_unlock (self);
}

void
ph_saver_tidy_soon (PhSaver *self)
{
  ph_saver_lock (self);
  self->tidy_at = g_get_monotonic_time () + TIDY_SOON_US;
  if (!self->stop)
    wake (self, self->tidy_at);
  ph_saver_unlock (self);
}

guint
ph_saver_n_waiting (PhSaver *self)
{
  guint n;

  ph_saver_lock (self);
  n = n_waiting (self);
  ph_saver_unlock (self);
  return n;
}

/* --- its end --- */

gboolean
ph_saver_stop (PhSaver *self, guint timeout_ms)
{
  gint64 until = g_get_monotonic_time () + timeout_ms * G_TIME_SPAN_MILLISECOND;
  g_autoptr (GThread) thread = NULL; /* ends by itself where it is not joined */
  gboolean all, stopped;

  self->told = NULL;
  ph_saver_lock (self);
  self->stop = TRUE;
  g_cond_broadcast (&self->changed);
  while (self->thread != NULL && !self->stopped && timeout_ms > 0)
    if (!ph_saver_wait_until (self, until))
      break;
  thread = g_steal_pointer (&self->thread);
  stopped = self->stopped;
  all = (thread == NULL || stopped) && n_waiting (self) == 0 && self->n_lost == 0;
  ph_saver_unlock (self);

  if (stopped && thread != NULL)
    g_thread_join (g_steal_pointer (&thread));
  return all;
}
