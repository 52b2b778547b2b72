/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What can be asked of a route, and how one is carried from a snapshot into the next. */
#include "ph-route.h"

#include <linux/rtnetlink.h>
#include <string.h>

#include "ph-route-columns.h"
#include "ph-route-names.h"
#include "ph-snapshot.h"

#define TCP_HEADERS_IPV4 40 /* which the kernel adds to the advertised MSS for /proc/net/route */
#define TCP_HEADERS_IPV6 60

static gboolean
is_reject (const PhRoute *route)
{
  switch (route->key.type)
    {
    case RTN_BLACKHOLE:
    case RTN_UNREACHABLE:
    case RTN_PROHIBIT:
      return TRUE;
    default:
      return FALSE;
    }
}

gboolean
ph_route_is (const PhRoute *route, PhRouteWord word)
{
  const PhRouteKey *key = &route->key;

  switch (word)
    {
    case PH_ROUTE_IS_SHOWN:
      return ph_route_table (route) == RT_TABLE_MAIN && !key->cached && key->type != RTN_BROADCAST
             && key->type != RTN_MULTICAST;
    case PH_ROUTE_IS_MAIN:
      return ph_route_table (route) == RT_TABLE_MAIN;
    case PH_ROUTE_IS_UNICAST:
      return key->type == RTN_UNICAST;
    case PH_ROUTE_IS_LOCAL:
      return key->type == RTN_LOCAL;
    case PH_ROUTE_IS_BROADCAST:
      return key->type == RTN_BROADCAST;
    case PH_ROUTE_IS_MULTICAST:
      return key->type == RTN_MULTICAST;
    case PH_ROUTE_IS_ANYCAST:
      return key->type == RTN_ANYCAST;
    case PH_ROUTE_IS_REJECT:
      return is_reject (route);
    case PH_ROUTE_IS_IPV4:
      return key->family == PH_FAMILY_IPV4;
    case PH_ROUTE_IS_IPV6:
      return key->family == PH_FAMILY_IPV6;
    case PH_ROUTE_IS_DEFAULT:
      return key->prefix_length == 0;
    case PH_ROUTE_IS_HOST:
      return key->prefix_length == (key->family == PH_FAMILY_IPV6 ? 128 : 32);
    case PH_ROUTE_IS_GATEWAY:
      return key->gateway.family != PH_FAMILY_NONE;
    case PH_ROUTE_IS_CACHED:
      return key->cached;
    case PH_ROUTE_IS_MULTIPATH:
      return key->multipath;
    case PH_ROUTE_IS_HOP:
      return key->hop_be != 0;
    case PH_ROUTE_IS_DEAD:
      return (route->flags & (RTNH_F_DEAD | RTNH_F_LINKDOWN)) != 0;
    case PH_ROUTE_IS_NEW:
      return route->head.mark == PH_MARK_NEW;
    case PH_ROUTE_IS_CLOSED:
      return route->head.mark == PH_MARK_CLOSED;
    case PH_ROUTE_IS_STALE:
      return route->head.mark == PH_MARK_STALE;
    }
  return FALSE;
}

const char *
ph_route_type_name (guint8 type)
{
  static const char *const names[] = {
    [RTN_UNSPEC] = "none",
    [RTN_UNICAST] = "unicast",
    [RTN_LOCAL] = "local",
    [RTN_BROADCAST] = "broadcast",
    [RTN_ANYCAST] = "anycast",
    [RTN_MULTICAST] = "multicast",
    [RTN_BLACKHOLE] = "blackhole",
    [RTN_UNREACHABLE] = "unreachable",
    [RTN_PROHIBIT] = "prohibit",
    [RTN_THROW] = "throw",
    [RTN_NAT] = "nat",
    [RTN_XRESOLVE] = "xresolve",
  };

  return type < G_N_ELEMENTS (names) ? names[type] : ph_number_text (type);
}

const char *
ph_route_scope_name (guint8 scope)
{
  switch (scope)
    {
    case RT_SCOPE_UNIVERSE:
      return "global";
    case RT_SCOPE_SITE:
      return "site";
    case RT_SCOPE_LINK:
      return "link";
    case RT_SCOPE_HOST:
      return "host";
    case RT_SCOPE_NOWHERE:
      return "nowhere";
    default:
      return ph_number_text (scope);
    }
}

guint32
ph_route_mss (const PhRoute *route)
{
  guint32 headers = route->key.family == PH_FAMILY_IPV6 ? TCP_HEADERS_IPV6 : TCP_HEADERS_IPV4;

  return route->metrics && route->metrics->advmss != 0 ? route->metrics->advmss + headers : 0;
}

guint32
ph_route_irtt (const PhRoute *route)
{
  return route->metrics ? route->metrics->rtt / 8 : 0;
}

void
ph_route_mask (PhFamily family, guint prefix_length, PhAddress *mask)
{
  guint8 bytes[16] = { 0 };

  prefix_length = MIN (prefix_length, family == PH_FAMILY_IPV6 ? 128 : 32);
  memset (bytes, 0xff, prefix_length / 8);
  if (prefix_length % 8 != 0)
    bytes[prefix_length / 8] = (guint8) (0xff << (8 - prefix_length % 8));
  ph_address_set (mask, family, bytes);
}

/* --- from snapshot to snapshot --- */

gboolean
ph_route_whole (gconstpointer record, gpointer key)
{
  PhRouteKey *whole = key;

  *whole = ((const PhRoute *) record)->key;
  if (whole->hop_be == 0)
    return FALSE;
  whole->hop_be = 0;
  memset (&whole->gateway, 0, sizeof whole->gateway);
  whole->interface = 0;
  return TRUE;
}

void
ph_route_copy (PhSnapshot *snapshot, gpointer target, gconstpointer source)
{
  PhArena *arena = ph_snapshot_arena (snapshot);
  PhRoute *route = target;
  PhRouteMetrics *metrics;

  *route = *(const PhRoute *) source;
  if (route->metrics)
    {
      metrics = ph_arena_alloc (arena, sizeof *metrics);
      *metrics = *route->metrics;
      metrics->congestion = ph_arena_string (arena, metrics->congestion);
      route->metrics = metrics;
    }
  route->encap = ph_arena_string (arena, route->encap);
  route->from = ph_arena_string (arena, route->from);
  route->interface_name = ph_arena_string (arena, route->interface_name);
  route->table_name = ph_arena_string (arena, route->table_name);
  route->protocol_name = ph_arena_string (arena, route->protocol_name);
}
