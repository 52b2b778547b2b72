/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Points lie in a row, each from the end of the one before it to its own. Times are hundredths of a second since the
 * beginning: 497 days, then it stands still.
 *
 * To make room, neighbours are joined from the oldest on, as long as together they are short against their age; how
 * short, is loosened until enough are joined. So resolution falls off with age, evenly: of a week in 192 points each
 * stands for a twentieth of the time that has passed since.
 */
#include "ph-past.h"

#include <math.h>
#include <string.h>

#define TICK_US 10000
#define ROOM    4 /* points that a past begins with */

typedef struct
{
  guint32 end; /* ticks */
  float mean[PH_N_PAST_SERIES];
  float peak[PH_N_PAST_SERIES];
} Point;

struct _PhPast
{
  gint64 first_us;
  Point *points;
  guint16 n;
  guint16 room;
};

PhPast *
ph_past_new (gint64 first_us)
{
  PhPast *past = g_new0 (PhPast, 1);

  past->first_us = first_us;
  return past;
}

PhPast *
ph_past_copy (const PhPast *past)
{
  PhPast *copy = g_new (PhPast, 1);

  *copy = *past;
  copy->room = copy->n;
  copy->points = g_memdup2 (past->points, past->n * sizeof (Point));
  return copy;
}

void
ph_past_free (PhPast *past)
{
  if (!past)
    return;
  g_free (past->points);
  g_free (past);
}

gint64
ph_past_first (const PhPast *past)
{
  return past->first_us;
}

static guint32
last_end (const PhPast *past)
{
  return past->n > 0 ? past->points[past->n - 1].end : 0;
}

gint64
ph_past_last (const PhPast *past)
{
  return past->first_us + (gint64) last_end (past) * TICK_US;
}

guint
ph_past_n_points (const PhPast *past)
{
  return past->n;
}

gsize
ph_past_size (const PhPast *past)
{
  return sizeof *past + past->room * sizeof (Point);
}

/* --- adding --- */

static guint32
begin_of (const PhPast *past, guint i)
{
  return i > 0 ? past->points[i - 1].end : 0;
}

/* What is known of only one of the two is true of both. */
static void
join (Point *into, guint32 into_length, const Point *next, guint32 next_length)
{
  for (guint i = 0; i < PH_N_PAST_SERIES; i++)
    if (isnan (into->mean[i]))
      {
        into->mean[i] = next->mean[i];
        into->peak[i] = next->peak[i];
      }
    else if (!isnan (next->mean[i]))
      {
        double sum = (double) into->mean[i] * into_length + (double) next->mean[i] * next_length;

        into->mean[i] = (float) (sum / ((double) into_length + next_length));
        into->peak[i] = MAX (into->peak[i], next->peak[i]);
      }
  into->end = next->end;
}

/* Joins what is together no longer than @share of its age. */
static void
join_all (PhPast *past, double share)
{
  guint32 now = last_end (past);
  guint32 begin = 0; /* of the point that others are joined to */
  guint kept = 0;

  for (guint i = 1; i < past->n; i++)
    {
      Point *into = &past->points[kept];
      const Point *next = &past->points[i];

      if (next->end - begin <= share * (now - next->end))
        join (into, into->end - begin, next, next->end - into->end);
      else
        {
          begin = into->end;
          past->points[++kept] = *next;
        }
    }
  past->n = (guint16) (kept + 1);
}

static void
make_room (PhPast *past, guint most)
{
  guint enough = MAX (most * 3 / 4, 2);

  for (double share = 1.0 / most; past->n > enough; share *= 1.3)
    join_all (past, share);
  if (past->room > most)
    {
      past->room = (guint16) most;
      past->points = g_renew (Point, past->points, past->room);
    }
}

static gboolean
same (float a, float b)
{
  return a == b || (isnan (a) && isnan (b));
}

static gboolean
goes_on (const Point *last, const PhPastValues *values)
{
  for (guint i = 0; i < PH_N_PAST_SERIES; i++)
    if (!same (last->mean[i], values->value[i]) || !same (last->peak[i], values->value[i]))
      return FALSE;
  return TRUE;
}

void
ph_past_push (PhPast *past, gint64 time_us, const PhPastValues *values, guint most)
{
  gint64 ticks = CLAMP ((time_us - past->first_us) / TICK_US, 0, G_MAXUINT32);
  Point *point;

  most = CLAMP (most, ROOM, G_MAXUINT16);
  if (ticks <= last_end (past))
    return;
  if (past->n > 0 && goes_on (&past->points[past->n - 1], values))
    {
      past->points[past->n - 1].end = (guint32) ticks;
      return;
    }
  if (past->n >= most)
    make_room (past, most);
  if (past->n >= past->room)
    {
      past->room = (guint16) MIN (MAX (past->room * 2, ROOM), most);
      past->points = g_renew (Point, past->points, past->room);
    }
  point = &past->points[past->n++];
  point->end = (guint32) ticks;
  memcpy (point->mean, values->value, sizeof point->mean);
  memcpy (point->peak, values->value, sizeof point->peak);
}

void
ph_past_fit (PhPast *past, guint most)
{
  if (past->n > most)
    make_room (past, MAX (most, ROOM));
}

/* --- reading --- */

/* The shortest step, of those that people count in, of which the length has no more than fit on an axis. */
static gint64
step_for (gint64 length_us)
{
  static const guint steps[] = { 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400, 43200 };
  gint64 step = 86400 * (gint64) G_USEC_PER_SEC;

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    if (length_us / (steps[i] * (gint64) G_USEC_PER_SEC) <= 120)
      return steps[i] * (gint64) G_USEC_PER_SEC;
  while (length_us / step > 120)
    step *= 2;
  return step;
}

typedef struct
{
  double area, known, peak;
} Cell;

static void
add (Cell *cell, const Point *point, PhPastSeries series, gint64 time_us)
{
  if (isnan (point->mean[series]) || time_us <= 0)
    return;
  cell->peak = cell->known > 0 ? MAX (cell->peak, point->peak[series]) : point->peak[series];
  cell->area += (double) point->mean[series] * time_us;
  cell->known += time_us;
}

guint
ph_past_read (const PhPast *past,
              PhPastSeries series,
              gint64 length_us,
              gint64 now_us,
              PhHistoryPoint points[PH_HISTORY_POINTS_MAX])
{
  gint64 from = length_us > 0 ? MAX (past->first_us, now_us - length_us) : past->first_us;
  gint64 to = MIN (ph_past_last (past), now_us);
  gint64 step = step_for (length_us > 0 ? length_us : MAX (now_us - from, 0));
  gint64 first = from / step;
  Cell cells[PH_HISTORY_POINTS_MAX] = { 0 };
  guint n;

  if (to <= from)
    return 0;
  n = (guint) MIN ((to - 1) / step - first + 1, PH_HISTORY_POINTS_MAX);
  for (guint i = 0; i < past->n; i++)
    {
      gint64 begin = MAX (past->first_us + (gint64) begin_of (past, i) * TICK_US, from);
      gint64 end = MIN (past->first_us + (gint64) past->points[i].end * TICK_US, to);

      for (gint64 number = begin / step; begin < end && number <= (end - 1) / step && number - first < n; number++)
        add (&cells[number - first], &past->points[i], series,
             MIN (end, (number + 1) * step) - MAX (begin, number * step));
    }
  for (guint i = 0; i < n; i++)
    {
      gint64 begin = MAX ((first + i) * step, from);
      gint64 end = MIN ((first + i + 1) * step, to);

      points[i].age = (double) (now_us - (begin + (end - begin) / 2)) / G_USEC_PER_SEC;
      points[i].mean = cells[i].known > 0 ? cells[i].area / cells[i].known : NAN;
      points[i].peak = cells[i].known > 0 ? cells[i].peak : NAN;
    }
  return n;
}
