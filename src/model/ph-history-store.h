/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The log of what happened, kept across restarts: in one SQLite file, which a thread of its own reads and writes.
 * Nothing here waits, but for ph_history_store_close().
 *
 * Entries are written together, a second after the first of them. Where they cannot be (full disk, locked or read-only
 * file), history is paused: "error" says why, entries wait, up to PH_HISTORY_WAITING_MAX, and it is tried again, after
 * a minute at the latest. What more there was is counted, and the number is written down as an entry. A broken file is
 * set aside, another begun, and "notice" says so. The file of a newer Porthole is left alone.
 *
 * Several processes may share a file. Nothing is opened or made before there is something to read or to write.
 *
 * Properties, changed in the main context that was the thread's own when it was made:
 *   "error"  (string): history is paused, and why: a translated sentence; NULL: it is not
 *   "notice" (string): what was set aside: a translated sentence; NULL: nothing
 */
#pragma once

#include <gio/gio.h>

#include "ph-activity-log.h"

#define PH_TYPE_HISTORY_STORE (ph_history_store_get_type ())
G_DECLARE_FINAL_TYPE (PhHistoryStore, ph_history_store, PH, HISTORY_STORE, GObject)

#define PH_HISTORY_WAITING_MAX 20000                                    /* entries */
#define PH_HISTORY_DAYS        30                                       /* kept, where nothing else is said */
#define PH_HISTORY_BYTES       (G_GUINT64_CONSTANT (256) * 1024 * 1024) /* of the file, at most, or nearly so */

/* @path: of the file, copied; NULL: history.db in the user's data folder. */
PhHistoryStore *ph_history_store_new (const char *path);

/* What is older than @days (0: any age) goes, and the oldest where the file is larger than @bytes: soon, and then once
 * an hour. */
void ph_history_store_set_limits (PhHistoryStore *self, guint days, guint64 bytes);

/* Appends the newest @n entries to @log (referenced), oldest first, by their numbers. Nothing else should be appended
 * until it has finished: the log would give others' numbers out again. Errors: PH_HISTORY_ERROR (ph-history-file.h);
 * entries that were read before one are in the log. That there is no file is none. */
void ph_history_store_load_async (
    PhHistoryStore *self, PhActivityLog *log, guint n, GAsyncReadyCallback callback, gpointer user_data);
gboolean ph_history_store_load_finish (PhHistoryStore *self, GAsyncResult *result, GError **error);

/* Copies @entry and its strings. Its number is kept where it is greater than all that are there, else (0: it has none)
 * the next one taken. Of any thread. */
void ph_history_store_append (PhHistoryStore *self, const PhActivity *entry);

/* A PhActivityTell; @store is the store. */
void ph_history_store_tell (gpointer store, const PhActivity *entry);

/* When what was appended before is on disk: no crash of the program takes it away. FALSE: it waits still. */
void ph_history_store_flush_async (PhHistoryStore *self, GAsyncReadyCallback callback, gpointer user_data);
gboolean ph_history_store_flush_finish (PhHistoryStore *self, GAsyncResult *result, GError **error);

/* Forgets all entries, also those that wait; nothing of them is left in the file. */
void ph_history_store_clear_async (PhHistoryStore *self, GAsyncReadyCallback callback, gpointer user_data);
gboolean ph_history_store_clear_finish (PhHistoryStore *self, GAsyncResult *result, GError **error);

/* Where history is paused: tries again now. */
void ph_history_store_retry (PhHistoryStore *self);

/* Entries that wait to be written. */
guint ph_history_store_n_waiting (PhHistoryStore *self);

/* Borrowed, NULL: see above. */
const char *ph_history_store_get_error (PhHistoryStore *self);
const char *ph_history_store_get_notice (PhHistoryStore *self);

/* At the end of the program: writes what waits, closes the file, and blocks for it, but not longer than @timeout_ms.
 * FALSE: not all was written. Afterwards nothing is taken any more. One that is dropped without this writes as well,
 * if the process lives long enough. */
gboolean ph_history_store_close (PhHistoryStore *self, guint timeout_ms);
