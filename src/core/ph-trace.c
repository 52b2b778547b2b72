/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Values move by one place: sixty floats are less than a pointer to somewhere else would cost. */
#include "ph-trace.h"

#include <math.h>
#include <string.h>

void
ph_trace_push (PhTrace *next, const PhTrace *last, double value)
{
  guint n = MIN (last->n, PH_TRACE_MAX);
  guint gone = n == PH_TRACE_MAX;

  memmove (next->value, last->value + gone, (n - gone) * sizeof next->value[0]);
  n -= gone;
  next->value[n] = (float) value;
  next->n = (guint16) (n + 1);
}

double
ph_trace_peak (const PhTrace *trace)
{
  float peak = 0;

  for (guint i = 0; i < MIN (trace->n, PH_TRACE_MAX); i++)
    if (!isnan (trace->value[i]))
      peak = MAX (peak, trace->value[i]);
  return peak;
}
