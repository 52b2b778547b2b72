/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Axes of a graph that people can read at a glance: an end and ticks that are 1, 2 or 5 times a power of ten, and
 * labels with units.
 */
#pragma once

#include <glib.h>

#define PH_AXIS_TICKS_MAX 6

typedef struct
{
  double maximum;                 /* where the axis ends: a whole number of steps, not below the peak */
  double step;                    /* from tick to tick: 1, 2 or 5 times a power of ten */
  guint n_ticks;                  /* 0 and @maximum among them: 4 to PH_AXIS_TICKS_MAX */
  double tick[PH_AXIS_TICKS_MAX]; /* rising */
} PhAxis;

/* An axis for values from 0 to @peak, @peak in whatever unit its labels are to have. No axis ends below @least (> 0),
 * so that an idle link's few bytes do not look like a storm. What is no finite number counts as 0. */
void ph_axis_for (double peak, double least, PhAxis *axis);

/* "0", "500 kbit/s", "1.5 Gbit/s": SI units, as much precision as 1, 2 and 5 need. Appended. */
void ph_axis_print_bits (GString *text, double bits_per_second);

/* How long ago: "30 s", "5 min", "1 h"; "now" for 0. Appended. */
void ph_axis_print_ago (GString *text, double seconds);

/* Ticks of the time axis of a window that spans @span_s seconds: seconds before now, falling, the last one is 0.
 * Returns how many, at most PH_AXIS_TICKS_MAX. */
guint ph_axis_times (double span_s, double ago[PH_AXIS_TICKS_MAX]);
