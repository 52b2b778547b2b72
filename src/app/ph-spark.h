/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The small graph in a cell: one or two traces as lines, the newest value at the right.
 *
 * Each is drawn to the scale of its own row: it tells how a rate came about, not how large it is, which the column
 * beside it says. Time runs from left to right in every language, as it does in GNOME's own graphs (System Monitor,
 * Sysprof): mirrored, a graph whose neighbours are not would be misread.
 */
#pragma once

#include <gtk/gtk.h>

#include "ph-trace.h"

/* Draws into the first @width × @height px, in the colours of @widget. @second may be NULL. FALSE, and nothing is
 * drawn, while there is no value that is known. */
gboolean ph_spark_snapshot (
    GtkWidget *widget, GtkSnapshot *snapshot, const PhTrace *first, const PhTrace *second, int width, int height);

/* Where a trace's value is drawn: x of the @i-th of @n values, and y for a scale that ends at @peak. For tests. */
double ph_spark_x (guint i, guint n, int width);
double ph_spark_y (double value, double peak, int height);
