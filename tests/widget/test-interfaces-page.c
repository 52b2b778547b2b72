/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The interfaces page over interfaces that the test makes up: which are shown, and the pane about the selected one. */
#include <linux/if.h>
#include <linux/if_arp.h>
#include <math.h>
#include <string.h>

#include "ph-facts.h"
#include "ph-graph.h"
#include "ph-groups-page.h"
#include "ph-interfaces-page.h"
#include "ph-interfaces-section.h"
#include "ph-link-counters.h"
#include "ph-link-past.h"
#include "widget.h"

typedef struct
{
  guint32 index;
  const char *name;
  guint32 flags;
  guint64 rx_bytes;
} Fact;

#define UP (IFF_UP | IFF_RUNNING | IFF_BROADCAST)
#define ETH0                                                                                                           \
  {                                                                                                                    \
    2, "eth0", UP, 1000                                                                                                \
  }
#define ETH1                                                                                                           \
  {                                                                                                                    \
    3, "eth1", UP, 0                                                                                                   \
  }
#define DOWN                                                                                                           \
  {                                                                                                                    \
    4, "<b>down</b>", IFF_BROADCAST, 0                                                                                 \
  }

static PhSnapshot *
make_snapshot (const Fact *facts, guint n, gint64 time_us)
{
  static const PhAddress groups[] = { { .family = PH_FAMILY_IPV4, .bytes = { 224, 0, 0, 251 } } };
  static const PhLinkAddress addresses[] = {
    { .address = { .family = PH_FAMILY_IPV4, .bytes = { 192, 0, 2, 7 } },
      .prefix = 24,
      .valid_s = 86400,
      .preferred_s = 3600 },
  };
  PhSnapshot *snapshot = ph_snapshot_new (&ph_link_schema, time_us);

  for (guint i = 0; i < n; i++)
    {
      PhLink *link = ph_snapshot_add (snapshot);

      link->head.request = PH_REQUEST_LINK_STATS;
      link->key.index = facts[i].index;
      link->name = facts[i].name;
      link->flags = facts[i].flags;
      link->type = ARPHRD_ETHER;
      link->state = facts[i].flags & IFF_UP ? 6 /* IF_OPER_UP */ : 2;
      link->kind = "veth";
      link->mac = "02:00:00:00:00:07";
      link->mtu = 1500;
      link->has_stats = TRUE;
      link->stats.rx_bytes = facts[i].rx_bytes;
      link->stats.rx_packets = facts[i].rx_bytes / 100;
      link->stats.rx_crc_errors = 3;
      link->base.rx_bytes = link->stats.rx_bytes;
      link->base.rx_packets = link->stats.rx_packets;
      link->rate = (PhLinkRate){ NAN, NAN, NAN, NAN };
      link->speed = PH_LINK_SPEED_NONE;
      link->addresses = addresses;
      link->n_addresses = G_N_ELEMENTS (addresses);
      link->groups = groups;
      link->n_groups = G_N_ELEMENTS (groups);
    }
  ph_snapshot_edit_look (snapshot, PH_REQUEST_LINK_STATS)->look = PH_LOOK_GOOD;
  return snapshot;
}

typedef struct
{
  PhInterfacesPage *page;
  GtkWindow *window;
  PhLinkDetails *details;
  PhTableView *table_view;
  PhLinker *linker;
  gint64 time_us;
} Fixture;

/* The page looks at the kernel only in a window that can be seen, and nobody has told it that this one can. */
static void
set_up (Fixture *f, gconstpointer data)
{
  f->page = g_object_new (PH_TYPE_INTERFACES_PAGE, NULL);
  f->details = ph_interfaces_page_get_details (f->page);
  f->table_view = ph_table_page_get_table_view (PH_TABLE_PAGE (f->page));
  f->window = widget_show (GTK_WIDGET (f->page), 1100, 700);
  f->linker = ph_linker_new (&ph_link_schema);
  ph_linker_set_marks (f->linker, 3 * G_USEC_PER_SEC, 3 * G_USEC_PER_SEC);
  f->time_us = g_get_monotonic_time ();
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  widget_close (f->window);
  ph_linker_free (f->linker);
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

static void
look (Fixture *f, const Fact *facts, guint n)
{
  PhSnapshot *snapshot;

  f->time_us += G_USEC_PER_SEC;
  snapshot = make_snapshot (facts, n, f->time_us);
  ph_linker_link (f->linker, snapshot);
  ph_table_sync (ph_view_get_table (ph_table_view_get_view (f->table_view)), snapshot);
  ph_snapshot_unref (snapshot);
  settle (f);
}

#define LOOK(f, ...)                                                                                                   \
  G_STMT_START                                                                                                         \
  {                                                                                                                    \
    const Fact facts_[] = { __VA_ARGS__ };                                                                             \
    look (f, facts_, G_N_ELEMENTS (facts_));                                                                           \
  }                                                                                                                    \
  G_STMT_END

static void
select_row (Fixture *f, guint position)
{
  gtk_selection_model_select_item (ph_table_view_get_selection (f->table_view), position, TRUE);
  loop_run_for (20);
}

static gboolean
is_open (Fixture *f)
{
  return gtk_widget_get_visible (GTK_WIDGET (f->details));
}

static gboolean
tells (Fixture *f, const char *words)
{
  g_autofree char *text = ph_link_details_dup_text (f->details);

  return strstr (text, words) != NULL;
}

/* --- */

static void
test_up_and_all (Fixture *f, gconstpointer data)
{
  gboolean all;

  LOOK (f, ETH0, ETH1, DOWN);
  g_assert_cmpuint (n_shown (f), ==, 2);
  gtk_toggle_button_set_active (widget_find_text (GTK_WIDGET (f->page), GTK_TYPE_TOGGLE_BUTTON, "All"), TRUE);
  settle (f);
  g_assert_cmpuint (n_shown (f), ==, 3);
  g_object_get (f->page, "show-all", &all, NULL);
  g_assert_true (all);
  g_object_set (f->page, "show-all", FALSE, NULL);
  settle (f);
  g_assert_cmpuint (n_shown (f), ==, 2);

  ph_table_page_apply_options (PH_TABLE_PAGE (f->page), &(PhOptions){ .table = PH_TABLE_LINKS, .all = TRUE });
  settle (f);
  g_assert_cmpuint (n_shown (f), ==, 3);
  ph_table_page_apply_options (PH_TABLE_PAGE (f->page), &(PhOptions){ .table = PH_TABLE_LINKS });
  settle (f);
  g_assert_cmpuint (n_shown (f), ==, 2);

  gtk_widget_activate_action (GTK_WIDGET (f->page), "page.clear-filters", NULL);
  settle (f);
  g_assert_cmpuint (n_shown (f), ==, 3);
}

/* Everything is told of the selected one, every counter with its meaning. */
static void
test_details (Fixture *f, gconstpointer data)
{
  LOOK (f, ETH0, ETH1, DOWN);
  g_assert_false (is_open (f));
  select_row (f, 0);
  g_assert_true (is_open (f));
  g_assert_true (tells (f, "eth0\n"));
  g_assert_true (tells (f, "Addresses: 192.0.2.7/24"));
  g_assert_true (tells (f, "Multicast groups joined: 224.0.0.251"));
  g_assert_true (tells (f, "Hardware address: 02:00:00:00:00:07"));
  for (guint i = 0; i < PH_N_LINK_COUNTERS; i++)
    {
      g_assert_true (tells (f, ph_link_counters[i].title));
      g_assert_nonnull (widget_find_text (GTK_WIDGET (f->details), GTK_TYPE_LABEL, ph_link_counters[i].meaning));
    }
  g_assert_true (tells (f, "Wrong checksum: 3\n"));

  select_row (f, 1);
  g_assert_true (tells (f, "eth1\n"));

  /* A name that looks like markup is a name. */
  g_object_set (f->page, "show-all", TRUE, NULL);
  settle (f);
  select_row (f, 0);
  g_assert_true (tells (f, "<b>down</b>\n"));
}

/* What somebody has selected in a text stays so while the text does. */
static void
test_selected_text (Fixture *f, gconstpointer data)
{
  GtkLabel *label;
  int start, end;

  LOOK (f, ETH0);
  select_row (f, 0);
  label = widget_find_text (GTK_WIDGET (f->details), GTK_TYPE_LABEL, "02:00:00:00:00:07");
  gtk_label_select_region (label, 0, 5);
  LOOK (f, { 2, "eth0", UP, 5000 });
  g_assert_true (gtk_label_get_selection_bounds (label, &start, &end));
  g_assert_cmpint (end, ==, 5);
}

/* The history goes on while another one is selected. */
static void
test_graph (Fixture *f, gconstpointer data)
{
  PhGraph *graph = widget_find (GTK_WIDGET (f->details), PH_TYPE_GRAPH);

  LOOK (f, ETH0, ETH1);
  select_row (f, 1);
  g_assert_nonnull (strstr (ph_graph_get_description (graph), "—"));
  for (guint i = 1; i < 5; i++)
    LOOK (f, { 2, "eth0", UP, 1000 + i * 125000 }, ETH1);
  select_row (f, 0);
  g_assert_nonnull (strstr (ph_graph_get_description (graph), "Received: 1"));
  g_assert_nonnull (strstr (ph_graph_get_description (graph), "Mbit/s now"));
}

static void
test_vanishes (Fixture *f, gconstpointer data)
{
  LOOK (f, ETH0, ETH1);
  select_row (f, 0);
  g_assert_true (is_open (f));

  LOOK (f, ETH1); /* it is shown as closed for a moment */
  g_assert_true (is_open (f));
  g_assert_true (gtk_widget_get_mapped (
      widget_find_text (GTK_WIDGET (f->details), GTK_TYPE_LABEL, "This interface is gone. What it was last:")));
  g_assert_nonnull (widget_find_text (GTK_WIDGET (f->details), GTK_TYPE_LABEL, "veth · gone"));
  g_assert_true (tells (f, "Addresses: 192.0.2.7/24"));

  for (guint i = 0; i < 5; i++)
    LOOK (f, ETH1);
  g_assert_cmpuint (n_shown (f), ==, 1);
  g_assert_false (is_open (f));
  g_assert_false (tells (f, "eth0"));

  select_row (f, 0);
  g_assert_true (is_open (f));
  g_assert_true (tells (f, "eth1\n"));
  g_assert_false (gtk_widget_get_mapped (
      widget_find_text (GTK_WIDGET (f->details), GTK_TYPE_LABEL, "This interface is gone. What it was last:")));
}

/* A link that goes while the page is torn down leaves nothing behind. */
static void
test_destroyed_with_details (Fixture *f, gconstpointer data)
{
  LOOK (f, ETH0, ETH1);
  select_row (f, 0);
  LOOK (f, ETH1);
}

static void
test_toggle (Fixture *f, gconstpointer data)
{
  LOOK (f, ETH0, ETH1);
  select_row (f, 1);
  g_assert_true (is_open (f));
  gtk_widget_activate_action (GTK_WIDGET (f->page), "page.details", NULL);
  g_assert_false (is_open (f));
  select_row (f, 0);
  g_assert_false (is_open (f)); /* whoever closed it does not want it back with each row */
  gtk_widget_activate_action (GTK_WIDGET (f->page), "page.details", NULL);
  g_assert_true (is_open (f));
  g_assert_true (tells (f, "eth0\n"));

  g_signal_emit_by_name (f->details, "close");
  g_assert_false (is_open (f));
  gtk_selection_model_unselect_all (ph_table_view_get_selection (f->table_view));
  gtk_widget_activate_action (GTK_WIDGET (f->page), "page.details", NULL);
  loop_run_for (20);
  g_assert_true (is_open (f)); /* about the first, since none was selected */
  g_assert_true (tells (f, "eth0\n"));
}

/* As wide as a phone, with the pane below the table. */
static void
test_narrow (Fixture *f, gconstpointer data)
{
  int minimum;

  LOOK (f, ETH0, ETH1);
  select_row (f, 0);
  gtk_widget_measure (GTK_WIDGET (f->details), GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  g_assert_cmpint (minimum, <=, 360);
  gtk_widget_measure (GTK_WIDGET (f->page), GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  g_assert_cmpint (minimum, <=, 360);
}

/* What is gone is forgotten; a number that another interface was given has no past; there is an end to it. */
static void
test_past (void)
{
  g_autoptr (PhLinkPast) past = ph_link_past_new ();
  g_autofree Fact *many = g_new0 (Fact, PH_LINK_PAST_MAX + 10);
  const Fact two[] = { ETH0, ETH1 };
  const Fact other[] = { { 2, "wlan0", UP, 0 } };
  PhHistoryPoint points[PH_HISTORY_POINTS_MAX];
  PhSnapshot *snapshot;

  for (gint64 second = 100; second < 110; second++)
    {
      snapshot = make_snapshot (two, 2, second * G_USEC_PER_SEC);
      ((PhLink *) ph_snapshot_edit (snapshot, 0))->rate.rx_bytes = second == 100 ? NAN : 1000;
      ph_link_past_add (past, snapshot);
      ph_snapshot_unref (snapshot);
    }
  g_assert_cmpuint (ph_link_past_count (past), ==, 2);
  g_assert_cmpuint (ph_history_read (ph_link_past_find (past, 2), 0, PH_SPAN_MINUTE, 109 * G_USEC_PER_SEC, points), >=,
                    9);
  g_assert_cmpfloat (points[5].mean, ==, 8000); /* bits */

  snapshot = make_snapshot (other, 1, 110 * G_USEC_PER_SEC);
  ph_link_past_add (past, snapshot);
  ph_snapshot_unref (snapshot);
  g_assert_cmpuint (ph_link_past_count (past), ==, 1);
  g_assert_null (ph_link_past_find (past, 3));
  g_assert_cmpuint (ph_history_read (ph_link_past_find (past, 2), 0, PH_SPAN_MINUTE, 110 * G_USEC_PER_SEC, points), <=,
                    1);

  for (guint i = 0; i < PH_LINK_PAST_MAX + 10; i++)
    many[i] = (Fact){ i + 1, "veth", UP, 0 };
  snapshot = make_snapshot (many, PH_LINK_PAST_MAX + 10, 111 * G_USEC_PER_SEC);
  ph_link_past_add (past, snapshot);
  ph_snapshot_unref (snapshot);
  g_assert_cmpuint (ph_link_past_count (past), ==, PH_LINK_PAST_MAX);
}

/* Groups are a table beside the interfaces; this machine's own are enough: "lo" has joined some. */
static void
test_groups (void)
{
  PhSection *section = g_object_new (PH_TYPE_INTERFACES_SECTION, NULL);
  GtkWindow *window = widget_show (GTK_WIDGET (section), 700, 500);
  PhTablePage *page;

  g_assert_true (PH_IS_INTERFACES_PAGE (ph_section_get_page (section)));
  page = ph_section_show (section, PH_TABLE_GROUPS);
  g_assert_true (PH_IS_GROUPS_PAGE (page));
  g_assert_true (ph_section_get_page (section) == page);
  g_object_set (page, "in-sight", TRUE, NULL);
  RUN_UNTIL (ph_table_page_get_snapshot (page));
  ph_table_page_apply_options (page, &(PhOptions){ .table = PH_TABLE_GROUPS, .ipv6 = TRUE });
  g_assert_true (ph_chip_bar_get (ph_table_page_get_chip_bar (page), "ipv6"));
  g_assert_false (ph_chip_bar_get (ph_table_page_get_chip_bar (page), "ipv4"));
  widget_close (window);
}

#define ADD(path, func) g_test_add ("/interfaces/" path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  widget_init (&argc, &argv);
  ADD ("up-and-all", test_up_and_all);
  ADD ("details", test_details);
  ADD ("selected-text", test_selected_text);
  ADD ("graph", test_graph);
  ADD ("vanishes", test_vanishes);
  ADD ("destroyed-with-details", test_destroyed_with_details);
  ADD ("toggle", test_toggle);
  ADD ("narrow", test_narrow);
  g_test_add_func ("/interfaces/past", test_past);
  g_test_add_func ("/interfaces/groups", test_groups);
  return g_test_run ();
}
