/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A PhSaver from within: the queue (ph-saver.c) and the thread that empties it (ph-saver-thread.c). */
#pragma once

#include "ph-handover.h"
#include "ph-saver.h"

#define PH_SAVER_NEVER     G_MAXINT64
#define PH_SAVER_GATHER_US G_USEC_PER_SEC
#define PH_SAVER_TIDY_US   G_TIME_SPAN_HOUR

/* An item, or work. */
typedef struct
{
  gpointer item;
  PhSaverWork work; /* NULL: all that is wanted is that items are written */
  gpointer data;
  GTask *task;
  GError *error; /* NULL: it went well */
} PhSaverJob;

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
  gint64 retry_us; /* how long the pause is; 0: there is none */

  GMutex lock; /* for all below */
  GCond changed;
  GThread *thread;  /* NULL: not started, or nobody waits for it any more */
  GQueue inbox;     /* PhSaverJob */
  GQueue ended;     /* PhSaverJob, to be returned */
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

static inline void
ph_saver_lock (PhSaver *self)
{
  g_mutex_lock (&self->lock);
  PH_TAKE_OVER (&self->lock);
}

static inline void
ph_saver_unlock (PhSaver *self)
{
  PH_HAND_OVER (&self->lock);
  g_mutex_unlock (&self->lock);
}

/* Under the lock. FALSE: it is @until. */
gboolean ph_saver_wait_until (PhSaver *self, gint64 until);

/* Under the lock: an item that says how many were too many, where some were. */
void ph_saver_push_lost (PhSaver *self);

/* Under the lock: says in the main context how things are, and returns what has ended. */
void ph_saver_publish_soon (PhSaver *self);

void ph_saver_job_free (PhSaver *self, PhSaverJob *job);

/* Of the thread, which holds a reference to @saver. */
gpointer ph_saver_thread (gpointer saver);
