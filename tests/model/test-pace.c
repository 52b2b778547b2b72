/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How the interval stretches and comes back, with invented durations. */
#include "ph-pace.h"

#define MS G_GINT64_CONSTANT (1000)

static void
test_fast (void)
{
  PhPace pace;

  ph_pace_init (&pace, 1000 * MS);
  for (guint i = 0; i < 10; i++)
    ph_pace_add (&pace, 200 * MS);
  g_assert_cmpint (pace.effective, ==, 1000 * MS);
}

/* One slow collection, be it the first, is no reason. */
static void
test_single (void)
{
  PhPace pace;

  ph_pace_init (&pace, 1000 * MS);
  ph_pace_add (&pace, 5000 * MS);
  g_assert_cmpint (pace.effective, ==, 1000 * MS);
  for (guint i = 0; i < 20; i++)
    {
      ph_pace_add (&pace, i % 4 == 3 ? 5000 * MS : 50 * MS);
      g_assert_cmpint (pace.effective, ==, 1000 * MS);
    }
}

static void
test_slow (void)
{
  PhPace pace;

  ph_pace_init (&pace, 500 * MS);
  ph_pace_add (&pace, 301 * MS);
  ph_pace_add (&pace, 301 * MS);
  g_assert_cmpint (pace.effective, ==, 1300 * MS); /* 1204, rounded up */

  /* A little more or less changes nothing. */
  for (guint i = 0; i < 10; i++)
    {
      ph_pace_add (&pace, (i % 2 ? 270 : 380) * MS);
      g_assert_cmpint (pace.effective, ==, 1300 * MS);
    }

  /* A lot does. */
  for (guint i = 0; i < 3; i++)
    ph_pace_add (&pace, 1000 * MS);
  g_assert_cmpint (pace.effective, ==, 4000 * MS);

  /* Nearly fast enough is not: it would be back at once. */
  for (guint i = 0; i < 3; i++)
    ph_pace_add (&pace, 120 * MS);
  g_assert_cmpint (pace.effective, ==, 500 * MS);
  for (guint i = 0; i < 3; i++)
    ph_pace_add (&pace, 130 * MS);
  g_assert_cmpint (pace.effective, ==, 600 * MS);
  for (guint i = 0; i < 3; i++)
    ph_pace_add (&pace, 110 * MS);
  g_assert_cmpint (pace.effective, >=, 500 * MS);
  g_assert_cmpint (pace.effective, <=, 600 * MS);
  for (guint i = 0; i < 3; i++)
    ph_pace_add (&pace, 90 * MS);
  g_assert_cmpint (pace.effective, ==, 500 * MS);
}

/* Another interval is weighed at once by what is known. */
static void
test_interval (void)
{
  PhPace pace;

  ph_pace_init (&pace, 5000 * MS);
  for (guint i = 0; i < 3; i++)
    ph_pace_add (&pace, 500 * MS);
  g_assert_cmpint (pace.effective, ==, 5000 * MS);
  ph_pace_set_interval (&pace, 1000 * MS);
  g_assert_cmpint (pace.effective, ==, 2000 * MS);
  ph_pace_set_interval (&pace, 10000 * MS);
  g_assert_cmpint (pace.effective, ==, 10000 * MS);
}

/* Never more than a quarter of the time, whatever it takes; and the rest is never nothing. */
static void
test_share (void)
{
  for (gint64 taken = 1 * MS; taken < 60000 * MS; taken = taken * 3 / 2 + 1)
    {
      PhPace pace;

      ph_pace_init (&pace, 1000 * MS);
      for (guint i = 0; i < 3; i++)
        ph_pace_add (&pace, taken);
      g_assert_cmpint (4 * taken, <=, pace.effective);
      g_assert_cmpint (ph_pace_rest (&pace, 100, 100 + taken) + taken, ==, pace.effective);
      g_assert_cmpint (ph_pace_rest (&pace, 100, 100 + 10 * pace.effective), ==, pace.effective / 4);
    }
}

/* With news the interval does not count, but the share does. */
static void
test_short_rest (void)
{
  PhPace pace;

  ph_pace_init (&pace, 5000 * MS);
  g_assert_cmpint (ph_pace_short_rest (&pace, 100, 100), ==, 0);
  for (guint i = 0; i < 3; i++)
    ph_pace_add (&pace, 130 * MS);
  g_assert_cmpint (ph_pace_rest (&pace, 100, 100 + 130 * MS), ==, 4870 * MS);
  g_assert_cmpint (ph_pace_short_rest (&pace, 100, 100 + 130 * MS), ==, 390 * MS);
  g_assert_cmpint (ph_pace_short_rest (&pace, 100, 100 + 520 * MS), ==, 0);
  g_assert_cmpint (ph_pace_short_rest (&pace, 100, 100 + 3000 * MS), ==, 0);

  /* Never later than without. */
  ph_pace_set_interval (&pace, 520 * MS);
  g_assert_cmpint (ph_pace_short_rest (&pace, 100, 100 + 10 * MS), <=, ph_pace_rest (&pace, 100, 100 + 10 * MS));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pace/fast", test_fast);
  g_test_add_func ("/pace/single", test_single);
  g_test_add_func ("/pace/slow", test_slow);
  g_test_add_func ("/pace/interval", test_interval);
  g_test_add_func ("/pace/share", test_share);
  g_test_add_func ("/pace/short-rest", test_short_rest);
  return g_test_run ();
}
