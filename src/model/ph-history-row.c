/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What is not known is NULL. The file may have been edited or damaged: whatever is read is brought into the bounds that
 * entries promise, and text made fit to show again.
 */
#include "ph-history-row.h"

#include <string.h>

#include "ph-text.h"

const char ph_history_row_create[] = "CREATE TABLE activity ("
                                     "id INTEGER PRIMARY KEY, time_us INTEGER NOT NULL, kind INTEGER NOT NULL,"
                                     "duration_us INTEGER, rx_bytes INTEGER, tx_bytes INTEGER,"
                                     "boot INTEGER, cookie INTEGER, net_ns INTEGER, family INTEGER, protocol INTEGER,"
                                     "local BLOB, local_scope INTEGER, local_port INTEGER,"
                                     "remote BLOB, remote_scope INTEGER, remote_port INTEGER,"
                                     "prefix_length INTEGER, ended INTEGER, exposure INTEGER, note INTEGER,"
                                     "pid INTEGER, interface INTEGER,"
                                     "process TEXT, exe TEXT, unit TEXT, interface_name TEXT, detail TEXT"
                                     ") STRICT";

const char ph_history_row_insert[]
    = "INSERT INTO activity (" PH_HISTORY_ROW_COLUMNS ") VALUES "
      "(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

/* In the order of PH_HISTORY_ROW_COLUMNS. */
enum
{
  ID,
  TIME_US,
  KIND,
  DURATION_US,
  RX_BYTES,
  TX_BYTES,
  BOOT,
  COOKIE,
  NET_NS,
  FAMILY,
  PROTOCOL,
  LOCAL,
  LOCAL_SCOPE,
  LOCAL_PORT,
  REMOTE,
  REMOTE_SCOPE,
  REMOTE_PORT,
  PREFIX_LENGTH,
  ENDED,
  EXPOSURE,
  NOTE,
  PID,
  INTERFACE,
  PROCESS,
  EXE,
  UNIT,
  INTERFACE_NAME,
  DETAIL,
};

void
ph_history_row_init (PhHistoryRow *row, gint64 boot)
{
  *row = (PhHistoryRow){ .boot = boot };
  for (guint i = 0; i < G_N_ELEMENTS (row->texts); i++)
    row->texts[i] = g_string_new (NULL);
}

void
ph_history_row_clear (PhHistoryRow *row)
{
  for (guint i = 0; i < G_N_ELEMENTS (row->texts); i++)
    g_string_free (row->texts[i], TRUE);
}

/* --- writing --- */

/* The first error stays. */
typedef struct
{
  sqlite3_stmt *statement;
  int code;
} Binder;

static void
bound (Binder *binder, int code)
{
  if (binder->code == SQLITE_OK)
    binder->code = code;
}

static void
bind_number (Binder *binder, int column, gint64 number, gint64 unknown)
{
  if (number == unknown)
    bound (binder, sqlite3_bind_null (binder->statement, column + 1));
  else
    bound (binder, sqlite3_bind_int64 (binder->statement, column + 1, number));
}

static void
bind_address (Binder *binder, int column, const PhAddress *address)
{
  int length = address->family == PH_FAMILY_IPV4 ? 4 : 16;

  if (address->family == PH_FAMILY_NONE)
    bound (binder, sqlite3_bind_null (binder->statement, column + 1));
  else
    bound (binder, sqlite3_bind_blob (binder->statement, column + 1, address->bytes, length, SQLITE_STATIC));
  bind_number (binder, column + 1, address->scope, 0);
}

static void
bind_text (Binder *binder, int column, const char *text)
{
  gsize length = text != NULL ? strnlen (text, PH_HISTORY_ROW_TEXT_MAX + 1) : 0;

  /* Not in the middle of a character. */
  if (length > PH_HISTORY_ROW_TEXT_MAX)
    for (length--; length > 0 && (text[length] & 0xc0) == 0x80;)
      length--;
  bound (binder, sqlite3_bind_text (binder->statement, column + 1, text, (int) length, SQLITE_STATIC));
}

int
ph_history_row_bind (sqlite3_stmt *statement, gint64 id, gint64 boot, const PhActivity *entry)
{
  Binder binder = { .statement = statement, .code = SQLITE_OK };
  gboolean has_cookie = entry->socket.cookie != 0;

  bind_number (&binder, ID, id, 0);
  bound (&binder, sqlite3_bind_int64 (statement, TIME_US + 1, entry->time_us));
  bind_number (&binder, KIND, entry->kind, PH_ACTIVITY_NONE);
  bind_number (&binder, DURATION_US, entry->duration_us, PH_ACTIVITY_UNKNOWN_US);
  bind_number (&binder, RX_BYTES, (gint64) entry->rx_bytes, (gint64) PH_ACTIVITY_UNKNOWN_BYTES);
  bind_number (&binder, TX_BYTES, (gint64) entry->tx_bytes, (gint64) PH_ACTIVITY_UNKNOWN_BYTES);
  bind_number (&binder, BOOT, has_cookie ? boot : 0, 0);
  bind_number (&binder, COOKIE, (gint64) entry->socket.cookie, 0);
  bind_number (&binder, NET_NS, has_cookie ? entry->socket.net_ns : 0, 0);
  bind_number (&binder, FAMILY, entry->socket.family, PH_SOCKET_FAMILY_NONE);
  bind_number (&binder, PROTOCOL, entry->socket.protocol, PH_PROTOCOL_NONE);
  bind_address (&binder, LOCAL, &entry->local);
  bind_number (&binder, LOCAL_PORT, entry->local_port, 0);
  bind_address (&binder, REMOTE, &entry->remote);
  bind_number (&binder, REMOTE_PORT, entry->remote_port, 0);
  bind_number (&binder, PREFIX_LENGTH, entry->prefix_length, PH_ACTIVITY_NO_PREFIX);
  bind_number (&binder, ENDED, entry->ended, PH_ENDED_UNKNOWN);
  bind_number (&binder, EXPOSURE, entry->exposure, PH_EXPOSURE_NONE);
  bind_number (&binder, NOTE, entry->note, PH_OWNER_UNKNOWN);
  bind_number (&binder, PID, entry->pid, 0);
  bind_number (&binder, INTERFACE, entry->interface, 0);
  bind_text (&binder, PROCESS, entry->process);
  bind_text (&binder, EXE, entry->exe);
  bind_text (&binder, UNIT, entry->unit);
  bind_text (&binder, INTERFACE_NAME, entry->interface_name);
  bind_text (&binder, DETAIL, entry->detail);
  return binder.code;
}

/* --- reading --- */

static gint64
read_number (sqlite3_stmt *statement, int column, gint64 unknown)
{
  return sqlite3_column_type (statement, column) == SQLITE_NULL ? unknown : sqlite3_column_int64 (statement, column);
}

/* NULL, and what is not from @low to @high: @unknown. */
static gint64
read_within (sqlite3_stmt *statement, int column, gint64 low, gint64 high, gint64 unknown)
{
  gint64 number = read_number (statement, column, unknown);

  return number >= low && number <= high ? number : unknown;
}

static void
read_address (sqlite3_stmt *statement, int column, PhAddress *address)
{
  const void *bytes = sqlite3_column_blob (statement, column);
  int length = sqlite3_column_bytes (statement, column);

  if (bytes == NULL || (length != 4 && length != 16))
    return;
  ph_address_set (address, length == 4 ? PH_FAMILY_IPV4 : PH_FAMILY_IPV6, bytes);
  address->scope = (guint32) read_within (statement, column + 1, 0, G_MAXUINT32, 0);
}

static const char *
read_text (sqlite3_stmt *statement, int column, GString *fit)
{
  const char *text = (const char *) sqlite3_column_text (statement, column);
  gsize length = (gsize) sqlite3_column_bytes (statement, column);

  if (text == NULL)
    return NULL;
  if (length <= PH_HISTORY_ROW_TEXT_MAX && ph_text_fit (text, length) == length)
    return text;
  g_string_truncate (fit, 0);
  ph_text_sanitize (text, MIN (length, PH_HISTORY_ROW_TEXT_MAX), fit);
  return fit->str;
}

gboolean
ph_history_row_read (PhHistoryRow *row, sqlite3_stmt *statement)
{
  PhActivity *entry = &row->entry;
  PhActivityKind kind = (PhActivityKind) read_within (statement, KIND, 1, PH_N_ACTIVITIES - 1, PH_ACTIVITY_NONE);

  if (kind == PH_ACTIVITY_NONE)
    return FALSE;
  ph_activity_init (entry, kind, sqlite3_column_int64 (statement, TIME_US));
  entry->key.number_be = GUINT64_TO_BE ((guint64) read_within (statement, ID, 1, G_MAXINT64, 0));
  entry->duration_us = read_within (statement, DURATION_US, 0, G_MAXINT64, PH_ACTIVITY_UNKNOWN_US);
  entry->rx_bytes = (guint64) read_number (statement, RX_BYTES, (gint64) PH_ACTIVITY_UNKNOWN_BYTES);
  entry->tx_bytes = (guint64) read_number (statement, TX_BYTES, (gint64) PH_ACTIVITY_UNKNOWN_BYTES);
  if (row->boot != 0 && read_number (statement, BOOT, 0) == row->boot)
    {
      entry->socket.cookie = (guint64) read_number (statement, COOKIE, 0);
      entry->socket.net_ns = (guint32) read_within (statement, NET_NS, 0, G_MAXUINT32, 0);
    }
  entry->socket.family = (guint8) read_within (statement, FAMILY, 0, PH_SOCKET_FAMILY_VSOCK, PH_SOCKET_FAMILY_NONE);
  entry->socket.protocol = (guint16) read_within (statement, PROTOCOL, 0, PH_PROTOCOL_VSOCK, PH_PROTOCOL_NONE);
  read_address (statement, LOCAL, &entry->local);
  entry->local_port = (guint16) read_within (statement, LOCAL_PORT, 0, G_MAXUINT16, 0);
  read_address (statement, REMOTE, &entry->remote);
  entry->remote_port = (guint16) read_within (statement, REMOTE_PORT, 0, G_MAXUINT16, 0);
  entry->prefix_length = (guint8) read_within (statement, PREFIX_LENGTH, 0, 128, PH_ACTIVITY_NO_PREFIX);
  entry->ended = (guint8) read_within (statement, ENDED, 0, PH_N_ENDS - 1, PH_ENDED_UNKNOWN);
  entry->exposure = (guint8) read_within (statement, EXPOSURE, 0, PH_EXPOSURE_EVERY, PH_EXPOSURE_NONE);
  entry->note = (guint8) read_within (statement, NOTE, 0, PH_OWNER_PROTECTED, PH_OWNER_UNKNOWN);
  entry->pid = (gint32) read_within (statement, PID, 0, G_MAXINT32, 0);
  entry->interface = (guint32) read_within (statement, INTERFACE, 0, G_MAXUINT32, 0);
  entry->process = read_text (statement, PROCESS, row->texts[0]);
  entry->exe = read_text (statement, EXE, row->texts[1]);
  entry->unit = read_text (statement, UNIT, row->texts[2]);
  entry->interface_name = read_text (statement, INTERFACE_NAME, row->texts[3]);
  entry->detail = read_text (statement, DETAIL, row->texts[4]);
  return TRUE;
}
