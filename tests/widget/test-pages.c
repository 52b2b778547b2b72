/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The pages of the window: how one gets to them, what they share, what leads from one to another. */
#include <string.h>

#include "ph-route-note.h"
#include "ph-settings.h"
#include "window.h"

static void
counted (guint *n)
{
  (*n)++;
}

static void
apply (WindowFixture *f, const char *arguments)
{
  g_auto (GStrv) argv = g_strsplit (arguments, " ", -1);
  g_autoptr (PhOptions) options = ph_options_parse (PH_PROGRAM_WINDOW, (int) g_strv_length (argv), argv, NULL);

  g_assert_nonnull (options);
  ph_window_apply_options (f->window, options);
}

static void
count_page (GtkWidget *widget, gpointer n)
{
  if (PH_IS_TABLE_PAGE (widget))
    ++*(guint *) n;
}

static guint
n_pages (WindowFixture *f)
{
  guint n = 0;

  widget_for_each (GTK_WIDGET (f->window), count_page, &n);
  return n;
}

static void
test_options_page (WindowFixture *f, gconstpointer data)
{
  static const struct
  {
    const char *arguments;
    PhTableId table;
    const char *page;
  } cases[] = {
    { "porthole -r", PH_TABLE_ROUTES, "routes" },         { "porthole -i", PH_TABLE_LINKS, "interfaces" },
    { "porthole -g", PH_TABLE_GROUPS, "interfaces" },     { "porthole -s", PH_TABLE_COUNTERS, "statistics" },
    { "porthole -e", PH_TABLE_COUNTERS, "statistics" },   { "porthole -i", PH_TABLE_LINKS, "interfaces" },
    { "porthole -tan", PH_TABLE_SOCKETS, "connections" },
  };
  g_autoptr (GSettings) settings = ph_settings_new ();
  g_autofree char *kept = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *page = NULL;

      apply (f, cases[i].arguments);
      g_assert_cmpint (ph_table_page_get_table (ph_window_get_page (f->window)), ==, cases[i].table);
      g_object_get (f->window, "page", &page, NULL);
      g_assert_cmpstr (page, ==, cases[i].page);
      RUN_UNTIL (ph_table_page_get_snapshot (ph_window_get_page (f->window)));
    }
  kept = g_settings_get_string (settings, "page");
  g_assert_cmpstr (kept, ==, "connections"); /* what the command line chose is not remembered */
}

/* A page is made when it is first shown; out of sight it does not look. */
static void
test_pages (WindowFixture *f, gconstpointer data)
{
  static const char *const names[] = { "connections", "routes", "interfaces", "statistics" };
  g_autoptr (GSettings) settings = ph_settings_new ();
  g_autofree char *kept = NULL;
  guint looks = 0;

  g_assert_cmpuint (n_pages (f), ==, 1);
  gtk_widget_activate_action (GTK_WIDGET (f->window), "win.interval", "u", 200);
  gtk_widget_activate_action (GTK_WIDGET (f->window), "win.page", "s", "routes");
  g_assert_cmpuint (n_pages (f), ==, 2);
  g_assert_cmpint (ph_table_page_get_table (ph_window_get_page (f->window)), ==, PH_TABLE_ROUTES);
  RUN_UNTIL (ph_table_page_get_snapshot (ph_window_get_page (f->window)));
  g_signal_connect_swapped (window_table (f), "synced", G_CALLBACK (counted), &looks);
  loop_run_for (300); /* one may have been under way */
  looks = 0;
  loop_run_for (500);
  g_assert_cmpuint (looks, ==, 0);
  kept = g_settings_get_string (settings, "page");
  g_assert_cmpstr (kept, ==, "routes");

  gtk_widget_activate_action (GTK_WIDGET (f->window), "win.page", "s", "nowhere");
  g_assert_cmpint (ph_table_page_get_table (ph_window_get_page (f->window)), ==, PH_TABLE_ROUTES);
  gtk_widget_activate_action (GTK_WIDGET (f->window), "win.page", "s", "connections");
  g_assert_true (ph_window_get_page (f->window) == f->page);
  RUN_UNTIL (looks >= 1);
  g_signal_handlers_disconnect_by_data (window_table (f), &looks);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *name = g_strconcat ("win.page::", names[i], NULL);
      g_autofree char *key = g_strdup_printf ("<Alt>%u", i + 1);
      g_auto (GStrv) accels = gtk_application_get_accels_for_action (GTK_APPLICATION (f->application), name);

      g_assert_cmpstr (accels[0], ==, key);
    }
}

/* A filter by a column that is not in sight has it collected all the same. */
static void
test_hidden_column (WindowFixture *f, gconstpointer data)
{
  const char *const columns[] = { "proto", "local_port", NULL };

  g_object_set (f->page, "columns", columns, NULL);
  window_filter (f, "process:test-pages lport:%u", f->port);
  RUN_UNTIL (window_n_shown (f) >= 1);
}

/* What all tables have in common is the same on each; the filter's entry is each one's own. */
static void
test_shared (WindowFixture *f, gconstpointer data)
{
  PhTablePage *routes;
  gboolean on;
  guint interval;

  window_activate (f, "win.numeric");
  window_activate (f, "win.search");
  gtk_widget_activate_action (GTK_WIDGET (f->window), "win.interval", "u", 2000);
  routes = ph_window_show_table (f->window, PH_TABLE_ROUTES);
  g_object_get (routes, "numeric", &on, "interval", &interval, NULL);
  g_assert_true (on);
  g_assert_cmpuint (interval, ==, 2000);
  g_object_get (f->window, "search-mode", &on, NULL);
  g_assert_false (on);
  window_activate (f, "win.pause");
  g_object_get (f->page, "paused", &on, NULL);
  g_assert_true (on);
  ph_window_show_table (f->window, PH_TABLE_SOCKETS);
  g_object_get (f->window, "search-mode", &on, NULL);
  g_assert_true (on);
}

/* What the item with this action, anywhere in the menu, is about; NULL: there is none. */
static GVariant *
find_target (GMenuModel *menu, const char *wanted)
{
  GVariant *target = NULL;

  for (int i = 0; i < g_menu_model_get_n_items (menu) && !target; i++)
    {
      g_autoptr (GMenuModel) section = g_menu_model_get_item_link (menu, i, G_MENU_LINK_SECTION);
      g_autofree char *action = NULL;

      if (section)
        target = find_target (section, wanted);
      else if (g_menu_model_get_item_attribute (menu, i, "action", "s", &action) && strcmp (action, wanted) == 0)
        target = g_menu_model_get_item_attribute_value (menu, i, "target", NULL);
    }
  return target;
}

/* Of a connection that has another end its menu leads to the route there. */
static void
test_route_to (WindowFixture *f, gconstpointer data)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketConnection) connection = g_socket_client_connect_to_host (client, "127.0.0.1", f->port, NULL, NULL);
  g_autoptr (PhRow) row = NULL;
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autoptr (GMenu) none = g_menu_new ();
  g_autoptr (GVariant) target = NULL;
  g_autoptr (GVariant) expected = g_variant_ref_sink (g_variant_new ("(ss)", "127.0.0.1", ""));
  PhRouteNote *note;

  g_assert_nonnull (connection);
  window_activate (f, "win.refresh");
  window_filter (f, "rport:%u", f->port);
  RUN_UNTIL (window_n_shown (f) >= 1);
  row = g_list_model_get_item (G_LIST_MODEL (ph_table_view_get_view (f->table_view)), 0);
  g_signal_emit_by_name (f->table_view, "row-menu", row, menu);
  target = find_target (G_MENU_MODEL (menu), "win.route-to");
  g_assert_nonnull (target);
  g_assert_true (g_variant_equal (target, expected));
  gtk_widget_activate_action_variant (GTK_WIDGET (f->page), "win.route-to", target);
  g_assert_cmpint (ph_table_page_get_table (ph_window_get_page (f->window)), ==, PH_TABLE_ROUTES);
  note = widget_find (GTK_WIDGET (f->window), PH_TYPE_ROUTE_NOTE);
  RUN_UNTIL (ph_route_note_get_headline (note) && strstr (ph_route_note_get_headline (note), "127.0.0.1"));

  /* Who listens has nobody at the other end. */
  ph_window_show_table (f->window, PH_TABLE_SOCKETS);
  window_filter (f, "lport:%u is:listening", f->port);
  g_clear_object (&row);
  row = g_list_model_get_item (G_LIST_MODEL (ph_table_view_get_view (f->table_view)), 0);
  g_signal_emit_by_name (f->table_view, "row-menu", row, none);
  g_assert_null (find_target (G_MENU_MODEL (none), "win.route-to"));
}

/* "Show Only" adds to what the filter says already. */
static void
test_filter_wanted (WindowFixture *f, gconstpointer data)
{
  window_filter (f, "lport:%u", f->port);
  g_signal_emit_by_name (f->table_view, "filter-wanted", "state:\"LISTEN\"");
  window_settle (f);
  g_assert_true (g_str_has_suffix (ph_filter_bar_get_text (f->filter_bar), " state:\"LISTEN\""));
  g_assert_null (ph_filter_bar_get_error (f->filter_bar));
  g_assert_cmpuint (window_n_shown (f), >=, 1);
}

int
main (int argc, char **argv)
{
  static const WindowTest tests[] = {
    { "/pages/options-page", test_options_page },   { "/pages/pages", test_pages },
    { "/pages/hidden-column", test_hidden_column }, { "/pages/shared", test_shared },
    { "/pages/route-to", test_route_to },           { "/pages/filter-wanted", test_filter_wanted },
  };

  return window_run (argc, argv, tests, G_N_ELEMENTS (tests));
}
