/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The thread takes the whole queue at once, and sleeps until something is due: items a second after the first of them,
 * work at once, what failed when its pause is over.
 */
#include "ph-saver-private.h"

#define RETRY_US     G_USEC_PER_SEC
#define RETRY_MAX_US (60 * G_TIME_SPAN_SECOND)

/* --- attempts --- */

/* Whatever fails pauses it. */
static void
note_failure (PhSaver *self, const GError *error)
{
  g_free (self->failure);
  self->failure = g_strdup (error->message);
  self->retry_us = CLAMP (2 * self->retry_us, RETRY_US, RETRY_MAX_US);
  self->retry_at = g_get_monotonic_time () + self->retry_us;
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
  self->retry_us = 0;
  return TRUE;
}

static gboolean
has_waiting (PhSaver *self)
{
  return self->class->n_waiting (self->target) > 0;
}

/* --- rounds --- */

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
report (PhSaver *self, PhSaverJob *ended)
{
  const char *notice = self->class->notice != NULL ? self->class->notice (self->target) : NULL;
  gboolean news = ended != NULL;

  ph_saver_lock (self);
  self->n_accepted = self->n_untaken + self->class->n_waiting (self->target);
  self->paused = self->failure != NULL;
  news |= set_text (&self->error, self->failure);
  news |= set_text (&self->notice, notice);
  if (ended != NULL)
    g_queue_push_tail (&self->ended, ended);
  if (news)
    ph_saver_publish_soon (self);
  ph_saver_unlock (self);
}

static void
do_job (PhSaver *self, PhSaverJob *job)
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
  PhSaverJob *job;

  while ((job = g_queue_pop_head (jobs)) != NULL)
    if (job->item != NULL)
      {
        self->class->take (self->target, g_steal_pointer (&job->item));
        self->n_untaken--;
        ph_saver_job_free (self, job);
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
  return more ? 0 : g_get_monotonic_time () + PH_SAVER_TIDY_US;
}

/* Under the lock: one after the other, until there is something to sleep for. */
static void
do_round (PhSaver *self)
{
  gint64 now = g_get_monotonic_time ();
  gboolean must = self->stop || self->retry;
  gboolean tidy = !self->stop && now >= self->tidy_at;
  GQueue jobs = self->inbox;
  gint64 tidy_at = now + PH_SAVER_TIDY_US;
  gboolean written;

  g_queue_init (&self->inbox);
  self->n_untaken = self->n_inbox;
  self->n_accepted += self->n_inbox;
  self->n_inbox = 0;
  self->due = PH_SAVER_NEVER;
  self->retry = FALSE;
  if (tidy)
    self->tidy_at = PH_SAVER_NEVER;
  ph_saver_unlock (self);

  do_jobs (self, &jobs);
  written = do_writing (self, must);
  if (tidy && written)
    tidy_at = do_tidying (self);

  ph_saver_lock (self);
  if (tidy)
    self->tidy_at = MIN (self->tidy_at, tidy_at);
  if (self->paused)
    {
      self->due = MIN (self->due, self->retry_at);
      return;
    }
  ph_saver_push_lost (self);
  if (self->inbox.length > 0)
    self->due = MIN (self->due, now + PH_SAVER_GATHER_US);
  self->due = MIN (self->due, self->tidy_at);
}

gpointer
ph_saver_thread (gpointer saver)
{
  PhSaver *self = saver;
  gboolean last;

  ph_saver_lock (self);
  do
    {
      while (!self->stop && g_get_monotonic_time () < self->due)
        ph_saver_wait_until (self, self->due);
      last = self->stop;
      do_round (self);
    }
  while (!last || (self->inbox.length > 0 && !self->paused));
  ph_saver_unlock (self);

  g_clear_pointer (&self->target, self->class->free);
  ph_saver_lock (self);
  self->stopped = TRUE;
  g_cond_broadcast (&self->changed);
  ph_saver_unlock (self);
  ph_saver_unref (self);
  return NULL;
}
