/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The drawing part of a large graph: grid, axes, two lines, and the point that is looked at.
 *
 * It is given points and draws them; where they come from and what is said beside them is PhGraph's. Time runs from
 * left to right in every language, see ph-spark.h. The arrow keys walk along the points as the pointer does.
 */
#pragma once

#include <gtk/gtk.h>

#include "ph-graph-words.h"

#define PH_TYPE_GRAPH_PLOT (ph_graph_plot_get_type ())
G_DECLARE_FINAL_TYPE (PhGraphPlot, ph_graph_plot, PH, GRAPH_PLOT, GtkWidget)

/* Signal "cursor-changed": the keyboard has come to another point, or left. */

/* To begin with; it is PH_GRAPH_TRAFFIC where nothing is said. */
void ph_graph_plot_set_kind (PhGraphPlot *self, PhGraphKind kind);

/* @points (copied): oldest first, @now_us (CLOCK_MONOTONIC) is at the right edge. @span: with another one than before
 * nobody looks at a point any more; it is @seconds long. */
void ph_graph_plot_set_points (
    PhGraphPlot *self, const PhGraphPoint *points, guint n, guint span, double seconds, gint64 now_us);

/* Where the axis of values ends. */
double ph_graph_plot_get_maximum (PhGraphPlot *self);

/* The point that the keyboard has come to; NULL: none. Valid until other points are set. */
const PhGraphPoint *ph_graph_plot_get_cursor (PhGraphPlot *self);

/* The point that is drawn nearest to @x px from the left; NULL: there is none near it. Valid likewise. */
const PhGraphPoint *ph_graph_plot_find (PhGraphPlot *self, double x);
