/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What can happen to a history: its process is killed, the disk is full, the file is locked, broken, or another's. */
#include "ph-history-store.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "history.h"
#include "loop.h"
#include "own-disk.h"
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

static void
put_file (History *history, const char *bytes, gssize length)
{
  g_autofree char *folder = g_path_get_dirname (history->path);

  g_assert_no_errno (g_mkdir_with_parents (folder, 0700));
  g_assert_true (g_file_set_contents (history->path, bytes, length, NULL));
}

static void
assert_flushed (History *history)
{
  g_autoptr (GError) error = history_flush (history);

  g_assert_no_error (error);
  g_assert_null (ph_history_store_get_error (history->store));
  g_assert_cmpuint (ph_history_store_n_waiting (history->store), ==, 0);
}

static void
assert_paused (History *history, PhHistoryErrorCode code, guint n_waiting)
{
  g_autoptr (GError) error = history_flush (history);

  g_assert_error (error, PH_HISTORY_ERROR, (int) code);
  g_assert_cmpstr (ph_history_store_get_error (history->store), ==, error->message);
  g_assert_cmpuint (ph_history_store_n_waiting (history->store), ==, n_waiting);
}

static void
assert_kept (History *history, guint first, guint n, guint64 number)
{
  g_autoptr (PhActivityLog) log = ph_activity_log_new (1000000);
  g_autoptr (GError) error = history_load (history, log, G_MAXUINT);

  g_assert_no_error (error);
  history_assert_log (log, first, n, number);
}

/* --- killed --- */

#define KILLS 50

/* Says after each flush how many entries are on disk, until it is killed. */
G_NORETURN static void
victim (const char *path)
{
  History history = { .path = (char *) path };

  history_open (&history);
  for (guint n = 0;;)
    {
      guint more = 1 + n % 37;

      history_append (&history, n, more);
      n += more;
      assert_flushed (&history);
      g_assert_cmpint (write (STDOUT_FILENO, &n, sizeof n), ==, sizeof n);
    }
}

/* Everything that was said to be on disk is there, and nothing that is not whole. */
static void
test_killed (History *history, gconstpointer data)
{
  guint most = 0;

  history_close (history);
  for (guint i = 0; i < KILLS; i++)
    {
      const char *argv[] = { program, "--victim", history->path, NULL };
      g_autoptr (GError) error = NULL;
      g_autoptr (PhActivityLog) log = ph_activity_log_new (1000000);
      GPid pid;
      guint n = 0, said;
      int out, status;

      g_spawn_async_with_pipes (NULL, (char **) argv, NULL, G_SPAWN_DO_NOT_REAP_CHILD, NULL, NULL, &pid, NULL, &out,
                                NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpint (read (out, &n, sizeof n), ==, sizeof n);
      g_usleep (1 + (gulong) g_test_rand_int_range (0, 30000));
      g_assert_no_errno (kill (pid, SIGKILL));
      g_assert_no_errno (waitpid (pid, &status, 0));
      g_assert_true (WIFSIGNALED (status) && WTERMSIG (status) == SIGKILL);
      while (read (out, &said, sizeof said) == sizeof said)
        n = said;
      close (out);

      history_open (history);
      error = history_load (history, log, G_MAXUINT);
      g_assert_no_error (error);
      g_assert_null (ph_history_store_get_notice (history->store));
      guint length = ph_activity_log_length (log);
      g_assert_cmpuint (length, >=, n);
      history_assert_log (log, 0, length, 1);
      most = MAX (most, n);

      /* The next one begins with an empty file, or with none; and every third with what this one has left, cleared. */
      if (i % 3 == 0)
        g_assert_no_error (history_wipe (history));
      history_close (history);
      if (i % 3 != 0)
        g_assert_no_errno (g_remove (history->path));
    }
  g_test_message ("at most %u entries on disk", most);
  g_assert_cmpuint (most, >, 100);
}

/* --- full --- */

static int
full_disk (const char *folder)
{
  History history = { .folder = (char *) folder };
  guint n = 0;

  if (!own_disk_mount (folder, "size=400k"))
    {
      g_printerr ("No file system of our own: %s\n", g_strerror (errno));
      return EXIT_SKIP;
    }
  history.path = g_build_filename (folder, "porthole", "history.db", NULL);
  history_open (&history);

  /* Full while it is being written: what was written stays, the rest waits, and comes when there is room. */
  g_autofree char *ballast = g_build_filename (folder, "ballast", NULL);
  g_autofree char *zeros = g_malloc0 (200000);
  g_assert_true (g_file_set_contents (ballast, zeros, 200000, NULL));
  for (;;)
    {
      history_append (&history, n, 100);
      n += 100;
      g_autoptr (GError) error = history_flush (&history);
      if (error != NULL)
        {
          g_assert_error (error, PH_HISTORY_ERROR, PH_HISTORY_ERROR_FULL);
          break;
        }
      g_assert_cmpuint (n, <, 100000);
    }
  g_assert_cmpuint (n, >, 100);
  g_assert_cmpuint (ph_history_store_n_waiting (history.store), ==, 100);
  g_assert_nonnull (ph_history_store_get_error (history.store));
  history_append (&history, n, 50);
  n += 50;
  assert_paused (&history, PH_HISTORY_ERROR_FULL, 150);

  /* It is tried again without being asked. */
  g_assert_no_errno (g_remove (ballast));
  while (ph_history_store_get_error (history.store) != NULL)
    loop_run_for (20);
  assert_flushed (&history);
  g_assert_null (ph_history_store_get_notice (history.store));
  assert_kept (&history, 0, n, 1);
  history_close (&history);

  /* Full from the start: no file can be made. */
  g_autofree char *porthole = g_path_get_dirname (history.path);
  history_remove (porthole);
  int fd = open (ballast, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
  while (write (fd, zeros, 4096) > 0)
    ;
  close (fd);
  history_open (&history);
  history_append (&history, 0, 10);
  assert_paused (&history, PH_HISTORY_ERROR_FULL, 10);
  g_assert_no_errno (g_remove (ballast));
  ph_history_store_retry (history.store);
  while (ph_history_store_n_waiting (history.store) > 0)
    loop_run_for (1);
  assert_kept (&history, 0, 10, 1);
  history_close (&history);
  g_free (history.path);
  return 0;
}

static void
test_full_disk (History *history, gconstpointer data)
{
  const char *argv[] = { program, "--full-disk", history->folder, NULL };
  g_autoptr (GError) error = NULL;
  g_autofree char *messages = NULL;
  int status;

  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_STDOUT_TO_DEV_NULL, NULL, NULL, NULL, &messages, &status, &error);
  g_assert_no_error (error);
  if (WIFEXITED (status) && WEXITSTATUS (status) == EXIT_SKIP)
    g_test_skip (messages);
  else if (!g_spawn_check_wait_status (status, &error))
    g_error ("%s: %s", error->message, messages);
}

/* --- locked --- */

static void
test_locked (History *history, gconstpointer data)
{
  sqlite3 *other = NULL;

  history_append (history, 0, 10);
  assert_flushed (history);
  g_assert_cmpint (sqlite3_open (history->path, &other), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (other, "BEGIN IMMEDIATE", NULL, NULL, NULL), ==, SQLITE_OK);

  history_append (history, 10, 10);
  assert_paused (history, PH_HISTORY_ERROR_LOCKED, 10);
  assert_kept (history, 0, 10, 1);
  history_append (history, 20, 5);
  assert_paused (history, PH_HISTORY_ERROR_LOCKED, 15);

  g_assert_cmpint (sqlite3_exec (other, "ROLLBACK", NULL, NULL, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_close (other), ==, SQLITE_OK);
  while (ph_history_store_get_error (history->store) != NULL)
    loop_run_for (10);
  assert_flushed (history);
  assert_kept (history, 0, 25, 1);
}

/* Closing does not wait longer than it is told to, and says what has not been written. */
static void
test_closing_locked (History *history, gconstpointer data)
{
  sqlite3 *other = NULL;
  gint64 began;

  history_append (history, 0, 10);
  assert_flushed (history);
  g_assert_cmpint (sqlite3_open (history->path, &other), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (other, "BEGIN IMMEDIATE", NULL, NULL, NULL), ==, SQLITE_OK);
  history_append (history, 10, 10);
  began = g_get_monotonic_time ();
  g_assert_false (ph_history_store_close (history->store, 200));
  g_assert_cmpint (g_get_monotonic_time () - began, <, 900 * G_TIME_SPAN_MILLISECOND);
  g_assert_finalize_object (g_steal_pointer (&history->store));

  /* The thread goes on by itself. */
  g_assert_cmpint (sqlite3_exec (other, "ROLLBACK", NULL, NULL, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_close (other), ==, SQLITE_OK);
  g_usleep (1500 * 1000);
  history_open (history);
  assert_kept (history, 0, 20, 1);
}

/* --- too many --- */

typedef struct
{
  guint n;
  char *detail;
} Last;

static void
take_last (gpointer user, const PhActivity *entry)
{
  Last *last = user;

  last->n++;
  g_free (last->detail);
  last->detail = entry->kind == PH_ACTIVITY_EVENTS_LOST ? g_strdup (entry->detail) : NULL;
}

static void
test_too_many (History *history, gconstpointer data)
{
  g_autoptr (PhActivityLog) log = ph_activity_log_new (100000);
  g_autoptr (GError) error = NULL;
  Last last = { 0 };

  put_file (history, "", 0);
  g_assert_no_errno (chmod (history->path, 0600));
  g_assert_no_errno (g_remove (history->path));
  g_assert_no_errno (g_mkdir (history->path, 0700)); /* a folder in its place */
  history_append (history, 0, 1);
  assert_paused (history, PH_HISTORY_ERROR_DENIED, 1);
  history_append (history, 1, PH_HISTORY_WAITING_MAX + 1233);
  assert_paused (history, PH_HISTORY_ERROR_DENIED, PH_HISTORY_WAITING_MAX);

  g_assert_no_errno (g_rmdir (history->path));
  ph_history_store_retry (history->store);
  while (ph_history_store_n_waiting (history->store) > 0)
    loop_run_for (10);
  assert_flushed (history);
  error = history_load (history, log, 100000);
  g_assert_no_error (error);
  ph_activity_log_each (log, 0, take_last, &last);
  g_assert_cmpuint (last.n, ==, PH_HISTORY_WAITING_MAX + 1);
  g_assert_cmpstr (last.detail, ==, "1234 entries could not be kept");
  g_free (last.detail);
}

/* --- broken --- */

static char *
aside_path (History *history, guint n)
{
  g_autofree char *name = g_strdup_printf ("history.broken-%u.db", n);

  return g_build_filename (history->folder, "porthole", name, NULL);
}

static void
assert_set_aside (History *history, guint n, const char *bytes, gsize length)
{
  g_autofree char *path = aside_path (history, n);
  g_autofree char *found = NULL;
  gsize found_length = 0;

  g_assert_nonnull (ph_history_store_get_notice (history->store));
  g_assert_nonnull (strstr (ph_history_store_get_notice (history->store), path));
  g_assert_null (ph_history_store_get_error (history->store));
  g_assert_true (g_file_get_contents (path, &found, &found_length, NULL));
  g_assert_cmpuint (found_length, ==, length);
  g_assert_true (memcmp (found, bytes, length) == 0);
}

static void
test_broken (History *history, gconstpointer data)
{
  static const char junk[]
      = "This is no database, but it is longer than the header of one: ..............................."
        "...........................................................................";
  g_autofree char *good = NULL;
  gsize length;

  /* Not a database: found when loading, and when writing. */
  put_file (history, junk, sizeof junk);
  assert_kept (history, 0, 0, 1);
  assert_set_aside (history, 1, junk, sizeof junk);
  history_append (history, 0, 200);
  assert_flushed (history);
  assert_kept (history, 0, 200, 1);
  history_close (history);

  put_file (history, junk, sizeof junk);
  history_open (history);
  history_append (history, 5, 7);
  assert_flushed (history);
  assert_set_aside (history, 2, junk, sizeof junk);
  assert_kept (history, 5, 7, 1);
  history_append (history, 12, 300);
  assert_flushed (history);
  history_close (history);

  /* A page of it. */
  g_assert_true (g_file_get_contents (history->path, &good, &length, NULL));
  g_assert_cmpuint (length, >, 5 * 4096);
  memset (good + 3 * 4096, 0xa5, length - 3 * 4096);
  put_file (history, good, (gssize) length);
  history_open (history);
  {
    g_autoptr (PhActivityLog) log = ph_activity_log_new (1000);
    g_autoptr (GError) error = history_load (history, log, 1000);

    g_assert_no_error (error);
    assert_set_aside (history, 3, good, length);
    history_append (history, 1000, 20);
    assert_flushed (history);
  }
  assert_kept (history, 1000, 20, 1);
  history_close (history);

  /* Cut off. */
  put_file (history, good, 4096);
  history_open (history);
  history_append (history, 0, 20);
  assert_flushed (history);
  assert_set_aside (history, 4, good, 4096);
  history_close (history);

  /* Not more of them than a few. */
  for (guint n = 5; n < 15; n++)
    {
      put_file (history, junk, (gssize) (sizeof junk - n));
      history_open (history);
      assert_kept (history, 0, 0, 1);
      assert_set_aside (history, MIN (n, 9), junk, sizeof junk - n);
      history_close (history);
    }
  g_autofree char *tenth = aside_path (history, 10);
  g_assert_false (g_file_test (tenth, G_FILE_TEST_EXISTS));
}

/* Damaged anywhere, it is either read or set aside; the program goes on. */
static void
test_damaged (History *history, gconstpointer data)
{
  g_autofree char *good = NULL;
  gsize length;
  guint n_aside = 0;

  history_append (history, 0, 300);
  assert_flushed (history);
  history_close (history);
  g_assert_true (g_file_get_contents (history->path, &good, &length, NULL));

  for (guint i = 0; i < 150; i++)
    {
      g_autofree char *bad = g_memdup2 (good, length);
      g_autoptr (PhActivityLog) log = ph_activity_log_new (10000);
      g_autoptr (GError) error = NULL;

      for (guint j = 0; j < 1 + i % 40; j++)
        bad[g_test_rand_int_range (0, i % 2 ? 4096 : (gint32) length)] = (char) g_test_rand_int ();
      put_file (history, bad, (gssize) length);
      history_open (history);
      error = history_load (history, log, 10000);
      if (error == NULL)
        {
          history_append (history, 0, 5);
          error = history_flush (history);
        }
      /* One bit makes it a newer version's. */
      if (error != NULL)
        g_assert_error (error, PH_HISTORY_ERROR, PH_HISTORY_ERROR_NEWER);
      n_aside += ph_history_store_get_notice (history->store) != NULL;
      ph_history_store_close (history->store, 10000);
      while (g_main_context_iteration (NULL, FALSE))
        ;
      g_assert_finalize_object (g_steal_pointer (&history->store));
    }
  g_test_message ("set aside: %u of 150", n_aside);
  g_assert_cmpuint (n_aside, >, 0);
}

/* --- others' --- */

static void
test_newer (History *history, gconstpointer data)
{
  g_autoptr (PhActivityLog) log = ph_activity_log_new (100);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autoptr (GError) error = NULL;
  sqlite3 *other = NULL;
  gsize length, length_after;

  put_file (history, "", 0);
  g_assert_cmpint (sqlite3_open (history->path, &other), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (other, "CREATE TABLE things (a); PRAGMA user_version = 2", NULL, NULL, NULL), ==,
                   SQLITE_OK);
  g_assert_cmpint (sqlite3_close (other), ==, SQLITE_OK);
  g_assert_true (g_file_get_contents (history->path, &before, &length, NULL));

  error = history_load (history, log, 100);
  g_assert_error (error, PH_HISTORY_ERROR, PH_HISTORY_ERROR_NEWER);
  history_append (history, 0, 10);
  assert_paused (history, PH_HISTORY_ERROR_NEWER, 10);
  g_clear_error (&error);
  error = history_wipe (history);
  g_assert_error (error, PH_HISTORY_ERROR, PH_HISTORY_ERROR_NEWER);
  g_assert_false (ph_history_store_get_notice (history->store) != NULL);
  g_assert_true (g_file_get_contents (history->path, &after, &length_after, NULL));
  g_assert_cmpmem (before, length, after, length_after);
}

/* A database with tables of somebody else's is set aside, and a pipe is not waited for. */
static void
test_foreign (History *history, gconstpointer data)
{
  g_autofree char *aside = aside_path (history, 1);
  sqlite3 *other = NULL;

  put_file (history, "", 0);
  g_assert_cmpint (sqlite3_open (history->path, &other), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (other, "CREATE TABLE activity (a)", NULL, NULL, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_close (other), ==, SQLITE_OK);
  history_append (history, 0, 10);
  assert_flushed (history);
  assert_kept (history, 0, 10, 1);
  g_assert_true (g_file_test (aside, G_FILE_TEST_EXISTS));
  history_close (history);

  g_assert_no_errno (g_remove (history->path));
  g_assert_no_errno (mkfifo (history->path, 0600));
  history_open (history);
  history_append (history, 0, 10);
  assert_paused (history, PH_HISTORY_ERROR_DENIED, 10);
  g_assert_no_errno (g_remove (history->path));
}

/* It can be read and not be written, and that is said. */
static void
test_read_only (History *history, gconstpointer data)
{
  g_autofree char *folder = g_path_get_dirname (history->path);
  uid_t uid = geteuid ();

  history_append (history, 0, 10);
  assert_flushed (history);
  history_close (history);
  g_assert_no_errno (chmod (history->folder, 0755));
  g_assert_no_errno (chmod (folder, 0555));
  g_assert_no_errno (chmod (history->path, 0444));
  /* To root nothing is read-only. */
  if (uid == 0)
    g_assert_no_errno (seteuid (65534));

  history_open (history);
  history_append (history, 10, 10);
  assert_paused (history, PH_HISTORY_ERROR_DENIED, 10);

  if (uid == 0)
    g_assert_no_errno (seteuid (0));
  g_assert_no_errno (chmod (folder, 0700));
  g_assert_no_errno (chmod (history->path, 0600));
  assert_flushed (history);
  assert_kept (history, 0, 20, 1);
}

int
main (int argc, char **argv)
{
  program = argv[0];
  if (argc == 3 && g_str_equal (argv[1], "--victim"))
    victim (argv[2]);
  if (argc == 3 && g_str_equal (argv[1], "--full-disk"))
    return full_disk (argv[2]);

  g_test_init (&argc, &argv, NULL);
#define ADD(name, test) g_test_add ("/history-trouble/" name, History, NULL, set_up, test, tear_down)
  ADD ("killed", test_killed);
  ADD ("full-disk", test_full_disk);
  ADD ("locked", test_locked);
  ADD ("closing-locked", test_closing_locked);
  ADD ("too-many", test_too_many);
  ADD ("broken", test_broken);
  ADD ("damaged", test_damaged);
  ADD ("newer", test_newer);
  ADD ("foreign", test_foreign);
  ADD ("read-only", test_read_only);
  return g_test_run ();
}
