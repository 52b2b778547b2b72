/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the PhSaver of a history does: keeps entries until they are written, sets aside a broken file and begins
 * another, and takes out what is too old or too much. */
#pragma once

#include "ph-activity-log.h"
#include "ph-saver.h"

/* Its items are PhActivity, its target a PhHistoryKeeper. Errors: PH_HISTORY_ERROR. A broken file is none, but where it
 * cannot be set aside. */
extern const PhSaverClass ph_history_keeper_class;

typedef struct _PhHistoryKeeper PhHistoryKeeper;

PhHistoryKeeper *ph_history_keeper_new (const char *path);

/* What is kept from now on, as ph_history_store_set_limits() has it. Of any thread. FALSE: as before. */
gboolean ph_history_keeper_set_limits (PhHistoryKeeper *self, guint days, guint64 bytes);

/* A copy of an entry, its strings behind it: free with g_free(). */
PhActivity *ph_history_keeper_copy (const PhActivity *entry);

typedef struct
{
  PhActivityLog *log; /* gets the newest @n entries */
  guint n;
} PhHistoryLoad;

/* PhSaverWork. @data: PhHistoryLoad; none, and what waits is forgotten, too. */
gboolean ph_history_keeper_load (gpointer keeper, gpointer data, GError **error);
gboolean ph_history_keeper_clear (gpointer keeper, gpointer data, GError **error);
