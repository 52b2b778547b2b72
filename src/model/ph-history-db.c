/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * synchronous is NORMAL: in WAL mode a commit is safe from a crash of the program, and a power failure can at most take
 * the last few seconds back. It saves a sync of the disk with every second in which something happened.
 *
 * auto_vacuum is INCREMENTAL, so that the file shrinks in small steps. VACUUM would need room for a second one.
 */
#include "ph-history-db.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <unistd.h>

#include "ph-data-file.h"
#include "ph-history-file.h"
#include "ph-history-row.h"
#include "ph-i18n.h"

#define VERSION      1
#define BUSY_MS      1000
#define LENGTH_MAX   (1024 * 1024) /* of a row: ours are far below */
#define JOURNAL_SIZE "1048576"     /* bytes that a journal keeps between uses */

G_DEFINE_QUARK (ph_history_error_quark, ph_history_error)

/* --- errors --- */

static PhHistoryErrorCode
error_code (PhHistoryDb *self, int code)
{
  int errnum = self->sqlite != NULL ? sqlite3_system_errno (self->sqlite) : 0;

  switch (code & 0xff)
    {
    case SQLITE_FULL:
      return PH_HISTORY_ERROR_FULL;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_PROTOCOL:
      return PH_HISTORY_ERROR_LOCKED;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
    case SQLITE_FORMAT:
    case SQLITE_TOOBIG:
    case SQLITE_ERROR: /* a table that is not as it was made */
      return PH_HISTORY_ERROR_BROKEN;
    case SQLITE_IOERR:
    case SQLITE_CANTOPEN:
      if (errnum == ENOSPC || errnum == EDQUOT)
        return PH_HISTORY_ERROR_FULL;
      return (code & 0xff) == SQLITE_IOERR ? PH_HISTORY_ERROR_FAILED : PH_HISTORY_ERROR_DENIED;
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_AUTH:
      return PH_HISTORY_ERROR_DENIED;
    default:
      return PH_HISTORY_ERROR_FAILED;
    }
}

static void
set_error (PhHistoryDb *self, PhHistoryErrorCode code, const char *words, GError **error)
{
  g_autofree char *path = g_filename_display_name (self->path);

  switch (code)
    {
    case PH_HISTORY_ERROR_FULL:
      g_set_error_literal (error, PH_HISTORY_ERROR, code, _ ("History is paused: the disk is full."));
      break;
    case PH_HISTORY_ERROR_LOCKED:
      g_set_error (error, PH_HISTORY_ERROR, code, _ ("History is paused: another program has locked “%s”."), path);
      break;
    case PH_HISTORY_ERROR_DENIED:
      g_set_error (error, PH_HISTORY_ERROR, code, _ ("History is paused: “%s” cannot be opened or written."), path);
      break;
    case PH_HISTORY_ERROR_NEWER:
      g_set_error (error, PH_HISTORY_ERROR, code, _ ("History is paused: “%s” was written by a newer version."), path);
      break;
    case PH_HISTORY_ERROR_BROKEN:
      g_set_error (error, PH_HISTORY_ERROR, code, _ ("History is paused: “%s” is broken."), path);
      break;
    case PH_HISTORY_ERROR_FAILED:
    case PH_HISTORY_ERROR_CLOSED:
    default:
      g_set_error (error, PH_HISTORY_ERROR, code, _ ("History is paused: “%s”: %s."), path, words);
    }
}

/* SQLite takes the journal from its path: one that lies there now may be that of another file, and must stay. */
static gboolean
has_moved (PhHistoryDb *self)
{
  int moved = 0;

  return sqlite3_file_control (self->sqlite, "main", SQLITE_FCNTL_HAS_MOVED, &moved) == SQLITE_OK && moved;
}

void
ph_history_db_close (PhHistoryDb *self, gboolean keep_journal)
{
  g_clear_pointer (&self->insert, sqlite3_finalize);
  if (self->sqlite == NULL)
    return;
  if (keep_journal || has_moved (self))
    sqlite3_db_config (self->sqlite, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
  sqlite3_close (g_steal_pointer (&self->sqlite));
}

/* Statements of the caller's must be gone by then. */
gboolean
ph_history_db_fail (PhHistoryDb *self, int code, GError **error)
{
  PhHistoryErrorCode error_is = error_code (self, code);

  set_error (self, error_is, self->sqlite != NULL ? sqlite3_errmsg (self->sqlite) : sqlite3_errstr (code), error);
  ph_history_db_close (self, error_is == PH_HISTORY_ERROR_BROKEN);
  return FALSE;
}

gboolean
ph_history_db_fail_errno (PhHistoryDb *self, int errnum, GError **error)
{
  PhHistoryErrorCode code = errnum == ENOSPC || errnum == EDQUOT ? PH_HISTORY_ERROR_FULL : PH_HISTORY_ERROR_DENIED;

  set_error (self, code, "", error);
  return FALSE;
}

/* --- opening --- */

int
ph_history_db_run (PhHistoryDb *self, const char *sql)
{
  return sqlite3_exec (self->sqlite, sql, NULL, NULL, NULL);
}

static int
take_number (void *number, int n_columns, char **values, char **names)
{
  *(gint64 *) number = n_columns > 0 && values[0] != NULL ? g_ascii_strtoll (values[0], NULL, 10) : 0;
  return 0;
}

/* The first column of the last row; 0: there is none. */
int
ph_history_db_ask (PhHistoryDb *self, const char *sql, gint64 *number)
{
  *number = 0;
  return sqlite3_exec (self->sqlite, sql, take_number, number, NULL);
}

/* The journals get the same permissions. An open() of a file that is there would not do: closing it again gives up all
 * locks of the process (fcntl(2)). */
static gboolean
make_private (PhHistoryDb *self, GError **error)
{
  int fd;

  if (!ph_data_file_make_folder (self->path, NULL))
    return ph_history_db_fail_errno (self, errno, error);
  fd = open (self->path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (fd >= 0)
    close (fd);
  else if (errno != EEXIST)
    return ph_history_db_fail_errno (self, errno, error);
  if (stat (self->path, &self->opened) != 0)
    return ph_history_db_fail_errno (self, errno, error);
  if (!S_ISREG (self->opened.st_mode))
    return ph_history_db_fail_errno (self, EACCES, error);
  if ((self->opened.st_mode & 077) != 0 && chmod (self->path, self->opened.st_mode & 0700) != 0)
    return ph_history_db_fail_errno (self, errno, error);
  return TRUE;
}

/* In a transaction: of two processes one makes the table. */
static int
make_table (PhHistoryDb *self)
{
  gint64 version = 0, n_tables = 0;
  int code;

  if ((code = ph_history_db_run (self, "PRAGMA auto_vacuum = INCREMENTAL; PRAGMA journal_mode = WAL; BEGIN IMMEDIATE"))
          != SQLITE_OK
      || (code = ph_history_db_ask (self, "PRAGMA user_version", &version)) != SQLITE_OK
      || (code = ph_history_db_ask (self, "SELECT count(*) FROM sqlite_schema", &n_tables)) != SQLITE_OK)
    return code;
  if (version == 0 && n_tables > 0)
    return SQLITE_FORMAT; /* somebody else's */
  if (version == 0
      && ((code = ph_history_db_run (self, ph_history_row_create)) != SQLITE_OK
          || (code = ph_history_db_run (self, "PRAGMA user_version = " G_STRINGIFY (VERSION))) != SQLITE_OK))
    return code;
  return ph_history_db_run (self, "COMMIT");
}

gboolean
ph_history_db_open (PhHistoryDb *self, GError **error)
{
  gint64 version = 0;
  int code;

  if (self->sqlite != NULL && !has_moved (self))
    return TRUE;
  ph_history_db_close (self, TRUE);
  if (!make_private (self, error))
    return FALSE;

  code = sqlite3_open_v2 (
      self->path, &self->sqlite,
      SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_PRIVATECACHE | SQLITE_OPEN_EXRESCODE, NULL);
  if (code != SQLITE_OK)
    return ph_history_db_fail (self, code, error);
  sqlite3_busy_timeout (self->sqlite, BUSY_MS);
  sqlite3_limit (self->sqlite, SQLITE_LIMIT_LENGTH, LENGTH_MAX);
  sqlite3_db_config (self->sqlite, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
  sqlite3_db_config (self->sqlite, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);

  if ((code = ph_history_db_ask (self, "PRAGMA user_version", &version)) != SQLITE_OK)
    return ph_history_db_fail (self, code, error);
  if (version > VERSION)
    {
      ph_history_db_close (self, FALSE);
      set_error (self, PH_HISTORY_ERROR_NEWER, "", error);
      return FALSE;
    }
  if (version < 0)
    return ph_history_db_fail (self, SQLITE_FORMAT, error);
  if (version == 0 && (code = make_table (self)) != SQLITE_OK)
    return ph_history_db_fail (self, code, error);
  code = ph_history_db_run (
      self, "PRAGMA synchronous = NORMAL; PRAGMA cell_size_check = ON; PRAGMA journal_size_limit = " JOURNAL_SIZE);
  return code == SQLITE_OK || ph_history_db_fail (self, code, error);
}
