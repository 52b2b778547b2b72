/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The plot draws; here is what stands around it, and what is said. */
#include "ph-graph.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "ph-graph-plot.h"
#include "ph-hues.h"
#include "ph-taste.h"

/* A description that changed with every look would keep a screen reader talking. */
#define CALM_US (10 * G_USEC_PER_SEC)

struct _PhGraph
{
  AdwBin parent_instance;

  PhGraphPlot *plot;
  GtkWidget *buttons;
  GtkToggleButton *spans[PH_N_GRAPH_SPANS];
  GtkDrawingArea *swatches[PH_N_SERIES];
  GtkLabel *names[PH_N_SERIES];
  GtkLabel *values[PH_N_SERIES];
  GtkLabel *when; /* which moment the legend tells of, where it is not now */

  PhGraphKind kind;
  const PhHistory *history;
  const PhPast *past;
  gint64 now_us;
  PhGraphPoint last; /* the newest point; its age is negative where there is none */

  char *description;
  gint64 described_us;
};

G_DEFINE_FINAL_TYPE (PhGraph, ph_graph, ADW_TYPE_BIN)

enum
{
  PROP_LATENCY = 1,
  PROP_SPAN,
  PROP_BARE,
  N_PROPS
};
static GParamSpec *props[N_PROPS];

static char *
point_words (PhGraph *self, const PhGraphPoint *point)
{
  gint64 ago_us = g_get_monotonic_time () - self->now_us + (gint64) (point->age * G_USEC_PER_SEC);

  return ph_graph_point_words (self->kind, point, ph_graph_get_span (self), g_get_real_time () - ago_us);
}

/* --- what is said --- */

static void
describe (PhGraph *self, char *words)
{
  g_free (self->description);
  self->description = words;
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->plot), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, words, -1);
}

/* The legend tells of the moment that the keyboard has come to, else of now. */
static void
update_legend (PhGraph *self)
{
  const PhGraphPoint *cursor = ph_graph_plot_get_cursor (self->plot);
  const PhGraphPoint *point = cursor ? cursor : &self->last;

  for (guint series = 0; series < ph_graph_n_series (self->kind); series++)
    {
      g_autoptr (GString) text = g_string_new (NULL);

      ph_graph_print (text, self->kind, point->mean[series]);
      gtk_label_set_text (self->values[series], text->str);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->when), cursor != NULL);
  if (cursor)
    {
      g_autofree char *words = point_words (self, cursor);

      describe (self, g_strdup (words));
      *strchrnul (words, '\n') = '\0';
      gtk_label_set_text (self->when, words);
    }
}

static void
update (PhGraph *self, gboolean describe_now)
{
  PhGraphPoint points[PH_HISTORY_POINTS_MAX];
  guint span = ph_graph_get_span (self);
  double seconds = ph_graph_seconds (span, self->past ? ph_past_first (self->past) : self->now_us, self->now_us);
  guint n = 0;

  if (self->past)
    n = ph_graph_points_of_past (self->past, self->kind, span, self->now_us, points);
  else if (self->history)
    n = ph_graph_points (self->history, MIN (span, PH_SPAN_HOUR), self->now_us, points);

  self->last = n > 0 ? points[n - 1] : (PhGraphPoint){ .mean = { NAN, NAN }, .peak = { NAN, NAN } };
  ph_graph_plot_set_points (self->plot, points, n, span, seconds, self->now_us);
  update_legend (self);
  if (!ph_graph_plot_get_cursor (self->plot) && (describe_now || self->now_us - self->described_us >= CALM_US))
    {
      describe (self, ph_graph_words (self->kind, points, n, span));
      self->described_us = self->now_us;
    }
}

static gboolean
query_tooltip (PhGraph *self, int x, int y, gboolean keyboard, GtkTooltip *tooltip)
{
  const PhGraphPoint *point = keyboard ? ph_graph_plot_get_cursor (self->plot) : ph_graph_plot_find (self->plot, x);
  g_autofree char *words = NULL;

  if (!point)
    return FALSE;
  words = point_words (self, point);
  gtk_tooltip_set_text (tooltip, words);
  return TRUE;
}

static void
span_toggled (PhGraph *self, GtkToggleButton *button)
{
  if (!gtk_toggle_button_get_active (button))
    return;
  update (self, TRUE);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_SPAN]);
}

/* --- for others --- */

void
ph_graph_set_name (PhGraph *self, const char *name)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->plot), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

void
ph_graph_show (PhGraph *self, const PhHistory *history, gint64 now_us)
{
  gboolean another = history != self->history;

  self->history = history;
  self->now_us = now_us;
  update (self, another);
}

void
ph_graph_show_past (PhGraph *self, const PhPast *past, gint64 now_us)
{
  gboolean another = !past || !self->past || ph_past_first (past) != ph_past_first (self->past);

  self->past = past;
  self->now_us = now_us;
  update (self, another);
}

void
ph_graph_set_span (PhGraph *self, guint span)
{
  g_return_if_fail (span < PH_N_GRAPH_SPANS);

  gtk_toggle_button_set_active (self->spans[span], TRUE);
}

guint
ph_graph_get_span (PhGraph *self)
{
  guint span = PH_SPAN_MINUTE;

  while (span + 1 < PH_N_GRAPH_SPANS && !gtk_toggle_button_get_active (self->spans[span]))
    span++;
  return span;
}

const char *
ph_graph_get_description (PhGraph *self)
{
  return self->description;
}

/* --- life --- */

/* As the plot draws it: filled below, or a bare line. */
static void
draw_swatch (GtkDrawingArea *area, cairo_t *cr, int width, int height, gpointer series)
{
  gboolean received = GPOINTER_TO_UINT (series) == PH_SERIES_RECEIVED;
  GdkRGBA color;

  ph_hue_get (GTK_WIDGET (area), received ? PH_HUE_FIRST : PH_HUE_SECOND, &color);
  gdk_cairo_set_source_rgba (cr, &color);
  cairo_rectangle (cr, 0, received ? 0 : height / 2.0 - 1, width, 2);
  cairo_fill (cr);
  if (!received)
    return;
  cairo_set_source_rgba (cr, color.red, color.green, color.blue, 0.3);
  cairo_rectangle (cr, 0, 2, width, height - 2);
  cairo_fill (cr);
}

static void
set_latency (PhGraph *self, gboolean latency)
{
  self->kind = latency ? PH_GRAPH_LATENCY : PH_GRAPH_TRAFFIC;
  ph_graph_plot_set_kind (self->plot, self->kind);
  for (guint series = 0; series < PH_N_SERIES; series++)
    {
      gboolean is = series < ph_graph_n_series (self->kind);

      gtk_widget_set_visible (GTK_WIDGET (self->swatches[series]), is);
      gtk_widget_set_visible (GTK_WIDGET (self->names[series]), is);
      gtk_widget_set_visible (GTK_WIDGET (self->values[series]), is);
      if (!is)
        continue;
      gtk_label_set_text (self->names[series], ph_series_name (self->kind, series));
      gtk_accessible_update_property (GTK_ACCESSIBLE (self->values[series]), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                      ph_series_name (self->kind, series), -1);
    }
}

static void
ph_graph_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  PhGraph *self = PH_GRAPH (object);

  if (id == PROP_SPAN)
    g_value_set_uint (value, ph_graph_get_span (self));
  else if (id == PROP_BARE)
    g_value_set_boolean (value, !gtk_widget_get_visible (self->buttons));
  else
    g_value_set_boolean (value, self->kind == PH_GRAPH_LATENCY);
}

static void
ph_graph_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  PhGraph *self = PH_GRAPH (object);

  if (id == PROP_SPAN)
    {
      gtk_widget_set_visible (GTK_WIDGET (self->spans[PH_SPAN_WHOLE]), TRUE);
      ph_graph_set_span (self, g_value_get_uint (value));
    }
  else if (id == PROP_BARE)
    gtk_widget_set_visible (self->buttons, !g_value_get_boolean (value));
  else
    set_latency (self, g_value_get_boolean (value));
}

static void
ph_graph_dispose (GObject *object)
{
  PhGraph *self = PH_GRAPH (object);

  self->history = NULL;
  self->past = NULL;
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), PH_TYPE_GRAPH);
  G_OBJECT_CLASS (ph_graph_parent_class)->dispose (object);
}

static void
ph_graph_finalize (GObject *object)
{
  g_free (PH_GRAPH (object)->description);
  G_OBJECT_CLASS (ph_graph_parent_class)->finalize (object);
}

static void
ph_graph_class_init (PhGraphClass *klass)
{
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  static const char *const spans[PH_N_GRAPH_SPANS] = { "minute", "ten_minutes", "hour", "whole" };
  static const char *const swatches[PH_N_SERIES] = { "received_swatch", "sent_swatch" };
  static const char *const names[PH_N_SERIES] = { "received_name", "sent_name" };
  static const char *const values[PH_N_SERIES] = { "received", "sent" };
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ph_graph_dispose;
  G_OBJECT_CLASS (klass)->finalize = ph_graph_finalize;
  G_OBJECT_CLASS (klass)->get_property = ph_graph_get_property;
  G_OBJECT_CLASS (klass)->set_property = ph_graph_set_property;
  props[PROP_LATENCY] = g_param_spec_boolean ("latency", NULL, NULL, FALSE, flags);
  props[PROP_SPAN] = g_param_spec_uint ("span", NULL, NULL, 0, PH_N_GRAPH_SPANS - 1, 0, flags);
  props[PROP_BARE] = g_param_spec_boolean ("bare", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (G_OBJECT_CLASS (klass), N_PROPS, props);

  g_type_ensure (PH_TYPE_GRAPH_PLOT);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/porthole/Porthole/ph-graph.ui");
  gtk_widget_class_bind_template_child (widget_class, PhGraph, plot);
  gtk_widget_class_bind_template_child (widget_class, PhGraph, when);
  gtk_widget_class_bind_template_child (widget_class, PhGraph, buttons);
  for (guint i = 0; i < PH_N_GRAPH_SPANS; i++)
    gtk_widget_class_bind_template_child_full (widget_class, spans[i], FALSE, G_STRUCT_OFFSET (PhGraph, spans[i]));
  for (guint i = 0; i < PH_N_SERIES; i++)
    {
      gtk_widget_class_bind_template_child_full (widget_class, swatches[i], FALSE,
                                                 G_STRUCT_OFFSET (PhGraph, swatches[i]));
      gtk_widget_class_bind_template_child_full (widget_class, names[i], FALSE, G_STRUCT_OFFSET (PhGraph, names[i]));
      gtk_widget_class_bind_template_child_full (widget_class, values[i], FALSE, G_STRUCT_OFFSET (PhGraph, values[i]));
    }
  gtk_widget_class_bind_template_callback (widget_class, span_toggled);
  gtk_widget_class_bind_template_callback (widget_class, query_tooltip);
  gtk_widget_class_bind_template_callback (widget_class, update_legend);
}

static void
units_changed (PhGraph *self)
{
  update (self, TRUE);
}

static void
ph_graph_init (PhGraph *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (ph_taste_get_default (), "units", G_CALLBACK (units_changed), self, G_CONNECT_SWAPPED);
  for (guint series = 0; series < PH_N_SERIES; series++)
    gtk_drawing_area_set_draw_func (self->swatches[series], draw_swatch, GUINT_TO_POINTER (series), NULL);
  update (self, TRUE);
}
