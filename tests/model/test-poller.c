/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * When collections happen, with a real source. Two at once would show as an error: the source refuses the second.
 */
#include "ph-poller.h"

#include "crowd.h"
#include "loop.h"
#include "ph-socket.h"

#define BIT(name) (G_GUINT64_CONSTANT (1) << (name))

static const PhPlan small = { .requests = BIT (PH_REQUEST_UNIX) };

typedef struct
{
  PhSource *source;
  PhTable *table;
  PhPoller *poller;
  guint n_synced;
  guint n_errors;
  guint n_stretched;
  gint64 collecting_us; /* all collections */
} Fixture;

static void
synced (PhTable *table, Fixture *f)
{
  f->n_synced++;
}

static void
polled (PhPoller *poller, Fixture *f)
{
  gint64 collect_us;

  ph_poller_get_timing (poller, &collect_us, NULL, NULL);
  f->collecting_us += collect_us;
}

static void
count (GObject *object, GParamSpec *pspec, guint *n)
{
  ++*n;
}

static void
set_up (Fixture *f, gconstpointer data)
{
  f->source = ph_source_new (&ph_socket_topic, NULL);
  f->table = ph_table_new (&ph_socket_schema);
  f->poller = ph_poller_new (f->source, f->table);
  ph_poller_set_interval (f->poller, 50);
  ph_poller_set_plan (f->poller, &small);
  g_signal_connect (f->table, "synced", G_CALLBACK (synced), f);
  g_signal_connect (f->poller, "polled", G_CALLBACK (polled), f);
  g_signal_connect (f->poller, "notify::error", G_CALLBACK (count), &f->n_errors);
  g_signal_connect (f->poller, "notify::stretched", G_CALLBACK (count), &f->n_stretched);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  if (f->poller != NULL)
    g_assert_finalize_object (f->poller);
  g_object_unref (f->source);
  g_object_unref (f->table);
  /* The worker may still be at it. */
  loop_run_for (20);
}

static void
test_polls (Fixture *f, gconstpointer data)
{
  gint64 collect_us, owners_us, sync_us;

  RUN_UNTIL (loop_is_asleep ());
  loop_run_for (100);
  g_assert_cmpuint (f->n_synced, ==, 0);
  ph_poller_get_timing (f->poller, &collect_us, &owners_us, &sync_us);
  g_assert_cmpint (collect_us, ==, 0);

  /* At once, not after an interval. */
  ph_poller_set_interval (f->poller, 60000);
  ph_poller_set_active (f->poller, TRUE);
  RUN_UNTIL (f->n_synced == 1);
  ph_poller_get_timing (f->poller, &collect_us, &owners_us, &sync_us);
  g_assert_cmpint (collect_us, >, 0);

  /* A new interval counts at once too, and from when the last one began. */
  ph_poller_set_interval (f->poller, 50);
  gint64 began = g_get_monotonic_time ();
  RUN_UNTIL (f->n_synced == 6);
  g_assert_cmpint (g_get_monotonic_time () - began, >=, 4 * 45000);
  g_assert_cmpuint (f->n_errors, ==, 0);
  g_assert_null (ph_poller_get_error (f->poller));
}

/* Every wish at any time, from everybody. */
static void
test_never_overlaps (Fixture *f, gconstpointer data)
{
  gint64 end = g_get_monotonic_time () + 2 * G_USEC_PER_SEC;
  PhPlan large = { .requests = BIT (PH_REQUEST_UNIX) | BIT (PH_REQUEST_TCP4), .owners = TRUE };

  while (g_get_monotonic_time () < end)
    {
      switch (g_random_int_range (0, 8))
        {
        case 0:
          ph_poller_refresh (f->poller);
          break;
        case 1:
          ph_poller_set_active (f->poller, g_random_int_range (0, 4) > 0);
          break;
        case 2:
          ph_poller_set_paused (f->poller, g_random_int_range (0, 4) == 0);
          break;
        case 3:
          ph_poller_set_plan (f->poller, g_random_boolean () ? &small : &large);
          break;
        case 4:
          ph_poller_set_interval (f->poller, g_random_int_range (50, 60));
          break;
        default:
          loop_run_for (g_random_int_range (0, 10));
        }
    }
  g_assert_cmpuint (f->n_errors, ==, 0);
  g_assert_cmpuint (f->n_synced, >, 10);
}

static void
test_paused (Fixture *f, gconstpointer data)
{
  ph_poller_set_active (f->poller, TRUE);
  RUN_UNTIL (f->n_synced == 2);

  /* Also the one under way, if there is one. */
  ph_poller_set_paused (f->poller, TRUE);
  f->n_synced = 0;
  loop_run_for (200);
  g_assert_cmpuint (f->n_synced, ==, 0);
  RUN_UNTIL (loop_is_asleep ());

  ph_poller_refresh (f->poller);
  RUN_UNTIL (f->n_synced == 1);
  loop_run_for (200);
  g_assert_cmpuint (f->n_synced, ==, 1);
  RUN_UNTIL (loop_is_asleep ());

  /* Asked for, and then paused: still asked for. */
  ph_poller_set_paused (f->poller, FALSE);
  ph_poller_refresh (f->poller);
  ph_poller_set_paused (f->poller, TRUE);
  RUN_UNTIL (f->n_synced == 2);
  loop_run_for (100);
  g_assert_cmpuint (f->n_synced, ==, 2);

  ph_poller_set_interval (f->poller, 60000);
  ph_poller_set_paused (f->poller, FALSE);
  RUN_UNTIL (f->n_synced == 3);
  g_assert_cmpuint (f->n_errors, ==, 0);
}

static void
test_inactive (Fixture *f, gconstpointer data)
{
  ph_poller_set_active (f->poller, TRUE);
  ph_poller_set_active (f->poller, FALSE);
  loop_run_for (200);
  g_assert_cmpuint (f->n_synced, ==, 0);
  RUN_UNTIL (loop_is_asleep ());

  /* Nor what would have come next. */
  ph_poller_set_active (f->poller, TRUE);
  ph_poller_refresh (f->poller);
  ph_poller_set_active (f->poller, FALSE);
  loop_run_for (200);
  g_assert_cmpuint (f->n_synced, ==, 0);

  /* Between two polls. */
  ph_poller_set_active (f->poller, TRUE);
  RUN_UNTIL (f->n_synced == 2);
  g_assert_false (loop_is_asleep ());
  ph_poller_set_active (f->poller, FALSE);
  f->n_synced = 0;
  loop_run_for (200);
  g_assert_cmpuint (f->n_synced, ==, 0);
  RUN_UNTIL (loop_is_asleep ());

  /* Back while the cancelled one has not ended yet. */
  ph_poller_set_active (f->poller, TRUE);
  ph_poller_set_active (f->poller, FALSE);
  ph_poller_set_active (f->poller, TRUE);
  RUN_UNTIL (f->n_synced == 1);
  g_assert_cmpuint (f->n_errors, ==, 0);
}

static void
test_plan (Fixture *f, gconstpointer data)
{
  PhPlan more = small;

  ph_poller_set_interval (f->poller, 60000);
  ph_poller_set_active (f->poller, TRUE);
  RUN_UNTIL (f->n_synced == 1);
  g_assert_cmpint (ph_snapshot_look (ph_table_get_snapshot (f->table), PH_REQUEST_TCP4)->look, ==, PH_LOOK_NOT_ASKED);

  more.requests |= BIT (PH_REQUEST_TCP4);
  ph_poller_set_plan (f->poller, &more);
  RUN_UNTIL (f->n_synced == 2);
  g_assert_cmpint (ph_snapshot_look (ph_table_get_snapshot (f->table), PH_REQUEST_TCP4)->look, ==, PH_LOOK_GOOD);

  /* Asking for less can wait. */
  ph_poller_set_plan (f->poller, &small);
  loop_run_for (100);
  g_assert_cmpuint (f->n_synced, ==, 2);
}

static void
other_collected (GObject *source, GAsyncResult *result, gpointer done)
{
  ph_snapshot_unref (ph_source_collect_finish (PH_SOURCE (source), result, NULL, NULL, NULL));
  *(gboolean *) done = TRUE;
}

/* As when somebody else uses the source: an error, until it is none. What was there stays. */
static void
test_error (Fixture *f, gconstpointer data)
{
  static const PhPlan full = { .requests = BIT (PH_REQUEST_UNIX), .owners = TRUE, .full_owners = TRUE };
  gboolean other_done = FALSE;

  ph_poller_refresh (f->poller);
  RUN_UNTIL (f->n_synced == 1);

  /* Somebody else has the source. */
  ph_source_collect_async (f->source, &full, NULL, other_collected, &other_done);
  ph_poller_refresh (f->poller);
  RUN_UNTIL (f->n_errors > 0);
  g_assert_nonnull (ph_poller_get_error (f->poller));
  g_assert_nonnull (ph_table_get_snapshot (f->table));

  RUN_UNTIL (other_done);
  ph_poller_refresh (f->poller);
  RUN_UNTIL (f->n_errors > 1);
  g_assert_null (ph_poller_get_error (f->poller));
}

/* So many sockets that looking for their owners takes more than a quarter of the interval. */
static void
test_stretched (Fixture *f, gconstpointer data)
{
  PhPlan full = { .requests = BIT (PH_REQUEST_UNIX), .owners = TRUE, .full_owners = TRUE };
  int fds[16000];
  guint n = crowd_open (fds, G_N_ELEMENTS (fds));
  gboolean stretched;
  guint effective;

  if (n < 8000)
    g_test_skip ("May not open enough sockets");
  else
    {
      ph_poller_set_plan (f->poller, &full);
      ph_poller_set_active (f->poller, TRUE);
      RUN_UNTIL (f->n_stretched == 1);
      g_object_get (f->poller, "stretched", &stretched, "effective-interval", &effective, NULL);
      g_assert_true (stretched);
      g_assert_cmpuint (effective, >, 50);
      g_assert_cmpuint (effective, ==, ph_poller_get_effective_interval (f->poller));
      g_assert_cmpuint (ph_poller_get_interval (f->poller), ==, 50);

      /* A longer interval needs no stretching. */
      ph_poller_set_interval (f->poller, 60000);
      g_assert_cmpuint (f->n_stretched, ==, 2);
      g_assert_cmpuint (ph_poller_get_effective_interval (f->poller), ==, 60000);
    }

  crowd_close (fds, n);
}

/* News are collected long before the interval is over, but they do not keep it collecting all the time. */
static void
test_hastened (Fixture *f, gconstpointer data)
{
  gint64 end;

  ph_poller_set_interval (f->poller, 60000);
  ph_poller_hasten (f->poller);
  loop_run_for (50);
  g_assert_cmpuint (f->n_synced, ==, 0);

  ph_poller_set_active (f->poller, TRUE);
  RUN_UNTIL (f->n_synced == 1);
  loop_run_for (50);
  g_assert_cmpuint (f->n_synced, ==, 1);
  ph_poller_hasten (f->poller);
  RUN_UNTIL (f->n_synced == 2);
  loop_run_for (50);
  g_assert_cmpuint (f->n_synced, ==, 2);

  /* While one is under way: once more. */
  ph_poller_refresh (f->poller);
  ph_poller_hasten (f->poller);
  RUN_UNTIL (f->n_synced == 4);
  loop_run_for (50);
  g_assert_cmpuint (f->n_synced, ==, 4);

  ph_poller_set_paused (f->poller, TRUE);
  ph_poller_hasten (f->poller);
  loop_run_for (50);
  g_assert_cmpuint (f->n_synced, ==, 4);
  ph_poller_set_paused (f->poller, FALSE);

  end = g_get_monotonic_time () + 500 * 1000;
  f->n_synced = 0;
  f->collecting_us = 0;
  while (g_get_monotonic_time () < end)
    {
      ph_poller_hasten (f->poller);
      loop_run_for (1);
    }
  g_assert_cmpuint (f->n_synced, >, 1);
  g_assert_cmpint (f->collecting_us, <, 500 * 1000 / 2); /* a quarter, give or take what is measured late */
}

/* It may go at any moment. */
static void
test_dropped (Fixture *f, gconstpointer data)
{
  ph_poller_set_active (f->poller, TRUE);
  g_assert_finalize_object (g_steal_pointer (&f->poller));
  loop_run_for (100);
  g_assert_cmpuint (f->n_synced, ==, 0);
  RUN_UNTIL (loop_is_asleep ());
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, test) g_test_add ("/poller/" name, Fixture, NULL, set_up, test, tear_down)
  ADD ("polls", test_polls);
  ADD ("never-overlaps", test_never_overlaps);
  ADD ("paused", test_paused);
  ADD ("inactive", test_inactive);
  ADD ("plan", test_plan);
  ADD ("error", test_error);
  ADD ("stretched", test_stretched);
  ADD ("hastened", test_hastened);
  ADD ("dropped", test_dropped);
  return g_test_run ();
}
