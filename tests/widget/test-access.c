/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Every page, pane, menu and dialog is opened, and all that can be seen in it looked at as a screen reader, a keyboard
 * and an unsteady hand would: names, roles, tooltips, sizes, mnemonics.
 */
#include <string.h>

#include "access.h"
#include "ph-deed-question.h"
#include "ph-help.h"
#include "ph-lookup-dialog.h"
#include "ph-lookout.h"
#include "ph-mute-editor.h"
#include "ph-preferences.h"
#include "ph-saved-dialog.h"
#include "ph-settings.h"
#include "window.h"

static PhTablePage *
show (WindowFixture *f, PhTableId table)
{
  PhTablePage *page = ph_window_show_table (f->window, table);

  RUN_UNTIL (ph_table_page_get_snapshot (page));
  loop_run_for (100);
  return page;
}

/* FALSE: there is none. */
static gboolean
select_first (PhTablePage *page)
{
  GtkSelectionModel *rows = ph_table_view_get_selection (ph_table_page_get_table_view (page));

  return g_list_model_get_n_items (G_LIST_MODEL (rows)) > 0 && gtk_selection_model_select_item (rows, 0, TRUE);
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

/* Values to choose from, and the terms of the filter to take away. */
static void
test_facets (WindowFixture *f, gconstpointer data)
{
  for (PhTableId table = 0; table < PH_N_TABLES; table++)
    {
      PhTablePage *page = show (f, table);
      g_autofree char *what = g_strdup_printf ("%s, with facets", G_OBJECT_TYPE_NAME (page));

      g_object_set (page, "show-facets", TRUE, NULL);
      loop_run_for (400);
      access_check (what);
      g_object_set (page, "show-facets", FALSE, NULL);
    }
  show (f, PH_TABLE_SOCKETS);
  window_filter (f, "-proto:unix state:listen,established word");
  loop_run_for (300);
  access_check ("terms of the filter");
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

static void
focus_first_row (GtkWidget *view)
{
  GtkWidget *row = gtk_widget_get_first_child (gtk_widget_get_last_child (widget_find (view, GTK_TYPE_COLUMN_VIEW)));

  while (row && !gtk_widget_get_mapped (row))
    row = gtk_widget_get_next_sibling (row);
  g_assert_cmpstr (gtk_widget_get_css_name (row), ==, "row");
  g_assert_true (gtk_widget_grab_focus (row));
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

      for (guint j = 0;
           GTK_IS_SHORTCUT_CONTROLLER (controller) && j < g_list_model_get_n_items (G_LIST_MODEL (controller)); j++)
        {
          g_autoptr (GtkShortcut) shortcut = g_list_model_get_item (G_LIST_MODEL (controller), j);

          if (gtk_shortcut_trigger_equal (gtk_shortcut_get_trigger (shortcut), menu)
              && gtk_shortcut_action_activate (gtk_shortcut_get_action (shortcut), 0, view, NULL))
            return;
        }
    }
  g_error ("The Menu key opens nothing: %s", G_OBJECT_TYPE_NAME (gtk_root_get_focus (gtk_widget_get_root (view))));
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
      loop_run_for (200); /* details may have opened */
      focus_first_row (view);
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
  if (ADW_IS_PREFERENCES_PAGE (widget) && ADW_IS_VIEW_STACK (gtk_widget_get_parent (widget)))
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

static void
check_window (GtkWidget *window, const char *what)
{
  gtk_window_present (GTK_WINDOW (window));
  gtk_test_widget_wait_for_draw (window);
  loop_run_for (300);
  access_check (what);
  close_beside (window);
}

static void
test_look_up (WindowFixture *f, gconstpointer data)
{
  PhLookupDialog *dialog = ph_lookup_dialog_new (GTK_WINDOW (f->window), f->page);
  g_autofree char *port = g_strdup_printf ("%u", f->port);

  gtk_window_present (GTK_WINDOW (dialog));
  loop_run_for (200);
  access_check ("look up, nothing typed");
  /* Typed, but no Enter: that would go to the only hit at once. */
  gtk_editable_set_text (widget_find (GTK_WIDGET (dialog), GTK_TYPE_SEARCH_ENTRY), port);
  loop_run_for (500);
  check_window (GTK_WIDGET (dialog), "look up, with hits");
  dialog = ph_lookup_dialog_new (GTK_WINDOW (f->window), f->page);
  ph_lookup_dialog_look_up (dialog, "nobody-is-called-like-this");
  check_window (GTK_WIDGET (dialog), "look up, with none");
}

static void
test_saved (WindowFixture *f, gconstpointer data)
{
  g_autoptr (GSettings) settings = ph_settings_new_of_table ("connections");
  g_autoptr (PhSavedFilters) saved = ph_saved_filters_new ("connections");

  check_window (GTK_WIDGET (ph_saved_dialog_new (GTK_WINDOW (f->window), saved)), "no saved filters");
  g_assert_true (ph_saved_filters_save (saved, "Listeners", "state:listen"));
  g_assert_true (ph_saved_filters_save (saved, "Not Unix", "-proto:unix"));
  check_window (GTK_WIDGET (ph_saved_dialog_new (GTK_WINDOW (f->window), saved)), "saved filters");
  g_settings_reset (settings, "saved-filters");
}

static void
test_help (WindowFixture *f, gconstpointer data)
{
  check_window (GTK_WIDGET (ph_help_new (f->window)), "help");
}

/* --- the look itself --- */

static void
assert_found (GtkWidget *child, const char *what)
{
  GtkWindow *window = widget_show (child, 200, 100);
  g_autoptr (GPtrArray) findings = g_ptr_array_new_with_free_func (g_free);

  access_look (GTK_WIDGET (window), findings);
  for (guint i = 0; i < findings->len; i++)
    g_test_message ("%s", (const char *) g_ptr_array_index (findings, i));
  g_assert_cmpuint (findings->len, ==, what ? 1 : 0);
  g_assert_true (!what || strstr (g_ptr_array_index (findings, 0), what));
  widget_close (window);
}

static GtkWidget *
two (GtkWidget *first, GtkWidget *second)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  gtk_box_append (GTK_BOX (box), first);
  gtk_box_append (GTK_BOX (box), second);
  return box;
}

static GtkWidget *
icon_button (const char *name, const char *tooltip)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("list-add-symbolic");

  gtk_widget_set_tooltip_text (button, tooltip);
  if (name)
    gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  return button;
}

/* It finds what it is there to find, and nothing where there is nothing. */
static void
test_look (WindowFixture *f, gconstpointer data)
{
  GtkWidget *plain = gtk_label_new ("nothing to hold on to");
  GtkWidget *small = gtk_button_new_with_label ("x");
  g_autoptr (GtkCssProvider) tiny = gtk_css_provider_new ();

  gtk_css_provider_load_from_data (tiny, "button.tiny { min-height: 0; min-width: 0; padding: 0; }", -1);
  gtk_style_context_add_provider_for_display (gdk_display_get_default (), GTK_STYLE_PROVIDER (tiny),
                                              GTK_STYLE_PROVIDER_PRIORITY_USER);
  gtk_widget_add_css_class (small, "tiny");
  gtk_widget_set_halign (small, GTK_ALIGN_START);
  gtk_widget_set_valign (small, GTK_ALIGN_START);

  assert_found (gtk_button_new_with_mnemonic ("_Add"), NULL);
  assert_found (icon_button ("Add", "Add"), NULL);
  assert_found (icon_button ("Add", NULL), "no tooltip");
  assert_found (gtk_entry_new (), "no name");
  assert_found (two (gtk_button_new_with_label ("Add"), gtk_button_new_with_label ("Add")), "another one named");
  assert_found (two (gtk_button_new_with_mnemonic ("_Add"), gtk_button_new_with_mnemonic ("_Apply")),
                "has the letter A");
  assert_found (two (gtk_button_new_with_mnemonic ("_Add"), gtk_button_new_with_mnemonic ("A_pply")), NULL);
  assert_found (small, "is only");
  gtk_widget_set_focusable (plain, TRUE);
  assert_found (plain, NULL);
  gtk_style_context_remove_provider_for_display (gdk_display_get_default (), GTK_STYLE_PROVIDER (tiny));
}

int
main (int argc, char **argv)
{
  static const WindowTest tests[] = {
    { "/access/pages", test_pages },
    { "/access/facets", test_facets },
    { "/access/empty", test_empty },
    { "/access/menu-buttons", test_menu_buttons },
    { "/access/table-menus", test_table_menus },
    { "/access/preferences", test_preferences },
    { "/access/mute-editor", test_mute_editor },
    { "/access/look-up", test_look_up },
    { "/access/saved", test_saved },
    { "/access/help", test_help },
    { "/access/look", test_look },
  };

  return window_run (argc, argv, tests, G_N_ELEMENTS (tests));
}
