/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The file of known ports: whole or not at all, private, saved once for many changes, never silently thrown away. */
#include "ph-known-store.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "loop.h"
#include "ph-known-file.h"

static const char *program;

typedef struct
{
  char *top;
  char *folder; /* not made yet: the store has to */
  char *path;
  PhKnownStore *store; /* NULL: closed */
} Fixture;

static void
open_store (Fixture *f)
{
  f->store = ph_known_store_new (f->path);
}

/* A worker that has just written holds on to it until the main loop has heard of it. */
static void
drop_store (Fixture *f)
{
  while (g_atomic_int_get (&G_OBJECT (f->store)->ref_count) > 1 || g_main_context_pending (NULL))
    g_main_context_iteration (NULL, FALSE);
  g_assert_finalize_object (g_steal_pointer (&f->store));
}

static void
set_up (Fixture *f, gconstpointer data)
{
  f->top = g_dir_make_tmp ("porthole-known-XXXXXX", NULL);
  g_assert_nonnull (f->top);
  f->folder = g_build_filename (f->top, "porthole", NULL);
  f->path = g_build_filename (f->folder, "known-ports", NULL);
  open_store (f);
}

static GStrv
list (const char *folder)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    g_strv_builder_add (names, name);
  return g_strv_builder_end (names);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  g_auto (GStrv) names = list (f->folder);

  if (f->store != NULL)
    drop_store (f);
  for (guint i = 0; names[i] != NULL; i++)
    {
      g_autofree char *path = g_build_filename (f->folder, names[i], NULL);
      g_assert_no_errno (g_remove (path));
    }
  g_rmdir (f->folder);
  g_assert_no_errno (g_rmdir (f->top));
  g_free (f->top);
  g_free (f->folder);
  g_free (f->path);
}

static void
put_file (Fixture *f, const char *bytes, gssize length)
{
  g_assert_no_errno (g_mkdir_with_parents (f->folder, 0700));
  g_assert_true (g_file_set_contents (f->path, bytes, length, NULL));
}

/* --- sets --- */

/* With so many listeners. */
static PhKnown *
make (guint n)
{
  g_autoptr (GPtrArray) keys = g_ptr_array_new_with_free_func ((GDestroyNotify) ph_listener_key_free);
  g_autoptr (PhKnown) none = ph_known_new ();

  for (guint i = 1; i <= n; i++)
    {
      g_autofree char *text = g_strdup_printf ("tcp any %u program /usr/bin/server-%u", i, n);

      g_ptr_array_add (keys, ph_listener_key_parse (text));
      g_assert_nonnull (keys->pdata[i - 1]);
    }
  return ph_known_learn (none, keys, 1764098550);
}

/* That @known is what make() gives for @n. */
static void
assert_made (const PhKnown *known, guint n)
{
  g_autoptr (PhKnown) made = make (n);
  g_autofree char *expected = ph_known_to_text (made, NULL);
  g_autofree char *text = ph_known_to_text (known, NULL);

  g_assert_cmpstr (text, ==, expected);
}

/* --- waiting --- */

typedef struct
{
  gboolean done;
  PhKnown *known;
  GError *error;
} Outcome;

static void
loaded (GObject *object, GAsyncResult *result, gpointer data)
{
  Outcome *outcome = data;

  outcome->known = ph_known_store_load_finish (PH_KNOWN_STORE (object), result);
  outcome->done = TRUE;
}

static PhKnown *
load (Fixture *f)
{
  Outcome outcome = { 0 };

  ph_known_store_load_async (f->store, loaded, &outcome);
  RUN_UNTIL (outcome.done);
  g_assert_nonnull (outcome.known);
  return outcome.known;
}

static void
flushed (GObject *object, GAsyncResult *result, gpointer data)
{
  Outcome *outcome = data;

  ph_known_store_flush_finish (PH_KNOWN_STORE (object), result, &outcome->error);
  outcome->done = TRUE;
}

static GError *
flush (Fixture *f)
{
  Outcome outcome = { 0 };

  ph_known_store_flush_async (f->store, flushed, &outcome);
  RUN_UNTIL (outcome.done);
  return outcome.error;
}

static void
assert_flushed (Fixture *f)
{
  g_autoptr (GError) error = flush (f);

  g_assert_no_error (error);
  g_assert_null (ph_known_store_get_error (f->store));
}

/* What a new store finds. */
static void
assert_saved (Fixture *f, guint n)
{
  if (f->store != NULL)
    drop_store (f);
  open_store (f);
  g_autoptr (PhKnown) known = load (f);
  assert_made (known, n);
  g_assert_null (ph_known_store_get_notice (f->store));
  g_assert_null (ph_known_store_get_error (f->store));
}

static ino_t
file_number (Fixture *f)
{
  struct stat info;

  return stat (f->path, &info) == 0 ? info.st_ino : 0;
}

/* --- tests --- */

static void
test_saved (Fixture *f, gconstpointer data)
{
  mode_t mask = umask (0);
  g_autoptr (PhKnown) none = load (f);
  g_autoptr (PhKnown) seven = make (7);
  g_auto (GStrv) names = NULL;
  struct stat info;

  g_assert_cmpuint (ph_known_n_entries (none), ==, 0);
  g_assert_null (ph_known_store_get_notice (f->store));
  assert_flushed (f);
  g_assert_cmpuint (file_number (f), ==, 0);

  ph_known_store_save (f->store, seven);
  assert_flushed (f);
  g_assert_no_errno (stat (f->path, &info));
  g_assert_cmphex (info.st_mode & 07777, ==, 0600);
  g_assert_no_errno (stat (f->folder, &info));
  g_assert_cmphex (info.st_mode & 07777, ==, 0700);
  names = list (f->folder);
  g_assert_cmpuint (g_strv_length (names), ==, 1);
  assert_saved (f, 7);
  umask (mask);
}

/* Many changes are one writing, a second after the first of them, and without being asked. */
static void
test_quick_changes (Fixture *f, gconstpointer data)
{
  gint64 began = g_get_monotonic_time ();
  ino_t before;

  ph_known_unref (load (f));
  for (guint n = 1; n <= 50; n++)
    {
      g_autoptr (PhKnown) known = make (n);

      ph_known_store_save (f->store, known);
      loop_run_for (10);
    }
  g_assert_cmpuint (file_number (f), ==, 0);
  while ((before = file_number (f)) == 0)
    loop_run_for (5);
  g_assert_cmpint (g_get_monotonic_time () - began, >=, 900 * G_TIME_SPAN_MILLISECOND);
  loop_run_for (1500);
  g_assert_cmpuint (file_number (f), ==, before);
  assert_saved (f, 50);

  /* Forth and back is no change. */
  drop_store (f);
  open_store (f);
  g_autoptr (PhKnown) known = load (f);
  g_autoptr (PhKnown) other = make (3);
  ph_known_store_save (f->store, other);
  ph_known_store_save (f->store, known);
  loop_run_for (1300);
  assert_flushed (f);
  g_assert_cmpuint (file_number (f), ==, before);
}

/* What comes while it is being written is written as well. */
static void
test_while_writing (Fixture *f, gconstpointer data)
{
  Outcome outcomes[20] = { 0 };

  ph_known_unref (load (f));
  for (guint n = 1; n <= 20; n++)
    {
      g_autoptr (PhKnown) known = make (n * 100);

      ph_known_store_save (f->store, known);
      ph_known_store_flush_async (f->store, flushed, &outcomes[n - 1]);
      g_usleep (2000);
    }
  for (guint i = 0; i < 20; i++)
    {
      RUN_UNTIL (outcomes[i].done);
      g_assert_no_error (outcomes[i].error);
    }
  assert_saved (f, 2000);
}

static void
test_closed (Fixture *f, gconstpointer data)
{
  g_autoptr (PhKnown) one = make (1);
  g_autoptr (PhKnown) two = make (2);
  g_autoptr (PhKnown) three = make (3);
  Outcome outcome = { 0 };

  ph_known_unref (load (f));

  /* One is being written, the other waits. */
  ph_known_store_save (f->store, one);
  ph_known_store_flush_async (f->store, flushed, &outcome);
  ph_known_store_save (f->store, two);
  g_assert_true (ph_known_store_close (f->store, 10000));
  ph_known_store_save (f->store, three);
  g_assert_true (ph_known_store_close (f->store, 0));
  RUN_UNTIL (outcome.done);
  g_assert_no_error (outcome.error);
  assert_saved (f, 2);
}

static void
test_broken (Fixture *f, gconstpointer data)
{
  static const char *const broken[] = {
    "",
    "\n",
    "[porthole-known]\nversion=1\n[listeners]\nlistener=1 2 tcp any",
    "no key file\n",
    "[porthole-known]\nversion=1\n[listeners]\nlistener=1 2 xyz any 80 unknown\n[mutes]\n[end]\n",
  };

  drop_store (f);
  for (guint i = 0; i < G_N_ELEMENTS (broken); i++)
    {
      g_autofree char *aside = g_strdup_printf ("%s.broken-%u", f->path, i + 1);
      g_autofree char *bytes = NULL;
      g_autoptr (PhKnown) new = make (i + 1);

      put_file (f, broken[i], -1);
      open_store (f);
      g_autoptr (PhKnown) known = load (f);
      g_assert_cmpuint (ph_known_n_entries (known), ==, 0);
      g_assert_cmpuint (ph_known_learned (known), ==, 0);
      g_assert_null (ph_known_store_get_error (f->store));
      g_assert_nonnull (ph_known_store_get_notice (f->store));
      g_assert_nonnull (strstr (ph_known_store_get_notice (f->store), aside));
      g_assert_true (g_file_get_contents (aside, &bytes, NULL, NULL));
      g_assert_cmpstr (bytes, ==, broken[i]);

      /* And learned anew. */
      ph_known_store_save (f->store, new);
      assert_flushed (f);
      assert_saved (f, i + 1);
      drop_store (f);
    }

  /* Too large to be ours: it is not even read. */
  put_file (f, "x", 1);
  g_assert_no_errno (truncate (f->path, (off_t) PH_KNOWN_TEXT_MAX + 1));
  open_store (f);
  g_autoptr (PhKnown) known = load (f);
  g_assert_cmpuint (ph_known_n_entries (known), ==, 0);
  g_assert_nonnull (ph_known_store_get_notice (f->store));
  g_assert_cmpuint (file_number (f), ==, 0);
}

/* Not ours to write: left alone. */
static void
test_left_alone (Fixture *f, gconstpointer data)
{
  static const char newer[] = "[porthole-known]\nversion=2\n[things]\n[end]\n";
  g_autoptr (PhKnown) new = make (5);
  g_autofree char *text = NULL;

  put_file (f, newer, -1);
  g_autoptr (PhKnown) known = load (f);
  g_assert_cmpuint (ph_known_n_entries (known), ==, 0);
  g_assert_nonnull (ph_known_store_get_error (f->store));
  g_assert_null (ph_known_store_get_notice (f->store));
  ph_known_store_save (f->store, new);
  loop_run_for (1300);
  ph_known_store_close (f->store, 10000);
  g_assert_true (g_file_get_contents (f->path, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, newer);
  drop_store (f);

  /* A pipe is not waited for. */
  g_assert_no_errno (g_remove (f->path));
  g_assert_no_errno (mkfifo (f->path, 0600));
  open_store (f);
  g_autoptr (PhKnown) piped = load (f);
  g_assert_cmpuint (ph_known_n_entries (piped), ==, 0);
  g_assert_nonnull (ph_known_store_get_error (f->store));
  drop_store (f);
}

/* It cannot be written for a while. */
static void
test_read_only (Fixture *f, gconstpointer data)
{
  g_autoptr (PhKnown) five = make (5);
  g_autoptr (PhKnown) six = make (6);
  g_autoptr (GError) error = NULL;
  uid_t uid = geteuid ();

  ph_known_unref (load (f));
  ph_known_store_save (f->store, five);
  assert_flushed (f);
  g_assert_no_errno (chmod (f->top, 0755));
  g_assert_no_errno (chmod (f->folder, 0555));
  /* To root no folder is read-only. */
  if (uid == 0)
    g_assert_no_errno (seteuid (65534));
  ph_known_store_save (f->store, six);
  error = flush (f);
  if (uid == 0)
    g_assert_no_errno (seteuid (0));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED);
  g_assert_nonnull (ph_known_store_get_error (f->store));
  g_assert_no_errno (chmod (f->folder, 0700));

  /* And then it can, which is found without being asked. */
  while (ph_known_store_get_error (f->store) != NULL)
    loop_run_for (10);
  assert_saved (f, 6);
}

/* What crashes have left is cleared away, but not what another is writing just now. */
static void
test_leftovers (Fixture *f, gconstpointer data)
{
  g_autofree char *old = g_build_filename (f->folder, ".porthole-ABCDEF", NULL);
  g_autofree char *new = g_build_filename (f->folder, ".porthole-GHIJKL", NULL);
  const struct timespec times[2] = { { .tv_sec = 1000000000 }, { .tv_sec = 1000000000 } };

  put_file (f, "", 0);
  g_assert_no_errno (g_remove (f->path));
  g_assert_true (g_file_set_contents (old, "half", -1, NULL));
  g_assert_true (g_file_set_contents (new, "half", -1, NULL));
  g_assert_no_errno (utimensat (AT_FDCWD, old, times, 0));
  ph_known_unref (load (f));
  g_assert_false (g_file_test (old, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (new, G_FILE_TEST_EXISTS));
}

/* --- killed --- */

#define SIZES 10

/* Writes sets of all sizes, one after the other, until it is killed. */
G_NORETURN static void
victim (const char *path)
{
  PhKnown *sets[SIZES];

  for (guint i = 0; i < SIZES; i++)
    sets[i] = make (1 + i * 100);
  for (guint i = 0;; i++)
    {
      g_autoptr (GError) error = NULL;

      ph_known_file_write (path, sets[i % SIZES], &error);
      g_assert_no_error (error);
      if (i == 0)
        g_assert_cmpint (write (STDOUT_FILENO, "+", 1), ==, 1);
    }
}

static void
test_killed (Fixture *f, gconstpointer data)
{
  drop_store (f);
  for (guint i = 0; i < 50; i++)
    {
      const char *argv[] = { program, "--victim", f->path, NULL };
      g_autofree char *aside = NULL;
      g_autoptr (GError) error = NULL;
      GPid pid;
      char plus;
      int out, status;

      g_spawn_async_with_pipes (NULL, (char **) argv, NULL, G_SPAWN_DO_NOT_REAP_CHILD, NULL, NULL, &pid, NULL, &out,
                                NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpint (read (out, &plus, 1), ==, 1);
      g_usleep (1 + (gulong) g_test_rand_int_range (0, 20000));
      g_assert_no_errno (kill (pid, SIGKILL));
      g_assert_no_errno (waitpid (pid, &status, 0));
      g_assert_true (WIFSIGNALED (status) && WTERMSIG (status) == SIGKILL);
      close (out);

      /* One of them, whole. */
      g_autoptr (PhKnown) known = ph_known_file_read (f->path, &aside, &error);
      g_assert_no_error (error);
      g_assert_null (aside);
      g_assert_cmpuint (ph_known_n_entries (known) % 100, ==, 1);
      assert_made (known, ph_known_n_entries (known));
    }
}

int
main (int argc, char **argv)
{
  program = argv[0];
  if (argc == 3 && g_str_equal (argv[1], "--victim"))
    victim (argv[2]);

  g_test_init (&argc, &argv, NULL);
#define ADD(name, test) g_test_add ("/known-store/" name, Fixture, NULL, set_up, test, tear_down)
  ADD ("saved", test_saved);
  ADD ("quick-changes", test_quick_changes);
  ADD ("while-writing", test_while_writing);
  ADD ("closed", test_closed);
  ADD ("broken", test_broken);
  ADD ("left-alone", test_left_alone);
  ADD ("read-only", test_read_only);
  ADD ("leftovers", test_leftovers);
  ADD ("killed", test_killed);
  return g_test_run ();
}
