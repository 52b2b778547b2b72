/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A ring of cells for each span. A cell stands for a fixed piece of time (its number is the time divided by the step),
 * so that points do not move while the graph does, and a value is shared out to the cells that its time overlaps.
 */
#include "ph-history.h"

#include <math.h>
#include <string.h>

#define NEVER  G_MININT64
#define SECOND ((gint64) G_USEC_PER_SEC)

/* One more than the span has steps: the first and the last one are seen in part. */
#define N_CELLS_MAX 121

typedef struct
{
  double area;  /* value × time, s */
  double known; /* s */
  double peak;
} Cell;

typedef struct
{
  gint64 first; /* numbers of the oldest and newest cell that hold anything */
  gint64 last;  /* NEVER: none does */
  Cell *cells;  /* [n_cells][n_series] */
} Ring;

struct _PhHistory
{
  guint n_series;
  gint64 time_us; /* of the last push; NEVER */
  Ring rings[PH_N_SPANS];
};

static const struct
{
  gint64 length_us;
  gint64 step_us;
} spans[PH_N_SPANS] = {
  [PH_SPAN_MINUTE] = { 60 * SECOND, SECOND },
  [PH_SPAN_TEN_MINUTES] = { 600 * SECOND, 5 * SECOND },
  [PH_SPAN_HOUR] = { 3600 * SECOND, 30 * SECOND },
};

gint64
ph_span_length (PhSpan span)
{
  return spans[span].length_us;
}

gint64
ph_span_step (PhSpan span)
{
  return spans[span].step_us;
}

static guint
n_cells (PhSpan span)
{
  return (guint) (spans[span].length_us / spans[span].step_us) + 1;
}

G_STATIC_ASSERT (N_CELLS_MAX <= PH_HISTORY_POINTS_MAX);

PhHistory *
ph_history_new (guint n_series)
{
  PhHistory *history = g_new0 (PhHistory, 1);

  history->n_series = CLAMP (n_series, 1, PH_HISTORY_SERIES_MAX);
  for (guint i = 0; i < PH_N_SPANS; i++)
    {
      g_assert (n_cells (i) <= N_CELLS_MAX);
      history->rings[i].cells = g_new (Cell, n_cells (i) * history->n_series);
    }
  ph_history_clear (history);
  return history;
}

void
ph_history_free (PhHistory *history)
{
  if (!history)
    return;
  for (guint i = 0; i < PH_N_SPANS; i++)
    g_free (history->rings[i].cells);
  g_free (history);
}

void
ph_history_clear (PhHistory *history)
{
  history->time_us = NEVER;
  for (guint i = 0; i < PH_N_SPANS; i++)
    history->rings[i].first = history->rings[i].last = NEVER;
}

static Cell *
cell_at (const PhHistory *history, PhSpan span, gint64 number)
{
  return history->rings[span].cells + (guint64) number % n_cells (span) * history->n_series;
}

/* Makes @number the newest cell, empties those between, and lets go of what has no room any more. */
static void
reach_cell (PhHistory *history, PhSpan span, gint64 number)
{
  Ring *ring = &history->rings[span];
  gint64 oldest = number - n_cells (span) + 1;
  gint64 from = ring->last == NEVER ? number : ring->last + 1;

  for (gint64 i = MAX (from, oldest); i <= number; i++)
    memset (cell_at (history, span, i), 0, history->n_series * sizeof (Cell));
  ring->first = ring->last == NEVER ? number : MAX (ring->first, oldest);
  ring->last = number;
}

static void
add (PhHistory *history, PhSpan span, gint64 number, gint64 time_us, const double *values)
{
  Cell *cells = cell_at (history, span, number);
  double seconds = (double) time_us / G_USEC_PER_SEC;

  for (guint i = 0; i < history->n_series; i++)
    if (!isnan (values[i]))
      {
        cells[i].peak = cells[i].known > 0 ? MAX (cells[i].peak, values[i]) : values[i];
        cells[i].area += values[i] * seconds;
        cells[i].known += seconds;
      }
}

/* The values are true from @start_us to @end_us. */
static void
share_out (PhHistory *history, PhSpan span, gint64 start_us, gint64 end_us, const double *values)
{
  const Ring *ring = &history->rings[span];
  gint64 step = spans[span].step_us;
  gint64 last = (end_us - 1) / step;
  gint64 oldest = last - n_cells (span) + 1;

  for (gint64 number = MAX (MAX (start_us, 0) / step, oldest); number <= last; number++)
    {
      gint64 from = MAX (start_us, number * step);
      gint64 to = MIN (end_us, (number + 1) * step);

      if (ring->last == NEVER || number > ring->last)
        reach_cell (history, span, number);
      if (from < to)
        add (history, span, number, to - from, values);
    }
}

void
ph_history_push (PhHistory *history, gint64 time_us, gint64 reach_us, const double *values)
{
  gboolean follows = history->time_us != NEVER && time_us - history->time_us <= reach_us;

  if (time_us <= MAX (history->time_us, 0))
    return;
  for (guint i = 0; i < PH_N_SPANS; i++)
    share_out (history, i, follows ? history->time_us : MAX (history->time_us, time_us - spans[i].step_us), time_us,
               values);
  history->time_us = time_us;
}

/* --- reading --- */

/* The numbers of the cells that reach into the span that ends at @now_us. */
static void
in_sight (const PhHistory *history, PhSpan span, gint64 now_us, gint64 *first, gint64 *last)
{
  const Ring *ring = &history->rings[span];
  gint64 edge = MAX (now_us - spans[span].length_us, 0);

  *first = MAX (ring->first, edge / spans[span].step_us);
  *last = ring->last == NEVER ? NEVER : MIN (ring->last, MAX (now_us, 0) / spans[span].step_us);
}

guint
ph_history_read (
    const PhHistory *history, guint series, PhSpan span, gint64 now_us, PhHistoryPoint points[PH_HISTORY_POINTS_MAX])
{
  gint64 step = spans[span].step_us;
  gint64 first, last;
  guint n = 0;

  g_return_val_if_fail (series < history->n_series, 0);

  in_sight (history, span, now_us, &first, &last);
  for (gint64 number = first; number <= last; number++)
    {
      const Cell *cell = cell_at (history, span, number) + series;
      gint64 end = MIN ((number + 1) * step, MAX (history->time_us, number * step));
      gint64 middle = number * step + (end - number * step) / 2;

      points[n].age = (double) MAX (now_us - middle, 0) / G_USEC_PER_SEC;
      points[n].mean = cell->known > 0 ? cell->area / cell->known : NAN;
      points[n].peak = cell->known > 0 ? cell->peak : NAN;
      n++;
    }
  return n;
}

double
ph_history_peak (const PhHistory *history, PhSpan span, gint64 now_us)
{
  double peak = 0;
  gint64 first, last;

  in_sight (history, span, now_us, &first, &last);
  for (gint64 number = first; number <= last; number++)
    for (guint i = 0; i < history->n_series; i++)
      {
        const Cell *cell = cell_at (history, span, number) + i;

        if (cell->known > 0)
          peak = MAX (peak, cell->peak);
      }
  return peak;
}
