/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How a large graph looks: grid, axes, a line for each series, and the point that is looked at. */
#pragma once

#include <gtk/gtk.h>

#include "ph-axis.h"
#include "ph-graph-words.h"

#define PH_GRAPH_NO_CURSOR G_MAXUINT

typedef struct
{
  GtkWidget *widget; /* borrowed: whose size, font and colours it has */
  PhGraphPoint points[PH_HISTORY_POINTS_MAX];
  guint n;
  PhGraphKind kind;
  double seconds; /* from the left to the right */
  PhAxis axis;
  guint cursor; /* index of the point that is looked at; PH_GRAPH_NO_CURSOR */
} PhGraphPicture;

/* Where the lines are, px in the widget. */
typedef struct
{
  double left, top, width, height;
} PhGraphArea;

void ph_graph_get_area (const PhGraphPicture *self, PhGraphArea *area);

/* Where a point of this age is, px from the left of the widget. */
double ph_graph_x (const PhGraphPicture *self, const PhGraphArea *area, double age);

void ph_graph_draw (const PhGraphPicture *self, GtkSnapshot *snapshot);
