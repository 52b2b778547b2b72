/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Histories: what goes in comes out, in every span, whenever it is pushed; against a naive one that keeps everything.
 */
#include <glib.h>
#include <math.h>

#include "ph-history.h"

#define SECOND ((gint64) G_USEC_PER_SEC)
#define START  (1000 * SECOND)

static void
push (PhHistory *history, gint64 time_us, double value)
{
  ph_history_push (history, time_us, 3 * SECOND, &value);
}

static guint
read_points (PhHistory *history, PhSpan span, gint64 now_us, PhHistoryPoint points[PH_HISTORY_POINTS_MAX])
{
  guint n = ph_history_read (history, 0, span, now_us, points);
  double reach = (double) (ph_span_length (span) + ph_span_step (span)) / SECOND;

  g_assert_cmpuint (n, <=, PH_HISTORY_POINTS_MAX);
  for (guint i = 0; i < n; i++)
    {
      g_assert_cmpfloat (points[i].age, >=, 0);
      g_assert_cmpfloat (points[i].age, <=, reach);
      g_assert_true (i == 0 || points[i].age < points[i - 1].age);
      g_assert_true (isnan (points[i].mean) == isnan (points[i].peak));
      g_assert_false (points[i].mean > points[i].peak + 1e-6);
    }
  return n;
}

static void
test_spans (void)
{
  g_assert_cmpint (ph_span_length (PH_SPAN_MINUTE), ==, 60 * SECOND);
  g_assert_cmpint (ph_span_length (PH_SPAN_TEN_MINUTES), ==, 600 * SECOND);
  g_assert_cmpint (ph_span_length (PH_SPAN_HOUR), ==, 3600 * SECOND);
  for (guint i = 0; i < PH_N_SPANS; i++)
    g_assert_cmpint (ph_span_length (i) % ph_span_step (i), ==, 0);
}

static void
test_empty (void)
{
  g_autoptr (PhHistory) history = ph_history_new (1);
  PhHistoryPoint points[PH_HISTORY_POINTS_MAX];

  for (guint i = 0; i < PH_N_SPANS; i++)
    {
      g_assert_cmpuint (ph_history_read (history, 0, i, START, points), ==, 0);
      g_assert_cmpfloat (ph_history_peak (history, i, START), ==, 0);
    }
}

/* A constant is a constant in every span; there are as many points as there was time, and never more than fit. */
static void
test_constant (void)
{
  g_autoptr (PhHistory) history = ph_history_new (1);
  PhHistoryPoint points[PH_HISTORY_POINTS_MAX];

  for (gint64 i = 0; i <= 4000; i++)
    {
      gint64 now = START + i * SECOND;

      push (history, now, 42);
      for (guint span = 0; span < PH_N_SPANS; span++)
        {
          guint n = read_points (history, span, now, points);
          gint64 step = ph_span_step (span) / SECOND;
          gint64 expected = MIN (i, ph_span_length (span) / SECOND) / step;

          g_assert_cmpint (n, >=, expected);
          g_assert_cmpint (n, <=, expected + 3);
          for (guint j = 0; j < n; j++)
            {
              g_assert_cmpfloat_with_epsilon (points[j].mean, 42, 1e-9);
              g_assert_cmpfloat (points[j].peak, ==, 42);
            }
          g_assert_cmpfloat (ph_history_peak (history, span, now), ==, 42);
        }
    }
}

/* Looks each ten seconds fill the ten seconds before them. */
static void
test_slow_looks (void)
{
  g_autoptr (PhHistory) history = ph_history_new (1);
  PhHistoryPoint points[PH_HISTORY_POINTS_MAX];
  guint n;

  for (gint64 i = 1; i <= 6; i++)
    {
      double value = (double) i;

      ph_history_push (history, START + i * 10 * SECOND, 30 * SECOND, &value);
    }
  n = read_points (history, PH_SPAN_MINUTE, START + 60 * SECOND, points);
  g_assert_cmpuint (n, ==, 51); /* fifty seconds, and one for the first look */
  g_assert_cmpfloat (points[0].mean, ==, 1);
  g_assert_cmpfloat (points[1].mean, ==, 2);
  g_assert_cmpfloat (points[10].mean, ==, 2);
  g_assert_cmpfloat (points[11].mean, ==, 3);
  g_assert_cmpfloat (points[50].mean, ==, 6);
  g_assert_cmpfloat (points[50].age, ==, 0.5);
}

/* A burst between two quiet looks is seen in the peak of every span, and does not stand higher than its mean. */
static void
test_burst (void)
{
  g_autoptr (PhHistory) history = ph_history_new (1);
  PhHistoryPoint points[PH_HISTORY_POINTS_MAX];
  guint n;

  for (gint64 i = 1; i <= 60; i++)
    push (history, START + 20 * SECOND + i * SECOND, i == 30 ? 3000 : 0);
  for (guint span = 0; span < PH_N_SPANS; span++)
    {
      double total = 0;

      g_assert_cmpfloat (ph_history_peak (history, span, START + 80 * SECOND), ==, 3000);
      n = read_points (history, span, START + 80 * SECOND, points);
      for (guint i = 0; i < n; i++)
        total += points[i].mean;
      /* One second of it in a point of so many seconds; the hour's points are known in part at both ends. */
      g_assert_cmpfloat_with_epsilon (total, 3000.0 * SECOND / ph_span_step (span), 1e-6);
    }
}

/* What was not known, and pauses in looking, are gaps; a longer span's points live on what was known of their time. */
static void
test_gaps (void)
{
  g_autoptr (PhHistory) history = ph_history_new (1);
  PhHistoryPoint points[PH_HISTORY_POINTS_MAX];
  guint n, gaps = 0;

  for (gint64 i = 1; i <= 10; i++)
    push (history, START + i * SECOND, i == 4 ? NAN : 10);
  n = read_points (history, PH_SPAN_MINUTE, START + 10 * SECOND, points);
  g_assert_cmpuint (n, ==, 10);
  for (guint i = 0; i < n; i++)
    g_assert_cmpint (isnan (points[i].mean) != 0, ==, i == 3);
  n = read_points (history, PH_SPAN_TEN_MINUTES, START + 10 * SECOND, points);
  for (guint i = 0; i < n; i++)
    g_assert_cmpfloat (points[i].mean, ==, 10);

  push (history, START + 30 * SECOND, 20);
  n = read_points (history, PH_SPAN_MINUTE, START + 30 * SECOND, points);
  g_assert_cmpuint (n, ==, 30);
  for (guint i = 10; i < n; i++)
    gaps += isnan (points[i].mean) != 0;
  g_assert_cmpuint (gaps, ==, 19);
  g_assert_cmpfloat (points[29].mean, ==, 20);

  /* A pause longer than the span leaves nothing but the last point. */
  push (history, START + 10000 * SECOND, 30);
  for (guint span = 0; span < PH_N_SPANS; span++)
    {
      n = read_points (history, span, START + 10000 * SECOND, points);
      gaps = 0;
      for (guint i = 0; i < n; i++)
        gaps += isnan (points[i].mean) != 0;
      g_assert_cmpuint (n - gaps, >=, 1); /* its time may reach over the border of two */
      g_assert_cmpuint (n - gaps, <=, 2);
      g_assert_cmpfloat (ph_history_peak (history, span, START + 10000 * SECOND), ==, 30);
    }
}

/* Time goes on with no looks: what was seen moves out of sight. */
static void
test_moves_out (void)
{
  g_autoptr (PhHistory) history = ph_history_new (1);
  PhHistoryPoint points[PH_HISTORY_POINTS_MAX];

  for (gint64 i = 1; i <= 60; i++)
    push (history, START + i * SECOND, 5);
  g_assert_cmpuint (read_points (history, PH_SPAN_MINUTE, START + 90 * SECOND, points), ==, 30);
  g_assert_cmpfloat (points[29].age, ==, 30.5);
  g_assert_cmpuint (read_points (history, PH_SPAN_MINUTE, START + 121 * SECOND, points), ==, 0);
  g_assert_cmpfloat (ph_history_peak (history, PH_SPAN_MINUTE, START + 121 * SECOND), ==, 0);
  g_assert_cmpfloat (ph_history_peak (history, PH_SPAN_HOUR, START + 121 * SECOND), ==, 5);
  /* Somebody asks with an old time. */
  g_assert_cmpuint (ph_history_read (history, 0, PH_SPAN_MINUTE, 0, points), ==, 0);
}

static void
test_odd_times (void)
{
  g_autoptr (PhHistory) history = ph_history_new (1);
  PhHistoryPoint points[PH_HISTORY_POINTS_MAX];

  push (history, -5, 1);
  push (history, 0, 1);
  g_assert_cmpuint (ph_history_read (history, 0, PH_SPAN_MINUTE, START, points), ==, 0);
  push (history, START, 1);
  push (history, START, 7); /* the same time, and an earlier one: left out */
  push (history, START - SECOND, 7);
  g_assert_cmpfloat (ph_history_peak (history, PH_SPAN_MINUTE, START), ==, 1);
  push (history, G_MAXINT64 / 2, 3);
  g_assert_cmpfloat (ph_history_peak (history, PH_SPAN_HOUR, G_MAXINT64 / 2), ==, 3);
  ph_history_clear (history);
  g_assert_cmpuint (ph_history_read (history, 0, PH_SPAN_HOUR, G_MAXINT64 / 2, points), ==, 0);
  push (history, 2 * SECOND, 4); /* the machine's first seconds */
  g_assert_cmpuint (read_points (history, PH_SPAN_HOUR, 2 * SECOND, points), ==, 1);
  g_assert_cmpfloat (points[0].mean, ==, 4);
}

static void
test_series (void)
{
  g_autoptr (PhHistory) history = ph_history_new (3);
  PhHistoryPoint points[PH_HISTORY_POINTS_MAX];

  for (gint64 i = 1; i <= 30; i++)
    {
      const double values[] = { (double) i, NAN, -1 };

      ph_history_push (history, START + i * SECOND, 3 * SECOND, values);
    }
  g_assert_cmpuint (ph_history_read (history, 0, PH_SPAN_MINUTE, START + 30 * SECOND, points), ==, 30);
  g_assert_cmpfloat (points[29].mean, ==, 30);
  g_assert_cmpuint (ph_history_read (history, 1, PH_SPAN_MINUTE, START + 30 * SECOND, points), ==, 30);
  g_assert_true (isnan (points[7].mean));
  g_assert_cmpuint (ph_history_read (history, 2, PH_SPAN_MINUTE, START + 30 * SECOND, points), ==, 30);
  g_assert_cmpfloat (points[7].mean, ==, -1);
  g_assert_cmpfloat (points[7].peak, ==, -1);
  g_assert_cmpfloat (ph_history_peak (history, PH_SPAN_MINUTE, START + 30 * SECOND), ==, 30);
}

/* --- against a naive one --- */

typedef struct
{
  gint64 from, to;
  double value;
} Piece;

/* The mean of what is known of a cell of the span, straight from all that was ever pushed. */
static gboolean
naive (const GArray *pieces, gint64 start, gint64 end, double *mean, double *peak)
{
  double area = 0, known = 0;

  *peak = -INFINITY;
  for (guint i = 0; i < pieces->len; i++)
    {
      const Piece *piece = &g_array_index (pieces, Piece, i);
      gint64 overlap = MIN (piece->to, end) - MAX (piece->from, start);

      if (overlap <= 0 || isnan (piece->value))
        continue;
      area += piece->value * (double) overlap;
      known += (double) overlap;
      *peak = MAX (*peak, piece->value);
    }
  *mean = area / known;
  return known > 0;
}

static void
check_against_naive (PhSpan span)
{
  g_autoptr (PhHistory) history = ph_history_new (1);
  g_autoptr (GArray) pieces = g_array_new (FALSE, FALSE, sizeof (Piece));
  gint64 step = ph_span_step (span), time = START, last = 0;

  for (guint i = 0; i < 300; i++)
    {
      /* Mostly a step or less, at times a pause. */
      gint64 reach = 3 * step;
      gint64 elapsed = g_test_rand_int_range (1, (gint32) (g_test_rand_int_range (0, 10) == 0 ? 20 * step : 2 * step));
      double value = g_test_rand_int_range (0, 8) == 0 ? NAN : g_test_rand_double_range (0, 1e6);
      PhHistoryPoint points[PH_HISTORY_POINTS_MAX];
      Piece piece;
      guint n;

      time += elapsed;
      piece = (Piece){ last != 0 && elapsed <= reach ? last : MAX (last, time - step), time, value };
      g_array_append_val (pieces, piece);
      ph_history_push (history, time, reach, &value);
      last = time;

      n = read_points (history, span, time, points);
      for (guint j = 0; j < n; j++)
        {
          gint64 cell = (time - 1) / step - (n - 1) + j;
          double mean, peak;

          if (!naive (pieces, cell * step, (cell + 1) * step, &mean, &peak))
            g_assert_true (isnan (points[j].mean));
          else
            {
              g_assert_cmpfloat_with_epsilon (points[j].mean, mean, 1e-3);
              g_assert_cmpfloat (points[j].peak, ==, peak);
            }
        }
    }
}

static void
test_against_naive (void)
{
  for (guint span = 0; span < PH_N_SPANS; span++)
    for (guint i = 0; i < 5; i++)
      check_against_naive (span);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/history/spans", test_spans);
  g_test_add_func ("/history/empty", test_empty);
  g_test_add_func ("/history/constant", test_constant);
  g_test_add_func ("/history/slow-looks", test_slow_looks);
  g_test_add_func ("/history/burst", test_burst);
  g_test_add_func ("/history/gaps", test_gaps);
  g_test_add_func ("/history/moves-out", test_moves_out);
  g_test_add_func ("/history/odd-times", test_odd_times);
  g_test_add_func ("/history/series", test_series);
  g_test_add_func ("/history/against-naive", test_against_naive);
  return g_test_run ();
}
