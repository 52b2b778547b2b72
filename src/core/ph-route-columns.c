/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The Routes table's columns, netstat's eight first, its filter fields, and the schema that they are part of. */
#include "ph-route-columns.h"

#include "ph-facet-fields.h"
#include "ph-i18n.h"
#include "ph-ip-fields.h"

#define TEXT_COLUMN    .align = PH_ALIGN_START, .kind = PH_VALUE_TEXT
#define ADDRESS_COLUMN .align = PH_ALIGN_START, .kind = PH_VALUE_ADDRESS
#define NUMBER_COLUMN  .align = PH_ALIGN_END, .kind = PH_VALUE_UINT
#define SHOWN          PH_COLUMN_SHOWN
#define EXACT          PH_COLUMN_RANK_EXACT
#define OPTIONAL       .is_none = ph_column_absent_is_none

/* clang-format off */
static const PhColumn columns[] = {
  { "destination", N_ ("Destination"), N_ ("Where the packets are for: a network or a host"),
    ADDRESS_COLUMN, .width = 20, .flags = SHOWN | PH_COLUMN_NAMES | PH_COLUMN_ELLIPSIZE_MIDDLE | PH_COLUMN_EXPAND,
    .value = ph_route_value_destination, .format = ph_route_format_destination,
    .explain = ph_route_explain_destination },
  { "gateway", N_ ("Gateway"), N_ ("Router that the packets are handed to; 0.0.0.0 and :: stand for none"),
    ADDRESS_COLUMN, .width = 18,
    .flags = SHOWN | PH_COLUMN_NAMES | PH_COLUMN_ELLIPSIZE_MIDDLE | PH_COLUMN_EXPAND, OPTIONAL,
    .value = ph_route_value_gateway, .format = ph_route_format_gateway, .explain = ph_route_explain_gateway },
  { "genmask", N_ ("Genmask"), N_ ("Which bits of the destination count; IPv6 has the length of the prefix instead"),
    ADDRESS_COLUMN, .width = 17, .flags = SHOWN, OPTIONAL, .value = ph_route_value_genmask,
    .explain = ph_route_explain_genmask },
  { "flags", N_ ("Flags"), N_ ("U up, G gateway, H host, D dynamic, M modified, ! reject, A autoconfigured, C cached"),
    TEXT_COLUMN, .width = 6, .flags = SHOWN, .value = ph_route_value_flags, .explain = ph_route_explain_flags,
    .rank = ph_route_rank_flags },
  { "mss", N_ ("MSS"), N_ ("Maximum segment size for TCP that is set for the route, with headers; 0: not set"),
    NUMBER_COLUMN, .width = 6, .flags = SHOWN | EXACT, .value = ph_route_value_mss, .explain = ph_route_explain_mss },
  { "window", N_ ("Window"), N_ ("TCP window that is set for the route, bytes; 0: not set"),
    NUMBER_COLUMN, .width = 7, .flags = SHOWN | EXACT, .value = ph_route_value_window },
  { "irtt", N_ ("irtt"), N_ ("Initial round trip time that is set for the route, milliseconds; 0: not set"),
    NUMBER_COLUMN, .width = 5, .flags = SHOWN | EXACT, .value = ph_route_value_irtt },
  { "interface", N_ ("Iface"), N_ ("Network interface that the packets leave by"),
    TEXT_COLUMN, .width = 10, .flags = SHOWN, OPTIONAL, .value = ph_route_value_interface },
  { "prefix_length", N_ ("Prefix Length"), N_ ("How many bits of the destination count"),
    NUMBER_COLUMN, .width = 6, .flags = EXACT, .value = ph_route_value_prefix_length },
  { "metric", N_ ("Metric"), N_ ("The smallest is taken where several routes have the same destination"),
    NUMBER_COLUMN, .width = 7, .flags = SHOWN | EXACT, .value = ph_route_value_metric },
  { "table", N_ ("Table"), N_ ("Routing table, which rules choose"),
    TEXT_COLUMN, .width = 8, .flags = EXACT, .value = ph_route_value_table, .explain = ph_route_explain_table,
    .rank = ph_route_rank_table },
  { "protocol", N_ ("Protocol"), N_ ("Who has installed the route: kernel, static, dhcp, ra…"),
    TEXT_COLUMN, .width = 9, .flags = SHOWN, .value = ph_route_value_protocol,
    .explain = ph_route_explain_protocol },
  { "scope", N_ ("Scope"), N_ ("How far the destination is: global, link, host"),
    TEXT_COLUMN, .width = 8, .value = ph_route_value_scope, .explain = ph_route_explain_scope },
  { "type", N_ ("Type"), N_ ("What happens to the packets: unicast, local, unreachable, blackhole…"),
    TEXT_COLUMN, .width = 11, .value = ph_route_value_type, .explain = ph_route_explain_type },
  { "source", N_ ("Source"), N_ ("Address that packets are sent from if the program does not choose one"),
    ADDRESS_COLUMN, .width = 15, OPTIONAL, .value = ph_route_value_source },
  { "expires", N_ ("Expires"), N_ ("When the route goes away; seconds from now"),
    NUMBER_COLUMN, .width = 8, .flags = EXACT, OPTIONAL, .value = ph_route_value_expires,
    .format = ph_route_format_expires },
  { "family", N_ ("Family"), N_ ("Address family: inet, inet6"),
    TEXT_COLUMN, .width = 7, .flags = 0, .value = ph_route_value_family },
  { "status", N_ ("Status"), N_ ("State of the next hop: dead, linkdown, onlink, offload…"),
    TEXT_COLUMN, .width = 12, OPTIONAL, .value = ph_route_value_status, .explain = ph_route_explain_status },
  { "weight", N_ ("Weight"), N_ ("Share of a next hop, where a route has several"),
    NUMBER_COLUMN, .width = 7, .flags = EXACT, OPTIONAL, .value = ph_route_value_weight },
  { "hop", N_ ("Hop"), N_ ("Number of a next hop, where a route has several"),
    NUMBER_COLUMN, .width = 5, .flags = EXACT, OPTIONAL, .value = ph_route_value_hop },
  { "tos", N_ ("ToS"), N_ ("Type of service that packets must have; 0: any"),
    NUMBER_COLUMN, .width = 5, .flags = EXACT, .value = ph_route_value_tos, .format = ph_route_format_tos },
  { "encap", N_ ("Encapsulation"), N_ ("What packets are wrapped into: mpls, ip, seg6…"),
    TEXT_COLUMN, .width = 16, OPTIONAL, .value = ph_route_value_encap },
  { "pref", N_ ("Preference"), N_ ("What a router says of itself (RFC 4191): low, medium, high"),
    TEXT_COLUMN, .width = 8, OPTIONAL, .value = ph_route_value_pref },
  { "from", N_ ("From"), N_ ("Senders that an IPv6 route is for"),
    TEXT_COLUMN, .width = 18, OPTIONAL, .value = ph_route_value_from },
  { "nexthop", N_ ("Next Hop ID"), N_ ("Number of the next hop object that the route uses"),
    NUMBER_COLUMN, .width = 8, .flags = EXACT, OPTIONAL, .value = ph_route_value_nexthop },
  { "mtu", N_ ("MTU"), N_ ("Largest packet that is set or was found for the route, bytes"),
    NUMBER_COLUMN, .width = 7, .flags = EXACT, OPTIONAL, .value = ph_route_value_mtu },
  { "advmss", N_ ("Advertised MSS"), N_ ("Maximum segment size for TCP that is announced, without headers"),
    NUMBER_COLUMN, .width = 7, .flags = EXACT, OPTIONAL, .value = ph_route_value_advmss },
  { "hoplimit", N_ ("Hop Limit"), N_ ("How many routers a packet may pass"),
    NUMBER_COLUMN, .width = 7, .flags = EXACT, OPTIONAL, .value = ph_route_value_hoplimit },
  { "cwnd", N_ ("Congestion Clamp"), N_ ("Segments that may be under way at most"),
    NUMBER_COLUMN, .width = 7, .flags = EXACT, OPTIONAL, .value = ph_route_value_cwnd },
  { "initcwnd", N_ ("Initial Congestion Window"), N_ ("Segments that a new connection may send at once"),
    NUMBER_COLUMN, .width = 7, .flags = EXACT, OPTIONAL, .value = ph_route_value_initcwnd },
  { "initrwnd", N_ ("Initial Receive Window"), N_ ("Segments that a new connection lets the other end send"),
    NUMBER_COLUMN, .width = 7, .flags = EXACT, OPTIONAL, .value = ph_route_value_initrwnd },
  { "ssthresh", N_ ("Slow Start Threshold"), N_ ("Segments where slow start ends"),
    NUMBER_COLUMN, .width = 7, .flags = EXACT, OPTIONAL, .value = ph_route_value_ssthresh },
  { "rttvar", N_ ("RTT Variance"), N_ ("Initial variance of the round trip time, quarters of a millisecond"),
    NUMBER_COLUMN, .width = 7, .flags = EXACT, OPTIONAL, .value = ph_route_value_rttvar },
  { "rto_min", N_ ("Minimum Timeout"), N_ ("Shortest time until a segment is sent again, milliseconds"),
    NUMBER_COLUMN, .width = 7, .flags = EXACT, OPTIONAL, .value = ph_route_value_rto_min },
  { "reordering", N_ ("Reordering"), N_ ("How far segments may come out of order, at first"),
    NUMBER_COLUMN, .width = 7, .flags = EXACT, OPTIONAL, .value = ph_route_value_reordering },
  { "quickack", N_ ("Quick ACK"), N_ ("1: segments are acknowledged at once"),
    NUMBER_COLUMN, .width = 7, .flags = EXACT, OPTIONAL, .value = ph_route_value_quickack },
  { "congestion", N_ ("Congestion Control"), N_ ("Algorithm of congestion control that connections use"),
    TEXT_COLUMN, .width = 9, OPTIONAL, .value = ph_route_value_congestion },
};
/* clang-format on */

static const char *const words[] = {
  "shown", "main",    "unicast", "local",     "broadcast", "multicast", "anycast", "reject", "ipv4",  "ipv6", "default",
  "host",  "gateway", "cached",  "multipath", "hop",       "dead",      "new",     "closed", "stale", NULL,
};
G_STATIC_ASSERT (G_N_ELEMENTS (words) == PH_ROUTE_IS_STALE + 2);

static gboolean
is (gconstpointer record, guint word)
{
  return ph_route_is (record, word);
}

/* --- filter fields --- */

static gboolean
is_family (gconstpointer record, guint word)
{
  return ph_ip_family_is (((const PhRoute *) record)->key.family, word);
}

static gboolean
nth_table (gconstpointer record, guint n, PhValue *value)
{
  const PhRoute *route = record;

  return ph_nth_number_or_name (ph_route_table (route), route->table_name, n, value);
}

static gboolean
nth_protocol (gconstpointer record, guint n, PhValue *value)
{
  const PhRoute *route = record;

  return ph_nth_number_or_name (route->protocol, route->protocol_name, n, value);
}

static const PhFilterField fields[] = {
  { "dest", .columns = { "destination" } },
  { "dst", .columns = { "destination" } },
  { "gw", .columns = { "gateway" } },
  { "via", .columns = { "gateway" } },
  { "mask", .columns = { "genmask" } },
  { "prefix", .columns = { "prefix_length" } },
  { "iface", .columns = { "interface" } },
  { "dev", .columns = { "interface" } },
  { "src", .columns = { "source" } },
  { "addr", .columns = { "destination", "gateway", "source" }, .help = N_ ("Destination, gateway or source address") },
  { "table", .nth = nth_table, .kind = PH_VALUE_TEXT },
  { "protocol", .nth = nth_protocol, .kind = PH_VALUE_TEXT },
  { "proto", .nth = nth_protocol, .kind = PH_VALUE_TEXT },
  { "family", .words = ph_ip_family_words, .is = is_family },
};

/* clang-format off */
const PhSchema ph_route_schema = {
  .id = "routes",
  .record_size = sizeof (PhRoute),
  .key_offset = G_STRUCT_OFFSET (PhRoute, key),
  .key_size = sizeof (PhRouteKey),
  .copy = ph_route_copy,
  .whole = ph_route_whole,
  .columns = columns,
  .n_columns = G_N_ELEMENTS (columns),
  .words = words,
  .is = is,
  .fields = fields,
  .n_fields = G_N_ELEMENTS (fields),
  .facets = ph_route_facets,
  .n_facets = PH_ROUTE_N_FACETS,
};
/* clang-format on */
