/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The history as it should be: what is put in comes out again, in bounds, private, and shared with another process. */
#include "ph-history-store.h"

#include <glib/gstdio.h>
#include <sqlite3.h>
#include <sys/stat.h>

#include "history.h"
#include "loop.h"
#include "ph-history-file.h"

static const char *program;

static void
set_up (History *history, gconstpointer data)
{
  history_init (history);
}

static void
tear_down (History *history, gconstpointer data)
{
  history_clear (history);
}

/* Another hand on the file. */
static void
run_sql (History *history, const char *sql)
{
  sqlite3 *db = NULL;

  g_assert_cmpint (sqlite3_open (history->path, &db), ==, SQLITE_OK);
  g_assert_cmpstr (sqlite3_exec (db, sql, NULL, NULL, NULL) == SQLITE_OK ? "" : sqlite3_errmsg (db), ==, "");
  g_assert_cmpint (sqlite3_close (db), ==, SQLITE_OK);
}

/* They live as long as their log. */
static void
collect (gpointer entries, const PhActivity *entry)
{
  g_ptr_array_add (entries, (gpointer) entry);
}

/* Against a naive model: the last so many seeds. */
static void
test_round_trip (History *history, gconstpointer data)
{
  GRand *rand = g_rand_new_with_seed (5);
  guint n = 0;

  for (guint i = 0; i < 12; i++)
    {
      guint more = (guint) g_rand_int_range (rand, 0, 700), keep = (guint) g_rand_int_range (rand, 1, 3000);
      g_autoptr (PhActivityLog) log = ph_activity_log_new (100000);
      g_autoptr (GError) error = NULL;

      history_append (history, n, more);
      n += more;
      if (i % 3 == 0)
        {
          history_close (history);
          history_open (history);
        }
      error = history_load (history, log, keep);
      g_assert_no_error (error);
      keep = MIN (keep, n);
      history_assert_log (log, n - keep, keep, n - keep + 1);

      /* Numbers go on where they were. */
      PhActivity entry;
      history_make (n++, &entry);
      entry.key.number_be = GUINT64_TO_BE (ph_activity_log_append (log, &entry));
      g_assert_cmpuint (ph_activity_number (&entry), ==, n);
      ph_history_store_append (history->store, &entry);
    }
  g_rand_free (rand);
}

/* Numbers with gaps stay; those that are taken already do not. */
static void
test_numbers (History *history, gconstpointer data)
{
  static const guint64 given[] = { 0, 7, 7, 3, 0, 20, G_MAXUINT64, 21 };
  static const guint64 expected[] = { 1, 7, 8, 9, 10, 20, 21, 22 };
  g_autoptr (PhActivityLog) log = ph_activity_log_new (100);
  g_autoptr (GPtrArray) entries = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;
  PhActivity entry;

  for (guint i = 0; i < G_N_ELEMENTS (given); i++)
    {
      history_make (i, &entry);
      entry.key.number_be = GUINT64_TO_BE (given[i]);
      ph_history_store_append (history->store, &entry);
    }
  error = history_load (history, log, 100);
  g_assert_no_error (error);
  ph_activity_log_each (log, 0, collect, entries);
  g_assert_cmpuint (entries->len, ==, G_N_ELEMENTS (given));
  for (guint i = 0; i < entries->len; i++)
    g_assert_cmpuint (ph_activity_number (entries->pdata[i]), ==, expected[i]);
}

static void
assert_mode (const char *path, guint mode)
{
  struct stat info;

  g_assert_no_errno (stat (path, &info));
  g_assert_cmphex (info.st_mode & 07777, ==, mode);
}

/* Nobody else may read it, whatever the umask is, and whatever it was before. */
static void
test_private (History *history, gconstpointer data)
{
  g_autofree char *folder = g_path_get_dirname (history->path);
  g_autofree char *journal = g_strconcat (history->path, "-wal", NULL);
  g_autofree char *index = g_strconcat (history->path, "-shm", NULL);
  mode_t mask = umask (0);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 2; i++)
    {
      history_append (history, 0, 10);
      error = history_flush (history);
      g_assert_no_error (error);
      assert_mode (folder, 0700);
      assert_mode (history->path, 0600);
      assert_mode (journal, 0600);
      assert_mode (index, 0600);

      history_close (history);
      g_assert_no_errno (chmod (history->path, 0666));
      history_open (history);
    }
  umask (mask);
}

/* Nothing is made before there is something to write. */
static void
test_lazy (History *history, gconstpointer data)
{
  g_autofree char *folder = g_path_get_dirname (history->path);
  g_autoptr (PhActivityLog) log = ph_activity_log_new (100);
  g_autoptr (GError) error = history_load (history, log, 100);

  g_assert_no_error (error);
  error = history_flush (history);
  g_assert_no_error (error);
  error = history_wipe (history);
  g_assert_no_error (error);
  ph_history_store_set_limits (history->store, 1, 1);
  g_assert_cmpuint (ph_activity_log_length (log), ==, 0);
  g_assert_false (g_file_test (folder, G_FILE_TEST_EXISTS));

  /* And then within two seconds, without being asked. */
  gint64 began = g_get_monotonic_time ();
  history_append (history, 0, 1);
  g_assert_cmpuint (ph_history_store_n_waiting (history->store), ==, 1);
  while (ph_history_store_n_waiting (history->store) > 0)
    loop_run_for (10);
  g_assert_cmpint (g_get_monotonic_time () - began, >=, 900 * G_TIME_SPAN_MILLISECOND);

  /* Many do not wait. */
  began = g_get_monotonic_time ();
  history_append (history, 1, 500);
  while (ph_history_store_n_waiting (history->store) > 0)
    loop_run_for (1);
  g_assert_cmpint (g_get_monotonic_time () - began, <, 900 * G_TIME_SPAN_MILLISECOND);
}

static void
count (gpointer user, const PhActivity *entry)
{
  ++*(guint *) user;
}

static guint
n_kept (History *history)
{
  g_autoptr (PhActivityLog) log = ph_activity_log_new (1000000);
  g_autoptr (GError) error = history_load (history, log, G_MAXUINT);
  guint n = 0;

  g_assert_no_error (error);
  ph_activity_log_each (log, 0, count, &n);
  return n;
}

static void
append_aged (History *history, guint n, gint64 days)
{
  PhActivity entry;

  for (guint i = 0; i < n; i++)
    {
      history_make (i, &entry);
      entry.time_us = g_get_real_time () - days * G_TIME_SPAN_DAY;
      entry.detail
          = "0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789";
      ph_history_store_append (history->store, &entry);
    }
}

static gint64
file_size (History *history)
{
  struct stat info;

  g_assert_no_errno (stat (history->path, &info));
  return info.st_size;
}

static void
test_limits (History *history, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  ph_history_store_set_limits (history->store, 0, PH_HISTORY_BYTES);
  append_aged (history, 7000, 400);
  append_aged (history, 3000, 29);
  append_aged (history, 2000, 0);
  error = history_flush (history);
  g_assert_no_error (error);
  g_assert_cmpuint (n_kept (history), ==, 12000);

  ph_history_store_set_limits (history->store, 30, PH_HISTORY_BYTES);
  for (guint n = 12000; n > 5000; n = n_kept (history))
    loop_run_for (100);
  loop_run_for (500);
  g_assert_cmpuint (n_kept (history), ==, 5000);

  ph_history_store_set_limits (history->store, 0, 500000);
  for (guint n = 5000; n >= 5000; n = n_kept (history))
    loop_run_for (100);
  loop_run_for (500);
  g_assert_cmpuint (n_kept (history), >, 500);
  history_close (history);
  g_assert_cmpint (file_size (history), <=, 500000);
  history_open (history);

  /* The oldest went, and nothing went wrong. */
  g_assert_null (ph_history_store_get_error (history->store));
  guint n = n_kept (history);
  g_autoptr (PhActivityLog) log = ph_activity_log_new (100000);
  error = history_load (history, log, n);
  g_assert_no_error (error);
  g_assert_cmpuint (ph_activity_log_last_number (log), ==, 12000);
}

/* Whether any file in the folder has these bytes in it. */
static gboolean
is_on_disk (const char *path, const char *needle)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;
  gboolean found = FALSE;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *file = g_build_filename (folder, name, NULL);
      g_autofree char *bytes = NULL;
      gsize length = 0;

      g_assert_true (g_file_get_contents (file, &bytes, &length, NULL));
      found |= memmem (bytes, length, needle, strlen (needle)) != NULL;
    }
  return found;
}

static void
test_clear (History *history, gconstpointer data)
{
  static const char secret[] = "only-here-and-nowhere-else";
  g_autofree char *broken = g_build_filename (history->folder, "porthole", "history.broken-1.db", NULL);
  g_autoptr (PhActivityLog) log = ph_activity_log_new (1000);
  g_autoptr (GError) error = NULL;
  PhActivity entry;

  for (guint i = 0; i < 3000; i++)
    {
      history_make (i, &entry);
      entry.process = i % 3 ? secret : NULL;
      ph_history_store_append (history->store, &entry);
      if (i % 1000 == 0)
        error = history_flush (history);
      g_assert_no_error (error);
    }
  error = history_flush (history);
  g_assert_no_error (error);
  g_assert_true (is_on_disk (history->path, secret));
  g_assert_true (g_file_set_contents (broken, secret, -1, NULL));

  history_append (history, 0, 100);
  error = history_wipe (history);
  g_assert_no_error (error);
  g_assert_cmpuint (ph_history_store_n_waiting (history->store), ==, 0);
  g_assert_cmpuint (n_kept (history), ==, 0);
  g_assert_false (is_on_disk (history->path, secret));
  g_assert_false (g_file_test (broken, G_FILE_TEST_EXISTS));

  history_append (history, 5, 10);
  error = history_load (history, log, 1000);
  g_assert_no_error (error);
  history_assert_log (log, 5, 10, 1);
}

/* What somebody else has put into the file is brought into bounds. */
static void
test_edited (History *history, gconstpointer data)
{
  g_autoptr (PhActivityLog) log = ph_activity_log_new (1000);
  g_autoptr (GError) error = NULL;

  history_append (history, 0, 20);
  history_close (history);
  run_sql (history,
           "UPDATE activity SET kind = 1, time_us = -9223372036854775807, process = 'a' || char (27) || '[31m',"
           "detail = replace (hex (zeroblob (100000)), '0', 'x'), exe = CAST (x'ff00fe' AS TEXT), prefix_length = 999,"
           "ended = -1, exposure = 70000, note = 255, pid = -5, local = x'01', local_port = 70000,"
           "protocol = 99, family = 99, duration_us = -1, interface = 9223372036854775807;"
           "UPDATE activity SET kind = 0 WHERE id = 3; UPDATE activity SET kind = 99 WHERE id = 4;"
           "UPDATE activity SET id = -7 WHERE id = 1;");
  history_open (history);
  error = history_load (history, log, 1000);
  g_assert_no_error (error);
  g_assert_cmpuint (ph_activity_log_length (log), ==, 18);

  g_autoptr (GPtrArray) entries = g_ptr_array_new ();
  ph_activity_log_each (log, 0, collect, entries);
  for (guint i = 0; i < entries->len; i++)
    {
      const PhActivity *entry = entries->pdata[i];

      g_assert_cmpstr (entry->process, ==, "a\\x1B[31m");
      g_assert_cmpuint (strlen (entry->detail), <=, 4096);
      g_assert_true (g_utf8_validate (entry->exe, -1, NULL));
      g_assert_cmpuint (entry->prefix_length, ==, PH_ACTIVITY_NO_PREFIX);
      g_assert_cmpuint (entry->ended, ==, PH_ENDED_UNKNOWN);
      g_assert_cmpuint (entry->exposure, ==, PH_EXPOSURE_NONE);
      g_assert_cmpint (entry->pid, ==, 0);
      g_assert_cmpuint (entry->local.family, ==, PH_FAMILY_NONE);
      g_assert_cmpuint (entry->local_port, ==, 0);
      g_assert_cmpuint (entry->socket.protocol, ==, PH_PROTOCOL_NONE);
      g_assert_cmpint (entry->duration_us, ==, PH_ACTIVITY_UNKNOWN_US);
      g_assert_cmpuint (entry->interface, ==, 0);
    }
  g_assert_null (ph_history_store_get_notice (history->store));
}

/* Of another run of the kernel: its cookies belong to others now. */
static void
test_rebooted (History *history, gconstpointer data)
{
  g_autoptr (PhActivityLog) log = ph_activity_log_new (1000);
  g_autoptr (GError) error = NULL;

  history_append (history, 0, 20);
  history_close (history);
  run_sql (history, "UPDATE activity SET boot = boot + 1");
  history_open (history);
  error = history_load (history, log, 1000);
  g_assert_no_error (error);

  g_autoptr (GPtrArray) entries = g_ptr_array_new ();
  ph_activity_log_each (log, 0, collect, entries);
  g_assert_cmpuint (entries->len, ==, 20);
  for (guint i = 0; i < entries->len; i++)
    g_assert_cmpuint (((const PhActivity *) entries->pdata[i])->socket.cookie, ==, 0);
}

/* --- two processes --- */

#define EACH 2000

static int
other_process (const char *path)
{
  History history = { .path = (char *) path };
  g_autoptr (GError) error = NULL;

  history_open (&history);
  for (guint i = 0; i < EACH; i += 20)
    {
      history_append (&history, 100000 + i, 20);
      while ((error = history_flush (&history)) != NULL)
        {
          g_assert_error (error, PH_HISTORY_ERROR, PH_HISTORY_ERROR_LOCKED);
          g_clear_error (&error);
        }
    }
  history_close (&history);
  return 0;
}

static void
test_two_processes (History *history, gconstpointer data)
{
  const char *argv[] = { program, "--other-process", history->path, NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) other = g_subprocess_newv (argv, G_SUBPROCESS_FLAGS_NONE, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < EACH; i += 20)
    {
      history_append (history, i, 20);
      while ((error = history_flush (history)) != NULL)
        {
          g_assert_error (error, PH_HISTORY_ERROR, PH_HISTORY_ERROR_LOCKED);
          g_clear_error (&error);
        }
    }
  g_subprocess_wait_check (other, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (n_kept (history), ==, 2 * EACH);
  g_assert_null (ph_history_store_get_notice (history->store));
}

/* Somebody deletes the file while it is open: it is made again. */
static void
test_deleted (History *history, gconstpointer data)
{
  g_autoptr (PhActivityLog) log = ph_activity_log_new (1000);
  g_autofree char *folder = g_path_get_dirname (history->path);
  g_autoptr (GError) error = NULL;

  history_append (history, 0, 10);
  error = history_flush (history);
  g_assert_no_error (error);
  history_remove (folder);
  history_append (history, 10, 10);
  error = history_flush (history);
  g_assert_no_error (error);
  error = history_load (history, log, 1000);
  g_assert_no_error (error);
  history_assert_log (log, 10, 10, 1);
}

/* It may be dropped at any time; it writes, and nobody waits for it. */
static void
test_dropped (History *history, gconstpointer data)
{
  history_append (history, 0, 1000);
  g_clear_object (&history->store);
  history_open (history);
  while (n_kept (history) < 1000)
    loop_run_for (10);

  /* After closing nothing is taken. */
  g_assert_true (ph_history_store_close (history->store, 10000));
  history_append (history, 0, 10);
  g_assert_cmpuint (ph_history_store_n_waiting (history->store), ==, 0);
  g_autoptr (GError) error = history_flush (history);
  g_assert_error (error, PH_HISTORY_ERROR, PH_HISTORY_ERROR_CLOSED);
}

int
main (int argc, char **argv)
{
  program = argv[0];
  if (argc == 3 && g_str_equal (argv[1], "--other-process"))
    return other_process (argv[2]);

  g_test_init (&argc, &argv, NULL);
#define ADD(name, test) g_test_add ("/history-store/" name, History, NULL, set_up, test, tear_down)
  ADD ("round-trip", test_round_trip);
  ADD ("numbers", test_numbers);
  ADD ("private", test_private);
  ADD ("lazy", test_lazy);
  ADD ("limits", test_limits);
  ADD ("clear", test_clear);
  ADD ("edited", test_edited);
  ADD ("rebooted", test_rebooted);
  ADD ("two-processes", test_two_processes);
  ADD ("deleted", test_deleted);
  ADD ("dropped", test_dropped);
  return g_test_run ();
}
