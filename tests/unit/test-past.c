/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The past of one connection, and of all of a table: nothing is lost but sharpness, and a quiet one costs next to
 * nothing. */
#include "ph-past.h"

#include <math.h>

#include "ph-linker.h"
#include "ph-socket-past.h"
#include "socket-samples.h"

#define SECOND ((gint64) G_USEC_PER_SEC)
#define BEGIN  (1000 * SECOND)

static void
push (PhPast *past, gint64 time_us, double received, double sent, double rtt, guint most)
{
  const PhPastValues values = { { (float) received, (float) sent, (float) rtt } };

  ph_past_push (past, time_us, &values, most);
}

/* --- one --- */

static void
test_points (void)
{
  g_autoptr (PhPast) past = ph_past_new (BEGIN);
  PhHistoryPoint points[PH_HISTORY_POINTS_MAX];
  guint n;

  g_assert_cmpuint (ph_past_read (past, PH_PAST_SENT, 0, BEGIN + SECOND, points), ==, 0);
  push (past, BEGIN + 2 * SECOND, 100, 10, 1000, 64);
  push (past, BEGIN + 3 * SECOND, 300, 10, 2000, 64);
  push (past, BEGIN + 3 * SECOND, 900, 10, 2000, 64); /* not later */
  push (past, BEGIN + SECOND, 900, 10, 2000, 64);
  g_assert_cmpint (ph_past_first (past), ==, BEGIN);
  g_assert_cmpint (ph_past_last (past), ==, BEGIN + 3 * SECOND);

  n = ph_past_read (past, PH_PAST_RECEIVED, 60 * SECOND, BEGIN + 3 * SECOND, points);
  g_assert_cmpuint (n, ==, 3);
  g_assert_cmpfloat (points[0].mean, ==, 100);
  g_assert_cmpfloat (points[1].mean, ==, 100);
  g_assert_cmpfloat (points[2].mean, ==, 300);
  g_assert_cmpfloat (points[0].age, ==, 2.5);
  g_assert_cmpfloat (points[2].age, ==, 0.5);
  n = ph_past_read (past, PH_PAST_ROUND_TRIP, 2 * SECOND, BEGIN + 3 * SECOND, points);
  g_assert_cmpuint (n, ==, 2); /* only what lies in the span */
  g_assert_cmpfloat (points[1].mean, ==, 2000);
  /* Time goes on, and nothing new is known. */
  g_assert_cmpuint (ph_past_read (past, PH_PAST_SENT, SECOND, BEGIN + 30 * SECOND, points), ==, 0);
}

/* A point that lies half in a cell counts half, its peak whole; what is not known does not count. */
static void
test_cells (void)
{
  g_autoptr (PhPast) past = ph_past_new (BEGIN);
  PhHistoryPoint points[PH_HISTORY_POINTS_MAX];

  push (past, BEGIN + SECOND / 2, 100, NAN, NAN, 64);
  push (past, BEGIN + SECOND, 300, 20, NAN, 64);
  push (past, BEGIN + 2 * SECOND, NAN, 30, NAN, 64);
  g_assert_cmpuint (ph_past_read (past, PH_PAST_RECEIVED, 60 * SECOND, BEGIN + 2 * SECOND, points), ==, 2);
  g_assert_cmpfloat (points[0].mean, ==, 200);
  g_assert_cmpfloat (points[0].peak, ==, 300);
  g_assert_true (isnan (points[1].mean) && isnan (points[1].peak));
  g_assert_cmpuint (ph_past_read (past, PH_PAST_SENT, 60 * SECOND, BEGIN + 2 * SECOND, points), ==, 2);
  g_assert_cmpfloat (points[0].mean, ==, 20);
  g_assert_cmpuint (ph_past_read (past, PH_PAST_ROUND_TRIP, 60 * SECOND, BEGIN + 2 * SECOND, points), ==, 2);
  g_assert_true (isnan (points[0].mean));
}

static void
test_quiet_is_one_point (void)
{
  g_autoptr (PhPast) past = ph_past_new (BEGIN);

  for (guint i = 1; i <= 10000; i++)
    push (past, BEGIN + i * SECOND, 0, 0, NAN, 64);
  g_assert_cmpuint (ph_past_n_points (past), ==, 1);
  g_assert_cmpint (ph_past_last (past), ==, BEGIN + 10000 * SECOND);
}

/* Whatever comes: so many points, all of the time, as much as there was, the largest peak, and the last minute as
 * sharp as it was. */
static void
test_full (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (6);

  for (guint most = 4; most <= 192; most *= 2)
    {
      g_autoptr (PhPast) past = ph_past_new (BEGIN);
      PhHistoryPoint points[PH_HISTORY_POINTS_MAX];
      double sum = 0, largest = 0, last = 0;
      double peak = 0;
      guint n, seconds = 50000;

      for (guint i = 1; i <= seconds; i++)
        {
          double value = g_rand_int_range (random, 0, 1000000);

          push (past, BEGIN + i * SECOND, value, 1, 500, most);
          sum += value;
          largest = MAX (largest, value);
          last = value;
          g_assert_cmpuint (ph_past_n_points (past), <=, most);
        }
      g_assert_cmpint (ph_past_first (past), ==, BEGIN);
      g_assert_cmpint (ph_past_last (past), ==, BEGIN + seconds * SECOND);
      g_assert_cmpuint (ph_past_size (past), <=, 64 + most * 28);

      n = ph_past_read (past, PH_PAST_RECEIVED, 0, BEGIN + seconds * SECOND, points);
      g_assert_cmpuint (n, >, 60);
      for (guint i = 0; i < n; i++)
        peak = MAX (peak, points[i].peak);
      g_assert_cmpfloat (fabs (peak - largest), <=, 1);
      n = ph_past_read (past, PH_PAST_SENT, 0, BEGIN + seconds * SECOND, points);
      for (guint i = 0; i < n; i++)
        g_assert_cmpfloat (fabs (points[i].mean - 1), <, 0.001); /* no part is lost, none counts twice */
      n = ph_past_read (past, PH_PAST_RECEIVED, SECOND, BEGIN + seconds * SECOND, points);
      g_assert_cmpuint (n, ==, 1);
      g_assert_cmpfloat (points[0].mean, ==, last);
      if (most < 128)
        continue;
      g_assert_cmpuint (ph_past_read (past, PH_PAST_RECEIVED, 60 * SECOND, BEGIN + seconds * SECOND, points), ==, 60);
      g_assert_cmpfloat (points[58].mean, !=, points[59].mean);
      g_assert_cmpfloat (points[57].mean, !=, points[58].mean);
      g_assert_cmpfloat (sum, >, 0);
    }
}

static void
test_fit (void)
{
  g_autoptr (PhPast) past = ph_past_new (BEGIN);
  g_autoptr (PhPast) copy = NULL;

  for (guint i = 1; i <= 100; i++)
    push (past, BEGIN + i * SECOND, i, 0, NAN, 192);
  copy = ph_past_copy (past);
  ph_past_fit (past, 10);
  g_assert_cmpuint (ph_past_n_points (past), <=, 10);
  g_assert_cmpint (ph_past_last (past), ==, BEGIN + 100 * SECOND);
  g_assert_cmpuint (ph_past_n_points (copy), ==, 100);
  g_assert_cmpuint (ph_past_size (past), <, ph_past_size (copy));
}

/* --- all of a table --- */

typedef struct
{
  PhLinker *linker;
  PhSocketPast *pasts;
  PhSnapshot *last;
  PhTcp *tcp; /* [n] */
  guint n;
  gint64 time_us;
} World;

static void
world_init (World *world, guint n)
{
  *world = (World){ .linker = ph_linker_new (&ph_socket_schema), .pasts = ph_socket_past_new (), .n = n };
  world->tcp = g_new0 (PhTcp, n);
  world->time_us = BEGIN;
  for (guint i = 0; i < n; i++)
    world->tcp[i].rtt_us = 1000;
}

static void
world_clear (World *world)
{
  ph_linker_free (world->linker);
  ph_socket_past_free (world->pasts);
  ph_snapshot_unref (world->last);
  g_free (world->tcp);
}

/* A second later; cookies from @from on, which are sockets of their own. */
static void
look (World *world, guint64 from, gboolean tcp_info)
{
  PhSnapshot *snapshot = ph_snapshot_new (&ph_socket_schema, world->time_us);

  ph_snapshot_edit_look (snapshot, PH_REQUEST_TCP4)->look = PH_LOOK_GOOD;
  for (guint i = 0; i < world->n; i++)
    {
      PhSocket *socket = ph_snapshot_add (snapshot);

      *socket = (PhSocket){ .rx_rate = PH_RATE_UNKNOWN, .tx_rate = PH_RATE_UNKNOWN };
      socket->head.request = PH_REQUEST_TCP4;
      socket->key = (PhSocketKey){ .cookie = from + i, .family = PH_SOCKET_FAMILY_INET, .protocol = PH_PROTOCOL_TCP };
      socket->state = PH_STATE_ESTABLISHED;
      if (tcp_info)
        {
          PhTcp *tcp = ph_arena_alloc (ph_snapshot_arena (snapshot), sizeof *tcp);

          *tcp = world->tcp[i];
          socket->tcp = tcp;
        }
    }
  ph_linker_link (world->linker, snapshot);
  ph_socket_past_feed (world->pasts, snapshot);
  ph_snapshot_unref (world->last);
  world->last = snapshot;
  world->time_us += SECOND;
}

static PhPast *
past_of (World *world, guint64 cookie)
{
  const PhSocketKey key = { .cookie = cookie, .family = PH_SOCKET_FAMILY_INET, .protocol = PH_PROTOCOL_TCP };
  const PhSocket *socket = ph_snapshot_find (world->last, &key);

  g_assert_nonnull (socket);
  return ph_socket_past_dup (world->pasts, socket, ph_snapshot_time (world->last));
}

static void
test_idle (void)
{
  World world;
  PhPast *past;
  PhHistoryPoint points[PH_HISTORY_POINTS_MAX];
  gsize before;

  world_init (&world, 10000);
  before = ph_socket_past_size (world.pasts);
  for (guint i = 0; i < 20; i++)
    look (&world, 1, TRUE);
  g_assert_cmpuint (ph_socket_past_n_pasts (world.pasts), ==, 0);
  g_assert_cmpuint (ph_socket_past_size (world.pasts) - before, ==, 10000 * 8);

  past = past_of (&world, 77);
  g_assert_cmpint (ph_past_first (past), ==, BEGIN);
  g_assert_cmpint (ph_past_last (past), ==, BEGIN + 19 * SECOND);
  g_assert_cmpuint (ph_past_read (past, PH_PAST_ROUND_TRIP, 0, ph_snapshot_time (world.last), points), ==, 19);
  g_assert_cmpfloat (points[3].mean, ==, 1000);
  ph_past_read (past, PH_PAST_SENT, 0, ph_snapshot_time (world.last), points);
  g_assert_cmpfloat (points[3].mean, ==, 0);
  ph_past_free (past);
  world_clear (&world);
}

/* What was before the first change is told as it was. */
static void
test_wakes_up (void)
{
  World world;
  PhPast *past;
  PhHistoryPoint points[PH_HISTORY_POINTS_MAX];

  world_init (&world, 3);
  for (guint i = 0; i < 10; i++)
    look (&world, 1, TRUE);
  world.tcp[1].bytes_received += 5000;
  world.tcp[1].rtt_us = 3000;
  look (&world, 1, TRUE);
  look (&world, 1, TRUE);
  g_assert_cmpuint (ph_socket_past_n_pasts (world.pasts), ==, 1);

  past = past_of (&world, 2);
  g_assert_cmpuint (ph_past_read (past, PH_PAST_RECEIVED, 0, ph_snapshot_time (world.last), points), ==, 11);
  g_assert_cmpfloat (points[8].mean, ==, 0);
  g_assert_cmpfloat (points[9].mean, ==, 5000);
  g_assert_cmpfloat (points[10].mean, ==, 0);
  ph_past_read (past, PH_PAST_ROUND_TRIP, 0, ph_snapshot_time (world.last), points);
  g_assert_cmpfloat (points[8].mean, ==, 1000);
  g_assert_cmpfloat (points[10].mean, ==, 3000);
  ph_past_free (past);
  world_clear (&world);
}

/* A slot that is another's by now tells nothing of the one before. */
static void
test_slots (void)
{
  World world;
  PhPast *past;

  world_init (&world, 4);
  for (guint64 life = 0; life < 20; life++)
    for (guint i = 0; i < 3; i++)
      {
        for (guint j = 0; j < world.n; j++)
          world.tcp[j].bytes_received += 1000;
        look (&world, 1 + life * 100, TRUE);
        past = past_of (&world, 1 + life * 100);
        g_assert_true (i == 0 ? past == NULL : ph_past_first (past) == world.time_us - (i + 1) * SECOND);
        ph_past_free (past);
        g_assert_cmpuint (ph_socket_past_n_pasts (world.pasts), <=, 2 * world.n);
      }
  world_clear (&world);
}

/* Looks without tcp_info are a gap, and of who slept through it nothing is known from before. */
static void
test_gap (void)
{
  World world;
  PhPast *past;
  PhHistoryPoint points[PH_HISTORY_POINTS_MAX];
  guint n, known = 0;

  world_init (&world, 2);
  look (&world, 1, TRUE);
  world.tcp[0].bytes_acked = 700;
  look (&world, 1, TRUE);
  for (guint i = 0; i < 5; i++)
    look (&world, 1, FALSE);
  g_assert_null (past_of (&world, 2));
  for (guint i = 0; i < 5; i++)
    look (&world, 1, TRUE);
  past = past_of (&world, 1);
  n = ph_past_read (past, PH_PAST_SENT, 0, ph_snapshot_time (world.last), points);
  g_assert_cmpuint (n, ==, 11);
  for (guint i = 0; i < n; i++)
    known += isnan (points[i].mean) ? 0 : 1;
  g_assert_cmpuint (known, <, n);
  g_assert_cmpfloat (points[0].mean, ==, 700);
  ph_past_free (past);
  past = past_of (&world, 2);
  g_assert_cmpint (ph_past_first (past), ==, BEGIN + 7 * SECOND);
  ph_past_free (past);
  world_clear (&world);
}

/* All of them busy: it stays within its budget, and every one of them reaches back to its beginning. */
static void
test_budget (void)
{
  const guint n = 3000;
  World world;

  world_init (&world, n);
  for (guint i = 0; i < 150; i++)
    {
      for (guint j = 0; j < n; j++)
        world.tcp[j].bytes_received += 1 + (i * 7919 + j * 104729) % 9973;
      look (&world, 1, TRUE);
      g_assert_cmpuint (ph_socket_past_size (world.pasts), <=,
                        PH_SOCKET_PAST_BUDGET + n * (PH_SOCKET_PAST_BUDGET_ROW + 24) + 4096);
    }
  g_assert_cmpuint (ph_socket_past_n_pasts (world.pasts), ==, n);
  for (guint j = 0; j < n; j += 97)
    {
      g_autoptr (PhPast) past = past_of (&world, 1 + j);

      g_assert_cmpint (ph_past_first (past), ==, BEGIN);
      g_assert_cmpint (ph_past_last (past), ==, BEGIN + 149 * SECOND);
      g_assert_cmpuint (ph_past_n_points (past), >=, 2);
    }
  world_clear (&world);
}

/* Snapshots of another source begin anew; one that comes again, or late, is no harm. */
static void
test_sources (void)
{
  World world, other;
  PhSnapshot *first;

  world_init (&world, 2);
  world_init (&other, 2);
  look (&world, 1, TRUE);
  first = ph_snapshot_ref (world.last);
  world.tcp[0].bytes_received = 100;
  look (&world, 1, TRUE);
  ph_socket_past_feed (world.pasts, first);
  ph_socket_past_feed (world.pasts, world.last);
  g_assert_cmpuint (ph_socket_past_n_pasts (world.pasts), ==, 1);
  look (&other, 1, TRUE);
  ph_socket_past_feed (world.pasts, other.last);
  g_assert_cmpuint (ph_socket_past_n_pasts (world.pasts), ==, 0);
  ph_snapshot_unref (first);
  world_clear (&world);
  world_clear (&other);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/past/points", test_points);
  g_test_add_func ("/past/cells", test_cells);
  g_test_add_func ("/past/quiet", test_quiet_is_one_point);
  g_test_add_func ("/past/full", test_full);
  g_test_add_func ("/past/fit", test_fit);
  g_test_add_func ("/socket-past/idle", test_idle);
  g_test_add_func ("/socket-past/wakes-up", test_wakes_up);
  g_test_add_func ("/socket-past/slots", test_slots);
  g_test_add_func ("/socket-past/gap", test_gap);
  g_test_add_func ("/socket-past/budget", test_budget);
  g_test_add_func ("/socket-past/sources", test_sources);
  return g_test_run ();
}
