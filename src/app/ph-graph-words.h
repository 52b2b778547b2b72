/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The points of a large graph, and what they say in words. Pure functions. */
#pragma once

#include <glib.h>

#include "ph-history.h"

typedef enum
{
  PH_SERIES_RECEIVED = 0,
  PH_SERIES_SENT,
  PH_N_SERIES
} PhSeries;

/* Of all series at one time. Bits a second; NAN: not known. */
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

/* The largest peak that is known of one series; 0: none is. */
double ph_graph_peak (const PhGraphPoint *points, guint n, PhSeries series);

/* "Received", "Sent": translated. */
const char *ph_series_name (PhSeries series);

/* "1.2 Mbit/s"; a dash where it is not known. Appended. */
void ph_graph_print_rate (GString *text, double bits);

/* "14:03:25, 12 s ago", and a line for each series. @wall_us: the point's time since 1970. */
char *ph_graph_point_words (const PhGraphPoint *point, PhSpan span, gint64 wall_us);

/* The whole graph for who does not see it: what is now and what was most. */
char *ph_graph_words (const PhGraphPoint *points, guint n, PhSpan span);
