/* SPDX-License-Identifier: GPL-3.0-or-later */
/* struct fib_rule_hdr and its attributes (linux/fib_rules.h). */
#include "ph-rule-decode.h"

#include <linux/fib_rules.h>
#include <linux/rtnetlink.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>

#include "ph-route-decode.h"

/* Newer than the headers of the floor. */
#define FRA_6_13_DSCP       25
#define FRA_6_14_FLOW_LABEL 26
#define FRA_6_14_FLOW_MASK  27
#define FRA_6_15_SPORT_MASK 28
#define FRA_6_15_DPORT_MASK 29
#define FRA_6_15_DSCP_MASK  30
#define N_ATTRIBUTES        (FRA_6_15_DSCP_MASK + 1)

#define DSCP_MASK           0x3f

/* --- selectors as text --- */

static const char *
prefix_text (PhArena *arena, const PhAddress *address, guint length)
{
  char text[PH_ADDRESS_TEXT_MAX + 4];
  gsize end;

  if (address->family == PH_FAMILY_NONE)
    return "all";
  end = ph_address_format (address, text);
  if (length != (address->family == PH_FAMILY_IPV6 ? 128 : 32))
    g_snprintf (text + end, sizeof text - end, "/%u", length);
  return ph_arena_string (arena, text);
}

static const char *
range_text (PhArena *arena, guint32 low, guint32 high)
{
  char text[24];

  if (low == high)
    g_snprintf (text, sizeof text, "%u", low);
  else
    g_snprintf (text, sizeof text, "%u-%u", low, high);
  return ph_arena_string (arena, text);
}

static const char *
ports_text (PhArena *arena, guint16 low, guint16 high, guint16 mask)
{
  char text[24];

  if (low == 0 && high == 0)
    return NULL;
  if (mask == 0 || mask == G_MAXUINT16)
    return range_text (arena, low, high);
  g_snprintf (text, sizeof text, "%u/%#x", low, mask);
  return ph_arena_string (arena, text);
}

static void
append_protocol (GString *text, guint8 number)
{
  const char *name = number == IPPROTO_TCP      ? "tcp"
                     : number == IPPROTO_UDP    ? "udp"
                     : number == IPPROTO_ICMP   ? "icmp"
                     : number == IPPROTO_ICMPV6 ? "ipv6-icmp"
                     : number == IPPROTO_SCTP   ? "sctp"
                                                : NULL;

  if (name)
    g_string_append_printf (text, " ipproto %s", name);
  else
    g_string_append_printf (text, " ipproto %u", number);
}

/* In the words and the order of ip-rule(8). */
static void
append_selector (const PhRule *rule, GString *text)
{
  const PhRuleKey *key = &rule->key;

  g_string_append_printf (text, "%sfrom %s", key->invert ? "not " : "", rule->from);
  if (key->to.family != PH_FAMILY_NONE)
    g_string_append_printf (text, " to %s", rule->to);
  if (key->tos != 0)
    g_string_append_printf (text, " tos %#x", key->tos);
  if (key->mask == G_MAXUINT32)
    g_string_append_printf (text, " fwmark %#x", key->mark);
  else if (key->mask != 0)
    g_string_append_printf (text, " fwmark %#x/%#x", key->mark, key->mask);
  if (rule->iif)
    g_string_append_printf (text, " iif %s", rule->iif);
  if (rule->oif)
    g_string_append_printf (text, " oif %s", rule->oif);
  if (rule->uids)
    g_string_append_printf (text, " uidrange %s", rule->uids);
  if (key->ip_protocol != 0)
    append_protocol (text, key->ip_protocol);
  if (rule->sport)
    g_string_append_printf (text, " sport %s", rule->sport);
  if (rule->dport)
    g_string_append_printf (text, " dport %s", rule->dport);
  if (key->tunnel != 0)
    g_string_append_printf (text, " tun_id %" G_GUINT64_FORMAT, key->tunnel);
  if (key->dscp_mask == DSCP_MASK)
    g_string_append_printf (text, " dscp %u", key->dscp);
  else if (key->dscp_mask != 0)
    g_string_append_printf (text, " dscp %#x/%#x", key->dscp, key->dscp_mask);
  if (key->flow_mask != 0)
    g_string_append_printf (text, " flowlabel %#x/%#x", key->flow_label, key->flow_mask);
}

/* --- one rule --- */

/* The name of an interface: bytes for the key, and text to show. FALSE: too long to be one. */
static gboolean
take_interface (PhArena *arena, const struct nlattr *attribute, char bytes[IFNAMSIZ], const char **text)
{
  gsize length;
  const char *name = ph_attribute_string (attribute, &length);

  if (!name)
    return TRUE;
  if (length >= IFNAMSIZ)
    return FALSE;
  memcpy (bytes, name, length);
  *text = ph_arena_text (arena, name, length);
  return TRUE;
}

/* "3/4": where packets come from and go to; "4" alone is the latter. */
static const char *
realms_text (PhArena *arena, const struct nlattr *attribute)
{
  guint32 realms = 0;
  char text[16];

  if (!ph_attribute_u32 (attribute, &realms) || realms == 0)
    return NULL;
  if (realms >> 16 != 0)
    g_snprintf (text, sizeof text, "%u/%u", realms >> 16, realms & 0xffff);
  else
    g_snprintf (text, sizeof text, "%u", realms);
  return ph_arena_string (arena, text);
}

static guint16
read_u16 (const struct nlattr *attribute)
{
  guint16 number = 0;

  ph_attribute_struct (attribute, &number, sizeof number);
  return number;
}

static guint32
read_be32 (const struct nlattr *attribute)
{
  guint32 number = 0;

  ph_attribute_u32 (attribute, &number);
  return GUINT32_FROM_BE (number);
}

static void
take_ports (const struct nlattr *const *attributes, PhRuleKey *key)
{
  struct fib_rule_port_range range;

  if (attributes[FRA_SPORT_RANGE] && mnl_attr_get_payload_len (attributes[FRA_SPORT_RANGE]) >= sizeof range)
    {
      ph_attribute_struct (attributes[FRA_SPORT_RANGE], &range, sizeof range);
      key->sport_low = range.start;
      key->sport_high = range.end;
      key->sport_mask = read_u16 (attributes[FRA_6_15_SPORT_MASK]);
    }
  if (attributes[FRA_DPORT_RANGE] && mnl_attr_get_payload_len (attributes[FRA_DPORT_RANGE]) >= sizeof range)
    {
      ph_attribute_struct (attributes[FRA_DPORT_RANGE], &range, sizeof range);
      key->dport_low = range.start;
      key->dport_high = range.end;
      key->dport_mask = read_u16 (attributes[FRA_6_15_DPORT_MASK]);
    }
}

static void
take_uids (PhArena *arena, const struct nlattr *attribute, PhRule *rule)
{
  struct fib_rule_uid_range range;

  rule->key.uid_low = PH_RULE_ANY_UID;
  rule->key.uid_high = PH_RULE_ANY_UID;
  if (!attribute || mnl_attr_get_payload_len (attribute) < sizeof range)
    return;
  ph_attribute_struct (attribute, &range, sizeof range);
  rule->key.uid_low = range.start;
  rule->key.uid_high = range.end;
  if (range.start != PH_RULE_ANY_UID)
    {
      char text[24];

      g_snprintf (text, sizeof text, "%u-%u", range.start, range.end); /* as iproute2, also for one user */
      rule->uids = ph_arena_string (arena, text);
    }
}

static void
take_numbers (const struct nlattr *const *attributes, PhRule *rule)
{
  PhRuleKey *key = &rule->key;
  guint64 tunnel = 0;
  guint8 full = DSCP_MASK;

  key->suppress_prefix_length = PH_RULE_NO_SUPPRESS;
  key->suppress_group = PH_RULE_NO_SUPPRESS;
  ph_attribute_u32 (attributes[FRA_SUPPRESS_PREFIXLEN], &key->suppress_prefix_length);
  ph_attribute_u32 (attributes[FRA_SUPPRESS_IFGROUP], &key->suppress_group);
  ph_attribute_u32 (attributes[FRA_TABLE], &key->table);
  ph_attribute_u32 (attributes[FRA_GOTO], &key->target);
  ph_attribute_u32 (attributes[FRA_FWMARK], &key->mark);
  if (!ph_attribute_u32 (attributes[FRA_FWMASK], &key->mask) && key->mark != 0)
    key->mask = G_MAXUINT32;
  ph_attribute_u8 (attributes[FRA_L3MDEV], &key->l3mdev);
  ph_attribute_u8 (attributes[FRA_IP_PROTO], &key->ip_protocol);
  ph_attribute_u8 (attributes[FRA_PROTOCOL], &rule->protocol);
  if (ph_attribute_u64 (attributes[FRA_TUN_ID], &tunnel))
    key->tunnel = GUINT64_FROM_BE (tunnel);
  key->flow_label = read_be32 (attributes[FRA_6_14_FLOW_LABEL]);
  key->flow_mask = read_be32 (attributes[FRA_6_14_FLOW_MASK]);
  if (ph_attribute_u8 (attributes[FRA_6_13_DSCP], &key->dscp))
    {
      ph_attribute_u8 (attributes[FRA_6_15_DSCP_MASK], &full);
      key->dscp_mask = full;
    }
}

gboolean
ph_decode_rule (const struct nlmsghdr *message, PhArena *arena, PhRule *rule)
{
  const struct nlattr *attributes[N_ATTRIBUTES];
  const struct fib_rule_hdr *header = mnl_nlmsg_get_payload (message);
  PhRuleKey *key = &rule->key;
  g_autoptr (GString) text = NULL;
  guint32 priority = 0;
  guint bits;

  if (message->nlmsg_type != RTM_NEWRULE || !ph_attributes_find (message, sizeof *header, attributes, N_ATTRIBUTES))
    return FALSE;
  if (header->family != AF_INET && header->family != AF_INET6)
    return FALSE;
  bits = header->family == AF_INET ? 32 : 128;
  if (header->src_len > bits || header->dst_len > bits)
    return FALSE;

  key->family = header->family == AF_INET ? PH_FAMILY_IPV4 : PH_FAMILY_IPV6;
  key->action = header->action;
  key->tos = header->tos;
  key->table = header->table;
  key->invert = (header->flags & FIB_RULE_INVERT) != 0;
  rule->flags = header->flags;
  ph_attribute_u32 (attributes[FRA_PRIORITY], &priority);
  key->priority_be = GUINT32_TO_BE (priority);
  take_numbers (attributes, rule);
  take_ports (attributes, key);
  take_uids (arena, attributes[FRA_UID_RANGE], rule);

  key->from_length = header->src_len;
  key->to_length = header->dst_len;
  if ((header->src_len != 0 && !attributes[FRA_SRC]) || (header->dst_len != 0 && !attributes[FRA_DST])
      || !ph_decode_address_attribute (&key->from, header->family, attributes[FRA_SRC])
      || !ph_decode_address_attribute (&key->to, header->family, attributes[FRA_DST])
      || !take_interface (arena, attributes[FRA_IIFNAME], key->iif, &rule->iif)
      || !take_interface (arena, attributes[FRA_OIFNAME], key->oif, &rule->oif))
    return FALSE;

  rule->from = prefix_text (arena, &key->from, key->from_length);
  rule->to = prefix_text (arena, &key->to, key->to_length);
  rule->sport = ports_text (arena, key->sport_low, key->sport_high, key->sport_mask);
  rule->realms = realms_text (arena, attributes[FRA_FLOW]);
  rule->dport = ports_text (arena, key->dport_low, key->dport_high, key->dport_mask);
  text = g_string_new (NULL);
  append_selector (rule, text);
  rule->selector = ph_arena_string (arena, text->str);
  return TRUE;
}

/* --- all of a frame --- */

/* The kernel refuses a rule that is there already, but for those that differ in what no attribute tells. */
static void
number_equal (PhSnapshot *snapshot, guint number)
{
  PhRule *rule = ph_snapshot_edit (snapshot, number);
  PhRuleKey same;
  const PhRule *last;

  if (number == 0)
    return;
  last = ph_snapshot_edit (snapshot, number - 1);
  same = last->key;
  same.nth = 0;
  if (memcmp (&same, &rule->key, sizeof same) == 0 && last->key.nth < G_MAXUINT16)
    rule->key.nth = last->key.nth + 1;
}

void
ph_decode_rule_frame (PhSnapshot *snapshot, PhRequestName request, const void *bytes, gsize length)
{
  const guint8 *at = bytes;
  const struct nlmsghdr *message;

  while ((message = ph_message_next (&at, &length)))
    {
      guint number = ph_snapshot_n_records (snapshot);
      PhRule *rule;

      if (message->nlmsg_type < NLMSG_MIN_TYPE)
        continue;
      rule = ph_snapshot_add (snapshot);
      rule->head.request = (guint16) request;
      if (ph_decode_rule (message, ph_snapshot_arena (snapshot), rule))
        number_equal (snapshot, number);
      else
        {
          ph_snapshot_truncate (snapshot, number);
          ph_snapshot_count_malformed (snapshot, request);
        }
    }
  if (length > 0)
    ph_snapshot_count_malformed (snapshot, request);
}
