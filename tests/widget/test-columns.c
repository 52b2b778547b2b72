/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the user makes of the columns of a table: by headers, by their menu, by the keyboard; and that the next window
 * has it, too. */
#include <string.h>

#include "ph-settings.h"
#include "ph-table-column.h"
#include "ph-table-header.h"
#include "ph-topic.h"
#include "window.h"

#define assert_variant(actual, expected)                                                                               \
  G_STMT_START                                                                                                         \
  {                                                                                                                    \
    g_autoptr (GVariant) actual_ = (actual);                                                                           \
    g_autofree char *text_ = g_variant_print (actual_, FALSE);                                                         \
    g_assert_cmpstr (text_, ==, expected);                                                                             \
  }                                                                                                                    \
  G_STMT_END

static GtkColumnView *
column_view (WindowFixture *f)
{
  return widget_find (GTK_WIDGET (f->table_view), GTK_TYPE_COLUMN_VIEW);
}

static GtkColumnViewColumn *
find_column (WindowFixture *f, const char *id)
{
  GListModel *columns = gtk_column_view_get_columns (column_view (f));

  for (guint i = 0; i < g_list_model_get_n_items (columns); i++)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns, i);

      if (strcmp (ph_table_column_get (column)->id, id) == 0)
        return column;
    }
  g_error ("no column %s", id);
}

static guint
place_of (WindowFixture *f, const char *id)
{
  g_auto (GStrv) ids = ph_table_view_dup_shown (f->table_view);

  for (guint i = 0; ids[i]; i++)
    if (strcmp (ids[i], id) == 0)
      return i;
  return G_MAXUINT;
}

static void
choose (WindowFixture *f, const char *action, const char *id)
{
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (f->table_view), action, "s", id));
}

/* As if the window were closed and Porthole started once more. */
static void
restart (WindowFixture *f)
{
  gtk_window_close (GTK_WINDOW (f->window));
  loop_run_for (50);
  f->window = ph_window_new (GTK_APPLICATION (f->application));
  f->page = ph_window_get_page (f->window);
  f->table_view = ph_table_page_get_table_view (f->page);
  f->filter_bar = widget_find (GTK_WIDGET (f->window), PH_TYPE_FILTER_BAR);
  f->chips = widget_find (GTK_WIDGET (f->window), PH_TYPE_SOCKET_CHIPS);
}

/* Ascending by local port: as PhView has it. */
static gboolean
is_sorted (WindowFixture *f)
{
  const PhColumn *column = ph_schema_find_column (ph_table_get_schema (window_table (f)), "local_port");
  guint64 last = 0;

  for (guint i = 0; i < window_n_shown (f); i++)
    {
      g_autoptr (PhRow) row = g_list_model_get_item (G_LIST_MODEL (ph_table_view_get_view (f->table_view)), i);
      PhValue value = { 0 };

      column->value (ph_row_get_record (row), &value);
      if (value.kind != PH_VALUE_UINT)
        continue;
      if (value.uint < last)
        return FALSE;
      last = value.uint;
    }
  return TRUE;
}

static void
test_remembered (WindowFixture *f, gconstpointer data)
{
  guint place = place_of (f, "state");
  int width;

  choose (f, "column.hide", "remote_port");
  choose (f, "column.move-left", "state");
  choose (f, "column.sort-descending", "state");
  choose (f, "column.sort-ascending", "local_port");
  /* A drag, pixel after pixel; the window is closed before it has come to rest. */
  for (int px = 100; px <= 217; px++)
    gtk_column_view_column_set_fixed_width (find_column (f, "process"), px);

  restart (f);
  /* Before it is seen at all. */
  g_assert_cmpuint (place_of (f, "remote_port"), ==, G_MAXUINT);
  g_assert_cmpuint (place_of (f, "state"), ==, place - 2); /* one was hidden before it, one it was moved over */
  width = gtk_column_view_column_get_fixed_width (find_column (f, "process"));
  g_assert_cmpint (width, ==, 217);
  g_assert_false (gtk_column_view_column_get_expand (find_column (f, "process")));
  assert_variant (ph_table_view_dup_widths (f->table_view), "{'process': 217}");
  assert_variant (ph_table_view_dup_sort (f->table_view), "[('local_port', false), ('state', true), ('proto', false)]");

  gtk_window_present (GTK_WINDOW (f->window));
  window_settle (f);
  g_assert_true (is_sorted (f));
  g_assert_cmpint (gtk_column_view_column_get_fixed_width (find_column (f, "process")), ==, 217);

  /* Hidden, it keeps its width for when it is shown again, in another window too. */
  choose (f, "column.hide", "process");
  restart (f);
  gtk_widget_activate_action (GTK_WIDGET (f->table_view), "columns.process", NULL);
  g_assert_cmpint (gtk_column_view_column_get_fixed_width (find_column (f, "process")), ==, 217);
  gtk_window_present (GTK_WINDOW (f->window));
  window_settle (f);
}

static void
test_reset (WindowFixture *f, gconstpointer data)
{
  g_autoptr (GSettings) settings = ph_settings_new ();
  g_autoptr (GSettings) connections = ph_settings_new_of_table ("connections");
  g_auto (GStrv) usual = ph_table_view_dup_shown (f->table_view);
  g_auto (GStrv) reset = NULL;
  g_auto (GStrv) kept = NULL;
  GtkColumnViewColumn *column = find_column (f, usual[1]);
  int width = gtk_column_view_column_get_fixed_width (column);
  gboolean expand = gtk_column_view_column_get_expand (column);

  choose (f, "column.hide", usual[0]);
  choose (f, "column.move-right", usual[1]);
  choose (f, "column.sort-descending", usual[2]);
  gtk_column_view_column_set_fixed_width (column, width + 50);
  loop_run_for (300);
  assert_variant (g_settings_get_value (connections, "sort"), "[('local_port', true), ('proto', false)]");
  g_assert_cmpint (ph_table_column_get_width (column), ==, width + 50);

  gtk_widget_activate_action (GTK_WIDGET (f->table_view), "table.reset-columns", NULL);
  reset = ph_table_view_dup_shown (f->table_view);
  g_assert_cmpstrv (reset, usual);
  g_assert_cmpint (gtk_column_view_column_get_fixed_width (column), ==, width);
  g_assert_cmpint (gtk_column_view_column_get_expand (column), ==, expand);
  kept = g_settings_get_strv (settings, "connections-columns");
  g_assert_cmpuint (g_strv_length (kept), ==, 0);
  assert_variant (g_settings_get_value (connections, "widths"), "{}");
  assert_variant (g_settings_get_value (connections, "sort"), "[]");
}

/* What the command line asks for is for this window. */
static void
test_command_line (WindowFixture *f, gconstpointer data)
{
  g_autoptr (GSettings) connections = ph_settings_new_of_table ("connections");
  g_auto (GStrv) argv = g_strsplit ("porthole --columns process,state", " ", -1);
  g_autoptr (PhOptions) options = ph_options_parse (PH_PROGRAM_WINDOW, (int) g_strv_length (argv), argv, NULL);
  guint n;

  gtk_column_view_column_set_fixed_width (find_column (f, "process"), 300);
  loop_run_for (300);
  assert_variant (g_settings_get_value (connections, "widths"), "{'process': 300}");
  ph_window_apply_options (f->window, options);
  g_assert_cmpuint (place_of (f, "process"), ==, 0);
  g_assert_cmpuint (place_of (f, "state"), ==, 1);
  choose (f, "column.sort-descending", "process");
  loop_run_for (300);
  assert_variant (g_settings_get_value (connections, "widths"), "{'process': 300}");

  restart (f);
  g_assert_true (ph_table_view_is_default (f->table_view));
  n = place_of (f, "state");
  g_assert_cmpuint (n, >, 1);
  gtk_window_present (GTK_WINDOW (f->window));
  window_settle (f);
}

/* Anybody can write to the settings. */
static void
test_nonsense (WindowFixture *f, gconstpointer data)
{
  g_autoptr (GSettings) connections = ph_settings_new_of_table ("connections");
  g_autoptr (GVariant) none = ph_table_view_dup_sort (f->table_view);

  g_assert_cmpuint (g_variant_n_children (none), ==, 0);
  g_settings_set_value (connections, "widths",
                        g_variant_new_parsed ("{'process': -7, 'state': 2000000000, 'proto': 1, 'nobody': 50}"));
  g_settings_set_value (connections, "sort",
                        g_variant_new_parsed ("[('nobody', true), ('state', true), ('state', false), ('', false),"
                                              " ('proto', false), ('user', false), ('process', true), ('pid', true)]"));
  restart (f);
  assert_variant (ph_table_view_dup_widths (f->table_view), "{'proto': 24, 'state': 4000}");
  assert_variant (ph_table_view_dup_sort (f->table_view),
                  "[('state', true), ('proto', false), ('user', false), ('process', true)]");
  gtk_window_present (GTK_WINDOW (f->window));
  window_settle (f);
  g_settings_set_value (connections, "sort", g_variant_new_parsed ("[('nobody', true)]"));
  restart (f);
  assert_variant (ph_table_view_dup_sort (f->table_view), "[]");
  gtk_window_present (GTK_WINDOW (f->window));
  window_settle (f);
}

static void
test_fit (WindowFixture *f, gconstpointer data)
{
  GtkColumnViewColumn *column = find_column (f, "process");
  int fit;

  gtk_column_view_column_set_fixed_width (column, 900);
  choose (f, "column.fit", "process");
  fit = gtk_column_view_column_get_fixed_width (column);
  g_assert_cmpint (fit, <, 900);
  gtk_column_view_column_set_fixed_width (column, 30);
  choose (f, "column.fit", "process");
  g_assert_cmpint (gtk_column_view_column_get_fixed_width (column), ==, fit);
}

static void
test_move (WindowFixture *f, gconstpointer data)
{
  g_auto (GStrv) ids = ph_table_view_dup_shown (f->table_view);
  guint last = g_strv_length (ids) - 1;

  choose (f, "column.move-left", ids[0]);
  g_assert_cmpuint (place_of (f, ids[0]), ==, 0);
  choose (f, "column.move-right", ids[0]);
  g_assert_cmpuint (place_of (f, ids[0]), ==, 1);
  choose (f, "column.move-right", ids[last]);
  g_assert_cmpuint (place_of (f, ids[last]), ==, last);
  /* As it is seen, not as it is counted. */
  gtk_widget_set_direction (GTK_WIDGET (f->table_view), GTK_TEXT_DIR_RTL);
  choose (f, "column.move-right", ids[0]);
  g_assert_cmpuint (place_of (f, ids[0]), ==, 0);
  choose (f, "column.move-left", "nobody");
}

/* --- the menu --- */

static GtkPopover *
find_menu (WindowFixture *f)
{
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (f->table_view)); child;
       child = gtk_widget_get_next_sibling (child))
    if (GTK_IS_POPOVER_MENU (child))
      return GTK_POPOVER (child);
  return NULL;
}

/* Every item, in submenus too, does something. */
static guint
check_items (WindowFixture *f, GMenuModel *menu)
{
  guint n_items = 0;

  for (int i = 0; i < g_menu_model_get_n_items (menu); i++)
    {
      static const char *const links[] = { G_MENU_LINK_SECTION, G_MENU_LINK_SUBMENU };
      g_autofree char *action = NULL;

      for (guint l = 0; l < G_N_ELEMENTS (links); l++)
        {
          g_autoptr (GMenuModel) below = g_menu_model_get_item_link (menu, i, links[l]);

          if (below)
            n_items += check_items (f, below);
        }
      if (!g_menu_model_get_item_attribute (menu, i, G_MENU_ATTRIBUTE_ACTION, "s", &action))
        continue;
      n_items++;
      if (g_str_has_prefix (action, "columns."))
        g_assert_nonnull (find_column (f, action + strlen ("columns.")));
      else if (strcmp (action, "table.reset-columns") != 0)
        g_assert_true (g_str_has_prefix (action, "column."));
    }
  return n_items;
}

static gboolean
has_focus (WindowFixture *f, gpointer widget)
{
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (f->window));

  return focus && (focus == widget || gtk_widget_is_ancestor (focus, widget));
}

/* By the keyboard: F4 from anywhere, rows stand still while it is open, and every column can be reached. */
static void
test_keyboard (WindowFixture *f, gconstpointer data)
{
  g_auto (GStrv) ids = ph_table_view_dup_shown (f->table_view);
  GtkPopover *menu;
  guint n;

  window_activate (f, "win.columns");
  menu = find_menu (f);
  g_assert_nonnull (menu);
  RUN_UNTIL (gtk_widget_get_mapped (GTK_WIDGET (menu)));
  n = check_items (f, gtk_popover_menu_get_menu_model (GTK_POPOVER_MENU (menu)));
  g_assert_cmpuint (n, >=, g_strv_length (ids) * 6 + ph_table_get_schema (window_table (f))->n_columns / 2);

  /* It is the view that waits: a socket that is gone is still there. */
  window_filter (f, "lport:%u is:listening", f->port);
  g_assert_cmpuint (window_n_shown (f), >=, 1);
  g_socket_listener_close (f->listener);
  window_activate (f, "win.refresh");
  loop_run_for (500);
  g_assert_cmpuint (window_n_shown (f), >=, 1);
  gtk_popover_popdown (menu);
  RUN_UNTIL (window_n_shown (f) == 0);
}

/* From a submenu, too, the keys go back to whom they belonged. */
static void
test_focus (WindowFixture *f, gconstpointer data)
{
  GtkWidget *button = widget_find (GTK_WIDGET (f->window), GTK_TYPE_TOGGLE_BUTTON);
  GtkPopover *menu;

  g_assert_true (gtk_widget_grab_focus (button));
  window_activate (f, "win.columns");
  menu = find_menu (f);
  RUN_UNTIL (gtk_widget_get_mapped (GTK_WIDGET (menu)) && has_focus (f, menu));
  g_object_set (menu, "visible-submenu", "Local Address", NULL);
  loop_run_for (300);
  gtk_popover_popdown (menu);
  RUN_UNTIL (!gtk_widget_get_mapped (GTK_WIDGET (menu)));
  loop_run_for (300);
  g_assert_true (has_focus (f, button));
}

static void
find_title (GtkWidget *widget, gpointer found)
{
  if (GTK_IS_LABEL (widget) && strcmp (gtk_label_get_text (GTK_LABEL (widget)), "State") == 0
      && ph_table_header_find (widget, ph_table_view_get_columns (((WindowFixture *) found)->table_view)))
    g_object_set_data (G_OBJECT (((WindowFixture *) found)->table_view), "title", widget);
}

/* The right button on a title opens the menu of that column; titles are told apart by what they say. */
static void
test_header (WindowFixture *f, gconstpointer data)
{
  GtkWidget *title;
  const PhColumn *const *columns = ph_table_view_get_columns (f->table_view);

  widget_for_each (GTK_WIDGET (column_view (f)), find_title, f);
  title = g_object_get_data (G_OBJECT (f->table_view), "title");
  g_assert_nonnull (title);
  g_assert_cmpstr (ph_table_header_find (title, columns)->id, ==, "state");
  g_assert_null (ph_table_header_find (GTK_WIDGET (f->window), columns));
  g_assert_null (ph_table_header_find (GTK_WIDGET (column_view (f)), columns));
  g_assert_null (ph_table_header_find (NULL, columns));

  for (PhTableId table = 0; table < PH_N_TABLES; table++)
    {
      const PhSchema *schema = ph_topic (table)->schema;
      g_autoptr (GHashTable) titles = g_hash_table_new (g_str_hash, g_str_equal);

      for (guint i = 0; i < schema->n_columns; i++)
        if (!(schema->columns[i].flags & PH_COLUMN_EXPORT_ONLY)
            && !g_hash_table_add (titles, (gpointer) schema->columns[i].title))
          g_error ("Two columns of %s are called %s", schema->id, schema->columns[i].title);
    }
}

int
main (int argc, char **argv)
{
  static const WindowTest tests[] = {
    { "/columns/remembered", test_remembered },
    { "/columns/reset", test_reset },
    { "/columns/command-line", test_command_line },
    { "/columns/nonsense", test_nonsense },
    { "/columns/fit", test_fit },
    { "/columns/move", test_move },
    { "/columns/keyboard", test_keyboard },
    { "/columns/header", test_header },
    { "/columns/focus", test_focus },
  };

  return window_run (argc, argv, tests, G_N_ELEMENTS (tests));
}
