/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Axes: laws that hold for any peak, and how numbers and times are written. */
#include <glib.h>
#include <math.h>
#include <string.h>

#include "ph-axis.h"

/* 1, 2 or 5 times a power of ten, as far as a double can tell. */
static gboolean
is_nice (double step)
{
  double power = pow (10, floor (log10 (step) + 1e-9));
  double factor = step / power;

  return fabs (factor - 1) < 1e-9 || fabs (factor - 2) < 1e-9 || fabs (factor - 5) < 1e-9;
}

static void
check_axis (double peak, double least)
{
  PhAxis axis;
  double wanted = isfinite (peak) ? MAX (peak, least) : least;

  ph_axis_for (peak, least, &axis);
  g_assert_true (is_nice (axis.step));
  g_assert_cmpuint (axis.n_ticks, >=, 4);
  g_assert_cmpuint (axis.n_ticks, <=, PH_AXIS_TICKS_MAX);
  g_assert_cmpfloat (axis.maximum, >=, wanted);
  g_assert_cmpfloat (axis.maximum - axis.step, <, wanted * (1 + 1e-9)); /* no step more than needed */
  g_assert_cmpfloat (axis.tick[0], ==, 0);
  g_assert_cmpfloat (axis.tick[axis.n_ticks - 1], ==, axis.maximum);
  for (guint i = 1; i < axis.n_ticks; i++)
    g_assert_cmpfloat (axis.tick[i] - axis.tick[i - 1], >, axis.step * 0.999);
}

static void
test_any_peak (void)
{
  for (guint i = 0; i < 100000; i++)
    check_axis (exp (g_test_rand_double_range (-5, 40)), exp (g_test_rand_double_range (-5, 12)));

  /* Right at, below and above what may end an axis. */
  for (int power = -2; power <= 15; power++)
    for (guint factor = 1; factor <= 50; factor++)
      {
        double peak = factor * pow (10, power);

        check_axis (peak, 0.001);
        check_axis (nextafter (peak, 0), 0.001);
        check_axis (nextafter (peak, INFINITY), 0.001);
      }
}

static void
test_odd_peaks (void)
{
  static const double peaks[] = { 0, -1, -0.0, NAN, INFINITY, -INFINITY, 1e-300 };
  PhAxis axis, idle;

  ph_axis_for (0, 1000, &idle);
  for (guint i = 0; i < G_N_ELEMENTS (peaks); i++)
    {
      check_axis (peaks[i], 1000);
      ph_axis_for (peaks[i], 1000, &axis);
      g_assert_cmpfloat (axis.maximum, ==, idle.maximum);
    }
  ph_axis_for (1e300, 1000, &axis); /* no rate at all, but no crash either */
  g_assert_true (isfinite (axis.maximum) && axis.n_ticks <= PH_AXIS_TICKS_MAX);
}

static void
test_examples (void)
{
  static const struct
  {
    double peak, maximum, step;
  } rows[] = {
    { 1e6, 1e6, 200e3 }, { 1.01e6, 1.5e6, 500e3 }, { 4.2e6, 5e6, 1e6 }, { 5.1e6, 6e6, 2e6 },
    { 9e8, 1e9, 2e8 },   { 1e3, 1e3, 200 },        { 12e6, 15e6, 5e6 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      PhAxis axis;

      ph_axis_for (rows[i].peak, 1000, &axis);
      g_assert_cmpfloat_with_epsilon (axis.maximum, rows[i].maximum, 1e-3);
      g_assert_cmpfloat_with_epsilon (axis.step, rows[i].step, 1e-3);
    }
}

/* The ends of an axis of rates are round in what they are told in, and ticks are in bits all the same. */
static void
test_rates (void)
{
  static const struct
  {
    double peak;
    PhUnits units;
    double maximum, step;
  } rows[] = {
    { 1e6, PH_UNITS_BITS, 1e6, 200e3 },
    { 8e6, 0, 8e6, 1.6e6 },
    { 8.1e6, 0, 12e6, 4e6 },
    { 1 << 20, PH_UNITS_BITS | PH_UNITS_IEC, 1 << 20, 1 << 18 },
    { 8 << 20, PH_UNITS_IEC, 8 << 20, 8 << 18 },
    { (8 << 20) + 1, PH_UNITS_IEC, 10 << 20, 8 << 18 },
    { 11 << 20, PH_UNITS_IEC, 12 << 20, 4 << 20 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      PhAxis axis;

      ph_axis_for_rate (rows[i].peak, 8000, rows[i].units, &axis);
      g_assert_cmpfloat_with_epsilon (axis.maximum, rows[i].maximum, 1e-3);
      g_assert_cmpfloat_with_epsilon (axis.step, rows[i].step, 1e-3);
    }
}

static void
test_any_rate (void)
{
  for (guint i = 0; i < 100000; i++)
    {
      double peak = exp (g_test_rand_double_range (-5, 40)), least = exp (g_test_rand_double_range (-5, 12));
      PhUnits units = g_test_rand_int_range (0, 4);
      PhAxis axis;

      ph_axis_for_rate (peak, least, units, &axis);
      g_assert_cmpuint (axis.n_ticks, >=, 4);
      g_assert_cmpuint (axis.n_ticks, <=, PH_AXIS_TICKS_MAX);
      g_assert_cmpfloat (axis.maximum, >=, MAX (peak, least) * (1 - 1e-9));
      g_assert_cmpfloat (axis.maximum - axis.step, <, MAX (peak, least) * (1 + 1e-9));
      g_assert_cmpfloat (axis.tick[axis.n_ticks - 1], ==, axis.maximum);
      if (units & PH_UNITS_IEC)
        g_assert_cmpfloat (exp2 (round (log2 (axis.step))), ==, axis.step);
      else
        g_assert_true (is_nice (units & PH_UNITS_BITS ? axis.step : axis.step / 8));
    }
}

/* --- words --- */

static void
assert_bits (double number, const char *expected)
{
  g_autoptr (GString) text = g_string_new (NULL);

  ph_axis_print_bits (text, number);
  g_assert_cmpstr (text->str, ==, expected);
}

static void
assert_rate (double bits, PhUnits units, const char *expected)
{
  g_autoptr (GString) text = g_string_new (NULL);

  ph_axis_print_rate (text, bits, units);
  g_assert_cmpstr (text->str, ==, expected);
}

static void
test_units (void)
{
  assert_rate (0, 0, "0");
  assert_rate (8, 0, "1 B/s");
  assert_rate (8000, 0, "1 kB/s");
  assert_rate (12e6, 0, "1.5 MB/s");
  assert_rate (8192, PH_UNITS_IEC, "1 KiB/s");
  assert_rate (8192 * 1000, PH_UNITS_IEC, "1000 KiB/s");
  assert_rate (10 << 20, PH_UNITS_IEC, "1.25 MiB/s");
  assert_rate (8 * 256 * 1024, PH_UNITS_IEC, "256 KiB/s");
  assert_rate (1 << 20, PH_UNITS_IEC | PH_UNITS_BITS, "1 Mibit/s");
  assert_rate (1e6, PH_UNITS_BITS, "1 Mbit/s");
}

static void
test_bits (void)
{
  assert_bits (0, "0");
  assert_bits (-5, "0");
  assert_bits (NAN, "0");
  assert_bits (INFINITY, "0");
  assert_bits (0.4, "0");
  assert_bits (1, "1 bit/s");
  assert_bits (999, "999 bit/s");
  assert_bits (999.4, "999 bit/s");
  assert_bits (999.6, "1 kbit/s");
  assert_bits (1000, "1 kbit/s");
  assert_bits (1500, "1.5 kbit/s");
  assert_bits (1250, "1.25 kbit/s");
  assert_bits (9994, "9.99 kbit/s");
  assert_bits (9996, "10 kbit/s");
  assert_bits (12340, "12.3 kbit/s");
  assert_bits (99960, "100 kbit/s");
  assert_bits (500e3, "500 kbit/s");
  assert_bits (999600, "1 Mbit/s");
  assert_bits (2.5e9, "2.5 Gbit/s");
  assert_bits (400e9, "400 Gbit/s");
  assert_bits (1.2e12, "1.2 Tbit/s");
  assert_bits (5e15, "5 Pbit/s");
  assert_bits (5e18, "5000 Pbit/s");
}

/* Ticks of one axis never read the same. */
static void
test_labels_differ (void)
{
  for (guint i = 0; i < 20000; i++)
    {
      g_autoptr (GString) last = g_string_new (NULL);
      PhUnits units = g_test_rand_int_range (0, 4);
      PhAxis axis;

      ph_axis_for_rate (exp (g_test_rand_double_range (0, 33)), 1000, units, &axis);
      for (guint j = 0; j < axis.n_ticks; j++)
        {
          g_autoptr (GString) text = g_string_new (NULL);

          ph_axis_print_rate (text, axis.tick[j], units);
          g_assert_cmpstr (text->str, !=, last->str);
          g_string_assign (last, text->str);
        }
    }
}

static void
test_ago (void)
{
  static const struct
  {
    double seconds;
    const char *text;
  } rows[] = {
    { 0, "now" },          { 0.4, "now" },    { -3, "now" },           { NAN, "now" },
    { 1, "1 s" },          { 59.4, "59 s" },  { 59.6, "1 min" },       { 60, "1 min" },
    { 75, "1 min 15 s" },  { 600, "10 min" }, { 3599, "59 min 59 s" }, { 3600, "1 h" },
    { 3900, "1 h 5 min" }, { 7200, "2 h" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GString) text = g_string_new (NULL);

      ph_axis_print_ago (text, rows[i].seconds);
      g_assert_cmpstr (text->str, ==, rows[i].text);
    }
}

static void
test_times (void)
{
  static const struct
  {
    double span;
    double ago[PH_AXIS_TICKS_MAX];
    guint n;
  } rows[] = {
    { 60, { 60, 45, 30, 15, 0 }, 5 },
    { 600, { 600, 480, 360, 240, 120, 0 }, 6 },
    { 3600, { 3600, 2700, 1800, 900, 0 }, 5 },
    { 0, { 0 }, 1 },
    { NAN, { 0 }, 1 },
    { 7, { 6, 4, 2, 0 }, 4 },
  };
  double ago[PH_AXIS_TICKS_MAX];

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_assert_cmpuint (ph_axis_times (rows[i].span, ago), ==, rows[i].n);
      g_assert_cmpmem (ago, rows[i].n * sizeof *ago, rows[i].ago, rows[i].n * sizeof *ago);
    }
  for (guint i = 0; i < 10000; i++)
    {
      double span = exp (g_test_rand_double_range (-2, 30));
      guint n = ph_axis_times (span, ago);

      g_assert_cmpuint (n, >=, 1);
      g_assert_cmpuint (n, <=, PH_AXIS_TICKS_MAX);
      g_assert_cmpfloat (ago[0], <=, span);
      g_assert_cmpfloat (ago[n - 1], ==, 0);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/axis/any-peak", test_any_peak);
  g_test_add_func ("/axis/odd-peaks", test_odd_peaks);
  g_test_add_func ("/axis/examples", test_examples);
  g_test_add_func ("/axis/rates", test_rates);
  g_test_add_func ("/axis/any-rate", test_any_rate);
  g_test_add_func ("/axis/bits", test_bits);
  g_test_add_func ("/axis/units", test_units);
  g_test_add_func ("/axis/labels-differ", test_labels_differ);
  g_test_add_func ("/axis/ago", test_ago);
  g_test_add_func ("/axis/times", test_times);
  return g_test_run ();
}
