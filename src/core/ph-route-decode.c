/* SPDX-License-Identifier: GPL-3.0-or-later */
/* struct rtmsg and its attributes (linux/rtnetlink.h), the hops among them. */
#include "ph-route-decode.h"

#include <arpa/inet.h>
#include <linux/icmpv6.h>
#include <linux/rtnetlink.h>
#include <string.h>

#define N_ATTRIBUTES (RTA_NH_ID + 1)
#define N_METRICS    (RTAX_FASTOPEN_NO_COOKIE + 1)
#define CLOCK_TICKS  100 /* per second: USER_HZ, in which the kernel tells times */

gboolean
ph_decode_route_address (PhAddress *address, guint family, const void *bytes, gsize length)
{
  if (family == AF_INET && length == 4)
    ph_address_set (address, PH_FAMILY_IPV4, bytes);
  else if (family == AF_INET6 && length == 16)
    ph_address_set (address, PH_FAMILY_IPV6, bytes);
  else
    return FALSE;
  return TRUE;
}

gboolean
ph_decode_address_attribute (PhAddress *address, guint family, const struct nlattr *attribute)
{
  return !attribute
         || ph_decode_route_address (address, family, mnl_attr_get_payload (attribute),
                                     mnl_attr_get_payload_len (attribute));
}

/* --- what a route and a hop have alike --- */

/* RTA_GATEWAY, or RTA_VIA where the gateway is of another family. */
static gboolean
decode_gateway (PhAddress *gateway, guint family, const struct nlattr *const *attributes)
{
  const struct nlattr *via = attributes[RTA_VIA];

  if (via)
    {
      const guint8 *bytes = mnl_attr_get_payload (via);
      gsize length = mnl_attr_get_payload_len (via);
      guint16 via_family;

      if (length < sizeof via_family)
        return FALSE;
      memcpy (&via_family, bytes, sizeof via_family);
      return ph_decode_route_address (gateway, via_family, bytes + sizeof via_family, length - sizeof via_family);
    }
  return ph_decode_address_attribute (gateway, family, attributes[RTA_GATEWAY]);
}

static void
finish_head (PhRouteKey *key)
{
  guint32 table = GUINT32_FROM_BE (key->table_be);
  guint32 capped = GUINT32_TO_BE (MIN (table, 0xffffff) << 8);

  memcpy (key->head, &capped, 3);
  memcpy (key->head + 3, key->destination.bytes, 4);
}

/* --- metrics and times --- */

static void
decode_metrics (PhArena *arena, const struct nlattr *attribute, PhRoute *route)
{
  const struct nlattr *attributes[N_METRICS];
  PhRouteMetrics *metrics;
  const char *name;
  gsize length;

  if (!attribute || !ph_attributes_inside (attribute, attributes, N_METRICS))
    return;
  metrics = ph_arena_alloc (arena, sizeof *metrics);
  ph_attribute_u32 (attributes[RTAX_LOCK], &metrics->locked);
  ph_attribute_u32 (attributes[RTAX_MTU], &metrics->mtu);
  ph_attribute_u32 (attributes[RTAX_ADVMSS], &metrics->advmss);
  ph_attribute_u32 (attributes[RTAX_WINDOW], &metrics->window);
  ph_attribute_u32 (attributes[RTAX_RTT], &metrics->rtt);
  ph_attribute_u32 (attributes[RTAX_RTTVAR], &metrics->rttvar);
  ph_attribute_u32 (attributes[RTAX_SSTHRESH], &metrics->ssthresh);
  ph_attribute_u32 (attributes[RTAX_CWND], &metrics->cwnd);
  ph_attribute_u32 (attributes[RTAX_REORDERING], &metrics->reordering);
  ph_attribute_u32 (attributes[RTAX_HOPLIMIT], &metrics->hoplimit);
  ph_attribute_u32 (attributes[RTAX_INITCWND], &metrics->initcwnd);
  ph_attribute_u32 (attributes[RTAX_INITRWND], &metrics->initrwnd);
  ph_attribute_u32 (attributes[RTAX_RTO_MIN], &metrics->rto_min);
  ph_attribute_u32 (attributes[RTAX_QUICKACK], &metrics->quickack);
  ph_attribute_u32 (attributes[RTAX_FEATURES], &metrics->features);
  name = ph_attribute_string (attributes[RTAX_CC_ALGO], &length);
  if (name)
    metrics->congestion = ph_arena_text (arena, name, length);
  route->metrics = metrics;
}

/* IPv6 tells 0 where there is no end; what should be gone already is about to go. */
static guint32
decode_expires (const struct nlattr *const *attributes)
{
  struct rta_cacheinfo info = { 0 };

  if (!ph_attribute_struct (attributes[RTA_CACHEINFO], &info, sizeof info) || info.rta_expires == 0)
    return PH_ROUTE_NEVER;
  return info.rta_expires < 0 ? 0 : (guint32) info.rta_expires / CLOCK_TICKS;
}

static guint8
decode_pref (const struct nlattr *attribute)
{
  guint8 pref;

  if (!ph_attribute_u8 (attribute, &pref))
    return PH_ROUTE_PREF_NONE;
  switch (pref)
    {
    case ICMPV6_ROUTER_PREF_LOW:
      return PH_ROUTE_PREF_LOW;
    case ICMPV6_ROUTER_PREF_HIGH:
      return PH_ROUTE_PREF_HIGH;
    case ICMPV6_ROUTER_PREF_MEDIUM:
      return PH_ROUTE_PREF_MEDIUM;
    default:
      return PH_ROUTE_PREF_NONE;
    }
}

/* The senders that an IPv6 route is for: "2001:db8::/32". */
static gboolean
decode_from (PhArena *arena, const struct rtmsg *message, const struct nlattr *attribute, PhRoute *route)
{
  PhAddress from = { 0 };
  char text[PH_ADDRESS_TEXT_MAX + 4];
  gsize length;

  if (message->rtm_src_len == 0 || !attribute)
    return TRUE;
  if (!ph_decode_address_attribute (&from, message->rtm_family, attribute))
    return FALSE;
  length = ph_address_format (&from, text);
  g_snprintf (text + length, sizeof text - length, "/%u", message->rtm_src_len);
  route->from = ph_arena_string (arena, text);
  return TRUE;
}

/* --- one route --- */

gboolean
ph_decode_route (const struct nlmsghdr *message, PhArena *arena, PhRoute *route, PhRouteHops *hops)
{
  const struct nlattr *attributes[N_ATTRIBUTES];
  const struct rtmsg *header = mnl_nlmsg_get_payload (message);
  PhRouteKey *key = &route->key;
  guint32 table, metric = 0;

  *hops = (PhRouteHops){ NULL, 0 };
  if (message->nlmsg_type != RTM_NEWROUTE || !ph_attributes_find (message, sizeof *header, attributes, N_ATTRIBUTES))
    return FALSE;
  if (header->rtm_family != AF_INET && header->rtm_family != AF_INET6)
    return FALSE;
  if (header->rtm_dst_len > (header->rtm_family == AF_INET ? 32 : 128))
    return FALSE;

  table = header->rtm_table;
  ph_attribute_u32 (attributes[RTA_TABLE], &table);
  ph_attribute_u32 (attributes[RTA_PRIORITY], &metric);
  key->family = header->rtm_family == AF_INET ? PH_FAMILY_IPV4 : PH_FAMILY_IPV6;
  key->table_be = GUINT32_TO_BE (table);
  key->metric_be = GUINT32_TO_BE (metric);
  key->prefix_length = header->rtm_dst_len;
  key->tos = header->rtm_tos;
  key->cached = (header->rtm_flags & RTM_F_CLONED) != 0;
  key->type = header->rtm_type;
  key->destination.family = key->family; /* the default route has no RTA_DST */
  if ((header->rtm_dst_len != 0 && !attributes[RTA_DST])
      || !ph_decode_address_attribute (&key->destination, header->rtm_family, attributes[RTA_DST])
      || !decode_gateway (&key->gateway, header->rtm_family, attributes)
      || !ph_decode_address_attribute (&route->source, header->rtm_family, attributes[RTA_PREFSRC])
      || !decode_from (arena, header, attributes[RTA_SRC], route))
    return FALSE;
  ph_attribute_u32 (attributes[RTA_OIF], &key->interface);
  finish_head (key);

  route->flags = header->rtm_flags;
  if (key->cached)
    route->flags &= ~(guint32) RTM_F_OFFLOAD_FAILED; /* that bit is RTCF_MULTICAST there */
  route->protocol = header->rtm_protocol;
  route->scope = header->rtm_scope;
  route->pref = decode_pref (attributes[RTA_PREF]);
  route->expires = decode_expires (attributes);
  ph_attribute_u32 (attributes[RTA_NH_ID], &route->nexthop);
  decode_metrics (arena, attributes[RTA_METRICS], route);
  route->encap = ph_decode_encap (arena, attributes[RTA_ENCAP_TYPE], attributes[RTA_ENCAP]);

  if (attributes[RTA_MULTIPATH])
    {
      hops->at = mnl_attr_get_payload (attributes[RTA_MULTIPATH]);
      hops->left = mnl_attr_get_payload_len (attributes[RTA_MULTIPATH]);
      key->multipath = hops->left > 0;
    }
  return TRUE;
}

void
ph_route_begin_hop (const PhRoute *route, guint number, PhRoute *hop)
{
  *hop = *route;
  hop->key.multipath = TRUE;
  hop->key.hop_be = GUINT16_TO_BE ((guint16) number);
  memset (&hop->key.gateway, 0, sizeof hop->key.gateway);
  hop->key.interface = 0;
  hop->n_hops = 0;
  hop->first_gateway = PH_FAMILY_NONE;
  hop->weight = 1;
  hop->encap = NULL;
}

/* struct rtnexthop is a length, flags, weight - 1 and interface; attributes follow. */
gboolean
ph_decode_route_hop (PhRouteHops *hops, PhArena *arena, const PhRoute *route, PhRoute *hop)
{
  const struct nlattr *attributes[N_ATTRIBUTES];
  struct rtnexthop header;
  guint family = route->key.family == PH_FAMILY_IPV4 ? AF_INET : AF_INET6;
  gsize size;

  if (hops->left < sizeof header)
    return FALSE;
  memcpy (&header, hops->at, sizeof header);
  if (header.rtnh_len < sizeof header || header.rtnh_len > hops->left)
    return FALSE;
  if (!ph_attributes_within (hops->at + sizeof header, header.rtnh_len - sizeof header, attributes, N_ATTRIBUTES))
    return FALSE;

  ph_route_begin_hop (route, ph_route_hop (route) + 1, hop);
  if (!decode_gateway (&hop->key.gateway, family, attributes))
    return FALSE;
  hop->key.interface = header.rtnh_ifindex > 0 ? (guint32) header.rtnh_ifindex : 0;
  hop->weight = header.rtnh_hops + 1u;
  hop->flags = (route->flags & ~0xffu) | header.rtnh_flags;
  hop->encap = ph_decode_encap (arena, attributes[RTA_ENCAP_TYPE], attributes[RTA_ENCAP]);

  size = MIN (RTNH_ALIGN ((gsize) header.rtnh_len), hops->left);
  hops->at += size;
  hops->left -= size;
  return TRUE;
}

/* --- all of a frame --- */

/* The place of the route that the last rows of @snapshot belong to, above @n; its hops stand behind it. */
static const PhRoute *
last_route (PhSnapshot *snapshot, guint n)
{
  while (n > 0)
    {
      const PhRoute *route = ph_snapshot_edit (snapshot, --n);

      if (route->key.hop_be == 0)
        return route;
    }
  return NULL;
}

/* Routes that are the same in all that their key holds come one after the other in a dump. */
static void
number_equal (PhSnapshot *snapshot, guint number)
{
  PhRoute *route = ph_snapshot_edit (snapshot, number);
  const PhRoute *last = last_route (snapshot, number);
  PhRouteKey same;
  guint nth;

  if (!last)
    return;
  same = last->key;
  same.nth_be = 0;
  nth = GUINT16_FROM_BE (last->key.nth_be);
  if (memcmp (&same, &route->key, sizeof same) == 0 && nth < G_MAXUINT16)
    route->key.nth_be = GUINT16_TO_BE ((guint16) (nth + 1));
}

/* A record for the route, then one for each hop. FALSE: malformed; what was appended is to be taken back. */
static gboolean
append_route (PhSnapshot *snapshot, PhRequestName request, const struct nlmsghdr *message)
{
  PhArena *arena = ph_snapshot_arena (snapshot);
  guint number = ph_snapshot_n_records (snapshot);
  PhRoute *route = ph_snapshot_add (snapshot);
  PhRouteHops hops;
  PhRoute last;
  guint8 first_gateway = PH_FAMILY_NONE;
  guint n = 0;

  route->head.request = (guint16) request;
  if (!ph_decode_route (message, arena, route, &hops))
    return FALSE;
  number_equal (snapshot, number);
  last = *(const PhRoute *) ph_snapshot_edit (snapshot, number);
  while (hops.left >= sizeof (struct rtnexthop) && n < G_MAXUINT16)
    {
      PhRoute *hop = ph_snapshot_add (snapshot);

      if (!ph_decode_route_hop (&hops, arena, &last, hop))
        return FALSE;
      last = *hop;
      if (n++ == 0)
        first_gateway = hop->key.gateway.family;
    }
  route = ph_snapshot_edit (snapshot, number);
  route->n_hops = n;
  route->first_gateway = first_gateway;
  return hops.left == 0;
}

void
ph_decode_route_frame (PhSnapshot *snapshot, PhRequestName request, const void *bytes, gsize length)
{
  const guint8 *at = bytes;
  const struct nlmsghdr *message;

  while ((message = ph_message_next (&at, &length)))
    {
      guint number = ph_snapshot_n_records (snapshot);

      if (message->nlmsg_type >= NLMSG_MIN_TYPE && !append_route (snapshot, request, message))
        {
          ph_snapshot_truncate (snapshot, number);
          ph_snapshot_count_malformed (snapshot, request);
        }
    }
  if (length > 0)
    ph_snapshot_count_malformed (snapshot, request);
}
