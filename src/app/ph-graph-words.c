/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sentences are put together from whole clauses, so that they can be translated. */
#include "ph-graph-words.h"

#include <glib/gi18n.h>
#include <math.h>

#include "ph-axis.h"
#include "ph-taste.h"

guint
ph_graph_points (const PhHistory *history, PhSpan span, gint64 now_us, PhGraphPoint points[PH_HISTORY_POINTS_MAX])
{
  PhHistoryPoint read[PH_HISTORY_POINTS_MAX];
  guint n = G_MAXUINT;

  for (guint series = 0; series < PH_N_SERIES; series++)
    {
      /* All series are pushed together: they have the same times. */
      n = MIN (n, ph_history_read (history, series, span, now_us, read));
      for (guint i = 0; i < n; i++)
        {
          points[i].age = read[i].age;
          points[i].mean[series] = read[i].mean;
          points[i].peak[series] = read[i].peak;
        }
    }
  return n;
}

guint
ph_graph_points_of_past (
    const PhPast *past, PhGraphKind kind, guint span, gint64 now_us, PhGraphPoint points[PH_HISTORY_POINTS_MAX])
{
  static const PhPastSeries traffic[PH_N_SERIES] = { PH_PAST_RECEIVED, PH_PAST_SENT };
  PhHistoryPoint read[PH_HISTORY_POINTS_MAX];
  double unit = kind == PH_GRAPH_TRAFFIC ? 8 : 1; /* bits of a byte */
  guint n = 0;

  for (guint series = 0; series < ph_graph_n_series (kind); series++)
    {
      n = ph_past_read (past, kind == PH_GRAPH_TRAFFIC ? traffic[series] : PH_PAST_ROUND_TRIP,
                        span < PH_N_SPANS ? ph_span_length (span) : 0, now_us, read);
      for (guint i = 0; i < n; i++)
        {
          points[i].age = read[i].age;
          points[i].mean[series] = read[i].mean * unit;
          points[i].peak[series] = read[i].peak * unit;
        }
    }
  return n;
}

double
ph_graph_seconds (guint span, gint64 first_us, gint64 now_us)
{
  gint64 length_us
      = span < PH_N_SPANS ? ph_span_length (span) : MAX (now_us - first_us, ph_span_length (PH_SPAN_MINUTE));

  return (double) length_us / G_USEC_PER_SEC;
}

guint
ph_graph_n_series (PhGraphKind kind)
{
  return kind == PH_GRAPH_TRAFFIC ? PH_N_SERIES : 1;
}

double
ph_graph_peak (const PhGraphPoint *points, guint n, PhSeries series)
{
  double largest = 0;

  for (guint i = 0; i < n; i++)
    if (isfinite (points[i].peak[series]))
      largest = MAX (largest, points[i].peak[series]);
  return largest;
}

const char *
ph_series_name (PhGraphKind kind, PhSeries series)
{
  if (kind == PH_GRAPH_LATENCY)
    return _ ("Round trip");
  return series == PH_SERIES_RECEIVED ? _ ("Received") : _ ("Sent");
}

void
ph_graph_print (GString *text, PhGraphKind kind, double value)
{
  if (!isfinite (value))
    g_string_append (text, "—");
  else if (kind == PH_GRAPH_LATENCY)
    ph_axis_print_time (text, value);
  else
    ph_axis_print_rate (text, value, ph_taste_get_graph_units (ph_taste_get_default ()));
}

char *
ph_graph_point_words (PhGraphKind kind, const PhGraphPoint *point, guint span, gint64 wall_us)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GString) ago = g_string_new (NULL);
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_local (wall_us / G_USEC_PER_SEC);
  g_autofree char *clock = time ? g_date_time_format (time, "%X") : g_strdup ("");

  ph_axis_print_ago (ago, round (point->age));
  if (point->age < 0.5)
    g_string_append_printf (text, "%s, %s", clock, ago->str);
  else
    /* Translators: a time of day, and how long ago that was: “14:03:25, 12 s ago” */
    g_string_append_printf (text, _ ("%s, %s ago"), clock, ago->str);
  for (guint series = 0; series < ph_graph_n_series (kind); series++)
    {
      g_autoptr (GString) mean = g_string_new (NULL);
      g_autoptr (GString) peak = g_string_new (NULL);

      ph_graph_print (mean, kind, point->mean[series]);
      ph_graph_print (peak, kind, point->peak[series]);
      g_string_append_c (text, '\n');
      if (span == PH_SPAN_MINUTE || g_str_equal (mean->str, peak->str))
        /* Translators: “Received: 1.2 Mbit/s” */
        g_string_append_printf (text, _ ("%s: %s"), ph_series_name (kind, series), mean->str);
      else
        /* Translators: “Received: 1.2 Mbit/s, at most 3.4 Mbit/s” */
        g_string_append_printf (text, _ ("%s: %s, at most %s"), ph_series_name (kind, series), mean->str, peak->str);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

char *
ph_graph_words (PhGraphKind kind, const PhGraphPoint *points, guint n, guint span)
{
  static const char *const spans[PH_N_GRAPH_SPANS] = { N_ ("In the last minute"), N_ ("In the last ten minutes"),
                                                       N_ ("In the last hour"), N_ ("Since it was first seen") };
  g_autoptr (GString) text = g_string_new (NULL);

  if (n == 0)
    return g_strdup (_ ("Nothing has been measured yet."));
  for (guint series = 0; series < ph_graph_n_series (kind); series++)
    {
      g_autoptr (GString) now = g_string_new (NULL);
      g_autoptr (GString) peak = g_string_new (NULL);

      ph_graph_print (now, kind, points[n - 1].mean[series]);
      ph_graph_print (peak, kind, ph_graph_peak (points, n, series));
      if (series > 0)
        g_string_append_c (text, ' ');
      /* Translators: “Received: 1.2 Mbit/s now. In the last minute at most 3.4 Mbit/s.” */
      g_string_append_printf (text, _ ("%s: %s now. %s at most %s."), ph_series_name (kind, series), now->str,
                              _ (spans[span]), peak->str);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}
