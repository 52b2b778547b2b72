/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The Interfaces table's columns, one entry each, and the schema that they are part of. netstat -i's are the first, but
 * for the graph, which is to be in sight however narrow the table is.
 */
#include "ph-link-columns.h"

#include "ph-facet-fields.h"
#include "ph-i18n.h"

#define TEXT_COLUMN   .align = PH_ALIGN_START, .kind = PH_VALUE_TEXT
#define NUMBER_COLUMN .align = PH_ALIGN_END, .kind = PH_VALUE_UINT
#define EXACT         PH_COLUMN_RANK_EXACT
#define OPTIONAL      .is_none = ph_column_absent_is_none
#define SHOWN         PH_COLUMN_SHOWN
#define RATE          PH_COLUMN_TWICE | PH_COLUMN_RANK_EXACT

/* clang-format off */
static const PhColumn columns[] = {
  { "interface", N_ ("Iface"), N_ ("Name of the network interface"),
    TEXT_COLUMN, .width = 12, .flags = SHOWN, .value = ph_link_value_interface,
    .explain = ph_link_explain_interface },
  { "traffic", N_ ("Traffic"), N_ ("Received and sent lately; as a number bytes per second"),
    NUMBER_COLUMN, .width = 14, .flags = SHOWN | RATE, OPTIONAL, .value = ph_link_value_traffic,
    .format = ph_link_format_traffic, .explain = ph_link_explain_traffic, .traces = ph_link_traces },
  { "mtu", N_ ("MTU"), N_ ("Largest packet it carries; bytes"),
    NUMBER_COLUMN, .width = 6, .flags = SHOWN | EXACT, .value = ph_link_value_mtu },
  { "metric", N_ ("Met"), N_ ("Metric; always 0 on Linux, where routes have one instead"),
    NUMBER_COLUMN, .width = 4, .flags = SHOWN | EXACT, .value = ph_link_value_metric,
    .explain = ph_link_explain_metric },
  { "rx_ok", N_ ("RX-OK"), N_ ("Packets received"),
    NUMBER_COLUMN, .width = 10, .flags = SHOWN | EXACT, .value = ph_link_value_rx_ok,
    .explain = ph_link_explain_rx_ok },
  { "rx_err", N_ ("RX-ERR"), N_ ("Bad packets received"),
    NUMBER_COLUMN, .width = 7, .flags = SHOWN | EXACT, .value = ph_link_value_rx_err,
    .explain = ph_link_explain_rx_err },
  { "rx_drp", N_ ("RX-DRP"), N_ ("Packets received and dropped, or missed"),
    NUMBER_COLUMN, .width = 7, .flags = SHOWN | EXACT, .value = ph_link_value_rx_drp,
    .explain = ph_link_explain_rx_drp },
  { "rx_ovr", N_ ("RX-OVR"), N_ ("Packets lost because a receive queue was full"),
    NUMBER_COLUMN, .width = 7, .flags = SHOWN | EXACT, .value = ph_link_value_rx_ovr,
    .explain = ph_link_explain_rx_ovr },
  { "tx_ok", N_ ("TX-OK"), N_ ("Packets sent"),
    NUMBER_COLUMN, .width = 10, .flags = SHOWN | EXACT, .value = ph_link_value_tx_ok,
    .explain = ph_link_explain_tx_ok },
  { "tx_err", N_ ("TX-ERR"), N_ ("Packets that could not be sent"),
    NUMBER_COLUMN, .width = 7, .flags = SHOWN | EXACT, .value = ph_link_value_tx_err,
    .explain = ph_link_explain_tx_err },
  { "tx_drp", N_ ("TX-DRP"), N_ ("Packets dropped before they were sent"),
    NUMBER_COLUMN, .width = 7, .flags = SHOWN | EXACT, .value = ph_link_value_tx_drp,
    .explain = ph_link_explain_tx_drp },
  { "tx_ovr", N_ ("TX-OVR"), N_ ("Packets lost because they did not come fast enough to be sent"),
    NUMBER_COLUMN, .width = 7, .flags = SHOWN | EXACT, .value = ph_link_value_tx_ovr,
    .explain = ph_link_explain_tx_ovr },
  { "flags", N_ ("Flg"), N_ ("Flags as netstat writes them: B broadcast, L loopback, M multicast, R running, U up…"),
    TEXT_COLUMN, .width = 11, .flags = SHOWN, .value = ph_link_value_flags, .explain = ph_link_explain_flags },
  { "rx_rate", N_ ("Receive Rate"), N_ ("Bytes received per second, since the last look"),
    NUMBER_COLUMN, .width = 10, .flags = SHOWN | RATE, OPTIONAL, .value = ph_link_value_rx_rate,
    .format = ph_link_format_rx_rate, .explain = ph_link_explain_traffic },
  { "tx_rate", N_ ("Send Rate"), N_ ("Bytes sent per second, since the last look"),
    NUMBER_COLUMN, .width = 10, .flags = SHOWN | RATE, OPTIONAL, .value = ph_link_value_tx_rate,
    .format = ph_link_format_tx_rate, .explain = ph_link_explain_traffic },
  { "state", N_ ("State"), N_ ("Operational state: UP, DOWN, LOWERLAYERDOWN, DORMANT, UNKNOWN…"),
    TEXT_COLUMN, .width = 12, .flags = SHOWN | EXACT, .value = ph_link_value_state,
    .explain = ph_link_explain_state, .rank = ph_link_rank_state },
  { "addresses", N_ ("Addresses"), N_ ("IP addresses, with the length of their network’s prefix"),
    .align = PH_ALIGN_START, .kind = PH_VALUE_JSON, .width = 28, .flags = SHOWN | PH_COLUMN_EXPAND, OPTIONAL,
    .value = ph_link_value_addresses, .format = ph_link_format_addresses, .explain = ph_link_explain_addresses,
    .rank = ph_link_rank_addresses, .compare = ph_link_compare_addresses },
  { "kind", N_ ("Kind"), N_ ("What kind of link it is: ether, loopback, veth, bridge, vlan, tun, wireguard…"),
    TEXT_COLUMN, .width = 10, .value = ph_link_value_kind, .explain = ph_link_explain_kind },
  { "detail", N_ ("Detail"), N_ ("What belongs to its kind: a VLAN’s number, a bond’s mode"),
    TEXT_COLUMN, .width = 18, OPTIONAL, .value = ph_link_value_detail },
  { "mac", N_ ("MAC"), N_ ("Hardware address; of a tunnel its end here"),
    TEXT_COLUMN, .width = 18, OPTIONAL, .value = ph_link_value_mac },
  { "broadcast", N_ ("Broadcast"), N_ ("Hardware address for all; of a tunnel its other end"),
    TEXT_COLUMN, .width = 18, OPTIONAL, .value = ph_link_value_broadcast },
  { "master", N_ ("Master"), N_ ("Bridge, bond or other link that it is part of"),
    TEXT_COLUMN, .width = 10, OPTIONAL, .value = ph_link_value_master },
  { "link", N_ ("Link"), N_ ("Link that it stands on, or the other end of a pair"),
    TEXT_COLUMN, .width = 10, OPTIONAL, .value = ph_link_value_link, .explain = ph_link_explain_link },
  { "speed", N_ ("Speed"), N_ ("Speed of the link; as a number Mbit/s"),
    NUMBER_COLUMN, .width = 11, .flags = EXACT, .value = ph_link_value_speed, .format = ph_link_format_speed,
    .explain = ph_link_explain_speed },
  { "duplex", N_ ("Duplex"), N_ ("Whether both ends can send at once: full or half"),
    TEXT_COLUMN, .width = 7, .value = ph_link_value_duplex, .explain = ph_link_explain_speed },
  { "rx_bytes", N_ ("Received"), N_ ("Bytes received"),
    NUMBER_COLUMN, .width = 10, .flags = EXACT, .value = ph_link_value_rx_bytes, .format = ph_link_format_rx_bytes,
    .explain = ph_link_explain_rx_bytes },
  { "tx_bytes", N_ ("Sent"), N_ ("Bytes sent"),
    NUMBER_COLUMN, .width = 10, .flags = EXACT, .value = ph_link_value_tx_bytes, .format = ph_link_format_tx_bytes,
    .explain = ph_link_explain_tx_bytes },
  { "rx_packet_rate", N_ ("Receive Packet Rate"), N_ ("Packets received per second, since the last look"),
    NUMBER_COLUMN, .width = 10, .flags = RATE, OPTIONAL, .value = ph_link_value_rx_packet_rate,
    .format = ph_link_format_rx_packet_rate, .explain = ph_link_explain_traffic },
  { "tx_packet_rate", N_ ("Send Packet Rate"), N_ ("Packets sent per second, since the last look"),
    NUMBER_COLUMN, .width = 10, .flags = RATE, OPTIONAL, .value = ph_link_value_tx_packet_rate,
    .format = ph_link_format_tx_packet_rate, .explain = ph_link_explain_traffic },
  { "groups", N_ ("Groups"), N_ ("Multicast groups joined"),
    .align = PH_ALIGN_START, .kind = PH_VALUE_JSON, .width = 24, .flags = EXACT, OPTIONAL, .value = ph_link_value_groups,
    .format = ph_link_format_groups, .explain = ph_link_explain_groups, .rank = ph_link_rank_groups },
  { "multicast", N_ ("Multicast"), N_ ("Multicast packets received"),
    NUMBER_COLUMN, .width = 10, .flags = EXACT, .value = ph_link_value_multicast,
    .explain = ph_link_explain_multicast },
  { "collisions", N_ ("Collisions"), N_ ("Collisions while sending"),
    NUMBER_COLUMN, .width = 10, .flags = EXACT, .value = ph_link_value_collisions,
    .explain = ph_link_explain_collisions },
  { "qdisc", N_ ("Queueing"), N_ ("Queueing discipline: how packets wait to be sent"),
    TEXT_COLUMN, .width = 10, OPTIONAL, .value = ph_link_value_qdisc },
  { "queue_length", N_ ("Queue Length"), N_ ("How many packets may wait to be sent"),
    NUMBER_COLUMN, .width = 8, .flags = EXACT, .value = ph_link_value_queue_length },
  { "carrier_changes", N_ ("Carrier Changes"), N_ ("How often the carrier came or went"),
    NUMBER_COLUMN, .width = 8, .flags = EXACT, .value = ph_link_value_carrier_changes },
  { "link_group", N_ ("Link Group"), N_ ("Number of the group of links it is in; 0: default"),
    NUMBER_COLUMN, .width = 8, .flags = EXACT, .value = ph_link_value_link_group },
  { "index", N_ ("Index"), N_ ("The kernel’s number of the interface"),
    NUMBER_COLUMN, .width = 6, .flags = EXACT, .value = ph_link_value_index },
  { "alias", N_ ("Alias"), N_ ("What an administrator wrote about it"),
    TEXT_COLUMN, .width = 20, OPTIONAL, .value = ph_link_value_alias },
};
/* clang-format on */

static const char *const words[] = { "up", "down", "loopback", "running", "new", "closed", "stale", NULL };
G_STATIC_ASSERT (G_N_ELEMENTS (words) == PH_LINK_IS_STALE + 2);

static gboolean
is (gconstpointer record, guint word)
{
  return ph_link_is (record, word);
}

/* clang-format off */
const PhSchema ph_link_schema = {
  .id = "interfaces",
  .record_size = sizeof (PhLink),
  .key_offset = G_STRUCT_OFFSET (PhLink, key),
  .key_size = sizeof (PhLinkKey),
  .copy = ph_link_copy,
  .advance = ph_link_advance,
  .columns = columns,
  .n_columns = G_N_ELEMENTS (columns),
  .words = words,
  .is = is,
  .fields = ph_link_fields,
  .n_fields = PH_LINK_N_FIELDS,
  .facets = ph_link_facets,
  .n_facets = PH_LINK_N_FACETS,
};
/* clang-format on */
