/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is drawn is a picture of its own; here are its size, and the pointer and the keys that look at a point of it. */
#include "ph-graph-plot.h"

#include <math.h>
#include <string.h>

#include "ph-graph-draw.h"
#include "ph-taste.h"

#define NEAR  12   /* px: so far from a point it is still meant */
#define LEAST 10e3 /* bits a second: a few packets of housekeeping are no mountain */
#define FAST  100  /* µs: nor are round trips inside a computer */
#define NONE  PH_GRAPH_NO_CURSOR

struct _PhGraphPlot
{
  GtkWidget parent_instance;

  PhGraphPicture picture;
  guint span;
  gint64 now_us;
  gboolean keyboard; /* the cursor was put there by the keyboard */
};

G_DEFINE_FINAL_TYPE (PhGraphPlot, ph_graph_plot, GTK_TYPE_WIDGET)

enum
{
  SIGNAL_CURSOR_CHANGED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

static void
ph_graph_plot_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  ph_graph_draw (&PH_GRAPH_PLOT (widget)->picture, snapshot);
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

  if (cursor == self->picture.cursor && keyboard == self->keyboard)
    return;
  self->picture.cursor = cursor;
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
  PhGraphArea area;

  ph_graph_get_area (&self->picture, &area);
  nearest = MAX (NEAR, area.width / 40);
  for (guint i = 0; i < self->picture.n; i++)
    {
      double distance = fabs (ph_graph_x (&self->picture, &area, self->picture.points[i].age) - x);

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

  return found == NONE ? NULL : &self->picture.points[found];
}

const PhGraphPoint *
ph_graph_plot_get_cursor (PhGraphPlot *self)
{
  return self->keyboard && self->picture.cursor < self->picture.n ? &self->picture.points[self->picture.cursor] : NULL;
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
  gint64 from = MIN (self->picture.cursor, self->picture.n); /* from the right, at first */

  if (self->picture.n == 0)
    return FALSE;
  set_cursor (self, (guint) CLAMP (from + g_variant_get_int32 (by), 0, (gint64) self->picture.n - 1), TRUE);
  return TRUE;
}

static void
set_axis (PhGraphPlot *self, double peak)
{
  if (self->picture.kind == PH_GRAPH_LATENCY)
    ph_axis_for (peak, FAST, &self->picture.axis);
  else
    ph_axis_for_rate (peak, LEAST, ph_taste_get_graph_units (ph_taste_get_default ()), &self->picture.axis);
}

void
ph_graph_plot_set_kind (PhGraphPlot *self, PhGraphKind kind)
{
  self->picture.kind = kind;
  set_axis (self, 0);
}

void
ph_graph_plot_set_points (
    PhGraphPlot *self, const PhGraphPoint *points, guint n, guint span, double seconds, gint64 now_us)
{
  gboolean told = self->keyboard;
  double peak = 0;
  double looked_at = 0;

  /* Time moves on; who looks at a point keeps looking at that moment. */
  if (self->picture.cursor < self->picture.n && self->span == span)
    looked_at = self->picture.points[self->picture.cursor].age + (double) (now_us - self->now_us) / G_USEC_PER_SEC;
  else
    {
      self->picture.cursor = NONE;
      self->keyboard = FALSE;
    }

  self->picture.n = MIN (n, PH_HISTORY_POINTS_MAX);
  memcpy (self->picture.points, points, self->picture.n * sizeof *points);
  self->span = span;
  self->picture.seconds = seconds;
  self->now_us = now_us;
  for (guint series = 0; series < ph_graph_n_series (self->picture.kind); series++)
    peak = MAX (peak, ph_graph_peak (self->picture.points, self->picture.n, series));
  set_axis (self, peak);

  if (self->picture.cursor != NONE)
    {
      double nearest = G_MAXDOUBLE;

      for (guint i = 0; i < self->picture.n; i++)
        if (fabs (self->picture.points[i].age - looked_at) < nearest)
          {
            nearest = fabs (self->picture.points[i].age - looked_at);
            self->picture.cursor = i;
          }
    }
  if (told)
    g_signal_emit (self, signals[SIGNAL_CURSOR_CHANGED], 0);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

double
ph_graph_plot_get_maximum (PhGraphPlot *self)
{
  return self->picture.axis.maximum;
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

  self->picture.widget = GTK_WIDGET (self);
  self->picture.cursor = NONE;
  self->picture.seconds = ph_graph_seconds (PH_SPAN_MINUTE, 0, 0);
  set_axis (self, 0);
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
