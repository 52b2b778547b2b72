/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The typed values of a socket, one function for each column, and the orders of those columns whose cells show more
 * than the value.
 *
 * A value that does not apply stays absent: the port of a Unix socket, the round trip of a listener.
 */
#include "ph-socket-columns.h"

#include <string.h>

/* --- addresses --- */

void
ph_socket_value_proto (gconstpointer record, PhValue *value)
{
  const PhSocket *socket = record;

  ph_value_set_text (value, ph_protocol_label (socket->key.protocol, socket->key.family));
}

void
ph_socket_value_family (gconstpointer record, PhValue *value)
{
  static const char *const names[] = {
    [PH_SOCKET_FAMILY_INET] = "inet",     [PH_SOCKET_FAMILY_INET6] = "inet6",     [PH_SOCKET_FAMILY_UNIX] = "unix",
    [PH_SOCKET_FAMILY_PACKET] = "packet", [PH_SOCKET_FAMILY_NETLINK] = "netlink", [PH_SOCKET_FAMILY_VSOCK] = "vsock",
  };
  const PhSocket *socket = record;

  if (socket->key.family < G_N_ELEMENTS (names))
    ph_value_set_text (value, names[socket->key.family]);
}

void
ph_socket_value_local_address (gconstpointer record, PhValue *value)
{
  const PhSocket *socket = record;

  if (socket->local.family != PH_FAMILY_NONE)
    ph_value_set_address (value, &socket->local);
}

void
ph_socket_value_remote_address (gconstpointer record, PhValue *value)
{
  const PhSocket *socket = record;

  if (socket->remote.family != PH_FAMILY_NONE)
    ph_value_set_address (value, &socket->remote);
}

/* The cell shows a path where there is no address: those sort behind all addresses. */
guint64
ph_socket_rank_local_address (gconstpointer record)
{
  const PhSocket *socket = record;

  if (socket->local.family != PH_FAMILY_NONE)
    return ph_address_rank (&socket->local);
  if (socket->path)
    return MIN (G_GUINT64_CONSTANT (3) << 62 | ph_rank_text (socket->path) >> 2, PH_RANK_ABSENT - 1);
  return PH_RANK_ABSENT;
}

int
ph_socket_compare_local_address (gconstpointer a, gconstpointer b)
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

void
ph_socket_value_local_port (gconstpointer record, PhValue *value)
{
  const PhSocket *socket = record;

  if (socket->local_port != 0)
    ph_value_set_uint (value, socket->local_port);
}

void
ph_socket_value_remote_port (gconstpointer record, PhValue *value)
{
  const PhSocket *socket = record;

  if (socket->remote_port != 0)
    ph_value_set_uint (value, socket->remote_port);
}

void
ph_socket_value_interface (gconstpointer record, PhValue *value)
{
  ph_value_set_text (value, ((const PhSocket *) record)->interface_name);
}

void
ph_socket_value_exposure (gconstpointer record, PhValue *value)
{
  ph_value_set_text (value, ph_exposure_name (ph_socket_exposure (record)));
}

/* As netstat has them: what most people look for comes first. */
guint64
ph_socket_rank_proto (gconstpointer record)
{
  const PhSocket *socket = record;

  return (guint64) socket->key.protocol << 8 | socket->key.family;
}

guint64
ph_socket_rank_exposure (gconstpointer record)
{
  PhExposure exposure = ph_socket_exposure (record);

  return exposure == PH_EXPOSURE_NONE ? PH_RANK_ABSENT : exposure;
}

/* --- the socket itself --- */

void
ph_socket_value_state (gconstpointer record, PhValue *value)
{
  const PhSocket *socket = record;
  const char *name = ph_state_name (socket->key.protocol, socket->state);

  ph_value_set_text (value, *name ? name : NULL);
}

/* The first seven letters and the last one tell all states apart, in alphabetical order. */
guint64
ph_socket_rank_state (gconstpointer record)
{
  const PhSocket *socket = record;
  const char *name = ph_state_name (socket->key.protocol, socket->state);
  gsize length = strlen (name);
  guint64 rank;

  if (length == 0)
    return PH_RANK_ABSENT;
  rank = ph_rank_text (name);
  return length <= 7 ? rank : (rank & ~G_GUINT64_CONSTANT (0xff)) | (guint8) g_ascii_tolower (name[length - 1]);
}

void
ph_socket_value_type (gconstpointer record, PhValue *value)
{
  ph_value_set_text (value, ph_type_name (((const PhSocket *) record)->type));
}

void
ph_socket_value_recv_q (gconstpointer record, PhValue *value)
{
  ph_value_set_uint (value, ((const PhSocket *) record)->recv_q);
}

void
ph_socket_value_send_q (gconstpointer record, PhValue *value)
{
  ph_value_set_uint (value, ((const PhSocket *) record)->send_q);
}

void
ph_socket_value_inode (gconstpointer record, PhValue *value)
{
  const PhSocket *socket = record;

  if (socket->inode != 0)
    ph_value_set_uint (value, socket->inode);
}

void
ph_socket_value_cookie (gconstpointer record, PhValue *value)
{
  ph_value_set_uint (value, ((const PhSocket *) record)->key.cookie);
}

void
ph_socket_value_mark (gconstpointer record, PhValue *value)
{
  const PhSocket *socket = record;

  if (socket->flags & PH_SOCKET_MARK_KNOWN)
    ph_value_set_uint (value, socket->mark);
}

void
ph_socket_value_drops (gconstpointer record, PhValue *value)
{
  const PhSocket *socket = record;

  if (socket->memory)
    ph_value_set_uint (value, socket->memory[PH_SOCKET_N_MEMORY - 1]);
}

void
ph_socket_value_path (gconstpointer record, PhValue *value)
{
  ph_value_set_text (value, ((const PhSocket *) record)->path);
}

void
ph_socket_value_peer (gconstpointer record, PhValue *value)
{
  const PhSocket *socket = record;

  if (socket->peer_inode != 0)
    ph_value_set_uint (value, socket->peer_inode);
}

void
ph_socket_value_timer (gconstpointer record, PhValue *value)
{
  const PhSocket *socket = record;

  if (socket->timer != PH_TIMER_OFF)
    ph_value_set_text (value, ph_timer_name (socket->timer));
}

void
ph_socket_value_timer_ms (gconstpointer record, PhValue *value)
{
  const PhSocket *socket = record;

  if (socket->timer != PH_TIMER_OFF)
    ph_value_set_uint (value, socket->timer_ms);
}

void
ph_socket_value_age (gconstpointer record, PhValue *value)
{
  const PhSocket *socket = record;
  gint64 age_us = socket->head.last_seen - socket->head.first_seen;

  ph_value_set_uint (value, age_us > 0 ? (guint64) age_us / G_USEC_PER_SEC : 0);
}

/* --- who has it --- */

void
ph_socket_value_pid (gconstpointer record, PhValue *value)
{
  const PhSocket *socket = record;

  if (socket->owner.n_owners > 0)
    ph_value_set_uint (value, (guint64) socket->owner.owners[0].process->pid);
}

void
ph_socket_value_process (gconstpointer record, PhValue *value)
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

guint64
ph_socket_rank_process (gconstpointer record)
{
  const char *name = process_shown (record);

  return name ? MIN (ph_rank_text (name), PH_RANK_ABSENT - 1) : PH_RANK_ABSENT;
}

int
ph_socket_compare_process (gconstpointer a, gconstpointer b)
{
  PhValue first, second;

  ph_value_set_text (&first, process_shown (a));
  ph_value_set_text (&second, process_shown (b));
  return ph_value_compare (&first, &second);
}

void
ph_socket_value_owners (gconstpointer record, PhValue *value)
{
  if (((const PhSocket *) record)->owner.note == PH_OWNER_UNKNOWN)
    return;
  value->kind = PH_VALUE_JSON;
  value->json = ph_socket_json_owners;
}

void
ph_socket_value_owner_note (gconstpointer record, PhValue *value)
{
  const PhSocket *socket = record;

  if (socket->owner.note != PH_OWNER_UNKNOWN)
    ph_value_set_text (value, ph_owner_note_name (socket->owner.note));
}

void
ph_socket_value_unit (gconstpointer record, PhValue *value)
{
  const PhUnit *unit = ((const PhSocket *) record)->owner.unit;

  ph_value_set_text (value, unit ? unit->name : NULL);
}

void
ph_socket_value_cgroup (gconstpointer record, PhValue *value)
{
  const PhUnit *unit = ((const PhSocket *) record)->owner.unit;

  ph_value_set_text (value, unit ? unit->path : NULL);
}

void
ph_socket_value_uid (gconstpointer record, PhValue *value)
{
  if (ph_socket_uid_is_known (record))
    ph_value_set_uint (value, ((const PhSocket *) record)->uid);
}

void
ph_socket_value_user (gconstpointer record, PhValue *value)
{
  if (ph_socket_uid_is_known (record))
    ph_value_set_text (value, ((const PhSocket *) record)->user);
}

/* Users without a name are shown by number, and sort by it behind the names: no UTF-8 begins with 0xff. */
guint64
ph_socket_rank_user (gconstpointer record)
{
  const PhSocket *socket = record;

  if (!ph_socket_uid_is_known (socket))
    return PH_RANK_ABSENT;
  return socket->user ? ph_rank_text (socket->user) : G_GUINT64_CONSTANT (0xff) << 56 | (guint64) socket->uid << 8;
}

int
ph_socket_compare_user (gconstpointer a, gconstpointer b)
{
  const PhSocket *first = a;
  const PhSocket *second = b;

  if (first->user == second->user || !first->user || !second->user)
    return 0; /* the rank has said all */
  return g_ascii_strcasecmp (first->user, second->user);
}

/* --- what it has carried --- */

void
ph_socket_value_rx_rate (gconstpointer record, PhValue *value)
{
  const PhSocket *socket = record;

  if (ph_socket_transfer (socket) && socket->rx_rate != PH_RATE_UNKNOWN)
    ph_value_set_uint (value, socket->rx_rate);
}

void
ph_socket_value_tx_rate (gconstpointer record, PhValue *value)
{
  const PhSocket *socket = record;

  if (ph_socket_transfer (socket) && socket->tx_rate != PH_RATE_UNKNOWN)
    ph_value_set_uint (value, socket->tx_rate);
}

void
ph_socket_value_congestion (gconstpointer record, PhValue *value)
{
  ph_value_set_text (value, ((const PhSocket *) record)->congestion);
}

/* Defines ph_socket_value_NAME(): a number of tcp_info, absent where there is none or where @known is false. */
#define TCP_VALUE(name, number, known)                                                                                 \
  void ph_socket_value_##name (gconstpointer record, PhValue *value)                                                   \
  {                                                                                                                    \
    const PhTcp *tcp = ph_socket_transfer (record);                                                                    \
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
