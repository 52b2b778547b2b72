/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Routes: recorded ones, made ones, hops, next hop objects, and messages spoilt in every way. */
#include "route-world.h"

#include <linux/lwtunnel.h>
#include <linux/mpls_iptunnel.h>
#include <linux/nexthop.h>

#include "ph-route-decode.h"
#include "ph-route-names.h"

/* The whole of a capture, of one or more requests. */
static PhSnapshot *
decode_capture (const char *name)
{
  gsize length, n, offset = 0;
  g_autofree guint8 *bytes = capture_load (name, &length);
  PhSnapshot *snapshot = ph_snapshot_new (&ph_route_schema, 1);
  PhFrameBegin begin = { 0 };
  const guint8 *payload;
  PhFrameKind kind;

  while (ph_capture_next (bytes, length, &offset, &kind, &payload, &n))
    if (kind == PH_FRAME_BEGIN)
      memcpy (&begin, payload, sizeof begin);
    else if (kind == PH_FRAME_NETLINK)
      {
        ph_decode_route_frame (snapshot, begin.request, payload, n);
        g_assert_cmpuint (ph_snapshot_look (snapshot, begin.request)->malformed, ==, 0);
      }
  g_assert_cmpuint (ph_snapshot_n_records (snapshot), >, 0);
  return snapshot;
}

/* The first that is not a hop. */
static const PhRoute *
find (PhSnapshot *snapshot, guint32 table, const char *prefix, guint hop)
{
  PhAddress address;
  guint length = 0;

  g_assert_true (ph_address_parse (prefix, &address, &length));
  for (guint i = 0; i < ph_snapshot_n_records (snapshot); i++)
    {
      const PhRoute *route = ph_snapshot_record (snapshot, i);

      if (ph_route_table (route) == table && route->key.prefix_length == length && ph_route_hop (route) == hop
          && ph_address_compare (&route->key.destination, &address) == 0)
        return route;
    }
  g_error ("no route %s, hop %u", prefix, hop);
}

static void
assert_address (const PhAddress *address, const char *expected)
{
  char text[PH_ADDRESS_TEXT_MAX];

  ph_address_format (address, text);
  g_assert_cmpstr (text, ==, expected);
}

/* --- recorded --- */

static void
test_recorded_ipv4 (void)
{
  g_autoptr (PhSnapshot) snapshot = decode_capture ("routes4");
  const PhRoute *route = find (snapshot, 254, "0.0.0.0/0", 0);

  assert_address (&route->key.gateway, "192.0.2.254");
  assert_address (&route->source, "192.0.2.1");
  g_assert_cmpuint (ph_route_metric (route), ==, 100);
  g_assert_cmpuint (route->protocol, ==, RTPROT_DHCP);
  g_assert_cmpuint (route->expires, ==, PH_ROUTE_NEVER);
  g_assert_null (route->metrics);

  route = find (snapshot, 254, "10.1.0.0/16", 0);
  g_assert_cmpuint (route->metrics->mtu, ==, 1300);
  g_assert_cmpuint (ph_route_mss (route), ==, 1300); /* 1260 and 40 */
  g_assert_cmpuint (route->metrics->window, ==, 40000);
  g_assert_cmpuint (ph_route_irtt (route), ==, 300);
  g_assert_cmpuint (route->metrics->initcwnd, ==, 20);
  g_assert_cmpuint (route->metrics->initrwnd, ==, 30);

  route = find (snapshot, 254, "10.2.0.0/16", 0);
  g_assert_true (route->metrics->locked & 1 << RTAX_MTU);
  g_assert_cmpuint (route->metrics->hoplimit, ==, 9);
  g_assert_cmpuint (route->metrics->quickack, ==, 1);
  g_assert_cmpstr (route->metrics->congestion, ==, "reno");

  route = find (snapshot, 254, "10.6.0.0/16", 0);
  g_assert_cmpuint (route->protocol, ==, 250);
  g_assert_cmpuint (route->scope, ==, 200);
  assert_address (&find (snapshot, 254, "10.8.0.0/16", 0)->key.gateway, "fe80::99");
  g_assert_cmpuint (find (snapshot, 254, "10.66.0.0/16", 0)->key.type, ==, RTN_BLACKHOLE);
  g_assert_cmpuint (find (snapshot, 254, "10.67.0.0/16", 0)->key.type, ==, RTN_UNREACHABLE);
  g_assert_cmpuint (find (snapshot, 254, "10.68.0.0/16", 0)->key.type, ==, RTN_PROHIBIT);
  g_assert_cmpuint (find (snapshot, 100, "10.69.0.0/16", 0)->key.type, ==, RTN_THROW);
  g_assert_cmpuint (find (snapshot, 254, "239.1.0.0/16", 0)->key.type, ==, RTN_MULTICAST);
  g_assert_cmpuint (find (snapshot, 255, "10.70.255.255/32", 0)->key.type, ==, RTN_BROADCAST);
  g_assert_cmpuint (find (snapshot, 255, "10.71.0.0/16", 0)->key.type, ==, RTN_LOCAL);
  find (snapshot, 70000, "10.101.0.0/16", 0);
}

static void
test_recorded_hops (void)
{
  g_autoptr (PhSnapshot) snapshot = decode_capture ("routes4");
  const PhRoute *route = find (snapshot, 254, "10.10.0.0/16", 0);
  const PhRoute *hop;

  g_assert_cmpuint (route->n_hops, ==, 3);
  g_assert_cmpuint (route->weight, ==, 0);
  g_assert_cmpuint (route->key.gateway.family, ==, PH_FAMILY_NONE);
  g_assert_cmpuint (route->key.interface, ==, 0);
  hop = find (snapshot, 254, "10.10.0.0/16", 1);
  assert_address (&hop->key.gateway, "192.0.2.11");
  g_assert_cmpuint (hop->weight, ==, 1);
  g_assert_cmpuint (hop->n_hops, ==, 0);
  hop = find (snapshot, 254, "10.10.0.0/16", 2);
  assert_address (&hop->key.gateway, "198.51.100.12");
  g_assert_cmpuint (hop->weight, ==, 20);
  hop = find (snapshot, 254, "10.10.0.0/16", 3);
  g_assert_cmpuint (hop->key.gateway.family, ==, PH_FAMILY_NONE);
  g_assert_cmpuint (hop->key.interface, !=, 0);
  g_assert_cmpuint (hop->weight, ==, 256);

  hop = find (snapshot, 254, "10.11.0.0/16", 1);
  assert_address (&hop->key.gateway, "2001:db8::11");
  g_assert_true (find (snapshot, 254, "10.11.0.0/16", 2)->flags & RTNH_F_LINKDOWN);

  /* Objects are spelled out by the kernel, unless it has been told not to. */
  g_assert_cmpuint (find (snapshot, 254, "10.12.0.0/16", 0)->nexthop, ==, 1);
  g_assert_cmpuint (find (snapshot, 254, "10.13.0.0/16", 0)->nexthop, ==, 10);
  g_assert_cmpuint (find (snapshot, 254, "10.13.0.0/16", 0)->n_hops, ==, 2);
  g_assert_cmpuint (find (snapshot, 254, "10.13.0.0/16", 1)->weight, ==, 3);
  g_assert_cmpuint (find (snapshot, 254, "10.14.0.0/16", 0)->key.type, ==, RTN_BLACKHOLE);
}

static void
test_recorded_ipv6 (void)
{
  g_autoptr (PhSnapshot) snapshot = decode_capture ("routes6");
  const PhRoute *route = find (snapshot, 254, "::/0", 0);

  assert_address (&route->key.gateway, "fe80::99");
  g_assert_cmpuint (route->protocol, ==, RTPROT_RA);
  g_assert_cmpuint (route->pref, ==, PH_ROUTE_PREF_HIGH);
  g_assert_cmpuint (route->expires, >, 1700);
  g_assert_cmpuint (route->expires, <=, 1800);

  route = find (snapshot, 254, "2001:db8:2::/48", 0);
  g_assert_cmpuint (route->metrics->mtu, ==, 1350);
  g_assert_cmpuint (ph_route_mss (route), ==, 1350); /* 1290 and 60 */
  g_assert_cmpuint (find (snapshot, 254, "2001:db8:1::/48", 0)->expires, ==, PH_ROUTE_NEVER);
  g_assert_cmpuint (find (snapshot, 254, "2001:db8:3::/48", 0)->n_hops, ==, 2);
  g_assert_cmpuint (find (snapshot, 254, "2001:db8:3::/48", 2)->weight, ==, 5);
  g_assert_cmpstr (find (snapshot, 254, "2001:db8:5::/48", 0)->from, ==, "2001:db8:1::/64");
  g_assert_cmpstr (find (snapshot, 254, "2001:db8:6::/48", 0)->encap, ==,
                   "seg6 mode inline segs 2001:db8::a,2001:db8::b,::");
  g_assert_cmpstr (find (snapshot, 254, "2001:db8:7::/48", 0)->encap, ==, "ip6 id 5 src :: dst 2001:db8::77");
  g_assert_cmpstr (find (snapshot, 254, "2001:db8:8::/48", 0)->encap, ==, "seg6local action End.X");
  g_assert_cmpuint (find (snapshot, 254, "2001:db8:67::/48", 0)->key.type, ==, RTN_UNREACHABLE);
}

static void
test_recorded_cache (void)
{
  g_autoptr (PhSnapshot) snapshot = decode_capture ("cached-routes");

  for (guint i = 0; i < ph_snapshot_n_records (snapshot); i++)
    {
      const PhRoute *route = ph_snapshot_record (snapshot, i);

      g_assert_true (route->key.cached);
      g_assert_true (ph_route_is (route, PH_ROUTE_IS_HOST));
      g_assert_false (ph_route_is (route, PH_ROUTE_IS_SHOWN));
    }
}

/* --- what tells routes apart --- */

static void
test_keys (void)
{
  g_autoptr (World) world = world_new ();
  g_autoptr (PhSnapshot) snapshot = NULL;

  world_add_route (world, (WorldRoute){ .to = "10.0.0.0/8", .via = "192.0.2.1", .dev = 2 });
  world_add_route (world, (WorldRoute){ .to = "10.0.0.0/8", .via = "192.0.2.1", .dev = 2, .tos = 0x10 });
  world_add_route (world, (WorldRoute){ .to = "10.0.0.0/8", .via = "192.0.2.1", .dev = 2, .metric = 5 });
  world_add_route (world, (WorldRoute){ .to = "10.0.0.0/9", .via = "192.0.2.1", .dev = 2 });
  world_add_route (world, (WorldRoute){ .to = "10.0.0.0/8", .via = "192.0.2.1", .dev = 2, .table = 100 });
  world_add_route (world, (WorldRoute){ .to = "10.0.0.0/8", .via = "192.0.2.2", .dev = 2 });
  world_add_route (world, (WorldRoute){ .to = "10.0.0.0/8", .via = "192.0.2.1", .dev = 3 });
  world_add_route (world, (WorldRoute){ .to = "10.0.0.0/8", .type = RTN_BLACKHOLE });
  world_add_route (world, (WorldRoute){ .to = "fe80::/64", .dev = 2 });
  world_add_route (world, (WorldRoute){ .to = "fe80::/64", .dev = 3 });
  /* "ip route append" with nothing new but the source. */
  world_add_route (world, (WorldRoute){ .to = "10.1.0.0/16", .via = "192.0.2.1", .dev = 2 });
  world_add_route (world, (WorldRoute){ .to = "10.1.0.0/16", .via = "192.0.2.1", .dev = 2, .src = "192.0.2.9" });
  world_add_route (world, (WorldRoute){ .to = "10.1.0.0/16", .via = "192.0.2.1", .dev = 2, .src = "192.0.2.8" });
  snapshot = world_collect (world, &ph_route_topic);
  g_assert_cmpuint (ph_snapshot_n_records (snapshot), ==, 13);
  for (guint i = 0; i < 13; i++) /* IPv6 comes last */
    {
      const PhRoute *route = ph_snapshot_record (snapshot, i);

      g_assert_true (ph_snapshot_find (snapshot, &route->key) == route);
      g_assert_cmpuint (GUINT16_FROM_BE (route->key.nth_be), ==, i >= 8 && i < 11 ? i - 8 : 0);
    }
}

static int
compare_keys (gconstpointer a, gconstpointer b)
{
  return memcmp (a, b, sizeof (PhRouteKey));
}

/* Bytes order rows: tables and metrics by number, hops right under their route. */
static void
test_order (void)
{
  const WorldHop hops[] = { { "192.0.2.9", 2, 1, 0 }, { "192.0.2.1", 2, 1, 0 } };
  const WorldRoute in_order[] = {
    { .to = "10.0.0.0/8", .via = "192.0.2.1", .dev = 2, .table = 5 },
    { .to = "0.0.0.0/0", .via = "192.0.2.1", .dev = 2 },
    { .to = "10.0.0.0/8", .via = "192.0.2.1", .dev = 2, .metric = 1 },
    { .to = "10.0.0.0/8", .via = "192.0.2.1", .dev = 2, .metric = 256 },
    { .to = "10.0.0.0/8", .metric = 257, .hops = hops, .n_hops = 2 },
    { .to = "10.0.0.0/9", .via = "192.0.2.1", .dev = 2 },
    { .to = "10.0.0.1/32", .via = "192.0.2.1", .dev = 2 },
    { .to = "9.0.0.0/8", .via = "192.0.2.1", .dev = 2, .table = 256 },
    { .to = "8.0.0.0/8", .via = "192.0.2.1", .dev = 2, .table = 70000 },
    { .to = "8.0.0.0/8", .via = "192.0.2.1", .dev = 2, .table = 0xfffffffe },
    { .to = "8.0.0.0/8", .via = "192.0.2.1", .dev = 2, .table = 0xffffffff },
    { .to = "2001:db8::/32", .via = "fe80::1", .dev = 2, .table = 5 },
  };
  g_autoptr (PhSnapshot) snapshot = ph_snapshot_new (&ph_route_schema, 1);

  for (guint i = 0; i < G_N_ELEMENTS (in_order); i++)
    {
      Message message;

      world_route_message (&message, &in_order[i]);
      ph_decode_route_frame (snapshot, PH_REQUEST_ROUTES4, &message, message.header.nlmsg_len);
    }
  g_assert_cmpuint (ph_snapshot_n_records (snapshot), ==, G_N_ELEMENTS (in_order) + 2);
  for (guint i = 1; i < ph_snapshot_n_records (snapshot); i++)
    {
      const PhRoute *before = ph_snapshot_record (snapshot, i - 1);
      const PhRoute *route = ph_snapshot_record (snapshot, i);

      g_test_message ("%u", i);
      g_assert_cmpint (compare_keys (&before->key, &route->key), <, 0);
    }
}

/* What a route had been is closed when its gateway changes; what stays keeps its place. */
static void
test_change (void)
{
  g_autoptr (World) world = world_new ();
  g_autoptr (PhCollector) collector = ph_collector_new (&ph_route_topic);
  const WorldHop hops[] = { { "192.0.2.1", 2, 1, 0 }, { "192.0.2.2", 2, 1, 0 } };
  g_autoptr (PhSnapshot) first = NULL;
  g_autoptr (PhSnapshot) second = NULL;
  const PhRoute *route;

  world_add_route (world, (WorldRoute){ .via = "192.0.2.1", .dev = 2 });
  world_add_route (world, (WorldRoute){ .to = "10.0.0.0/8", .hops = hops, .n_hops = 2, .mtu = 1400, .protocol = 200 });
  first = world_look (world, collector);
  world_forget (world, PH_REQUEST_ROUTES4);
  world->time_us += G_USEC_PER_SEC;
  world_add_route (world, (WorldRoute){ .via = "192.0.2.7", .dev = 3 });
  second = world_look (world, collector);

  g_assert_cmpuint (ph_snapshot_n_records (second), ==, 5);
  route = ph_snapshot_record (second, 0);
  g_assert_cmpuint (route->head.mark, ==, PH_MARK_NEW);
  g_assert_cmpstr (route->interface_name, ==, "eth3");
  for (guint i = 1; i < 5; i++)
    g_assert_cmpuint (((const PhRoute *) ph_snapshot_record (second, i))->head.mark, ==, PH_MARK_CLOSED);
  g_clear_pointer (&first, ph_snapshot_unref); /* what was copied must not lie in it */
  g_clear_pointer (&collector, ph_collector_free);
  route = find (second, 254, "10.0.0.0/8", 2);
  g_assert_cmpuint (route->metrics->mtu, ==, 1400);
  g_assert_cmpstr (route->interface_name, ==, "eth2");
  g_assert_cmpstr (route->table_name, ==, "main");
  g_assert_cmpstr (route->protocol_name, ==, "200");
}

/* --- next hop objects --- */

static void
add_nexthop (World *world, guint32 id, const char *via, guint32 dev, const struct nexthop_grp *group, guint n)
{
  guint8 bytes[16];
  guint length;
  struct nhmsg header = { .nh_family = AF_INET };
  Message message;

  if (via)
    header.nh_family = (guint8) parse_prefix (via, bytes, &length);
  message_begin (&message, &header, sizeof header);
  message.header.nlmsg_type = RTM_NEWNEXTHOP;
  put_u32 (&message, NHA_ID, id);
  if (dev != 0)
    put_u32 (&message, NHA_OIF, dev);
  put_address (&message, NHA_GATEWAY, via);
  if (group)
    message_put (&message, NHA_GROUP, group, n * sizeof *group);
  else if (dev == 0)
    message_put (&message, NHA_BLACKHOLE, NULL, 0);
  world_append (world, PH_REQUEST_NEXTHOPS, &message);
}

static void
test_nexthops (void)
{
  struct nexthop_grp group[] = { { .id = 1, .weight = 2 }, { .id = 4, .weight = 0 }, { .id = 99 } };
  g_autoptr (World) world = world_new ();
  g_autoptr (PhSnapshot) snapshot = NULL;
  const PhRoute *route;

  ((guint8 *) group)[offsetof (struct nexthop_grp, weight) + 1] = 1; /* its high byte */
  add_nexthop (world, 1, "192.0.2.1", 2, NULL, 0);
  add_nexthop (world, 2, NULL, 0, group, G_N_ELEMENTS (group));
  add_nexthop (world, 3, NULL, 0, NULL, 0);
  add_nexthop (world, 4, "2001:db8::4", 3, NULL, 0);
  world_add_route (world, (WorldRoute){ .to = "10.1.0.0/16", .nhid = 1 });
  world_add_route (world, (WorldRoute){ .to = "10.2.0.0/16", .nhid = 2, .metric = 7 });
  world_add_route (world, (WorldRoute){ .to = "10.3.0.0/16", .nhid = 3 });
  world_add_route (world,
                   (WorldRoute){ .to = "10.4.0.0/16", .nhid = 1, .via = "192.0.2.1", .dev = 2 }); /* compatible */
  world_add_route (world, (WorldRoute){ .to = "10.5.0.0/16", .nhid = 77 });                       /* gone meanwhile */
  snapshot = world_collect (world, &ph_route_topic);

  g_assert_cmpuint (world->n_asked[PH_REQUEST_NEXTHOPS], ==, 1);
  g_assert_cmpuint (ph_snapshot_n_records (snapshot), ==, 8);
  route = find (snapshot, 254, "10.1.0.0/16", 0);
  assert_address (&route->key.gateway, "192.0.2.1");
  g_assert_cmpstr (route->interface_name, ==, "eth2");
  route = find (snapshot, 254, "10.2.0.0/16", 0);
  g_assert_cmpuint (route->n_hops, ==, 3);
  g_assert_cmpuint (route->first_gateway, ==, PH_FAMILY_IPV4);
  route = find (snapshot, 254, "10.2.0.0/16", 1);
  g_assert_cmpuint (route->weight, ==, 0x102 + 1);
  g_assert_cmpuint (route->nexthop, ==, 1);
  g_assert_cmpuint (ph_route_metric (route), ==, 7);
  assert_address (&route->key.gateway, "192.0.2.1");
  route = find (snapshot, 254, "10.2.0.0/16", 2);
  assert_address (&route->key.gateway, "2001:db8::4");
  g_assert_cmpstr (route->interface_name, ==, "eth3");
  g_assert_cmpuint (find (snapshot, 254, "10.2.0.0/16", 3)->key.interface, ==, 0);
  g_assert_cmpuint (find (snapshot, 254, "10.3.0.0/16", 0)->key.type, ==, RTN_BLACKHOLE);
  g_assert_cmpuint (find (snapshot, 254, "10.5.0.0/16", 0)->key.interface, ==, 0);
}

/* They are asked for only where a route says nothing else. */
static void
test_nexthops_unasked (void)
{
  g_autoptr (World) world = world_new ();
  g_autoptr (PhSnapshot) snapshot = NULL;

  world_add_route (world, (WorldRoute){ .to = "10.4.0.0/16", .nhid = 1, .via = "192.0.2.1", .dev = 2 });
  snapshot = world_collect (world, &ph_route_topic);
  g_assert_cmpuint (world->n_asked[PH_REQUEST_NEXTHOPS], ==, 0);
  g_assert_cmpuint (world->n_asked[PH_REQUEST_LINKS], ==, 1);
}

/* --- encapsulation --- */

static void
test_mpls (void)
{
  const guint32 labels[] = { GUINT32_TO_BE (100 << 12), GUINT32_TO_BE (200 << 12 | 0x100), 0 };
  const guint16 type = LWTUNNEL_ENCAP_MPLS, unknown = 77, none = LWTUNNEL_ENCAP_NONE;
  g_autoptr (PhArena) arena = ph_arena_new ();
  Message message;
  struct nlattr *type_at, *encap;

  message_begin (&message, &type, 0);
  type_at = mnl_nlmsg_get_payload_tail (&message.header);
  message_put (&message, RTA_ENCAP_TYPE, &type, sizeof type);
  encap = mnl_attr_nest_start (&message.header, RTA_ENCAP);
  message_put (&message, MPLS_IPTUNNEL_DST, labels, sizeof labels);
  mnl_attr_nest_end (&message.header, encap);
  g_assert_cmpstr (ph_decode_encap (arena, type_at, encap), ==, "mpls 100/200");
  g_assert_cmpstr (ph_decode_encap (arena, type_at, NULL), ==, "mpls");
  memcpy (mnl_attr_get_payload (type_at), &unknown, sizeof unknown);
  g_assert_cmpstr (ph_decode_encap (arena, type_at, encap), ==, "77");
  memcpy (mnl_attr_get_payload (type_at), &none, sizeof none);
  g_assert_null (ph_decode_encap (arena, type_at, encap));
  g_assert_null (ph_decode_encap (arena, NULL, encap));
}

/* --- hostile --- */

static gboolean
understand_route (const struct nlmsghdr *message, PhArena *arena)
{
  PhRoute route = { 0 };
  PhRoute hop;
  PhRouteHops hops;

  if (!ph_decode_route (message, arena, &route, &hops))
    return FALSE;
  check_text (route.encap);
  check_text (route.from);
  check_text (route.metrics ? route.metrics->congestion : NULL);
  while (ph_decode_route_hop (&hops, arena, &route, &hop))
    check_text (hop.encap);
  return TRUE;
}

static void
test_spoilt (void)
{
  static const char *const captures[] = { "routes4", "routes6", "cached-routes" };

  for (guint i = 0; i < G_N_ELEMENTS (captures); i++)
    {
      g_autoptr (GPtrArray) messages = capture_messages (captures[i]);

      for (guint j = 0; j < messages->len; j++)
        spoil (understand_route, g_ptr_array_index (messages, j), sizeof (struct rtmsg));
    }
}

static guint
count_rows (const Message *message, guint *malformed)
{
  g_autoptr (PhSnapshot) snapshot = ph_snapshot_new (&ph_route_schema, 1);

  ph_decode_route_frame (snapshot, PH_REQUEST_ROUTES4, message, message->header.nlmsg_len);
  *malformed = ph_snapshot_look (snapshot, PH_REQUEST_ROUTES4)->malformed;
  return ph_snapshot_n_records (snapshot);
}

/* A list of hops that does not add up takes its route with it. */
static void
test_bad_hops (void)
{
  const WorldHop hops[] = { { "192.0.2.1", 2, 1, 0 }, { "192.0.2.2", 2, 1, 0 } };
  const WorldRoute route = { .to = "10.0.0.0/8", .hops = hops, .n_hops = 2 };
  Message message;
  guint8 *second;
  guint malformed;

  world_route_message (&message, &route);
  second = (guint8 *) &message.header + message.header.nlmsg_len - 16;
  g_assert_cmpuint (count_rows (&message, &malformed), ==, 3);
  g_assert_cmpuint (malformed, ==, 0);
  for (guint16 length = 0; length < 64; length++)
    {
      guint rows;

      memcpy (second, &length, sizeof length);
      rows = count_rows (&message, &malformed);
      if (length == 8) /* the gateway that follows passes for one more hop */
        g_assert_cmpuint (rows, ==, 4);
      else
        g_assert_cmpuint (rows, ==, length == 16 ? 3 : 0);
      g_assert_cmpuint (malformed, ==, length == 16 || length == 8 ? 0 : 1);
    }
}

static void
test_refused (void)
{
  WorldRoute route = { .to = "10.0.0.0/8", .via = "192.0.2.1", .dev = 2 };
  g_autoptr (PhArena) arena = ph_arena_new ();
  Message message;
  struct rtmsg *header;

  world_route_message (&message, &route);
  header = mnl_nlmsg_get_payload (&message.header);
  g_assert_true (understand_route (&message.header, arena));
  header->rtm_dst_len = 33;
  g_assert_false (understand_route (&message.header, arena));
  header->rtm_dst_len = 8;
  header->rtm_family = AF_INET6; /* its addresses are four bytes long */
  g_assert_false (understand_route (&message.header, arena));
  header->rtm_family = 28; /* AF_MPLS */
  g_assert_false (understand_route (&message.header, arena));
  header->rtm_family = AF_INET;
  message.header.nlmsg_type = RTM_DELROUTE;
  g_assert_false (understand_route (&message.header, arena));

  /* A prefix without its address is not the default route. */
  world_route_message (&message, &(WorldRoute){ .dev = 2 });
  header = mnl_nlmsg_get_payload (&message.header);
  g_assert_true (understand_route (&message.header, arena));
  header->rtm_dst_len = 8;
  g_assert_false (understand_route (&message.header, arena));
}

/* Many, hops among them: linear, or the test runs out of time. */
static void
test_many (void)
{
  const WorldHop hops[] = { { "192.0.2.1", 2, 1, 0 }, { "192.0.2.2", 2, 1, 0 }, { "192.0.2.3", 2, 1, 0 } };
  g_autoptr (World) world = world_new ();
  g_autoptr (PhSnapshot) snapshot = NULL;

  for (guint i = 0; i < 100000; i++)
    {
      g_autofree char *to = g_strdup_printf ("10.%u.%u.%u/32", i >> 16, i >> 8 & 255, i & 255);

      world_add_route (world, (WorldRoute){ .to = to,
                                            .via = i % 10 ? "192.0.2.1" : NULL,
                                            .dev = i % 10 ? 2 : 0,
                                            .hops = hops,
                                            .n_hops = i % 10 ? 0 : 3 });
    }
  snapshot = world_collect (world, &ph_route_topic);
  g_assert_cmpuint (ph_snapshot_n_records (snapshot), ==, 130000);
  g_assert_cmpuint (ph_snapshot_look (snapshot, PH_REQUEST_ROUTES4)->malformed, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/route-decode/recorded/ipv4", test_recorded_ipv4);
  g_test_add_func ("/route-decode/recorded/hops", test_recorded_hops);
  g_test_add_func ("/route-decode/recorded/ipv6", test_recorded_ipv6);
  g_test_add_func ("/route-decode/recorded/cache", test_recorded_cache);
  g_test_add_func ("/route-decode/keys", test_keys);
  g_test_add_func ("/route-decode/order", test_order);
  g_test_add_func ("/route-decode/change", test_change);
  g_test_add_func ("/route-decode/nexthops", test_nexthops);
  g_test_add_func ("/route-decode/nexthops-unasked", test_nexthops_unasked);
  g_test_add_func ("/route-decode/mpls", test_mpls);
  g_test_add_func ("/route-decode/spoilt", test_spoilt);
  g_test_add_func ("/route-decode/bad-hops", test_bad_hops);
  g_test_add_func ("/route-decode/refused", test_refused);
  g_test_add_func ("/route-decode/many", test_many);
  return g_test_run ();
}
