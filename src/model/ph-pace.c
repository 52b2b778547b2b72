/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a collection costs is taken as the middle one of the last three, so that a single slow one (the first, which
 * looks for all owners; a busy moment) changes nothing. The interval in force moves in steps, and is let go only well
 * below where it is taken up, so that it does not flicker between two values.
 */
#include "ph-pace.h"

#include <string.h>

#define SHARE           4                     /* at most one part in so many */
#define STEP            (G_USEC_PER_SEC / 10) /* people see this number */
#define SLACK(interval) ((interval) / 5)      /* what a change must exceed, once stretched */

static gint64
middle (const gint64 *taken)
{
  gint64 low = MIN (taken[0], taken[1]), high = MAX (taken[0], taken[1]);

  return CLAMP (taken[2], low, high);
}

static gint64
round_up (gint64 time)
{
  return (time + STEP - 1) / STEP * STEP;
}

static void
settle (PhPace *pace)
{
  gint64 wanted = SHARE * middle (pace->taken);
  gboolean stretched = pace->effective > pace->interval;

  if (!stretched && wanted > pace->interval)
    pace->effective = round_up (wanted);
  else if (stretched && wanted < pace->interval - SLACK (pace->interval))
    pace->effective = pace->interval;
  else if (stretched && ABS (wanted - pace->effective) > SLACK (pace->effective))
    pace->effective = MAX (round_up (wanted), pace->interval);
}

void
ph_pace_init (PhPace *pace, gint64 interval)
{
  memset (pace, 0, sizeof *pace);
  pace->interval = pace->effective = interval;
}

void
ph_pace_set_interval (PhPace *pace, gint64 interval)
{
  pace->interval = pace->effective = interval;
  settle (pace);
}

void
ph_pace_add (PhPace *pace, gint64 taken)
{
  memmove (pace->taken + 1, pace->taken, sizeof pace->taken - sizeof *pace->taken);
  pace->taken[0] = MAX (taken, 0);
  settle (pace);
}

gint64
ph_pace_rest (const PhPace *pace, gint64 began, gint64 ended)
{
  /* Even right after one that overran its time, others get their turn. */
  return MAX (began + pace->effective - ended, pace->effective / SHARE);
}

gint64
ph_pace_short_rest (const PhPace *pace, gint64 began, gint64 ended)
{
  return CLAMP (began + SHARE * middle (pace->taken) - ended, 0, ph_pace_rest (pace, began, ended));
}
