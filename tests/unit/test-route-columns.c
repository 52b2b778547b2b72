/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every column of the Routes table, netstat's flags, the filter's fields and words, names of tables and protocols. */
#include "route-world.h"

#include "ph-arrange.h"
#include "ph-filter.h"
#include "ph-route-flags.h"
#include "ph-route-names.h"

static const PhStyle numeric = { .numeric = TRUE };
static const PhStyle plain = { .numeric = FALSE };

static char *
cell (const PhRoute *route, const char *id, const PhStyle *style)
{
  const PhColumn *column = ph_schema_find_column (&ph_route_schema, id);
  GString *text = g_string_new (NULL);

  g_assert_nonnull (column);
  ph_column_format (column, route, style, text);
  return g_string_free (text, FALSE);
}

static char *
tip (const PhRoute *route, const char *id)
{
  GString *text = g_string_new (NULL);

  ph_column_explain (ph_schema_find_column (&ph_route_schema, id), route, &numeric, text);
  return g_string_free (text, FALSE);
}

#define assert_cell(route, id, style, expected)                                                                        \
  do                                                                                                                   \
    {                                                                                                                  \
      g_autofree char *text = cell (route, id, style);                                                                 \
      g_assert_cmpstr (text, ==, expected);                                                                            \
    }                                                                                                                  \
  while (0)
#define assert_tip(route, id, expected)                                                                                \
  do                                                                                                                   \
    {                                                                                                                  \
      g_autofree char *text = tip (route, id);                                                                         \
      g_assert_cmpstr (text, ==, expected);                                                                            \
    }                                                                                                                  \
  while (0)

/* One made route, and its hops if it has any. */
static PhSnapshot *
make (WorldRoute route)
{
  g_autoptr (World) world = world_new ();

  world_add_route (world, route);
  return world_collect (world, &ph_route_topic);
}

/* --- flags --- */

/* What netstat -rn and netstat -6rn of net-tools show for the same routes on Linux 6. */
static const struct
{
  WorldRoute route;
  const char *letters;
} flags[] = {
  { { .to = "10.0.0.0/8", .dev = 2 }, "U" },
  { { .to = "10.0.0.0/8", .via = "192.0.2.1", .dev = 2 }, "UG" },
  { { .via = "192.0.2.1", .dev = 2 }, "UG" },
  { { .to = "10.0.0.1/32", .dev = 2 }, "UH" },
  { { .to = "10.0.0.1/32", .via = "192.0.2.1", .dev = 2 }, "UGH" },
  { { .to = "10.0.0.0/8", .via = "fe80::1", .dev = 2 }, "UG" },
  { { .to = "10.0.0.0/8", .type = RTN_UNREACHABLE }, "!" },
  { { .to = "10.0.0.1/32", .type = RTN_PROHIBIT }, "!H" },
  { { .to = "10.0.0.0/8", .type = RTN_BLACKHOLE }, "U" },
  { { .to = "10.0.0.0/8", .type = RTN_THROW }, "U" },
  { { .to = "10.0.0.1/32", .type = RTN_LOCAL, .dev = 1, .table = 255 }, "UH" },
  { { .to = "10.0.0.1/32", .via = "192.0.2.1", .dev = 2, .flags = RTM_F_CLONED, .mtu = 1400 }, "UGHCM" },
  { { .to = "10.0.0.1/32", .via = "192.0.2.1", .dev = 2, .flags = RTM_F_CLONED | 0x00040000 }, "UGHDC" },
  { { .to = "10.0.0.1/32", .via = "192.0.2.1", .dev = 2, .protocol = RTPROT_REDIRECT }, "UGHD" },
  { { .to = "2001:db8::/32", .dev = 2 }, "U" },
  { { .to = "2001:db8::/32", .via = "fe80::1", .dev = 2 }, "UG" },
  { { .to = "2001:db8::1/128", .via = "fe80::1", .dev = 2 }, "UG" },
  { { .to = "2001:db8::/32", .via = "fe80::1", .dev = 2, .expires = 100 }, "UGe" },
  { { .to = "2001:db8::/32", .type = RTN_UNREACHABLE, .dev = 1 }, "!n" },
  { { .to = "2001:db8::/32", .type = RTN_BLACKHOLE, .dev = 1 }, "!n" },
  { { .to = "2001:db8::/32", .type = RTN_PROHIBIT, .dev = 1 }, "!n" },
  { { .to = "2001:db8::/32", .type = RTN_THROW, .dev = 1 }, "!n" },
  { { .to = "::1/128", .type = RTN_LOCAL, .dev = 1, .protocol = RTPROT_KERNEL, .table = 255 }, "Un" },
  { { .to = "2001:db8::/32", .type = RTN_LOCAL, .dev = 1, .protocol = RTPROT_BOOT, .table = 255 }, "U" },
  { { .to = "ff00::/8", .type = RTN_MULTICAST, .dev = 2, .protocol = RTPROT_KERNEL, .table = 255 }, "U" },
  { { .ipv6 = TRUE, .via = "fe80::1", .dev = 2, .protocol = RTPROT_RA, .expires = 180000 }, "UGDAe" },
  { { .to = "2001:db8::/64", .dev = 2, .protocol = RTPROT_KERNEL, .expires = 100 }, "UAe" },
  { { .to = "2001:db8::/64", .dev = 2, .protocol = RTPROT_KERNEL }, "U" },
  { { .to = "2001:db8::1/128", .via = "fe80::1", .dev = 2, .expires = 100, .flags = RTM_F_CLONED, .mtu = 1280 },
    "UGCem" },
};

static void
test_flags (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (flags); i++)
    {
      g_autoptr (PhSnapshot) snapshot = make (flags[i].route);
      const PhRoute *route = ph_snapshot_record (snapshot, 0);
      g_autofree char *story = tip (route, "flags");

      g_test_message ("%u: %s\n%s", i, flags[i].letters, story);
      assert_cell (route, "flags", &numeric, flags[i].letters);

      /* One line for each letter, beginning with it. */
      for (const char *letter = flags[i].letters, *line = story; *letter; letter++)
        {
          g_assert_cmpint (*line, ==, *letter);
          line = strchr (line, '\n');
          g_assert_true ((line == NULL) == (letter[1] == '\0'));
          line += line != NULL;
        }
    }
}

static void
test_all_letters (void)
{
  GString *letters = g_string_new (NULL);

  for (guint i = 0; i < PH_ROUTE_N_FLAGS; i++)
    {
      g_string_append_c (letters, ph_route_flag_letter (i, PH_FAMILY_IPV4));
      g_assert_nonnull (ph_route_flag_sentence (i));
    }
  for (const char *wanted = "UGHDM!RAC"; *wanted; wanted++)
    g_assert_nonnull (strchr (letters->str, *wanted));
  g_string_free (letters, TRUE);
}

/* The route of several hops has the flags of the first, as in /proc/net/route. */
static void
test_flags_hops (void)
{
  const WorldHop hops[] = { { "192.0.2.1", 2, 1, 0 }, { NULL, 3, 1, RTNH_F_LINKDOWN } };
  g_autoptr (PhSnapshot) snapshot = make ((WorldRoute){ .to = "10.0.0.0/8", .hops = hops, .n_hops = 2 });

  assert_cell (ph_snapshot_record (snapshot, 0), "flags", &numeric, "UG");
  assert_cell (ph_snapshot_record (snapshot, 1), "flags", &numeric, "UG");
  assert_cell (ph_snapshot_record (snapshot, 2), "flags", &numeric, "U");
  assert_cell (ph_snapshot_record (snapshot, 2), "status", &numeric, "linkdown");
  g_assert_true (ph_route_is (ph_snapshot_record (snapshot, 2), PH_ROUTE_IS_DEAD));
}

/* --- cells --- */

static void
test_netstat_columns (void)
{
  static const char *const eight[]
      = { "destination", "gateway", "genmask", "flags", "mss", "window", "irtt", "interface" };
  static const char *const issue[]
      = { "family",      "prefix_length", "metric",  "table", "protocol", "scope",  "type", "source",   "expires",
          "destination", "gateway",       "genmask", "flags", "mss",      "window", "irtt", "interface" };

  for (guint i = 0; i < G_N_ELEMENTS (eight); i++)
    g_assert_cmpstr (ph_route_schema.columns[i].id, ==, eight[i]);
  for (guint i = 0; i < G_N_ELEMENTS (issue); i++)
    g_assert_nonnull (ph_schema_find_column (&ph_route_schema, issue[i]));
}

static void
test_cells (void)
{
  g_autoptr (PhSnapshot) snapshot = make ((WorldRoute){
      .via = "192.0.2.1", .dev = 2, .metric = 100, .src = "192.0.2.7", .protocol = RTPROT_DHCP, .advmss = 1400 });
  const PhRoute *route = ph_snapshot_record (snapshot, 0);

  assert_cell (route, "destination", &numeric, "0.0.0.0");
  assert_cell (route, "destination", &plain, "default");
  assert_cell (route, "gateway", &numeric, "192.0.2.1");
  assert_cell (route, "genmask", &numeric, "0.0.0.0");
  assert_cell (route, "mss", &numeric, "1440"); /* as /proc/net/route has it */
  assert_cell (route, "advmss", &numeric, "1400");
  assert_cell (route, "window", &numeric, "0");
  assert_cell (route, "irtt", &numeric, "0");
  assert_cell (route, "interface", &numeric, "eth2");
  assert_cell (route, "metric", &numeric, "100");
  assert_cell (route, "table", &numeric, "main");
  assert_cell (route, "protocol", &numeric, "dhcp");
  assert_cell (route, "scope", &numeric, "global");
  assert_cell (route, "type", &numeric, "unicast");
  assert_cell (route, "source", &numeric, "192.0.2.7");
  assert_cell (route, "expires", &numeric, "");
  assert_cell (route, "family", &numeric, "inet");
  assert_cell (route, "hop", &numeric, "");
  assert_tip (route, "destination", "0.0.0.0/0\nEvery address that no other route is for");
  assert_tip (route, "table", "Table main, number 254\nThe one that routes are put into if nothing else is said");
}

static void
test_cells_ipv6 (void)
{
  g_autoptr (PhSnapshot) snapshot
      = make ((WorldRoute){ .to = "2001:db8::/32", .dev = 3, .metric = 1024, .expires = 9000, .advmss = 1220 });
  const PhRoute *route = ph_snapshot_record (snapshot, 0);
  g_autoptr (PhSnapshot) fallback = make ((WorldRoute){ .via = "fe80::1", .dev = 3, .ipv6 = TRUE });

  assert_cell (route, "destination", &numeric, "2001:db8::/32");
  assert_cell (route, "gateway", &numeric, "::");
  assert_cell (route, "genmask", &numeric, "");
  assert_tip (route, "genmask", "ffff:ffff::\nPrefix length: 32");
  assert_cell (route, "prefix_length", &numeric, "32");
  assert_cell (route, "mss", &numeric, "1280");
  assert_cell (route, "expires", &numeric, "1 min"); /* 90 s */
  assert_cell (route, "family", &numeric, "inet6");
  assert_cell (ph_snapshot_record (fallback, 0), "destination", &numeric, "::/0");
  assert_cell (ph_snapshot_record (fallback, 0), "destination", &plain, "default");
}

static void
test_cells_reject (void)
{
  g_autoptr (PhSnapshot) snapshot = make ((WorldRoute){ .to = "10.0.0.0/8", .type = RTN_PROHIBIT });
  const PhRoute *route = ph_snapshot_record (snapshot, 0);

  assert_cell (route, "gateway", &numeric, "");
  assert_cell (route, "interface", &numeric, "");
  assert_cell (route, "type", &numeric, "prohibit");
  assert_tip (route, "type", "prohibit\nPackets are refused: prohibited by an administrator");
  assert_tip (route, "gateway", "Packets are sent nowhere");
}

static void
test_cells_hops (void)
{
  const WorldHop hops[] = { { "192.0.2.1", 2, 1, 0 }, { NULL, 3, 200, 0 } };
  g_autoptr (PhSnapshot) snapshot = make ((WorldRoute){ .to = "10.0.0.0/8", .hops = hops, .n_hops = 2, .metric = 5 });
  const PhRoute *second = ph_snapshot_record (snapshot, 2);

  assert_cell (ph_snapshot_record (snapshot, 0), "gateway", &numeric, "2 next hops");
  assert_cell (ph_snapshot_record (snapshot, 0), "interface", &numeric, "");
  assert_cell (ph_snapshot_record (snapshot, 0), "weight", &numeric, "");
  assert_cell (second, "destination", &numeric, "↳ 10.0.0.0");
  assert_cell (second, "gateway", &numeric, "0.0.0.0");
  assert_cell (second, "interface", &numeric, "eth3");
  assert_cell (second, "weight", &numeric, "200");
  assert_cell (second, "hop", &numeric, "2");
  assert_cell (second, "metric", &numeric, "5");
  assert_tip (second, "destination",
              "10.0.0.0/8\nEvery address with the same first 8 bits\nNext hop 2 of a route that has several");
}

/* By whatever rows are sorted, hops stay right under their route, the first of them first. */
static void
test_hops_together (void)
{
  const WorldHop near[] = { { "192.0.2.1", 2, 1, 0 }, { NULL, 3, 200, 0 }, { "192.0.2.9", 4, 3, 0 } };
  const WorldHop far[] = { { "192.0.2.3", 5, 9, 0 }, { "192.0.2.2", 2, 1, RTNH_F_DEAD } };
  g_autoptr (World) world = world_new ();
  g_autoptr (PhSnapshot) snapshot = NULL;

  world_add_route (world, (WorldRoute){ .to = "10.0.0.0/8", .hops = near, .n_hops = 3, .metric = 5 });
  world_add_route (world, (WorldRoute){ .to = "10.1.0.0/16", .via = "192.0.2.2", .dev = 2, .metric = 7 });
  world_add_route (world, (WorldRoute){ .to = "10.0.0.0/8", .hops = far, .n_hops = 2, .metric = 6 });
  world_add_route (world, (WorldRoute){ .via = "192.0.2.1", .dev = 3 });
  snapshot = world_collect (world, &ph_route_topic);
  g_assert_cmpuint (ph_snapshot_n_records (snapshot), ==, 9);

  for (guint i = 0; i < 2 * ph_route_schema.n_columns; i++)
    {
      const PhArrangement how = { .keys = { { &ph_route_schema.columns[i / 2], i % 2 } }, .n_keys = 1 };
      const PhFilterContext context = { .style = &numeric };
      const PhRoute *last = NULL;
      guint n;
      g_autofree guint32 *slots = ph_arrange (snapshot, &how, &context, NULL, &n);

      g_assert_cmpuint (n, ==, 9);
      for (guint row = 0; row < n; row++)
        {
          const PhRoute *route = ph_snapshot_at (snapshot, slots[row]);

          if (ph_route_hop (route) > 0)
            {
              g_assert_nonnull (last);
              g_assert_cmpuint (ph_route_hop (route), ==, ph_route_hop (last) + 1);
              g_assert_cmpuint (ph_route_metric (route), ==, ph_route_metric (last));
            }
          last = route;
        }
    }
}

/* Every cell and tip of every column, of whatever was recorded: fit to show, and absent values leave no cell. */
static void
test_recorded (void)
{
  static const char *const captures[] = { "routes4", "routes6", "cached-routes" };

  for (guint i = 0; i < G_N_ELEMENTS (captures); i++)
    {
      gsize length, n, offset = 0;
      g_autofree guint8 *bytes = capture_load (captures[i], &length);
      g_autoptr (World) world = world_new ();
      g_autoptr (PhSnapshot) snapshot = NULL;
      const guint8 *payload;
      PhFrameKind kind;

      while (ph_capture_next (bytes, length, &offset, &kind, &payload, &n))
        if (kind == PH_FRAME_NETLINK)
          g_byte_array_append (world->messages[PH_REQUEST_ROUTES4], payload, (guint) n);
      snapshot = world_collect (world, &ph_route_topic);
      g_assert_cmpuint (ph_snapshot_n_records (snapshot), >, 0);
      for (guint j = 0; j < ph_snapshot_n_records (snapshot); j++)
        for (guint k = 0; k < ph_route_schema.n_columns; k++)
          {
            const PhColumn *column = &ph_route_schema.columns[k];
            const PhRoute *route = ph_snapshot_record (snapshot, j);
            PhValue value = { PH_VALUE_NONE };
            g_autofree char *shown = cell (route, column->id, &plain);
            g_autofree char *story = tip (route, column->id);

            check_text (shown);
            g_assert_true (g_utf8_validate (story, -1, NULL));
            column->value (route, &value);
            g_assert_true (value.kind == PH_VALUE_NONE || value.kind == column->kind);
            g_assert_true ((value.kind == PH_VALUE_NONE) == (ph_column_rank (column, route) == PH_RANK_ABSENT));
            if (value.kind == PH_VALUE_NONE && !(route->n_hops > 0 && strcmp (column->id, "gateway") == 0))
              g_assert_cmpstr (shown, ==, "");
          }
    }
}

/* --- filter --- */

static guint
count (PhSnapshot *snapshot, const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PhFilter) filter = ph_filter_parse (&ph_route_schema, text, NULL, &error);
  const PhColumn *shown[] = { &ph_route_schema.columns[0], &ph_route_schema.columns[1], NULL };
  const PhFilterContext context = { shown, &plain };
  guint found = 0;

  g_assert_no_error (error);
  for (guint i = 0; i < ph_snapshot_n_records (snapshot); i++)
    found += ph_filter_match (filter, &context, ph_snapshot_record (snapshot, i));
  return found;
}

static void
test_filter (void)
{
  static const struct
  {
    const char *text;
    guint found;
  } rows[] = {
    { "", 13 },
    { "is:shown", 8 },
    { "is:main", 10 },
    { "is:main is:unicast", 8 },
    { "is:unicast", 9 },
    { "is:reject", 1 },
    { "is:default", 2 },
    { "is:ipv4", 11 },
    { "is:ipv6", 2 },
    { "is:cached", 1 },
    { "is:host", 3 },
    { "is:gateway", 5 },
    { "is:multipath", 3 },
    { "is:hop", 2 },
    { "is:local", 1 },
    { "is:broadcast", 1 },
    { "is:multicast", 1 },
    { "is:anycast", 0 },
    { "is:dead", 1 },
    { "is:new", 0 },
    { "is:closed", 0 },
    { "is:stale", 0 },
    { "default", 2 },
    { "destination:10.0.0.0/8", 6 },
    { "dest:default", 2 },
    { "gateway:192.0.2.0/24", 3 },
    { "gw:fe80::1", 1 },
    { "via:192.0.2.1", 3 },
    { "mask:255.0.0.0", 4 },
    { "prefix_length:8", 4 },
    { "prefix:>31", 4 },
    { "flags:UG", 6 },
    { "iface:eth3", 3 },
    { "dev:eth2", 4 },
    { "metric:>=100", 1 },
    { "table:web", 1 },
    { "table:100", 1 },
    { "table:main,local", 12 },
    { "table:254", 10 },
    { "table:10", 0 },
    { "proto:zebra", 1 },
    { "protocol:11", 1 },
    { "scope:link", 1 },
    { "type:blackhole", 0 },
    { "type:prohibit", 1 },
    { "source:192.0.2.7", 1 },
    { "src:192.0.0.0/16", 1 },
    { "addr:192.0.2.0/24", 6 },
    { "expires:>60", 1 },
    { "family:inet6", 2 },
    { "family:ipv4", 11 },
    { "weight:>0", 2 },
    { "hop:2", 1 },
    { "mtu:1400", 1 },
    { "status:linkdown", 1 },
    { "-is:ipv6 -is:hop", 9 },
  };
  const WorldHop hops[] = { { "192.0.2.1", 2, 1, 0 }, { NULL, 3, 200, RTNH_F_LINKDOWN } };
  g_autoptr (World) world = world_new ();
  g_autoptr (PhSnapshot) snapshot = NULL;

  world->text[PH_REQUEST_ROUTE_TABLES] = g_string_new ("100\tweb\n");
  world_add_route (world, (WorldRoute){ .via = "192.0.2.1", .dev = 2, .metric = 100, .protocol = RTPROT_ZEBRA });
  world_add_route (world, (WorldRoute){ .to = "192.0.2.0/24", .dev = 2, .src = "192.0.2.7", .scope = RT_SCOPE_LINK });
  world_add_route (world, (WorldRoute){ .to = "10.0.0.0/8", .hops = hops, .n_hops = 2 });
  world_add_route (world, (WorldRoute){ .to = "10.1.0.0/16", .type = RTN_PROHIBIT });
  world_add_route (world, (WorldRoute){ .to = "10.2.0.0/16", .via = "198.51.100.1", .dev = 3, .table = 100 });
  world_add_route (world, (WorldRoute){ .to = "192.0.2.1/32", .dev = 2, .table = 255, .type = RTN_LOCAL });
  world_add_route (world, (WorldRoute){ .to = "192.0.2.255/32", .dev = 4, .table = 255, .type = RTN_BROADCAST });
  world_add_route (world, (WorldRoute){ .to = "239.0.0.0/8", .dev = 4, .type = RTN_MULTICAST });
  world_add_route (
      world, (WorldRoute){ .to = "10.9.9.9/32", .via = "192.0.2.1", .dev = 4, .flags = RTM_F_CLONED, .mtu = 1400 });
  world_add_route (world, (WorldRoute){ .ipv6 = TRUE, .via = "fe80::1", .dev = 4 });
  world_add_route (world, (WorldRoute){ .to = "2001:db8::/32", .dev = 3, .expires = 10000 });
  snapshot = world_collect (world, &ph_route_topic);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      guint found = count (snapshot, rows[i].text);

      g_test_message ("%s: %u", rows[i].text, found);
      g_assert_cmpuint (found, ==, rows[i].found);
    }
}

/* --- names of tables and protocols --- */

static void
test_names (void)
{
  static const char hostile[] = "# comment\n\n100 web\n0x65 hex # more\n0xfffffffe last\n 102\tblanks \n"
                                "103\n-1 minus\n4294967296 large\nname 104\n105name\n106 #\n107 a\033[2Jb\n"
                                "108 \xff\xfe\n254 haupt\n100 web2\n109 x";
  static const struct
  {
    guint32 table;
    const char *name;
  } rows[] = {
    { 0, "0" },
    { 100, "web2" },
    { 101, "hex" },
    { 0xfffffffe, "last" },
    { 102, "blanks" },
    { 103, "103" },
    { 104, "104" },
    { 105, "105" },
    { 106, "106" },
    { 107, "a\\x1B[2Jb" },
    { 253, "default" },
    { 254, "haupt" },
    { 255, "local" },
    { 108, "\\xFF\\xFE" },
    { 109, "x" },
    { 70000, "70000" },
    { 0xffffffff, "4294967295" },
  };
  g_autoptr (World) world = world_new ();
  g_autoptr (PhSnapshot) snapshot = NULL;

  world->text[PH_REQUEST_ROUTE_TABLES] = g_string_new_len (hostile, sizeof hostile - 1);
  world->text[PH_REQUEST_ROUTE_PROTOCOLS] = g_string_new ("256 toolarge\n250 mine\n4 fest\n");
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *to = g_strdup_printf ("10.0.0.%u/32", i);

      /* Table 0 says that RTA_TABLE tells it, so it is given as is. */
      world_add_route (world, (WorldRoute){ .to = to, .dev = 2, .table = rows[i].table, .protocol = 250 });
    }
  snapshot = world_collect (world, &ph_route_topic);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const PhRoute *route = ph_snapshot_record (snapshot, i);

      if (rows[i].table == 0)
        continue;
      g_assert_cmpuint (ph_route_table (route), ==, rows[i].table);
      g_assert_cmpstr (route->table_name, ==, rows[i].name);
      g_assert_cmpstr (route->protocol_name, ==, "mine");
      check_text (route->table_name);
    }
}

/* Asked at most once a minute, and what is gone from the file is forgotten. */
static void
test_names_fresh (void)
{
  g_autoptr (World) world = world_new ();
  g_autoptr (PhCollector) collector = ph_collector_new (&ph_route_topic);

  world->text[PH_REQUEST_ROUTE_TABLES] = g_string_new ("100 web\n");
  world_add_route (world, (WorldRoute){ .to = "10.0.0.0/8", .dev = 2, .table = 100, .protocol = 99 });
  for (guint i = 0; i < 130; i++)
    {
      g_autoptr (PhSnapshot) snapshot = world_look (world, collector);
      const PhRoute *route = ph_snapshot_record (snapshot, 0);

      g_assert_cmpstr (route->table_name, ==, i < 60 ? "web" : i < 120 ? "shop" : "100");
      g_assert_cmpstr (route->protocol_name, ==, "openr");
      if (i == 30)
        g_string_assign (world->text[PH_REQUEST_ROUTE_TABLES], "100 shop\n");
      if (i == 90)
        g_string_assign (world->text[PH_REQUEST_ROUTE_TABLES], "");
      world->time_us += G_USEC_PER_SEC;
    }
  g_assert_cmpuint (world->n_asked[PH_REQUEST_ROUTE_TABLES], ==, 3);
  g_assert_cmpuint (world->n_asked[PH_REQUEST_ROUTE_PROTOCOLS], ==, 3);
  g_assert_cmpuint (world->n_asked[PH_REQUEST_LINKS], ==, 3);
}

static void
test_numbers (void)
{
  g_assert_cmpstr (ph_number_text (0), ==, "0");
  g_assert_cmpstr (ph_number_text (255), ==, "255");
  g_assert_cmpstr (ph_route_type_name (RTN_THROW), ==, "throw");
  g_assert_cmpstr (ph_route_type_name (200), ==, "200");
  g_assert_cmpstr (ph_route_scope_name (RT_SCOPE_SITE), ==, "site");
  g_assert_cmpstr (ph_route_scope_name (100), ==, "100");
}

static void
test_mask (void)
{
  for (guint length = 0; length <= 128; length++)
    {
      PhAddress mask;
      guint bits = 0;

      ph_route_mask (PH_FAMILY_IPV6, length, &mask);
      for (guint i = 0; i < 128; i++)
        {
          gboolean set = (mask.bytes[i / 8] >> (7 - i % 8) & 1) != 0;

          g_assert_true (set == (i < length));
          bits += set;
        }
      g_assert_cmpuint (bits, ==, length);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/route-columns/flags", test_flags);
  g_test_add_func ("/route-columns/all-letters", test_all_letters);
  g_test_add_func ("/route-columns/flags-hops", test_flags_hops);
  g_test_add_func ("/route-columns/netstat", test_netstat_columns);
  g_test_add_func ("/route-columns/cells", test_cells);
  g_test_add_func ("/route-columns/cells-ipv6", test_cells_ipv6);
  g_test_add_func ("/route-columns/cells-reject", test_cells_reject);
  g_test_add_func ("/route-columns/cells-hops", test_cells_hops);
  g_test_add_func ("/route-columns/hops-together", test_hops_together);
  g_test_add_func ("/route-columns/recorded", test_recorded);
  g_test_add_func ("/route-columns/filter", test_filter);
  g_test_add_func ("/route-columns/names", test_names);
  g_test_add_func ("/route-columns/names-fresh", test_names_fresh);
  g_test_add_func ("/route-columns/numbers", test_numbers);
  g_test_add_func ("/route-columns/mask", test_mask);
  return g_test_run ();
}
