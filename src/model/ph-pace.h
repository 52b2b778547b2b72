/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How often to collect: as often as asked for, but so seldom that collecting takes at most a quarter of the time.
 *
 * Times in µs. Knows no clock.
 */
#pragma once

#include <glib.h>

typedef struct
{
  gint64 interval;  /* asked for */
  gint64 effective; /* in force: never shorter */
  gint64 taken[3];  /* by the last collections, the newest first; 0: there was none */
} PhPace;

void ph_pace_init (PhPace *pace, gint64 interval);
void ph_pace_set_interval (PhPace *pace, gint64 interval);
void ph_pace_add (PhPace *pace, gint64 taken);

/* How long to wait after a collection that began at @began and ended at @ended. */
gint64 ph_pace_rest (const PhPace *pace, gint64 began, gint64 ended);

/* The shortest wait after it that still leaves the others their three quarters, whatever the interval: for when there
 * is known to be news. */
gint64 ph_pace_short_rest (const PhPace *pace, gint64 began, gint64 ended);
