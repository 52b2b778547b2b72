/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The connection to the history's file: opened when it is needed, closed at every error, and what went wrong in words.
 * Only PhHistoryFile needs it. */
#pragma once

#include <gio/gio.h>
#include <sqlite3.h>
#include <sys/stat.h>

typedef struct
{
  char *path;
  sqlite3 *sqlite;      /* NULL: not open */
  sqlite3_stmt *insert; /* ph_history_row_insert; NULL: not made yet */
  struct stat opened;   /* which file was opened last */
} PhHistoryDb;

/* Opens the file, and makes it, its folder and its table, where that has not been done or the file has gone since. */
gboolean ph_history_db_open (PhHistoryDb *self, GError **error);

/* @keep_journal: leaves the file and what lies beside it as they are. */
void ph_history_db_close (PhHistoryDb *self, gboolean keep_journal);

/* Both return an SQLite code. The number is the first column of the last row, 0 where there is none. */
int ph_history_db_run (PhHistoryDb *self, const char *sql);
int ph_history_db_ask (PhHistoryDb *self, const char *sql, gint64 *number);

/* Sets @error for an SQLite code, or an errno, and closes. Always FALSE. All statements but @insert must be gone. */
gboolean ph_history_db_fail (PhHistoryDb *self, int code, GError **error);
gboolean ph_history_db_fail_errno (PhHistoryDb *self, int errnum, GError **error);
