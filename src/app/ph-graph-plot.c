/* SPDX-License-Identifier: GPL-3.0-or-later */
/* All of it is one Cairo node below the labels: it changes once a second, and then everywhere. */
#include "ph-graph-plot.h"

#include <math.h>
#include <string.h>

#include "ph-axis.h"
#include "ph-compat.h"
#include "ph-hues.h"

#define LINE        2.0  /* px */
#define FILL        0.15 /* of the line's colour: below what is received */
#define BAND        0.3  /* between a point's mean and its peak */
#define GRID_ALPHA  0.15 /* of the text's colour */
#define LABEL_ALPHA 0.7
#define DOT         3.5  /* px, its radius */
#define GAP         6    /* px between labels and what they are labels of */
#define NEAR        12   /* px: so far from a point it is still meant */
#define LEAST       10e3 /* bits a second: a few packets of housekeeping are no mountain */
#define NONE        G_MAXUINT

struct _PhGraphPlot
{
  GtkWidget parent_instance;

  PhGraphPoint points[PH_HISTORY_POINTS_MAX];
  guint n;
  PhSpan span;
  gint64 now_us;
  PhAxis axis;

  guint cursor;      /* index of the point that is looked at; NONE */
  gboolean keyboard; /* it was put there by the keyboard */
};

G_DEFINE_FINAL_TYPE (PhGraphPlot, ph_graph_plot, GTK_TYPE_WIDGET)

enum
{
  SIGNAL_CURSOR_CHANGED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

/* Where the lines are drawn, px. */
typedef struct
{
  double left, top, width, height;
} Area;

static double
seconds (PhGraphPlot *self)
{
  return (double) ph_span_length (self->span) / G_USEC_PER_SEC;
}

/* --- places --- */

static PangoLayout *
value_label (PhGraphPlot *self, guint tick)
{
  g_autoptr (GString) text = g_string_new (NULL);

  ph_axis_print_bits (text, self->axis.tick[tick]);
  return gtk_widget_create_pango_layout (GTK_WIDGET (self), text->str);
}

static PangoLayout *
time_label (PhGraphPlot *self, double ago)
{
  g_autoptr (GString) text = g_string_new (NULL);

  ph_axis_print_ago (text, ago);
  return gtk_widget_create_pango_layout (GTK_WIDGET (self), text->str);
}

static void
get_area (PhGraphPlot *self, Area *area)
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
  area->width = MAX (gtk_widget_get_width (GTK_WIDGET (self)) - area->left - DOT, 1);
  area->height = MAX (gtk_widget_get_height (GTK_WIDGET (self)) - area->top - line - GAP, 1);
}

static double
x_of (PhGraphPlot *self, const Area *area, double age)
{
  return area->left + area->width * (1 - age / seconds (self));
}

static double
y_of (PhGraphPlot *self, const Area *area, double value)
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
draw_values (PhGraphPlot *self, GtkSnapshot *snapshot, cairo_t *cr, const Area *area, const GdkRGBA *color)
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

/* Where labels would touch, those between the ends are left out; their lines stay. */
static void
draw_times (PhGraphPlot *self, GtkSnapshot *snapshot, cairo_t *cr, const Area *area, const GdkRGBA *color)
{
  double ago[PH_AXIS_TICKS_MAX];
  guint n = ph_axis_times (seconds (self), ago);
  double free_from = 0, last_begins = 0;

  for (guint pass = 0; pass < 2; pass++)
    for (guint i = 0; i < n; i++)
      {
        gboolean last = i == n - 1;
        double x = x_of (self, area, ago[i]);
        g_autoptr (PangoLayout) label = NULL;
        double begin;
        int width;

        /* The last one first: it always has its place. */
        if (last != (pass == 0))
          continue;
        label = time_label (self, ago[i]);
        pango_layout_get_pixel_size (label, &width, NULL);
        begin = CLAMP (x - width / 2.0, 0, area->left + area->width + DOT - width);
        if (last)
          last_begins = begin;
        else if (begin < free_from || begin + width + 2 * GAP > last_begins)
          width = 0;
        else
          free_from = begin + width + 2 * GAP;
        if (width > 0)
          draw_label (snapshot, label, begin, area->top + area->height + GAP, color);
        if (i > 0 && !last)
          {
            cairo_move_to (cr, floor (x) + 0.5, area->top);
            cairo_rel_line_to (cr, 0, area->height);
          }
      }
}

/* --- lines --- */

static gboolean
is_known (PhGraphPlot *self, guint i, guint series)
{
  return i < self->n && isfinite (self->points[i].mean[series]) && isfinite (self->points[i].peak[series]);
}

static void
means (PhGraphPlot *self, cairo_t *cr, const Area *area, guint series, guint from, guint to)
{
  for (guint i = from; i < to; i++)
    cairo_line_to (cr, x_of (self, area, self->points[i].age), y_of (self, area, self->points[i].mean[series]));
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
draw_run (PhGraphPlot *self, cairo_t *cr, const Area *area, guint series, guint from, guint to)
{
  double bottom = area->top + area->height;
  GdkRGBA color;

  ph_hue_get (GTK_WIDGET (self), series == PH_SERIES_RECEIVED ? PH_HUE_FIRST : PH_HUE_SECOND, &color);
  if (series == PH_SERIES_RECEIVED)
    {
      means (self, cr, area, series, from, to);
      cairo_line_to (cr, x_of (self, area, self->points[to - 1].age), bottom);
      cairo_line_to (cr, x_of (self, area, self->points[from].age), bottom);
      fill (cr, &color, FILL);
    }
  /* A burst that is shorter than a point is still seen. */
  means (self, cr, area, series, from, to);
  for (guint i = to; i-- > from;)
    cairo_line_to (cr, x_of (self, area, self->points[i].age), y_of (self, area, self->points[i].peak[series]));
  fill (cr, &color, BAND);

  means (self, cr, area, series, from, to);
  if (to - from == 1) /* a dot, by its round ends */
    means (self, cr, area, series, from, to);
  gdk_cairo_set_source_rgba (cr, &color);
  cairo_stroke (cr);
}

static void
draw_series (PhGraphPlot *self, cairo_t *cr, const Area *area, guint series)
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
draw_cursor (PhGraphPlot *self, cairo_t *cr, const Area *area, const GdkRGBA *color)
{
  const PhGraphPoint *point = &self->points[self->cursor];
  double x = x_of (self, area, point->age);

  cairo_set_line_width (cr, 1);
  gdk_cairo_set_source_rgba (cr, color);
  cairo_move_to (cr, floor (x) + 0.5, area->top);
  cairo_rel_line_to (cr, 0, area->height);
  cairo_stroke (cr);
  for (guint series = 0; series < PH_N_SERIES; series++)
    {
      GdkRGBA hue;

      if (!is_known (self, self->cursor, series))
        continue;
      ph_hue_get (GTK_WIDGET (self), series == PH_SERIES_RECEIVED ? PH_HUE_FIRST : PH_HUE_SECOND, &hue);
      gdk_cairo_set_source_rgba (cr, &hue);
      cairo_arc (cr, x, y_of (self, area, point->mean[series]), DOT, 0, 2 * G_PI);
      cairo_fill (cr);
    }
}

static void
ph_graph_plot_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  PhGraphPlot *self = PH_GRAPH_PLOT (widget);
  int width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);
  GdkRGBA text, dim;
  Area area;
  cairo_t *cr;

  get_area (self, &area);
  ph_compat_get_color (widget, &text);
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
  for (guint series = 0; series < PH_N_SERIES; series++)
    draw_series (self, cr, &area, series);
  if (self->cursor < self->n)
    draw_cursor (self, cr, &area, &dim);
  cairo_destroy (cr);
}

static void
ph_graph_plot_measure (GtkWidget *widget,
                       GtkOrientation orientation,
                       int for_size,
                       int *minimum,
                       int *natural,
                       int *minimum_baseline,
                       int *natural_baseline)
{
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (widget, "0");
  int line;

  /* In lines of its text, so that it grows with it. */
  pango_layout_get_pixel_size (layout, NULL, &line);
  *minimum = line * (orientation == GTK_ORIENTATION_HORIZONTAL ? 10 : 7);
  *natural = line * (orientation == GTK_ORIENTATION_HORIZONTAL ? 20 : 10);
}

/* --- the point that is looked at --- */

static void
set_cursor (PhGraphPlot *self, guint cursor, gboolean keyboard)
{
  gboolean told = self->keyboard || keyboard;

  if (cursor == self->cursor && keyboard == self->keyboard)
    return;
  self->cursor = cursor;
  self->keyboard = keyboard;
  gtk_widget_queue_draw (GTK_WIDGET (self));
  if (told)
    g_signal_emit (self, signals[SIGNAL_CURSOR_CHANGED], 0);
}

/* Not far from all of them: what is not known is not pointed at. */
static guint
find (PhGraphPlot *self, double x)
{
  double nearest;
  guint found = NONE;
  Area area;

  get_area (self, &area);
  nearest = MAX (NEAR, 1.5 * area.width * (double) ph_span_step (self->span) / (double) ph_span_length (self->span));
  for (guint i = 0; i < self->n; i++)
    {
      double distance = fabs (x_of (self, &area, self->points[i].age) - x);

      if (distance < nearest)
        {
          nearest = distance;
          found = i;
        }
    }
  return found;
}

const PhGraphPoint *
ph_graph_plot_find (PhGraphPlot *self, double x)
{
  guint found = find (self, x);

  return found == NONE ? NULL : &self->points[found];
}

const PhGraphPoint *
ph_graph_plot_get_cursor (PhGraphPlot *self)
{
  return self->keyboard && self->cursor < self->n ? &self->points[self->cursor] : NULL;
}

static void
pointer_moved (GtkEventControllerMotion *motion, double x, double y, PhGraphPlot *self)
{
  set_cursor (self, find (self, x), FALSE);
}

static void
pointer_left (PhGraphPlot *self)
{
  if (!self->keyboard)
    set_cursor (self, NONE, FALSE);
}

static void
focus_left (PhGraphPlot *self)
{
  if (self->keyboard)
    set_cursor (self, NONE, FALSE);
}

static gboolean
move_cursor (GtkWidget *widget, GVariant *by, gpointer data)
{
  PhGraphPlot *self = PH_GRAPH_PLOT (widget);
  gint64 from = MIN (self->cursor, self->n); /* from the right, at first */

  if (self->n == 0)
    return FALSE;
  set_cursor (self, (guint) CLAMP (from + g_variant_get_int32 (by), 0, (gint64) self->n - 1), TRUE);
  return TRUE;
}

void
ph_graph_plot_set_points (PhGraphPlot *self, const PhGraphPoint *points, guint n, PhSpan span, gint64 now_us)
{
  gboolean told = self->keyboard;
  double peak = 0;
  double looked_at = 0;

  /* Time moves on; who looks at a point keeps looking at that moment. */
  if (self->cursor < self->n && self->span == span)
    looked_at = self->points[self->cursor].age + (double) (now_us - self->now_us) / G_USEC_PER_SEC;
  else
    {
      self->cursor = NONE;
      self->keyboard = FALSE;
    }

  self->n = MIN (n, PH_HISTORY_POINTS_MAX);
  memcpy (self->points, points, self->n * sizeof *points);
  self->span = span;
  self->now_us = now_us;
  for (guint series = 0; series < PH_N_SERIES; series++)
    peak = MAX (peak, ph_graph_peak (self->points, self->n, series));
  ph_axis_for (peak, LEAST, &self->axis);

  if (self->cursor != NONE)
    {
      double nearest = G_MAXDOUBLE;

      for (guint i = 0; i < self->n; i++)
        if (fabs (self->points[i].age - looked_at) < nearest)
          {
            nearest = fabs (self->points[i].age - looked_at);
            self->cursor = i;
          }
    }
  if (told)
    g_signal_emit (self, signals[SIGNAL_CURSOR_CHANGED], 0);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

double
ph_graph_plot_get_maximum (PhGraphPlot *self)
{
  return self->axis.maximum;
}

/* --- life --- */

static void
ph_graph_plot_class_init (PhGraphPlotClass *klass)
{
  static const struct
  {
    guint key, keypad;
    int by;
  } moves[] = {
    { GDK_KEY_Left, GDK_KEY_KP_Left, -1 },
    { GDK_KEY_Right, GDK_KEY_KP_Right, 1 },
    { GDK_KEY_Home, GDK_KEY_KP_Home, G_MININT32 },
    { GDK_KEY_End, GDK_KEY_KP_End, G_MAXINT32 },
  };
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->measure = ph_graph_plot_measure;
  widget_class->snapshot = ph_graph_plot_snapshot;
  for (guint i = 0; i < G_N_ELEMENTS (moves); i++)
    {
      gtk_widget_class_add_binding (widget_class, moves[i].key, 0, move_cursor, "i", moves[i].by);
      gtk_widget_class_add_binding (widget_class, moves[i].keypad, 0, move_cursor, "i", moves[i].by);
    }
  signals[SIGNAL_CURSOR_CHANGED]
      = g_signal_new ("cursor-changed", PH_TYPE_GRAPH_PLOT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_css_name (widget_class, "ph-graph");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
ph_graph_plot_init (PhGraphPlot *self)
{
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();

  self->cursor = NONE;
  ph_axis_for (0, LEAST, &self->axis);
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self), "caption");
  gtk_widget_add_css_class (GTK_WIDGET (self), "numeric");
  g_signal_connect (motion, "enter", G_CALLBACK (pointer_moved), self);
  g_signal_connect (motion, "motion", G_CALLBACK (pointer_moved), self);
  g_signal_connect_swapped (motion, "leave", G_CALLBACK (pointer_left), self);
  gtk_widget_add_controller (GTK_WIDGET (self), motion);
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (focus_left), self);
  gtk_widget_add_controller (GTK_WIDGET (self), focus);
}
