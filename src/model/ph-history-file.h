/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The history's SQLite file. Blocking: for the thread of a PhHistoryStore, which is the only one to use it.
 *
 * The file is opened, and made, when it is first needed; after an error it is closed, so that the next attempt begins
 * with the file as it is then. It is in WAL mode, its journals beside it; all three are for the user alone (0600).
 */
#pragma once

#include <gio/gio.h>

#include "ph-activity.h"

#define PH_HISTORY_ERROR (ph_history_error_quark ())
GQuark ph_history_error_quark (void);

/* Messages are translated sentences. */
typedef enum
{
  PH_HISTORY_ERROR_FAILED, /* SQLite's own words */
  PH_HISTORY_ERROR_FULL,   /* no room on the disk, or within the quota */
  PH_HISTORY_ERROR_LOCKED, /* by another process, for longer than a second */
  PH_HISTORY_ERROR_DENIED, /* it may not be opened, made or written */
  PH_HISTORY_ERROR_NEWER,  /* written by a newer Porthole */
  PH_HISTORY_ERROR_BROKEN, /* not what Porthole has written: to be set aside */
  PH_HISTORY_ERROR_CLOSED, /* of the store: it has been closed */
} PhHistoryErrorCode;

typedef struct _PhHistoryFile PhHistoryFile;

PhHistoryFile *ph_history_file_new (const char *path);
void ph_history_file_free (PhHistoryFile *self);

/* @entries: PhActivity. In one transaction: all or none. */
gboolean ph_history_file_append (PhHistoryFile *self, PhActivity *const *entries, guint n, GError **error);

/* Tells the newest @n, oldest first, with their numbers. */
gboolean ph_history_file_load (PhHistoryFile *self, guint n, PhActivityTell tell, gpointer user, GError **error);

/* Takes out some of what is older than @before_us, then the oldest where the file is larger than @bytes, and gives the
 * room back. @more: there is more to be done; so others get in between. */
gboolean ph_history_file_prune (PhHistoryFile *self, gint64 before_us, guint64 bytes, gboolean *more, GError **error);

/* Takes all out, overwrites it, and deletes files that have been set aside. */
gboolean ph_history_file_clear (PhHistoryFile *self, GError **error);

/* After PH_HISTORY_ERROR_BROKEN. @aside gets its new name (free with g_free()), or NULL: another process was faster.
 * Errors: PH_HISTORY_ERROR. */
gboolean ph_history_file_set_aside (PhHistoryFile *self, char **aside, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PhHistoryFile, ph_history_file_free)
