/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The columns of the Connections table: for each its typed value, and one entry in the table at the end. How a value is
 * written for people is in ph-socket-cells.c.
 *
 * A value that does not apply stays absent: the port of a Unix socket, the round trip of a listener.
 */
#include "ph-socket-columns.h"

#include <string.h>

#include "ph-i18n.h"
#include "ph-print.h"

/* --- addresses --- */

static void
proto_value (gconstpointer record, PhValue *value)
{
  const PhSocket *socket = record;

  ph_value_set_text (value, ph_protocol_label (socket->key.protocol, socket->key.family));
}

static void
family_value (gconstpointer record, PhValue *value)
{
  static const char *const names[] = {
    [PH_SOCKET_FAMILY_INET] = "inet",     [PH_SOCKET_FAMILY_INET6] = "inet6",     [PH_SOCKET_FAMILY_UNIX] = "unix",
    [PH_SOCKET_FAMILY_PACKET] = "packet", [PH_SOCKET_FAMILY_NETLINK] = "netlink", [PH_SOCKET_FAMILY_VSOCK] = "vsock",
  };
  const PhSocket *socket = record;

  if (socket->key.family < G_N_ELEMENTS (names))
    ph_value_set_text (value, names[socket->key.family]);
}

static void
local_address_value (gconstpointer record, PhValue *value)
{
  const PhSocket *socket = record;

  if (socket->local.family != PH_FAMILY_NONE)
    ph_value_set_address (value, &socket->local);
}

static void
remote_address_value (gconstpointer record, PhValue *value)
{
  const PhSocket *socket = record;

  if (socket->remote.family != PH_FAMILY_NONE)
    ph_value_set_address (value, &socket->remote);
}

/* The cell shows a path where there is no address: those sort behind all addresses. */
static guint64
local_address_rank (gconstpointer record)
{
  const PhSocket *socket = record;

  if (socket->local.family != PH_FAMILY_NONE)
    return ph_address_rank (&socket->local);
  if (socket->path)
    return MIN (G_GUINT64_CONSTANT (3) << 62 | ph_rank_text (socket->path) >> 2, PH_RANK_ABSENT - 1);
  return PH_RANK_ABSENT;
}

static int
local_address_compare (gconstpointer a, gconstpointer b)
{
  const PhSocket *first = a;
  const PhSocket *second = b;
  int order = ph_address_compare (&first->local, &second->local);

  if (order != 0 || first->path == second->path)
    return order;
  if (!first->path || !second->path)
    return first->path ? -1 : 1;
  return g_ascii_strcasecmp (first->path, second->path);
}

static void
local_port_value (gconstpointer record, PhValue *value)
{
  const PhSocket *socket = record;

  if (socket->local_port != 0)
    ph_value_set_uint (value, socket->local_port);
}

static void
remote_port_value (gconstpointer record, PhValue *value)
{
  const PhSocket *socket = record;

  if (socket->remote_port != 0)
    ph_value_set_uint (value, socket->remote_port);
}

static void
interface_value (gconstpointer record, PhValue *value)
{
  ph_value_set_text (value, ((const PhSocket *) record)->interface_name);
}

static void
exposure_value (gconstpointer record, PhValue *value)
{
  ph_value_set_text (value, ph_exposure_name (ph_socket_exposure (record)));
}

static guint64
exposure_rank (gconstpointer record)
{
  PhExposure exposure = ph_socket_exposure (record);

  return exposure == PH_EXPOSURE_NONE ? PH_RANK_ABSENT : exposure;
}

/* --- the socket itself --- */

static void
state_value (gconstpointer record, PhValue *value)
{
  const PhSocket *socket = record;
  const char *name = ph_state_name (socket->key.protocol, socket->state);

  ph_value_set_text (value, *name ? name : NULL);
}

static void
type_value (gconstpointer record, PhValue *value)
{
  ph_value_set_text (value, ph_type_name (((const PhSocket *) record)->type));
}

static void
recv_q_value (gconstpointer record, PhValue *value)
{
  ph_value_set_uint (value, ((const PhSocket *) record)->recv_q);
}

static void
send_q_value (gconstpointer record, PhValue *value)
{
  ph_value_set_uint (value, ((const PhSocket *) record)->send_q);
}

static void
inode_value (gconstpointer record, PhValue *value)
{
  const PhSocket *socket = record;

  if (socket->inode != 0)
    ph_value_set_uint (value, socket->inode);
}

static void
cookie_value (gconstpointer record, PhValue *value)
{
  ph_value_set_uint (value, ((const PhSocket *) record)->key.cookie);
}

static void
mark_value (gconstpointer record, PhValue *value)
{
  const PhSocket *socket = record;

  if (socket->flags & PH_SOCKET_MARK_KNOWN)
    ph_value_set_uint (value, socket->mark);
}

static void
mark_format (gconstpointer record, const PhStyle *style, GString *text)
{
  const PhSocket *socket = record;

  if (socket->flags & PH_SOCKET_MARK_KNOWN)
    ph_print_hex (text, socket->mark);
}

static void
drops_value (gconstpointer record, PhValue *value)
{
  const PhSocket *socket = record;

  if (socket->flags & PH_SOCKET_MEMORY_KNOWN)
    ph_value_set_uint (value, socket->memory[G_N_ELEMENTS (socket->memory) - 1]);
}

static void
path_value (gconstpointer record, PhValue *value)
{
  ph_value_set_text (value, ((const PhSocket *) record)->path);
}

static void
peer_value (gconstpointer record, PhValue *value)
{
  const PhSocket *socket = record;

  if (socket->peer_inode != 0)
    ph_value_set_uint (value, socket->peer_inode);
}

static void
timer_value (gconstpointer record, PhValue *value)
{
  const PhSocket *socket = record;

  if (socket->timer != PH_TIMER_OFF)
    ph_value_set_text (value, ph_timer_name (socket->timer));
}

static void
timer_ms_value (gconstpointer record, PhValue *value)
{
  const PhSocket *socket = record;

  if (socket->timer != PH_TIMER_OFF)
    ph_value_set_uint (value, socket->timer_ms);
}

static void
age_value (gconstpointer record, PhValue *value)
{
  const PhSocket *socket = record;
  gint64 age_us = socket->head.last_seen - socket->head.first_seen;

  ph_value_set_uint (value, age_us > 0 ? (guint64) age_us / G_USEC_PER_SEC : 0);
}

static void
age_format (gconstpointer record, const PhStyle *style, GString *text)
{
  PhValue value = { PH_VALUE_NONE };

  age_value (record, &value);
  ph_print_duration (text, value.uint);
}

/* --- who has it --- */

static void
pid_value (gconstpointer record, PhValue *value)
{
  const PhSocket *socket = record;

  if (socket->owner.n_owners > 0)
    ph_value_set_uint (value, (guint64) socket->owner.owners[0].process->pid);
}

static void
process_value (gconstpointer record, PhValue *value)
{
  const PhSocket *socket = record;

  if (socket->owner.n_owners > 0)
    ph_value_set_text (value, socket->owner.owners[0].process->comm);
}

/* The cell falls back to the unit's name: sort by what is seen. */
static const char *
process_shown (gconstpointer record)
{
  const PhSocket *socket = record;

  if (socket->owner.n_owners > 0)
    return socket->owner.owners[0].process->comm;
  return socket->owner.note == PH_OWNER_BY_SERVICE && socket->owner.unit ? socket->owner.unit->name : NULL;
}

static guint64
process_rank (gconstpointer record)
{
  const char *name = process_shown (record);

  return name ? MIN (ph_rank_text (name), PH_RANK_ABSENT - 1) : PH_RANK_ABSENT;
}

static int
process_compare (gconstpointer a, gconstpointer b)
{
  PhValue first, second;

  ph_value_set_text (&first, process_shown (a));
  ph_value_set_text (&second, process_shown (b));
  return ph_value_compare (&first, &second);
}

static void
owners_value (gconstpointer record, PhValue *value)
{
  if (((const PhSocket *) record)->owner.note == PH_OWNER_UNKNOWN)
    return;
  value->kind = PH_VALUE_JSON;
  value->json = ph_socket_json_owners;
}

static void
owner_note_value (gconstpointer record, PhValue *value)
{
  const PhSocket *socket = record;

  if (socket->owner.note != PH_OWNER_UNKNOWN)
    ph_value_set_text (value, ph_owner_note_name (socket->owner.note));
}

static void
unit_value (gconstpointer record, PhValue *value)
{
  const PhUnit *unit = ((const PhSocket *) record)->owner.unit;

  ph_value_set_text (value, unit ? unit->name : NULL);
}

static void
cgroup_value (gconstpointer record, PhValue *value)
{
  const PhUnit *unit = ((const PhSocket *) record)->owner.unit;

  ph_value_set_text (value, unit ? unit->path : NULL);
}

static void
uid_value (gconstpointer record, PhValue *value)
{
  if (ph_socket_uid_is_known (record))
    ph_value_set_uint (value, ((const PhSocket *) record)->uid);
}

static void
user_value (gconstpointer record, PhValue *value)
{
  if (ph_socket_uid_is_known (record))
    ph_value_set_text (value, ((const PhSocket *) record)->user);
}

/* Users without a name are shown by number, and sort by it behind the names. */
static guint64
user_rank (gconstpointer record)
{
  const PhSocket *socket = record;

  if (!ph_socket_uid_is_known (socket))
    return PH_RANK_ABSENT;
  return socket->user ? ph_rank_text (socket->user) >> 1 : G_GUINT64_CONSTANT (1) << 63 | socket->uid;
}

static int
user_compare (gconstpointer a, gconstpointer b)
{
  const PhSocket *first = a;
  const PhSocket *second = b;

  if (first->user && second->user && ph_socket_uid_is_known (first) && ph_socket_uid_is_known (second))
    return first->user == second->user ? 0 : g_ascii_strcasecmp (first->user, second->user);
  return 0; /* the rank has said all */
}

/* --- what it has carried --- */

static void
rx_rate_value (gconstpointer record, PhValue *value)
{
  const PhSocket *socket = record;

  if (ph_socket_transfer (socket) && socket->rx_rate != PH_RATE_UNKNOWN)
    ph_value_set_uint (value, socket->rx_rate);
}

static void
tx_rate_value (gconstpointer record, PhValue *value)
{
  const PhSocket *socket = record;

  if (ph_socket_transfer (socket) && socket->tx_rate != PH_RATE_UNKNOWN)
    ph_value_set_uint (value, socket->tx_rate);
}

static void
congestion_value (gconstpointer record, PhValue *value)
{
  ph_value_set_text (value, ((const PhSocket *) record)->congestion);
}

/* Defines NAME_value(): a number of tcp_info, absent where there is none or where @known is false. */
#define TCP_VALUE(name, number, known)                                                                                 \
  static void name##_value (gconstpointer record, PhValue *value)                                                      \
  {                                                                                                                    \
    const PhTcpInfo *tcp = ph_socket_transfer (record);                                                                \
                                                                                                                       \
    if (tcp && (known))                                                                                                \
      ph_value_set_uint (value, (number));                                                                             \
  }

TCP_VALUE (rx_bytes, tcp->bytes_received, TRUE)
TCP_VALUE (tx_bytes, tcp->bytes_acked, TRUE)
TCP_VALUE (rtt_us, tcp->rtt_us, tcp->rtt_us != 0)
TCP_VALUE (min_rtt_us, tcp->min_rtt_us, tcp->min_rtt_us != G_MAXUINT32 && tcp->rtt_us != 0)
TCP_VALUE (retransmits, tcp->total_retrans, TRUE)
TCP_VALUE (cwnd, tcp->snd_cwnd, TRUE)
TCP_VALUE (delivery_rate, tcp->delivery_rate, tcp->delivery_rate != 0)

/* Defines NAME_format(): that value as people write it. */
#define FORMAT_VALUE(name, print)                                                                                      \
  static void name##_format (gconstpointer record, const PhStyle *style, GString *text)                                \
  {                                                                                                                    \
    PhValue value = { PH_VALUE_NONE };                                                                                 \
                                                                                                                       \
    name##_value (record, &value);                                                                                     \
    if (value.kind == PH_VALUE_UINT)                                                                                   \
      print (text, value.uint);                                                                                        \
  }

FORMAT_VALUE (rx_rate, ph_print_rate)
FORMAT_VALUE (tx_rate, ph_print_rate)
FORMAT_VALUE (rx_bytes, ph_print_bytes)
FORMAT_VALUE (tx_bytes, ph_print_bytes)
FORMAT_VALUE (rtt_us, ph_print_latency)
FORMAT_VALUE (min_rtt_us, ph_print_latency)
FORMAT_VALUE (delivery_rate, ph_print_rate)

/* --- the table --- */

#define TEXT_COLUMN    .align = PH_ALIGN_START, .kind = PH_VALUE_TEXT
#define ADDRESS_COLUMN .align = PH_ALIGN_START, .kind = PH_VALUE_ADDRESS
#define NUMBER_COLUMN  .align = PH_ALIGN_END, .kind = PH_VALUE_UINT
#define EXACT          PH_COLUMN_RANK_EXACT

/* clang-format off */
static const PhColumn columns[] = {
  { "proto", N_ ("Protocol"), N_ ("tcp, udp, unix…; with a 6 for IPv6"), TEXT_COLUMN, .width = 9,
    .flags = PH_COLUMN_SHOWN, .value = proto_value, .explain = ph_socket_explain_proto },
  { "local_address", N_ ("Local Address"), N_ ("Address on this computer; 0.0.0.0 and :: stand for every address"),
    ADDRESS_COLUMN, .width = 22, .flags = PH_COLUMN_SHOWN | PH_COLUMN_ELLIPSIZE_MIDDLE | PH_COLUMN_EXPAND,
    .value = local_address_value, .format = ph_socket_format_local_address,
    .explain = ph_socket_explain_local_address, .rank = local_address_rank, .compare = local_address_compare },
  { "local_port", N_ ("Local Port"), N_ ("Port on this computer"), NUMBER_COLUMN, .width = 12,
    .flags = PH_COLUMN_SHOWN | PH_COLUMN_NAMES | EXACT, .value = local_port_value, .format = ph_socket_format_local_port },
  { "remote_address", N_ ("Remote Address"), N_ ("Address of the other end"), ADDRESS_COLUMN, .width = 22,
    .flags = PH_COLUMN_SHOWN | PH_COLUMN_ELLIPSIZE_MIDDLE | PH_COLUMN_EXPAND, .value = remote_address_value,
    .format = ph_socket_format_remote_address, .explain = ph_socket_explain_remote_address },
  { "remote_port", N_ ("Remote Port"), N_ ("Port of the other end"), NUMBER_COLUMN, .width = 12,
    .flags = PH_COLUMN_SHOWN | PH_COLUMN_NAMES | EXACT, .value = remote_port_value,
    .format = ph_socket_format_remote_port },
  { "state", N_ ("State"), N_ ("State of the connection; empty for datagram sockets with no peer"), TEXT_COLUMN,
    .width = 13, .flags = PH_COLUMN_SHOWN, .value = state_value, .explain = ph_socket_explain_state },
  { "process", N_ ("Process"), N_ ("Program that has the socket open, or the service it belongs to"), TEXT_COLUMN,
    .width = 18, .flags = PH_COLUMN_SHOWN | PH_COLUMN_OWNER | PH_COLUMN_EXPAND, .value = process_value,
    .format = ph_socket_format_process, .explain = ph_socket_explain_owner, .rank = process_rank,
    .compare = process_compare },
  { "pid", N_ ("PID"), N_ ("Process number; the lowest of several"), NUMBER_COLUMN, .width = 8,
    .flags = PH_COLUMN_SHOWN | PH_COLUMN_OWNER | EXACT, .value = pid_value, .explain = ph_socket_explain_owner },
  { "user", N_ ("User"), N_ ("Login name of the user who made the socket"), TEXT_COLUMN, .width = 10,
    .flags = PH_COLUMN_SHOWN, .value = user_value, .format = ph_socket_format_user, .rank = user_rank,
    .compare = user_compare },
  { "rx_rate", N_ ("Receive Rate"), N_ ("Bytes received per second, since the last look"), NUMBER_COLUMN, .width = 12,
    .flags = PH_COLUMN_SHOWN | PH_COLUMN_TCP_INFO | PH_COLUMN_TWICE | EXACT, .value = rx_rate_value,
    .format = rx_rate_format, .explain = ph_socket_explain_transfer },
  { "tx_rate", N_ ("Send Rate"), N_ ("Bytes sent and acknowledged per second, since the last look"), NUMBER_COLUMN,
    .width = 12, .flags = PH_COLUMN_SHOWN | PH_COLUMN_TCP_INFO | PH_COLUMN_TWICE | EXACT, .value = tx_rate_value,
    .format = tx_rate_format, .explain = ph_socket_explain_transfer },

  { "recv_q", N_ ("Recv-Q"), N_ ("Bytes received but not yet read; on a listener connections that wait"),
    NUMBER_COLUMN, .width = 8, .flags = EXACT, .value = recv_q_value, .format = ph_socket_format_recv_q,
    .explain = ph_socket_explain_recv_q },
  { "send_q", N_ ("Send-Q"), N_ ("Bytes not yet acknowledged; on a listener how many connections may wait"),
    NUMBER_COLUMN, .width = 8, .flags = EXACT, .value = send_q_value, .explain = ph_socket_explain_send_q },
  { "unit", N_ ("Unit"), N_ ("systemd unit, Flatpak app or container that the socket belongs to"), TEXT_COLUMN,
    .width = 20, .flags = PH_COLUMN_OWNER, .value = unit_value, .explain = ph_socket_explain_unit },
  { "exposure", N_ ("Exposure"), N_ ("How far a listening socket can be reached: loopback, address, any"), TEXT_COLUMN,
    .width = 18, .flags = EXACT, .value = exposure_value, .format = ph_socket_format_exposure,
    .explain = ph_socket_explain_exposure, .rank = exposure_rank },
  { "interface", N_ ("Interface"), N_ ("Network interface that the socket is bound to"), TEXT_COLUMN, .width = 10,
    .value = interface_value },
  { "rx_bytes", N_ ("Received"), N_ ("Bytes received"), NUMBER_COLUMN, .width = 10,
    .flags = PH_COLUMN_TCP_INFO | EXACT, .value = rx_bytes_value, .format = rx_bytes_format,
    .explain = ph_socket_explain_transfer },
  { "tx_bytes", N_ ("Sent"), N_ ("Bytes sent and acknowledged"), NUMBER_COLUMN, .width = 10,
    .flags = PH_COLUMN_TCP_INFO | EXACT, .value = tx_bytes_value, .format = tx_bytes_format,
    .explain = ph_socket_explain_transfer },
  { "rtt_us", N_ ("RTT"), N_ ("Round trip time, smoothed; microseconds"), NUMBER_COLUMN, .width = 9,
    .flags = PH_COLUMN_TCP_INFO | EXACT, .value = rtt_us_value, .format = rtt_us_format,
    .explain = ph_socket_explain_transfer },
  { "min_rtt_us", N_ ("Min RTT"), N_ ("Smallest round trip time seen; microseconds"), NUMBER_COLUMN, .width = 9,
    .flags = PH_COLUMN_TCP_INFO | EXACT, .value = min_rtt_us_value, .format = min_rtt_us_format,
    .explain = ph_socket_explain_transfer },
  { "retransmits", N_ ("Retransmits"), N_ ("Segments sent again, in all"), NUMBER_COLUMN, .width = 11,
    .flags = PH_COLUMN_TCP_INFO | EXACT, .value = retransmits_value, .explain = ph_socket_explain_transfer },
  { "cwnd", N_ ("Congestion Window"), N_ ("Segments that may be under way"), NUMBER_COLUMN, .width = 9,
    .flags = PH_COLUMN_TCP_INFO | EXACT, .value = cwnd_value, .explain = ph_socket_explain_transfer },
  { "delivery_rate", N_ ("Delivery Rate"), N_ ("Last measured rate of delivery; bytes per second"), NUMBER_COLUMN,
    .width = 12, .flags = PH_COLUMN_TCP_INFO | EXACT, .value = delivery_rate_value, .format = delivery_rate_format,
    .explain = ph_socket_explain_transfer },
  { "congestion", N_ ("Congestion Control"), N_ ("Algorithm of congestion control"), TEXT_COLUMN, .width = 9,
    .flags = PH_COLUMN_TCP_INFO, .value = congestion_value },
  { "timer", N_ ("Timer"), N_ ("What the kernel waits for: on (retransmit), keepalive, timewait, probe"), TEXT_COLUMN,
    .width = 18, .value = timer_value, .format = ph_socket_format_timer, .explain = ph_socket_explain_timer },
  { "timer_ms", N_ ("Timer Expiry"), N_ ("When the timer expires; milliseconds from now"), NUMBER_COLUMN, .width = 10,
    .flags = PH_COLUMN_EXPORT_ONLY | EXACT, .value = timer_ms_value },
  { "age", N_ ("Age"), N_ ("How long it has been seen; seconds"), NUMBER_COLUMN, .width = 8, .flags = EXACT,
    .value = age_value, .format = age_format },
  { "family", N_ ("Family"), N_ ("Address family: inet, inet6, unix, packet, netlink, vsock"), TEXT_COLUMN,
    .width = 8, .value = family_value },
  { "type", N_ ("Type"), N_ ("Type of a Unix, packet or vsock socket: STREAM, DGRAM, SEQPACKET, RAW"), TEXT_COLUMN,
    .width = 10, .value = type_value },
  { "uid", N_ ("UID"), N_ ("Number of the user who made the socket"), NUMBER_COLUMN, .width = 8, .flags = EXACT,
    .value = uid_value },
  { "inode", N_ ("Inode"), N_ ("Inode of the socket, as in /proc/PID/fd"), NUMBER_COLUMN, .width = 10, .flags = EXACT,
    .value = inode_value },
  { "cookie", N_ ("Cookie"), N_ ("The kernel's own number of the socket, never used twice"), NUMBER_COLUMN,
    .width = 10, .flags = EXACT, .value = cookie_value },
  { "owners", N_ ("Owners"), N_ ("Every process that has the socket open, with its file descriptor"), TEXT_COLUMN,
    .width = 24, .flags = PH_COLUMN_OWNER | PH_COLUMN_EXPORT_ONLY, .value = owners_value,
    .format = ph_socket_format_owners },
  { "owner_note", N_ ("Owner Note"), N_ ("How sure the owner is, or why nobody is known"), TEXT_COLUMN, .width = 24,
    .flags = PH_COLUMN_OWNER, .value = owner_note_value, .format = ph_socket_format_owner_note },
  { "cgroup", N_ ("Cgroup"), N_ ("Control group of the socket"), TEXT_COLUMN, .width = 30,
    .flags = PH_COLUMN_OWNER | PH_COLUMN_ELLIPSIZE_MIDDLE, .value = cgroup_value },
  { "mark", N_ ("Mark"), N_ ("Firewall mark; told to administrators only"), NUMBER_COLUMN, .width = 8, .flags = EXACT,
    .value = mark_value, .format = mark_format },
  { "drops", N_ ("Drops"), N_ ("Packets thrown away because the socket's buffer was full"), NUMBER_COLUMN, .width = 8,
    .flags = PH_COLUMN_MEMORY | EXACT, .value = drops_value },
  { "path", N_ ("Path"), N_ ("Path of a Unix socket, @ for an abstract one; what another is bound to"), TEXT_COLUMN,
    .width = 30, .flags = PH_COLUMN_ELLIPSIZE_MIDDLE, .value = path_value },
  { "peer", N_ ("Peer"), N_ ("Inode of the other end of a Unix connection"), NUMBER_COLUMN, .width = 10,
    .flags = EXACT, .value = peer_value },
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
};
/* clang-format on */
