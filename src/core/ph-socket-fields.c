/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The filter language's fields for sockets, beside the column ids: the short names, and those that ask more than one
 * column can tell. */
#include "ph-i18n.h"
#include "ph-socket-columns.h"

/* --- closed sets of words --- */

/* "tcp" is both, "tcp4" and "tcp6" one of them. */
static const struct
{
  guint8 protocol;
  guint8 family; /* NONE: any */
} protocols[] = {
  { PH_PROTOCOL_TCP, 0 },
  { PH_PROTOCOL_TCP, PH_SOCKET_FAMILY_INET },
  { PH_PROTOCOL_TCP, PH_SOCKET_FAMILY_INET6 },
  { PH_PROTOCOL_UDP, 0 },
  { PH_PROTOCOL_UDP, PH_SOCKET_FAMILY_INET },
  { PH_PROTOCOL_UDP, PH_SOCKET_FAMILY_INET6 },
  { PH_PROTOCOL_UDPLITE, 0 },
  { PH_PROTOCOL_UDPLITE, PH_SOCKET_FAMILY_INET6 },
  { PH_PROTOCOL_RAW, 0 },
  { PH_PROTOCOL_RAW, PH_SOCKET_FAMILY_INET6 },
  { PH_PROTOCOL_SCTP, 0 },
  { PH_PROTOCOL_SCTP, PH_SOCKET_FAMILY_INET6 },
  { PH_PROTOCOL_DCCP, 0 },
  { PH_PROTOCOL_DCCP, PH_SOCKET_FAMILY_INET6 },
  { PH_PROTOCOL_MPTCP, 0 },
  { PH_PROTOCOL_MPTCP, PH_SOCKET_FAMILY_INET6 },
  { PH_PROTOCOL_UNIX, 0 },
  { PH_PROTOCOL_PACKET, 0 },
  { PH_PROTOCOL_NETLINK, 0 },
  { PH_PROTOCOL_VSOCK, 0 },
};
static const char *const protocol_words[] = {
  "tcp",   "tcp4", "tcp6",  "udp",   "udp4",   "udp6", "udplite", "udplite6", "raw",   "raw6", "sctp",
  "sctp6", "dccp", "dccp6", "mptcp", "mptcp6", "unix", "packet",  "netlink",  "vsock", NULL,
};
G_STATIC_ASSERT (G_N_ELEMENTS (protocol_words) == G_N_ELEMENTS (protocols) + 1);

static gboolean
is_protocol (gconstpointer record, guint word)
{
  const PhSocketKey *key = &((const PhSocket *) record)->key;

  return key->protocol == protocols[word].protocol
         && (protocols[word].family == PH_SOCKET_FAMILY_NONE || key->family == protocols[word].family);
}

/* netstat's names, those it has for Unix sockets, and "none" for datagram sockets. */
static const guint8 states[] = {
  PH_STATE_ESTABLISHED, PH_STATE_SYN_SENT,  PH_STATE_SYN_RECV,       PH_STATE_FIN_WAIT1,
  PH_STATE_FIN_WAIT2,   PH_STATE_TIME_WAIT, PH_STATE_CLOSE,          PH_STATE_CLOSE_WAIT,
  PH_STATE_LAST_ACK,    PH_STATE_LISTEN,    PH_STATE_LISTEN,         PH_STATE_CLOSING,
  PH_STATE_ESTABLISHED, PH_STATE_SYN_SENT,  PH_STATE_BOUND_INACTIVE, PH_STATE_UNKNOWN,
};
static const char *const state_words[] = {
  "established", "syn_sent",   "syn_recv",       "fin_wait1", "fin_wait2", "time_wait",
  "close",       "close_wait", "last_ack",       "listen",    "listening", "closing",
  "connected",   "connecting", "bound_inactive", "none",      NULL,
};
G_STATIC_ASSERT (G_N_ELEMENTS (state_words) == G_N_ELEMENTS (states) + 1);

static gboolean
is_state (gconstpointer record, guint word)
{
  const PhSocket *socket = record;
  gboolean none = *ph_state_name (socket->key.protocol, socket->state) == '\0';

  if (states[word] == PH_STATE_UNKNOWN || none)
    return none && states[word] == PH_STATE_UNKNOWN;
  return socket->state == states[word] || (socket->state == PH_STATE_NEW_SYN_RECV && states[word] == PH_STATE_SYN_RECV);
}

static const char *const family_words[]
    = { "inet", "inet6", "unix", "packet", "netlink", "vsock", "ipv4", "ipv6", NULL };

static gboolean
is_family (gconstpointer record, guint word)
{
  static const guint8 families[] = {
    PH_SOCKET_FAMILY_INET,    PH_SOCKET_FAMILY_INET6, PH_SOCKET_FAMILY_UNIX, PH_SOCKET_FAMILY_PACKET,
    PH_SOCKET_FAMILY_NETLINK, PH_SOCKET_FAMILY_VSOCK, PH_SOCKET_FAMILY_INET, PH_SOCKET_FAMILY_INET6,
  };

  return ((const PhSocket *) record)->key.family == families[word];
}

static const char *const scope_words[] = { "any", "loopback", "local", "internet", NULL };

/* Where the other end is; for a socket that has none, where it can be reached. */
static gboolean
is_scope (gconstpointer record, guint word)
{
  static const guint8 scopes[] = { PH_SCOPE_ANY, PH_SCOPE_LOOPBACK, PH_SCOPE_LOCAL, PH_SCOPE_INTERNET };
  const PhSocket *socket = record;
  PhScope scope = ph_address_scope (&socket->remote);

  if (scope == PH_SCOPE_ANY || scope == PH_SCOPE_NONE)
    scope = ph_address_scope (&socket->local);
  return scope == scopes[word];
}

/* --- every owner counts, not only the one that the cell names --- */

static gboolean
nth_pid (gconstpointer record, guint n, PhValue *value)
{
  const PhOwnership *owner = &((const PhSocket *) record)->owner;

  if (n >= owner->n_owners)
    return FALSE;
  ph_value_set_uint (value, (guint64) owner->owners[n].process->pid);
  return TRUE;
}

static gboolean
nth_process (gconstpointer record, guint n, PhValue *value)
{
  const PhOwnership *owner = &((const PhSocket *) record)->owner;

  if (n < owner->n_owners)
    ph_value_set_text (value, owner->owners[n].process->comm);
  else if (n == owner->n_owners && owner->note == PH_OWNER_BY_SERVICE && owner->unit)
    ph_value_set_text (value, owner->unit->name);
  else
    return FALSE;
  return TRUE;
}

const PhFilterField ph_socket_fields[PH_SOCKET_N_FIELDS] = {
  { "port", .columns = { "local_port", "remote_port" }, .help = N_ ("Port of either end") },
  { "lport", .columns = { "local_port" } },
  { "rport", .columns = { "remote_port" } },
  { "addr", .columns = { "local_address", "remote_address" }, .help = N_ ("Address of either end") },
  { "local", .columns = { "local_address" } },
  { "remote", .columns = { "remote_address" } },
  { "iface", .columns = { "interface" } },
  { "recvq", .columns = { "recv_q" } },
  { "sendq", .columns = { "send_q" } },
  { "user", .columns = { "user", "uid" } },
  { "pid", .nth = nth_pid, .kind = PH_VALUE_UINT, .help = N_ ("Number of any process that has the socket open") },
  { "process", .nth = nth_process, .kind = PH_VALUE_TEXT,
    .help = N_ ("Name of any program that has the socket open, or of the service it belongs to") },
  { "proto", .words = protocol_words, .is = is_protocol },
  { "state", .words = state_words, .is = is_state },
  { "family", .words = family_words, .is = is_family },
  { "scope", .words = scope_words, .is = is_scope,
    .help = N_ ("How far away the other end is; without one, how far it can be reached") },
};
