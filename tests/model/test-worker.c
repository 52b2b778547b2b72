/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Work is done elsewhere, and at once, whatever holds the threads of GTask. */
#include "ph-worker.h"

#include "loop.h"

#define MANY 40 /* more than GTask has threads */

typedef struct
{
  gboolean done;
  gpointer result;
} Outcome;

static void
ended (GObject *source, GAsyncResult *result, gpointer data)
{
  Outcome *outcome = data;

  outcome->result = g_task_propagate_pointer (G_TASK (result), NULL);
  outcome->done = TRUE;
}

static void
tell_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  g_assert_null (source);
  g_assert_cmpint (GPOINTER_TO_INT (data), ==, 7);
  g_assert_true (cancellable == g_task_get_cancellable (task));
  g_task_return_pointer (task, g_thread_self (), NULL);
}

static void
start (Outcome *outcome, GCancellable *cancellable)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, ended, outcome);

  g_task_set_task_data (task, GINT_TO_POINTER (7), NULL);
  ph_worker_run (task, tell_thread);
  g_assert_false (outcome->done);
}

static void
test_elsewhere (void)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Outcome outcome = { 0 };

  start (&outcome, cancellable);
  RUN_UNTIL (outcome.done);
  g_assert_nonnull (outcome.result);
  g_assert_true (outcome.result != g_thread_self ());
}

/* As with GTask: what was cancelled is said at the end, not before. */
static void
test_cancelled (void)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Outcome outcome = { 0 };

  g_cancellable_cancel (cancellable);
  start (&outcome, cancellable);
  RUN_UNTIL (outcome.done);
  g_assert_null (outcome.result);
}

typedef struct
{
  GMutex mutex;
  GCond cond;
  int open; /* atomic */
} Gate;

static void
wait_at_gate (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Gate *gate = data;

  g_mutex_lock (&gate->mutex);
  while (!g_atomic_int_get (&gate->open))
    g_cond_wait (&gate->cond, &gate->mutex);
  g_mutex_unlock (&gate->mutex);
  g_task_return_pointer (task, gate, NULL);
}

static void
wait_at_gate_after (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Gate *gate = data;

  g_task_return_pointer (task, gate, NULL);
  g_mutex_lock (&gate->mutex);
  while (!g_atomic_int_get (&gate->open))
    g_cond_wait (&gate->cond, &gate->mutex);
  g_mutex_unlock (&gate->mutex);
}

static void
disposed (gpointer data, GObject *where_it_was)
{
  g_atomic_pointer_set ((gpointer *) data, g_thread_self ());
}

/* Whoever asked lets go while the worker is still busy: the object does not end among the worker's things. */
static void
test_source_object (void)
{
  GObject *object = g_object_new (G_TYPE_OBJECT, NULL);
  GTask *task;
  Gate gate = { 0 };
  Outcome outcome = { 0 };
  gpointer thread = NULL;

  task = g_task_new (object, NULL, ended, &outcome);
  g_object_weak_ref (object, disposed, &thread);
  g_object_unref (object);
  g_task_set_task_data (task, &gate, NULL);
  ph_worker_run (task, wait_at_gate_after);
  g_object_unref (task);
  RUN_UNTIL (outcome.done);
  loop_run_for (20);
  g_assert_null (g_atomic_pointer_get (&thread));

  g_mutex_lock (&gate.mutex);
  g_atomic_int_set (&gate.open, TRUE);
  g_cond_broadcast (&gate.cond);
  g_mutex_unlock (&gate.mutex);
  RUN_UNTIL (g_atomic_pointer_get (&thread));
  g_assert_true (thread == g_thread_self ());
}

static void
test_not_held_up (void)
{
  Gate gate = { 0 };
  Outcome held[MANY] = { 0 };
  Outcome outcomes[MANY] = { 0 };

  for (guint i = 0; i < MANY; i++)
    {
      g_autoptr (GTask) task = g_task_new (NULL, NULL, ended, &held[i]);

      g_task_set_task_data (task, &gate, NULL);
      g_task_run_in_thread (task, wait_at_gate);
    }
  for (guint i = 0; i < MANY; i++)
    start (&outcomes[i], NULL);
  for (guint i = 0; i < MANY; i++)
    RUN_UNTIL (outcomes[i].done);
  for (guint i = 0; i < MANY; i++)
    g_assert_false (held[i].done);

  g_mutex_lock (&gate.mutex);
  g_atomic_int_set (&gate.open, TRUE);
  g_cond_broadcast (&gate.cond);
  g_mutex_unlock (&gate.mutex);
  for (guint i = 0; i < MANY; i++)
    RUN_UNTIL (held[i].done);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/worker/elsewhere", test_elsewhere);
  g_test_add_func ("/worker/cancelled", test_cancelled);
  g_test_add_func ("/worker/source-object", test_source_object);
  g_test_add_func ("/worker/not-held-up", test_not_held_up);
  return g_test_run ();
}
