/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One route: the record of the Routes table. A route with several next hops is one row, and a row for each hop right
 * under it.
 *
 * Source: rtnetlink(7) RTM_NEWROUTE (linux/rtnetlink.h, net/ipv4/fib_semantics.c fib_dump_info(), net/ipv6/route.c
 * rt6_fill_node()), RTM_NEWNEXTHOP (linux/nexthop.h) where the route only names one. Flags as netstat(8) has them, see
 * ph-route-flags.h.
 */
#pragma once

#include "ph-address.h"
#include "ph-schema.h"

/*
 * What the kernel tells routes apart by: table, destination, tos and metric; then the type and the next hop, because
 * several routes may differ in nothing else ("ip route append", IPv6 prefixes on several interfaces). What is still the
 * same is numbered in the order of the dump.
 *
 * Numbers in network order, so that rows sort by family, table, destination and metric, and hops under their route.
 */
typedef struct
{
  guint8 family;  /* PhFamily */
  guint8 head[7]; /* of the table three bytes, then four of the destination: ph_arrange() is quick by the first eight */
  guint32 table_be;
  PhAddress destination;
  guint8 prefix_length;
  guint8 tos;
  guint8 cached; /* learned from a redirect or path MTU discovery: RTM_F_CLONED */
  guint8 type;   /* RTN_* */
  guint32 metric_be;
  guint8 multipath; /* the row of such a route, or of one of its hops */
  guint8 reserved;
  guint16 nth_be; /* of those that are the same in all else */
  guint16 hop_be; /* 0: the route itself; its hops from 1 */
  guint16 reserved2;
  PhAddress gateway; /* family NONE: none; may be IPv6 for an IPv4 route (RFC 5549) */
  guint32 interface; /* index; 0: none */
} PhRouteKey;

/* RTA_METRICS; 0: not set. Only some routes have any. */
typedef struct
{
  guint32 mtu;
  guint32 advmss; /* bytes of a segment that are announced, without headers */
  guint32 window; /* bytes */
  guint32 rtt;    /* 1/8 ms: initial round trip time; netstat's irtt is in ms */
  guint32 rttvar; /* 1/4 ms */
  guint32 ssthresh;
  guint32 cwnd;
  guint32 reordering;
  guint32 hoplimit;
  guint32 initcwnd;
  guint32 initrwnd;
  guint32 rto_min; /* ms */
  guint32 quickack;
  guint32 features;       /* RTAX_FEATURE_* */
  guint32 locked;         /* bit (1 << RTAX_*): "mtu lock 1400" */
  const char *congestion; /* algorithm; NULL: none */
} PhRouteMetrics;

typedef struct
{
  PhRecord head;
  PhRouteKey key;

  PhAddress source;     /* RTA_PREFSRC: address that is used as sender; family NONE: none in particular */
  guint32 flags;        /* RTNH_F_* in the low byte, RTM_F_* above */
  guint8 protocol;      /* RTPROT_*: who has installed it */
  guint8 scope;         /* RT_SCOPE_* */
  guint8 pref;          /* RFC 4191: PhRoutePref */
  guint8 first_gateway; /* PhFamily of the first hop's gateway, where there are several */
  guint32 n_hops;       /* of a route with several */
  guint32 weight;       /* of a hop: 1 to 256 (since Linux 6.12: 65536); 0: not one of several */
  guint32 expires;      /* s from now; PH_ROUTE_NEVER */
  guint32 nexthop;      /* id of a nexthop object; 0: none */

  const PhRouteMetrics *metrics; /* NULL: none is set */
  const char *encap;             /* "mpls 100/200", "seg6", "ip"...; NULL: none */
  const char *from;              /* IPv6: only for senders of this prefix; NULL: all */
  const char *interface_name;    /* NULL where there is none; "if7" where the index has no name */
  const char *table_name;        /* "main"; a number where the table has no name; never NULL in a linked snapshot */
  const char *protocol_name;     /* "kernel"; likewise */
} PhRoute;

#define PH_ROUTE_NEVER G_MAXUINT32

typedef enum
{
  PH_ROUTE_PREF_NONE = 0, /* not told: IPv4 */
  PH_ROUTE_PREF_LOW,
  PH_ROUTE_PREF_MEDIUM,
  PH_ROUTE_PREF_HIGH,
} PhRoutePref;

extern const PhSchema ph_route_schema;

/* The words for "is:" in a filter, in the order of ph_route_schema.words. */
typedef enum
{
  PH_ROUTE_IS_SHOWN, /* what netstat -r shows: the main table, but for broadcast, multicast and cached routes */
  PH_ROUTE_IS_MAIN,
  PH_ROUTE_IS_UNICAST,
  PH_ROUTE_IS_LOCAL,
  PH_ROUTE_IS_BROADCAST,
  PH_ROUTE_IS_MULTICAST,
  PH_ROUTE_IS_ANYCAST,
  PH_ROUTE_IS_REJECT, /* unreachable, prohibit, blackhole */
  PH_ROUTE_IS_IPV4,
  PH_ROUTE_IS_IPV6,
  PH_ROUTE_IS_DEFAULT, /* prefix length 0 */
  PH_ROUTE_IS_HOST,
  PH_ROUTE_IS_GATEWAY,
  PH_ROUTE_IS_CACHED,
  PH_ROUTE_IS_MULTIPATH, /* a route of several hops, and its hops */
  PH_ROUTE_IS_HOP,
  PH_ROUTE_IS_DEAD, /* its interface is down or has no carrier */
  PH_ROUTE_IS_NEW,
  PH_ROUTE_IS_CLOSED,
  PH_ROUTE_IS_STALE,
} PhRouteWord;

gboolean ph_route_is (const PhRoute *route, PhRouteWord word);

static inline guint32
ph_route_table (const PhRoute *route)
{
  return GUINT32_FROM_BE (route->key.table_be);
}

static inline guint32
ph_route_metric (const PhRoute *route)
{
  return GUINT32_FROM_BE (route->key.metric_be);
}

/* The key of the route that a hop is part of: PhSchema.whole. */
gboolean ph_route_whole (gconstpointer record, gpointer key);

/* 0: the route itself. */
static inline guint
ph_route_hop (const PhRoute *route)
{
  return GUINT16_FROM_BE (route->key.hop_be);
}

/* "unicast", "blackhole"..., "global", "link"...: iproute2's words; the number as text where it has none. */
const char *ph_route_type_name (guint8 type);
const char *ph_route_scope_name (guint8 scope);

/* What netstat -r shows in these columns: MSS with the headers of IP and TCP, irtt in ms. */
guint32 ph_route_mss (const PhRoute *route);
guint32 ph_route_irtt (const PhRoute *route);

/* The mask of a prefix length, of the address family. */
void ph_route_mask (PhFamily family, guint prefix_length, PhAddress *mask);
