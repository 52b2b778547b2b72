/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One Cairo node for each graph, no larger than itself: sixty points cost less than a label's text. */
#include "ph-spark.h"

#include <math.h>

#include "ph-hues.h"

#define LINE 1.5 /* px */
#define FILL 0.2 /* of the line's colour */

double
ph_spark_x (guint i, guint n, int width)
{
  /* Sixty places, whether they are taken or not: a new link's graph comes in from the right. */
  double step = (width - LINE) / (PH_TRACE_MAX - 1);

  return LINE / 2 + (PH_TRACE_MAX - n + i) * step;
}

double
ph_spark_y (double value, double peak, int height)
{
  double room = height - LINE;

  return LINE / 2 + room - (peak > 0 && isfinite (peak) ? room * CLAMP (value / peak, 0, 1) : 0);
}

static guint
length (const PhTrace *trace)
{
  return MIN (trace->n, PH_TRACE_MAX);
}

static gboolean
is_known (const PhTrace *trace, guint i)
{
  return i < length (trace) && isfinite (trace->value[i]);
}

/* The end of the known values that begin at @i: a gap in time is a gap in the line. */
static guint
run_end (const PhTrace *trace, guint i)
{
  while (is_known (trace, i))
    i++;
  return i;
}

static void
trace_path (cairo_t *cr, const PhTrace *trace, guint from, guint to, double peak, int width, int height)
{
  guint n = length (trace);

  for (guint i = from; i < to; i++)
    cairo_line_to (cr, ph_spark_x (i, n, width), ph_spark_y (trace->value[i], peak, height));
  /* One value alone is a dot: round ends draw it. */
  if (to - from == 1)
    cairo_line_to (cr, ph_spark_x (from, n, width), ph_spark_y (trace->value[from], peak, height));
}

static void
draw_trace (cairo_t *cr, const PhTrace *trace, double peak, int width, int height, const GdkRGBA *color, gboolean fill)
{
  guint n = length (trace);
  guint end;

  for (guint i = 0; i < n; i = MAX (end, i + 1))
    {
      end = run_end (trace, i);
      if (end == i)
        continue;
      if (fill)
        {
          trace_path (cr, trace, i, end, peak, width, height);
          cairo_line_to (cr, ph_spark_x (end - 1, n, width), height);
          cairo_line_to (cr, ph_spark_x (i, n, width), height);
          cairo_close_path (cr);
          cairo_set_source_rgba (cr, color->red, color->green, color->blue, color->alpha * FILL);
          cairo_fill (cr);
        }
      trace_path (cr, trace, i, end, peak, width, height);
      gdk_cairo_set_source_rgba (cr, color);
      cairo_stroke (cr);
    }
}

static gboolean
any_known (const PhTrace *trace)
{
  for (guint i = 0; trace && i < length (trace); i++)
    if (is_known (trace, i))
      return TRUE;
  return FALSE;
}

gboolean
ph_spark_snapshot (
    GtkWidget *widget, GtkSnapshot *snapshot, const PhTrace *first, const PhTrace *second, int width, int height)
{
  double peak = 0;
  GdkRGBA color;
  cairo_t *cr;

  if (width < PH_TRACE_MAX / 4 || height < 4 || (!any_known (first) && !any_known (second)))
    return FALSE;
  if (first)
    peak = ph_trace_peak (first);
  if (second)
    peak = MAX (peak, ph_trace_peak (second));

  cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, (float) width, (float) height));
  cairo_set_line_width (cr, LINE);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  if (first)
    {
      ph_hue_get (widget, PH_HUE_FIRST, &color);
      draw_trace (cr, first, peak, width, height, &color, TRUE);
    }
  if (second)
    {
      ph_hue_get (widget, PH_HUE_SECOND, &color);
      draw_trace (cr, second, peak, width, height, &color, FALSE);
    }
  cairo_destroy (cr);
  return TRUE;
}
