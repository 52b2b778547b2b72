/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The recent past of a few series of numbers, for a graph of the last minute, ten minutes or hour: each span has a
 * resolution of its own, so that the hour costs no more than the minute.
 *
 * A point is the mean of the shorter time it stands for, and keeps the largest value of it, so that
 * a short burst is not lost. Where nothing was known there is a gap. Not thread-safe. It knows no clock: times are
 * given.
 */
#pragma once

#include <glib.h>

typedef enum
{
  PH_SPAN_MINUTE,      /* 60 s, a point a second */
  PH_SPAN_TEN_MINUTES, /* 10 min, a point each 5 s */
  PH_SPAN_HOUR,        /* 1 h, a point each 30 s */
  PH_N_SPANS
} PhSpan;

#define PH_HISTORY_SERIES_MAX 4

typedef struct _PhHistory PhHistory;

/* @n_series: 1 to PH_HISTORY_SERIES_MAX. */
PhHistory *ph_history_new (guint n_series);
void ph_history_free (PhHistory *history);

/* Forgets everything. */
void ph_history_clear (PhHistory *history);

/* @values[n_series] were true from the last push until @time_us (CLOCK_MONOTONIC); NAN: not known. At the first, and
 * where the last push is further back than @reach_us, they are taken for the time of one point, and what lies before it
 * is a gap. A push that is not later than the last is left out. */
void ph_history_push (PhHistory *history, gint64 time_us, gint64 reach_us, const double *values);

/* How long a span is, and what a point of it stands for. µs. */
gint64 ph_span_length (PhSpan span);
gint64 ph_span_step (PhSpan span);

typedef struct
{
  double age;  /* seconds before now, of the middle of what is known of the point; at most the span's length and half a
                  step */
  double mean; /* NAN: a gap */
  double peak; /* the largest that the point stands for; NAN: a gap */
} PhHistoryPoint;

/* The most that ph_history_read() can give. */
#define PH_HISTORY_POINTS_MAX 128

/* The points of one series, oldest first. Returns how many. Those that lie beyond what was ever pushed are not given,
 * so that a graph begins where the looking began. */
guint ph_history_read (
    const PhHistory *history, guint series, PhSpan span, gint64 now_us, PhHistoryPoint points[PH_HISTORY_POINTS_MAX]);

/* The largest peak of all series in the span; 0: none is known. */
double ph_history_peak (const PhHistory *history, PhSpan span, gint64 now_us);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PhHistory, ph_history_free)
