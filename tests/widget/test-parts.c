/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The parts of a page, each made, shown, used and destroyed: filter bar, notice, status bar, empty state. */
#include "ph-chip-bar.h"
#include "ph-empty-state.h"
#include "ph-filter-bar.h"
#include "ph-notice.h"
#include "ph-socket-chips.h"
#include "ph-status-bar.h"
#include "ph-table-stack.h"
#include "widget.h"

static void
count (guint *n)
{
  (*n)++;
}

static void
press (GtkWidget *root, const char *label)
{
  GtkWidget *button = widget_find_text (root, GTK_TYPE_TOGGLE_BUTTON, label);

  if (!button)
    button = widget_find_text (root, GTK_TYPE_CHECK_BUTTON, label);
  g_assert_nonnull (button);
  g_object_set (button, "active", TRUE, NULL);
}

/* --- chips from a list --- */

static const PhChip which[] = {
  { "main", "Main", "The main table", "shown", 0 },
  { "all", "All", NULL, NULL, 0 },
};
static const PhChip versions[] = {
  { "ipv4", "IPv4", NULL, "ipv4", 1 << 1 },
  { "ipv6", "IPv6", NULL, "ipv6", 1 << 2 },
};
static const PhChipGroup groups[] = {
  { "Which", "is", TRUE, which, G_N_ELEMENTS (which) },
  { "Versions", "is", FALSE, versions, G_N_ELEMENTS (versions) },
};

#define assert_bar(bar, expected)                                                                                      \
  G_STMT_START                                                                                                         \
  {                                                                                                                    \
    g_autofree char *text_ = ph_chip_bar_dup_filter (bar);                                                             \
    g_assert_cmpstr (text_, ==, expected);                                                                             \
  }                                                                                                                    \
  G_STMT_END

static void
test_chip_bar (void)
{
  PhChipBar *bar = ph_chip_bar_new (groups, G_N_ELEMENTS (groups));
  GtkWindow *window = widget_show (GTK_WIDGET (bar), 600, 200);
  guint changes = 0;

  g_signal_connect_swapped (bar, "changed", G_CALLBACK (count), &changes);
  assert_bar (bar, "is:shown");
  g_assert_true (ph_chip_bar_get (bar, "main"));
  g_assert_cmpuint (ph_chip_bar_get_requests (bar), ==, G_MAXUINT64);
  press (GTK_WIDGET (bar), "All");
  g_assert_cmpuint (changes, ==, 1);
  g_assert_false (ph_chip_bar_get (bar, "main"));
  assert_bar (bar, "");
  press (GTK_WIDGET (bar), "IPv6");
  g_assert_cmpuint (ph_chip_bar_get_requests (bar), ==, 1 << 2);
  ph_chip_bar_set (bar, "ipv4", TRUE);
  ph_chip_bar_set (bar, "main", TRUE);
  assert_bar (bar, "is:shown is:ipv4,ipv6");
  g_assert_cmpuint (ph_chip_bar_get_requests (bar), ==, 1 << 1 | 1 << 2);
  g_assert_cmpuint (changes, ==, 4);
  g_assert_true (ph_chip_bar_clear (bar));
  assert_bar (bar, "is:shown");
  g_assert_false (ph_chip_bar_clear (bar));
  widget_close (window);
}

/* --- filter bar --- */

#define assert_filter(bar, expected)                                                                                   \
  G_STMT_START                                                                                                         \
  {                                                                                                                    \
    PhChips chips_;                                                                                                    \
    g_autofree char *text_ = (ph_socket_chips_get (bar, &chips_), ph_chips_to_filter (&chips_));                       \
    g_assert_cmpstr (text_, ==, expected);                                                                             \
  }                                                                                                                    \
  G_STMT_END

static void
test_chips (void)
{
  PhSocketChips *bar = g_object_new (PH_TYPE_SOCKET_CHIPS, NULL);
  GtkWindow *window = widget_show (GTK_WIDGET (bar), 900, 200);
  guint changes = 0;

  g_signal_connect_swapped (bar, "changed", G_CALLBACK (count), &changes);
  assert_filter (bar, "");
  press (GTK_WIDGET (bar), "Active");
  assert_filter (bar, "is:active");
  g_assert_cmpuint (changes, ==, 1); /* not twice, for the one going out and the one coming on */
  press (GTK_WIDGET (bar), "TCP");
  press (GTK_WIDGET (bar), "IPv6");
  press (GTK_WIDGET (bar), "Established");
  assert_filter (bar, "is:active proto:tcp is:ipv6 is:established");
  g_assert_cmpuint (changes, ==, 4);
  widget_close (window);
}

/* What listens is neither established nor closing: those chips rest, and what they say comes back afterwards. */
static void
test_states_rest (void)
{
  PhSocketChips *bar = g_object_new (PH_TYPE_SOCKET_CHIPS, NULL);
  GtkWindow *window = widget_show (GTK_WIDGET (bar), 900, 200);
  GtkWidget *closing = widget_find_text (GTK_WIDGET (bar), GTK_TYPE_TOGGLE_BUTTON, "Closing");

  press (GTK_WIDGET (bar), "Closing");
  press (GTK_WIDGET (bar), "Listening");
  g_assert_false (gtk_widget_is_sensitive (closing));
  assert_filter (bar, "is:listening");
  press (GTK_WIDGET (bar), "All");
  g_assert_true (gtk_widget_is_sensitive (closing));
  assert_filter (bar, "is:closing");
  widget_close (window);
}

/* Protocols behind "More" are counted on it. */
static void
test_more (void)
{
  PhSocketChips *bar = g_object_new (PH_TYPE_SOCKET_CHIPS, NULL);
  GtkWindow *window = widget_show (GTK_WIDGET (bar), 900, 200);
  GtkMenuButton *more = widget_find_text (GTK_WIDGET (bar), GTK_TYPE_MENU_BUTTON, "More");
  guint changes = 0;

  g_assert_nonnull (more);
  ph_socket_chips_set (bar, &(PhChips){ .kinds = 1 << PH_KIND_RAW | 1 << PH_KIND_VSOCK | 1 << PH_KIND_UDP });
  g_assert_cmpstr (gtk_menu_button_get_label (more), ==, "More (2)");
  assert_filter (bar, "proto:udp,raw,vsock");
  g_signal_connect_swapped (bar, "changed", G_CALLBACK (count), &changes);
  ph_socket_chips_set (bar, &(PhChips){ 0 });
  g_assert_cmpuint (changes, ==, 1);
  g_assert_cmpstr (gtk_menu_button_get_label (more), ==, "More");
  assert_filter (bar, "");
  widget_close (window);
}

static void
test_entry (void)
{
  PhFilterBar *bar = g_object_new (PH_TYPE_FILTER_BAR, NULL);
  GtkWindow *window = widget_show (GTK_WIDGET (bar), 900, 200);
  GtkAccessible *entry = widget_find (GTK_WIDGET (bar), GTK_TYPE_SEARCH_ENTRY);
  guint changes = 0;
  gboolean on;

  g_signal_connect_swapped (bar, "text-changed", G_CALLBACK (count), &changes);
  ph_filter_bar_set_text (bar, "port:443");
  RUN_UNTIL (changes == 1);
  g_assert_cmpstr (ph_filter_bar_get_text (bar), ==, "port:443");
  g_object_get (bar, "search-mode", &on, NULL);
  g_assert_true (on);

  g_assert_null (ph_filter_bar_get_error (bar));
  ph_filter_bar_set_error (bar, "No such field: <b>prot</b>", 0);
  g_assert_cmpstr (ph_filter_bar_get_error (bar), ==, "No such field: <b>prot</b>");
  g_assert_true (gtk_test_accessible_has_state (entry, GTK_ACCESSIBLE_STATE_INVALID));
  ph_filter_bar_set_error (bar, NULL, 0);
  g_assert_null (ph_filter_bar_get_error (bar));

  ph_filter_bar_clear (bar);
  g_assert_cmpstr (ph_filter_bar_get_text (bar), ==, "");
  widget_close (window);
}

/* On a phone's width the chips scroll and nothing is cut off for good. */
static void
test_narrow (void)
{
  PhFilterBar *bar = g_object_new (PH_TYPE_FILTER_BAR, NULL);
  GtkWindow *window = widget_show (GTK_WIDGET (bar), 360, 200);
  int minimum;

  g_assert_null (ph_filter_bar_get_chips (bar));
  ph_filter_bar_set_chips (bar, g_object_new (PH_TYPE_SOCKET_CHIPS, NULL));
  gtk_test_widget_wait_for_draw (GTK_WIDGET (window));

  gtk_widget_measure (GTK_WIDGET (bar), GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  g_assert_cmpint (minimum, <=, 360);
  widget_close (window);
}

/* --- the others --- */

static void
test_notice (void)
{
  PhNotice *notice = g_object_new (PH_TYPE_NOTICE, NULL);
  GtkWindow *window = widget_show (GTK_WIDGET (notice), 400, 200);

  g_assert_null (ph_notice_get_text (notice));
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (notice)));
  ph_notice_set_text (notice, "TCP could not be read: <i>Operation</i> not permitted.");
  g_assert_cmpstr (ph_notice_get_text (notice), ==, "TCP could not be read: <i>Operation</i> not permitted.");
  g_assert_true (gtk_widget_get_mapped (GTK_WIDGET (notice)));
  ph_notice_set_text (notice, NULL);
  g_assert_null (ph_notice_get_text (notice));
  RUN_UNTIL (!gtk_widget_get_visible (GTK_WIDGET (notice)));
  /* Gone and wanted again before it is shut. */
  ph_notice_set_text (notice, "once");
  ph_notice_set_text (notice, NULL);
  ph_notice_set_text (notice, "again");
  loop_run_for (400);
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (notice)));
  g_assert_cmpstr (ph_notice_get_text (notice), ==, "again");
  widget_close (window);
}

static void
test_status_bar (void)
{
  PhStatusBar *bar = g_object_new (PH_TYPE_STATUS_BAR, NULL);
  GtkWindow *window = widget_show (GTK_WIDGET (bar), 400, 100);
  GtkWidget *button = widget_find (GTK_WIDGET (bar), GTK_TYPE_MENU_BUTTON);

  g_assert_false (gtk_widget_get_visible (button));
  ph_status_bar_set_text (bar, "12 sockets");
  ph_status_bar_set_notes (bar, "This kernel does not report: RAW.");
  g_assert_cmpstr (ph_status_bar_get_text (bar), ==, "12 sockets");
  g_assert_true (gtk_widget_get_visible (button));
  ph_status_bar_set_notes (bar, NULL);
  g_assert_false (gtk_widget_get_visible (button));
  widget_close (window);
}

static void
test_empty_state (void)
{
  PhEmptyState *state = g_object_new (PH_TYPE_EMPTY_STATE, NULL);
  GtkWindow *window = widget_show (GTK_WIDGET (state), 360, 500);
  AdwStatusPage *page = widget_find (GTK_WIDGET (state), ADW_TYPE_STATUS_PAGE);

  for (guint reason = PH_EMPTY_NOTHING; reason <= PH_EMPTY_FAILED; reason++)
    {
      GtkActionable *button;

      ph_empty_state_set_reason (state, reason % PH_N_TABLES, reason, NULL);
      g_assert_cmpuint (ph_empty_state_get_reason (state), ==, reason);
      g_assert_cmpstr (adw_status_page_get_title (page), !=, "");
      g_assert_cmpstr (adw_status_page_get_description (page), !=, "");
      button = widget_find (GTK_WIDGET (state), GTK_TYPE_BUTTON);
      g_assert_nonnull (gtk_actionable_get_action_name (button)); /* there is a way out */
      g_assert_true (gtk_icon_theme_has_icon (gtk_icon_theme_get_for_display (gdk_display_get_default ()),
                                              adw_status_page_get_icon_name (page)));
      gtk_test_widget_wait_for_draw (GTK_WIDGET (window));
    }
  /* Markup in a detail is shown, not obeyed; wrong markup would warn, and end the test. */
  ph_empty_state_set_reason (state, PH_TABLE_ROUTES, PH_EMPTY_FAILED, "<b>unclosed & odd");
  gtk_test_widget_wait_for_draw (GTK_WIDGET (window));
  g_assert_nonnull (widget_find_text (GTK_WIDGET (state), GTK_TYPE_LABEL, "&lt;b&gt;unclosed &amp; odd"));
  widget_close (window);
}

static gboolean
is_waiting (PhTableStack *stack)
{
  GtkWidget *spinner = widget_find (GTK_WIDGET (stack), GTK_TYPE_SPINNER);

  return spinner && gtk_widget_get_mapped (spinner);
}

static gboolean
is_spinning (PhTableStack *stack)
{
  return gtk_spinner_get_spinning (GTK_SPINNER (widget_find (GTK_WIDGET (stack), GTK_TYPE_SPINNER)));
}

/* No spinner for a moment's wait, one for a longer one, and none once there is something to say. One that nobody sees
 * does not spin: it would keep the window busy. */
static void
test_patience (void)
{
  PhTableStack *stack = g_object_new (PH_TYPE_TABLE_STACK, NULL);
  GtkWindow *window = widget_show (GTK_WIDGET (stack), 400, 400);
  GtkWidget *empty = widget_find (GTK_WIDGET (stack), PH_TYPE_EMPTY_STATE);

  g_assert_false (is_waiting (stack));
  g_assert_false (is_spinning (stack));
  RUN_UNTIL (is_waiting (stack));
  g_assert_true (is_spinning (stack));
  ph_table_stack_show_empty (stack, PH_TABLE_ROUTES, PH_EMPTY_NOTHING, NULL);
  g_assert_false (is_waiting (stack));
  g_assert_false (is_spinning (stack));
  g_assert_true (gtk_widget_get_mapped (empty));
  ph_table_stack_show_table (stack);
  g_assert_true (gtk_widget_get_mapped (GTK_WIDGET (ph_table_stack_get_table_view (stack))));
  loop_run_for (400);
  g_assert_false (is_waiting (stack));
  widget_close (window);
}

int
main (int argc, char **argv)
{
  widget_init (&argc, &argv);
  g_test_add_func ("/parts/chip-bar", test_chip_bar);
  g_test_add_func ("/parts/chips", test_chips);
  g_test_add_func ("/parts/states-rest", test_states_rest);
  g_test_add_func ("/parts/more", test_more);
  g_test_add_func ("/parts/entry", test_entry);
  g_test_add_func ("/parts/narrow", test_narrow);
  g_test_add_func ("/parts/notice", test_notice);
  g_test_add_func ("/parts/status-bar", test_status_bar);
  g_test_add_func ("/parts/empty-state", test_empty_state);
  g_test_add_func ("/parts/patience", test_patience);
  return g_test_run ();
}
