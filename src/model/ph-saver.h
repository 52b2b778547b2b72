/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Keeps a file up to date, in a thread of its own, so that nobody waits for a disk.
 *
 * Items are handed over and written together: a second after the first of them, or at once when there are many. What
 * cannot be written waits. Saving is then paused, with a reason, and tried again by itself after one second, two, four,
 * a minute at the latest. Work that has to see what was put before it (reading, clearing) takes the same queue.
 *
 * What the items are and how they are written is the target's, which nobody but the thread touches once it has begun.
 * The thread begins with the first item or work, and sleeps while there is nothing to do. What it has to say it says in
 * the main context that was the thread's own where the saver was made.
 */
#pragma once

#include <gio/gio.h>

typedef struct _PhSaver PhSaver;

/* How a target does it. In the thread, and blocking, but for lost(). Errors have a translated sentence as message. */
typedef struct
{
  const char *name; /* of the thread */
  guint max;        /* items that may wait; 0: any number */

  void (*take) (gpointer target, gpointer item); /* takes @item, which waits from now on */
  guint (*n_waiting) (gpointer target);          /* items that are still to be written: 0, all is */

  /* Writes all that waits. Where nothing does: finds out whether it could be. */
  gboolean (*write) (gpointer target, GError **error);

  /* Some housekeeping, two seconds after ph_saver_tidy_soon(), then once an hour, unless it is paused. @more: comes
   * again at once; others get in between. NULL: there is none. */
  gboolean (*tidy) (gpointer target, gboolean *more, GError **error);

  const char *(*notice) (gpointer target); /* what else there is to say, a translated sentence; NULL */
  gpointer (*lost) (guint64 n);            /* an item that says that so many were too many. Of any thread */
  GDestroyNotify item_free;
  GDestroyNotify free; /* of the target */
} PhSaverClass;

/* @error: it is paused, and why; NULL: it is not. In the main context, before the work that changed it returns. */
typedef void (*PhSaverTold) (gpointer user, const char *error, const char *notice);

/* In the thread. An error pauses it. */
typedef gboolean (*PhSaverWork) (gpointer target, gpointer data, GError **error);

/* Takes @target. */
PhSaver *ph_saver_new (const PhSaverClass *class, gpointer target, PhSaverTold told, gpointer user);

/* Takes @item. Of any thread. */
void ph_saver_put (PhSaver *self, gpointer item);

/* Writes what waits, or tries to; then does @work with @data (borrowed until it is done), if there is any. Takes @task,
 * which returns a boolean: of @work, or whether all is written. FALSE: it has been stopped, and @task is not taken. */
gboolean ph_saver_do (PhSaver *self, PhSaverWork work, gpointer data, GTask *task);

/* Where it is paused: tries again now. */
void ph_saver_retry (PhSaver *self);

void ph_saver_tidy_soon (PhSaver *self);

/* Items that wait, here or with the target. */
guint ph_saver_n_waiting (PhSaver *self);

/* Writes what waits, then ends the thread and frees the target; waits for that up to @timeout_ms, and if that is 0 not
 * at all. Nothing is taken or told any more, but work that was asked for returns. TRUE: all is written. */
gboolean ph_saver_stop (PhSaver *self, guint timeout_ms);

/* After it was stopped. The thread goes on by itself where it has not ended. */
void ph_saver_unref (PhSaver *self);
