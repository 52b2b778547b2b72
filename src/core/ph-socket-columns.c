/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The Connections table's columns, one entry each, and the schema that they are part of. */
#include "ph-socket-columns.h"

#include "ph-expression.h"
#include "ph-facet-fields.h"
#include "ph-i18n.h"

#define TEXT_COLUMN    .align = PH_ALIGN_START, .kind = PH_VALUE_TEXT
#define ADDRESS_COLUMN .align = PH_ALIGN_START, .kind = PH_VALUE_ADDRESS
#define NUMBER_COLUMN  .align = PH_ALIGN_END, .kind = PH_VALUE_UINT
#define EXACT          PH_COLUMN_RANK_EXACT
#define OPTIONAL       .is_none = ph_column_absent_is_none

/* clang-format off */
static const PhColumn columns[] = {
  { "proto", N_ ("Protocol"), N_ ("tcp, udp, unix…; with a 6 for IPv6"),
    TEXT_COLUMN, .width = 7, .flags = PH_COLUMN_SHOWN | EXACT, .value = ph_socket_value_proto,
    .explain = ph_socket_explain_proto, .rank = ph_socket_rank_proto },
  { "local_address", N_ ("Local Address"), N_ ("Address on this computer; 0.0.0.0 and :: stand for every address"),
    ADDRESS_COLUMN, .width = 18,
    .flags = PH_COLUMN_SHOWN | PH_COLUMN_NAMES | PH_COLUMN_ELLIPSIZE_MIDDLE | PH_COLUMN_EXPAND, OPTIONAL,
    .value = ph_socket_value_local_address, .format = ph_socket_format_local_address,
    .explain = ph_socket_explain_local_address, .rank = ph_socket_rank_local_address,
    .compare = ph_socket_compare_local_address },
  { "local_port", N_ ("Local Port"), N_ ("Port on this computer"),
    NUMBER_COLUMN, .width = 10, .flags = PH_COLUMN_SHOWN | PH_COLUMN_NAMES | EXACT, OPTIONAL,
    .value = ph_socket_value_local_port, .format = ph_socket_format_local_port },
  { "remote_address", N_ ("Remote Address"), N_ ("Address of the other end"),
    ADDRESS_COLUMN, .width = 18,
    .flags = PH_COLUMN_SHOWN | PH_COLUMN_NAMES | PH_COLUMN_ELLIPSIZE_MIDDLE | PH_COLUMN_EXPAND, OPTIONAL,
    .value = ph_socket_value_remote_address, .format = ph_socket_format_remote_address,
    .explain = ph_socket_explain_remote_address },
  { "remote_port", N_ ("Remote Port"), N_ ("Port of the other end"),
    NUMBER_COLUMN, .width = 10, .flags = PH_COLUMN_SHOWN | PH_COLUMN_NAMES | EXACT, OPTIONAL,
    .value = ph_socket_value_remote_port, .format = ph_socket_format_remote_port },
  { "state", N_ ("State"), N_ ("State of the connection; empty for datagram sockets with no peer"),
    TEXT_COLUMN, .width = 14, .flags = PH_COLUMN_SHOWN | EXACT, OPTIONAL, .value = ph_socket_value_state,
    .explain = ph_socket_explain_state, .rank = ph_socket_rank_state },
  { "process", N_ ("Process"), N_ ("Program that has the socket open, or the service it belongs to"),
    TEXT_COLUMN, .width = 14, .flags = PH_COLUMN_SHOWN | PH_COLUMN_OWNER | PH_COLUMN_EXPAND,
    .value = ph_socket_value_process, .format = ph_socket_format_process, .explain = ph_socket_explain_owner,
    .rank = ph_socket_rank_process, .compare = ph_socket_compare_process },
  { "pid", N_ ("PID"), N_ ("Process number; the lowest of several"),
    NUMBER_COLUMN, .width = 6, .flags = PH_COLUMN_SHOWN | PH_COLUMN_OWNER | EXACT, .value = ph_socket_value_pid,
    .explain = ph_socket_explain_owner },
  { "user", N_ ("User"), N_ ("Login name of the user who made the socket"),
    TEXT_COLUMN, .width = 9, .flags = PH_COLUMN_SHOWN, .value = ph_socket_value_user, .format = ph_socket_format_user,
    .rank = ph_socket_rank_user, .compare = ph_socket_compare_user },
  { "rx_rate", N_ ("Receive Rate"), N_ ("Bytes received per second, since the last look"),
    NUMBER_COLUMN, .width = 9, .flags = PH_COLUMN_SHOWN | PH_COLUMN_TCP_INFO | PH_COLUMN_TWICE | EXACT, OPTIONAL,
    .value = ph_socket_value_rx_rate, .format = ph_socket_format_rx_rate, .explain = ph_socket_explain_transfer },
  { "tx_rate", N_ ("Send Rate"), N_ ("Bytes sent and acknowledged per second, since the last look"),
    NUMBER_COLUMN, .width = 9, .flags = PH_COLUMN_SHOWN | PH_COLUMN_TCP_INFO | PH_COLUMN_TWICE | EXACT, OPTIONAL,
    .value = ph_socket_value_tx_rate, .format = ph_socket_format_tx_rate, .explain = ph_socket_explain_transfer },
  { "recv_q", N_ ("Recv-Q"), N_ ("Bytes received but not yet read; on a listener connections that wait"),
    NUMBER_COLUMN, .width = 8, .flags = EXACT, .value = ph_socket_value_recv_q, .format = ph_socket_format_recv_q,
    .explain = ph_socket_explain_recv_q },
  { "send_q", N_ ("Send-Q"), N_ ("Bytes not yet acknowledged; on a listener how many connections may wait"),
    NUMBER_COLUMN, .width = 8, .flags = EXACT, .value = ph_socket_value_send_q, .explain = ph_socket_explain_send_q },
  { "unit", N_ ("Unit"), N_ ("systemd unit, Flatpak app or container that the socket belongs to"),
    TEXT_COLUMN, .width = 20, .flags = PH_COLUMN_OWNER, .value = ph_socket_value_unit,
    .explain = ph_socket_explain_unit },
  { "exposure", N_ ("Exposure"), N_ ("How far a listening socket can be reached: loopback, address, any"),
    TEXT_COLUMN, .width = 18, .flags = EXACT, OPTIONAL, .value = ph_socket_value_exposure,
    .format = ph_socket_format_exposure, .explain = ph_socket_explain_exposure, .rank = ph_socket_rank_exposure },
  { "interface", N_ ("Interface"), N_ ("Network interface that the socket is bound to"),
    TEXT_COLUMN, .width = 10, OPTIONAL, .value = ph_socket_value_interface },
  { "rx_bytes", N_ ("Received"), N_ ("Bytes received"),
    NUMBER_COLUMN, .width = 10, .flags = PH_COLUMN_TCP_INFO | EXACT, OPTIONAL, .value = ph_socket_value_rx_bytes,
    .format = ph_socket_format_rx_bytes, .explain = ph_socket_explain_transfer },
  { "tx_bytes", N_ ("Sent"), N_ ("Bytes sent and acknowledged"),
    NUMBER_COLUMN, .width = 10, .flags = PH_COLUMN_TCP_INFO | EXACT, OPTIONAL, .value = ph_socket_value_tx_bytes,
    .format = ph_socket_format_tx_bytes, .explain = ph_socket_explain_transfer },
  { "rtt_us", N_ ("RTT"), N_ ("Round trip time, smoothed; microseconds"),
    NUMBER_COLUMN, .width = 9, .flags = PH_COLUMN_TCP_INFO | EXACT, OPTIONAL, .value = ph_socket_value_rtt_us,
    .format = ph_socket_format_rtt_us, .explain = ph_socket_explain_transfer },
  { "min_rtt_us", N_ ("Min RTT"), N_ ("Smallest round trip time seen; microseconds"),
    NUMBER_COLUMN, .width = 9, .flags = PH_COLUMN_TCP_INFO | EXACT, OPTIONAL, .value = ph_socket_value_min_rtt_us,
    .format = ph_socket_format_min_rtt_us, .explain = ph_socket_explain_transfer },
  { "retransmits", N_ ("Retransmits"), N_ ("Segments sent again, in all"),
    NUMBER_COLUMN, .width = 11, .flags = PH_COLUMN_TCP_INFO | EXACT, OPTIONAL, .value = ph_socket_value_retransmits,
    .explain = ph_socket_explain_transfer },
  { "cwnd", N_ ("Congestion Window"), N_ ("Segments that may be under way"),
    NUMBER_COLUMN, .width = 9, .flags = PH_COLUMN_TCP_INFO | EXACT, OPTIONAL, .value = ph_socket_value_cwnd,
    .explain = ph_socket_explain_transfer },
  { "delivery_rate", N_ ("Delivery Rate"), N_ ("Last measured rate of delivery; bytes per second"),
    NUMBER_COLUMN, .width = 12, .flags = PH_COLUMN_TCP_INFO | EXACT, OPTIONAL, .value = ph_socket_value_delivery_rate,
    .format = ph_socket_format_delivery_rate, .explain = ph_socket_explain_transfer },
  { "congestion", N_ ("Congestion Control"), N_ ("Algorithm of congestion control"),
    TEXT_COLUMN, .width = 9, .flags = PH_COLUMN_TCP_INFO, OPTIONAL, .value = ph_socket_value_congestion },
  { "timer", N_ ("Timer"), N_ ("What the kernel waits for: on (retransmit), keepalive, timewait, probe"),
    TEXT_COLUMN, .width = 18, OPTIONAL, .value = ph_socket_value_timer, .format = ph_socket_format_timer,
    .explain = ph_socket_explain_timer },
  { "timer_ms", N_ ("Timer Expiry"), N_ ("When the timer expires; milliseconds from now"),
    NUMBER_COLUMN, .width = 10, .flags = PH_COLUMN_EXPORT_ONLY | EXACT, .value = ph_socket_value_timer_ms },
  { "age", N_ ("Age"), N_ ("How long it has been seen; seconds"),
    NUMBER_COLUMN, .width = 8, .flags = EXACT, .value = ph_socket_value_age, .format = ph_socket_format_age },
  { "family", N_ ("Family"), N_ ("Address family: inet, inet6, unix, packet, netlink, vsock"),
    TEXT_COLUMN, .width = 8, .value = ph_socket_value_family },
  { "type", N_ ("Type"), N_ ("Type of a Unix, packet or vsock socket: STREAM, DGRAM, SEQPACKET, RAW"),
    TEXT_COLUMN, .width = 10, OPTIONAL, .value = ph_socket_value_type },
  { "uid", N_ ("UID"), N_ ("Number of the user who made the socket"),
    NUMBER_COLUMN, .width = 8, .flags = EXACT, .value = ph_socket_value_uid },
  { "inode", N_ ("Inode"), N_ ("Inode of the socket, as in /proc/PID/fd"),
    NUMBER_COLUMN, .width = 10, .flags = EXACT, .value = ph_socket_value_inode },
  { "cookie", N_ ("Cookie"), N_ ("The kernel's own number of the socket, never used twice"),
    NUMBER_COLUMN, .width = 10, .flags = EXACT, .value = ph_socket_value_cookie },
  { "owners", N_ ("Owners"), N_ ("Every process that has the socket open, with its file descriptor"),
    TEXT_COLUMN, .width = 24, .flags = PH_COLUMN_OWNER | PH_COLUMN_EXPORT_ONLY, .value = ph_socket_value_owners,
    .format = ph_socket_format_owners },
  { "owner_note", N_ ("Owner Note"), N_ ("How sure the owner is, or why nobody is known"),
    TEXT_COLUMN, .width = 24, .flags = PH_COLUMN_OWNER, .value = ph_socket_value_owner_note,
    .format = ph_socket_format_owner_note },
  { "cgroup", N_ ("Cgroup"), N_ ("Control group of the socket"),
    TEXT_COLUMN, .width = 30, .flags = PH_COLUMN_OWNER | PH_COLUMN_ELLIPSIZE_MIDDLE, .value = ph_socket_value_cgroup },
  { "mark", N_ ("Mark"), N_ ("Firewall mark; told to administrators only"),
    NUMBER_COLUMN, .width = 8, .flags = EXACT, .value = ph_socket_value_mark, .format = ph_socket_format_mark },
  { "drops", N_ ("Drops"), N_ ("Packets thrown away because the socket's buffer was full"),
    NUMBER_COLUMN, .width = 8, .flags = PH_COLUMN_MEMORY | EXACT, .value = ph_socket_value_drops },
  { "path", N_ ("Path"), N_ ("Path of a Unix socket, @ for an abstract one; what another is bound to"),
    TEXT_COLUMN, .width = 30, .flags = PH_COLUMN_ELLIPSIZE_MIDDLE, OPTIONAL, .value = ph_socket_value_path },
  { "peer", N_ ("Peer"), N_ ("Inode of the other end of a Unix connection"),
    NUMBER_COLUMN, .width = 10, .flags = EXACT, OPTIONAL, .value = ph_socket_value_peer },
};
/* clang-format on */

static const char *const words[] = {
  "listening", "active", "established", "closing", "ipv4", "ipv6", "inet", "unix", "new", "closed", "stale", NULL,
};
G_STATIC_ASSERT (G_N_ELEMENTS (words) == PH_SOCKET_IS_STALE + 2);

static gboolean
is (gconstpointer record, guint word)
{
  return ph_socket_is (record, word);
}

static const PhDialect dialects[] = {
  { N_ ("_ss Filter"), ph_expression_ss },
  { N_ ("_tcpdump Filter"), ph_expression_pcap },
  { NULL, NULL },
};

/* clang-format off */
const PhSchema ph_socket_schema = {
  .id = "sockets",
  .record_size = sizeof (PhSocket),
  .key_offset = G_STRUCT_OFFSET (PhSocket, key),
  .key_size = sizeof (PhSocketKey),
  .copy = ph_socket_copy,
  .advance = ph_socket_advance,
  .columns = columns,
  .n_columns = G_N_ELEMENTS (columns),
  .words = words,
  .is = is,
  .fields = ph_socket_fields,
  .n_fields = PH_SOCKET_N_FIELDS,
  .facets = ph_socket_facets,
  .n_facets = PH_SOCKET_N_FACETS,
  .dialects = dialects,
  .dup_owner_term = ph_expression_owner,
};
/* clang-format on */
