/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Routes, rules and neighbours of a network of the test's own, and "Which route?" there. */
#include <glib/gstdio.h>

#include "own-network.h"
#include "ph-neighbours-page.h"
#include "ph-record-details.h"
#include "ph-route-entry.h"
#include "ph-route-note.h"
#include "ph-routes-page.h"
#include "ph-routes-section.h"
#include "ph-rules-page.h"
#include "ph-status-bar.h"
#include "widget.h"

#define NEAR      "203.0.113.1"  /* there is a route to it */
#define FORBIDDEN "198.51.100.1" /* prohibit */
#define HOLE      "198.51.100.2" /* blackhole */
#define NOWHERE   "192.0.2.1"    /* no route */
#define MARKED    "192.0.2.77"   /* only in OTHER, which a rule has looked at for MARK */
#define MARK      7
#define OTHER     100

typedef struct
{
  PhSection *section;
  GtkWindow *window;
  PhRouteEntry *entry;
  PhRouteNote *note;
  guint n_made;
} Fixture;

/* What the window does with a page. */
static void
page_made (Fixture *f, PhTablePage *page)
{
  f->n_made++;
  g_object_set (page, "in-sight", TRUE, "numeric", TRUE, NULL);
}

static PhView *
view_of (PhTablePage *page)
{
  return ph_table_view_get_view (ph_table_page_get_table_view (page));
}

static guint
n_shown (PhTablePage *page)
{
  return g_list_model_get_n_items (G_LIST_MODEL (view_of (page)));
}

static void
settle (PhTablePage *page)
{
  RUN_UNTIL (ph_table_page_get_snapshot (page) && !ph_view_is_busy (view_of (page)));
  loop_run_for (50);
}

static void
set_up (Fixture *f, gconstpointer data)
{
  f->n_made = 0;
  f->section = g_object_new (PH_TYPE_ROUTES_SECTION, NULL);
  g_signal_connect_swapped (f->section, "page-made", G_CALLBACK (page_made), f);
  g_assert_cmpuint (f->n_made, ==, 0);
  f->window = widget_show (GTK_WIDGET (f->section), 1000, 600);
  f->entry = widget_find (GTK_WIDGET (f->section), PH_TYPE_ROUTE_ENTRY);
  f->note = widget_find (GTK_WIDGET (f->section), PH_TYPE_ROUTE_NOTE);
  settle (ph_section_get_page (f->section));
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  widget_close (f->window);
  loop_run_for (50);
}

/* The text of a row's cell. */
static char *
cell (PhTablePage *page, guint position, const char *id)
{
  g_autoptr (PhRow) row = g_list_model_get_item (G_LIST_MODEL (view_of (page)), position);
  const PhColumn *column = ph_schema_find_column (ph_table_get_schema (ph_view_get_table (view_of (page))), id);
  GString *text = g_string_new (NULL);

  ph_column_format (column, ph_row_get_record (row), &(PhStyle){ .numeric = TRUE }, text);
  return g_string_free (text, FALSE);
}

/* What the selected row says; NULL where not exactly one is. */
static char *
selected_cell (PhTablePage *page, const char *id)
{
  GtkSelectionModel *model = ph_table_view_get_selection (ph_table_page_get_table_view (page));
  g_autoptr (GtkBitset) selected = gtk_selection_model_get_selection (model);

  return gtk_bitset_get_size (selected) == 1 ? cell (page, gtk_bitset_get_minimum (selected), id) : NULL;
}

static gboolean
shows (PhTablePage *page, const char *destination)
{
  for (guint i = 0; i < n_shown (page); i++)
    {
      g_autofree char *text = cell (page, i, "destination");

      if (g_str_equal (text, destination))
        return TRUE;
    }
  return FALSE;
}

static gboolean
says (PhRouteNote *note, const char *words)
{
  return ph_route_note_get_headline (note) && strstr (ph_route_note_get_headline (note), words);
}

/* --- the tables --- */

static void
test_main_table (Fixture *f, gconstpointer data)
{
  PhTablePage *page = ph_section_get_page (f->section);
  PhStatusBar *bar = widget_find (GTK_WIDGET (page), PH_TYPE_STATUS_BAR);
  guint usual;

  g_assert_true (PH_IS_ROUTES_PAGE (page));
  g_assert_true (shows (page, NEAR));
  g_assert_true (shows (page, FORBIDDEN));
  g_assert_false (shows (page, MARKED));
  g_assert_false (shows (page, "127.0.0.1"));
  g_assert_nonnull (strstr (ph_status_bar_get_text (bar), "routes, "));
  g_assert_nonnull (strstr (ph_status_bar_get_text (bar), "updated at every change"));
  usual = n_shown (page);

  ph_chip_bar_set (ph_table_page_get_chip_bar (page), "all", TRUE);
  settle (page);
  g_assert_cmpuint (n_shown (page), >, usual);
  g_assert_true (shows (page, MARKED));
  g_assert_true (shows (page, "127.0.0.1"));

  ph_chip_bar_set (ph_table_page_get_chip_bar (page), "ipv6", TRUE);
  settle (page);
  g_assert_false (shows (page, "127.0.0.1"));
}

/* "Clear filters" takes away what was chosen; where that was nothing, it is the usual view that hides. */
static void
test_clear (Fixture *f, gconstpointer data)
{
  PhTablePage *page = ph_section_get_page (f->section);
  PhChipBar *bar = ph_table_page_get_chip_bar (page);

  ph_chip_bar_set (bar, "ipv4", TRUE);
  gtk_widget_activate_action (GTK_WIDGET (page), "page.clear-filters", NULL);
  g_assert_false (ph_chip_bar_get (bar, "ipv4"));
  g_assert_true (ph_chip_bar_get (bar, "main"));
  gtk_widget_activate_action (GTK_WIDGET (page), "page.clear-filters", NULL);
  g_assert_true (ph_chip_bar_get (bar, "all"));
}

/* Each page is made when it is first shown, and only the one in sight looks. */
static void
test_switching (Fixture *f, gconstpointer data)
{
  PhTablePage *routes = ph_section_get_page (f->section);
  PhTablePage *rules, *neighbours;
  PhSnapshot *before;

  g_assert_cmpuint (f->n_made, ==, 1);
  gtk_toggle_button_set_active (widget_find_text (GTK_WIDGET (f->section), GTK_TYPE_TOGGLE_BUTTON, "Rules"), TRUE);
  g_assert_cmpuint (f->n_made, ==, 2);
  rules = ph_section_get_page (f->section);
  g_assert_true (PH_IS_RULES_PAGE (rules));
  settle (rules);
  g_assert_cmpuint (n_shown (rules), >=, 4);
  g_assert_cmpuint (ph_table_page_get_table (rules), ==, PH_TABLE_RULES);

  before = ph_table_page_get_snapshot (routes);
  own_network_route (TRUE, "203.0.113.9", RTN_UNICAST, RT_TABLE_MAIN);
  loop_run_for (400);
  g_assert_true (ph_table_page_get_snapshot (routes) == before); /* out of sight, nobody asks */

  neighbours = ph_section_show (f->section, PH_TABLE_NEIGHBOURS);
  g_assert_true (PH_IS_NEIGHBOURS_PAGE (neighbours));
  g_assert_cmpuint (f->n_made, ==, 3);
  settle (neighbours);
  g_assert_true (
      gtk_toggle_button_get_active (widget_find_text (GTK_WIDGET (f->section), GTK_TYPE_TOGGLE_BUTTON, "Neighbours")));

  g_assert_true (ph_section_show (f->section, PH_TABLE_ROUTES) == routes);
  g_assert_cmpuint (f->n_made, ==, 3);
  RUN_UNTIL (shows (routes, "203.0.113.9"));
  own_network_route (FALSE, "203.0.113.9", RTN_UNICAST, RT_TABLE_MAIN);
  g_assert_null (ph_section_show (f->section, PH_TABLE_SOCKETS));
}

/* The kernel tells of a new route; the next look would be five seconds away. */
static void
test_event (Fixture *f, gconstpointer data)
{
  PhTablePage *page = ph_section_get_page (f->section);
  gint64 began;

  loop_run_for (300);
  began = g_get_monotonic_time ();
  own_network_route (TRUE, "203.0.113.5", RTN_UNICAST, RT_TABLE_MAIN);
  RUN_UNTIL (shows (page, "203.0.113.5"));
  g_assert_cmpint (g_get_monotonic_time () - began, <, 2 * G_USEC_PER_SEC);
  own_network_route (FALSE, "203.0.113.5", RTN_UNICAST, RT_TABLE_MAIN);
}

/* Paused, it does not listen either. */
static void
test_paused (Fixture *f, gconstpointer data)
{
  PhTablePage *page = ph_section_get_page (f->section);

  g_object_set (page, "paused", TRUE, NULL);
  loop_run_for (300);
  own_network_route (TRUE, "203.0.113.6", RTN_UNICAST, RT_TABLE_MAIN);
  loop_run_for (500);
  g_assert_false (shows (page, "203.0.113.6"));
  g_object_set (page, "paused", FALSE, NULL);
  RUN_UNTIL (shows (page, "203.0.113.6"));
  own_network_route (FALSE, "203.0.113.6", RTN_UNICAST, RT_TABLE_MAIN);
}

/* --- which route? --- */

static const char *
note_icon (Fixture *f)
{
  return gtk_image_get_icon_name (widget_find (GTK_WIDGET (f->note), GTK_TYPE_IMAGE));
}

static void
test_answer (Fixture *f, gconstpointer data)
{
  PhTablePage *page = ph_section_get_page (f->section);
  g_autofree char *selected = NULL;

  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (f->note)));
  ph_routes_section_ask (PH_ROUTES_SECTION (f->section), NEAR, NULL);
  RUN_UNTIL (says (f->note, NEAR));
  g_assert_nonnull (strstr (ph_route_note_get_line (f->note), "table main"));
  g_assert_nonnull (strstr (ph_route_note_get_line (f->note), NEAR " AND 255.255.255.255 = " NEAR));
  g_assert_nonnull (strstr (ph_route_note_get_line (f->note), "lo"));
  g_assert_cmpstr (note_icon (f), ==, "object-select-symbolic");
  RUN_UNTIL ((selected = selected_cell (page, "destination")));
  g_assert_cmpstr (selected, ==, NEAR);
}

/* The verdict is a word and an outline, not only a colour. */
static void
test_refused (Fixture *f, gconstpointer data)
{
  PhTablePage *page = ph_section_get_page (f->section);
  g_autofree char *selected = NULL;

  ph_routes_section_ask (PH_ROUTES_SECTION (f->section), FORBIDDEN, NULL);
  RUN_UNTIL (says (f->note, FORBIDDEN));
  g_assert_cmpstr (note_icon (f), ==, "changes-prevent-symbolic");
  g_assert_true (gtk_widget_has_css_class (GTK_WIDGET (f->note), "ph-bad"));
  RUN_UNTIL ((selected = selected_cell (page, "destination")));
  g_assert_cmpstr (selected, ==, FORBIDDEN);

  ph_routes_section_ask (PH_ROUTES_SECTION (f->section), NOWHERE, NULL);
  RUN_UNTIL (says (f->note, NOWHERE));
  g_assert_cmpstr (note_icon (f), ==, "dialog-warning-symbolic");

  ph_routes_section_ask (PH_ROUTES_SECTION (f->section), NEAR, NULL);
  RUN_UNTIL (says (f->note, NEAR));
  g_assert_false (gtk_widget_has_css_class (GTK_WIDGET (f->note), "ph-bad"));
}

/* The answer is asked again when routes change; as long as it is the same, nothing moves. */
static void
test_asked_again (Fixture *f, gconstpointer data)
{
  PhTablePage *page = ph_section_get_page (f->section);
  GtkSelectionModel *model = ph_table_view_get_selection (ph_table_page_get_table_view (page));
  g_autofree char *selected = NULL;

  ph_routes_section_ask (PH_ROUTES_SECTION (f->section), NOWHERE, NULL);
  RUN_UNTIL (says (f->note, NOWHERE));
  g_assert_cmpstr (note_icon (f), ==, "dialog-warning-symbolic");
  own_network_route (TRUE, NOWHERE, RTN_UNICAST, RT_TABLE_MAIN);
  RUN_UNTIL (g_str_equal (note_icon (f), "object-select-symbolic"));
  g_assert_nonnull (strstr (ph_route_note_get_line (f->note), NOWHERE " AND 255.255.255.255 = " NOWHERE));
  g_assert_nonnull (widget_find_text (GTK_WIDGET (f->note), GTK_TYPE_LABEL,
                                      "The answer is another now: routes or rules have changed."));

  RUN_UNTIL ((selected = selected_cell (page, "destination")));
  g_assert_cmpstr (selected, ==, NOWHERE);
  g_clear_pointer (&selected, g_free);
  loop_run_for (500); /* the row is wanted until it is in sight */
  gtk_selection_model_unselect_all (model);
  own_network_route (TRUE, "203.0.113.8", RTN_UNICAST, RT_TABLE_MAIN);
  RUN_UNTIL (shows (page, "203.0.113.8"));
  loop_run_for (1500);
  selected = selected_cell (page, "destination");
  g_assert_null (selected);

  /* Out of sight it is not asked; back in sight it is. */
  gtk_widget_set_visible (GTK_WIDGET (f->section), FALSE);
  own_network_route (FALSE, NOWHERE, RTN_UNICAST, RT_TABLE_MAIN);
  loop_run_for (1500);
  g_assert_cmpstr (note_icon (f), ==, "object-select-symbolic");
  gtk_widget_set_visible (GTK_WIDGET (f->section), TRUE);
  RUN_UNTIL (g_str_equal (note_icon (f), "dialog-warning-symbolic"));
  own_network_route (FALSE, "203.0.113.8", RTN_UNICAST, RT_TABLE_MAIN);
}

/* Every column of the row, and each flag in words; F9's action opens and closes it. */
static void
test_details (Fixture *f, gconstpointer data)
{
  PhTablePage *page = ph_section_get_page (f->section);
  PhRecordDetails *details = widget_find (GTK_WIDGET (page), PH_TYPE_RECORD_DETAILS);
  g_autofree char *text = NULL;
  g_autofree char *selected = NULL;

  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (details)));
  ph_routes_section_ask (PH_ROUTES_SECTION (f->section), FORBIDDEN, NULL);
  RUN_UNTIL ((selected = selected_cell (page, "destination")));
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (details)));
  gtk_widget_activate_action (GTK_WIDGET (page), "page.details", NULL);
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (details)));
  text = ph_record_details_dup_text (details);
  g_assert_nonnull (strstr (text, "Destination: " FORBIDDEN "\n"));
  g_assert_nonnull (strstr (text, "Flags: !H\n"));
  g_assert_nonnull (strstr (text, "Type: prohibit\n"));
  g_assert_nonnull (strstr (text, "Prefix Length: 32\n"));
  g_assert_nonnull (
      widget_find_text (GTK_WIDGET (details), GTK_TYPE_LABEL,
                        "!  Rejects: packets to this destination are refused\nH  The destination is a single host"));

  /* Gone while it is on show: it is said, and then the pane goes. */
  own_network_route (FALSE, FORBIDDEN, RTN_PROHIBIT, RT_TABLE_MAIN);
  RUN_UNTIL (gtk_widget_get_mapped (
      widget_find_text (GTK_WIDGET (details), GTK_TYPE_LABEL, "This is gone. What it was last:")));
  RUN_UNTIL (!gtk_widget_get_visible (GTK_WIDGET (details)));
  own_network_route (TRUE, FORBIDDEN, RTN_PROHIBIT, RT_TABLE_MAIN);
  RUN_UNTIL (shows (page, FORBIDDEN));

  /* With nothing selected it is about the first. */
  gtk_widget_activate_action (GTK_WIDGET (page), "page.details", NULL);
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (details)));
  gtk_widget_activate_action (GTK_WIDGET (page), "page.details", NULL);
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (details)));
}

/* The row is hidden by the usual view and by the filter: both make room, and that is said. */
static void
test_hidden (Fixture *f, gconstpointer data)
{
  PhTablePage *page = ph_section_get_page (f->section);
  g_autofree char *selected = NULL;
  g_autofree char *table = NULL;

  ph_table_page_set_text (page, "zzz");
  settle (page);
  g_assert_cmpuint (n_shown (page), ==, 0);
  gtk_editable_set_text (widget_find_entry (GTK_WIDGET (f->entry), "Which route? Address or name"), MARKED);
  gtk_editable_set_text (widget_find_entry (GTK_WIDGET (f->entry), "0x1"), "0x7");
  g_signal_emit_by_name (f->entry, "asked");
  RUN_UNTIL (says (f->note, MARKED));
  RUN_UNTIL ((selected = selected_cell (page, "destination")));
  g_assert_cmpstr (selected, ==, MARKED);
  table = selected_cell (page, "table");
  g_assert_cmpstr (table, ==, "100");
  g_assert_true (ph_chip_bar_get (ph_table_page_get_chip_bar (page), "all"));
  g_assert_cmpstr (ph_table_page_get_text (page), ==, "");
  g_assert_nonnull (
      widget_find_text (GTK_WIDGET (f->note), GTK_TYPE_LABEL, "The filter was cleared, because it hid this route."));
}

/* From another table the answer leads to the routes, and its rule is selected among the rules. */
static void
test_rule (Fixture *f, gconstpointer data)
{
  PhTablePage *rules = ph_section_show (f->section, PH_TABLE_RULES);
  g_autofree char *selected = NULL;

  settle (rules);
  gtk_editable_set_text (widget_find_entry (GTK_WIDGET (f->entry), "Which route? Address or name"), MARKED);
  gtk_editable_set_text (widget_find_entry (GTK_WIDGET (f->entry), "0x1"), "7");
  g_signal_emit_by_name (f->entry, "asked");
  RUN_UNTIL (says (f->note, MARKED));
  g_assert_true (PH_IS_ROUTES_PAGE (ph_section_get_page (f->section)));
  ph_section_show (f->section, PH_TABLE_RULES);
  RUN_UNTIL ((selected = selected_cell (rules, "priority")));
  g_assert_cmpstr (selected, ==, "1000");
}

static void
test_wrong (Fixture *f, gconstpointer data)
{
  GtkWidget *address = widget_find_entry (GTK_WIDGET (f->entry), "Which route? Address or name");

  gtk_editable_set_text (GTK_EDITABLE (address), NEAR);
  gtk_editable_set_text (widget_find_entry (GTK_WIDGET (f->entry), "0x1"), "<b>many</b>");
  g_signal_emit_by_name (f->entry, "asked");
  RUN_UNTIL (ph_route_note_get_headline (f->note));
  g_assert_cmpstr (note_icon (f), ==, "dialog-error-symbolic");
  g_assert_true (gtk_widget_has_css_class (address, "error"));

  /* Another question, and all is well; what was set before is gone. */
  ph_routes_section_ask (PH_ROUTES_SECTION (f->section), NEAR, "lo");
  RUN_UNTIL (says (f->note, NEAR));
  g_assert_false (gtk_widget_has_css_class (address, "error"));
  ph_route_note_hide (f->note);
  RUN_UNTIL (!gtk_widget_get_visible (GTK_WIDGET (f->note)));
}

/* Gone before the answer comes. */
static void
test_gone (Fixture *f, gconstpointer data)
{
  for (guint i = 0; i < 5; i++)
    {
      PhRoutesSection *section = g_object_new (PH_TYPE_ROUTES_SECTION, NULL);
      GtkWindow *window = widget_show (GTK_WIDGET (section), 400, 300);
      gpointer weak = section;

      g_object_add_weak_pointer (weak, &weak);
      ph_routes_section_ask (section, NEAR, NULL);
      loop_run_for (i * 10);
      widget_close (window);
      RUN_UNTIL (weak == NULL);
    }
}

/* --- looks --- */

static void
test_narrow (Fixture *f, gconstpointer data)
{
  int minimum;

  ph_routes_section_ask (PH_ROUTES_SECTION (f->section), NEAR, NULL);
  RUN_UNTIL (says (f->note, NEAR));
  gtk_widget_measure (GTK_WIDGET (f->section), GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  g_assert_cmpint (minimum, <=, 360);
}

static void
apply (PhTablePage *page, const char *arguments)
{
  g_auto (GStrv) argv = g_strsplit (arguments, " ", -1);
  g_autoptr (PhOptions) options = ph_options_parse (PH_PROGRAM_WINDOW, (int) g_strv_length (argv), argv, NULL);

  g_assert_nonnull (options);
  ph_table_page_apply_options (page, options);
}

static void
test_options (Fixture *f, gconstpointer data)
{
  PhTablePage *page = ph_section_get_page (f->section);
  PhChipBar *bar = ph_table_page_get_chip_bar (page);

  apply (page, "porthole -r --all-tables -6 --filter is:local");
  g_assert_true (ph_chip_bar_get (bar, "all"));
  g_assert_true (ph_chip_bar_get (bar, "ipv6"));
  g_assert_false (ph_chip_bar_get (bar, "ipv4"));
  g_assert_cmpstr (ph_table_page_get_text (page), ==, "is:local");
  apply (page, "porthole -rC");
  g_assert_true (ph_chip_bar_get (bar, "cached"));
  apply (page, "porthole -rn46");
  g_assert_true (ph_chip_bar_get (bar, "main"));
  g_assert_false (ph_chip_bar_get (bar, "ipv4") || ph_chip_bar_get (bar, "ipv6"));
  g_assert_cmpstr (ph_table_page_get_text (page), ==, "");
}

static void
make_network (void)
{
  own_network_up (OWN_NETWORK_LO, TRUE);
  own_network_route (TRUE, NEAR, RTN_UNICAST, RT_TABLE_MAIN);
  own_network_route (TRUE, FORBIDDEN, RTN_PROHIBIT, RT_TABLE_MAIN);
  own_network_route (TRUE, HOLE, RTN_BLACKHOLE, RT_TABLE_MAIN);
  own_network_route (TRUE, MARKED, RTN_UNICAST, OTHER);
  own_network_rule (TRUE, AF_INET, 1000, MARK, NULL, FR_ACT_TO_TBL, OTHER);
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *path;
    void (*test) (Fixture *f, gconstpointer data);
  } tests[] = {
    { "/routes/main-table", test_main_table },
    { "/routes/clear", test_clear },
    { "/routes/switching", test_switching },
    { "/routes/event", test_event },
    { "/routes/paused", test_paused },
    { "/routes/answer", test_answer },
    { "/routes/refused", test_refused },
    { "/routes/asked-again", test_asked_again },
    { "/routes/details", test_details },
    { "/routes/hidden", test_hidden },
    { "/routes/rule", test_rule },
    { "/routes/wrong", test_wrong },
    { "/routes/gone", test_gone },
    { "/routes/narrow", test_narrow },
    { "/routes/options", test_options },
  };

  /* Before there is a thread. */
  if (!own_network_enter ())
    {
      g_print ("1..0 # SKIP no network of its own: %s\n", g_strerror (errno));
      return 0;
    }
  make_network ();
  widget_init (&argc, &argv);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].test, tear_down);
  return g_test_run ();
}
