/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The Interfaces table as a whole: recorded answers, answers that fail, what cells, tips and filters make of it. */
#include "recorded.h"

#include <linux/if.h>
#include <math.h>

#include "ph-export.h"
#include "ph-filter.h"
#include "ph-link-counters.h"

#define SECOND ((gint64) G_USEC_PER_SEC)

static const PhStyle plain = { .numeric = TRUE };

static const PhLink *
find_link (const PhSnapshot *snapshot, const char *name)
{
  for (guint i = 0; i < ph_snapshot_n_records (snapshot); i++)
    {
      const PhLink *link = ph_snapshot_record (snapshot, i);

      if (strcmp (link->name, name) == 0)
        return link;
    }
  g_error ("no link %s", name);
}

static char *
cell (const PhLink *link, const char *id)
{
  GString *text = g_string_new (NULL);

  ph_column_format (ph_schema_find_column (&ph_link_schema, id), link, &plain, text);
  return g_string_free (text, FALSE);
}

static char *
tip (const PhLink *link, const char *id)
{
  GString *text = g_string_new (NULL);

  ph_column_explain (ph_schema_find_column (&ph_link_schema, id), link, &plain, text);
  return g_string_free (text, FALSE);
}

static void
assert_cell (const PhLink *link, const char *id, const char *expected)
{
  g_autofree char *text = cell (link, id);

  g_assert_cmpstr (text, ==, expected);
}

static void
assert_tip_has (const PhLink *link, const char *id, const char *part)
{
  g_autofree char *text = tip (link, id);

  if (!strstr (text, part))
    g_error ("\"%s\" is not in the tip \"%s\"", part, text);
}

/* --- as recorded --- */

static void
test_recorded (void)
{
  g_autoptr (PhCollector) collector = ph_collector_new (&ph_link_topic);
  g_autoptr (PhSnapshot) snapshot = recorded_collect (collector, SECOND, 0, NULL);
  const PhLookResult *look = ph_snapshot_look (snapshot, PH_REQUEST_LINK_STATS);
  const PhLink *link;

  g_assert_cmpint (look->look, ==, PH_LOOK_GOOD);
  g_assert_cmpuint (look->malformed, ==, 0);

  link = find_link (snapshot, "lo");
  assert_cell (link, "flags", "LRU");
  assert_cell (link, "mtu", "65536");
  assert_cell (link, "metric", "0");
  assert_cell (link, "addresses", "127.0.0.1/8, ::1/128");
  assert_cell (link, "speed", "");
  assert_cell (link, "traffic", "");
  g_assert_cmpuint (link->stats.rx_packets, ==, link->stats.tx_packets);
  g_assert_cmpuint (link->stats.rx_bytes, >, 0);

  link = find_link (snapshot, "test0");
  assert_cell (link, "flags", "BMRU");
  assert_cell (link, "state", "UP");
  assert_cell (link, "kind", "veth");
  assert_cell (link, "link", "test1");
  assert_cell (link, "mac", "02:00:00:00:00:00");
  assert_cell (link, "queue_length", "500");
  assert_cell (link, "speed", "10 Gbit/s");
  assert_cell (link, "duplex", "full");
  assert_cell (link, "alias", "up\\x1B[31mlink\\u{202E} <b>&amp;</b>");
  g_assert_cmpuint (link->n_addresses, ==, 7);
  g_assert_cmpuint (link->addresses[3].address.family, ==, PH_FAMILY_IPV6);
  assert_tip_has (link, "addresses", "192.0.2.2/24 scope global secondary\n");
  assert_tip_has (link, "addresses", "2001:db8::2/64 scope global nodad deprecated dynamic, valid for ");
  assert_tip_has (link, "groups", "239.1.2.3\n");

  assert_cell (find_link (snapshot, "test2"), "master", "bridge0");
  assert_cell (find_link (snapshot, "test4"), "flags", "ABMPORU");
  assert_tip_has (find_link (snapshot, "test4"), "flags", "P: takes every packet");
  assert_cell (find_link (snapshot, "test6"), "state", "LOWERLAYERDOWN");
  assert_tip_has (find_link (snapshot, "test6"), "state", "switched on, but has no carrier");
  assert_cell (find_link (snapshot, "test7"), "flags", "BM");
  assert_tip_has (find_link (snapshot, "test7"), "state", "It is switched off");
  assert_cell (find_link (snapshot, "tun0"), "addresses",
               "10.9.0.1 peer 10.9.0.2/32, 2001:db8:9::1 peer 2001:db8:9::2/128");
  assert_cell (find_link (snapshot, "tun0"), "flags", "MOPU");
  assert_cell (find_link (snapshot, "tap0"), "detail", "tap");
  assert_cell (find_link (snapshot, "vxlan0"), "detail", "id 42");
  assert_cell (find_link (snapshot, "macvlan0"), "detail", "mode bridge");
  assert_cell (find_link (snapshot, "bridge0"), "kind", "bridge");
}

/* Each of the three questions besides may fail alone, and takes only its own columns with it. */
static void
test_failures (void)
{
  static const struct
  {
    PhRequestName request;
    const char *column, *others[2];
    const char *why;
  } rows[] = {
    { PH_REQUEST_ADDRESSES, "addresses", { "groups", "speed" }, "Addresses are not known: " },
    { PH_REQUEST_GROUPS, "groups", { "addresses", "speed" }, "Multicast groups are not known: " },
    { PH_REQUEST_LINK_SETTINGS, "speed", { "addresses", "groups" }, "Speed and duplex mode are not known: " },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (PhCollector) collector = ph_collector_new (&ph_link_topic);
      g_autoptr (PhSnapshot) snapshot = recorded_collect (collector, SECOND, RECORDED_BIT (rows[i].request), NULL);
      const PhLink *link = find_link (snapshot, "test0");
      PhValue value = { PH_VALUE_NONE };

      g_assert_cmpint (ph_snapshot_look (snapshot, PH_REQUEST_LINK_STATS)->look, ==, PH_LOOK_GOOD);
      ph_schema_find_column (&ph_link_schema, rows[i].column)->value (link, &value);
      g_assert_cmpint (value.kind, ==, PH_VALUE_NONE);
      g_assert_cmpuint (ph_column_rank (ph_schema_find_column (&ph_link_schema, rows[i].column), link), ==,
                        PH_RANK_ABSENT);
      assert_tip_has (link, rows[i].column, rows[i].why);
      assert_tip_has (link, rows[i].column, g_strerror (EBUSY));
      for (guint j = 0; j < G_N_ELEMENTS (rows[i].others); j++)
        {
          g_autofree char *text = cell (link, rows[i].others[j]);

          g_assert_cmpstr (text, !=, "");
        }
    }
}

static void
test_stale (void)
{
  g_autoptr (PhCollector) collector = ph_collector_new (&ph_link_topic);
  g_autoptr (PhSnapshot) first = recorded_collect (collector, SECOND, 0, NULL);
  guint64 asked;
  g_autoptr (PhSnapshot) second
      = recorded_collect (collector, 2 * SECOND, RECORDED_BIT (PH_REQUEST_LINK_STATS), &asked);
  const PhLink *link = find_link (second, "test0");

  g_assert_cmpuint (asked, ==, RECORDED_BIT (PH_REQUEST_LINK_STATS));
  g_assert_cmpuint (ph_snapshot_n_records (second), ==, ph_snapshot_n_records (first));
  g_clear_pointer (&first, ph_snapshot_unref);
  g_assert_cmpuint (link->head.mark, ==, PH_MARK_STALE);
  g_assert_true (ph_link_is (link, PH_LINK_IS_STALE));
  assert_cell (link, "kind", "veth");
  assert_cell (link, "link", "test1");
  g_assert_cmpuint (link->n_addresses, ==, 7);
  assert_tip_has (link, "addresses", "192.0.2.2/24");
  assert_tip_has (link, "groups", "ff05::1:3");
}

/* A link that vanishes is shown for a moment, and carries nothing. */
static void
test_gone (void)
{
  const PhPlan plan = { .requests = PH_PLAN_ALL, .keep_closed_us = 5 * SECOND };
  const PhFrameBegin begin = { .request = PH_REQUEST_LINK_STATS, .time_us = 4 * SECOND };
  const PhFrameEnd end = { .code = PH_ERROR_NONE };
  g_autoptr (PhCollector) collector = ph_collector_new (&ph_link_topic);
  g_autoptr (PhSnapshot) snapshot = NULL;
  const PhLink *link;
  PhRequest request;

  for (guint i = 1; i <= 2; i++)
    ph_snapshot_unref (recorded_collect (collector, i * SECOND, 0, NULL));
  snapshot = recorded_collect (collector, 3 * SECOND, 0, NULL);
  assert_cell (find_link (snapshot, "test0"), "rx_rate", "0");
  g_clear_pointer (&snapshot, ph_snapshot_unref);

  ph_collector_begin (collector, &plan);
  g_assert_true (ph_collector_next (collector, &request));
  ph_collector_sink (collector, PH_FRAME_BEGIN, &begin, sizeof begin);
  ph_collector_sink (collector, PH_FRAME_END, &end, sizeof end);
  g_assert_false (ph_collector_next (collector, &request)); /* no links: nothing to ask about them */
  snapshot = ph_collector_end (collector);
  link = find_link (snapshot, "test0");
  g_assert_true (ph_link_is (link, PH_LINK_IS_CLOSED));
  assert_cell (link, "rx_rate", "");
  assert_tip_has (link, "rx_rate", "gone");
  assert_cell (link, "kind", "veth");
}

/* Speed and duplex are remembered while nothing has changed, and for half a minute at most. */
static void
test_settings_kept (void)
{
  static const struct
  {
    gint64 seconds;
    gboolean fails, asked, known;
  } looks[] = {
    { 1, FALSE, TRUE, TRUE },   { 2, FALSE, FALSE, TRUE }, { 29, FALSE, FALSE, TRUE },
    { 31, TRUE, TRUE, FALSE },  { 32, FALSE, TRUE, TRUE }, /* it failed, so it is tried again */
    { 33, FALSE, FALSE, TRUE },
  };
  const guint64 bit = RECORDED_BIT (PH_REQUEST_LINK_SETTINGS);
  g_autoptr (PhCollector) collector = ph_collector_new (&ph_link_topic);

  for (guint i = 0; i < G_N_ELEMENTS (looks); i++)
    {
      guint64 asked;
      g_autoptr (PhSnapshot) snapshot
          = recorded_collect (collector, looks[i].seconds * SECOND, looks[i].fails ? bit : 0, &asked);

      g_assert_cmpint ((asked & bit) != 0, ==, looks[i].asked);
      g_assert_cmpuint (find_link (snapshot, "test0")->speed, ==, looks[i].known ? 10000 : PH_LINK_SPEED_NONE);
    }
}

/* --- counters --- */

/* Every number another, and none zero. */
static PhLink
counted_link (void)
{
  PhLink link = { .name = "eth0", .has_stats = TRUE, .speed = PH_LINK_SPEED_NONE, .link_netns = -1 };
  guint64 *counters = (guint64 *) (gpointer) &link.stats;

  for (guint i = 0; i < PH_N_LINK_COUNTERS; i++)
    counters[i] = 1000 + i * i;
  link.rate = (PhLinkRate){ NAN, NAN, NAN, NAN };
  return link;
}

/* The sums of net/core/net-procfs.c dev_seq_printf_stats(), which is what netstat -i reads. */
static void
test_folding (void)
{
  const PhLink link = counted_link ();
  const PhLinkStats *s = &link.stats;
  const struct
  {
    const char *column;
    guint64 number;
  } rows[] = {
    { "rx_ok", s->rx_packets },      { "rx_err", s->rx_errors },      { "rx_drp", s->rx_dropped + s->rx_missed_errors },
    { "rx_ovr", s->rx_fifo_errors }, { "tx_ok", s->tx_packets },      { "tx_err", s->tx_errors },
    { "tx_drp", s->tx_dropped },     { "tx_ovr", s->tx_fifo_errors }, { "rx_bytes", s->rx_bytes },
    { "tx_bytes", s->tx_bytes },     { "multicast", s->multicast },   { "collisions", s->collisions },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const PhColumn *column = ph_schema_find_column (&ph_link_schema, rows[i].column);
      PhValue value = { PH_VALUE_NONE };
      guint64 sum = 0;

      column->value (&link, &value);
      g_assert_cmpint (value.kind, ==, PH_VALUE_UINT);
      g_assert_cmpuint (value.uint, ==, rows[i].number);

      /* And the table of counters says so: what is alone in a column, or added up in it, makes its number. */
      for (guint j = 0; j < PH_N_LINK_COUNTERS; j++)
        if (g_strcmp0 (ph_link_counters[j].column, rows[i].column) == 0)
          {
            if (ph_link_counters[j].part != PH_LINK_COUNTER_INSIDE)
              sum += ph_link_counter_value (&ph_link_counters[j], s);
            assert_tip_has (&link, rows[i].column, ph_link_counters[j].title);
          }
      g_assert_cmpuint (sum, ==, rows[i].number);
    }
}

static void
test_counter_table (void)
{
  gboolean seen[PH_N_LINK_COUNTERS] = { FALSE };

  for (guint i = 0; i < PH_N_LINK_COUNTERS; i++)
    {
      const PhLinkCounter *counter = &ph_link_counters[i];

      g_assert_cmpuint (counter->offset % sizeof (guint64), ==, 0);
      g_assert_cmpuint (counter->offset, <, sizeof (PhLinkStats));
      g_assert_false (seen[counter->offset / sizeof (guint64)]);
      seen[counter->offset / sizeof (guint64)] = TRUE;
      g_assert_cmpuint (strlen (counter->title), >, 3);
      g_assert_true (g_str_has_suffix (counter->meaning, "."));
      g_assert_cmpuint (counter->severity, <=, PH_SEVERITY_FAULT);
      g_assert_true (counter->column || counter->part == PH_LINK_COUNTER_ALONE);
      g_assert_true (!counter->column || ph_schema_find_column (&ph_link_schema, counter->column));
    }
}

static void
test_no_counters (void)
{
  const PhLink link = { .name = "x", .link_netns = -1, .rate = { NAN, NAN, NAN, NAN } };

  assert_cell (&link, "rx_ok", "");
  assert_tip_has (&link, "rx_ok", "no counters");
  assert_tip_has (&link, "traffic", "no counters");
}

/* --- cells --- */

static void
test_rates_in_cells (void)
{
  PhLink link = counted_link ();
  const PhTrace *first, *second;

  assert_tip_has (&link, "traffic", "after the second look");
  link.rx_trace.n = 1;
  assert_tip_has (&link, "traffic", "went back");

  link.rate = (PhLinkRate){ 1.2e6, 0, 850.4, 0 };
  assert_cell (&link, "rx_rate", "1.2 MB/s");
  assert_cell (&link, "tx_rate", "0");
  assert_cell (&link, "rx_packet_rate", "850/s");
  assert_cell (&link, "traffic", "↓ 1.2 MB/s ↑ 0");
  assert_tip_has (&link, "traffic", "Received: 1.2 MB/s, packets per second: 850\nSent: 0, packets per second: 0");

  ph_schema_find_column (&ph_link_schema, "traffic")->traces (&link, &first, &second);
  g_assert_true (first == &link.rx_trace && second == &link.tx_trace);
}

/* As csv and json have them, issue by name; the first but for the graph are shown in netstat's order. */
static void
test_columns (void)
{
  static const char *const ids[]
      = { "interface", "mtu",   "metric", "rx_ok", "rx_err", "rx_drp",    "rx_ovr", "tx_ok", "tx_err",   "tx_drp",
          "tx_ovr",    "flags", "state",  "kind",  "mac",    "addresses", "master", "speed", "rx_bytes", "tx_bytes" };
  static const char *const titles[]
      = { "Iface", "MTU", "Met", "RX-OK", "RX-ERR", "RX-DRP", "RX-OVR", "TX-OK", "TX-ERR", "TX-DRP", "TX-OVR", "Flg" };

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    g_assert_nonnull (ph_schema_find_column (&ph_link_schema, ids[i]));
  for (guint i = 0, n = 0; n < G_N_ELEMENTS (titles); i++)
    {
      g_assert_true (ph_link_schema.columns[i].flags & PH_COLUMN_SHOWN);
      if (!ph_link_schema.columns[i].traces)
        g_assert_cmpstr (ph_link_schema.columns[i].title, ==, titles[n++]);
    }
}

static void
test_json (void)
{
  g_autoptr (PhCollector) collector = ph_collector_new (&ph_link_topic);
  g_autoptr (PhSnapshot) snapshot = recorded_collect (collector, SECOND, 0, NULL);
  const PhColumn *columns[]
      = { ph_schema_find_column (&ph_link_schema, "addresses"), ph_schema_find_column (&ph_link_schema, "groups"),
          ph_schema_find_column (&ph_link_schema, "speed"), NULL };
  g_autoptr (GString) text = g_string_new (NULL);

  ph_json_row (text, columns, find_link (snapshot, "lo"), TRUE);
  g_assert_cmpstr (text->str, ==,
                   "\n{\"addresses\": [\"127.0.0.1/8\", \"::1/128\"], "
                   "\"groups\": [\"224.0.0.1\", \"ff01::1\", \"ff02::1\"], \"speed\": null}");
  g_string_truncate (text, 0);
  ph_csv_row (text, columns, find_link (snapshot, "lo"), 0);
  g_assert_cmpstr (text->str, ==, "\"127.0.0.1/8, ::1/128\",\"224.0.0.1, ff01::1, ff02::1\",\r\n");
}

/* --- filter --- */

static char *
matches (const PhSnapshot *snapshot, const char *text)
{
  static const PhColumn *shown[64];
  const PhFilterContext context = { shown, &plain };
  g_autoptr (GError) error = NULL;
  g_autoptr (PhFilter) filter = ph_filter_parse (&ph_link_schema, text, NULL, &error);
  GString *found = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0, n = 0; i < ph_link_schema.n_columns; i++)
    if (ph_link_schema.columns[i].flags & PH_COLUMN_SHOWN)
      shown[n++] = &ph_link_schema.columns[i];
  for (guint i = 0; i < ph_snapshot_n_records (snapshot); i++)
    {
      const PhLink *link = ph_snapshot_record (snapshot, i);

      if (ph_filter_match (filter, &context, link))
        g_string_append_printf (found, "%s%s", found->len > 0 ? " " : "", link->name);
    }
  return g_string_free (found, FALSE);
}

static void
test_filter (void)
{
  static const struct
  {
    const char *text, *found;
  } rows[] = {
    { "is:loopback", "lo" },
    { "is:down", "test7 tap0" },
    { "is:up -is:running", "test6 tun0" },
    { "mac:02:00:00:00:00:1", "bridge0 macvlan0 vxlan0 tap0" },
    { "addr:192.0.2.2", "test0" },
    { "address:192.0.2.0/24", "test0" },
    { "addr:10.0.0.0/8", "test4 tun0" },
    { "addr:10.9.0.2", "tun0" }, /* the other end */
    { "addr:2001:db8:9::/48", "tun0" },
    { "addresses:10.4", "test4" }, /* part of the text */
    { "group:239.1.2.3", "test0" },
    { "group:239.0.0.0/8", "test0 bridge0" },
    { "groups:ff05::1:", "test0" },
    { "iface:test1", "test1" },
    { "kind:tun", "tun0 tap0" },
    { "state:up -kind:veth", "bridge0 macvlan0" },
    { "state:lowerlayerdown", "test6" },
    { "state:down", "test7 tun0 tap0" },
    { "flag:promisc", "test4" },
    { "flag:noarp,loopback", "lo test4 tun0" },
    { "flags:AB", "test4" },
    { "master:bridge0", "test2" },
    { "mtu:<1450", "test0 macvlan0" },
    { "index:1-3", "lo test1 test0" },
    { "speed:>=1000 iface:lo", "" },
    { "203.0.113.1", "test6" },
  };
  g_autoptr (PhCollector) collector = ph_collector_new (&ph_link_topic);
  g_autoptr (PhSnapshot) snapshot = recorded_collect (collector, SECOND, 0, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *found = matches (snapshot, rows[i].text);

      g_test_message ("%s", rows[i].text);
      g_assert_cmpstr (found, ==, rows[i].found);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/links/recorded", test_recorded);
  g_test_add_func ("/links/failures", test_failures);
  g_test_add_func ("/links/stale", test_stale);
  g_test_add_func ("/links/gone", test_gone);
  g_test_add_func ("/links/settings-kept", test_settings_kept);
  g_test_add_func ("/links/folding", test_folding);
  g_test_add_func ("/links/counter-table", test_counter_table);
  g_test_add_func ("/links/no-counters", test_no_counters);
  g_test_add_func ("/links/rates-in-cells", test_rates_in_cells);
  g_test_add_func ("/links/columns", test_columns);
  g_test_add_func ("/links/json", test_json);
  g_test_add_func ("/links/filter", test_filter);
  return g_test_run ();
}
