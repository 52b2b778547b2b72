/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table's rows: put in, read, taken out. */
#include "ph-history-file.h"

#include <errno.h>
#include <glib/gstdio.h>

#include "ph-data-file.h"
#include "ph-history-db.h"
#include "ph-history-row.h"

#define PRUNE_ROWS 2000 /* at once */

struct _PhHistoryFile
{
  PhHistoryDb db;
  gint64 boot;
};

/* Which run of the kernel this is: random(4). */
static gint64
boot_number (void)
{
  g_autofree char *text = NULL;
  guint64 number = 0;

  if (!g_file_get_contents ("/proc/sys/kernel/random/boot_id", &text, NULL, NULL))
    return 0;
  for (const char *at = text; *at != '\0'; at++)
    if (g_ascii_isxdigit (*at))
      number = number * 31 + (guint64) g_ascii_xdigit_value (*at);
  return (gint64) number;
}

PhHistoryFile *
ph_history_file_new (const char *path)
{
  PhHistoryFile *self = g_new0 (PhHistoryFile, 1);

  self->db.path = g_strdup (path);
  self->boot = boot_number ();
  return self;
}

void
ph_history_file_free (PhHistoryFile *self)
{
  ph_history_db_close (&self->db, FALSE);
  g_free (self->db.path);
  g_free (self);
}

static gboolean
exists (PhHistoryFile *self)
{
  return g_file_test (self->db.path, G_FILE_TEST_EXISTS);
}

/* --- entries --- */

static int
insert (PhHistoryFile *self, PhActivity *const *entries, guint n)
{
  gint64 last = 0;
  int code = ph_history_db_ask (&self->db, "SELECT max(id) FROM activity", &last);

  if (code == SQLITE_OK && self->db.insert == NULL)
    code = sqlite3_prepare_v3 (self->db.sqlite, ph_history_row_insert, -1, SQLITE_PREPARE_PERSISTENT, &self->db.insert,
                               NULL);
  for (guint i = 0; i < n && code == SQLITE_OK; i++)
    {
      guint64 number = ph_activity_number (entries[i]);

      if (last >= G_MAXINT64 - 1)
        return SQLITE_FORMAT; /* nobody has counted so far */
      last = number > (guint64) MAX (last, 0) && number < G_MAXINT64 - 1 ? (gint64) number : MAX (last, 0) + 1;
      code = ph_history_row_bind (self->db.insert, last, self->boot, entries[i]);
      if (code == SQLITE_OK && (code = sqlite3_step (self->db.insert)) == SQLITE_DONE)
        code = SQLITE_OK;
      sqlite3_reset (self->db.insert);
    }
  if (self->db.insert != NULL)
    sqlite3_clear_bindings (self->db.insert);
  return code;
}

gboolean
ph_history_file_append (PhHistoryFile *self, PhActivity *const *entries, guint n, GError **error)
{
  int code;

  if (!ph_history_db_open (&self->db, error))
    return FALSE;
  if ((code = ph_history_db_run (&self->db, "BEGIN IMMEDIATE")) == SQLITE_OK
      && (code = insert (self, entries, n)) == SQLITE_OK)
    code = ph_history_db_run (&self->db, "COMMIT");
  return code == SQLITE_OK || ph_history_db_fail (&self->db, code, error);
}

gboolean
ph_history_file_load (PhHistoryFile *self, guint n, PhActivityTell tell, gpointer user, GError **error)
{
  static const char sql[] = "SELECT " PH_HISTORY_ROW_COLUMNS " FROM activity WHERE id >= ifnull ("
                            "(SELECT id FROM activity ORDER BY id DESC LIMIT 1 OFFSET ?1), -9223372036854775808) "
                            "ORDER BY id";
  sqlite3_stmt *statement = NULL;
  PhHistoryRow row;
  int code;

  if (n == 0 || !exists (self))
    return TRUE;
  if (!ph_history_db_open (&self->db, error))
    return FALSE;

  ph_history_row_init (&row, self->boot);
  code = sqlite3_prepare_v2 (self->db.sqlite, sql, -1, &statement, NULL);
  if (code == SQLITE_OK)
    code = sqlite3_bind_int64 (statement, 1, (gint64) n - 1);
  while (code == SQLITE_OK && (code = sqlite3_step (statement)) == SQLITE_ROW)
    {
      if (ph_history_row_read (&row, statement))
        tell (user, &row.entry);
      code = SQLITE_OK;
    }
  ph_history_row_clear (&row);
  sqlite3_finalize (statement);
  return code == SQLITE_DONE || ph_history_db_fail (&self->db, code, error);
}

/* --- taking out --- */

static int
delete_some (PhHistoryFile *self, const char *sql, gint64 parameter, gboolean *deleted)
{
  sqlite3_stmt *statement = NULL;
  int code = sqlite3_prepare_v2 (self->db.sqlite, sql, -1, &statement, NULL);

  if (code == SQLITE_OK)
    code = sqlite3_bind_int64 (statement, 1, parameter);
  if (code == SQLITE_OK && (code = sqlite3_step (statement)) == SQLITE_DONE)
    code = SQLITE_OK;
  sqlite3_finalize (statement);
  *deleted = sqlite3_changes (self->db.sqlite) > 0;
  return code;
}

static int
is_larger (PhHistoryFile *self, guint64 bytes, gboolean *larger)
{
  gint64 n_pages = 0, n_free = 0, size = 0;
  int code;

  if ((code = ph_history_db_ask (&self->db, "PRAGMA page_count", &n_pages)) == SQLITE_OK
      && (code = ph_history_db_ask (&self->db, "PRAGMA freelist_count", &n_free)) == SQLITE_OK)
    code = ph_history_db_ask (&self->db, "PRAGMA page_size", &size);
  *larger = (guint64) ((n_pages - n_free) * size) > bytes;
  return code;
}

gboolean
ph_history_file_prune (PhHistoryFile *self, gint64 before_us, guint64 bytes, gboolean *more, GError **error)
{
  static const char old[] = "DELETE FROM activity WHERE id IN "
                            "(SELECT id FROM activity WHERE time_us < ?1 LIMIT " G_STRINGIFY (PRUNE_ROWS) ")";
  static const char first[] = "DELETE FROM activity WHERE id IN "
                              "(SELECT id FROM activity ORDER BY id LIMIT ?1)";
  gboolean larger = FALSE;
  int code;

  *more = FALSE;
  if (!exists (self))
    return TRUE;
  if (!ph_history_db_open (&self->db, error))
    return FALSE;

  if ((code = delete_some (self, old, before_us, more)) == SQLITE_OK && !*more
      && (code = is_larger (self, bytes, &larger)) == SQLITE_OK && larger)
    code = delete_some (self, first, PRUNE_ROWS, more);
  if (code == SQLITE_OK && *more)
    code = ph_history_db_run (&self->db, "PRAGMA incremental_vacuum");
  return code == SQLITE_OK || ph_history_db_fail (&self->db, code, error);
}

/* The journal has the old pages until they are all in the file, which nobody may be reading just then. */
static int
empty_journal (PhHistoryFile *self)
{
  gint64 busy = 0;
  int code = ph_history_db_ask (&self->db, "PRAGMA wal_checkpoint (TRUNCATE)", &busy);

  return code == SQLITE_OK && busy ? SQLITE_BUSY : code;
}

gboolean
ph_history_file_clear (PhHistoryFile *self, GError **error)
{
  int code;

  for (guint n = 1; n <= PH_DATA_FILE_ASIDE_MAX; n++)
    {
      g_autofree char *aside = ph_data_file_aside_name (self->db.path, n);
      g_autofree char *journal = g_strconcat (aside, "-wal", NULL);

      g_unlink (aside);
      g_unlink (journal);
    }
  if (!exists (self))
    return TRUE;
  if (!ph_history_db_open (&self->db, error))
    return FALSE;

  if ((code
       = ph_history_db_run (&self->db, "PRAGMA secure_delete = ON; DELETE FROM activity; PRAGMA incremental_vacuum"))
          == SQLITE_OK
      && (code = empty_journal (self)) == SQLITE_OK)
    code = ph_history_db_run (&self->db, "PRAGMA secure_delete = OFF");
  return code == SQLITE_OK || ph_history_db_fail (&self->db, code, error);
}

/* The journal goes with it: both together can be repaired by hand (sqlite3's ".recover"). */
gboolean
ph_history_file_set_aside (PhHistoryFile *self, char **aside, GError **error)
{
  g_autofree char *journal = g_strconcat (self->db.path, "-wal", NULL);
  g_autofree char *index = g_strconcat (self->db.path, "-shm", NULL);
  struct stat now;

  *aside = NULL;
  ph_history_db_close (&self->db, TRUE);
  if (stat (self->db.path, &now) != 0 || now.st_ino != self->db.opened.st_ino || now.st_dev != self->db.opened.st_dev)
    return TRUE;

  /* First: beside another file it would be taken for that one's. */
  g_autofree char *aside_journal = g_strconcat (journal, ".aside", NULL);
  gboolean has_journal = g_rename (journal, aside_journal) == 0;

  g_unlink (index);
  if ((*aside = ph_data_file_set_aside (self->db.path, NULL)) == NULL)
    return ph_history_db_fail_errno (&self->db, errno, error);
  if (has_journal)
    {
      g_autofree char *name = g_strconcat (*aside, "-wal", NULL);
      g_rename (aside_journal, name);
    }
  return TRUE;
}
