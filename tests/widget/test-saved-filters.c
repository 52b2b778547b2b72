/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Filters with names: the list in the settings, the star beside the entry, what the empty entry proposes, the window
 * where they are put in order; and the last filter of a page, which is remembered. */
#include <string.h>

#include "fruit.h"
#include "ph-filter-bar.h"
#include "ph-remember.h"
#include "ph-saved-button.h"
#include "ph-saved-dialog.h"
#include "ph-settings.h"
#include "widget.h"

typedef struct
{
  PhTable *table;
  PhLinker *linker;
  PhFilterBar *bar;
  GtkWindow *window;
  GtkEditable *entry;
  PhSavedFilters *saved; /* as another window has it */
  guint n_changed;
} Fixture;

static void
count (Fixture *f)
{
  f->n_changed++;
}

static void
set_up (Fixture *f, gconstpointer data)
{
  g_autoptr (GSettings) settings = ph_settings_new_of_table ("fruit");

  g_settings_reset (settings, "saved-filters");
  g_settings_reset (settings, "filter");
  f->saved = ph_saved_filters_new ("fruit");
  g_signal_connect_swapped (f->saved, "changed", G_CALLBACK (count), f);
  f->table = ph_table_new (&fruit_schema);
  f->linker = ph_linker_new (&fruit_schema);
  fruit_sync (f->table, f->linker, (const FruitFact[]){ { 1, 150, "apple" } }, 1);
  f->bar = g_object_new (PH_TYPE_FILTER_BAR, NULL);
  ph_filter_bar_set_table (f->bar, f->table);
  ph_filter_bar_set_saved (f->bar, "fruit");
  f->window = widget_show (GTK_WIDGET (f->bar), 700, 500);
  f->entry = widget_find (GTK_WIDGET (f->bar), GTK_TYPE_SEARCH_ENTRY);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  widget_close (f->window);
  ph_linker_free (f->linker);
  g_assert_finalize_object (f->table);
  g_assert_finalize_object (f->saved);
}

static char *
list (PhSavedFilters *saved)
{
  GString *all = g_string_new (NULL);

  for (guint i = 0; i < ph_saved_filters_get_n (saved); i++)
    g_string_append_printf (all, "%s=%s|", ph_saved_filters_get_name (saved, i), ph_saved_filters_get_text (saved, i));
  return g_string_free (all, FALSE);
}

#define assert_list(saved, expected)                                                                                   \
  G_STMT_START                                                                                                         \
  {                                                                                                                    \
    g_autofree char *all_ = list (saved);                                                                              \
    g_assert_cmpstr (all_, ==, expected);                                                                              \
  }                                                                                                                    \
  G_STMT_END

static void
save_three (Fixture *f)
{
  g_assert_true (ph_saved_filters_save (f->saved, "Light", "grams:<100"));
  g_assert_true (ph_saved_filters_save (f->saved, "Heavy", "grams:>=100"));
  g_assert_true (ph_saved_filters_save (f->saved, "Apples", "name:apple"));
}

static void
test_list (Fixture *f, gconstpointer data)
{
  g_autoptr (PhSavedFilters) other = NULL;
  g_autofree char *long_name = g_strnfill (PH_SAVED_NAME_MAX + 1, 'x');

  save_three (f);
  g_assert_cmpuint (f->n_changed, ==, 3);
  other = ph_saved_filters_new ("fruit");
  assert_list (other, "Light=grams:<100|Heavy=grams:>=100|Apples=name:apple|");

  /* The same name is another text, in the same place; case and spaces around do not count. */
  g_assert_true (ph_saved_filters_save (other, " heavy ", "grams:>200"));
  assert_list (f->saved, "Light=grams:<100|heavy=grams:>200|Apples=name:apple|");
  g_assert_false (ph_saved_filters_save (other, "  ", "x"));
  g_assert_false (ph_saved_filters_save (other, long_name, "x"));

  g_assert_false (ph_saved_filters_rename (other, 0, "APPLES"));
  g_assert_false (ph_saved_filters_rename (other, 0, ""));
  g_assert_false (ph_saved_filters_rename (other, 9, "New"));
  g_assert_true (ph_saved_filters_rename (other, 0, "light"));
  ph_saved_filters_move (other, 2, 0);
  ph_saved_filters_move (other, 0, 9);
  assert_list (f->saved, "Apples=name:apple|light=grams:<100|heavy=grams:>200|");
  ph_saved_filters_remove (f->saved, 1);
  ph_saved_filters_remove (f->saved, 9);
  assert_list (other, "Apples=name:apple|heavy=grams:>200|");
  g_assert_false (ph_saved_filters_insert (f->saved, 0, "Apples", "x"));
  g_assert_true (ph_saved_filters_insert (f->saved, 1, "light", "grams:<100"));
  assert_list (other, "Apples=name:apple|light=grams:<100|heavy=grams:>200|");

  g_assert_cmpint (ph_saved_filters_find_text (other, " name:apple "), ==, 0);
  g_assert_cmpint (ph_saved_filters_find_text (other, "name:pear"), ==, -1);
  g_assert_cmpint (ph_saved_filters_find_name (other, "LIGHT"), ==, 1);
}

/* What somebody else wrote there. */
static void
test_odd_settings (Fixture *f, gconstpointer data)
{
  g_autoptr (GSettings) settings = ph_settings_new_of_table ("fruit");

  g_settings_set (settings, "saved-filters", "a(ss)", NULL);
  g_assert_true (g_settings_set_value (
      settings, "saved-filters",
      g_variant_new_parsed ("[('', 'x'), (' a ', 'name:a'), ('A', 'twice'), ('<b>', 'prt:1 \"'), ('e', '')]")));
  assert_list (f->saved, "a=name:a|<b>=prt:1 \"|e=|");
}

/* --- the star --- */

static void
open_bar (Fixture *f)
{
  g_object_set (f->bar, "search-mode", TRUE, NULL);
  gtk_test_widget_wait_for_draw (GTK_WIDGET (f->window));
}

static GtkMenuButton *
get_star (Fixture *f)
{
  return widget_find (widget_find (GTK_WIDGET (f->bar), PH_TYPE_SAVED_BUTTON), GTK_TYPE_MENU_BUTTON);
}

static GtkWidget *
open_star (Fixture *f)
{
  GtkWidget *popover = GTK_WIDGET (gtk_menu_button_get_popover (get_star (f)));

  gtk_menu_button_popup (get_star (f));
  RUN_UNTIL (gtk_widget_get_mapped (popover));
  return popover;
}

static gboolean
shows (GtkWidget *popover, const char *text)
{
  GtkWidget *label = widget_find_text (popover, GTK_TYPE_LABEL, text);

  return label && gtk_widget_get_mapped (label);
}

/* As the page does when the entry says something. */
static void
set_text (Fixture *f, const char *text, const char *error)
{
  gtk_editable_set_text (f->entry, text);
  ph_filter_bar_set_error (f->bar, error, 0);
}

#define assert_star(f, icon) g_assert_cmpstr (gtk_menu_button_get_icon_name (get_star (f)), ==, icon "-symbolic")

static void
test_star (Fixture *f, gconstpointer data)
{
  GtkWidget *popover;
  GtkEditable *name;

  g_assert_null (widget_find (GTK_WIDGET (f->bar), PH_TYPE_SAVED_BUTTON)); /* nobody has asked */
  open_bar (f);
  popover = open_star (f);
  g_assert_true (shows (popover, "No filter has been saved yet. Type one, and give it a name here."));
  gtk_menu_button_popdown (get_star (f));

  /* A wrong one cannot be saved. */
  set_text (f, "prt:1", "So it is");
  open_star (f);
  g_assert_false (shows (popover, "Save Filter"));
  gtk_menu_button_popdown (get_star (f));

  set_text (f, " grams:>100 ", NULL);
  assert_star (f, "non-starred");
  open_star (f);
  g_assert_true (shows (popover, "Save Filter"));
  g_assert_true (shows (popover, "grams:>100"));
  name = widget_find (popover, GTK_TYPE_ENTRY);
  g_signal_emit_by_name (name, "activate"); /* no name yet */
  g_assert_cmpuint (ph_saved_filters_get_n (f->saved), ==, 0);
  gtk_editable_set_text (name, "Heavy");
  g_signal_emit_by_name (name, "activate");
  assert_list (f->saved, "Heavy=grams:>100|");
  assert_star (f, "starred");
  g_assert_cmpstr (gtk_widget_get_tooltip_text (GTK_WIDGET (get_star (f))), ==, "Saved as “Heavy”");
  RUN_UNTIL (!gtk_widget_get_mapped (popover));

  set_text (f, "grams:>200", NULL);
  assert_star (f, "non-starred");
  open_star (f);
  gtk_editable_set_text (name, "heavy ");
  g_assert_true (shows (popover, "Takes the place of the filter with this name"));
  gtk_menu_button_popdown (get_star (f));
}

static void
note_change (PhFilterBar *bar, guint *n)
{
  ++*n;
}

static void
test_choose (Fixture *f, gconstpointer data)
{
  GtkWidget *popover;
  GtkWidget *label;
  guint n = 0;

  save_three (f);
  open_bar (f);
  set_text (f, "name:x", NULL);
  g_signal_connect (f->bar, "text-changed", G_CALLBACK (note_change), &n);
  popover = open_star (f);
  label = widget_find_text (popover, GTK_TYPE_LABEL, "Light");
  g_assert_nonnull (label);
  g_assert_true (shows (popover, "grams:<100"));
  g_signal_emit_by_name (gtk_widget_get_ancestor (label, GTK_TYPE_LIST_BOX), "row-activated",
                         gtk_widget_get_ancestor (label, GTK_TYPE_LIST_BOX_ROW));
  g_assert_cmpstr (gtk_editable_get_text (f->entry), ==, "grams:<100");
  g_assert_cmpuint (n, >=, 1); /* at once */
}

/* --- what the empty entry proposes --- */

static gboolean
press (Fixture *f, guint keyval)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (GTK_WIDGET (f->entry));
  gboolean handled = FALSE;

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_EVENT_CONTROLLER_KEY (controller)
          && gtk_event_controller_get_propagation_phase (controller) == GTK_PHASE_CAPTURE)
        g_signal_emit_by_name (controller, "key-pressed", keyval, 0, 0, &handled);
    }
  return handled;
}

static void
test_proposals (Fixture *f, gconstpointer data)
{
  open_bar (f);
  g_assert_false (press (f, GDK_KEY_Down)); /* there are none */
  save_three (f);
  g_assert_true (press (f, GDK_KEY_Down));
  g_assert_true (press (f, GDK_KEY_Down));
  g_assert_true (press (f, GDK_KEY_Down));
  g_assert_true (press (f, GDK_KEY_Return));
  g_assert_cmpstr (gtk_editable_get_text (f->entry), ==, "grams:>=100");
  g_assert_false (press (f, GDK_KEY_Down)); /* it is not empty any more */

  gtk_editable_set_text (f->entry, ""); /* deleted */
  loop_run_for (100);
  g_assert_true (press (f, GDK_KEY_Up));
  g_assert_true (press (f, GDK_KEY_Tab));
  g_assert_cmpstr (gtk_editable_get_text (f->entry), ==, "name:apple");
}

/* --- the window --- */

static GtkWidget *
get_button (GtkWidget *dialog, const char *tip, guint n)
{
  g_autoptr (GPtrArray) buttons = widget_find_all (dialog, GTK_TYPE_BUTTON);

  for (guint i = 0; i < buttons->len; i++)
    if (g_strcmp0 (gtk_widget_get_tooltip_text (buttons->pdata[i]), tip) == 0 && n-- == 0)
      return buttons->pdata[i];
  g_assert_not_reached ();
}

static AdwEntryRow *
get_row (GtkWidget *dialog, guint n)
{
  g_autoptr (GPtrArray) rows = widget_find_all (dialog, ADW_TYPE_ENTRY_ROW);

  g_assert_cmpuint (n, <, rows->len);
  return rows->pdata[n];
}

static void
click (GtkWidget *button)
{
  g_signal_emit_by_name (button, "clicked");
}

static void
press_undo (GtkWidget *dialog)
{
  GtkWidget *button = widget_find_text (dialog, GTK_TYPE_BUTTON, "_Undo");

  g_assert_nonnull (button);
  click (button);
}

static void
test_dialog (Fixture *f, gconstpointer data)
{
  GtkWidget *dialog;

  save_three (f);
  dialog = GTK_WIDGET (ph_saved_dialog_new (f->window, f->saved));
  gtk_window_present (GTK_WINDOW (dialog));
  gtk_test_widget_wait_for_draw (dialog);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (get_row (dialog, 2))), ==, "Apples");
  g_assert_cmpstr (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (get_row (dialog, 2))), ==, "name:apple");
  g_assert_false (gtk_widget_get_sensitive (get_button (dialog, "Move Up", 0)));
  g_assert_false (gtk_widget_get_sensitive (get_button (dialog, "Move Down", 2)));

  /* The focus goes with it. */
  gtk_widget_grab_focus (get_button (dialog, "Move Up", 2));
  click (get_button (dialog, "Move Up", 2));
  assert_list (f->saved, "Light=grams:<100|Apples=name:apple|Heavy=grams:>=100|");
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (dialog)) == get_button (dialog, "Move Up", 1));
  click (get_button (dialog, "Move Up", 1));
  assert_list (f->saved, "Apples=name:apple|Light=grams:<100|Heavy=grams:>=100|");
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (dialog)) == get_button (dialog, "Move Down", 0));

  /* A name that cannot be is marked, and not taken. */
  gtk_editable_set_text (GTK_EDITABLE (get_row (dialog, 0)), "light");
  g_assert_true (gtk_widget_has_css_class (GTK_WIDGET (get_row (dialog, 0)), "error"));
  g_signal_emit_by_name (get_row (dialog, 0), "apply");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (get_row (dialog, 0))), ==, "Apples");
  g_assert_false (gtk_widget_has_css_class (GTK_WIDGET (get_row (dialog, 0)), "error"));
  gtk_editable_set_text (GTK_EDITABLE (get_row (dialog, 0)), "Fruit & <b>");
  g_signal_emit_by_name (get_row (dialog, 0), "apply");

  click (get_button (dialog, "Delete", 0));
  assert_list (f->saved, "Light=grams:<100|Heavy=grams:>=100|");
  loop_run_for (50);
  press_undo (dialog);
  assert_list (f->saved, "Fruit & <b>=name:apple|Light=grams:<100|Heavy=grams:>=100|");

  /* Another window deletes them all. */
  while (ph_saved_filters_get_n (f->saved) > 0)
    ph_saved_filters_remove (f->saved, 0);
  g_assert_true (shows (dialog, "No Saved Filters"));
  widget_close (GTK_WINDOW (dialog));
}

/* --- the last filter --- */

/* Something with a text. */
static GtkWidget *
make_memory (PhRemember *remember)
{
  GtkWidget *label = g_object_ref_sink (gtk_label_new ("none"));

  ph_remember_of_table_if (remember, "remember-filter", "fruit", "filter", G_OBJECT (label), "label");
  return label;
}

static void
test_remember (Fixture *f, gconstpointer data)
{
  g_autoptr (PhRemember) remember = ph_remember_new ();
  g_autoptr (GSettings) settings = ph_settings_new_of_table ("fruit");
  GSettings *main = ph_remember_get_settings (remember);
  g_autoptr (GtkWidget) first = make_memory (remember);
  g_autoptr (GtkWidget) second = NULL;
  g_autoptr (GtkWidget) third = NULL;
  g_autofree char *kept = NULL;

  g_settings_reset (main, "remember-filter");
  gtk_label_set_label (GTK_LABEL (first), "grams:>1");
  ph_remember_set_resting (remember, TRUE); /* the command line speaks */
  gtk_label_set_label (GTK_LABEL (first), "grams:>2");
  ph_remember_set_resting (remember, FALSE);
  second = make_memory (remember);
  g_assert_cmpstr (gtk_label_get_label (GTK_LABEL (second)), ==, "grams:>1");

  /* What was kept is forgotten, and nothing more is kept. */
  g_settings_set_boolean (main, "remember-filter", FALSE);
  kept = g_settings_get_string (settings, "filter");
  g_assert_cmpstr (kept, ==, "");
  gtk_label_set_label (GTK_LABEL (first), "grams:>3");
  third = make_memory (remember);
  g_assert_cmpstr (gtk_label_get_label (GTK_LABEL (third)), ==, "none");
  g_settings_reset (main, "remember-filter");
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *path;
    void (*test) (Fixture *f, gconstpointer data);
  } tests[] = {
    { "/saved-filters/list", test_list },           { "/saved-filters/odd-settings", test_odd_settings },
    { "/saved-filters/star", test_star },           { "/saved-filters/choose", test_choose },
    { "/saved-filters/proposals", test_proposals }, { "/saved-filters/dialog", test_dialog },
    { "/saved-filters/remember", test_remember },
  };

  widget_init (&argc, &argv);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].test, tear_down);
  return g_test_run ();
}
