/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Values beside the table: how many are listed, what clicks and keys ask for, that nothing moves under a hand; the
 * chips of the filter's terms; and both in a window, wide and narrow. */
#include "ph-facet-list.h"
#include "ph-facet-row.h"
#include "ph-facet-section.h"
#include "ph-term-chips.h"
#include "window.h"

/* --- a section --- */

static const PhFacetField field = { "lport", "Local Port", .nothing = "No port" };

/* @spec: "80:12 443:7+ 22:1-": value, count, whether it is chosen. */
static void
set_values (PhFacetSection *section, const char *spec, gboolean held)
{
  g_auto (GStrv) words = g_strsplit (spec, " ", -1);
  PhFacet facet = { .field = &field };
  guint n = *spec ? g_strv_length (words) : 0;

  facet.values = g_new0 (PhFacetValue, n + 1);
  for (guint i = 0; i < n; i++)
    {
      PhFacetValue *value = &facet.values[i];
      char *count = strchr (words[i], ':');

      *count++ = '\0';
      value->value = words[i];
      value->label = g_str_equal (words[i], "=") ? NULL : words[i];
      value->count = (guint) strtoul (count, NULL, 10);
      value->choice = strchr (count, '+')   ? PH_FILTER_INCLUDED
                      : strchr (count, '-') ? PH_FILTER_EXCLUDED
                                            : PH_FILTER_OPEN;
    }
  facet.n_values = facet.n_distinct = n;
  ph_facet_section_set_facet (section, &facet, held);
  g_free (facet.values);
}

/* The values in sight, in their order. */
static char *
dup_values (PhFacetSection *section)
{
  g_autoptr (GPtrArray) rows = widget_find_all (GTK_WIDGET (section), PH_TYPE_FACET_ROW);
  GString *values = g_string_new (NULL);

  for (guint i = 0; i < rows->len; i++)
    if (gtk_widget_get_visible (rows->pdata[i]))
      g_string_append_printf (values, "%s%s", values->len > 0 ? " " : "", ph_facet_row_get_value (rows->pdata[i]));
  return g_string_free (values, FALSE);
}

static void
assert_values (PhFacetSection *section, const char *expected)
{
  g_autofree char *values = dup_values (section);

  g_assert_cmpstr (values, ==, expected);
}

static PhFacetRow *
find_row (GtkWidget *widget, const char *value)
{
  g_autoptr (GPtrArray) rows = widget_find_all (widget, PH_TYPE_FACET_ROW);

  for (guint i = 0; i < rows->len; i++)
    if (gtk_widget_get_visible (rows->pdata[i]) && g_strcmp0 (ph_facet_row_get_value (rows->pdata[i]), value) == 0)
      return rows->pdata[i];
  return NULL;
}

static GtkButton *
more_button (PhFacetSection *section)
{
  g_autoptr (GPtrArray) buttons = widget_find_all (GTK_WIDGET (section), GTK_TYPE_BUTTON);

  g_assert_cmpuint (buttons->len, ==, 1);
  return gtk_widget_get_visible (buttons->pdata[0]) ? buttons->pdata[0] : NULL;
}

static void
test_section (WindowFixture *f, gconstpointer data)
{
  PhFacetSection *section = ph_facet_section_new (&field);
  GtkWindow *window = widget_show (GTK_WIDGET (section), 300, 600);
  GtkWidget *label;
  int width, wider;

  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (section)));
  set_values (section, "80:12 443:7 22:1", FALSE);
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (section)));
  assert_values (section, "80 443 22");
  g_assert_null (more_button (section));

  /* The first eight, and those that are chosen; all of them; fewer again. */
  set_values (section, "1:9 2:9 3:9 4:9 5:9 6:9 7:9 8:9 9:9 10:1+ 11:1 12:0-", FALSE);
  assert_values (section, "1 2 3 4 5 6 7 8 10 12");
  g_assert_cmpstr (gtk_button_get_label (more_button (section)), ==, "Show All 12");
  g_signal_emit_by_name (more_button (section), "clicked");
  assert_values (section, "1 2 3 4 5 6 7 8 9 10 11 12");
  g_assert_cmpstr (gtk_button_get_label (more_button (section)), ==, "Show Fewer");
  g_signal_emit_by_name (more_button (section), "clicked");
  assert_values (section, "1 2 3 4 5 6 7 8 10 12");

  /* While it is held nothing moves: what has gone is there with a nought, what is new comes last. */
  set_values (section, "80:12 443:7 22:1", FALSE);
  set_values (section, "443:20+ 81:4 80:1", TRUE);
  assert_values (section, "80 443 22 81");
  g_assert_cmpint (ph_facet_row_get_choice (find_row (GTK_WIDGET (section), "443")), ==, PH_FILTER_INCLUDED);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (find_row (GTK_WIDGET (section), "22")),
                                       GTK_ACCESSIBLE_PROPERTY_LABEL, "22, 0 rows");
  set_values (section, "", TRUE);
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (section)));
  set_values (section, "443:20 81:4 80:1", FALSE);
  assert_values (section, "443 81 80");

  /* It is as wide whatever is in it. */
  gtk_widget_measure (GTK_WIDGET (section), GTK_ORIENTATION_HORIZONTAL, -1, NULL, &width, NULL, NULL);
  set_values (section, "a-very-long-name-of-a-program:1234 80:1", FALSE);
  gtk_widget_measure (GTK_WIDGET (section), GTK_ORIENTATION_HORIZONTAL, -1, NULL, &wider, NULL, NULL);
  g_assert_cmpint (width, ==, wider);

  /* That nobody has one is nothing to choose. */
  set_values (section, "=:7", FALSE);
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (section)));
  set_values (section, "=:7+", FALSE);
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (section)));
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (find_row (GTK_WIDGET (section), "=")),
                                       GTK_ACCESSIBLE_PROPERTY_LABEL, "No port, 7 rows");
  label = widget_find (GTK_WIDGET (find_row (GTK_WIDGET (section), "=")), GTK_TYPE_LABEL);
  g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (label)), ==, "No port");
  g_assert_true (gtk_widget_has_css_class (label, "dim-label"));
  widget_close (window);
}

typedef struct
{
  char *value;
  guint choice;
} Chosen;

static void
note_chosen (PhFacetSection *section, const char *value, guint choice, Chosen *chosen)
{
  g_free (chosen->value);
  *chosen = (Chosen){ g_strdup (value), choice };
}

static void
assert_chosen (Chosen *chosen, const char *value, PhFilterChoice choice)
{
  g_assert_cmpstr (chosen->value, ==, value);
  g_assert_cmpuint (chosen->choice, ==, choice);
  g_clear_pointer (&chosen->value, g_free);
}

/* As if that key were pressed while a row has the focus. */
static gboolean
press (PhFacetSection *section, guint keyval, GdkModifierType modifiers)
{
  GtkWidget *list = widget_find (GTK_WIDGET (section), GTK_TYPE_LIST_BOX);
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (list);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      for (guint j = 0;
           GTK_IS_SHORTCUT_CONTROLLER (controller) && j < g_list_model_get_n_items (G_LIST_MODEL (controller)); j++)
        {
          g_autoptr (GtkShortcut) shortcut = g_list_model_get_item (G_LIST_MODEL (controller), j);
          g_autofree char *triggers = gtk_shortcut_trigger_to_string (gtk_shortcut_get_trigger (shortcut));
          g_autofree char *wanted = gtk_accelerator_name (keyval, modifiers);

          if (strstr (triggers, wanted))
            return gtk_shortcut_action_activate (gtk_shortcut_get_action (shortcut), 0, list, NULL);
        }
    }
  return FALSE;
}

static void
test_choosing (WindowFixture *f, gconstpointer data)
{
  PhFacetSection *section = ph_facet_section_new (&field);
  GtkWindow *window = widget_show (GTK_WIDGET (section), 300, 600);
  Chosen chosen = { NULL };

  g_signal_connect (section, "chosen", G_CALLBACK (note_chosen), &chosen);
  set_values (section, "80:12 443:7+ 22:1-", FALSE);
  loop_run_for (50);

  g_assert_true (gtk_widget_activate (GTK_WIDGET (find_row (GTK_WIDGET (section), "80"))));
  assert_chosen (&chosen, "80", PH_FILTER_INCLUDED);
  gtk_widget_activate (GTK_WIDGET (find_row (GTK_WIDGET (section), "443")));
  assert_chosen (&chosen, "443", PH_FILTER_OPEN);
  gtk_widget_activate (GTK_WIDGET (find_row (GTK_WIDGET (section), "22")));
  assert_chosen (&chosen, "22", PH_FILTER_OPEN);

  g_assert_true (gtk_widget_grab_focus (GTK_WIDGET (find_row (GTK_WIDGET (section), "80"))));
  g_assert_true (press (section, GDK_KEY_Return, GDK_CONTROL_MASK));
  assert_chosen (&chosen, "80", PH_FILTER_EXCLUDED);
  gtk_widget_grab_focus (GTK_WIDGET (find_row (GTK_WIDGET (section), "22")));
  g_assert_true (press (section, GDK_KEY_Return, GDK_CONTROL_MASK));
  assert_chosen (&chosen, "22", PH_FILTER_OPEN);

  /* The menu is about the row that has the focus, and the focus comes back to it. */
  g_assert_false (ph_facet_section_has_menu (section));
  g_assert_true (press (section, GDK_KEY_F10, GDK_SHIFT_MASK));
  g_assert_true (ph_facet_section_has_menu (section));
  gtk_widget_activate_action (GTK_WIDGET (section), "facet.include", NULL);
  assert_chosen (&chosen, "22", PH_FILTER_INCLUDED);
  gtk_popover_popdown (GTK_POPOVER (widget_find (GTK_WIDGET (section), GTK_TYPE_POPOVER_MENU)));
  RUN_UNTIL (!ph_facet_section_has_menu (section));
  g_assert_true (gtk_window_get_focus (window) == GTK_WIDGET (find_row (GTK_WIDGET (section), "22")));
  widget_close (window);
}

/* --- chips --- */

static void
note_removed (PhTermChips *chips, guint n, guint *removed)
{
  *removed = n;
}

static GPtrArray *
visible_chips (PhTermChips *chips)
{
  GPtrArray *buttons = widget_find_all (GTK_WIDGET (chips), GTK_TYPE_BUTTON);

  for (guint i = buttons->len; i-- > 0;)
    if (!gtk_widget_get_visible (buttons->pdata[i]))
      g_ptr_array_remove_index (buttons, i);
  return buttons;
}

static void
test_chips (WindowFixture *f, gconstpointer data)
{
  PhTermChips *chips = g_object_new (PH_TYPE_TERM_CHIPS, NULL);
  GtkWindow *window = widget_show (GTK_WIDGET (chips), 500, 100);
  guint removed = G_MAXUINT;

  g_signal_connect (chips, "removed", G_CALLBACK (note_removed), &removed);
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (chips)));
  ph_term_chips_set_text (chips, "tcp -process:=\"a b\" <b>x");
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (chips)));
  loop_run_for (50);
  {
    g_autoptr (GPtrArray) buttons = visible_chips (chips);

    g_assert_cmpuint (buttons->len, ==, 3);
    gtk_test_accessible_assert_property (GTK_ACCESSIBLE (buttons->pdata[1]), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                         "Remove filter “-process:=\"a b\"”");
    g_assert_nonnull (widget_find_text (buttons->pdata[2], GTK_TYPE_LABEL, "<b>x"));
    gtk_widget_grab_focus (buttons->pdata[2]);
    g_signal_emit_by_name (buttons->pdata[2], "clicked");
    RUN_UNTIL (removed == 2);

    /* The last one goes, and the focus to the one before. */
    ph_term_chips_set_text (chips, "tcp -process:=\"a b\"");
    g_assert_true (gtk_window_get_focus (window) == buttons->pdata[1]);
    ph_term_chips_set_text (chips, "tcp");
    g_assert_true (gtk_window_get_focus (window) == buttons->pdata[0]);
  }
  ph_term_chips_set_text (chips, "");
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (chips)));
  widget_close (window);
}

/* --- in a window --- */

static PhFacetList *
facets (WindowFixture *f)
{
  return widget_find (GTK_WIDGET (f->page), PH_TYPE_FACET_LIST);
}

static gboolean
shows_facets (WindowFixture *f)
{
  gboolean shows;

  g_object_get (f->page, "show-facets", &shows, NULL);
  return shows;
}

static void
test_window (WindowFixture *f, gconstpointer data)
{
  g_autofree char *port = g_strdup_printf ("%u", f->port);

  window_filter (f, "lport:%s", port);
  g_assert_false (shows_facets (f));
  g_assert_null (find_row (GTK_WIDGET (f->page), "tcp"));

  gtk_widget_activate_action (GTK_WIDGET (f->page), "page.show-facets", NULL);
  g_assert_true (shows_facets (f));
  RUN_UNTIL (find_row (GTK_WIDGET (facets (f)), "tcp"));
  RUN_UNTIL (find_row (GTK_WIDGET (facets (f)), port));
  g_assert_cmpint (ph_facet_row_get_choice (find_row (GTK_WIDGET (facets (f)), port)), ==, PH_FILTER_INCLUDED);

  gtk_widget_activate (GTK_WIDGET (find_row (GTK_WIDGET (facets (f)), "tcp")));
  g_assert_true (g_str_has_suffix (ph_table_page_get_text (f->page), " proto:tcp"));
  window_settle (f);
  g_assert_cmpuint (window_n_shown (f), >=, 1);
  RUN_UNTIL (ph_facet_row_get_choice (find_row (GTK_WIDGET (facets (f)), "tcp")) == PH_FILTER_INCLUDED);
  gtk_widget_activate (GTK_WIDGET (find_row (GTK_WIDGET (facets (f)), "tcp")));
  g_assert_true (g_str_has_suffix (ph_table_page_get_text (f->page), port));

  /* A chip takes its term away, and the entry need not be there for that. */
  window_settle (f);
  g_object_set (f->page, "search-mode", FALSE, NULL);
  ph_table_page_edit_text (f->page, "proto:tcp");
  {
    gboolean searching;
    GtkWidget *chip = widget_find (widget_find (GTK_WIDGET (f->page), PH_TYPE_TERM_CHIPS), GTK_TYPE_BUTTON);

    g_object_get (f->page, "search-mode", &searching, NULL);
    g_assert_false (searching);
    g_signal_emit_by_name (chip, "clicked");
    RUN_UNTIL (*ph_table_page_get_text (f->page) == '\0');
  }
  /* What is wrong hides nothing, and has no chips. */
  ph_table_page_set_text (f->page, "proto:");
  g_assert_false (gtk_widget_get_visible (widget_find (GTK_WIDGET (f->page), PH_TYPE_TERM_CHIPS)));
}

/* Folded away: not listed, not counted, and remembered. */
static void
test_folding (WindowFixture *f, gconstpointer data)
{
  g_auto (GStrv) folded = NULL;
  guint64 all;

  gtk_widget_activate_action (GTK_WIDGET (f->page), "page.show-facets", NULL);
  RUN_UNTIL (find_row (GTK_WIDGET (facets (f)), "tcp"));
  all = ph_facet_list_get_wanted (facets (f));
  g_assert_cmpuint (all, ==, (G_GUINT64_CONSTANT (1) << ph_socket_schema.n_facets) - 1);
  g_object_set (widget_find (GTK_WIDGET (facets (f)), PH_TYPE_FACET_SECTION), "expanded", FALSE, NULL);
  g_assert_cmpuint (ph_facet_list_get_wanted (facets (f)), ==, all & ~G_GUINT64_CONSTANT (1));
  g_object_get (f->page, "folded-facets", &folded, NULL);
  g_assert_cmpuint (g_strv_length (folded), ==, 1);
  g_assert_cmpstr (folded[0], ==, "proto");

  g_object_set (f->page, "folded-facets", NULL, NULL);
  g_assert_cmpuint (ph_facet_list_get_wanted (facets (f)), ==, all);
}

/* Where it is narrow they lie over the table when they are called, and the wish for a wide window stays. */
static void
test_narrow (WindowFixture *f, gconstpointer data)
{
  AdwFlap *flap = widget_find (GTK_WIDGET (f->page), ADW_TYPE_FLAP);
  gboolean wish;

  gtk_widget_activate_action (GTK_WIDGET (f->page), "page.show-facets", NULL);
  g_assert_false (adw_flap_get_folded (flap));
  gtk_window_set_default_size (GTK_WINDOW (f->window), 400, 500);
  RUN_UNTIL (adw_flap_get_folded (flap));
  RUN_UNTIL (!shows_facets (f));
  g_object_get (f->page, "facets", &wish, NULL);
  g_assert_true (wish);

  gtk_widget_activate_action (GTK_WIDGET (f->page), "page.show-facets", NULL);
  g_assert_true (shows_facets (f));
  gtk_window_set_default_size (GTK_WINDOW (f->window), 1100, 720);
  RUN_UNTIL (!adw_flap_get_folded (flap));
  g_assert_true (shows_facets (f));
  gtk_widget_activate_action (GTK_WIDGET (f->page), "page.show-facets", NULL);
  g_object_get (f->page, "facets", &wish, NULL);
  g_assert_false (wish);
}

/* "Show only" of a row: no other value of that field, and all other terms. */
static void
test_only (WindowFixture *f, gconstpointer data)
{
  static const char *const steps[][2] = {
    { "process:=sh", "curl process:=sh" },
    { "process:=\"a b\"", "curl process:=\"a b\"" },
    { "-process:=x", "curl process:=\"a b\" -process:=x" },
    { "-process:=y", "curl process:=\"a b\" -process:=x,=y" },
    { "-process:=y", "curl process:=\"a b\" -process:=x,=y" },
    { "word", "curl process:=\"a b\" -process:=x,=y word" },
  };

  ph_table_page_set_text (f->page, "curl");
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      g_signal_emit_by_name (f->table_view, "filter-wanted", steps[i][0]);
      g_assert_cmpstr (ph_table_page_get_text (f->page), ==, steps[i][1]);
    }
}

int
main (int argc, char **argv)
{
  static const WindowTest tests[] = {
    { "/facets/section", test_section }, { "/facets/choosing", test_choosing }, { "/facets/chips", test_chips },
    { "/facets/window", test_window },   { "/facets/folding", test_folding },   { "/facets/narrow", test_narrow },
    { "/facets/only", test_only },
  };

  return window_run (argc, argv, tests, G_N_ELEMENTS (tests));
}
