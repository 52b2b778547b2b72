/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The real application with its window, over this machine's own sockets. */
#include <glib/gstdio.h>
#include <string.h>

#include "ph-settings.h"
#include "ph-status-bar.h"
#include "ph-table-export.h"
#include "window.h"

/* Something listens: it is seen, with the program that did it. */
static void
test_listener (WindowFixture *f, gconstpointer data)
{
  g_autoptr (GString) process = g_string_new (NULL);
  const PhColumn *column = ph_schema_find_column (ph_table_get_schema (window_table (f)), "process");
  g_autoptr (PhRow) row = NULL;

  window_filter (f, "lport:%u is:listening", f->port);
  g_assert_cmpuint (window_n_shown (f), >=, 1);
  row = g_list_model_get_item (G_LIST_MODEL (ph_table_view_get_view (f->table_view)), 0);
  ph_column_format (column, ph_row_get_record (row), &(PhStyle){ .numeric = TRUE }, process);
  g_assert_nonnull (strstr (process->str, "test-window"));
}

static void
test_filter_error (WindowFixture *f, gconstpointer data)
{
  guint all = window_n_shown (f);

  window_filter (f, "lport:%u", f->port);
  g_assert_null (ph_filter_bar_get_error (f->filter_bar));
  g_assert_cmpuint (window_n_shown (f), <, all);

  window_filter (f, "nonsense:<b>1</b>");
  g_assert_nonnull (ph_filter_bar_get_error (f->filter_bar));
  g_assert_cmpuint (window_n_shown (f), >, 0); /* an error hides nothing */

  window_filter (f, "zzz-nobody-has-this-zzz");
  g_assert_null (ph_filter_bar_get_error (f->filter_bar));
  g_assert_cmpuint (window_n_shown (f), ==, 0);
  g_assert_nonnull (widget_find_text (GTK_WIDGET (f->page), GTK_TYPE_LABEL, "Nothing Matches"));

  gtk_widget_activate_action (GTK_WIDGET (f->page), "page.clear-filters", NULL);
  window_settle (f);
  g_assert_cmpuint (window_n_shown (f), >, 0);
}

static void
test_chips (WindowFixture *f, gconstpointer data)
{
  PhView *view = ph_table_view_get_view (f->table_view);

  ph_socket_chips_set (f->chips, &(PhChips){ .show = PH_SHOW_LISTENING, .kinds = 1 << PH_KIND_TCP });
  window_settle (f);
  g_assert_cmpuint (window_n_shown (f), >=, 1);
  for (guint i = 0; i < window_n_shown (f); i++)
    {
      g_autoptr (PhRow) row = g_list_model_get_item (G_LIST_MODEL (view), i);
      g_autoptr (GString) proto = g_string_new (NULL);
      g_autoptr (GString) state = g_string_new (NULL);
      const PhSchema *schema = ph_table_get_schema (window_table (f));

      ph_column_format (ph_schema_find_column (schema, "proto"), ph_row_get_record (row), &(PhStyle){ 0 }, proto);
      ph_column_format (ph_schema_find_column (schema, "state"), ph_row_get_record (row), &(PhStyle){ 0 }, state);
      g_assert_true (g_str_has_prefix (proto->str, "tcp"));
      g_assert_cmpstr (state->str, ==, "LISTEN");
    }
}

static void
test_actions (WindowFixture *f, gconstpointer data)
{
  static const char *const wanted[] = { "search", "pause", "refresh", "export", "numeric", "interval" };
  gboolean on;
  guint interval;

  for (guint i = 0; i < G_N_ELEMENTS (wanted); i++)
    {
      g_autofree char *name = g_strconcat ("win.", wanted[i], NULL);
      g_auto (GStrv) accels = gtk_application_get_accels_for_action (GTK_APPLICATION (f->application), name);

      if (g_strcmp0 (wanted[i], "interval") != 0)
        g_assert_nonnull (accels[0]);
    }
  window_activate (f, "win.pause");
  g_object_get (f->page, "paused", &on, NULL);
  g_assert_true (on);
  window_activate (f, "win.pause");
  window_activate (f, "win.search");
  g_object_get (f->page, "search-mode", &on, NULL);
  g_assert_true (on);
  window_activate (f, "win.numeric");
  g_object_get (f->page, "numeric", &on, NULL);
  g_assert_true (on);
  gtk_widget_activate_action (GTK_WIDGET (f->window), "win.interval", "u", 5000);
  g_object_get (f->page, "interval", &interval, NULL);
  g_assert_cmpuint (interval, ==, 5000);
  g_assert_cmpuint (ph_poller_get_interval (ph_table_page_get_poller (f->page)), ==, 5000);
}

static void
counted (guint *n)
{
  (*n)++;
}

/* Paused, nothing is collected but by hand. */
static void
test_pause (WindowFixture *f, gconstpointer data)
{
  guint looks = 0;

  gtk_widget_activate_action (GTK_WIDGET (f->window), "win.interval", "u", 200);
  g_signal_connect_swapped (window_table (f), "synced", G_CALLBACK (counted), &looks);
  RUN_UNTIL (looks >= 2);
  window_activate (f, "win.pause");
  loop_run_for (300); /* one may be under way */
  looks = 0;
  loop_run_for (500);
  g_assert_cmpuint (looks, ==, 0);
  window_activate (f, "win.refresh");
  RUN_UNTIL (looks == 1);
  g_signal_handlers_disconnect_by_data (window_table (f), &looks);
}

/* Nobody looks: nothing is collected. */
static void
test_hidden (WindowFixture *f, gconstpointer data)
{
  guint looks = 0;

  gtk_widget_activate_action (GTK_WIDGET (f->window), "win.interval", "u", 200);
  g_signal_connect_swapped (window_table (f), "synced", G_CALLBACK (counted), &looks);
  gtk_widget_set_visible (GTK_WIDGET (f->window), FALSE);
  loop_run_for (300);
  looks = 0;
  loop_run_for (500);
  g_assert_cmpuint (looks, ==, 0);
  gtk_window_present (GTK_WINDOW (f->window));
  RUN_UNTIL (looks >= 1);
  g_signal_handlers_disconnect_by_data (window_table (f), &looks);
}

static void
check_name (GtkWidget *widget, gpointer data)
{
  g_autofree char *icon = NULL;

  if (!gtk_widget_get_mapped (widget) || !(GTK_IS_BUTTON (widget) || GTK_IS_MENU_BUTTON (widget)))
    return;
  /* GTK's own; and a view switcher's have a text beside the icon. */
  if (gtk_widget_get_ancestor (widget, g_type_from_name ("AdwViewSwitcher"))
      || gtk_widget_get_ancestor (widget, GTK_TYPE_WINDOW_CONTROLS) || gtk_widget_get_ancestor (widget, GTK_TYPE_TEXT)
      || (GTK_IS_TOGGLE_BUTTON (widget) && GTK_IS_MENU_BUTTON (gtk_widget_get_parent (widget))))
    return;
  g_object_get (widget, "icon-name", &icon, NULL);
  if (!icon || g_str_equal (icon, ""))
    return;
  if (!gtk_test_accessible_has_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL))
    g_error ("The button with the icon %s has no name for a screen reader", icon);
  ++*(guint *) data;
}

static void
test_names (WindowFixture *f, gconstpointer data)
{
  guint n = 0;

  widget_for_each (GTK_WIDGET (f->window), check_name, &n);
  g_assert_cmpuint (n, >=, 3); /* pause, filter, menu */
}

static void
test_narrow (WindowFixture *f, gconstpointer data)
{
  int minimum;

  gtk_window_set_default_size (GTK_WINDOW (f->window), 360, 480);
  gtk_widget_measure (GTK_WIDGET (f->window), GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  g_assert_cmpint (minimum, <=, 360);
}

static void
test_status (WindowFixture *f, gconstpointer data)
{
  PhStatusBar *bar = widget_find (GTK_WIDGET (f->window), PH_TYPE_STATUS_BAR);

  RUN_UNTIL (strstr (ph_status_bar_get_text (bar), "listening"));
  g_assert_nonnull (strstr (ph_status_bar_get_text (bar), "updated every 1 s"));
  g_assert_null (strstr (ph_status_bar_get_text (bar), "shown"));
  window_filter (f, "lport:%u", f->port);
  g_assert_nonnull (strstr (ph_status_bar_get_text (bar), "shown"));
  window_activate (f, "win.pause");
  g_assert_nonnull (strstr (ph_status_bar_get_text (bar), "paused"));
}

/* What the user chose is there again in the next window; what came by the command line is not. */
static void
test_remembered (WindowFixture *f, gconstpointer data)
{
  const char *const columns[] = { "state", "local_port", NULL };
  g_autoptr (GSettings) settings = ph_settings_new ();
  g_autoptr (PhOptions) options = NULL;
  g_auto (GStrv) argv = g_strsplit ("porthole -lnt --filter port:443 9", " ", -1);
  g_auto (GStrv) kept = NULL;
  g_autofree char *scope = NULL;
  PhChips chips;
  gboolean numeric;
  guint interval;

  g_assert_nonnull (settings);
  g_object_set (f->page, "scope", "active", "interval", 2000, "columns", columns, NULL);
  scope = g_settings_get_string (settings, "scope");
  g_assert_cmpstr (scope, ==, "active");
  g_assert_cmpuint (g_settings_get_uint (settings, "refresh-interval"), ==, 2000);
  kept = g_settings_get_strv (settings, "connections-columns");
  g_assert_cmpstrv (kept, columns);

  options = ph_options_parse (PH_PROGRAM_WINDOW, (int) g_strv_length (argv), argv, NULL);
  g_assert_nonnull (options);
  ph_window_apply_options (f->window, options);
  ph_socket_chips_get (f->chips, &chips);
  g_assert_cmpint (chips.show, ==, PH_SHOW_LISTENING);
  g_assert_cmpuint (chips.kinds, ==, 1 << PH_KIND_TCP);
  g_assert_cmpstr (ph_filter_bar_get_text (f->filter_bar), ==, "port:443");
  g_object_get (f->page, "numeric", &numeric, "interval", &interval, NULL);
  g_assert_true (numeric);
  g_assert_cmpuint (interval, ==, 9000);
  g_assert_false (g_settings_get_boolean (settings, "numeric"));
  g_assert_cmpuint (g_settings_get_uint (settings, "refresh-interval"), ==, 2000);
  g_assert_cmpstr (scope, ==, "active");
}

static void
export_to (WindowFixture *f, const char *path)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);

  ph_table_export_to (f->table_view, widget_find (GTK_WIDGET (f->page), ADW_TYPE_TOAST_OVERLAY), file);
}

/* They are windows of their own; from libadwaita 1.5 on widgets inside the main one. */
static guint
n_dialogs (WindowFixture *f)
{
  GType type = g_type_from_name ("AdwDialog");
  g_autoptr (GPtrArray) inside = type ? widget_find_all (GTK_WIDGET (f->window), type) : g_ptr_array_new ();

  return inside->len + g_list_model_get_n_items (gtk_window_get_toplevels ());
}

static void
test_export (WindowFixture *f, gconstpointer data)
{
  g_autofree char *folder = g_dir_make_tmp ("porthole-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "a & <b>.csv", NULL);
  g_autofree char *lost = g_build_filename (folder, "no", "such", "folder.csv", NULL);
  g_autofree char *csv = NULL;
  g_autofree char *port = g_strdup_printf ("%u", f->port);
  guint before;

  window_filter (f, "lport:%u is:listening", f->port);
  export_to (f, path);
  RUN_UNTIL (widget_find (GTK_WIDGET (f->page), g_type_from_name ("AdwToastWidget")));
  g_assert_true (g_file_get_contents (path, &csv, NULL, NULL));
  g_assert_true (g_str_has_prefix (csv, "Protocol,Local Address,Local Port,"));
  g_assert_nonnull (strstr (csv, port));

  /* And when it fails, the reason is said. */
  before = n_dialogs (f);
  export_to (f, lost);
  RUN_UNTIL (n_dialogs (f) == before + 1);
  g_unlink (path);
  g_rmdir (folder);
}

/* Selection and scroll position belong to rows: collecting again leaves them. */
static void
test_selection (WindowFixture *f, gconstpointer data)
{
  GtkSelectionModel *selection = ph_table_view_get_selection (f->table_view);
  g_autoptr (PhRow) row = NULL;
  g_autoptr (GtkBitset) selected = NULL;
  g_autoptr (PhRow) after = NULL;

  window_filter (f, "lport:%u is:listening", f->port);
  gtk_selection_model_select_item (selection, 0, TRUE);
  row = g_list_model_get_item (G_LIST_MODEL (selection), 0);
  gtk_widget_activate_action (GTK_WIDGET (f->page), "page.clear-filters", NULL);
  window_settle (f);
  window_activate (f, "win.refresh");
  loop_run_for (500);
  window_settle (f);
  selected = gtk_selection_model_get_selection (selection);
  g_assert_cmpuint (gtk_bitset_get_size (selected), ==, 1);
  after = g_list_model_get_item (G_LIST_MODEL (selection), gtk_bitset_get_minimum (selected));
  g_assert_true (after == row);
}

/* Windows that open and close at any moment leave nothing behind and no warning. */
static void
test_open_and_close (WindowFixture *f, gconstpointer data)
{
  for (guint i = 0; i < 8; i++)
    {
      PhWindow *window = ph_window_new (GTK_APPLICATION (f->application));
      gpointer page = ph_window_get_page (window);

      g_object_add_weak_pointer (page, &page);
      gtk_window_present (GTK_WINDOW (window));
      loop_run_for (i * 25);
      gtk_window_close (GTK_WINDOW (window));
      RUN_UNTIL (page == NULL);
    }
}

static void
test_about (WindowFixture *f, gconstpointer data)
{
  guint before = n_dialogs (f);

  g_action_group_activate_action (G_ACTION_GROUP (f->application), "about", NULL);
  RUN_UNTIL (n_dialogs (f) == before + 1);
  window_activate (f, "win.show-help-overlay");
  RUN_UNTIL (n_dialogs (f) == before + 2);
}

/* Both are made when they are opened first, and stay. */
static void
test_made_when_opened (WindowFixture *f, gconstpointer data)
{
  GtkMenuButton *button = NULL;
  g_autoptr (GPtrArray) buttons = widget_find_all (GTK_WIDGET (f->window), GTK_TYPE_MENU_BUTTON);
  GtkPopover *menu;
  GtkShortcutsWindow *overlay;

  for (guint i = 0; i < buttons->len; i++)
    if (gtk_menu_button_get_primary (buttons->pdata[i]))
      button = buttons->pdata[i];
  g_assert_nonnull (button);
  g_assert_null (gtk_menu_button_get_popover (button));
  g_assert_true (gtk_widget_is_sensitive (GTK_WIDGET (button)));
  gtk_menu_button_popup (button);
  menu = gtk_menu_button_get_popover (button);
  g_assert_true (GTK_IS_POPOVER_MENU (menu));
  RUN_UNTIL (gtk_widget_get_mapped (GTK_WIDGET (menu)));
  gtk_menu_button_popdown (button);
  loop_run_for (50);
  gtk_menu_button_popup (button);
  g_assert_true (gtk_menu_button_get_popover (button) == menu);
  gtk_menu_button_popdown (button);

  g_assert_null (gtk_application_window_get_help_overlay (GTK_APPLICATION_WINDOW (f->window)));
  window_activate (f, "win.show-help-overlay");
  overlay = gtk_application_window_get_help_overlay (GTK_APPLICATION_WINDOW (f->window));
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (overlay)));
  gtk_window_close (GTK_WINDOW (overlay));
  loop_run_for (50);
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (overlay)));
  window_activate (f, "win.show-help-overlay");
  g_assert_true (gtk_application_window_get_help_overlay (GTK_APPLICATION_WINDOW (f->window)) == overlay);
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (overlay)));
}

int
main (int argc, char **argv)
{
  static const WindowTest tests[] = {
    { "/window/listener", test_listener },
    { "/window/filter-error", test_filter_error },
    { "/window/chips", test_chips },
    { "/window/actions", test_actions },
    { "/window/pause", test_pause },
    { "/window/hidden", test_hidden },
    { "/window/names", test_names },
    { "/window/narrow", test_narrow },
    { "/window/status", test_status },
    { "/window/remembered", test_remembered },
    { "/window/export", test_export },
    { "/window/selection", test_selection },
    { "/window/open-and-close", test_open_and_close },
    { "/window/about", test_about },
    { "/window/made-when-opened", test_made_when_opened },
  };

  return window_run (argc, argv, tests, G_N_ELEMENTS (tests));
}
