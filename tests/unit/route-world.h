/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A machine made of routes, rules and neighbours, which answers requests with frames as the probe does. Each is written
 * as a struct, and sent as the message that the kernel would send.
 *
 * Interface 1 is "lo", every other N is "ethN". What is not said of a route: IPv4 unless an address says otherwise,
 * table main, type unicast.
 */
#pragma once

#include <arpa/inet.h>
#include <linux/fib_rules.h>
#include <linux/if_link.h>
#include <linux/rtnetlink.h>

#include "capture.h"
#include "ph-collector.h"
#include "ph-route.h"
#include "ph-rule.h"

#define WORLD_INTERFACES 9

typedef struct
{
  const char *via;
  guint32 dev;
  guint weight;
  guint8 flags;
} WorldHop;

typedef struct
{
  const char *to; /* "10.0.0.0/8"; NULL: everything */
  const char *via;
  guint32 dev;
  guint32 table;
  guint8 type;
  guint32 metric;
  const char *src;
  guint8 protocol, scope, tos;
  guint32 flags;
  gint32 expires; /* 1/100 s */
  guint32 nhid;
  guint32 mtu, advmss;
  gboolean ipv6; /* where no address tells */
  const WorldHop *hops;
  guint n_hops;
} WorldRoute;

typedef struct
{
  guint32 priority;
  guint8 action; /* 0: look into the table */
  guint32 table;
  guint32 target;
  const char *from, *to;
  guint32 mark, mask;
  const char *iif, *oif;
  gboolean not, l3mdev, ipv6;
  guint8 ip_protocol, tos;
  guint16 dport;
  gboolean has_uids;
  guint32 uid_low, uid_high;
  guint suppress; /* prefix length + 1; 0: nothing */
} WorldRule;

typedef struct
{
  GByteArray *messages[PH_N_REQUESTS];
  GString *text[PH_N_REQUESTS]; /* of files; NULL: there is none */
  guint n_asked[PH_N_REQUESTS];
  guint fail; /* request that is refused */
  gint64 time_us;
} World;

static inline World *
world_new (void)
{
  World *world = g_new0 (World, 1);

  for (guint i = 0; i < PH_N_REQUESTS; i++)
    world->messages[i] = g_byte_array_new ();
  world->time_us = G_USEC_PER_SEC;
  return world;
}

static inline void
world_free (World *world)
{
  for (guint i = 0; i < PH_N_REQUESTS; i++)
    {
      g_byte_array_unref (world->messages[i]);
      if (world->text[i])
        g_string_free (world->text[i], TRUE);
    }
  g_free (world);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (World, world_free)

static inline void
world_forget (World *world, PhRequestName request)
{
  g_byte_array_set_size (world->messages[request], 0);
}

/* --- messages --- */

static inline void
put_u8 (Message *message, guint16 type, guint8 number)
{
  message_put (message, type, &number, sizeof number);
}

static inline void
put_u32 (Message *message, guint16 type, guint32 number)
{
  message_put (message, type, &number, sizeof number);
}

/* "ADDRESS/LENGTH" or "ADDRESS". Returns the family. */
static inline guint
parse_prefix (const char *text, guint8 bytes[16], guint *length)
{
  PhAddress address;

  g_assert_true (ph_address_parse (text, &address, length));
  memcpy (bytes, address.bytes, 16);
  return address.family == PH_FAMILY_IPV6 ? AF_INET6 : AF_INET;
}

static inline void
put_address (Message *message, guint16 type, const char *text)
{
  guint8 bytes[16];
  guint length;
  guint family;

  if (text)
    {
      family = parse_prefix (text, bytes, &length);
      message_put (message, type, bytes, family == AF_INET ? 4 : 16);
    }
}

/* RTA_GATEWAY, or RTA_VIA where it is of another family. */
static inline void
put_gateway (Message *message, guint family, const char *text)
{
  guint8 bytes[18];
  guint length;
  guint16 via_family;

  if (!text)
    return;
  via_family = (guint16) parse_prefix (text, bytes + 2, &length);
  memcpy (bytes, &via_family, sizeof via_family);
  length = via_family == AF_INET ? 4 : 16;
  if (via_family == family)
    message_put (message, RTA_GATEWAY, bytes + 2, length);
  else
    message_put (message, RTA_VIA, bytes, length + 2);
}

static inline void
put_hops (Message *message, guint family, const WorldHop *hops, guint n)
{
  struct nlattr *nest = mnl_attr_nest_start (&message->header, RTA_MULTIPATH);

  for (guint i = 0; i < n; i++)
    {
      gsize start = message->header.nlmsg_len;
      struct rtnexthop *hop = (gpointer) ((guint8 *) &message->header + start);

      hop->rtnh_flags = hops[i].flags;
      hop->rtnh_hops = (guint8) (hops[i].weight > 0 ? hops[i].weight - 1 : 0);
      hop->rtnh_ifindex = (int) hops[i].dev;
      message->header.nlmsg_len += sizeof *hop;
      put_gateway (message, family, hops[i].via);
      hop->rtnh_len = (guint16) (message->header.nlmsg_len - start);
    }
  mnl_attr_nest_end (&message->header, nest);
}

static inline void
world_route_message (Message *message, const WorldRoute *route)
{
  guint8 bytes[16] = { 0 };
  guint length = 0;
  guint family = route->to ? parse_prefix (route->to, bytes, &length) : route->ipv6 ? AF_INET6 : AF_INET;
  guint32 table = route->table != 0 ? route->table : RT_TABLE_MAIN;
  struct rtmsg header = { .rtm_family = (guint8) family,
                          .rtm_dst_len = (guint8) length,
                          .rtm_tos = route->tos,
                          .rtm_table = (guint8) (table < 256 ? table : RT_TABLE_COMPAT),
                          .rtm_protocol = route->protocol,
                          .rtm_scope = route->scope,
                          .rtm_type = route->type != 0 ? route->type : RTN_UNICAST,
                          .rtm_flags = route->flags };
  struct rta_cacheinfo info = { .rta_expires = route->expires };

  message_begin (message, &header, sizeof header);
  message->header.nlmsg_type = RTM_NEWROUTE;
  put_u32 (message, RTA_TABLE, table);
  if (length > 0)
    message_put (message, RTA_DST, bytes, family == AF_INET ? 4 : 16);
  if (route->metric != 0)
    put_u32 (message, RTA_PRIORITY, route->metric);
  if (route->mtu != 0 || route->advmss != 0)
    {
      struct nlattr *nest = mnl_attr_nest_start (&message->header, RTA_METRICS);

      if (route->mtu != 0)
        put_u32 (message, RTAX_MTU, route->mtu);
      if (route->advmss != 0)
        put_u32 (message, RTAX_ADVMSS, route->advmss);
      mnl_attr_nest_end (&message->header, nest);
    }
  put_address (message, RTA_PREFSRC, route->src);
  put_gateway (message, family, route->via);
  if (route->dev != 0)
    put_u32 (message, RTA_OIF, route->dev);
  if (route->nhid != 0)
    put_u32 (message, RTA_NH_ID, route->nhid);
  if (route->n_hops > 0)
    put_hops (message, family, route->hops, route->n_hops);
  if (route->expires != 0 || family == AF_INET6)
    message_put (message, RTA_CACHEINFO, &info, sizeof info);
}

static inline void
put_prefix (Message *message, guint16 type, const char *text, guint8 *length)
{
  guint8 bytes[16];
  guint bits;
  guint family;

  if (!text)
    return;
  family = parse_prefix (text, bytes, &bits);
  *length = (guint8) bits;
  message_put (message, type, bytes, family == AF_INET ? 4 : 16);
}

static inline void
world_rule_message (Message *message, const WorldRule *rule)
{
  struct fib_rule_hdr header = { .family = rule->ipv6 ? AF_INET6 : AF_INET,
                                 .action = rule->action != 0 ? rule->action : FR_ACT_TO_TBL,
                                 .tos = rule->tos,
                                 .table = (guint8) (rule->table < 256 ? rule->table : RT_TABLE_COMPAT),
                                 .flags = rule->not ? FIB_RULE_INVERT : 0 };
  struct fib_rule_hdr *sent;
  struct fib_rule_uid_range uids = { rule->uid_low, rule->uid_high };
  struct fib_rule_port_range ports = { rule->dport, rule->dport };

  message_begin (message, &header, sizeof header);
  message->header.nlmsg_type = RTM_NEWRULE;
  sent = mnl_nlmsg_get_payload (&message->header);
  put_u32 (message, FRA_TABLE, rule->table);
  put_u32 (message, FRA_SUPPRESS_PREFIXLEN, rule->suppress - 1);
  put_u32 (message, FRA_PRIORITY, rule->priority);
  put_prefix (message, FRA_SRC, rule->from, &sent->src_len);
  put_prefix (message, FRA_DST, rule->to, &sent->dst_len);
  if (rule->target != 0)
    put_u32 (message, FRA_GOTO, rule->target);
  if (rule->mark != 0 || rule->mask != 0)
    {
      put_u32 (message, FRA_FWMARK, rule->mark);
      put_u32 (message, FRA_FWMASK, rule->mask);
    }
  if (rule->iif)
    message_put (message, FRA_IIFNAME, rule->iif, strlen (rule->iif) + 1);
  if (rule->oif)
    message_put (message, FRA_OIFNAME, rule->oif, strlen (rule->oif) + 1);
  if (rule->l3mdev)
    put_u8 (message, FRA_L3MDEV, 1);
  if (rule->ip_protocol != 0)
    put_u8 (message, FRA_IP_PROTO, rule->ip_protocol);
  if (rule->dport != 0)
    message_put (message, FRA_DPORT_RANGE, &ports, sizeof ports);
  if (rule->has_uids)
    message_put (message, FRA_UID_RANGE, &uids, sizeof uids);
}

static inline void
world_append (World *world, PhRequestName request, const Message *message)
{
  g_byte_array_append (world->messages[request], (const guint8 *) message, MNL_ALIGN (message->header.nlmsg_len));
}

static inline void
world_add_route (World *world, WorldRoute route)
{
  Message message;
  const struct rtmsg *header;

  world_route_message (&message, &route);
  header = mnl_nlmsg_get_payload (&message.header);
  world_append (world, header->rtm_family == AF_INET6 ? PH_REQUEST_ROUTES6 : PH_REQUEST_ROUTES4, &message);
}

static inline void
world_add_rule (World *world, WorldRule rule)
{
  Message message;

  world_rule_message (&message, &rule);
  world_append (world, rule.ipv6 ? PH_REQUEST_RULES6 : PH_REQUEST_RULES4, &message);
}

/* The rules that every machine starts with. */
static inline void
world_add_usual_rules (World *world)
{
  world_add_rule (world, (WorldRule){ .priority = 0, .table = RT_TABLE_LOCAL });
  world_add_rule (world, (WorldRule){ .priority = 32766, .table = RT_TABLE_MAIN });
  world_add_rule (world, (WorldRule){ .priority = 32767, .table = RT_TABLE_DEFAULT });
  world_add_rule (world, (WorldRule){ .priority = 0, .table = RT_TABLE_LOCAL, .ipv6 = TRUE });
  world_add_rule (world, (WorldRule){ .priority = 32766, .table = RT_TABLE_MAIN, .ipv6 = TRUE });
}

/* --- answers --- */

static inline void
world_send_links (PhSink sink, gpointer user)
{
  for (int i = 1; i <= WORLD_INTERFACES; i++)
    {
      const struct ifinfomsg header = { .ifi_index = i };
      char name[8];
      Message message;

      g_snprintf (name, sizeof name, i == 1 ? "lo" : "eth%d", i);
      message_begin (&message, &header, sizeof header);
      message.header.nlmsg_type = RTM_NEWLINK;
      message_put (&message, IFLA_IFNAME, name, strlen (name) + 1);
      sink (user, PH_FRAME_NETLINK, &message, message.header.nlmsg_len);
    }
}

static inline void
world_answer (World *world, PhRequestName request, PhSink sink, gpointer user)
{
  const PhFrameBegin begin = { .request = (guint16) request, .time_us = world->time_us };
  PhFrameEnd end = { 0 };

  world->n_asked[request]++;
  sink (user, PH_FRAME_BEGIN, &begin, sizeof begin);
  if (world->fail == (guint) request && request != PH_REQUEST_NONE)
    end.code = PH_ERROR_KERNEL;
  else if (request == PH_REQUEST_LINKS)
    world_send_links (sink, user);
  else if (world->text[request])
    sink (user, PH_FRAME_TEXT, world->text[request]->str, world->text[request]->len);
  else if (world->messages[request]->len > 0)
    sink (user, PH_FRAME_NETLINK, world->messages[request]->data, world->messages[request]->len);
  sink (user, PH_FRAME_END, &end, sizeof end);
}

static inline PhSnapshot *
world_look (World *world, PhCollector *collector)
{
  const PhPlan plan
      = { .requests = PH_PLAN_ALL, .names = TRUE, .mark_new_us = G_USEC_PER_SEC, .keep_closed_us = G_USEC_PER_SEC };
  PhRequest request;

  ph_collector_begin (collector, &plan);
  while (ph_collector_next (collector, &request))
    world_answer (world, request.name, ph_collector_sink, collector);
  return ph_collector_end (collector);
}

static inline PhSnapshot *
world_collect (World *world, const PhTopic *topic)
{
  g_autoptr (PhCollector) collector = ph_collector_new (topic);

  return world_look (world, collector);
}

/* --- messages spoilt in every way --- */

typedef gboolean (*Understand) (const struct nlmsghdr *message, PhArena *arena);

/* From memory that ends where the message does, so that a sanitizer sees one byte too many. */
static inline gboolean
understand_exactly (Understand understand, gconstpointer message, gsize length)
{
  g_autofree struct nlmsghdr *copy = g_malloc (MAX (length, sizeof *copy));
  g_autoptr (PhArena) arena = ph_arena_new ();

  memcpy (copy, message, length);
  copy->nlmsg_len = (guint32) length;
  return understand (copy, arena);
}

/* Cut anywhere, with every length of every attribute, with every bit turned: never is anything read that is not there,
 * and what reaches beyond the end is refused. */
static inline void
spoil (Understand understand, const struct nlmsghdr *message, gsize header_size)
{
  g_autofree guint8 *spoilt = g_malloc (message->nlmsg_len);
  gsize first = MNL_NLMSG_HDRLEN + MNL_ALIGN (header_size);

  g_assert_true (understand_exactly (understand, message, message->nlmsg_len));
  for (gsize length = MNL_NLMSG_HDRLEN; length < message->nlmsg_len; length++)
    {
      gboolean good = understand_exactly (understand, message, length);

      if (length < MNL_NLMSG_HDRLEN + header_size)
        g_assert_false (good);
    }
  for (gsize at = first; at + sizeof (struct nlattr) <= message->nlmsg_len;)
    {
      guint16 original = ((const struct nlattr *) (gconstpointer) ((const guint8 *) message + at))->nla_len;
      const int lengths[] = { 0, 1, 3, 4, 5, 8, original - 1, original + 1, 0x7fff, 0xffff };

      memcpy (spoilt, message, message->nlmsg_len);
      for (guint i = 0; i < G_N_ELEMENTS (lengths); i++)
        {
          gboolean good;

          ((struct nlattr *) (gpointer) (spoilt + at))->nla_len = (guint16) lengths[i];
          good = understand_exactly (understand, spoilt, message->nlmsg_len);
          if (lengths[i] < 4 || at + (gsize) lengths[i] > message->nlmsg_len)
            g_assert_false (good);
        }
      at += MNL_ALIGN (original);
    }
  for (gsize bit = MNL_NLMSG_HDRLEN * 8; bit < message->nlmsg_len * 8; bit++)
    {
      memcpy (spoilt, message, message->nlmsg_len);
      spoilt[bit / 8] ^= (guint8) (1 << bit % 8);
      understand_exactly (understand, spoilt, message->nlmsg_len);
    }
}

/* Text that is shown. */
static inline void
check_text (const char *text)
{
  g_assert_true (text == NULL || g_utf8_validate (text, -1, NULL));
  for (; text && *text; text = g_utf8_next_char (text))
    g_assert_false (g_unichar_iscntrl (g_utf8_get_char (text)));
}
