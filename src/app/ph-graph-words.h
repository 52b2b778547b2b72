/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The points of a large graph, and what they say in words. Pure functions. */
#pragma once

#include <glib.h>

#include "ph-past.h"

/* What a graph is of. */
typedef enum
{
  PH_GRAPH_TRAFFIC = 0, /* PhSeries, bits a second */
  PH_GRAPH_LATENCY,     /* one series: round trips, µs */
} PhGraphKind;

typedef enum
{
  PH_SERIES_RECEIVED = 0,
  PH_SERIES_SENT,
  PH_N_SERIES
} PhSeries;

/* Besides the spans of PhSpan: all that there is. */
#define PH_SPAN_WHOLE    PH_N_SPANS
#define PH_N_GRAPH_SPANS (PH_N_SPANS + 1)

/* Of all series at one time. NAN: not known. */
typedef struct
{
  double age;               /* seconds ago */
  double mean[PH_N_SERIES]; /* over the time that the point stands for */
  double peak[PH_N_SERIES]; /* the largest in it */
} PhGraphPoint;

/* The points of a span, oldest first. Returns how many. */
guint ph_graph_points (const PhHistory *history,
                       PhSpan span,
                       gint64 now_us,
                       PhGraphPoint points[PH_HISTORY_POINTS_MAX]);

/* The same of a connection's past; @span may be PH_SPAN_WHOLE. */
guint ph_graph_points_of_past (
    const PhPast *past, PhGraphKind kind, guint span, gint64 now_us, PhGraphPoint points[PH_HISTORY_POINTS_MAX]);

/* How long a span is, seconds; the whole is at least a minute. */
double ph_graph_seconds (guint span, gint64 first_us, gint64 now_us);

guint ph_graph_n_series (PhGraphKind kind);

/* The largest peak that is known of one series; 0: none is. */
double ph_graph_peak (const PhGraphPoint *points, guint n, PhSeries series);

/* "Received", "Sent", "Round trip": translated. */
const char *ph_series_name (PhGraphKind kind, PhSeries series);

/* "1.2 Mbit/s", "12 ms"; a dash where it is not known. Appended. */
void ph_graph_print (GString *text, PhGraphKind kind, double value);

/* "14:03:25, 12 s ago", and a line for each series. @wall_us: the point's time since 1970. */
char *ph_graph_point_words (PhGraphKind kind, const PhGraphPoint *point, guint span, gint64 wall_us);

/* The whole graph for who does not see it: what is now and what was most. */
char *ph_graph_words (PhGraphKind kind, const PhGraphPoint *points, guint n, guint span);
