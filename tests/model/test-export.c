/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A file is written whole or not at all: on a full disk, in a read-only folder, and when it is called off half-way. */
#include "ph-export-job.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "loop.h"
#include "own-disk.h"
#include "pathless.h"
#include "points.h"

#define OLD "what was there before\n"

static const char *program;

typedef struct
{
  char *folder;
  char *path;
  GFile *file;
  PhSnapshot *snapshot;
  guint32 *slots;
  guint n_slots;
  const PhColumn *columns[3];
} Fixture;

typedef struct
{
  gboolean done;
  GError *error;
} Outcome;

static void
exported (GObject *source, GAsyncResult *result, gpointer data)
{
  Outcome *outcome = data;

  ph_export_finish (result, &outcome->error);
  outcome->done = TRUE;
}

static void
fixture_init (Fixture *f, const char *folder, guint n)
{
  Points points;

  f->folder = g_strdup (folder);
  f->path = g_build_filename (folder, "table.csv", NULL);
  f->file = g_file_new_for_path (f->path);
  f->columns[0] = &point_schema.columns[0];
  f->columns[1] = &point_schema.columns[2];
  f->columns[2] = NULL;

  points_init (&points);
  for (guint32 id = 1; id <= n; id++)
    points_put (&points, id, 0, id * 2);
  f->snapshot = points_look (&points);
  points_clear (&points);

  /* Backwards by id, to show that the order is the caller's. */
  f->slots = g_new (guint32, n);
  f->n_slots = n;
  for (guint32 id = 1; id <= n; id++)
    f->slots[n - id] = ((const Point *) ph_snapshot_find (f->snapshot, &id))->head.slot;
}

static void
fixture_clear (Fixture *f)
{
  g_free (f->folder);
  g_free (f->path);
  g_object_unref (f->file);
  ph_snapshot_unref (f->snapshot);
  g_free (f->slots);
}

static void
set_up (Fixture *f, gconstpointer data)
{
  g_autofree char *folder = g_dir_make_tmp ("porthole-export-XXXXXX", NULL);

  g_assert_nonnull (folder);
  fixture_init (f, folder, GPOINTER_TO_UINT (data));
}

static GStrv
list (const char *folder)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  GDir *dir = g_dir_open (folder, 0, NULL);
  const char *name;

  g_assert_nonnull (dir);
  while ((name = g_dir_read_name (dir)) != NULL)
    g_strv_builder_add (names, name);
  g_dir_close (dir);
  return g_strv_builder_end (names);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  g_auto (GStrv) names = list (f->folder);

  for (guint i = 0; names[i] != NULL; i++)
    {
      g_autofree char *path = g_build_filename (f->folder, names[i], NULL);
      g_assert_no_errno (g_remove (path));
    }
  g_assert_no_errno (g_rmdir (f->folder));
  fixture_clear (f);
}

static GError *
export_to (Fixture *f, GFile *file, PhExportFormat format, guint cancel_after_us)
{
  Outcome outcome = { 0 };
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autofree guint32 *slots = g_memdup2 (f->slots, f->n_slots * sizeof *slots);

  ph_export_async (file, format, f->snapshot, slots, f->n_slots, f->columns, PH_CSV_SAFE, cancellable, exported,
                   &outcome);
  /* They are copied. */
  memset (slots, 0xff, f->n_slots * sizeof *slots);
  if (cancel_after_us > 0)
    {
      g_usleep (cancel_after_us);
      g_cancellable_cancel (cancellable);
    }
  RUN_UNTIL (outcome.done);
  return outcome.error;
}

static void
assert_text (const char *path, const char *expected)
{
  g_autofree char *text = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  /* Without printing them: they are long. */
  g_assert_cmpuint (strlen (text), ==, strlen (expected));
  g_assert_true (g_str_equal (text, expected));
}

/* Nothing else is left in the folder. */
static void
assert_alone (Fixture *f)
{
  g_auto (GStrv) names = list (f->folder);

  g_assert_cmpuint (g_strv_length (names), ==, 1);
}

static void
put_old (Fixture *f)
{
  g_assert_true (g_file_set_contents (f->path, OLD, -1, NULL));
}

static char *
expected_csv (Fixture *f)
{
  GString *text = g_string_new ("id,b\r\n");

  for (guint id = f->n_slots; id >= 1; id--)
    g_string_append_printf (text, "%u,%u\r\n", id, id * 2);
  return g_string_free (text, FALSE);
}

static void
test_whole (Fixture *f, gconstpointer data)
{
  g_autofree char *csv = expected_csv (f);
  g_autoptr (GError) error = NULL;
  struct stat info;
  mode_t mask = umask (022);

  error = export_to (f, f->file, PH_EXPORT_CSV, 0);
  g_assert_no_error (error);
  assert_text (f->path, csv);
  assert_alone (f);
  g_assert_no_errno (stat (f->path, &info));
  g_assert_cmpuint (info.st_mode & 0777, ==, 0644);

  /* In place of an old one, whose permissions stay. */
  put_old (f);
  g_assert_no_errno (chmod (f->path, 0640));
  error = export_to (f, f->file, PH_EXPORT_CSV, 0);
  g_assert_no_error (error);
  assert_text (f->path, csv);
  assert_alone (f);
  g_assert_no_errno (stat (f->path, &info));
  g_assert_cmpuint (info.st_mode & 0777, ==, 0640);
  umask (mask);
}

static void
test_json (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = export_to (f, f->file, PH_EXPORT_JSON, 0);
  g_autofree char *text = NULL;
  guint n = 0;

  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (f->path, &text, NULL, NULL));
  g_strstrip (text);
  g_assert_true (g_str_has_prefix (text, "["));
  g_assert_true (g_str_has_suffix (text, "]"));

  /* One object per row, each with its two numbers, in the order asked for. */
  for (const char *p = text; (p = strchr (p, '{')) != NULL; p++, n++)
    {
      guint id, b;

      g_assert_cmpint (sscanf (p, "{ \"id\" : %u , \"b\" : %u }", &id, &b), ==, 2);
      g_assert_cmpuint (id, ==, f->n_slots - n);
      g_assert_cmpuint (b, ==, id * 2);

      /* A comma between two, and none behind the last. */
      const char *end = strchr (p, '}') + 1;
      end += strspn (end, " \n");
      g_assert_cmpint (*end, ==, id > 1 ? ',' : ']');
    }
  g_assert_cmpuint (n, ==, f->n_slots);
}

static void
test_cancelled (Fixture *f, gconstpointer data)
{
  g_autofree char *csv = expected_csv (f);
  guint n_cancelled = 0;

  for (guint i = 0; i < 40; i++)
    {
      put_old (f);
      g_autoptr (GError) error = export_to (f, f->file, PH_EXPORT_CSV, 1 + i * 1000);

      if (error != NULL)
        g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      assert_text (f->path, error != NULL ? OLD : csv);
      assert_alone (f);
      n_cancelled += error != NULL;
    }
  g_assert_cmpuint (n_cancelled, >, 0);
}

/* A link stays a link; what is no file is not replaced by one. */
static void
test_kinds (Fixture *f, gconstpointer data)
{
  g_autofree char *csv = expected_csv (f);
  g_autofree char *link = g_build_filename (f->folder, "link", NULL);
  g_autofree char *fifo = g_build_filename (f->folder, "fifo", NULL);
  g_autofree char *none = g_build_filename (f->folder, "none", "x.csv", NULL);
  g_autoptr (GFile) link_file = g_file_new_for_path (link);
  g_autoptr (GFile) fifo_file = g_file_new_for_path (fifo);
  g_autoptr (GFile) folder_file = g_file_new_for_path (f->folder);
  g_autoptr (GFile) none_file = g_file_new_for_path (none);
  struct stat info;

  put_old (f);
  g_assert_no_errno (symlink ("table.csv", link));
  g_autoptr (GError) error = export_to (f, link_file, PH_EXPORT_CSV, 0);
  g_assert_no_error (error);
  assert_text (f->path, csv);
  g_assert_true (g_file_test (link, G_FILE_TEST_IS_SYMLINK));

  g_assert_no_errno (mkfifo (fifo, 0600));
  error = export_to (f, fifo_file, PH_EXPORT_CSV, 0);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_REGULAR_FILE);
  g_clear_error (&error);
  g_assert_no_errno (stat (fifo, &info));
  g_assert_true (S_ISFIFO (info.st_mode));

  error = export_to (f, folder_file, PH_EXPORT_CSV, 0);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_IS_DIRECTORY);
  g_clear_error (&error);

  error = export_to (f, none_file, PH_EXPORT_CSV, 0);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
}

static void
test_read_only (Fixture *f, gconstpointer data)
{
  g_autofree char *new_path = g_build_filename (f->folder, "new.csv", NULL);
  g_autoptr (GFile) new_file = g_file_new_for_path (new_path);
  uid_t uid = geteuid ();
  GError *errors[2];

  put_old (f);
  g_assert_no_errno (chmod (f->path, 0666));
  g_assert_no_errno (chmod (f->folder, 0555));
  /* To root no folder is read-only. */
  if (uid == 0)
    g_assert_no_errno (seteuid (65534));
  errors[0] = export_to (f, f->file, PH_EXPORT_CSV, 0);
  errors[1] = export_to (f, new_file, PH_EXPORT_CSV, 0);
  if (uid == 0)
    g_assert_no_errno (seteuid (0));
  g_assert_no_errno (chmod (f->folder, 0755));

  for (guint i = 0; i < 2; i++)
    {
      g_assert_error (errors[i], G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED);
      g_error_free (errors[i]);
    }
  assert_text (f->path, OLD);
  assert_alone (f);

  /* A file of one's own that is protected, in a folder that is not. */
  g_assert_no_errno (chmod (f->path, 0444));
  g_assert_no_errno (chmod (f->folder, 0777));
  if (uid == 0)
    g_assert_no_errno (seteuid (65534));
  errors[0] = export_to (f, f->file, PH_EXPORT_CSV, 0);
  if (uid == 0)
    g_assert_no_errno (seteuid (0));
  g_assert_error (errors[0], G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED);
  g_error_free (errors[0]);
  assert_text (f->path, OLD);
  assert_alone (f);
}

/* Where there is no path, only a stream. */
static void
test_stream (Fixture *f, gconstpointer data)
{
  g_autofree char *csv = expected_csv (f);
  g_autoptr (GFile) file = pathless_new (f->file);

  for (guint i = 0; i < 20; i++)
    {
      put_old (f);
      g_autoptr (GError) error = export_to (f, file, PH_EXPORT_CSV, i == 0 ? 0 : 1 + i * 500);

      if (i == 0)
        g_assert_no_error (error);
      else if (error != NULL)
        g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      assert_text (f->path, error != NULL ? OLD : csv);
      assert_alone (f);
    }
}

/* In a process of its own, because the namespace must be made before there are threads. */
static int
full_disk (const char *folder)
{
  Fixture f;
  g_autoptr (GError) error = NULL;

  if (!own_disk_mount (folder, "size=64k"))
    {
      g_printerr ("No file system of our own: %s\n", g_strerror (errno));
      return EXIT_SKIP;
    }

  /* A new file: there is none afterwards. */
  fixture_init (&f, folder, 50000);
  error = export_to (&f, f.file, PH_EXPORT_CSV, 0);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE);
  g_clear_error (&error);
  g_auto (GStrv) names = list (folder);
  g_assert_cmpuint (g_strv_length (names), ==, 0);

  /* An old one: it is as it was. */
  put_old (&f);
  error = export_to (&f, f.file, PH_EXPORT_JSON, 0);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE);
  assert_text (f.path, OLD);
  assert_alone (&f);

  /* And there is room again for what fits. */
  f.n_slots = 100;
  g_clear_error (&error);
  error = export_to (&f, f.file, PH_EXPORT_CSV, 0);
  g_assert_no_error (error);
  assert_alone (&f);
  fixture_clear (&f);
  return 0;
}

static void
test_full_disk (Fixture *f, gconstpointer data)
{
  const char *argv[] = { program, "--full-disk", f->folder, NULL };
  g_autoptr (GError) error = NULL;
  g_autofree char *messages = NULL;
  int status;

  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_DEFAULT, NULL, NULL, NULL, &messages, &status, &error);
  g_assert_no_error (error);
  if (WIFEXITED (status) && WEXITSTATUS (status) == EXIT_SKIP)
    g_test_skip (messages);
  else if (!g_spawn_check_wait_status (status, &error))
    g_error ("%s: %s", error->message, messages);
}

int
main (int argc, char **argv)
{
  program = argv[0];
  if (argc == 3 && strcmp (argv[1], "--full-disk") == 0)
    return full_disk (argv[2]);

  g_test_init (&argc, &argv, NULL);
#define ADD(name, n, test) g_test_add ("/export/" name, Fixture, GUINT_TO_POINTER (n), set_up, test, tear_down)
  ADD ("whole", 5000, test_whole);
  ADD ("json", 5000, test_json);
  ADD ("cancelled", 100000, test_cancelled);
  ADD ("kinds", 10, test_kinds);
  ADD ("read-only", 10, test_read_only);
  ADD ("stream", 30000, test_stream);
  ADD ("full-disk", 0, test_full_disk);
  return g_test_run ();
}
