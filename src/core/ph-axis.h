/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Axes of a graph that people can read at a glance: an end and ticks that are 1, 2 or 5 times a power of ten (or powers
 * of two, where units are), and labels with units.
 */
#pragma once

#include "ph-print.h"

#define PH_AXIS_TICKS_MAX 6

typedef struct
{
  double maximum;                 /* where the axis ends: a whole number of steps, not below the peak */
  double step;                    /* from tick to tick */
  guint n_ticks;                  /* 0 and @maximum among them: 4 to PH_AXIS_TICKS_MAX */
  double tick[PH_AXIS_TICKS_MAX]; /* rising */
} PhAxis;

/* An axis for values from 0 to @peak, @peak in whatever unit its labels are to have. No axis ends below @least (> 0),
 * so that an idle link's few bytes do not look like a storm. What is no finite number counts as 0. */
void ph_axis_for (double peak, double least, PhAxis *axis);

/* An axis for rates: @peak and @least in bits per second, and so are its ticks, whatever they are told in. Where that
 * is in steps of 1024, the axis has steps that are powers of two. */
void ph_axis_for_rate (double peak, double least, PhUnits units, PhAxis *axis);

/* "0", "500 kbit/s", "1.25 MiB/s": as much precision as ticks need. Appended. */
void ph_axis_print_rate (GString *text, double bits_per_second, PhUnits units);

/* The speed of a link: as manufacturers say it, in bits and in SI units always. Appended. */
void ph_axis_print_bits (GString *text, double bits_per_second);

/* A length of time, of few digits as ticks are: "0", "500 µs", "2.5 ms", "1 s". Appended. */
void ph_axis_print_time (GString *text, double us);

/* How long ago: "30 s", "5 min", "1 h"; "now" for 0. Appended. */
void ph_axis_print_ago (GString *text, double seconds);

/* Ticks of the time axis of a window that spans @span_s seconds: seconds before now, falling, the last one is 0.
 * Returns how many, at most PH_AXIS_TICKS_MAX. */
guint ph_axis_times (double span_s, double ago[PH_AXIS_TICKS_MAX]);
