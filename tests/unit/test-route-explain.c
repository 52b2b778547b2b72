/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * "Which route?" on a made-up machine: for each question what the kernel would answer is given, and what is made of it
 * is looked at.
 */
#include "route-world.h"

#include <errno.h>

#include "ph-route-explain.h"
#include "ph-route-inquiry.h"

#define WEB 100 /* a table of the administrator's */

static World *
make_world (void)
{
  static const WorldHop hops[] = { { "192.0.2.11", 2, 1, 0 }, { "198.51.100.12", 3, 2, 0 } };
  static const WorldHop one[] = { { "192.0.2.13", 2, 1, 0 } };
  World *world = world_new ();

  world_add_rule (world, (WorldRule){ .priority = 0, .table = RT_TABLE_LOCAL });
  world_add_rule (world, (WorldRule){ .priority = 10, .to = "10.30.0.0/16", .action = FR_ACT_PROHIBIT });
  world_add_rule (world, (WorldRule){ .priority = 11, .to = "10.31.0.0/16", .action = FR_ACT_BLACKHOLE });
  world_add_rule (world, (WorldRule){ .priority = 12, .to = "10.32.0.0/16", .action = FR_ACT_UNREACHABLE });
  world_add_rule (world, (WorldRule){ .priority = 20, .from = "198.51.100.0/24", .table = WEB });
  world_add_rule (world, (WorldRule){ .priority = 21, .mark = 0x10, .mask = 0xf0, .table = WEB });
  world_add_rule (
      world, (WorldRule){ .priority = 22, .mark = 7, .mask = G_MAXUINT32, .action = FR_ACT_GOTO, .target = 32766 });
  world_add_rule (world, (WorldRule){ .priority = 23, .action = FR_ACT_GOTO, .target = 32000 }); /* is not there */
  world_add_rule (world, (WorldRule){ .priority = 24, .action = FR_ACT_NOP });
  world_add_rule (world,
                  (WorldRule){ .priority = 25, .has_uids = TRUE, .uid_low = 500, .uid_high = 600, .table = WEB });
  world_add_rule (world, (WorldRule){ .priority = 26, .iif = "eth2", .table = WEB }); /* not for what is made here */
  world_add_rule (world, (WorldRule){ .priority = 27, .oif = "eth3", .table = WEB });
  world_add_rule (world, (WorldRule){ .priority = 28, .ip_protocol = 6, .table = WEB });
  world_add_rule (world, (WorldRule){ .priority = 29, .dport = 53, .table = WEB });
  world_add_rule (world, (WorldRule){ .priority = 30, .l3mdev = TRUE, .table = 0 });
  world_add_rule (world, (WorldRule){ .priority = 31, .iif = "lo", .to = "10.33.0.0/16", .table = WEB });
  world_add_rule (world, (WorldRule){ .priority = 32, .to = "10.40.0.0/16", .table = 200 });
  world_add_rule (world, (WorldRule){ .priority = 33, .to = "10.41.0.0/16", .table = RT_TABLE_MAIN, .suppress = 1 });
  world_add_rule (world, (WorldRule){ .priority = 34, .to = "10.41.0.0/16", .table = WEB });
  world_add_rule (world, (WorldRule){ .priority = 35, .to = "0.0.0.0/1", .not = TRUE, .tos = 0, .table = 201 });
  world_add_rule (world, (WorldRule){ .priority = 36, .tos = 0x10, .table = WEB });
  world_add_rule (world, (WorldRule){ .priority = 32766, .table = RT_TABLE_MAIN });
  world_add_rule (world, (WorldRule){ .priority = 32767, .table = RT_TABLE_DEFAULT });
  world_add_rule (world, (WorldRule){ .priority = 0, .table = RT_TABLE_LOCAL, .ipv6 = TRUE });
  world_add_rule (world, (WorldRule){ .priority = 50, .from = "2001:db8:5::/48", .table = WEB, .ipv6 = TRUE });
  world_add_rule (world, (WorldRule){ .priority = 32766, .table = RT_TABLE_MAIN, .ipv6 = TRUE });

#define LOCAL .table = RT_TABLE_LOCAL, .type = RTN_LOCAL, .scope = RT_SCOPE_HOST
  world_add_route (world, (WorldRoute){ .to = "127.0.0.0/8", .dev = 1, LOCAL });
  world_add_route (world, (WorldRoute){ .to = "192.0.2.1/32", .dev = 2, LOCAL });
  world_add_route (world, (WorldRoute){ .to = "198.51.100.1/32", .dev = 3, LOCAL });
  world_add_route (world,
                   (WorldRoute){ .to = "192.0.2.255/32", .dev = 2, .table = RT_TABLE_LOCAL, .type = RTN_BROADCAST });
  world_add_route (world, (WorldRoute){ .via = "192.0.2.254", .dev = 2, .metric = 100 });
  world_add_route (world, (WorldRoute){ .via = "198.51.100.254", .dev = 3, .metric = 200 });
  world_add_route (world, (WorldRoute){ .to = "192.0.2.0/24", .dev = 2, .src = "192.0.2.1", .scope = RT_SCOPE_LINK });
  world_add_route (world, (WorldRoute){ .to = "198.51.100.0/24", .dev = 3, .src = "198.51.100.1" });
  world_add_route (world, (WorldRoute){ .to = "10.0.0.0/8", .via = "192.0.2.253", .dev = 2 });
  world_add_route (world, (WorldRoute){ .to = "10.1.0.0/16", .via = "192.0.2.252", .dev = 2, .metric = 9 });
  world_add_route (world, (WorldRoute){ .to = "10.1.0.0/16", .via = "192.0.2.251", .dev = 2, .metric = 5 });
  world_add_route (world, (WorldRoute){ .to = "10.1.2.0/24", .via = "192.0.2.250", .dev = 2, .tos = 0x10 });
  world_add_route (world, (WorldRoute){ .to = "10.2.0.0/16", .hops = hops, .n_hops = 2 });
  world_add_route (world, (WorldRoute){ .to = "10.3.0.0/16", .via = "fe80::3", .dev = 2 });
  world_add_route (world, (WorldRoute){ .to = "10.4.0.0/16", .hops = one, .n_hops = 1 });
  world_add_route (world, (WorldRoute){ .to = "10.20.0.0/16", .type = RTN_BLACKHOLE });
  world_add_route (world, (WorldRoute){ .to = "10.21.0.0/16", .type = RTN_UNREACHABLE });
  world_add_route (world, (WorldRoute){ .to = "10.22.0.0/16", .type = RTN_PROHIBIT });
  world_add_route (world, (WorldRoute){ .to = "10.22.5.0/24", .via = "192.0.2.249", .dev = 2 });
  world_add_route (world, (WorldRoute){ .to = "10.23.0.0/16", .via = "192.0.2.248", .dev = 2, .flags = RTNH_F_DEAD });
  world_add_route (world, (WorldRoute){ .to = "239.0.0.0/8", .dev = 2, .type = RTN_MULTICAST });
  world_add_route (world, (WorldRoute){ .to = "10.9.9.9/32", .via = "192.0.2.9", .dev = 2, .flags = RTM_F_CLONED });
  world_add_route (world, (WorldRoute){ .via = "198.51.100.100", .dev = 3, .table = WEB });
  world_add_route (world, (WorldRoute){ .to = "10.50.0.0/16", .type = RTN_THROW, .table = WEB });
  world_add_route (world, (WorldRoute){ .to = "10.40.0.0/16", .type = RTN_THROW, .table = 200 });
  world_add_route (world, (WorldRoute){ .to = "200.0.0.0/8", .dev = 4, .table = 201 });

  world_add_route (world, (WorldRoute){ .to = "::1/128", .dev = 1, LOCAL });
  world_add_route (world, (WorldRoute){ .via = "fe80::1", .dev = 2, .metric = 1024, .ipv6 = TRUE });
  world_add_route (world, (WorldRoute){ .to = "2001:db8:1::/48", .via = "fe80::2", .dev = 2, .metric = 1024 });
  world_add_route (world, (WorldRoute){ .to = "2001:db8:2::/48", .type = RTN_PROHIBIT, .dev = 1, .metric = 1024 });
  world_add_route (world, (WorldRoute){ .to = "fe80::/64", .dev = 2, .metric = 256 });
  world_add_route (world, (WorldRoute){ .to = "fe80::/64", .dev = 3, .metric = 256 });
  world_add_route (world, (WorldRoute){ .via = "fe80::5", .dev = 3, .metric = 1, .table = WEB, .ipv6 = TRUE });
  return world;
}

/* --- a question and its answer --- */

typedef struct
{
  PhRouteQuestion question;
  guint32 uid;
  WorldRoute route; /* the kernel's answer: the route that is taken; type 0: none, but @errnum */
  WorldRoute entry; /* the entry; type 0: not told */
  int errnum;

  PhRouteVerdict verdict;
  int rule; /* priority; -1: none is named */
  const char *headline;
  const char *line_has;
  const char *row_gateway; /* of the row to select; NULL: none is; "": one without */
  guint row_hop;
} Case;

#define SENT(...)     .route = { .type = RTN_UNICAST, __VA_ARGS__ }
#define ENTRY(...)    .entry = { .type = RTN_UNICAST, __VA_ARGS__ }
#define QUESTION(...) .question = { __VA_ARGS__ }

static const WorldHop case_hops[] = { { "192.0.2.11", 2, 1, 0 }, { "198.51.100.12", 3, 2, 0 } };

/* clang-format off */
static const Case cases[] = {
  /* Rules and prefixes, one after the other. */
  { QUESTION ("203.0.113.7"), SENT (.to = "203.0.113.7/32", .via = "192.0.2.254", .dev = 2, .src = "192.0.2.1"),
    ENTRY (.via = "192.0.2.254", .dev = 2, .metric = 100), .verdict = PH_ROUTE_SENT, .rule = 32766,
    .headline = "203.0.113.7 is reached through the gateway 192.0.2.254 on eth2",
    .line_has = "rule 32766: from all lookup main · table main · 203.0.113.7 AND 0.0.0.0 = 0.0.0.0 · gateway 192.0.2.254 · "
    "interface eth2 · source 192.0.2.1",
    .row_gateway = "192.0.2.254" },
  { QUESTION ("192.0.2.77"), SENT (.to = "192.0.2.77/32", .dev = 2, .src = "192.0.2.1"),
    ENTRY (.to = "192.0.2.0/24", .dev = 2, .src = "192.0.2.1"), .verdict = PH_ROUTE_SENT, .rule = 32766,
    .headline = "192.0.2.77 is on the network of eth2",
    .line_has = "192.0.2.77 AND 255.255.255.0 = 192.0.2.0 · no gateway · interface eth2",
    .row_gateway = "" },
  { QUESTION ("192.0.2.1"), .route = { .to = "192.0.2.1/32", .type = RTN_LOCAL, .dev = 1, .table = 255 },
    .entry = { .to = "192.0.2.1/32", LOCAL, .dev = 2 }, .verdict = PH_ROUTE_DELIVERED, .rule = 0,
    .headline = "192.0.2.1 is an address of this computer",
    .line_has = "rule 0: from all lookup local · table local · 192.0.2.1 AND 255.255.255.255 = 192.0.2.1",
    .row_gateway = "" },
  { QUESTION ("192.0.2.255"), .route = { .to = "192.0.2.255/32", .type = RTN_BROADCAST, .dev = 2, .table = 255 },
    .verdict = PH_ROUTE_SENT, .rule = 0, .headline = "192.0.2.255 is every host on the network of eth2",
    .line_has = "table local", .row_gateway = "" },
  { QUESTION ("239.1.2.3"), .route = { .to = "239.1.2.3/32", .type = RTN_MULTICAST, .dev = 2 },
    .verdict = PH_ROUTE_SENT, .rule = 32766, .headline = "239.1.2.3 is a multicast group, reached on eth2",
    .line_has = "239.1.2.3 AND 255.0.0.0 = 239.0.0.0", .row_gateway = "" },
  { QUESTION ("10.1.2.3"), SENT (.to = "10.1.2.3/32", .via = "192.0.2.251", .dev = 2), .verdict = PH_ROUTE_SENT,
    .rule = 32766, .headline = "10.1.2.3 is reached through the gateway 192.0.2.251 on eth2",
    .line_has = "10.1.2.3 AND 255.255.0.0 = 10.1.0.0", .row_gateway = "192.0.2.251" }, /* the smaller metric, no tos */
  { QUESTION ("10.9.9.9"), SENT (.to = "10.9.9.9/32", .via = "192.0.2.253", .dev = 2), .verdict = PH_ROUTE_SENT,
    .rule = 32766, .line_has = "10.9.9.9 AND 255.0.0.0 = 10.0.0.0", .row_gateway = "192.0.2.253" }, /* not the cache */
  { QUESTION ("10.23.1.1"), SENT (.to = "10.23.1.1/32", .via = "192.0.2.253", .dev = 2), .verdict = PH_ROUTE_SENT,
    .rule = 32766, .line_has = "= 10.0.0.0", .row_gateway = "192.0.2.253" }, /* the longer one is dead */
  { QUESTION ("10.3.0.1"), SENT (.to = "10.3.0.1/32", .via = "fe80::3", .dev = 2),
    ENTRY (.to = "10.3.0.0/16", .via = "fe80::3", .dev = 2), .verdict = PH_ROUTE_SENT, .rule = 32766,
    .headline = "10.3.0.1 is reached through the gateway fe80::3 on eth2",
    .line_has = "gateway fe80::3",
    .row_gateway = "fe80::3" },

  /* Several next hops: the one that was taken is the row. */
  { QUESTION ("10.2.0.1"), SENT (.to = "10.2.0.1/32", .via = "198.51.100.12", .dev = 3),
    ENTRY (.to = "10.2.0.0/16", .hops = case_hops, .n_hops = 2), .verdict = PH_ROUTE_SENT, .rule = 32766,
    .headline = "10.2.0.1 is reached through the gateway 198.51.100.12 on eth3",
    .line_has = "interface eth3 · next hop 2",
    .row_gateway = "198.51.100.12", .row_hop = 2 },
  { QUESTION ("10.2.0.2"), SENT (.to = "10.2.0.2/32", .via = "192.0.2.11", .dev = 2), .verdict = PH_ROUTE_SENT,
    .rule = 32766, .line_has = "next hop 1", .row_gateway = "192.0.2.11", .row_hop = 1 },
  { QUESTION ("10.2.0.3", .interface = "eth3"), SENT (.to = "10.2.0.3/32", .via = "198.51.100.12", .dev = 3, .table = 254),
    .verdict = PH_ROUTE_SENT, .rule = 32766, .row_gateway = NULL }, /* the rule for eth3 finds another: not named */

  /* Rules with selectors. */
  { QUESTION ("203.0.113.7", .source = "198.51.100.1"),
    SENT (.to = "203.0.113.7/32", .via = "198.51.100.100", .dev = 3, .table = WEB),
    ENTRY (.via = "198.51.100.100", .dev = 3, .table = WEB), .verdict = PH_ROUTE_SENT, .rule = 20,
    .line_has = "rule 20: from 198.51.100.0/24 lookup web · table web · 203.0.113.7 AND 0.0.0.0 = 0.0.0.0 · gateway 198.51.100.100 "
    "· interface eth3 · source 198.51.100.1",
    .row_gateway = "198.51.100.100" },
  { QUESTION ("203.0.113.7", .mark = "0x13"),
    SENT (.to = "203.0.113.7/32", .via = "198.51.100.100", .dev = 3, .table = WEB), .verdict = PH_ROUTE_SENT,
    .rule = 21, .line_has = "fwmark 0x10/0xf0", .row_gateway = "198.51.100.100" },
  { QUESTION ("203.0.113.7", .mark = "19"),
    SENT (.to = "203.0.113.7/32", .via = "198.51.100.100", .dev = 3, .table = WEB), .verdict = PH_ROUTE_SENT,
    .rule = 21, .line_has = "fwmark 0x10/0xf0", .row_gateway = "198.51.100.100" },
  { QUESTION ("10.41.0.1", .mark = "7"), SENT (.to = "10.41.0.1/32", .via = "192.0.2.253", .dev = 2),
    .verdict = PH_ROUTE_SENT, .rule = 32766, .line_has = "= 10.0.0.0", .row_gateway = "192.0.2.253" }, /* goto */
  { QUESTION ("203.0.113.7"), .uid = 550,
    SENT (.to = "203.0.113.7/32", .via = "198.51.100.100", .dev = 3, .table = WEB), .verdict = PH_ROUTE_SENT,
    .rule = 25, .line_has = "uidrange 500-600", .row_gateway = "198.51.100.100" },
  { QUESTION ("203.0.113.7", .interface = "eth3"),
    SENT (.to = "203.0.113.7/32", .via = "198.51.100.100", .dev = 3, .table = WEB), .verdict = PH_ROUTE_SENT,
    .rule = 27, .line_has = "oif eth3", .row_gateway = "198.51.100.100" },
  { QUESTION ("203.0.113.7", .interface = "2"), SENT (.to = "203.0.113.7/32", .via = "192.0.2.254", .dev = 2),
    .verdict = PH_ROUTE_SENT, .rule = 32766, .row_gateway = "192.0.2.254" },
  { QUESTION ("10.33.0.1"), SENT (.to = "10.33.0.1/32", .via = "198.51.100.100", .dev = 3, .table = WEB),
    .verdict = PH_ROUTE_SENT, .rule = 31, .line_has = "to 10.33.0.0/16 iif lo", .row_gateway = "198.51.100.100" },
  { QUESTION ("200.1.1.1"), SENT (.to = "200.1.1.1/32", .dev = 4, .table = 201), .verdict = PH_ROUTE_SENT, .rule = 35,
    .line_has = "rule 35: not from all to 0.0.0.0/1 lookup 201 · table 201", .row_gateway = "" },

  /* What leads on to the next rule. */
  { QUESTION ("10.40.0.1"), SENT (.to = "10.40.0.1/32", .via = "192.0.2.253", .dev = 2), .verdict = PH_ROUTE_SENT,
    .rule = 32766, .line_has = "= 10.0.0.0", .row_gateway = "192.0.2.253" }, /* throw */
  { QUESTION ("10.50.0.1", .mark = "0x10"), SENT (.to = "10.50.0.1/32", .via = "192.0.2.253", .dev = 2),
    .verdict = PH_ROUTE_SENT, .rule = 32766, .line_has = "= 10.0.0.0", .row_gateway = "192.0.2.253" },
  { QUESTION ("10.41.0.1"), SENT (.to = "10.41.0.1/32", .via = "192.0.2.253", .dev = 2),
    ENTRY (.to = "10.0.0.0/8", .via = "192.0.2.253", .dev = 2), .verdict = PH_ROUTE_SENT, .rule = 33,
    .line_has = "rule 33: from all to 10.41.0.0/16 lookup main",
    .row_gateway = "192.0.2.253" }, /* /8 is longer than what is suppressed */

  /* Refused by routes. */
  { QUESTION ("10.20.1.1"), .errnum = EINVAL, .verdict = PH_ROUTE_REFUSED, .rule = 32766,
    .headline = "Packets to 10.20.1.1 are thrown away: blackhole route 10.20.0.0/16 in table main",
    .line_has = "10.20.1.1 AND 255.255.0.0 = 10.20.0.0", .row_gateway = "" },
  { QUESTION ("10.21.1.1"), .errnum = EHOSTUNREACH, .verdict = PH_ROUTE_REFUSED, .rule = 32766,
    .headline = "Packets to 10.21.1.1 are refused: unreachable route 10.21.0.0/16 in table main",
    .line_has = "table main", .row_gateway = "" },
  { QUESTION ("10.22.1.1"), .errnum = EACCES, .verdict = PH_ROUTE_REFUSED, .rule = 32766,
    .headline = "Packets to 10.22.1.1 are prohibited: prohibit route 10.22.0.0/16 in table main",
    .line_has = "10.22.1.1 AND 255.255.0.0 = 10.22.0.0", .row_gateway = "" },
  { QUESTION ("10.22.5.1"), SENT (.to = "10.22.5.1/32", .via = "192.0.2.249", .dev = 2), .verdict = PH_ROUTE_SENT,
    .rule = 32766, .line_has = "= 10.22.5.0", .row_gateway = "192.0.2.249" }, /* an exception to it */

  /* Refused by rules. */
  { QUESTION ("10.30.1.1"), .errnum = EACCES, .verdict = PH_ROUTE_REFUSED, .rule = 10,
    .headline = "Packets to 10.30.1.1 are prohibited by the prohibit rule 10",
    .line_has = "rule 10: from all to 10.30.0.0/16 prohibit" },
  { QUESTION ("10.31.1.1"), .errnum = EINVAL, .verdict = PH_ROUTE_REFUSED, .rule = 11,
    .headline = "Packets to 10.31.1.1 are thrown away by the blackhole rule 11", .line_has = "blackhole" },
  { QUESTION ("10.32.1.1"), .errnum = ENETUNREACH, .verdict = PH_ROUTE_REFUSED, .rule = 12,
    .headline = "Packets to 10.32.1.1 are refused by the unreachable rule 12", .line_has = "unreachable" },

  /* The kernel's answer counts where the two differ. */
  { QUESTION ("203.0.113.7"), .errnum = EACCES, .verdict = PH_ROUTE_REFUSED, .rule = -1,
    .headline = "Packets to 203.0.113.7 are prohibited" },
  { QUESTION ("203.0.113.7"), .errnum = EHOSTUNREACH, .verdict = PH_ROUTE_REFUSED, .rule = -1,
    .headline = "Packets to 203.0.113.7 are refused: unreachable" },
  { QUESTION ("203.0.113.7"), .errnum = ENETUNREACH, .verdict = PH_ROUTE_NONE, .rule = -1,
    .headline = "There is no route to 203.0.113.7" },
  { QUESTION ("203.0.113.7"), .errnum = EINVAL, .verdict = PH_ROUTE_REFUSED, .rule = -1,
    .headline = "Packets to 203.0.113.7 are thrown away: blackhole" },
  { QUESTION ("203.0.113.7"), .errnum = ENODEV, .verdict = PH_ROUTE_UNKNOWN, .rule = -1,
    .headline = "The kernel does not tell the route to 203.0.113.7: No such device" },
  { QUESTION ("203.0.113.7", .source = "203.0.113.1"), .errnum = ENETUNREACH, .verdict = PH_ROUTE_UNKNOWN, .rule = -1,
    .headline = "Nothing can be sent from 203.0.113.1: it is not an address of this computer" },
  { QUESTION ("10.22.1.1", .source = "203.0.113.1"), .errnum = EINVAL, .verdict = PH_ROUTE_UNKNOWN, .rule = -1,
    .headline = "Nothing can be sent from 203.0.113.1: it is not an address of this computer" },
  { QUESTION ("203.0.113.7"), SENT (.to = "203.0.113.7/32", .via = "203.0.113.1", .dev = 9, .table = 4711),
    .verdict = PH_ROUTE_SENT, .rule = 30, .headline = "203.0.113.7 is reached through the gateway 203.0.113.1 on if9",
    .line_has = "lookup [l3mdev-table] · table 4711 · gateway" }, /* a table nobody knows: a VRF's */

  /* IPv6. */
  { QUESTION ("2001:db8:1::7"), SENT (.to = "2001:db8:1::7/128", .via = "fe80::2", .dev = 2, .metric = 1024),
    ENTRY (.to = "2001:db8:1::/48", .via = "fe80::2", .dev = 2, .metric = 1024), .verdict = PH_ROUTE_SENT, .rule = 32766,
    .headline = "2001:db8:1::7 is reached through the gateway fe80::2 on eth2",
    .line_has = "2001:db8:1::7 AND ffff:ffff:ffff:: = 2001:db8:1::",
    .row_gateway = "fe80::2" },
  { QUESTION ("[2001:db8:2::7]"), .errnum = EACCES, .verdict = PH_ROUTE_REFUSED, .rule = 32766,
    .headline = "Packets to 2001:db8:2::7 are prohibited: prohibit route 2001:db8:2::/48 in table main",
    .line_has = "2001:db8:2::7 AND ffff:ffff:ffff:: = 2001:db8:2::", .row_gateway = "" },
  { QUESTION (" ::1 "), .route = { .to = "::1/128", .type = RTN_LOCAL, .dev = 1, .table = 255 },
    .verdict = PH_ROUTE_DELIVERED, .rule = 0, .headline = "::1 is an address of this computer",
    .line_has = "::1 AND ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff = ::1", .row_gateway = "" },
  { QUESTION ("2001:db8:9::1", .source = "2001:db8:5::1"),
    SENT (.to = "2001:db8:9::1/128", .via = "fe80::5", .dev = 3, .table = WEB), .verdict = PH_ROUTE_SENT, .rule = 50,
    .line_has = "from 2001:db8:5::/48 lookup web", .row_gateway = "fe80::5" },
  { QUESTION ("fe80::9", .interface = "eth3"), SENT (.to = "fe80::9/128", .dev = 3, .metric = 256),
    ENTRY (.to = "fe80::/64", .dev = 3, .metric = 256), .verdict = PH_ROUTE_SENT, .rule = 32766,
    .headline = "fe80::9 is on the network of eth3",
    .line_has = "interface eth3",
    .row_gateway = "" },
  { QUESTION ("fe80::9%eth2"), SENT (.to = "fe80::9/128", .dev = 2, .metric = 256), .verdict = PH_ROUTE_SENT,
    .rule = 32766, .headline = "fe80::9 is on the network of eth2", .line_has = "interface eth2", .row_gateway = "" },
  { QUESTION ("2001:db8:9::1"), SENT (.to = "2001:db8:9::1/128", .via = "fe80::1", .dev = 2), .verdict = PH_ROUTE_SENT,
    .rule = 32766, .line_has = "2001:db8:9::1 AND :: = ::", .row_gateway = "fe80::1" },
};
/* clang-format on */

/* Part 0 and part 1, then the errno. */
static void
send_answer (const Case *c, PhSink sink, gpointer user)
{
  const WorldRoute *parts[] = { &c->route, &c->entry };
  PhFrameEnd end = { .code = c->errnum ? PH_ERROR_KERNEL : PH_ERROR_NONE, .errnum = c->errnum };

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      const PhFrameBegin begin = { .request = PH_REQUEST_ROUTE_GET, .part = i };
      Message message;

      sink (user, PH_FRAME_BEGIN, &begin, sizeof begin);
      if (parts[i]->type == 0)
        continue;
      world_route_message (&message, parts[i]);
      sink (user, PH_FRAME_NETLINK, &message, message.header.nlmsg_len);
    }
  sink (user, PH_FRAME_END, &end, sizeof end);
}

/* @rules and @routes as in ph_route_inquiry_new(). */
static PhRouteExplanation *
ask (World *world, const Case *c, PhSnapshot *rules, PhSnapshot *routes)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PhRouteInquiry) inquiry = ph_route_inquiry_new (&c->question, c->uid, rules, routes, &error);
  PhRouteExplanation *explanation;
  PhRequest request;

  g_assert_no_error (error);
  while (ph_route_inquiry_next (inquiry, &request))
    if (request.name == PH_REQUEST_ROUTE_GET)
      {
        g_assert_nonnull (request.route);
        send_answer (c, ph_route_inquiry_sink, inquiry);
      }
    else
      world_answer (world, request.name, ph_route_inquiry_sink, inquiry);
  explanation = ph_route_inquiry_end (inquiry, &error);
  g_assert_no_error (error);
  return explanation;
}

static void
check (const Case *c, const PhRouteExplanation *explanation)
{
  g_test_message ("%s: %s\n%s", c->question.address, explanation->headline, explanation->line);
  g_assert_cmpint (explanation->verdict, ==, c->verdict);
  g_assert_cmpint (explanation->errnum, ==, c->errnum);
  g_assert_cmpint (explanation->has_rule ? (int) GUINT32_FROM_BE (explanation->rule.priority_be) : -1, ==, c->rule);
  if (c->headline)
    g_assert_cmpstr (explanation->headline, ==, c->headline);
  if (c->line_has)
    g_assert_nonnull (strstr (explanation->line, c->line_has));
  g_assert_true (explanation->has_route == (c->row_gateway != NULL));
  if (c->row_gateway)
    {
      char gateway[PH_ADDRESS_TEXT_MAX];

      ph_address_format (&explanation->route.gateway, gateway);
      g_assert_cmpstr (gateway, ==, c->row_gateway);
      g_assert_cmpuint (GUINT16_FROM_BE (explanation->route.hop_be), ==, c->row_hop);
      g_assert_false (explanation->route.cached);
    }
}

static void
test_cases (void)
{
  g_autoptr (World) world = make_world ();
  g_autoptr (PhSnapshot) rules = NULL;
  g_autoptr (PhSnapshot) routes = NULL;

  world->text[PH_REQUEST_ROUTE_TABLES] = g_string_new ("100 web\n");
  rules = world_collect (world, &ph_rule_topic);
  routes = world_collect (world, &ph_route_topic);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (PhRouteExplanation) given = ask (world, &cases[i], rules, routes);
      g_autoptr (PhRouteExplanation) asked = ask (world, &cases[i], NULL, NULL);

      check (&cases[i], given);
      check (&cases[i], asked);
    }
}

/* The row to select is one of the table's. */
static void
test_rows (void)
{
  g_autoptr (World) world = make_world ();
  g_autoptr (PhSnapshot) rules = world_collect (world, &ph_rule_topic);
  g_autoptr (PhSnapshot) routes = world_collect (world, &ph_route_topic);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (PhRouteExplanation) explanation = ask (world, &cases[i], rules, routes);

      if (explanation->has_route)
        g_assert_nonnull (ph_snapshot_find (routes, &explanation->route));
      if (explanation->has_rule)
        g_assert_nonnull (ph_snapshot_find (rules, &explanation->rule));
    }
}

/* Snapshots that are given are not asked for again; others only of the family that matters. */
static void
test_asked (void)
{
  g_autoptr (World) world = make_world ();
  g_autoptr (PhRouteExplanation) explanation = ask (world, &cases[0], NULL, NULL);

  g_assert_nonnull (explanation);
  g_assert_cmpuint (world->n_asked[PH_REQUEST_ROUTES4], ==, 1);
  g_assert_cmpuint (world->n_asked[PH_REQUEST_RULES4], ==, 1);
  g_assert_cmpuint (world->n_asked[PH_REQUEST_ROUTES6], ==, 0);
  g_assert_cmpuint (world->n_asked[PH_REQUEST_RULES6], ==, 0);
  g_assert_cmpuint (world->n_asked[PH_REQUEST_CACHED_ROUTES4], ==, 0);
}

/* A large table is not read where what the kernel has answered is all there is to say; else it is. */
static void
test_enough (void)
{
  static const struct
  {
    Case c;
    guint n_asked; /* how often for all routes */
  } row[] = {
    { { QUESTION ("203.0.113.7"), SENT (.to = "203.0.113.7/32", .via = "192.0.2.254", .dev = 2, .src = "192.0.2.1"),
        ENTRY (.via = "192.0.2.254", .dev = 2, .metric = 100), .verdict = PH_ROUTE_SENT, .rule = 32766,
        .headline = "203.0.113.7 is reached through the gateway 192.0.2.254 on eth2",
        .line_has = "rule 32766: from all lookup main · table main · 203.0.113.7 AND 0.0.0.0 = 0.0.0.0 · gateway "
                    "192.0.2.254 · interface eth2 · source 192.0.2.1",
        .row_gateway = "192.0.2.254" },
      0 },
    { { QUESTION ("10.2.1.1"), SENT (.to = "10.2.1.1/32", .via = "198.51.100.12", .dev = 3),
        ENTRY (.to = "10.2.0.0/16", .hops = case_hops, .n_hops = 2), .verdict = PH_ROUTE_SENT, .rule = 32766,
        .line_has = "10.2.1.1 AND 255.255.0.0 = 10.2.0.0 · gateway 198.51.100.12 · interface eth3 · next hop 2",
        .row_gateway = "198.51.100.12", .row_hop = 2 },
      0 },
    { { QUESTION ("192.0.2.1"), .route = { .to = "192.0.2.1/32", .type = RTN_LOCAL, .dev = 1, .table = 255 },
        .entry = { .to = "192.0.2.1/32", LOCAL, .dev = 2 }, .verdict = PH_ROUTE_DELIVERED, .rule = 0,
        .line_has = "rule 0: from all lookup local · table local · 192.0.2.1 AND 255.255.255.255 = 192.0.2.1 · "
                    "interface lo",
        .row_gateway = "" },
      0 },
    { { QUESTION ("192.0.2.77"), SENT (.to = "192.0.2.77/32", .dev = 2), .verdict = PH_ROUTE_SENT, .rule = 32766,
        .line_has = "192.0.2.77 AND 255.255.255.0 = 192.0.2.0", .row_gateway = "" },
      1 }, /* an old kernel, without the entry */
    { { QUESTION ("10.22.1.1"), .errnum = EACCES, .verdict = PH_ROUTE_REFUSED, .rule = 32766,
        .headline = "Packets to 10.22.1.1 are prohibited: prohibit route 10.22.0.0/16 in table main",
        .row_gateway = "" },
      1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (row); i++)
    {
      g_autoptr (World) world = make_world ();
      g_autoptr (PhRouteExplanation) explanation = NULL;

      world_forget (world, PH_REQUEST_RULES4);
      world_add_usual_rules (world);
      explanation = ask (world, &row[i].c, NULL, NULL);
      check (&row[i].c, explanation);
      g_assert_cmpuint (world->n_asked[PH_REQUEST_ROUTES4], ==, row[i].n_asked);
    }
}

/* Without rules and routes there is less to say, and nothing wrong. */
static void
test_bare (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (PhRouteAnswer) answer = ph_route_answer_new ();
      g_autoptr (PhRouteExplanation) explanation = NULL;
      g_autoptr (GError) error = NULL;
      PhRouteQuery query;

      g_assert_true (ph_route_query_parse (&cases[i].question, &query, &error));
      send_answer (&cases[i], ph_route_answer_sink, answer);
      explanation = ph_route_explain (&query, 0, answer, NULL, NULL);
      g_assert_nonnull (explanation->headline);
      g_assert_false (explanation->has_rule);
      g_assert_false (explanation->has_route);
      if (cases[i].route.type != 0)
        g_assert_cmpint (explanation->verdict, ==, cases[i].verdict);
    }
}

/* A kernel without policy routing. */
static void
test_no_rules (void)
{
  g_autoptr (World) world = make_world ();
  g_autoptr (PhRouteExplanation) explanation = NULL;
  static const Case refused = { QUESTION ("10.22.1.1"), .errnum = EACCES };

  world_forget (world, PH_REQUEST_RULES4);
  explanation = ask (world, &refused, NULL, NULL);
  g_assert_cmpstr (explanation->headline, ==,
                   "Packets to 10.22.1.1 are prohibited: prohibit route 10.22.0.0/16 in table main");
  g_assert_false (explanation->has_rule);
}

/* Where there are no rules but the usual ones, the kernel says "main" of what is in the local table. */
static void
test_merged (void)
{
  static const Case row[] = {
    { QUESTION ("127.0.0.9"), .route = { .to = "127.0.0.9/32", .type = RTN_LOCAL, .dev = 1 },
      .entry = { .to = "127.0.0.0/8", .type = RTN_LOCAL, .dev = 1, .scope = RT_SCOPE_HOST },
      .verdict = PH_ROUTE_DELIVERED, .rule = 0,
      .line_has = "rule 0: from all lookup local · table local · 127.0.0.9 AND 255.0.0.0 = 127.0.0.0",
      .row_gateway = "" },
    { QUESTION ("127.0.0.9"), .route = { .to = "127.0.0.9/32", .type = RTN_LOCAL, .dev = 1 },
      .verdict = PH_ROUTE_DELIVERED, .rule = 0, .line_has = "table local", .row_gateway = "" },
    { QUESTION ("192.0.2.77"), .route = { .to = "192.0.2.77/32", .type = RTN_UNICAST, .dev = 2 },
      .verdict = PH_ROUTE_SENT, .rule = 32766, .line_has = "table main", .row_gateway = "" },
  };
  g_autoptr (World) world = make_world ();

  world_forget (world, PH_REQUEST_RULES4);
  world_forget (world, PH_REQUEST_RULES6);
  world_add_usual_rules (world);
  for (guint i = 0; i < G_N_ELEMENTS (row); i++)
    {
      g_autoptr (PhRouteExplanation) explanation = ask (world, &row[i], NULL, NULL);

      check (&row[i], explanation);
    }
}

/* An answer that never came, and one that is cut. */
static void
test_no_answer (void)
{
  g_autoptr (World) world = make_world ();
  g_autoptr (PhRouteAnswer) answer = ph_route_answer_new ();
  g_autoptr (PhRouteExplanation) explanation = NULL;
  PhRouteQuery query = { .family = AF_INET, .destination = { 10, 22, 1, 1 } };
  g_autoptr (PhSnapshot) rules = world_collect (world, &ph_rule_topic);
  g_autoptr (PhSnapshot) routes = world_collect (world, &ph_route_topic);
  const PhFrameBegin odd = { .request = PH_REQUEST_ROUTE_GET, .part = 7 };

  ph_route_answer_sink (answer, PH_FRAME_BEGIN, &odd, sizeof odd - 1);
  ph_route_answer_sink (answer, PH_FRAME_NETLINK, &odd, sizeof odd);
  ph_route_answer_sink (answer, PH_FRAME_BEGIN, &odd, sizeof odd);
  ph_route_answer_sink (answer, PH_FRAME_NETLINK, &odd, sizeof odd);
  ph_route_answer_sink (answer, PH_FRAME_END, &odd, 3);
  explanation = ph_route_explain (&query, 0, answer, rules, routes);
  g_assert_cmpint (explanation->verdict, ==, PH_ROUTE_UNKNOWN);
  g_assert_false (explanation->has_rule);
  g_assert_false (explanation->has_route);
}

static void
test_no_interface (void)
{
  g_autoptr (World) world = make_world ();
  g_autoptr (GError) error = NULL;
  const PhRouteQuestion question = { .address = "10.1.1.1", .interface = " wlan\033[2J " };
  g_autoptr (PhRouteInquiry) inquiry = ph_route_inquiry_new (&question, 0, NULL, NULL, &error);
  PhRequest request;

  g_assert_no_error (error);
  while (ph_route_inquiry_next (inquiry, &request))
    world_answer (world, request.name, ph_route_inquiry_sink, inquiry);
  g_assert_cmpuint (world->n_asked[PH_REQUEST_LINKS], ==, 1);
  g_assert_cmpuint (world->n_asked[PH_REQUEST_ROUTE_GET], ==, 0);
  g_assert_null (ph_route_inquiry_end (inquiry, &error));
  g_assert_error (error, PH_ROUTE_QUERY_ERROR, PH_ROUTE_QUERY_ERROR_INTERFACE);
  g_assert_cmpstr (error->message, ==, "There is no network interface “wlan\\x1B[2J”");
}

/* --- what is typed --- */

static void
test_questions (void)
{
  static const struct
  {
    PhRouteQuestion question;
    int code; /* -1: good */
    const char *message;
  } rows[] = {
    { { "10.1.1.1" }, -1, NULL },
    { { " 10.1.1.1\t" }, -1, NULL },
    { { "[::1]" }, -1, NULL },
    { { "fe80::1%eth0" }, -1, NULL },
    { { " [fe80::1%eth0] " }, -1, NULL },
    { { "fe80::1%" }, PH_ROUTE_QUERY_ERROR_ADDRESS, NULL },
    { { "10.1.1.1%eth0" }, PH_ROUTE_QUERY_ERROR_ADDRESS, NULL },
    { { "%eth0" }, PH_ROUTE_QUERY_ERROR_ADDRESS, NULL },
    { { "::1", "::2", "0xFFFFFFFF", "" }, -1, NULL },
    { { "::1", " ", " ", NULL }, -1, NULL },
    { { "10.1.1.1", "10.1.1.2", "4294967295" }, -1, NULL },
    { { NULL }, PH_ROUTE_QUERY_ERROR_ADDRESS, "“” is not an address" },
    { { "" }, PH_ROUTE_QUERY_ERROR_ADDRESS, NULL },
    { { "example.org" }, PH_ROUTE_QUERY_ERROR_ADDRESS, "“example.org” is not an address" },
    { { "10.1.1" }, PH_ROUTE_QUERY_ERROR_ADDRESS, NULL },
    { { "10.0.0.0/8" }, PH_ROUTE_QUERY_ERROR_ADDRESS, NULL },
    { { "[10.1.1.1]" }, PH_ROUTE_QUERY_ERROR_ADDRESS, NULL },
    { { "[]" }, PH_ROUTE_QUERY_ERROR_ADDRESS, NULL },
    { { "\033]0;x\a\xff" }, PH_ROUTE_QUERY_ERROR_ADDRESS, "“\\x1B]0;x\\x07\\xFF” is not an address" },
    { { "10.1.1.1", "::1" }, PH_ROUTE_QUERY_ERROR_SOURCE, "The source “::1” is not an IPv4 address" },
    { { "::1", "10.1.1.1" }, PH_ROUTE_QUERY_ERROR_SOURCE, "The source “10.1.1.1” is not an IPv6 address" },
    { { "::1", "eth0" }, PH_ROUTE_QUERY_ERROR_SOURCE, NULL },
    { { "::1", NULL, "-1" }, PH_ROUTE_QUERY_ERROR_MARK, NULL },
    { { "::1", NULL, "4294967296" }, PH_ROUTE_QUERY_ERROR_MARK, NULL },
    { { "::1", NULL, "0x" }, PH_ROUTE_QUERY_ERROR_MARK, NULL },
    { { "::1", NULL, "0x1g" }, PH_ROUTE_QUERY_ERROR_MARK, NULL },
    { { "::1", NULL, "ff" }, PH_ROUTE_QUERY_ERROR_MARK, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      PhRouteQuery query;
      gboolean good = ph_route_query_parse (&rows[i].question, &query, &error);

      g_test_message ("%u", i);
      g_assert_true (good == (rows[i].code < 0));
      if (!good)
        {
          g_assert_error (error, PH_ROUTE_QUERY_ERROR, rows[i].code);
          check_text (error->message);
        }
      if (rows[i].message)
        g_assert_cmpstr (error->message, ==, rows[i].message);
    }
}

static void
test_interfaces (void)
{
  static const struct
  {
    PhRouteQuestion question;
    const char *interface;
  } rows[] = {
    { { NULL }, NULL },
    { { "fe80::1" }, NULL },
    { { "fe80::1%eth2" }, "eth2" },
    { { "[fe80::1%eth2] " }, "eth2" },
    { { "fe80::1%eth2", NULL, NULL, "eth3" }, "eth3" },
    { { "fe80::1%eth2", NULL, NULL, " " }, "eth2" },
    { { "10.1.1.1", NULL, NULL, " eth3 " }, "eth3" },
    { { "fe80::1%\033[2J" }, "\\x1B[2J" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *interface = ph_route_query_interface (&rows[i].question);

      g_assert_cmpstr (interface, ==, rows[i].interface);
    }
}

static void
test_long_question (void)
{
  g_autofree char *text = g_strnfill (100000, '7');
  const PhRouteQuestion question = { .address = text };
  g_autoptr (GError) error = NULL;
  PhRouteQuery query;

  g_assert_false (ph_route_query_parse (&question, &query, &error));
  g_assert_cmpuint (strlen (error->message), <, 200);
}

/* What the kernel has answered once. */
static void
test_recorded (void)
{
  gsize length, n, offset = 0;
  g_autofree guint8 *bytes = capture_load ("route-get", &length);
  g_autoptr (PhRouteAnswer) answer = NULL;
  const guint8 *payload;
  PhFrameKind kind;
  guint n_routes = 0, n_entries = 0, n_refused = 0;

  while (ph_capture_next (bytes, length, &offset, &kind, &payload, &n))
    {
      if (!answer)
        answer = ph_route_answer_new ();
      ph_route_answer_sink (answer, kind, payload, n);
      if (kind != PH_FRAME_END)
        continue;
      n_routes += ph_route_answer_route (answer) != NULL;
      n_entries += ph_route_answer_entry (answer) != NULL;
      n_refused += ph_route_answer_error (answer)->code != PH_ERROR_NONE;
      g_clear_pointer (&answer, ph_route_answer_free);
    }
  g_assert_cmpuint (n_routes, >=, 10);
  g_assert_cmpuint (n_entries, >=, 9);
  g_assert_cmpuint (n_refused, >=, 5);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/route-explain/cases", test_cases);
  g_test_add_func ("/route-explain/rows", test_rows);
  g_test_add_func ("/route-explain/asked", test_asked);
  g_test_add_func ("/route-explain/enough", test_enough);
  g_test_add_func ("/route-explain/bare", test_bare);
  g_test_add_func ("/route-explain/no-rules", test_no_rules);
  g_test_add_func ("/route-explain/merged", test_merged);
  g_test_add_func ("/route-explain/no-answer", test_no_answer);
  g_test_add_func ("/route-explain/no-interface", test_no_interface);
  g_test_add_func ("/route-explain/questions", test_questions);
  g_test_add_func ("/route-explain/interfaces", test_interfaces);
  g_test_add_func ("/route-explain/long-question", test_long_question);
  g_test_add_func ("/route-explain/recorded", test_recorded);
  return g_test_run ();
}
