/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A thread that hears what is asked for, sleeps when there is nothing, and ends when it is told to; and a main loop
 * that is told of it, but not too often. */
#include "own-network.h"

#include <dirent.h>
#include <sys/resource.h>

#include "event-stage.h"

#define INTERVAL_US (G_USEC_PER_SEC / 10)

static guint
count_entries (const char *directory)
{
  DIR *entries = opendir (directory);
  guint n = 0;

  g_assert_nonnull (entries);
  while (readdir (entries) != NULL)
    n++;
  closedir (entries);
  return n;
}

static void
change_rule (gboolean add)
{
  own_network_rule (add, AF_INET, 10, 1, NULL, FR_ACT_BLACKHOLE, 0);
}

/* Both kinds of sockets, each told apart; and what was not asked for is not heard. */
static void
test_kinds (EventStage *stage, gconstpointer kinds)
{
  short_connection_flood (1);
  RUN_UNTIL (stage->n_destroyed == 1 && stage->n_told > 0);
  g_assert_cmpuint (stage->n_routing, ==, 0);
  own_network_address (TRUE, OWN_NETWORK_LO, "192.0.2.1");
  own_network_address (FALSE, OWN_NETWORK_LO, "192.0.2.1");
  change_rule (TRUE);
  RUN_UNTIL (stage->n_routing == 1);
  change_rule (FALSE);
  RUN_UNTIL (stage->n_routing == 2);
  loop_run_for (200);
  g_assert_cmpuint (stage->n_destroyed, ==, 1);
  g_assert_cmpuint (stage->n_routing, ==, 2);
}

static glong
switches (int thread)
{
  g_autofree char *path = g_strdup_printf ("/proc/self/task/%d/status", thread);
  g_autofree char *text = NULL;
  const char *found;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  found = strstr (text, "\nvoluntary_ctxt_switches:");
  g_assert_nonnull (found);
  return strtol (strchr (found, ':') + 1, NULL, 10);
}

/* Nothing to hear, and neither of the two threads wakes up. */
static void
test_idle (EventStage *stage, gconstpointer kinds)
{
  glong n;

  change_rule (TRUE);
  change_rule (FALSE);
  RUN_UNTIL (stage->n_routing == 2 && stage->n_told > 0);
  loop_run_for (300);
  g_assert_true (loop_is_asleep ());
  n = switches (stage->thread);
  g_usleep (G_USEC_PER_SEC / 2);
  g_assert_cmpint (switches (stage->thread), ==, n);
  g_assert_true (loop_is_asleep ());

  change_rule (TRUE);
  change_rule (FALSE);
  RUN_UNTIL (stage->n_routing == 4);
  while (switches (stage->thread) == n) /* it counts them when it falls asleep again */
    g_usleep (1000);
}

static gpointer
flood (gpointer go_on)
{
  while (atomic_load ((atomic_bool *) go_on))
    {
      short_connection_flood (10);
      g_usleep (1000); /* not more than the kernel can tell of */
    }
  return NULL;
}

/* However much comes, it is told at most once in each tenth of a second, and the last is told too. */
static void
test_not_too_often (EventStage *stage, gconstpointer kinds)
{
  atomic_bool go_on = true;
  const gint64 begin_us = g_get_monotonic_time ();
  GThread *flooder = g_thread_new ("flood", flood, &go_on);
  gint64 took_us = 0;
  guint n_told;

  while (took_us < 7 * INTERVAL_US || stage->n_told < 2 || stage->n_destroyed < 100)
    {
      g_main_context_iteration (NULL, TRUE);
      took_us = g_get_monotonic_time () - begin_us;
      g_assert_cmpuint (stage->n_told, <=, 1 + took_us / INTERVAL_US);
    }
  atomic_store (&go_on, false);
  g_thread_join (flooder);
  while (!loop_is_asleep ())
    g_main_context_iteration (NULL, TRUE);

  n_told = stage->n_told;
  change_rule (TRUE);
  change_rule (FALSE);
  RUN_UNTIL (stage->n_told > n_told);
}

/* Stopped in the middle of it, again and again: nothing is heard from then on, and nothing is left. */
static void
test_stop (EventStage *stage, gconstpointer kinds)
{
  atomic_bool go_on = true;
  GThread *flooder;
  guint n_threads, n_descriptors, n;

  event_stage_stop (stage);
  flooder = g_thread_new ("flood", flood, &go_on);
  n_threads = count_entries ("/proc/self/task");
  for (guint round = 0; round < 50; round++)
    {
      n = stage->n_destroyed;
      event_stage_start (stage);
      event_stage_start (stage); /* as it is already */
      while (round % 2 == 0 && stage->n_destroyed == n)
        g_thread_yield ();
      event_stage_stop (stage);
      n = stage->n_destroyed;
      g_usleep (2000);
      g_assert_cmpuint (stage->n_destroyed, ==, n);
      g_assert_true (loop_is_asleep ());
    }
  atomic_store (&go_on, false);
  g_thread_join (flooder);
  while (count_entries ("/proc/self/task") != n_threads - 1)
    g_usleep (1000); /* a thread that has been joined is there for a moment yet */

  n_descriptors = count_entries ("/proc/self/fd");
  event_stage_start (stage);
  g_assert_cmpuint (count_entries ("/proc/self/fd"), ==, n_descriptors + 3);
  event_stage_stop (stage);
  g_assert_cmpuint (count_entries ("/proc/self/fd"), ==, n_descriptors);
}

static void
stop_it (PhEventReader *reader, gpointer user)
{
  g_assert_true (ph_event_reader_set_active (reader, FALSE, NULL));
}

static void
drop_it (PhEventReader *reader, EventStage *stage)
{
  g_clear_object (&stage->reader);
}

/* It may be stopped, and let go of, while it tells. */
static void
test_stopped_meanwhile (EventStage *stage, gconstpointer kinds)
{
  g_signal_connect (stage->reader, "received", G_CALLBACK (stop_it), NULL);
  for (guint round = 0; round < 3; round++)
    {
      event_stage_start (stage);
      change_rule (TRUE);
      change_rule (FALSE);
      RUN_UNTIL (stage->n_told == round + 1);
      g_assert_true (loop_is_asleep ());
    }
}

static void
test_dropped_meanwhile (EventStage *stage, gconstpointer kinds)
{
  g_signal_connect (stage->reader, "received", G_CALLBACK (drop_it), stage);
  change_rule (TRUE);
  change_rule (FALSE);
  RUN_UNTIL (stage->reader == NULL);
}

static void
set_true (gpointer done)
{
  *(gboolean *) done = TRUE;
}

static void
test_destroy (void)
{
  gboolean done = FALSE;
  PhEventReader *reader = ph_event_reader_new (PH_EVENT_DESTROYED, event_stage_hear, &done, set_true);

  g_assert_false (done);
  g_object_unref (reader);
  g_assert_true (done);
}

/* With too few descriptors for each of the three things it opens, one after another. */
static void
test_refused (void)
{
  PhEventReader *reader = ph_event_reader_new (PH_EVENT_DESTROYED | PH_EVENT_ALL_ROUTING, event_stage_hear, NULL, NULL);
  const guint n_descriptors = count_entries ("/proc/self/fd");
  const int next = dup (STDERR_FILENO);
  struct rlimit limit, few;

  close (next);
  g_assert_no_errno (getrlimit (RLIMIT_NOFILE, &limit));
  few = limit;
  for (guint n = 0; n < 3; n++)
    {
      g_autoptr (GError) error = NULL;
      gboolean good;

      few.rlim_cur = (rlim_t) next + n;
      g_assert_no_errno (setrlimit (RLIMIT_NOFILE, &few));
      good = ph_event_reader_set_active (reader, TRUE, &error);
      g_assert_no_errno (setrlimit (RLIMIT_NOFILE, &limit));
      g_assert_false (good);
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_TOO_MANY_OPEN_FILES);
      g_assert_cmpuint (count_entries ("/proc/self/fd"), ==, n_descriptors);
    }
  g_object_unref (reader);
}

static void
add (const char *path, guint kinds, void (*test) (EventStage *, gconstpointer))
{
  g_autofree char *full = g_strconcat ("/event-reader/", path, NULL);

  g_test_add (full, EventStage, GUINT_TO_POINTER (kinds), event_stage_set_up, test, event_stage_tear_down);
}

int
main (int argc, char **argv)
{
  const guint both = PH_EVENT_DESTROYED | PH_EVENT_RULES;

  if (!own_network_enter ())
    {
      g_printerr ("no network namespace of our own: %s\n", g_strerror (errno));
      return 77;
    }
  own_network_up (OWN_NETWORK_LO, TRUE);
  g_test_init (&argc, &argv, NULL);
  add ("kinds", both, test_kinds);
  add ("idle", both, test_idle);
  add ("not-too-often", both, test_not_too_often);
  add ("stop", both, test_stop);
  add ("stopped/meanwhile", both, test_stopped_meanwhile);
  add ("stopped/dropped", both, test_dropped_meanwhile);
  g_test_add_func ("/event-reader/destroy", test_destroy);
  g_test_add_func ("/event-reader/refused", test_refused);
  return g_test_run ();
}
