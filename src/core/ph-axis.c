/* SPDX-License-Identifier: GPL-3.0-or-later */
/* See ph-axis.h. */
#include "ph-axis.h"

#include <math.h>

#include "ph-i18n.h"

#define N_STEPS_MAX (PH_AXIS_TICKS_MAX - 1)
#define PEAK_MAX    1e18

/* Whole steps that reach @peak. The product is looked at too, because the quotient may have been rounded down. */
static double
steps_to (double peak, double step)
{
  double n = ceil (peak / step);

  return n * step < peak ? n + 1 : n;
}

static void
set_ticks (double peak, double step, PhAxis *axis)
{
  double n = steps_to (peak, step);

  axis->step = step;
  axis->n_ticks = (guint) n + 1;
  axis->maximum = n * step;
  for (guint i = 0; i < axis->n_ticks; i++)
    axis->tick[i] = i * step;
}

static double
limit (double peak, double least)
{
  return isfinite (peak) ? CLAMP (peak, least, MAX (least, PEAK_MAX)) : least;
}

void
ph_axis_for (double peak, double least, PhAxis *axis)
{
  static const double factors[] = { 1, 2, 5, 10, 20, 50 };
  double power;
  guint i = 0;

  peak = limit (peak, least);
  /* A power of ten too low, so that neither rounding nor the logarithm can make it too high. */
  power = pow (10, floor (log10 (peak / N_STEPS_MAX)));
  while (i < G_N_ELEMENTS (factors) - 1 && steps_to (peak, factors[i] * power) > N_STEPS_MAX)
    i++;
  set_ticks (peak, factors[i] * power, axis);
}

/* Steps of 1, 2, 4, 8, ... */
static void
binary_axis (double peak, double least, PhAxis *axis)
{
  double step;

  peak = limit (peak, least);
  step = exp2 (floor (log2 (peak / N_STEPS_MAX)));
  while (steps_to (peak, step) > N_STEPS_MAX)
    step *= 2;
  set_ticks (peak, step, axis);
}

void
ph_axis_for_rate (double peak, double least, PhUnits units, PhAxis *axis)
{
  double bits = units & PH_UNITS_BITS ? 1 : 8; /* of one unit */

  if (units & PH_UNITS_IEC)
    binary_axis (peak / bits, least / bits, axis);
  else
    ph_axis_for (peak / bits, least / bits, axis);
  axis->maximum *= bits;
  axis->step *= bits;
  for (guint i = 0; i < axis->n_ticks; i++)
    axis->tick[i] *= bits;
}

/* At most three digits (four of what lies between 1000 and 1024), and none that says nothing: "2", "2.5", "1.25",
 * "125". */
void
ph_axis_print_rate (GString *text, double bits_per_second, PhUnits units)
{
  double number = isfinite (bits_per_second) ? MAX (bits_per_second, 0) : 0;
  double step = units & PH_UNITS_IEC ? 1024 : 1000;
  double scale;
  guint unit = 0;
  gint64 hundredths;
  char digits[32];

  if (!(units & PH_UNITS_BITS))
    number /= 8;
  while (number >= step - 0.5 && unit + 1 < PH_N_RATE_UNITS)
    {
      number /= step;
      unit++;
    }
  scale = number < 9.995 && unit > 0 ? 100 : number < 99.95 && unit > 0 ? 10 : 1;
  number = round (number * scale) / scale;
  if (number == 0)
    {
      g_string_append_c (text, '0');
      return;
    }
  hundredths = llround (MIN (number, 1e12) * 100);
  g_snprintf (digits, sizeof digits, "%.*f", hundredths % 100 == 0 ? 0 : hundredths % 10 == 0 ? 1 : 2, number);
  g_string_append_printf (text, "%s %s", digits, ph_rate_unit (units, unit));
}

void
ph_axis_print_bits (GString *text, double bits_per_second)
{
  ph_axis_print_rate (text, bits_per_second, PH_UNITS_BITS);
}

void
ph_axis_print_time (GString *text, double us)
{
  static const char *const units[] = { N_ ("µs"), N_ ("ms"), N_ ("s") };
  double number = isfinite (us) ? CLAMP (us, 0, 1e15) : 0;
  guint unit = 0, places = 0;
  char digits[32];

  while (number >= 999.5 && unit + 1 < G_N_ELEMENTS (units))
    {
      number /= 1000;
      unit++;
    }
  if (llround (number * 100) == 0)
    {
      g_string_append_c (text, '0');
      return;
    }
  if (unit > 0 && number < 9.995 && llround (number * 100) % 100 != 0)
    places = llround (number * 100) % 10 == 0 ? 1 : 2;
  else if (unit > 0 && number < 99.95 && llround (number * 10) % 10 != 0)
    places = 1;
  g_snprintf (digits, sizeof digits, "%.*f", (int) places, number);
  g_string_append_printf (text, "%s %s", digits, _ (units[unit]));
}

void
ph_axis_print_ago (GString *text, double seconds)
{
  guint whole = isfinite (seconds) && seconds > 0 ? (guint) (MIN (seconds, 1e9) + 0.5) : 0;
  guint hours = whole / 3600, minutes = whole / 60 % 60, rest = whole % 60;

  if (whole == 0)
    /* Translators: the end of a time axis */
    g_string_append (text, _ ("now"));
  else if (hours > 0 && minutes > 0)
    g_string_append_printf (text, _ ("%u h %u min"), hours, minutes);
  else if (hours > 0)
    g_string_append_printf (text, _ ("%u h"), hours);
  else if (minutes > 0 && rest > 0)
    g_string_append_printf (text, _ ("%u min %u s"), minutes, rest);
  else if (minutes > 0)
    g_string_append_printf (text, _ ("%u min"), minutes);
  else
    g_string_append_printf (text, _ ("%u s"), rest);
}

guint
ph_axis_times (double span_s, double ago[PH_AXIS_TICKS_MAX])
{
  static const double steps[] = { 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 18000, 43200, 86400 };
  double step = steps[0];
  guint n;

  span_s = isfinite (span_s) ? MAX (span_s, 0) : 0;
  for (guint i = 0; i < G_N_ELEMENTS (steps) && span_s / step > N_STEPS_MAX; i++)
    step = steps[i];
  n = (guint) MIN (floor (span_s / step), N_STEPS_MAX);
  for (guint i = 0; i <= n; i++)
    ago[i] = (n - i) * step;
  return n + 1;
}
