/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The Rules table's columns, in the order of ip-rule(8), its filter fields, and the schema that they are part of. */
#include <linux/fib_rules.h>

#include "ph-facet-fields.h"
#include "ph-i18n.h"
#include "ph-ip-fields.h"
#include "ph-print.h"
#include "ph-rule.h"
#include "ph-snapshot.h"

#define TEXT_COLUMN   .align = PH_ALIGN_START, .kind = PH_VALUE_TEXT
#define NUMBER_COLUMN .align = PH_ALIGN_END, .kind = PH_VALUE_UINT
#define SHOWN         PH_COLUMN_SHOWN
#define EXACT         PH_COLUMN_RANK_EXACT
#define OPTIONAL      .is_none = ph_column_absent_is_none

/* --- values --- */

/* Defines value_NAME(), a text of the record or NULL, or a number that is absent where @known is false. */
#define TEXT_VALUE(name, text)                                                                                         \
  static void value_##name (gconstpointer record, PhValue *value)                                                      \
  {                                                                                                                    \
    const PhRule *rule = record;                                                                                       \
                                                                                                                       \
    ph_value_set_text (value, (text));                                                                                 \
  }
#define NUMBER_VALUE(name, number, known)                                                                              \
  static void value_##name (gconstpointer record, PhValue *value)                                                      \
  {                                                                                                                    \
    const PhRule *rule = record;                                                                                       \
                                                                                                                       \
    if (known)                                                                                                         \
      ph_value_set_uint (value, (number));                                                                             \
  }

TEXT_VALUE (family, rule->key.family == PH_FAMILY_IPV6 ? "inet6" : "inet")
TEXT_VALUE (selector, rule->selector)
TEXT_VALUE (action, ph_rule_action_name (rule->key.action))
TEXT_VALUE (table, rule->table_name)
TEXT_VALUE (from, rule->from)
TEXT_VALUE (to, rule->to)
TEXT_VALUE (iif, rule->iif)
TEXT_VALUE (oif, rule->oif)
TEXT_VALUE (uids, rule->uids)
TEXT_VALUE (sport, rule->sport)
TEXT_VALUE (dport, rule->dport)
TEXT_VALUE (realms, rule->realms)
TEXT_VALUE (protocol, rule->protocol_name)
NUMBER_VALUE (priority, ph_rule_priority (rule), TRUE)
NUMBER_VALUE (target, rule->key.target, rule->key.action == FR_ACT_GOTO)
NUMBER_VALUE (tos, rule->key.tos, rule->key.tos != 0)
NUMBER_VALUE (mark, rule->key.mark, rule->key.mask != 0)
NUMBER_VALUE (mask, rule->key.mask, rule->key.mask != 0)
NUMBER_VALUE (ip_protocol, rule->key.ip_protocol, rule->key.ip_protocol != 0)
NUMBER_VALUE (tunnel, rule->key.tunnel, rule->key.tunnel != 0)
NUMBER_VALUE (suppress_prefix,
              rule->key.suppress_prefix_length,
              rule->key.suppress_prefix_length != PH_RULE_NO_SUPPRESS)
NUMBER_VALUE (suppress_group, rule->key.suppress_group, rule->key.suppress_group != PH_RULE_NO_SUPPRESS)

static guint64
rank_table (gconstpointer record)
{
  const PhRule *rule = record;

  return rule->table_name ? rule->key.table : PH_RANK_ABSENT;
}

static void
value_invert (gconstpointer record, PhValue *value)
{
  ph_value_set_bool (value, ((const PhRule *) record)->key.invert);
}

static void
value_l3mdev (gconstpointer record, PhValue *value)
{
  ph_value_set_bool (value, ((const PhRule *) record)->key.l3mdev);
}

static const char *const statuses[] = { NULL,
                                        "unresolved",
                                        "iif detached",
                                        "unresolved, iif detached",
                                        "oif detached",
                                        "unresolved, oif detached",
                                        "iif detached, oif detached",
                                        "unresolved, iif detached, oif detached" };

static guint
status_of (const PhRule *rule)
{
  return ((rule->flags & FIB_RULE_UNRESOLVED) != 0) | ((rule->flags & FIB_RULE_IIF_DETACHED) != 0) << 1
         | ((rule->flags & FIB_RULE_OIF_DETACHED) != 0) << 2;
}

static void
value_status (gconstpointer record, PhValue *value)
{
  ph_value_set_text (value, statuses[status_of (record)]);
}

/* --- cells --- */

static void
format_hex (gboolean known, guint32 number, GString *text)
{
  if (known)
    ph_print_hex (text, number);
}

static void
format_mark (gconstpointer record, const PhStyle *style, GString *text)
{
  const PhRule *rule = record;

  format_hex (rule->key.mask != 0, rule->key.mark, text);
}

static void
format_mask (gconstpointer record, const PhStyle *style, GString *text)
{
  const PhRule *rule = record;

  format_hex (rule->key.mask != 0, rule->key.mask, text);
}

static void
format_tos (gconstpointer record, const PhStyle *style, GString *text)
{
  const PhRule *rule = record;

  format_hex (rule->key.tos != 0, rule->key.tos, text);
}

static void
append_line (GString *text, const char *line)
{
  if (text->len > 0)
    g_string_append_c (text, '\n');
  g_string_append (text, line);
}

static void
explain_action (gconstpointer record, const PhStyle *style, GString *text)
{
  static const char *const sentences[] = {
    [FR_ACT_TO_TBL] = N_ ("A route is looked for in the table; without one the next rule counts"),
    [FR_ACT_GOTO] = N_ ("Goes on with a later rule"),
    [FR_ACT_NOP] = N_ ("Does nothing"),
    [FR_ACT_BLACKHOLE] = N_ ("Packets are thrown away without a word"),
    [FR_ACT_UNREACHABLE] = N_ ("Packets are refused: network unreachable"),
    [FR_ACT_PROHIBIT] = N_ ("Packets are refused: prohibited by an administrator"),
  };
  const PhRule *rule = record;
  const PhRuleKey *key = &rule->key;

  g_string_append (text, ph_rule_action_name (key->action));
  if (rule->table_name)
    g_string_append_printf (text, " %s", rule->table_name);
  if (key->action == FR_ACT_GOTO)
    g_string_append_printf (text, " %u", key->target);
  if (key->action < G_N_ELEMENTS (sentences) && sentences[key->action])
    append_line (text, _ (sentences[key->action]));
  if (key->suppress_prefix_length != PH_RULE_NO_SUPPRESS)
    {
      g_string_append_c (text, '\n');
      g_string_append_printf (text, _ ("Takes no route with a prefix length of %u or less"),
                              key->suppress_prefix_length);
    }
  if (key->suppress_group != PH_RULE_NO_SUPPRESS)
    {
      g_string_append_c (text, '\n');
      g_string_append_printf (text, _ ("Takes no route through an interface of group %u"), key->suppress_group);
    }
}

static void
explain_status (gconstpointer record, const PhStyle *style, GString *text)
{
  const PhRule *rule = record;

  if (rule->flags & FIB_RULE_UNRESOLVED)
    append_line (text, _ ("The rule that it goes on with does not exist"));
  if (rule->flags & (FIB_RULE_IIF_DETACHED | FIB_RULE_OIF_DETACHED))
    append_line (text, _ ("Its network interface does not exist now"));
  if (text->len == 0)
    g_string_append (text, _ ("Nothing special"));
}

/* clang-format off */
static const PhColumn columns[] = {
  { "priority", N_ ("Priority"), N_ ("Rules are gone through from the smallest number to the largest"),
    NUMBER_COLUMN, .width = 8, .flags = SHOWN | EXACT, .value = value_priority },
  { "family", N_ ("Family"), N_ ("Address family: inet, inet6"),
    TEXT_COLUMN, .width = 7, .flags = SHOWN, .value = value_family },
  { "selector", N_ ("Selector"), N_ ("Packets that the rule is for, as ip rule writes it"),
    TEXT_COLUMN, .width = 32, .flags = SHOWN | PH_COLUMN_EXPAND, .value = value_selector },
  { "action", N_ ("Action"), N_ ("What is done: lookup in a table, goto, blackhole, unreachable, prohibit"),
    TEXT_COLUMN, .width = 11, .flags = SHOWN, .value = value_action, .explain = explain_action },
  { "table", N_ ("Table"), N_ ("Routing table that is looked into"),
    TEXT_COLUMN, .width = 10, .flags = SHOWN | EXACT, OPTIONAL, .value = value_table, .explain = explain_action,
    .rank = rank_table },
  { "protocol", N_ ("Protocol"), N_ ("Who has installed the rule: kernel, static…"),
    TEXT_COLUMN, .width = 9, .flags = SHOWN, .value = value_protocol },
  { "goto", N_ ("Goto"), N_ ("Priority of the rule to go on with"),
    NUMBER_COLUMN, .width = 8, .flags = EXACT, OPTIONAL, .value = value_target },
  { "from", N_ ("From"), N_ ("Network that the sender must be of"),
    TEXT_COLUMN, .width = 18, .value = value_from },
  { "to", N_ ("To"), N_ ("Network that the destination must be of"),
    TEXT_COLUMN, .width = 18, .value = value_to },
  { "not", N_ ("Not"), N_ ("For packets that the selector does not fit"),
    .align = PH_ALIGN_START, .kind = PH_VALUE_BOOL, .width = 6, .flags = EXACT, .value = value_invert },
  { "tos", N_ ("ToS"), N_ ("Type of service that packets must have"),
    NUMBER_COLUMN, .width = 6, .flags = EXACT, OPTIONAL, .value = value_tos, .format = format_tos },
  { "fwmark", N_ ("Mark"), N_ ("Firewall mark that packets must have"),
    NUMBER_COLUMN, .width = 10, .flags = EXACT, OPTIONAL, .value = value_mark, .format = format_mark },
  { "fwmask", N_ ("Mask"), N_ ("Which bits of the mark count"),
    NUMBER_COLUMN, .width = 10, .flags = EXACT, OPTIONAL, .value = value_mask, .format = format_mask },
  { "iif", N_ ("Incoming"), N_ ("Network interface that packets must come in by; lo: made here"),
    TEXT_COLUMN, .width = 10, OPTIONAL, .value = value_iif },
  { "oif", N_ ("Outgoing"), N_ ("Network interface that the sending socket must be bound to"),
    TEXT_COLUMN, .width = 10, OPTIONAL, .value = value_oif },
  { "l3mdev", N_ ("VRF"), N_ ("The table is that of the VRF which the packet comes from or goes to"),
    .align = PH_ALIGN_START, .kind = PH_VALUE_BOOL, .width = 6, .flags = EXACT, .value = value_l3mdev },
  { "uidrange", N_ ("UIDs"), N_ ("Users whose packets the rule is for"),
    TEXT_COLUMN, .width = 12, OPTIONAL, .value = value_uids },
  { "ipproto", N_ ("IP Protocol"), N_ ("Number of the protocol above IP: 6 TCP, 17 UDP"),
    NUMBER_COLUMN, .width = 6, .flags = EXACT, OPTIONAL, .value = value_ip_protocol },
  { "sport", N_ ("Source Port"), N_ ("Ports that packets must come from"),
    TEXT_COLUMN, .width = 12, OPTIONAL, .value = value_sport },
  { "dport", N_ ("Destination Port"), N_ ("Ports that packets must be for"),
    TEXT_COLUMN, .width = 12, OPTIONAL, .value = value_dport },
  { "tun_id", N_ ("Tunnel"), N_ ("Tunnel that packets must come out of"),
    NUMBER_COLUMN, .width = 8, .flags = EXACT, OPTIONAL, .value = value_tunnel },
  { "realms", N_ ("Realms"), N_ ("Realms that packets are counted in"),
    TEXT_COLUMN, .width = 8, OPTIONAL, .value = value_realms },
  { "suppress_prefixlength", N_ ("Suppressed Prefix"), N_ ("Takes no route whose prefix is this long or shorter"),
    NUMBER_COLUMN, .width = 8, .flags = EXACT, OPTIONAL, .value = value_suppress_prefix },
  { "suppress_ifgroup", N_ ("Suppressed Group"), N_ ("Takes no route through an interface of this group"),
    NUMBER_COLUMN, .width = 8, .flags = EXACT, OPTIONAL, .value = value_suppress_group },
  { "status", N_ ("Status"), N_ ("Whether what it names exists: unresolved, iif detached, oif detached"),
    TEXT_COLUMN, .width = 14, OPTIONAL, .value = value_status, .explain = explain_status },
};
/* clang-format on */

static const char *const words[] = { "ipv4", "ipv6", "lookup", "reject", "builtin", "new", "closed", "stale", NULL };
G_STATIC_ASSERT (G_N_ELEMENTS (words) == PH_RULE_IS_STALE + 2);

static gboolean
is (gconstpointer record, guint word)
{
  return ph_rule_is (record, word);
}

/* --- filter fields --- */

static gboolean
is_family (gconstpointer record, guint word)
{
  return ph_ip_family_is (((const PhRule *) record)->key.family, word);
}

static gboolean
nth_table (gconstpointer record, guint n, PhValue *value)
{
  const PhRule *rule = record;

  return rule->table_name && ph_nth_number_or_name (rule->key.table, rule->table_name, n, value);
}

/* A network is found by an address notation of any kind, and "all" by the word. */
static gboolean
nth_network (const PhAddress *network, const char *shown, guint n, PhValue *value)
{
  if (n == 0)
    ph_value_set_text (value, shown);
  else if (n == 1 && network->family != PH_FAMILY_NONE)
    ph_value_set_address (value, network);
  else
    return FALSE;
  return TRUE;
}

static gboolean
nth_from (gconstpointer record, guint n, PhValue *value)
{
  const PhRule *rule = record;

  return nth_network (&rule->key.from, rule->from, n, value);
}

static gboolean
nth_to (gconstpointer record, guint n, PhValue *value)
{
  const PhRule *rule = record;

  return nth_network (&rule->key.to, rule->to, n, value);
}

static const PhFilterField fields[] = {
  { "pref", .columns = { "priority" } },
  { "prio", .columns = { "priority" } },
  { "mark", .columns = { "fwmark" } },
  { "iface", .columns = { "iif", "oif" }, .help = N_ ("Network interface of either side") },
  { "dev", .columns = { "iif", "oif" } },
  { "proto", .columns = { "protocol" } },
  { "src", .nth = nth_from, .kind = PH_VALUE_TEXT },
  { "from", .nth = nth_from, .kind = PH_VALUE_TEXT },
  { "dst", .nth = nth_to, .kind = PH_VALUE_TEXT },
  { "to", .nth = nth_to, .kind = PH_VALUE_TEXT },
  { "table", .nth = nth_table, .kind = PH_VALUE_TEXT },
  { "family", .words = ph_ip_family_words, .is = is_family },
};

/* --- from snapshot to snapshot --- */

static void
copy (PhSnapshot *snapshot, gpointer target, gconstpointer source)
{
  PhArena *arena = ph_snapshot_arena (snapshot);
  PhRule *rule = target;

  *rule = *(const PhRule *) source;
  rule->from = ph_arena_string (arena, rule->from);
  rule->to = ph_arena_string (arena, rule->to);
  rule->iif = ph_arena_string (arena, rule->iif);
  rule->oif = ph_arena_string (arena, rule->oif);
  rule->sport = ph_arena_string (arena, rule->sport);
  rule->dport = ph_arena_string (arena, rule->dport);
  rule->uids = ph_arena_string (arena, rule->uids);
  rule->realms = ph_arena_string (arena, rule->realms);
  rule->selector = ph_arena_string (arena, rule->selector);
  rule->table_name = ph_arena_string (arena, rule->table_name);
  rule->protocol_name = ph_arena_string (arena, rule->protocol_name);
}

/* clang-format off */
const PhSchema ph_rule_schema = {
  .id = "rules",
  .record_size = sizeof (PhRule),
  .key_offset = G_STRUCT_OFFSET (PhRule, key),
  .key_size = sizeof (PhRuleKey),
  .copy = copy,
  .columns = columns,
  .n_columns = G_N_ELEMENTS (columns),
  .words = words,
  .is = is,
  .fields = fields,
  .n_fields = G_N_ELEMENTS (fields),
  .facets = ph_rule_facets,
  .n_facets = PH_RULE_N_FACETS,
};
/* clang-format on */
