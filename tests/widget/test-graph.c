/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Graphs: the small one in a cell, looked at pixel by pixel, and the large one with what it says. */
#include <math.h>
#include <string.h>

#include "ph-graph-plot.h"
#include "ph-graph.h"
#include "ph-hues.h"
#include "ph-spark.h"
#include "widget.h"

/* --- the small one --- */

#define WIDTH  120
#define HEIGHT 20

/* What is drawn: FALSE where nothing is. */
static gboolean
draw_spark (GtkWidget *widget, const PhTrace *first, const PhTrace *second, cairo_surface_t *surface)
{
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  gboolean drawn = ph_spark_snapshot (widget, snapshot, first, second, WIDTH, HEIGHT);
  GskRenderNode *node = gtk_snapshot_free_to_node (snapshot);

  g_assert_cmpint (drawn, ==, node != NULL);
  if (node)
    {
      cairo_t *cr = cairo_create (surface);

      gsk_render_node_draw (node, cr);
      cairo_destroy (cr);
      gsk_render_node_unref (node);
    }
  cairo_surface_flush (surface);
  return drawn;
}

static guint32
pixel (cairo_surface_t *surface, int x, int y)
{
  const guint8 *row = cairo_image_surface_get_data (surface) + y * cairo_image_surface_get_stride (surface);

  return ((const guint32 *) (gconstpointer) row)[x];
}

/* The topmost row of column @x with a pixel that is nearly of this colour; -1: none. */
static int
topmost (cairo_surface_t *surface, int x, const GdkRGBA *color)
{
  for (int y = 0; y < HEIGHT; y++)
    {
      guint32 argb = pixel (surface, x, y);
      double alpha = (argb >> 24) / 255.0;

      if (alpha > 0.5 && fabs ((argb >> 16 & 0xff) / 255.0 / alpha - color->red) < 0.1
          && fabs ((argb & 0xff) / 255.0 / alpha - color->blue) < 0.1)
        return y;
    }
  return -1;
}

static gboolean
is_blank (cairo_surface_t *surface, int x)
{
  for (int y = 0; y < HEIGHT; y++)
    if (pixel (surface, x, y) >> 24 > 0)
      return FALSE;
  return TRUE;
}

static void
fill_trace (PhTrace *trace, guint n, double value)
{
  *trace = (PhTrace){ 0 };
  for (guint i = 0; i < n; i++)
    ph_trace_push (trace, trace, value);
}

/* Sixty places from left to right; few values begin at the right edge and leave the rest free. */
static void
test_places (void)
{
  g_assert_cmpfloat (ph_spark_x (0, PH_TRACE_MAX, WIDTH), <, 2);
  g_assert_cmpfloat (ph_spark_x (PH_TRACE_MAX - 1, PH_TRACE_MAX, WIDTH), >, WIDTH - 2);
  g_assert_cmpfloat (ph_spark_x (0, 1, WIDTH), ==, ph_spark_x (PH_TRACE_MAX - 1, PH_TRACE_MAX, WIDTH));
  g_assert_cmpfloat (ph_spark_x (1, 3, WIDTH), <, ph_spark_x (2, 3, WIDTH));
  g_assert_cmpfloat (ph_spark_y (10, 10, HEIGHT), <, 2);
  g_assert_cmpfloat (ph_spark_y (0, 10, HEIGHT), >, HEIGHT - 2);
  g_assert_cmpfloat (ph_spark_y (0, 0, HEIGHT), >, HEIGHT - 2);
  g_assert_cmpfloat (ph_spark_y (INFINITY, INFINITY, HEIGHT), >, HEIGHT - 2); /* and not somewhere that is no number */
}

static void
test_spark (gconstpointer direction)
{
  GtkWidget *widget = g_object_ref_sink (gtk_label_new (NULL));
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, WIDTH, HEIGHT);
  GdkRGBA first_hue, second_hue;
  PhTrace first, second;
  int middle = (int) ph_spark_x (PH_TRACE_MAX / 2, PH_TRACE_MAX, WIDTH);

  gtk_widget_set_direction (widget, GPOINTER_TO_INT (direction));
  ph_hue_get (widget, PH_HUE_FIRST, &first_hue);
  ph_hue_get (widget, PH_HUE_SECOND, &second_hue);

  /* The first is twice the second, and known for the newer half only: in every language that is the right one. */
  fill_trace (&first, PH_TRACE_MAX / 2, 200);
  fill_trace (&second, PH_TRACE_MAX, 100);
  g_assert_true (draw_spark (widget, &first, &second, surface));
  g_assert_cmpint (topmost (surface, WIDTH - 10, &first_hue), <=, 1);
  g_assert_cmpint (topmost (surface, WIDTH - 10, &second_hue), >=, HEIGHT / 2 - 2);
  g_assert_cmpint (topmost (surface, WIDTH - 10, &second_hue), <=, HEIGHT / 2 + 2);
  g_assert_cmpint (topmost (surface, 10, &first_hue), ==, -1);
  g_assert_cmpint (topmost (surface, 10, &second_hue), >, 0);
  g_assert_cmpint (topmost (surface, middle + 6, &first_hue), <=, 1);

  cairo_surface_destroy (surface);
  g_object_unref (widget);
}

static void
test_spark_gap (void)
{
  GtkWidget *widget = g_object_ref_sink (gtk_label_new (NULL));
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, WIDTH, HEIGHT);
  PhTrace trace;

  fill_trace (&trace, PH_TRACE_MAX, 5);
  for (guint i = 20; i < 40; i++)
    trace.value[i] = NAN;
  g_assert_true (draw_spark (widget, &trace, NULL, surface));
  g_assert_false (is_blank (surface, (int) ph_spark_x (10, PH_TRACE_MAX, WIDTH)));
  for (guint i = 21; i < 39; i++)
    g_assert_true (is_blank (surface, (int) ph_spark_x (i, PH_TRACE_MAX, WIDTH)));
  g_assert_false (is_blank (surface, (int) ph_spark_x (50, PH_TRACE_MAX, WIDTH)));
  cairo_surface_destroy (surface);
  g_object_unref (widget);
}

/* Nothing is known: nothing is drawn, and the cell says its dash. A length from elsewhere is no reason to read on. */
static void
test_spark_nothing (void)
{
  GtkWidget *widget = g_object_ref_sink (gtk_label_new (NULL));
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, WIDTH, HEIGHT);
  PhTrace trace = { 0 };

  g_assert_false (draw_spark (widget, NULL, NULL, surface));
  g_assert_false (draw_spark (widget, &trace, NULL, surface));
  fill_trace (&trace, PH_TRACE_MAX, NAN);
  g_assert_false (draw_spark (widget, &trace, &trace, surface));
  fill_trace (&trace, 1, 7);
  g_assert_true (draw_spark (widget, &trace, NULL, surface));
  g_assert_false (is_blank (surface, WIDTH - 1));
  trace.n = G_MAXUINT16;
  g_assert_true (draw_spark (widget, &trace, NULL, surface));
  cairo_surface_destroy (surface);
  g_object_unref (widget);
}

/* --- words --- */

static char *
plain (const char *text)
{
  g_auto (GStrv) parts = g_strsplit (text, "\302\240", -1); /* no-break spaces */

  return g_strjoinv (" ", parts);
}

static void
test_words (void)
{
  const PhGraphPoint points[] = {
    { .age = 50, .mean = { 3e6, 0 }, .peak = { 4e6, 0 } },
    { .age = 30, .mean = { NAN, NAN }, .peak = { NAN, NAN } },
    { .age = 0, .mean = { 500e3, NAN }, .peak = { 1e6, NAN } },
  };
  g_autofree char *minute = ph_graph_point_words (PH_GRAPH_TRAFFIC, &points[0], PH_SPAN_MINUTE, 0);
  g_autofree char *hour = ph_graph_point_words (PH_GRAPH_TRAFFIC, &points[0], PH_SPAN_HOUR, 0);
  g_autofree char *now = ph_graph_point_words (PH_GRAPH_TRAFFIC, &points[2], PH_SPAN_MINUTE, 0);
  g_autofree char *all = ph_graph_words (PH_GRAPH_TRAFFIC, points, G_N_ELEMENTS (points), PH_SPAN_TEN_MINUTES);
  g_autofree char *none = ph_graph_words (PH_GRAPH_TRAFFIC, points, 0, PH_SPAN_MINUTE);
  g_autofree char *minute_plain = plain (minute);
  g_autofree char *hour_plain = plain (hour);
  g_autofree char *now_plain = plain (now);
  g_autofree char *all_plain = plain (all);

  g_assert_cmpstr (minute_plain, ==, "00:00:00, 50 s ago\nReceived: 3 Mbit/s\nSent: 0");
  g_assert_cmpstr (hour_plain, ==, "00:00:00, 50 s ago\nReceived: 3 Mbit/s, at most 4 Mbit/s\nSent: 0");
  g_assert_cmpstr (now_plain, ==, "00:00:00, now\nReceived: 500 kbit/s\nSent: —");
  g_assert_cmpstr (all_plain, ==,
                   "Received: 500 kbit/s now. In the last ten minutes at most 4 Mbit/s. "
                   "Sent: — now. In the last ten minutes at most 0.");
  g_assert_cmpstr (none, ==, "Nothing has been measured yet.");
}

/* --- the large one --- */

#define SECOND ((gint64) G_USEC_PER_SEC)
#define BEGIN  (1000 * SECOND)

/* One second after the other. @unknown: a second that nobody looked in. */
static PhHistory *
make_history (guint n, guint unknown)
{
  PhHistory *history = ph_history_new (PH_N_SERIES);

  for (guint i = 0; i < n; i++)
    {
      double values[PH_N_SERIES] = { 1e6, 250e3 };

      if (i == unknown)
        values[0] = values[1] = NAN;
      ph_history_push (history, BEGIN + i * SECOND, 3 * SECOND, values);
    }
  return history;
}

static void
test_spans (void)
{
  PhGraph *graph = g_object_new (PH_TYPE_GRAPH, NULL);
  GtkWindow *window = widget_show (GTK_WIDGET (graph), 400, 400);
  PhGraphPlot *plot = widget_find (GTK_WIDGET (graph), PH_TYPE_GRAPH_PLOT);
  g_autoptr (PhHistory) history = make_history (90, 40);
  gint64 now = BEGIN + 89 * SECOND;

  ph_graph_set_name (graph, "Traffic of eth0");
  g_assert_cmpstr (ph_graph_get_description (graph), ==, "Nothing has been measured yet.");
  ph_graph_show (graph, history, now);
  g_assert_cmpuint (ph_graph_get_span (graph), ==, PH_SPAN_MINUTE);
  g_assert_cmpfloat (ph_graph_plot_get_maximum (plot), >=, 1e6);
  g_assert_nonnull (strstr (ph_graph_get_description (graph), "In the last minute at most 1"));
  gtk_test_widget_wait_for_draw (GTK_WIDGET (window));

  for (guint span = 0; span < PH_N_SPANS; span++)
    {
      ph_graph_set_span (graph, span);
      g_assert_cmpuint (ph_graph_get_span (graph), ==, span);
      gtk_test_widget_wait_for_draw (GTK_WIDGET (window));
    }
  g_assert_nonnull (strstr (ph_graph_get_description (graph), "In the last hour"));
  gtk_toggle_button_set_active (widget_find_text (GTK_WIDGET (graph), GTK_TYPE_TOGGLE_BUTTON, "10 min"), TRUE);
  g_assert_cmpuint (ph_graph_get_span (graph), ==, PH_SPAN_TEN_MINUTES);

  /* The legend says what is now. */
  g_assert_nonnull (strstr (ph_graph_get_description (graph), "Received: 1"));

  ph_graph_show (graph, NULL, 0);
  g_assert_cmpstr (ph_graph_get_description (graph), ==, "Nothing has been measured yet.");
  gtk_test_widget_wait_for_draw (GTK_WIDGET (window));
  widget_close (window);
}

/* Where a point is drawn, it is found; the newest at the right. */
static void
test_hover (void)
{
  PhGraph *graph = g_object_new (PH_TYPE_GRAPH, NULL);
  GtkWindow *window = widget_show (GTK_WIDGET (graph), 400, 400);
  PhGraphPlot *plot = widget_find (GTK_WIDGET (graph), PH_TYPE_GRAPH_PLOT);
  g_autoptr (PhHistory) history = make_history (30, 10);
  const PhGraphPoint *newest;
  g_autofree char *words = NULL;
  gboolean gap = FALSE;
  double oldest = 0;

  g_assert_null (ph_graph_plot_find (plot, 100));
  ph_graph_show (graph, history, BEGIN + 29 * SECOND);
  newest = ph_graph_plot_find (plot, gtk_widget_get_width (GTK_WIDGET (plot)));
  g_assert_cmpfloat (newest->age, <=, 1);
  g_assert_null (ph_graph_plot_find (plot, 0)); /* half a minute before the first */
  words = ph_graph_point_words (PH_GRAPH_TRAFFIC, newest, PH_SPAN_MINUTE, g_get_real_time ());
  g_assert_nonnull (strstr (words, "Received: 1"));
  g_assert_nonnull (strstr (words, "Sent: 250"));
  for (int x = 0; x < gtk_widget_get_width (GTK_WIDGET (plot)); x++)
    {
      const PhGraphPoint *point = ph_graph_plot_find (plot, x);

      gap |= point && isnan (point->mean[PH_SERIES_RECEIVED]);
      oldest = point ? MAX (oldest, point->age) : oldest;
    }
  g_assert_cmpfloat (oldest, >=, 28);
  g_assert_true (gap);
  widget_close (window);
}

static void
press (GtkWidget *widget, guint keyval)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      for (guint n = 0;
           GTK_IS_SHORTCUT_CONTROLLER (controller) && n < g_list_model_get_n_items (G_LIST_MODEL (controller)); n++)
        {
          g_autoptr (GtkShortcut) shortcut = g_list_model_get_item (G_LIST_MODEL (controller), n);
          GtkShortcutTrigger *trigger = gtk_shortcut_get_trigger (shortcut);

          if (GTK_IS_KEYVAL_TRIGGER (trigger) && gtk_keyval_trigger_get_keyval (GTK_KEYVAL_TRIGGER (trigger)) == keyval)
            {
              gtk_shortcut_action_activate (gtk_shortcut_get_action (shortcut), 0, widget,
                                            gtk_shortcut_get_arguments (shortcut));
              return;
            }
        }
    }
  g_assert_not_reached ();
}

/* The keyboard walks along the points; what it comes to stays looked at while time goes on. */
static void
test_keys (void)
{
  PhGraph *graph = g_object_new (PH_TYPE_GRAPH, NULL);
  GtkWindow *window = widget_show (GTK_WIDGET (graph), 400, 400);
  PhGraphPlot *plot = widget_find (GTK_WIDGET (graph), PH_TYPE_GRAPH_PLOT);
  g_autoptr (PhHistory) history = make_history (30, 100);
  double age;

  press (GTK_WIDGET (plot), GDK_KEY_Left);
  g_assert_null (ph_graph_plot_get_cursor (plot)); /* there is no point yet */
  ph_graph_show (graph, history, BEGIN + 29 * SECOND);
  g_assert_null (ph_graph_plot_get_cursor (plot));
  press (GTK_WIDGET (plot), GDK_KEY_Left);
  g_assert_cmpfloat (ph_graph_plot_get_cursor (plot)->age, <=, 1);
  press (GTK_WIDGET (plot), GDK_KEY_Home);
  press (GTK_WIDGET (plot), GDK_KEY_Left);
  age = ph_graph_plot_get_cursor (plot)->age;
  g_assert_cmpfloat (age, >=, 28);
  g_assert_nonnull (strstr (ph_graph_get_description (graph), " ago\nReceived: 1"));

  ph_history_push (history, BEGIN + 30 * SECOND, 3 * SECOND, (double[]){ 1e6, 1e6 });
  ph_graph_show (graph, history, BEGIN + 30 * SECOND);
  g_assert_cmpfloat (fabs (ph_graph_plot_get_cursor (plot)->age - age - 1), <=, 0.5);
  press (GTK_WIDGET (plot), GDK_KEY_End);
  press (GTK_WIDGET (plot), GDK_KEY_Right);
  g_assert_cmpfloat (ph_graph_plot_get_cursor (plot)->age, <=, 1);
  gtk_test_widget_wait_for_draw (GTK_WIDGET (window));

  ph_graph_set_span (graph, PH_SPAN_HOUR);
  g_assert_null (ph_graph_plot_get_cursor (plot));
  g_assert_nonnull (strstr (ph_graph_get_description (graph), "In the last hour"));
  widget_close (window);
}

/* What a screen reader hears does not change with every look. */
static void
test_calm (void)
{
  PhGraph *graph = g_object_new (PH_TYPE_GRAPH, NULL);
  GtkWindow *window = widget_show (GTK_WIDGET (graph), 400, 400);
  g_autoptr (PhHistory) history = make_history (30, 100);
  g_autofree char *before = NULL;

  ph_graph_show (graph, history, BEGIN + 29 * SECOND);
  before = g_strdup (ph_graph_get_description (graph));
  for (guint i = 30; i < 39; i++)
    {
      ph_history_push (history, BEGIN + i * SECOND, 3 * SECOND, (double[]){ i * 1e6, 1e6 });
      ph_graph_show (graph, history, BEGIN + i * SECOND);
      g_assert_cmpstr (ph_graph_get_description (graph), ==, before);
    }
  ph_history_push (history, BEGIN + 39 * SECOND, 3 * SECOND, (double[]){ 7e6, 1e6 });
  ph_graph_show (graph, history, BEGIN + 39 * SECOND);
  g_assert_cmpstr (ph_graph_get_description (graph), !=, before);
  widget_close (window);
}

/* On a phone's width and with text of twice the size it still fits. */
static void
test_large_text (void)
{
  PhGraph *graph = g_object_new (PH_TYPE_GRAPH, NULL);
  GtkSettings *settings = gtk_settings_get_default ();
  g_autoptr (PhHistory) history = make_history (90, 40);
  GtkWindow *window;
  int minimum, dpi;

  g_object_get (settings, "gtk-xft-dpi", &dpi, NULL);
  g_object_set (settings, "gtk-xft-dpi", 2 * 96 * 1024, NULL);
  window = widget_show (GTK_WIDGET (graph), 360, 500);
  ph_graph_show (graph, history, BEGIN + 89 * SECOND);
  gtk_widget_measure (GTK_WIDGET (graph), GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  g_assert_cmpint (minimum, <=, 360 - 2 * 12); /* the margins of a pane */
  gtk_test_widget_wait_for_draw (GTK_WIDGET (window));
  widget_close (window);
  g_object_set (settings, "gtk-xft-dpi", dpi, NULL);
}

int
main (int argc, char **argv)
{
  g_setenv ("TZ", "UTC", TRUE);
  widget_init (&argc, &argv);
  g_test_add_func ("/spark/places", test_places);
  g_test_add_data_func ("/spark/left-to-right", GINT_TO_POINTER (GTK_TEXT_DIR_LTR), test_spark);
  g_test_add_data_func ("/spark/right-to-left", GINT_TO_POINTER (GTK_TEXT_DIR_RTL), test_spark);
  g_test_add_func ("/spark/gap", test_spark_gap);
  g_test_add_func ("/spark/nothing", test_spark_nothing);
  g_test_add_func ("/graph/words", test_words);
  g_test_add_func ("/graph/spans", test_spans);
  g_test_add_func ("/graph/hover", test_hover);
  g_test_add_func ("/graph/keys", test_keys);
  g_test_add_func ("/graph/calm", test_calm);
  g_test_add_func ("/graph/large-text", test_large_text);
  return g_test_run ();
}
