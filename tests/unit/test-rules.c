/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rules: recorded ones, made ones, their columns and filter, and messages spoilt in every way. */
#include "route-world.h"

#include "ph-filter.h"
#include "ph-rule-decode.h"

static const PhStyle numeric = { .numeric = TRUE };

static const PhRule *
find (PhSnapshot *snapshot, guint32 priority)
{
  for (guint i = 0; i < ph_snapshot_n_records (snapshot); i++)
    {
      const PhRule *rule = ph_snapshot_record (snapshot, i);

      if (ph_rule_priority (rule) == priority)
        return rule;
    }
  g_error ("no rule %u", priority);
}

static void
assert_cell (const PhRule *rule, const char *id, const char *expected)
{
  g_autoptr (GString) text = g_string_new (NULL);

  ph_column_format (ph_schema_find_column (&ph_rule_schema, id), rule, &numeric, text);
  g_assert_cmpstr (text->str, ==, expected);
}

/* A capture, as the answer to the question about IPv4. */
static PhSnapshot *
collect_capture (const char *name)
{
  gsize length, n, offset = 0;
  g_autofree guint8 *bytes = capture_load (name, &length);
  g_autoptr (World) world = world_new ();
  const guint8 *payload;
  PhFrameKind kind;
  PhSnapshot *snapshot;

  while (ph_capture_next (bytes, length, &offset, &kind, &payload, &n))
    if (kind == PH_FRAME_NETLINK)
      g_byte_array_append (world->messages[PH_REQUEST_RULES4], payload, (guint) n);
  snapshot = world_collect (world, &ph_rule_topic);
  g_assert_cmpuint (ph_snapshot_look (snapshot, PH_REQUEST_RULES4)->malformed, ==, 0);
  return snapshot;
}

/* The selectors are what "ip -d rule" has printed for the same rules. */
static void
test_recorded (void)
{
  static const struct
  {
    guint32 priority;
    const char *selector, *action, *table;
  } rows[] = {
    { 0, "from all", "lookup", "local" },
    { 100, "from 192.0.2.0/24", "lookup", "100" },
    { 101, "not from 192.0.2.0/24 to 10.0.0.0/8 tos 0x10 fwmark 0x10/0xf0", "lookup", "100" },
    { 102, "from all iif test0 oif test4 uidrange 0-0 ipproto tcp sport 1000-2000 dport 443", "lookup", "70000" },
    { 103, "from all to 10.66.0.0/16", "blackhole", NULL },
    { 104, "from all to 10.67.0.0/16", "unreachable", NULL },
    { 105, "from all to 10.68.0.0/16", "prohibit", NULL },
    { 106, "from all fwmark 0x7", "goto", NULL },
    { 107, "from all", "goto", NULL },
    { 108, "from all", "nop", NULL },
    { 109, "from all iif gone0", "lookup", "main" },
    { 110, "from all tun_id 77", "lookup", "100" },
    { 111, "from all", "lookup", "[l3mdev-table]" },
    { 32766, "from all", "lookup", "main" },
    { 32767, "from all", "lookup", "default" },
  };
  g_autoptr (PhSnapshot) snapshot = collect_capture ("rules4");

  g_assert_cmpuint (ph_snapshot_n_records (snapshot), ==, G_N_ELEMENTS (rows));
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const PhRule *rule = ph_snapshot_record (snapshot, i); /* in the order in which they are gone through */

      g_assert_cmpuint (ph_rule_priority (rule), ==, rows[i].priority);
      g_assert_cmpstr (rule->selector, ==, rows[i].selector);
      g_assert_cmpstr (ph_rule_action_name (rule->key.action), ==, rows[i].action);
      g_assert_cmpstr (rule->table_name, ==, rows[i].table);
      g_assert_true (ph_snapshot_find (snapshot, &rule->key) == rule);
    }

  assert_cell (find (snapshot, 101), "suppress_prefixlength", "0");
  assert_cell (find (snapshot, 100), "suppress_prefixlength", "");
  assert_cell (find (snapshot, 101), "fwmark", "0x10");
  assert_cell (find (snapshot, 101), "fwmask", "0xf0");
  assert_cell (find (snapshot, 101), "tos", "0x10");
  assert_cell (find (snapshot, 106), "goto", "32766");
  assert_cell (find (snapshot, 107), "status", "unresolved");
  assert_cell (find (snapshot, 109), "status", "iif detached");
  assert_cell (find (snapshot, 109), "suppress_ifgroup", "5");
  assert_cell (find (snapshot, 109), "protocol", "static");
  assert_cell (find (snapshot, 110), "realms", "3/4");
  assert_cell (find (snapshot, 102), "iif", "test0");
  assert_cell (find (snapshot, 102), "sport", "1000-2000");
  assert_cell (find (snapshot, 102), "ipproto", "6");
  g_assert_true (ph_rule_is (find (snapshot, 0), PH_RULE_IS_BUILTIN));
  g_assert_false (ph_rule_is (find (snapshot, 109), PH_RULE_IS_BUILTIN));
}

static void
test_recorded_ipv6 (void)
{
  g_autoptr (PhSnapshot) snapshot = collect_capture ("rules6");

  g_assert_cmpstr (find (snapshot, 200)->selector, ==, "from 2001:db8::/32");
  g_assert_cmpstr (find (snapshot, 201)->selector, ==, "from all to 2001:db8:68::/48 fwmark 0xffffffff");
  g_assert_cmpstr (find (snapshot, 202)->selector, ==, "from all oif test4 ipproto udp dport 53");
  g_assert_true (ph_rule_is (find (snapshot, 200), PH_RULE_IS_IPV6));
}

/* By priority first, whatever else; the same twice is two rows. */
static void
test_keys (void)
{
  g_autoptr (World) world = world_new ();
  g_autoptr (PhSnapshot) snapshot = NULL;

  world_add_rule (world, (WorldRule){ .priority = 1, .from = "192.0.2.1", .table = 9 });
  world_add_rule (world, (WorldRule){ .priority = 255, .table = 1 });
  world_add_rule (world, (WorldRule){ .priority = 256, .action = FR_ACT_PROHIBIT });
  world_add_rule (world, (WorldRule){ .priority = 256, .action = FR_ACT_PROHIBIT });
  world_add_rule (world, (WorldRule){ .priority = 70000, .table = 1 });
  snapshot = world_collect (world, &ph_rule_topic);
  g_assert_cmpuint (ph_snapshot_n_records (snapshot), ==, 5);
  for (guint i = 1; i < 5; i++)
    {
      const PhRule *before = ph_snapshot_record (snapshot, i - 1);
      const PhRule *rule = ph_snapshot_record (snapshot, i);

      if (i != 3)
        g_assert_cmpint (memcmp (&before->key, &rule->key, sizeof rule->key), <, 0);
      else
        g_assert_cmpuint (rule->key.nth, ==, 1);
    }
}

/* What newer kernels tell. */
static void
test_new_selectors (void)
{
  const guint8 dscp = 46, dscp_mask = 0x3f;
  const guint32 label = GUINT32_TO_BE (0x12345), label_mask = GUINT32_TO_BE (0xfffff);
  const struct fib_rule_port_range ports = { 0x100, 0x100 };
  const guint16 ports_mask = 0xff00;
  g_autoptr (PhArena) arena = ph_arena_new ();
  Message message;
  PhRule rule = { 0 };

  world_rule_message (&message, &(WorldRule){ .table = 254, .ipv6 = TRUE });
  message_put (&message, 25, &dscp, sizeof dscp);
  message_put (&message, 30, &dscp_mask, sizeof dscp_mask);
  message_put (&message, 26, &label, sizeof label);
  message_put (&message, 27, &label_mask, sizeof label_mask);
  message_put (&message, FRA_SPORT_RANGE, &ports, sizeof ports);
  message_put (&message, 28, &ports_mask, sizeof ports_mask);
  g_assert_true (ph_decode_rule (&message.header, arena, &rule));
  g_assert_cmpstr (rule.selector, ==, "from all sport 256/0xff00 dscp 46 flowlabel 0x12345/0xfffff");
}

static void
test_closed (void)
{
  g_autoptr (World) world = world_new ();
  g_autoptr (PhCollector) collector = ph_collector_new (&ph_rule_topic);
  g_autoptr (PhSnapshot) first = NULL;
  g_autoptr (PhSnapshot) second = NULL;
  const PhRule *rule;

  world_add_rule (world, (WorldRule){ .priority = 5,
                                      .from = "10.0.0.0/8",
                                      .iif = "eth2",
                                      .oif = "eth3",
                                      .dport = 80,
                                      .has_uids = TRUE,
                                      .table = 300 });
  first = world_look (world, collector);
  world_forget (world, PH_REQUEST_RULES4);
  world->time_us += G_USEC_PER_SEC;
  second = world_look (world, collector);
  g_clear_pointer (&first, ph_snapshot_unref);
  g_clear_pointer (&collector, ph_collector_free);
  rule = ph_snapshot_record (second, 0);
  g_assert_true (ph_rule_is (rule, PH_RULE_IS_CLOSED));
  g_assert_cmpstr (rule->selector, ==, "from 10.0.0.0/8 iif eth2 oif eth3 uidrange 0-0 dport 80");
  assert_cell (rule, "table", "300");
  assert_cell (rule, "from", "10.0.0.0/8");
  assert_cell (rule, "to", "all");
}

static void
test_filter (void)
{
  static const struct
  {
    const char *text;
    guint found;
  } rows[] = {
    { "", 5 },
    { "is:builtin", 2 },
    { "is:lookup", 4 },
    { "is:reject", 1 },
    { "is:ipv6", 1 },
    { "priority:<100", 3 },
    { "prio:32766", 1 },
    { "from:10.0.0.0/8", 1 },
    { "src:10.0.0.0/7", 1 },
    { "from:all", 4 },
    { "to:10.3.0.0/16", 1 },
    { "dst:all", 4 },
    { "table:main", 1 },
    { "table:254", 1 },
    { "table:web", 2 },
    { "mark:16", 1 },
    { "iface:eth2", 1 },
    { "dev:eth", 1 },
    { "action:prohibit", 1 },
    { "family:inet6", 1 },
    { "fwmark", 1 },
    { "selector:\"from all\"", 4 },
  };
  g_autoptr (World) world = world_new ();
  g_autoptr (PhSnapshot) snapshot = NULL;
  const PhColumn *shown[] = { ph_schema_find_column (&ph_rule_schema, "selector"), NULL };
  const PhFilterContext context = { shown, &numeric };

  world->text[PH_REQUEST_ROUTE_TABLES] = g_string_new ("100 web\n");
  world_add_rule (world, (WorldRule){ .priority = 0, .table = 255 });
  world_add_rule (world, (WorldRule){ .priority = 10, .from = "10.0.0.0/8", .iif = "eth2", .table = 100 });
  world_add_rule (world, (WorldRule){ .priority = 11, .to = "10.3.0.0/16", .action = FR_ACT_PROHIBIT });
  world_add_rule (world, (WorldRule){ .priority = 32766, .table = 254 });
  world_add_rule (world, (WorldRule){ .priority = 500, .mark = 16, .mask = 0xff, .table = 100, .ipv6 = TRUE });
  snapshot = world_collect (world, &ph_rule_topic);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (PhFilter) filter = ph_filter_parse (&ph_rule_schema, rows[i].text, NULL, &error);
      guint found = 0;

      g_assert_no_error (error);
      for (guint j = 0; j < ph_snapshot_n_records (snapshot); j++)
        found += ph_filter_match (filter, &context, ph_snapshot_record (snapshot, j));
      g_test_message ("%s: %u", rows[i].text, found);
      g_assert_cmpuint (found, ==, rows[i].found);
    }
}

/* Every cell and tip is fit to show, and an absent value leaves no cell. */
static void
test_columns (void)
{
  g_autoptr (PhSnapshot) snapshot = collect_capture ("rules4");

  for (guint i = 0; i < ph_snapshot_n_records (snapshot); i++)
    for (guint j = 0; j < ph_rule_schema.n_columns; j++)
      {
        const PhColumn *column = &ph_rule_schema.columns[j];
        const PhRule *rule = ph_snapshot_record (snapshot, i);
        g_autoptr (GString) cell = g_string_new (NULL);
        g_autoptr (GString) tip = g_string_new (NULL);
        PhValue value = { PH_VALUE_NONE };

        ph_column_format (column, rule, &numeric, cell);
        ph_column_explain (column, rule, &numeric, tip);
        column->value (rule, &value);
        check_text (cell->str);
        g_assert_true (value.kind == PH_VALUE_NONE || value.kind == column->kind);
        g_assert_true ((value.kind == PH_VALUE_NONE) == (ph_column_rank (column, rule) == PH_RANK_ABSENT));
        g_assert_true ((value.kind == PH_VALUE_NONE) == (cell->len == 0));
      }
}

/* --- hostile --- */

static gboolean
understand (const struct nlmsghdr *message, PhArena *arena)
{
  PhRule rule = { 0 };

  if (!ph_decode_rule (message, arena, &rule))
    return FALSE;
  check_text (rule.selector);
  check_text (rule.iif);
  check_text (rule.oif);
  check_text (rule.from);
  check_text (rule.to);
  return TRUE;
}

static void
test_spoilt (void)
{
  static const char *const captures[] = { "rules4", "rules6" };

  for (guint i = 0; i < G_N_ELEMENTS (captures); i++)
    {
      g_autoptr (GPtrArray) messages = capture_messages (captures[i]);

      for (guint j = 0; j < messages->len; j++)
        spoil (understand, g_ptr_array_index (messages, j), sizeof (struct fib_rule_hdr));
    }
}

static void
test_refused (void)
{
  g_autoptr (PhArena) arena = ph_arena_new ();
  Message message;
  struct fib_rule_hdr *header;
  PhRule rule = { 0 };

  world_rule_message (&message, &(WorldRule){ .from = "10.0.0.0/8", .iif = "a\033[2Jb", .table = 254 });
  g_assert_true (ph_decode_rule (&message.header, arena, &rule));
  g_assert_cmpstr (rule.selector, ==, "from 10.0.0.0/8 iif a\\x1B[2Jb");
  header = mnl_nlmsg_get_payload (&message.header);
  header->src_len = 33;
  g_assert_false (understand (&message.header, arena));
  header->src_len = 8;
  header->dst_len = 8; /* of what? */
  g_assert_false (understand (&message.header, arena));
  header->dst_len = 0;
  header->family = AF_INET6;
  g_assert_false (understand (&message.header, arena));
  header->family = AF_INET;
  message.header.nlmsg_type = RTM_DELRULE;
  g_assert_false (understand (&message.header, arena));

  world_rule_message (&message, &(WorldRule){ .iif = "0123456789abcdef", .table = 254 });
  g_assert_false (understand (&message.header, arena));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rules/recorded", test_recorded);
  g_test_add_func ("/rules/recorded-ipv6", test_recorded_ipv6);
  g_test_add_func ("/rules/keys", test_keys);
  g_test_add_func ("/rules/new-selectors", test_new_selectors);
  g_test_add_func ("/rules/closed", test_closed);
  g_test_add_func ("/rules/filter", test_filter);
  g_test_add_func ("/rules/columns", test_columns);
  g_test_add_func ("/rules/spoilt", test_spoilt);
  g_test_add_func ("/rules/refused", test_refused);
  return g_test_run ();
}
