/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The thread of a PhHistoryStore, and the queue in front of it. What the thread has to say (how jobs ended, why history
 * is paused) it says in the main context that was the thread's own when the worker was made.
 */
#pragma once

#include <gio/gio.h>

#include "ph-activity-log.h"

typedef struct _PhHistoryWorker PhHistoryWorker;

/* @error, @notice: as the store's properties. In the main context, before the jobs that changed them return. */
typedef void (*PhHistoryWorkerTold) (gpointer user, const char *error, const char *notice);

PhHistoryWorker *ph_history_worker_new (const char *path, PhHistoryWorkerTold told, gpointer user);

/* Writes what waits, then ends the thread; waits for that up to @timeout_ms, and if that is 0 not at all. Nothing is
 * told any more. TRUE: all is written. */
gboolean ph_history_worker_stop (PhHistoryWorker *self, guint timeout_ms);
void ph_history_worker_unref (PhHistoryWorker *self);

void ph_history_worker_append (PhHistoryWorker *self, const PhActivity *entry);
guint ph_history_worker_n_waiting (PhHistoryWorker *self);
void ph_history_worker_set_limits (PhHistoryWorker *self, guint days, guint64 bytes);
void ph_history_worker_retry (PhHistoryWorker *self);

typedef enum
{
  PH_HISTORY_LOAD,
  PH_HISTORY_FLUSH,
  PH_HISTORY_CLEAR,
} PhHistoryJob;

/* Takes @task, which returns a boolean. @log (referenced) and @n: of LOAD. */
void ph_history_worker_do (PhHistoryWorker *self, PhHistoryJob what, GTask *task, PhActivityLog *log, guint n);
