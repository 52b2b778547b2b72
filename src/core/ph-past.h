/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How one connection went, from when it was first seen until now: what was received and sent, and its round trip.
 *
 * It holds so many points and no more. When it is full, neighbours become one: mean of both, and the larger peak. The
 * older a point, the longer it may be, so that the last minute stays sharp while the beginning is never lost. A quiet
 * hour is one point. It knows no clock: times are given.
 */
#pragma once

#include "ph-history.h"

typedef enum
{
  PH_PAST_RECEIVED = 0, /* bytes per second */
  PH_PAST_SENT,         /* bytes per second */
  PH_PAST_ROUND_TRIP,   /* µs; 0 is not known */
  PH_N_PAST_SERIES
} PhPastSeries;

typedef struct
{
  float value[PH_N_PAST_SERIES]; /* NAN: not known */
} PhPastValues;

typedef struct _PhPast PhPast;

/* @first_us: when it was first seen, µs, CLOCK_MONOTONIC. */
PhPast *ph_past_new (gint64 first_us);
PhPast *ph_past_copy (const PhPast *past);
void ph_past_free (PhPast *past);

/* @values were true from the last push (or the beginning) until @time_us. What is not later is left out. @most: so many
 * points may there be, at least 4; there may have been more before. */
void ph_past_push (PhPast *past, gint64 time_us, const PhPastValues *values, guint most);

/* Makes it no more than @most points. */
void ph_past_fit (PhPast *past, guint most);

gint64 ph_past_first (const PhPast *past);
gint64 ph_past_last (const PhPast *past); /* until when it is known */
guint ph_past_n_points (const PhPast *past);
gsize ph_past_size (const PhPast *past); /* bytes of memory */

/* What there was in the last @length_us before @now_us as points of equal time, oldest first; 0: from the beginning.
 * Their times stay the same while the whole moves. Returns how many. */
guint ph_past_read (const PhPast *past,
                    PhPastSeries series,
                    gint64 length_us,
                    gint64 now_us,
                    PhHistoryPoint points[PH_HISTORY_POINTS_MAX]);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PhPast, ph_past_free)
