/* SPDX-License-Identifier: GPL-3.0-or-later */
/* All of it is one Cairo node below the labels: it changes once a second, and then everywhere. */
#include "ph-graph-draw.h"

#include <math.h>

#include "ph-compat.h"
#include "ph-hues.h"
#include "ph-taste.h"

#define LINE        2.0  /* px */
#define FILL        0.15 /* of the line's colour: below what is received */
#define BAND        0.3  /* between a point's mean and its peak */
#define GRID_ALPHA  0.15 /* of the text's colour */
#define LABEL_ALPHA 0.7
#define DOT         3.5 /* px, its radius */
#define GAP         6   /* px between labels and what they are labels of */

/* --- places --- */

static PangoLayout *
value_label (const PhGraphPicture *self, guint tick)
{
  g_autoptr (GString) text = g_string_new (NULL);

  ph_graph_print (text, self->kind, self->axis.tick[tick]);
  return gtk_widget_create_pango_layout (self->widget, text->str);
}

static PangoLayout *
time_label (const PhGraphPicture *self, double ago)
{
  g_autoptr (GString) text = g_string_new (NULL);

  ph_axis_print_ago (text, ago);
  return gtk_widget_create_pango_layout (self->widget, text->str);
}

void
ph_graph_get_area (const PhGraphPicture *self, PhGraphArea *area)
{
  int widest = 0, line = 0;

  for (guint tick = 0; tick < self->axis.n_ticks; tick++)
    {
      g_autoptr (PangoLayout) label = value_label (self, tick);
      int width;

      pango_layout_get_pixel_size (label, &width, &line);
      widest = MAX (widest, width);
    }
  area->left = widest + GAP;
  area->top = line / 2.0;
  area->width = MAX (gtk_widget_get_width (self->widget) - area->left - DOT, 1);
  area->height = MAX (gtk_widget_get_height (self->widget) - area->top - line - GAP, 1);
}

double
ph_graph_x (const PhGraphPicture *self, const PhGraphArea *area, double age)
{
  return area->left + area->width * (1 - age / self->seconds);
}

static double
y_of (const PhGraphPicture *self, const PhGraphArea *area, double value)
{
  return area->top + area->height * (1 - CLAMP (value / self->axis.maximum, 0, 1));
}

/* --- grid and labels --- */

static void
draw_label (GtkSnapshot *snapshot, PangoLayout *label, double x, double y, const GdkRGBA *color)
{
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float) round (x), (float) round (y)));
  gtk_snapshot_append_layout (snapshot, label, color);
  gtk_snapshot_restore (snapshot);
}

static void
draw_values (
    const PhGraphPicture *self, GtkSnapshot *snapshot, cairo_t *cr, const PhGraphArea *area, const GdkRGBA *color)
{
  for (guint tick = 0; tick < self->axis.n_ticks; tick++)
    {
      g_autoptr (PangoLayout) label = value_label (self, tick);
      double y = y_of (self, area, self->axis.tick[tick]);
      int width, height;

      pango_layout_get_pixel_size (label, &width, &height);
      draw_label (snapshot, label, area->left - GAP - width, y - height / 2.0, color);
      cairo_move_to (cr, area->left, floor (y) + 0.5);
      cairo_rel_line_to (cr, area->width, 0);
    }
}

/* Where a label begins: centred below its line, but inside the picture. */
static double
label_begin (const PhGraphPicture *self, const PhGraphArea *area, double ago, int width)
{
  return CLAMP (ph_graph_x (self, area, ago) - width / 2.0, 0, area->left + area->width + DOT - width);
}

/* From where on there is room beside the oldest label. */
static double
first_end (const PhGraphPicture *self, const PhGraphArea *area, double ago)
{
  g_autoptr (PangoLayout) label = time_label (self, ago);
  int width;

  pango_layout_get_pixel_size (label, &width, NULL);
  return label_begin (self, area, ago, width) + width + 2 * GAP;
}

/* Where labels would touch, those between the ends are left out; their lines stay. */
static void
draw_times (
    const PhGraphPicture *self, GtkSnapshot *snapshot, cairo_t *cr, const PhGraphArea *area, const GdkRGBA *color)
{
  double ago[PH_AXIS_TICKS_MAX];
  guint n = ph_axis_times (self->seconds, ago);
  double free_from = first_end (self, area, ago[0]), free_to = G_MAXDOUBLE;

  for (guint i = n; i-- > 0;)
    {
      g_autoptr (PangoLayout) label = time_label (self, ago[i]);
      gboolean end = i == 0 || i == n - 1;
      double begin;
      int width;

      pango_layout_get_pixel_size (label, &width, NULL);
      begin = label_begin (self, area, ago[i], width);
      if (end || (begin >= free_from && begin + width <= free_to))
        {
          draw_label (snapshot, label, begin, area->top + area->height + GAP, color);
          free_to = begin - 2 * GAP;
        }
      if (!end)
        {
          cairo_move_to (cr, floor (ph_graph_x (self, area, ago[i])) + 0.5, area->top);
          cairo_rel_line_to (cr, 0, area->height);
        }
    }
}

/* --- lines --- */

static gboolean
is_known (const PhGraphPicture *self, guint i, guint series)
{
  return i < self->n && isfinite (self->points[i].mean[series]) && isfinite (self->points[i].peak[series]);
}

static void
means (const PhGraphPicture *self, cairo_t *cr, const PhGraphArea *area, guint series, guint from, guint to)
{
  for (guint i = from; i < to; i++)
    cairo_line_to (cr, ph_graph_x (self, area, self->points[i].age), y_of (self, area, self->points[i].mean[series]));
}

static void
fill (cairo_t *cr, const GdkRGBA *color, double alpha)
{
  cairo_close_path (cr);
  cairo_set_source_rgba (cr, color->red, color->green, color->blue, color->alpha * alpha);
  cairo_fill (cr);
}

/* Points that are known and follow each other. */
static void
draw_run (const PhGraphPicture *self, cairo_t *cr, const PhGraphArea *area, guint series, guint from, guint to)
{
  double bottom = area->top + area->height;
  GdkRGBA color;

  ph_hue_get (self->widget, series == PH_SERIES_RECEIVED ? PH_HUE_FIRST : PH_HUE_SECOND, &color);
  if (series == PH_SERIES_RECEIVED)
    {
      means (self, cr, area, series, from, to);
      cairo_line_to (cr, ph_graph_x (self, area, self->points[to - 1].age), bottom);
      cairo_line_to (cr, ph_graph_x (self, area, self->points[from].age), bottom);
      fill (cr, &color, FILL);
    }
  /* A burst that is shorter than a point is still seen. */
  means (self, cr, area, series, from, to);
  for (guint i = to; i-- > from;)
    cairo_line_to (cr, ph_graph_x (self, area, self->points[i].age), y_of (self, area, self->points[i].peak[series]));
  fill (cr, &color, BAND);

  means (self, cr, area, series, from, to);
  if (to - from == 1) /* a dot, by its round ends */
    means (self, cr, area, series, from, to);
  gdk_cairo_set_source_rgba (cr, &color);
  cairo_stroke (cr);
}

static void
draw_series (const PhGraphPicture *self, cairo_t *cr, const PhGraphArea *area, guint series)
{
  guint end;

  cairo_set_line_width (cr, LINE);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  for (guint i = 0; i < self->n; i = MAX (end, i + 1))
    {
      for (end = i; is_known (self, end, series); end++)
        ;
      if (end > i)
        draw_run (self, cr, area, series, i, end);
    }
}

static void
draw_cursor (const PhGraphPicture *self, cairo_t *cr, const PhGraphArea *area, const GdkRGBA *color)
{
  const PhGraphPoint *point = &self->points[self->cursor];
  double x = ph_graph_x (self, area, point->age);

  cairo_set_line_width (cr, 1);
  gdk_cairo_set_source_rgba (cr, color);
  cairo_move_to (cr, floor (x) + 0.5, area->top);
  cairo_rel_line_to (cr, 0, area->height);
  cairo_stroke (cr);
  for (guint series = 0; series < ph_graph_n_series (self->kind); series++)
    {
      GdkRGBA hue;

      if (!is_known (self, self->cursor, series))
        continue;
      ph_hue_get (self->widget, series == PH_SERIES_RECEIVED ? PH_HUE_FIRST : PH_HUE_SECOND, &hue);
      gdk_cairo_set_source_rgba (cr, &hue);
      cairo_arc (cr, x, y_of (self, area, point->mean[series]), DOT, 0, 2 * G_PI);
      cairo_fill (cr);
    }
}

/* --- the whole --- */

void
ph_graph_draw (const PhGraphPicture *self, GtkSnapshot *snapshot)
{
  int width = gtk_widget_get_width (self->widget), height = gtk_widget_get_height (self->widget);
  GdkRGBA text, dim;
  PhGraphArea area;
  cairo_t *cr;

  ph_graph_get_area (self, &area);
  ph_compat_get_color (self->widget, &text);
  dim = text;
  dim.alpha *= (float) LABEL_ALPHA;
  cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, (float) width, (float) height));

  cairo_set_line_width (cr, 1);
  draw_values (self, snapshot, cr, &area, &dim);
  draw_times (self, snapshot, cr, &area, &dim);
  cairo_set_source_rgba (cr, text.red, text.green, text.blue, text.alpha * GRID_ALPHA);
  cairo_stroke (cr);

  cairo_rectangle (cr, area.left, 0, area.width + DOT, area.top + area.height + LINE);
  cairo_clip (cr);
  for (guint series = 0; series < ph_graph_n_series (self->kind); series++)
    draw_series (self, cr, &area, series);
  if (self->cursor < self->n)
    draw_cursor (self, cr, &area, &dim);
  cairo_destroy (cr);
}
