/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A history in a folder of the test's own, and entries that are all different. */
#pragma once

#include "ph-history-store.h"

typedef struct
{
  char *folder; /* not made yet: the store has to */
  char *path;
  PhHistoryStore *store; /* NULL: closed */
} History;

void history_init (History *history);
void history_open (History *history);
void history_close (History *history);    /* asserts that all is written */
void history_clear (History *history);    /* closes it and removes the folder */
void history_remove (const char *folder); /* with what is in it */

/* What an entry with this seed is: every field is used by some. Its strings live until the next call. */
void history_make (guint seed, PhActivity *entry);
void history_append (History *history, guint first, guint n);

/* Run the main loop until it is done. NULL: no error. */
GError *history_flush (History *history);
GError *history_wipe (History *history);
GError *history_load (History *history, PhActivityLog *log, guint n);

/* That the log has exactly the entries of these seeds, in this order, numbered from @number. */
void history_assert_log (PhActivityLog *log, guint first, guint n, guint64 number);

/* That two entries say the same, but for number, head and cookie. */
void history_assert_same (const PhActivity *a, const PhActivity *b);
