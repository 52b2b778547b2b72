/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Work off the main loop: as g_task_run_in_thread(), but in threads of our own.
 *
 * Those of GTask are shared with all of GIO, and there are about ten: look-ups of a name server that does not answer
 * hold them for many seconds, and the tables would stand still as long.
 */
#pragma once

#include <gio/gio.h>

/* @work is called with what g_task_run_in_thread() would give it. As many run at once as are asked for. */
void ph_worker_run (GTask *task, GTaskThreadFunc work);

/* The same for work on so many records; few are worked on here and now: that takes less than a worker to wake up. */
void ph_worker_run_records (GTask *task, guint n_records, GTaskThreadFunc work);

/* Has @thing freed by a thread of its own: a big snapshot takes milliseconds. NULL is nothing. */
void ph_worker_free (gpointer thing, GDestroyNotify free_thing);
