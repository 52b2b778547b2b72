/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The preferences: each control is its setting, and windows follow at once. */
#include <string.h>

#include "ph-hues.h"
#include "ph-lookout.h"
#include "ph-preferences.h"
#include "ph-settings.h"
#include "ph-taste.h"
#include "window.h"

static GtkWindow *
open_preferences (WindowFixture *f)
{
  GtkWindow *window = GTK_WINDOW (ph_preferences_new (GTK_WINDOW (f->window), ph_lookout_get_default ()));

  gtk_window_present (window);
  loop_run_for (50);
  return window;
}

static void
reset (GSettings *settings)
{
  static const char *const keys[]
      = { "mark-changes", "mark-seconds", "remember-filter", "colors",  "rates",
          "prefixes",     "csv-safe",     "csv-separator",   "numeric", "refresh-interval" };

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    g_settings_reset (settings, keys[i]);
}

static void
test_switches (WindowFixture *f, gconstpointer data)
{
  static const struct
  {
    const char *title, *key;
  } switches[] = {
    { "Mark What Is New or Gone", "mark-changes" },
    { "Numbers Instead of Names", "numeric" },
    { "Remember Filters", "remember-filter" },
    { "Safe for Spreadsheets", "csv-safe" },
  };
  g_autoptr (GSettings) settings = ph_settings_new ();
  GtkWindow *window = open_preferences (f);

  for (guint i = 0; i < G_N_ELEMENTS (switches); i++)
    {
      GtkSwitch *toggle = widget_find_in_row (GTK_WIDGET (window), switches[i].title, GTK_TYPE_SWITCH);
      gboolean before = g_settings_get_boolean (settings, switches[i].key);

      g_assert_cmpint (gtk_switch_get_active (toggle), ==, before);
      gtk_switch_set_active (toggle, !before);
      g_assert_cmpint (g_settings_get_boolean (settings, switches[i].key), ==, !before);
    }
  reset (settings);
  gtk_window_destroy (window);
}

static void
test_choices (WindowFixture *f, gconstpointer data)
{
  static const struct
  {
    const char *title, *key;
    const char *words[4];
  } choices[] = {
    { "CSV Separator", "csv-separator", { "comma", "semicolon", "tab" } },
    { "Marks and Graphs", "colors", { "usual", "safe", "none" } },
    { "Rates", "rates", { "usual", "bytes", "bits" } },
    { "Prefixes", "prefixes", { "si", "iec" } },
  };
  g_autoptr (GSettings) settings = ph_settings_new ();
  GtkWindow *window = open_preferences (f);

  for (guint i = 0; i < G_N_ELEMENTS (choices); i++)
    {
      AdwComboRow *row = widget_find_in_row (GTK_WIDGET (window), choices[i].title, ADW_TYPE_COMBO_ROW);

      g_assert_cmpuint (adw_combo_row_get_selected (row), ==, 0);
      for (guint j = 0; choices[i].words[j]; j++)
        {
          g_autofree char *word = NULL;

          adw_combo_row_set_selected (row, j);
          word = g_settings_get_string (settings, choices[i].key);
          g_assert_cmpstr (word, ==, choices[i].words[j]);
        }
      g_settings_reset (settings, choices[i].key);
      g_assert_cmpuint (adw_combo_row_get_selected (row), ==, 0);
    }
  gtk_window_destroy (window);
}

/* Set in the preferences, it is so in the window; set in the window, it is so in the preferences. */
static void
test_window_follows (WindowFixture *f, gconstpointer data)
{
  g_autoptr (GSettings) settings = ph_settings_new ();
  GtkWindow *window = open_preferences (f);
  GtkSpinButton *seconds
      = widget_find_in_row (GTK_WIDGET (window), "Seconds Between Two Refreshes", GTK_TYPE_SPIN_BUTTON);
  GtkSwitch *numbers = widget_find_in_row (GTK_WIDGET (window), "Numbers Instead of Names", GTK_TYPE_SWITCH);
  guint interval;
  gboolean numeric;

  gtk_spin_button_set_value (seconds, 2.5);
  gtk_switch_set_active (numbers, TRUE);
  g_object_get (f->window, "interval", &interval, "numeric", &numeric, NULL);
  g_assert_cmpuint (interval, ==, 2500);
  g_assert_true (numeric);
  g_assert_true (ph_table_view_get_style (f->table_view)->numeric);

  g_object_set (f->window, "interval", 5000, "numeric", FALSE, NULL);
  g_assert_cmpfloat (gtk_spin_button_get_value (seconds), ==, 5);
  g_assert_false (gtk_switch_get_active (numbers));
  reset (settings);
  gtk_window_destroy (window);
}

static void
test_units (WindowFixture *f, gconstpointer data)
{
  PhTaste *taste = ph_taste_get_default ();
  g_autoptr (GSettings) settings = ph_settings_new ();

  g_assert_cmpuint (ph_taste_get_units (taste), ==, 0);
  g_assert_cmpuint (ph_taste_get_graph_units (taste), ==, PH_UNITS_BITS);
  g_settings_set_string (settings, "rates", "bits");
  g_assert_cmpuint (ph_table_view_get_style (f->table_view)->units, ==, PH_UNITS_BITS);
  g_settings_set_string (settings, "prefixes", "iec");
  g_assert_cmpuint (ph_table_view_get_style (f->table_view)->units, ==, PH_UNITS_BITS | PH_UNITS_IEC);
  g_settings_set_string (settings, "rates", "bytes");
  g_assert_cmpuint (ph_table_view_get_style (f->table_view)->units, ==, PH_UNITS_IEC);
  g_assert_cmpuint (ph_taste_get_graph_units (taste), ==, PH_UNITS_IEC);
  reset (settings);
  g_assert_cmpuint (ph_table_view_get_style (f->table_view)->units, ==, 0);
}

static void
test_csv (WindowFixture *f, gconstpointer data)
{
  PhTaste *taste = ph_taste_get_default ();
  g_autoptr (GSettings) settings = ph_settings_new ();

  g_assert_cmpuint (ph_taste_get_csv (taste), ==, PH_CSV_SAFE);
  g_settings_set_string (settings, "csv-separator", "semicolon");
  g_assert_cmpuint (ph_taste_get_csv (taste), ==, PH_CSV_SAFE | PH_CSV_SEMICOLON);
  g_settings_set_string (settings, "csv-separator", "tab");
  g_settings_set_boolean (settings, "csv-safe", FALSE);
  g_assert_cmpuint (ph_taste_get_csv (taste), ==, PH_CSV_TAB);
  reset (settings);
}

static guint
count_marked (WindowFixture *f, PhMark mark)
{
  PhView *view = ph_table_view_get_view (f->table_view);
  guint n = 0;

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (view)); i++)
    {
      g_autoptr (PhRow) row = g_list_model_get_item (G_LIST_MODEL (view), i);

      n += ((const PhRecord *) ph_row_get_record (row))->mark == mark;
    }
  return n;
}

/* With marks off what is new is not told apart, and what is gone goes at once. */
static void
test_marks (WindowFixture *f, gconstpointer data)
{
  g_autoptr (GSettings) settings = ph_settings_new ();
  g_autoptr (GSocketListener) late = g_socket_listener_new ();
  guint16 port = g_socket_listener_add_any_inet_port (late, NULL, NULL);

  g_settings_set_uint (settings, "mark-seconds", 60);
  window_filter (f, "lport:%u", port);
  RUN_UNTIL (window_n_shown (f) > 0);
  g_assert_cmpuint (count_marked (f, PH_MARK_NEW), ==, window_n_shown (f));

  g_settings_set_boolean (settings, "mark-changes", FALSE);
  RUN_UNTIL (count_marked (f, PH_MARK_NEW) == 0);
  g_assert_cmpuint (window_n_shown (f), >, 0);
  g_socket_listener_close (late);
  RUN_UNTIL (window_n_shown (f) == 0);
  reset (settings);
}

/* Graphs have other colours than the text, or the text's own. */
static void
test_colors (WindowFixture *f, gconstpointer data)
{
  g_autoptr (GSettings) settings = ph_settings_new ();
  GdkRGBA first, second, text;

  ph_hue_get (GTK_WIDGET (f->window), PH_HUE_FIRST, &first);
  ph_hue_get (GTK_WIDGET (f->window), PH_HUE_SECOND, &second);
  g_assert_false (gdk_rgba_equal (&first, &second));
  g_settings_set_string (settings, "colors", "safe"); /* the sheet is laid over the others: parsed, or it warns */
  loop_run_for (50);
  g_settings_set_string (settings, "colors", "none");
  loop_run_for (50);
  ph_hue_get (GTK_WIDGET (f->window), PH_HUE_FIRST, &text);
  ph_hue_get (GTK_WIDGET (f->window), PH_HUE_SECOND, &second);
  g_assert_true (gdk_rgba_equal (&text, &second));
  g_assert_false (gdk_rgba_equal (&text, &first));
  reset (settings);
  ph_hue_get (GTK_WIDGET (f->window), PH_HUE_FIRST, &text);
  g_assert_true (gdk_rgba_equal (&text, &first));
}

int
main (int argc, char **argv)
{
  static const WindowTest tests[] = {
    { "/preferences/switches", test_switches },
    { "/preferences/choices", test_choices },
    { "/preferences/window-follows", test_window_follows },
    { "/preferences/units", test_units },
    { "/preferences/csv", test_csv },
    { "/preferences/marks", test_marks },
    { "/preferences/colors", test_colors },
  };

  return window_run (argc, argv, tests, G_N_ELEMENTS (tests));
}
