/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The statistics page: over counters that the test makes up, and over this machine's own where it is about the mark. */
#include <gio/gio.h>
#include <string.h>

#include "ph-counter.h"
#include "ph-statistics-page.h"
#include "ph-summary-list.h"
#include "widget.h"

typedef struct
{
  PhStatisticsPage *page;
  GtkWindow *window;
  PhTableView *table_view;
  PhSummaryList *summary;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  f->page = g_object_new (PH_TYPE_STATISTICS_PAGE, NULL);
  f->table_view = ph_table_page_get_table_view (PH_TABLE_PAGE (f->page));
  f->summary = widget_find (GTK_WIDGET (f->page), PH_TYPE_SUMMARY_LIST);
  f->window = widget_show (GTK_WIDGET (f->page), 1100, 700);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  widget_close (f->window);
}

static PhTable *
table (Fixture *f)
{
  return ph_view_get_table (ph_table_view_get_view (f->table_view));
}

static guint
n_shown (Fixture *f)
{
  return g_list_model_get_n_items (G_LIST_MODEL (ph_table_view_get_selection (f->table_view)));
}

static void
settle (Fixture *f)
{
  RUN_UNTIL (!ph_view_is_busy (ph_table_view_get_view (f->table_view)));
  loop_run_for (20);
}

typedef struct
{
  PhCounterProtocol protocol;
  const char *prefix, *name;
  guint64 total, since;
} Fact;

static void
look (Fixture *f, const Fact *facts, guint n)
{
  g_autoptr (PhLinker) linker = ph_linker_new (&ph_counter_schema);
  PhSnapshot *snapshot = ph_snapshot_new (&ph_counter_schema, g_get_monotonic_time ());

  for (guint i = 0; i < n; i++)
    {
      PhCounter *counter = ph_counter_add (snapshot, PH_REQUEST_SNMP, facts[i].protocol, facts[i].prefix,
                                           strlen (facts[i].prefix), facts[i].name, strlen (facts[i].name));

      counter->total = facts[i].total;
      counter->since = facts[i].since;
      counter->flags |= PH_COUNTER_KNOWN | PH_COUNTER_SINCE_KNOWN;
    }
  ph_snapshot_edit_look (snapshot, PH_REQUEST_SNMP)->look = PH_LOOK_GOOD;
  ph_linker_link (linker, snapshot);
  ph_table_sync (table (f), snapshot);
  ph_snapshot_unref (snapshot);
  settle (f);
}

static void
press (Fixture *f, const char *label)
{
  gtk_toggle_button_set_active (widget_find_text (GTK_WIDGET (f->page), GTK_TYPE_TOGGLE_BUTTON, label), TRUE);
  settle (f);
}

/* --- made-up counters --- */

static const Fact facts[] = {
  { PH_COUNTER_IP, "Ip", "InReceives", 100, 100 },      { PH_COUNTER_IP, "Ip", "OutNoRoutes", 0, 0 },
  { PH_COUNTER_TCP, "Tcp", "OutSegs", 100000, 100000 }, { PH_COUNTER_TCPEXT, "TcpExt", "ListenOverflows", 12, 12 },
  { PH_COUNTER_ETHERNET, "If", "InOctets", 7, 7 },
};

static void
test_zeros (Fixture *f, gconstpointer data)
{
  gboolean zeros;

  look (f, facts, G_N_ELEMENTS (facts));
  g_assert_cmpuint (n_shown (f), ==, 4);
  press (f, "All");
  g_assert_cmpuint (n_shown (f), ==, 5);
  g_object_get (f->page, "show-zeros", &zeros, NULL);
  g_assert_true (zeros);
  g_object_set (f->page, "show-zeros", FALSE, NULL);
  settle (f);
  g_assert_cmpuint (n_shown (f), ==, 4);
}

static void
test_protocols (Fixture *f, gconstpointer data)
{
  look (f, facts, G_N_ELEMENTS (facts));
  press (f, "TCP"); /* with its Linux extensions */
  g_assert_cmpuint (n_shown (f), ==, 2);
  press (f, "Ethernet");
  g_assert_cmpuint (n_shown (f), ==, 3);
  gtk_widget_activate_action (GTK_WIDGET (f->page), "page.clear-filters", NULL);
  settle (f);
  g_assert_cmpuint (n_shown (f), ==, 5);
}

static void
test_options (Fixture *f, gconstpointer data)
{
  look (f, facts, G_N_ELEMENTS (facts));
  ph_table_page_apply_options (
      PH_TABLE_PAGE (f->page),
      &(PhOptions){ .table = PH_TABLE_COUNTERS, .statistics = TRUE, .protos = 1u << PH_PROTO_IP, .all = TRUE });
  settle (f);
  g_assert_cmpuint (n_shown (f), ==, 2);
  ph_table_page_apply_options (PH_TABLE_PAGE (f->page), &(PhOptions){ .table = PH_TABLE_COUNTERS, .ethernet = TRUE });
  settle (f);
  g_assert_cmpuint (n_shown (f), ==, 1);
}

static void
test_summary (Fixture *f, gconstpointer data)
{
  g_assert_cmpuint (ph_summary_list_count (f->summary), ==, 0);
  g_assert_false (gtk_widget_get_mapped (GTK_WIDGET (f->summary)));
  look (f, facts, G_N_ELEMENTS (facts));
  g_assert_cmpuint (ph_summary_list_count (f->summary), ==, 1);
  g_assert_cmpstr (ph_summary_list_get (f->summary, 0), ==,
                   "12 connections were refused because a listen queue was full");
  g_assert_true (gtk_widget_get_mapped (GTK_WIDGET (f->summary)));

  look (f, facts, 3); /* the group with the fault is gone */
  g_assert_cmpuint (ph_summary_list_count (f->summary), ==, 1);
  g_assert_null (strstr (ph_summary_list_get (f->summary, 0), "listen queue"));
}

/* Fewer and more sentences; each with an icon that says by its outline and name how bad it is. */
static void
test_sentences (void)
{
  PhSummaryList *list = g_object_new (PH_TYPE_SUMMARY_LIST, NULL);
  GtkWindow *window = widget_show (GTK_WIDGET (list), 400, 200);
  GtkImage *icon;

  ph_summary_list_begin (list);
  ph_summary_list_add (list, PH_SEVERITY_FAULT, "<b>bad</b>");
  ph_summary_list_add (list, PH_SEVERITY_INFORMATION, "fine");
  ph_summary_list_end (list);
  g_assert_cmpuint (ph_summary_list_count (list), ==, 2);
  g_assert_cmpstr (ph_summary_list_get (list, 0), ==, "<b>bad</b>");
  icon = widget_find (GTK_WIDGET (list), GTK_TYPE_IMAGE);
  g_assert_cmpstr (gtk_image_get_icon_name (icon), ==, "dialog-error-symbolic");
  g_assert_cmpstr (gtk_widget_get_tooltip_text (GTK_WIDGET (icon)), ==, "Fault");

  ph_summary_list_begin (list);
  ph_summary_list_add (list, PH_SEVERITY_WARNING, "hm");
  ph_summary_list_end (list);
  g_assert_cmpuint (ph_summary_list_count (list), ==, 1);
  g_assert_null (ph_summary_list_get (list, 1));
  g_assert_cmpstr (gtk_image_get_icon_name (icon), ==, "dialog-warning-symbolic");
  g_assert_false (gtk_widget_has_css_class (GTK_WIDGET (icon), "error"));

  ph_summary_list_begin (list);
  ph_summary_list_end (list);
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (list)));
  widget_close (window);
}

/* The first few, and with one click the others. */
static void
test_many_sentences (void)
{
  PhSummaryList *list = g_object_new (PH_TYPE_SUMMARY_LIST, NULL);
  GtkWindow *window = widget_show (GTK_WIDGET (list), 400, 400);
  GtkToggleButton *more;

  ph_summary_list_begin (list);
  for (guint i = 0; i < 5; i++)
    ph_summary_list_add (list, PH_SEVERITY_WARNING, i == 2 ? "the third" : i == 3 ? "the fourth" : "another");
  ph_summary_list_end (list);
  more = widget_find_text (GTK_WIDGET (list), GTK_TYPE_TOGGLE_BUTTON, "2 More");
  g_assert_nonnull (more);
  g_assert_true (gtk_widget_get_mapped (widget_find_text (GTK_WIDGET (list), GTK_TYPE_LABEL, "the third")));
  g_assert_false (gtk_widget_get_mapped (widget_find_text (GTK_WIDGET (list), GTK_TYPE_LABEL, "the fourth")));
  gtk_toggle_button_set_active (more, TRUE);
  loop_run_for (20);
  g_assert_true (gtk_widget_get_mapped (widget_find_text (GTK_WIDGET (list), GTK_TYPE_LABEL, "the fourth")));
  gtk_toggle_button_set_active (more, FALSE);
  loop_run_for (20);
  g_assert_false (gtk_widget_get_mapped (widget_find_text (GTK_WIDGET (list), GTK_TYPE_LABEL, "the fourth")));
  widget_close (window);
}

static void
test_narrow (Fixture *f, gconstpointer data)
{
  int minimum;

  look (f, facts, G_N_ELEMENTS (facts));
  gtk_widget_measure (GTK_WIDGET (f->page), GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  g_assert_cmpint (minimum, <=, 360);
}

/* --- this machine's own --- */

static void
count (guint *n)
{
  (*n)++;
}

static void
wait_for_looks (Fixture *f, guint n)
{
  guint looks = 0;

  g_signal_connect_swapped (table (f), "synced", G_CALLBACK (count), &looks);
  RUN_UNTIL (looks >= n);
  g_signal_handlers_disconnect_by_data (table (f), &looks);
  settle (f);
}

/* Somebody knocks at a port of this computer where nobody is. */
static void
knock (void)
{
  g_autoptr (GSocketConnection) connection = NULL;
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketListener) listener = g_socket_listener_new ();
  guint16 port = g_socket_listener_add_any_inet_port (listener, NULL, NULL);
  g_autofree char *address = g_strdup_printf ("127.0.0.1:%u", port);

  g_socket_listener_close (listener);
  g_socket_client_set_enable_proxy (client, FALSE);
  connection = g_socket_client_connect_to_host (client, address, 0, NULL, NULL);
  g_assert_null (connection);
}

static const PhCounter *
find (Fixture *f, const char *mib)
{
  PhSnapshot *snapshot = ph_table_get_snapshot (table (f));

  for (guint i = 0; i < ph_snapshot_n_records (snapshot); i++)
    {
      const PhCounter *counter = ph_snapshot_record (snapshot, i);

      if (strcmp (counter->key.mib, mib) == 0)
        return counter;
    }
  return NULL;
}

static gboolean
can_clear (Fixture *f)
{
  return gtk_widget_is_sensitive (widget_find_text (GTK_WIDGET (f->page), GTK_TYPE_BUTTON, "Clear Mark"));
}

static void
test_mark (Fixture *f, gconstpointer data)
{
  guint64 total;

  g_object_set (f->page, "interval", 100u, "in-sight", TRUE, NULL);
  wait_for_looks (f, 2);
  if (!find (f, "TcpAttemptFails"))
    {
      g_test_skip ("/proc/net/snmp does not tell of TCP here");
      return;
    }
  g_assert_false (can_clear (f));
  knock ();
  wait_for_looks (f, 3);
  total = find (f, "TcpAttemptFails")->total;
  g_assert_cmpuint (total, >, 0);
  g_assert_cmpuint (find (f, "TcpAttemptFails")->since, ==, total);

  gtk_widget_activate_action (GTK_WIDGET (f->page), "page.mark", NULL);
  wait_for_looks (f, 3);
  g_assert_true (can_clear (f));
  g_assert_cmpuint (find (f, "TcpAttemptFails")->since, <, total);
  knock ();
  wait_for_looks (f, 3);
  g_assert_cmpuint (find (f, "TcpAttemptFails")->since, >, 0);
  g_assert_cmpuint (find (f, "TcpAttemptFails")->total, >, total);

  gtk_widget_activate_action (GTK_WIDGET (f->page), "page.clear-mark", NULL);
  wait_for_looks (f, 3);
  g_assert_false (can_clear (f));
  g_assert_cmpuint (find (f, "TcpAttemptFails")->since, >, total);
}

/* A rise of what is no matter of course is marked in its row, for as long as the graph shows it. */
static void
test_noted (Fixture *f, gconstpointer data)
{
  g_object_set (f->page, "interval", 100u, "in-sight", TRUE, NULL);
  wait_for_looks (f, 2);
  if (!find (f, "TcpAttemptFails"))
    {
      g_test_skip ("/proc/net/snmp does not tell of TCP here");
      return;
    }
  knock ();
  wait_for_looks (f, 3);
  g_assert_cmpuint (find (f, "TcpAttemptFails")->severity, ==, PH_SEVERITY_WARNING);
  g_assert_cmpuint (find (f, "TcpAttemptFails")->head.mark, ==, PH_MARK_WARNING);
  g_assert_cmpuint (find (f, "TcpOutSegs")->head.mark, ==, PH_MARK_NONE);
}

/* Nobody looks: nothing is read. */
static void
test_read_while_shown (Fixture *f, gconstpointer data)
{
  guint looks = 0;

  g_object_set (f->page, "interval", 100u, "in-sight", TRUE, NULL);
  wait_for_looks (f, 2);
  gtk_widget_set_visible (GTK_WIDGET (f->page), FALSE);
  loop_run_for (200);
  g_signal_connect_swapped (table (f), "synced", G_CALLBACK (count), &looks);
  loop_run_for (500);
  g_assert_cmpuint (looks, ==, 0);
  gtk_widget_set_visible (GTK_WIDGET (f->page), TRUE);
  RUN_UNTIL (looks > 0);
  g_signal_handlers_disconnect_by_data (table (f), &looks);
}

#define ADD(path, func) g_test_add ("/statistics/" path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  widget_init (&argc, &argv);
  ADD ("zeros", test_zeros);
  ADD ("protocols", test_protocols);
  ADD ("options", test_options);
  ADD ("summary", test_summary);
  g_test_add_func ("/statistics/sentences", test_sentences);
  g_test_add_func ("/statistics/many-sentences", test_many_sentences);
  ADD ("narrow", test_narrow);
  ADD ("mark", test_mark);
  ADD ("noted", test_noted);
  ADD ("read-while-shown", test_read_while_shown);
  return g_test_run ();
}
