/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A saver over a file that is an array, which may refuse: in order, once each, seen by work, told of and tried again.
 */
#include "ph-saver.h"

#include "loop.h"

/* Items are numbers from 1; what the thread does to it is read after it was stopped, or by atomics. */
typedef struct
{
  GArray *waiting;
  GArray *file;
  int refuses; /* atomic */
  int n_writes;
  int n_tidied;
  gboolean freed;
} File;

static void
take (gpointer target, gpointer item)
{
  guint number = GPOINTER_TO_UINT (item);

  g_array_append_val (((File *) target)->waiting, number);
}

static guint
n_waiting (gpointer target)
{
  return ((File *) target)->waiting->len;
}

static gboolean
write_all (gpointer target, GError **error)
{
  File *file = target;

  g_atomic_int_inc (&file->n_writes);
  if (g_atomic_int_get (&file->refuses))
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE, "It is full");
      return FALSE;
    }
  g_array_append_vals (file->file, file->waiting->data, file->waiting->len);
  g_array_set_size (file->waiting, 0);
  return TRUE;
}

static gboolean
tidy (gpointer target, gboolean *more, GError **error)
{
  *more = g_atomic_int_add (&((File *) target)->n_tidied, 1) < 4;
  return TRUE;
}

static gpointer
lost (guint64 n)
{
  return GUINT_TO_POINTER (1000000 + (guint) n);
}

static void
item_free (gpointer item)
{
}

static void
file_freed (gpointer target)
{
  ((File *) target)->freed = TRUE;
}

static const PhSaverClass class = {
  .name = "test",
  .max = 100,
  .take = take,
  .n_waiting = n_waiting,
  .write = write_all,
  .tidy = tidy,
  .lost = lost,
  .item_free = item_free,
  .free = file_freed,
};

typedef struct
{
  File file;
  PhSaver *saver;
  char *error;
  guint n_put;
} Fixture;

static void
told (gpointer user, const char *error, const char *notice)
{
  Fixture *f = user;

  g_free (f->error);
  f->error = g_strdup (error);
  g_assert_null (notice);
}

static void
set_up (Fixture *f, gconstpointer data)
{
  f->file.waiting = g_array_new (FALSE, FALSE, sizeof (guint));
  f->file.file = g_array_new (FALSE, FALSE, sizeof (guint));
  f->saver = ph_saver_new (&class, &f->file, told, f);
}

static void
stop (Fixture *f)
{
  g_assert_true (ph_saver_stop (f->saver, 10000));
  g_assert_true (f->file.freed);
  loop_run_for (1);
  g_clear_pointer (&f->saver, ph_saver_unref);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  if (f->saver != NULL)
    stop (f);
  g_array_unref (f->file.waiting);
  g_array_unref (f->file.file);
  g_free (f->error);
}

static void
put (Fixture *f, guint n)
{
  for (guint i = 0; i < n; i++)
    ph_saver_put (f->saver, GUINT_TO_POINTER (++f->n_put));
}

/* --- work --- */

typedef struct
{
  guint expected; /* items in the file */
  GError *error;
  gboolean done;
} Work;

static gboolean
count (gpointer target, gpointer data, GError **error)
{
  Work *work = data;

  g_assert_cmpuint (((File *) target)->file->len, ==, work->expected);
  return TRUE;
}

static void
ended (GObject *source, GAsyncResult *result, gpointer user)
{
  Work *work = user;

  g_task_propagate_boolean (G_TASK (result), &work->error);
  work->done = TRUE;
}

static void
start (Fixture *f, PhSaverWork what, Work *work)
{
  g_assert_true (ph_saver_do (f->saver, what, work, g_task_new (NULL, NULL, ended, work)));
}

static GError *
flush (Fixture *f)
{
  Work work = { 0 };

  start (f, NULL, &work);
  RUN_UNTIL (work.done);
  return work.error;
}

static void
assert_file (Fixture *f)
{
  stop (f);
  g_assert_cmpuint (f->file.file->len, ==, f->n_put);
  for (guint i = 0; i < f->n_put; i++)
    g_assert_cmpuint (g_array_index (f->file.file, guint, i), ==, i + 1);
}

/* What the thread does without a word to the main loop. */
#define AWAIT(condition)                                                                                               \
  while (!(condition))                                                                                                 \
  loop_run_for (5)

/* --- tests --- */

/* One writing, a second after the first; many do not wait. */
static void
test_together (Fixture *f, gconstpointer data)
{
  gint64 began = g_get_monotonic_time ();

  put (f, 1);
  loop_run_for (300);
  put (f, 30);
  g_assert_cmpuint (ph_saver_n_waiting (f->saver), ==, 31);
  AWAIT (ph_saver_n_waiting (f->saver) == 0);
  g_assert_cmpint (g_get_monotonic_time () - began, >=, G_USEC_PER_SEC);
  g_assert_cmpint (g_atomic_int_get (&f->file.n_writes), ==, 1);
  assert_file (f);
}

/* Work sees what was put before it, and nothing that was put after it. */
static void
test_order (Fixture *f, gconstpointer data)
{
  Work works[200] = { 0 };
  guint n = 0;

  for (guint i = 0; i < G_N_ELEMENTS (works); i++)
    {
      if (ph_saver_n_waiting (f->saver) > 50)
        g_assert_no_error (flush (f));
      put (f, (guint) g_test_rand_int_range (0, 5));
      works[i].expected = f->n_put;
      start (f, count, &works[i]);
    }
  for (guint i = 0; i < G_N_ELEMENTS (works); i++)
    {
      RUN_UNTIL (works[i].done);
      g_assert_no_error (works[i].error);
      n++;
    }
  g_assert_cmpuint (n, ==, G_N_ELEMENTS (works));
  assert_file (f);
}

/* What is refused waits, is told of, and is tried again without being asked; what is too much is counted. */
static void
test_refused (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 refused;
  int n_writes;

  g_atomic_int_set (&f->file.refuses, TRUE);
  put (f, 100);
  error = flush (f);
  refused = g_get_monotonic_time ();
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE);
  g_assert_cmpstr (f->error, ==, "It is full");
  ph_saver_put (f->saver, GUINT_TO_POINTER (7));
  ph_saver_put (f->saver, GUINT_TO_POINTER (8));
  g_assert_cmpuint (ph_saver_n_waiting (f->saver), ==, 100);

  n_writes = g_atomic_int_get (&f->file.n_writes);
  AWAIT (g_atomic_int_get (&f->file.n_writes) > n_writes);
  g_assert_cmpint (g_get_monotonic_time () - refused, >=, 900 * G_TIME_SPAN_MILLISECOND);
  g_assert_nonnull (f->error);

  g_atomic_int_set (&f->file.refuses, FALSE);
  ph_saver_retry (f->saver);
  RUN_UNTIL (f->error == NULL);
  g_assert_no_error (flush (f));
  stop (f);
  g_assert_cmpuint (f->file.file->len, ==, 101);
  g_assert_cmpuint (g_array_index (f->file.file, guint, 99), ==, 100);
  g_assert_cmpuint (g_array_index (f->file.file, guint, 100), ==, 1000002);
}

/* It ends although it cannot be written, and says so. */
static void
test_stopped (Fixture *f, gconstpointer data)
{
  Work work = { 0 };

  g_atomic_int_set (&f->file.refuses, TRUE);
  put (f, 3);
  start (f, NULL, &work);
  g_assert_false (ph_saver_stop (f->saver, 10000));
  g_assert_true (f->file.freed);
  RUN_UNTIL (work.done);
  g_assert_error (work.error, G_IO_ERROR, G_IO_ERROR_NO_SPACE);
  g_clear_error (&work.error);
  g_assert_null (f->error);
  put (f, 1);
  g_assert_cmpuint (ph_saver_n_waiting (f->saver), ==, 3);
  g_assert_false (ph_saver_do (f->saver, NULL, NULL, NULL));
  g_clear_pointer (&f->saver, ph_saver_unref);
}

/* As often as there is more to be done, and then not for an hour. */
static void
test_tidy (Fixture *f, gconstpointer data)
{
  ph_saver_tidy_soon (f->saver);
  AWAIT (g_atomic_int_get (&f->file.n_tidied) == 5);
  loop_run_for (200);
  g_assert_cmpint (g_atomic_int_get (&f->file.n_tidied), ==, 5);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, test) g_test_add ("/saver/" name, Fixture, NULL, set_up, test, tear_down)
  ADD ("together", test_together);
  ADD ("order", test_order);
  ADD ("refused", test_refused);
  ADD ("stopped", test_stopped);
  ADD ("tidy", test_tidy);
  return g_test_run ();
}
