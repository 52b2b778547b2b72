/* SPDX-License-Identifier: GPL-3.0-or-later */
/* netstat's layouts of routes, interfaces and groups, on records that were made up. */
#include <glib.h>
#include <linux/if.h>
#include <linux/if_arp.h>
#include <linux/rtnetlink.h>
#include <string.h>

#include "ph-counter.h"
#include "ph-group.h"
#include "ph-layout.h"
#include "ph-link.h"
#include "ph-route.h"
#include "ph-snapshot.h"

static char *
text_of (const PhLayout *layout, const PhOptions *options, PhNames *names, gconstpointer *records)
{
  const PhStyle style = { .numeric = names == NULL, .names = names };
  g_autoptr (GString) text = g_string_new (NULL);
  gpointer state = layout->create (options, &style);

  layout->begin (state, NULL, text);
  for (; *records; records++)
    layout->row (state, *records, text);
  layout->end (state, text);
  layout->destroy (state);
  return g_strdup (text->str);
}

static PhAddress
address (const char *text)
{
  PhAddress parsed = { 0 };

  g_assert_true (text == NULL || ph_address_parse (text, &parsed, NULL));
  return parsed;
}

/* --- routes --- */

static PhRoute
make_route (const char *destination, guint prefix, const char *gateway, const char *interface)
{
  PhRoute route = { .key = { .destination = address (destination),
                             .prefix_length = (guint8) prefix,
                             .type = RTN_UNICAST,
                             .gateway = address (gateway),
                             .table_be = GUINT32_TO_BE (RT_TABLE_MAIN) },
                    .expires = PH_ROUTE_NEVER,
                    .interface_name = interface,
                    .table_name = "main",
                    .protocol_name = "kernel" };

  route.key.family = route.key.destination.family;
  return route;
}

#define HEAD4 "Kernel IP routing table\nDestination     Gateway         Genmask         "
#define HEAD6                                                                                                          \
  "Kernel IPv6 routing table\nDestination                    Next Hop                   Flag Met Ref  Use If"

static void
check_routes (PhOptions options, gconstpointer *routes, const char *expected)
{
  g_autofree char *text = text_of (&ph_netstat_routes, &options, NULL, routes);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_routes (void)
{
  const PhRouteMetrics metrics = { .mtu = 1400, .advmss = 1360, .window = 5000, .rtt = 400 };
  PhRoute gateway = make_route ("0.0.0.0", 0, "192.0.2.254", "veth-a");
  PhRoute network = make_route ("10.1.0.0", 16, NULL, "a-name-of-len15");
  PhRoute reject = make_route ("198.51.100.7", 32, NULL, NULL);
  PhRoute nowhere = make_route ("203.0.113.0", 24, NULL, NULL);
  gconstpointer routes[] = { &gateway, &network, &reject, &nowhere, NULL };

  network.metrics = &metrics;
  network.key.metric_be = GUINT32_TO_BE (1234567);
  reject.key.type = RTN_UNREACHABLE;
  nowhere.key.type = RTN_BLACKHOLE;
  check_routes ((PhOptions){ .ipv4 = TRUE }, routes,
                HEAD4 "Flags   MSS Window  irtt Iface\n"
                      "0.0.0.0         192.0.2.254     0.0.0.0         UG        0 0          0 veth-a\n"
                      "10.1.0.0        0.0.0.0         255.255.0.0     U      1400 5000      50 a-name-of-len15\n"
                      "198.51.100.7    -               255.255.255.255 !H        - -          - -\n"
                      "203.0.113.0     0.0.0.0         255.255.255.0   U         0 0          0 *\n");
  check_routes ((PhOptions){ .ipv4 = TRUE, .extended = 1 }, routes,
                HEAD4 "Flags Metric Ref    Use Iface\n"
                      "0.0.0.0         192.0.2.254     0.0.0.0         UG    0      -        - veth-a\n"
                      "10.1.0.0        0.0.0.0         255.255.0.0     U     1234567 -        - a-name-of-len15\n"
                      "198.51.100.7    -               255.255.255.255 !H    0      -        - -\n"
                      "203.0.113.0     0.0.0.0         255.255.255.0   U     0      -        - *\n");
  check_routes ((PhOptions){ .ipv4 = TRUE, .extended = 2 }, routes,
                HEAD4
                "Flags Metric Ref    Use Iface    MSS   Window irtt\n"
                "0.0.0.0         192.0.2.254     0.0.0.0         UG    0      -        - veth-a   0     0      0\n"
                "10.1.0.0        0.0.0.0         255.255.0.0     U     1234567 -        - a-name-of-len15 1400  "
                "5000   50\n"
                "198.51.100.7    -               255.255.255.255 !H    0      -        - -        -     -      -\n"
                "203.0.113.0     0.0.0.0         255.255.255.0   U     0      -        - *        0     0      0\n");
}

static void
test_routes_of_both_families (void)
{
  PhRoute ipv4 = make_route ("192.0.2.0", 24, NULL, "eth0");
  PhRoute ipv6 = make_route ("2001:db8::", 32, "fe80::1", "eth0");
  const char *empty4 = HEAD4 "Flags   MSS Window  irtt Iface\n";

  g_autofree char *nothing = g_strconcat (empty4, HEAD6, "\n", NULL);

  ipv6.key.metric_be = GUINT32_TO_BE (1024);
  check_routes ((PhOptions){ 0 }, (gconstpointer[]){ NULL }, nothing);
  check_routes ((PhOptions){ .ipv4 = TRUE }, (gconstpointer[]){ NULL }, empty4);
  check_routes ((PhOptions){ .ipv6 = TRUE }, (gconstpointer[]){ NULL }, HEAD6 "\n");
  check_routes ((PhOptions){ 0 }, (gconstpointer[]){ &ipv4, &ipv6, NULL },
                HEAD4 "Flags   MSS Window  irtt Iface\n"
                      "192.0.2.0       0.0.0.0         255.255.255.0   U         0 0          0 eth0\n" HEAD6 "\n"
                      "2001:db8::/32                  fe80::1                    UG   1024 -      - eth0\n");
  check_routes ((PhOptions){ .all_tables = TRUE }, (gconstpointer[]){ &ipv4, &ipv6, NULL },
                HEAD4 "Flags   MSS Window  irtt Iface    Table    Type\n"
                      "192.0.2.0       0.0.0.0         255.255.255.0   U         0 0          0 eth0     main     "
                      "unicast\n" HEAD6 "       Table    Type\n"
                      "2001:db8::/32                  fe80::1                    UG   1024 -      - eth0     main     "
                      "unicast\n");
}

/* The row of the route itself has neither gateway nor interface; those of its hops have. */
static void
test_multipath (void)
{
  PhRoute whole = make_route ("10.0.0.0", 8, NULL, NULL);
  PhRoute first = make_route ("10.0.0.0", 8, "192.0.2.2", "eth0");
  PhRoute second = make_route ("10.0.0.0", 8, "192.0.2.3", "eth1");

  whole.key.multipath = first.key.multipath = second.key.multipath = 1;
  whole.n_hops = 2;
  first.key.hop_be = GUINT16_TO_BE (1);
  second.key.hop_be = GUINT16_TO_BE (2);
  check_routes ((PhOptions){ .ipv4 = TRUE }, (gconstpointer[]){ &whole, &first, &second, NULL },
                HEAD4 "Flags   MSS Window  irtt Iface\n"
                      "10.0.0.0        192.0.2.2       255.0.0.0       UG        0 0          0 eth0\n"
                      "10.0.0.0        192.0.2.3       255.0.0.0       UG        0 0          0 eth1\n");
}

static void
test_route_names (void)
{
  g_autoptr (PhNames) names = ph_names_new (16);
  PhRoute gateway = make_route ("0.0.0.0", 0, "192.0.2.254", "eth0");
  PhRoute host = make_route ("192.0.2.7", 32, NULL, "eth0");
  PhRoute network = make_route ("192.0.2.0", 24, NULL, "eth0");
  const PhOptions options = { .ipv4 = TRUE };

  ph_names_set_host (names, &gateway.key.gateway, "router.example.org");
  ph_names_set_host (names, &host.key.destination, "seven");
  ph_names_set_host (names, &network.key.destination, "never");

  g_autofree char *text
      = text_of (&ph_netstat_routes, &options, names, (gconstpointer[]){ &gateway, &host, &network, NULL });

  g_assert_cmpstr (text, ==,
                   HEAD4 "Flags   MSS Window  irtt Iface\n"
                         "default         router.example.org 0.0.0.0         UG        0 0          0 eth0\n"
                         "seven           0.0.0.0         255.255.255.255 UH        0 0          0 eth0\n"
                         "192.0.2.0       0.0.0.0         255.255.255.0   U         0 0          0 eth0\n");
}

/* --- interfaces --- */

static PhLink
make_link (guint32 index, const char *name)
{
  return (PhLink){ .key = { .index = index },
                   .name = name,
                   .flags = IFF_UP | IFF_BROADCAST | IFF_RUNNING | IFF_MULTICAST | IFF_LOWER_UP,
                   .letters = "BMRU",
                   .type = ARPHRD_ETHER,
                   .mtu = 1500,
                   .queue_length = 1000,
                   .has_stats = TRUE,
                   .mac = "02:00:00:00:00:01" };
}

#define HEAD_LINKS                                                                                                     \
  "Kernel Interface table\nIface             MTU    RX-OK RX-ERR RX-DRP RX-OVR    TX-OK TX-ERR TX-DRP TX-OVR Flg\n"

static void
test_links (void)
{
  const PhOptions options = { 0 };
  PhLink two = make_link (9, "eth2");
  PhLink ten = make_link (3, "eth10");
  PhLink bare = make_link (4, "bare");
  PhLink wide = make_link (5, "fifteen-letters");

  two.stats = (PhLinkStats){ .rx_packets = 1,
                             .rx_errors = 2,
                             .rx_dropped = 3,
                             .rx_missed_errors = 4,
                             .rx_fifo_errors = 5,
                             .tx_packets = 6,
                             .tx_errors = 7,
                             .tx_dropped = 8,
                             .tx_fifo_errors = 9 };
  bare.has_stats = FALSE;
  strcpy (bare.letters, "");
  wide.mtu = 65536;
  wide.stats.rx_packets = G_MAXUINT64;
  wide.stats.rx_errors = 12345678;

  g_autofree char *text
      = text_of (&ph_netstat_links, &options, NULL, (gconstpointer[]){ &ten, &bare, &wide, &two, NULL });

  g_assert_cmpstr (text, ==,
                   HEAD_LINKS
                   "bare             1500      - no statistics available -                            [NO FLAGS]\n"
                   "eth2             1500        1      2      7 5             6      7      8      9 BMRU\n"
                   "eth10            1500        0      0      0 0             0      0      0      0 BMRU\n"
                   "fifteen-letters 65536 18446744073709551615 12345678      0 0             0      0      0      0 "
                   "BMRU\n");
}

static void
test_links_long (void)
{
  const PhOptions options = { .extended = 1 };
  const PhLinkAddress ether_addresses[]
      = { { .address = address ("192.0.2.2"), .broadcast = address ("192.0.2.255"), .prefix = 24 },
          { .address = address ("192.0.2.3"), .prefix = 32 },
          { .address = address ("fe80::1"), .prefix = 64, .scope = RT_SCOPE_LINK },
          { .address = address ("2001:db8::2"), .prefix = 64, .scope = RT_SCOPE_UNIVERSE } };
  const PhLinkAddress loop_addresses[] = { { .address = address ("127.0.0.1"), .prefix = 8 },
                                           { .address = address ("::1"), .prefix = 128, .scope = RT_SCOPE_HOST } };
  const PhLinkAddress tun_addresses[]
      = { { .address = address ("10.9.9.1"), .peer = address ("10.9.9.2"), .prefix = 32 } };
  PhLink ether = make_link (2, "eth0");
  PhLink loop = make_link (1, "lo");
  PhLink tun = make_link (3, "tun0");

  ether.addresses = ether_addresses;
  ether.n_addresses = G_N_ELEMENTS (ether_addresses);
  ether.stats = (PhLinkStats){ .rx_packets = 1,
                               .rx_bytes = 1023,
                               .rx_errors = 2,
                               .rx_dropped = 3,
                               .rx_missed_errors = 1,
                               .rx_fifo_errors = 5,
                               .rx_length_errors = 1,
                               .rx_over_errors = 10,
                               .rx_crc_errors = 100,
                               .rx_frame_errors = 1000,
                               .tx_packets = 7,
                               .tx_bytes = 160379014,
                               .tx_errors = 8,
                               .tx_dropped = 9,
                               .tx_fifo_errors = 10,
                               .tx_carrier_errors = 2,
                               .tx_aborted_errors = 20,
                               .tx_window_errors = 200,
                               .tx_heartbeat_errors = 2000,
                               .collisions = 12 };
  loop.flags = IFF_UP | IFF_LOOPBACK | IFF_RUNNING;
  loop.type = ARPHRD_LOOPBACK;
  loop.mac = "00:00:00:00:00:00";
  loop.mtu = 65536;
  loop.addresses = loop_addresses;
  loop.n_addresses = G_N_ELEMENTS (loop_addresses);
  loop.stats.rx_bytes = G_MAXUINT64;
  tun.flags = IFF_UP | IFF_POINTOPOINT | IFF_NOARP | IFF_MULTICAST;
  tun.type = ARPHRD_NONE;
  tun.mac = NULL;
  tun.has_stats = FALSE;
  tun.addresses = tun_addresses;
  tun.n_addresses = G_N_ELEMENTS (tun_addresses);

  g_autofree char *text
      = text_of (&ph_netstat_links_long, &options, NULL, (gconstpointer[]){ &loop, &tun, &ether, NULL });

  g_assert_cmpstr (text, ==,
                   "Kernel Interface table\n"
                   "eth0: flags=4163<UP,BROADCAST,RUNNING,MULTICAST>  mtu 1500\n"
                   "        inet 192.0.2.2  netmask 255.255.255.0  broadcast 192.0.2.255\n"
                   "        inet 192.0.2.3  netmask 255.255.255.255\n"
                   "        inet6 fe80::1  prefixlen 64  scopeid 0x20<link>\n"
                   "        inet6 2001:db8::2  prefixlen 64  scopeid 0x0<global>\n"
                   "        ether 02:00:00:00:00:01  txqueuelen 1000  (Ethernet)\n"
                   "        RX packets 1  bytes 1023 (1023.0 B)\n"
                   "        RX errors 2  dropped 4  overruns 5  frame 1111\n"
                   "        TX packets 7  bytes 160379014 (152.9 MiB)\n"
                   "        TX errors 8  dropped 9 overruns 10  carrier 2222  collisions 12\n"
                   "\n"
                   "lo: flags=73<UP,LOOPBACK,RUNNING>  mtu 65536\n"
                   "        inet 127.0.0.1  netmask 255.0.0.0\n"
                   "        inet6 ::1  prefixlen 128  scopeid 0x10<host>\n"
                   "        loop  txqueuelen 1000  (Local Loopback)\n"
                   "        RX packets 0  bytes 18446744073709551615 (15.9 EiB)\n"
                   "        RX errors 0  dropped 0  overruns 0  frame 0\n"
                   "        TX packets 0  bytes 0 (0.0 B)\n"
                   "        TX errors 0  dropped 0 overruns 0  carrier 0  collisions 0\n"
                   "\n"
                   "tun0: flags=4241<UP,POINTOPOINT,NOARP,MULTICAST>  mtu 1500\n"
                   "        inet 10.9.9.1  netmask 255.255.255.255  destination 10.9.9.2\n"
                   "        unspec  txqueuelen 1000  (UNSPEC)\n"
                   "\n");
}

/* One layout serves look after look, and the links of one do not come again in the next. */
static void
test_looks (void)
{
  const PhOptions options = { 0 };
  const PhStyle style = { .numeric = TRUE };
  PhLink link = make_link (1, "eth0");
  gpointer state = ph_netstat_links.create (&options, &style);
  g_autofree char *first = NULL;

  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (GString) text = g_string_new (NULL);

      ph_netstat_links.begin (state, NULL, text);
      ph_netstat_links.row (state, &link, text);
      ph_netstat_links.end (state, text);
      if (!first)
        first = g_strdup (text->str);
      g_assert_cmpstr (text->str, ==, first);
    }
  ph_netstat_links.destroy (state);
}

/* --- groups --- */

static void
test_groups (void)
{
  const PhOptions options = { 0 };
  g_autoptr (PhNames) names = ph_names_new (16);
  PhGroup all = { .key = { .interface = 1, .address = address ("224.0.0.1") }, .users = 1, .name = "lo" };
  PhGroup solicited
      = { .key = { .interface = 2, .address = address ("ff02::1:ff00:2") }, .users = 1234567, .name = "eth0" };
  gconstpointer groups[] = { &all, &solicited, NULL };

  g_autofree char *numeric = text_of (&ph_netstat_groups, &options, NULL, groups);
  g_assert_cmpstr (numeric, ==,
                   "IPv6/IPv4 Group Memberships\n"
                   "Interface       RefCnt Group\n"
                   "--------------- ------ ---------------------\n"
                   "lo              1      224.0.0.1\n"
                   "eth0            1234567 ff02::1:ff00:2\n");

  ph_names_set_host (names, &all.key.address, "all-systems.mcast.net");
  g_autofree char *named = text_of (&ph_netstat_groups, &options, names, groups);
  g_assert_nonnull (strstr (named, "lo              1      all-systems.mcast.net\n"));
}

/* --- counters --- */

static void
add_counter (PhSnapshot *snapshot, PhCounterProtocol protocol, const char *prefix, const char *name, guint64 total)
{
  PhCounter *counter
      = ph_counter_add (snapshot, PH_REQUEST_SNMP, protocol, prefix, strlen (prefix), name, strlen (name));

  g_assert_nonnull (counter);
  counter->total = total;
  counter->flags |= PH_COUNTER_KNOWN;
}

/* The sentences are for -s, of the groups that are meant, and the totals for -e. */
static void
test_counters (void)
{
  static const struct
  {
    PhOptions options;
    gboolean udp, tcp, ethernet;
  } cases[] = {
    { { .statistics = TRUE }, TRUE, TRUE, FALSE },
    { { .statistics = TRUE, .udp = TRUE }, TRUE, FALSE, FALSE },
    { { .statistics = TRUE, .protos = 1u << PH_PROTO_TCP }, FALSE, TRUE, FALSE },
    { { .statistics = TRUE, .ipv6 = TRUE }, FALSE, FALSE, FALSE },
    { { .statistics = TRUE, .ethernet = TRUE }, TRUE, TRUE, TRUE },
    { { .statistics = TRUE, .ethernet = TRUE, .tcp = TRUE }, FALSE, TRUE, TRUE },
    { { .ethernet = TRUE }, FALSE, FALSE, TRUE },
  };
  g_autoptr (PhSnapshot) snapshot = ph_snapshot_new (&ph_counter_schema, 1);

  add_counter (snapshot, PH_COUNTER_TCP, "Tcp", "ActiveOpens", 1234);
  add_counter (snapshot, PH_COUNTER_UDP, "Udp", "InDatagrams", 0);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const PhStyle style = { .numeric = TRUE };
      g_autoptr (GString) text = g_string_new (NULL);
      gpointer state = ph_netstat_counters.create (&cases[i].options, &style);

      ph_netstat_counters.begin (state, snapshot, text);
      ph_netstat_counters.row (state, ph_snapshot_record (snapshot, 0), text);
      ph_netstat_counters.end (state, text);
      ph_netstat_counters.destroy (state);
      g_test_message ("%s", text->str);
      g_assert_cmpint (strstr (text->str, "Udp:\n    0 packets received\n") != NULL, ==, cases[i].udp);
      g_assert_cmpint (strstr (text->str, "Tcp:\n    1234 active connection openings\n") != NULL, ==, cases[i].tcp);
      g_assert_cmpint (strstr (text->str, "Interface Statistics\n") != NULL, ==, cases[i].ethernet);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/netstat-tables/routes", test_routes);
  g_test_add_func ("/netstat-tables/routes-of-both-families", test_routes_of_both_families);
  g_test_add_func ("/netstat-tables/multipath", test_multipath);
  g_test_add_func ("/netstat-tables/route-names", test_route_names);
  g_test_add_func ("/netstat-tables/links", test_links);
  g_test_add_func ("/netstat-tables/links-long", test_links_long);
  g_test_add_func ("/netstat-tables/looks", test_looks);
  g_test_add_func ("/netstat-tables/groups", test_groups);
  g_test_add_func ("/netstat-tables/counters", test_counters);
  return g_test_run ();
}
