/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Every page, pane, menu and dialog is opened, and all that can be seen in it looked at as a screen reader, a keyboard and
 * an unsteady hand would: names, roles, tooltips, sizes, mnemonics.
 */
#include "access.h"
#include "ph-lookout.h"
#include "ph-mute-editor.h"
#include "ph-preferences.h"
#include "window.h"

static PhTablePage *
show (WindowFixture *f, PhTableId table)
{
  PhTablePage *page = ph_window_show_table (f->window, table);

  RUN_UNTIL (ph_table_page_get_snapshot (page));
  loop_run_for (100);
  return page;
}

static gboolean
select_first (PhTablePage *page)
{
  GtkSelectionModel *rows = ph_table_view_get_selection (ph_table_page_get_table_view (page));

  return gtk_selection_model_select_item (rows, 0, TRUE);
}

static void
test_pages (WindowFixture *f, gconstpointer data)
{
  for (PhTableId table = 0; table < PH_N_TABLES; table++)
    {
      PhTablePage *page = show (f, table);
      g_autofree char *with_details = g_strdup_printf ("%s, with details", G_OBJECT_TYPE_NAME (page));
      gboolean on;

      access_check (G_OBJECT_TYPE_NAME (page));
      if (!select_first (page))
        continue;
      g_object_set (page, "show-details", TRUE, NULL);
      g_object_get (page, "show-details", &on, NULL);
      loop_run_for (300);
      access_check (with_details);
    }
}

/* What is said where there are no rows has a way out, which has a name. */
static void
test_empty (WindowFixture *f, gconstpointer data)
{
  window_filter (f, "process:nobody-is-called-like-this");
  RUN_UNTIL (window_n_shown (f) == 0);
  loop_run_for (300);
  access_check ("nothing matches");
  window_filter (f, "nonsense:1");
  access_check ("a wrong filter");
}

/* --- what opens on top of it --- */

static gboolean
is_open (GtkWidget *widget)
{
  return GTK_IS_POPOVER (widget) && gtk_widget_get_mapped (widget);
}

static void
look_for_open (GtkWidget *widget, gpointer found)
{
  if (is_open (widget))
    *(GtkWidget **) found = widget;
}

/* The innermost that is open; NULL. */
static GtkWidget *
open_popover (WindowFixture *f)
{
  GtkWidget *found = NULL;

  widget_for_each (GTK_WIDGET (f->window), look_for_open, &found);
  return found;
}

static void
check_popover (WindowFixture *f, const char *what)
{
  GtkWidget *popover;

  RUN_UNTIL (open_popover (f));
  loop_run_for (100);
  access_check (what);
  while ((popover = open_popover (f)))
    {
      gtk_popover_popdown (GTK_POPOVER (popover));
      RUN_UNTIL (!is_open (popover));
    }
}

static void
collect_menu_button (GtkWidget *widget, gpointer buttons)
{
  if (GTK_IS_MENU_BUTTON (widget) && gtk_widget_get_mapped (widget) && gtk_widget_is_sensitive (widget))
    g_ptr_array_add (buttons, widget);
}

/* All menu buttons of each page: the main menu, more chips, notes, the guide to filters. */
static void
test_menu_buttons (WindowFixture *f, gconstpointer data)
{
  for (PhTableId table = 0; table < PH_N_TABLES; table++)
    {
      PhTablePage *page = show (f, table);
      g_autoptr (GPtrArray) buttons = g_ptr_array_new ();

      g_object_set (page, "search-mode", TRUE, NULL);
      loop_run_for (300);
      widget_for_each (GTK_WIDGET (f->window), collect_menu_button, buttons);
      g_assert_cmpuint (buttons->len, >, 0);
      for (guint i = 0; i < buttons->len; i++)
        {
          g_autofree char *name = access_dup_name (g_ptr_array_index (buttons, i));
          g_autofree char *what = g_strdup_printf ("menu “%s” of %s", name, G_OBJECT_TYPE_NAME (page));

          gtk_menu_button_popup (g_ptr_array_index (buttons, i));
          check_popover (f, what);
        }
      g_object_set (page, "search-mode", FALSE, NULL);
    }
}

/* As the Menu key does. */
static void
press_menu (GtkWidget *view)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (view);
  g_autoptr (GtkShortcutTrigger) menu = gtk_keyval_trigger_new (GDK_KEY_Menu, 0);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      for (guint j = 0; GTK_IS_SHORTCUT_CONTROLLER (controller) && j < g_list_model_get_n_items (G_LIST_MODEL (controller));
           j++)
        {
          g_autoptr (GtkShortcut) shortcut = g_list_model_get_item (G_LIST_MODEL (controller), j);

          if (gtk_shortcut_trigger_equal (gtk_shortcut_get_trigger (shortcut), menu)
              && gtk_shortcut_action_activate (gtk_shortcut_get_action (shortcut), 0, view, NULL))
            return;
        }
    }
  g_error ("The Menu key opens nothing");
}

static void
test_table_menus (WindowFixture *f, gconstpointer data)
{
  for (PhTableId table = 0; table < PH_N_TABLES; table++)
    {
      PhTablePage *page = show (f, table);
      GtkWidget *view = GTK_WIDGET (ph_table_page_get_table_view (page));
      g_autofree char *columns = g_strdup_printf ("columns of %s", G_OBJECT_TYPE_NAME (page));
      g_autofree char *row = g_strdup_printf ("row of %s", G_OBJECT_TYPE_NAME (page));

      gtk_widget_activate_action (view, "table.columns", NULL);
      check_popover (f, columns);
      if (!select_first (page))
        continue;
      gtk_widget_grab_focus (view);
      press_menu (view);
      check_popover (f, row);
    }
}

/* --- windows beside it --- */

static void
close_beside (GtkWidget *window)
{
  gtk_window_destroy (GTK_WINDOW (window));
  loop_run_for (50);
}

static void
look_at_preferences_page (GtkWidget *widget, gpointer pages)
{
  if (ADW_IS_PREFERENCES_PAGE (widget))
    g_ptr_array_add (pages, widget);
}

static void
test_preferences (WindowFixture *f, gconstpointer data)
{
  PhPreferences *preferences = ph_preferences_new (GTK_WINDOW (f->window), ph_lookout_get_default ());
  g_autoptr (GPtrArray) pages = g_ptr_array_new ();

  gtk_window_present (GTK_WINDOW (preferences));
  gtk_test_widget_wait_for_draw (GTK_WIDGET (preferences));
  widget_for_each (GTK_WIDGET (preferences), look_at_preferences_page, pages);
  g_assert_cmpuint (pages->len, >=, 2);
  for (guint i = 0; i < pages->len; i++)
    {
      AdwPreferencesPage *page = g_ptr_array_index (pages, i);
      g_autofree char *what = g_strdup_printf ("preferences, %s", adw_preferences_page_get_title (page));

      adw_preferences_window_set_visible_page (ADW_PREFERENCES_WINDOW (preferences), page);
      loop_run_for (300);
      access_check (what);
    }
  close_beside (GTK_WIDGET (preferences));
}

static void
test_mute_editor (WindowFixture *f, gconstpointer data)
{
  GtkWidget *editor = GTK_WIDGET (ph_mute_editor_new (GTK_WINDOW (f->window), NULL));

  gtk_window_present (GTK_WINDOW (editor));
  gtk_test_widget_wait_for_draw (editor);
  access_check ("what to mute");
  close_beside (editor);
}

static GtkWidget *
other_window (WindowFixture *f)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      if (window != GTK_WIDGET (f->window) && gtk_widget_get_mapped (window))
        return window;
    }
  return NULL;
}

static void
check_beside (WindowFixture *f, const char *what)
{
  RUN_UNTIL (other_window (f));
  loop_run_for (200);
  access_check (what);
  close_beside (other_window (f));
}

static void
test_about (WindowFixture *f, gconstpointer data)
{
  g_action_group_activate_action (G_ACTION_GROUP (f->application), "about", NULL);
  check_beside (f, "about");
}

static void
test_shortcuts (WindowFixture *f, gconstpointer data)
{
  window_activate (f, "win.show-help-overlay");
  check_beside (f, "shortcuts");
}

int
main (int argc, char **argv)
{
  static const WindowTest tests[] = {
    { "/access/pages", test_pages },
    { "/access/empty", test_empty },
    { "/access/menu-buttons", test_menu_buttons },
    { "/access/table-menus", test_table_menus },
    { "/access/preferences", test_preferences },
    { "/access/mute-editor", test_mute_editor },
    { "/access/about", test_about },
    { "/access/shortcuts", test_shortcuts },
  };

  return window_run (argc, argv, tests, G_N_ELEMENTS (tests));
}
