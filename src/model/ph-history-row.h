/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An entry of the log as a row of the history's table. */
#pragma once

#include <sqlite3.h>

#include "ph-activity.h"

#define PH_HISTORY_ROW_TEXT_MAX 4096 /* bytes; what is longer is cut */

/* CREATE TABLE, INSERT, and SELECT without what comes behind FROM. */
#define PH_HISTORY_ROW_COLUMNS                                                                                          \
  "id, time_us, kind, duration_us, rx_bytes, tx_bytes, boot, cookie, net_ns, family, protocol, local, local_scope, "    \
  "local_port, remote, remote_scope, remote_port, prefix_length, ended, exposure, note, pid, interface, process, exe, " \
  "unit, interface_name, detail"
extern const char ph_history_row_create[];
extern const char ph_history_row_insert[];

/* What rows are read with. @boot: which run of the kernel this is, 0: not known. Cookies of sockets are good for one.
 */
typedef struct
{
  PhActivity entry;
  gint64 boot;
  GString *texts[5]; /* of those that had to be made fit */
} PhHistoryRow;

void ph_history_row_init (PhHistoryRow *row, gint64 boot);
void ph_history_row_clear (PhHistoryRow *row);

/* All parameters of ph_history_row_insert. Borrows the strings until the statement has been reset. An SQLite code. */
int ph_history_row_bind (sqlite3_stmt *statement, gint64 id, gint64 boot, const PhActivity *entry);

/* Fills @row->entry from a row of PH_HISTORY_ROW_COLUMNS; strings live until the next step. FALSE: not an entry that
 * this program knows of. */
gboolean ph_history_row_read (PhHistoryRow *row, sqlite3_stmt *statement);
