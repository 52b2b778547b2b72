/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the history's thread does, without the thread: keeps entries until they are written, tells what went wrong, and
 * knows when to try again. Whatever fails pauses it, and whatever goes well ends that. Blocking.
 */
#pragma once

#include <gio/gio.h>

#include "ph-activity-log.h"

typedef struct _PhHistoryKeeper PhHistoryKeeper;

PhHistoryKeeper *ph_history_keeper_new (const char *path);
void ph_history_keeper_free (PhHistoryKeeper *self);

/* A copy of an entry, its strings behind it: free with g_free(). */
PhActivity *ph_history_keeper_copy (const PhActivity *entry);

/* Takes @entry, which waits to be written. */
void ph_history_keeper_take (PhHistoryKeeper *self, PhActivity *entry);
guint ph_history_keeper_n_waiting (const PhHistoryKeeper *self);

/* Errors: PH_HISTORY_ERROR. A broken file is none, but where it cannot be set aside. */
gboolean ph_history_keeper_write (PhHistoryKeeper *self, GError **error); /* at least tries to open the file */
gboolean ph_history_keeper_load (PhHistoryKeeper *self, PhActivityLog *log, guint n, GError **error);
gboolean ph_history_keeper_clear (PhHistoryKeeper *self, GError **error); /* also what waits */
gboolean ph_history_keeper_prune (
    PhHistoryKeeper *self, gint64 before_us, guint64 bytes, gboolean *more, GError **error);

/* Sentences as the store's properties have them; NULL. */
const char *ph_history_keeper_error (const PhHistoryKeeper *self);
const char *ph_history_keeper_notice (const PhHistoryKeeper *self);

/* When to try again (g_get_monotonic_time()) while there is an error. */
gint64 ph_history_keeper_retry_at (const PhHistoryKeeper *self);
