/* SPDX-License-Identifier: GPL-3.0-or-later */
/* See ph-decode-common.h. */
#include "ph-decode-common.h"

#include "ph-index.h"

#define MADE_COOKIE    (G_GUINT64_CONSTANT (1) << 63)
#define MADE_FROM_HASH (G_GUINT64_CONSTANT (1) << 62)

PhProtocol
ph_request_protocol (PhRequestName request)
{
  static const guint8 protocols[PH_N_REQUESTS] = {
    [PH_REQUEST_TCP4] = PH_PROTOCOL_TCP,         [PH_REQUEST_TCP6] = PH_PROTOCOL_TCP,
    [PH_REQUEST_UDP4] = PH_PROTOCOL_UDP,         [PH_REQUEST_UDP6] = PH_PROTOCOL_UDP,
    [PH_REQUEST_UDPLITE4] = PH_PROTOCOL_UDPLITE, [PH_REQUEST_UDPLITE6] = PH_PROTOCOL_UDPLITE,
    [PH_REQUEST_RAW4] = PH_PROTOCOL_RAW,         [PH_REQUEST_RAW6] = PH_PROTOCOL_RAW,
    [PH_REQUEST_SCTP4] = PH_PROTOCOL_SCTP,       [PH_REQUEST_SCTP6] = PH_PROTOCOL_SCTP,
    [PH_REQUEST_DCCP4] = PH_PROTOCOL_DCCP,       [PH_REQUEST_DCCP6] = PH_PROTOCOL_DCCP,
    [PH_REQUEST_MPTCP4] = PH_PROTOCOL_MPTCP,     [PH_REQUEST_MPTCP6] = PH_PROTOCOL_MPTCP,
    [PH_REQUEST_UNIX] = PH_PROTOCOL_UNIX,        [PH_REQUEST_PACKET] = PH_PROTOCOL_PACKET,
    [PH_REQUEST_NETLINK] = PH_PROTOCOL_NETLINK,  [PH_REQUEST_VSOCK] = PH_PROTOCOL_VSOCK,
  };

  return (guint) request < G_N_ELEMENTS (protocols) ? protocols[request] : PH_PROTOCOL_NONE;
}

void
ph_decode_begin (PhSocket *socket, PhRequestName request, PhSocketFamily family)
{
  socket->head.request = (guint16) request;
  socket->key.family = (guint8) family;
  socket->key.protocol = (guint16) ph_request_protocol (request);
  socket->uid = PH_UID_UNKNOWN;
  socket->rx_rate = PH_RATE_UNKNOWN;
  socket->tx_rate = PH_RATE_UNKNOWN;
}

void
ph_decode_cookie (PhSocket *socket, const guint32 cookie[2])
{
  /* Nothing, or INET_DIAG_NOCOOKIE: the kernel has not numbered this one. */
  if ((cookie[0] == 0 && cookie[1] == 0) || (cookie[0] == G_MAXUINT32 && cookie[1] == G_MAXUINT32))
    ph_decode_make_cookie (socket);
  else
    socket->key.cookie = cookie[0] | (guint64) cookie[1] << 32;
}

/* Two hashes of 32 bits: of the ends, and of the ends and the first. */
static guint64
hash_ends (const PhSocket *socket)
{
  struct
  {
    PhAddress local;
    PhAddress remote;
    guint16 local_port;
    guint16 remote_port;
    guint16 protocol_number;
    guint16 reserved;
    guint64 cookie;
    guint64 first;
  } ends = { socket->local,           socket->remote,
             socket->local_port,      socket->remote_port,
             socket->protocol_number, 0,
             socket->key.cookie,      0 };

  ends.first = ph_index_hash (&ends, sizeof ends);
  return ends.first << 32 | ph_index_hash (&ends, sizeof ends);
}

void
ph_decode_make_cookie (PhSocket *socket)
{
  if (socket->inode != 0)
    socket->key.cookie = MADE_COOKIE | (socket->inode & ~MADE_FROM_HASH);
  else
    socket->key.cookie = MADE_COOKIE | MADE_FROM_HASH | hash_ends (socket);
}

void
ph_decode_refine_cookie (PhSocket *socket)
{
  socket->key.cookie = MADE_COOKIE | MADE_FROM_HASH | hash_ends (socket);
}

void
ph_decode_check_user (PhSocket *socket)
{
  if (socket->inode == 0 && socket->uid == 0)
    socket->uid = PH_UID_UNKNOWN;
}

PhSocketState
ph_decode_state (guint number)
{
  return number <= PH_STATE_BOUND_INACTIVE ? (PhSocketState) number : PH_STATE_UNKNOWN;
}

PhSocketState
ph_decode_sctp_state (guint number)
{
  static const guint8 states[] = {
    PH_STATE_CLOSE,       /* CLOSED */
    PH_STATE_SYN_SENT,    /* COOKIE_WAIT */
    PH_STATE_SYN_RECV,    /* COOKIE_ECHOED */
    PH_STATE_ESTABLISHED, /* ESTABLISHED */
    PH_STATE_FIN_WAIT1,   /* SHUTDOWN_PENDING */
    PH_STATE_FIN_WAIT2,   /* SHUTDOWN_SENT */
    PH_STATE_CLOSE_WAIT,  /* SHUTDOWN_RECEIVED */
    PH_STATE_LAST_ACK,    /* SHUTDOWN_ACK_SENT */
  };

  return number < G_N_ELEMENTS (states) ? (PhSocketState) states[number] : PH_STATE_UNKNOWN;
}

void
ph_decode_address (PhAddress *address, PhFamily family, const void *bytes, guint32 interface)
{
  const guint8 *b = bytes;

  ph_address_set (address, family, bytes);
  /* fe80::/10 and ff02::/16 (RFC 4291) mean nothing without their link. */
  if (family == PH_FAMILY_IPV6 && ((b[0] == 0xfe && (b[1] & 0xc0) == 0x80) || (b[0] == 0xff && (b[1] & 0x0f) == 0x02)))
    address->scope = interface;
}

gboolean
ph_decode_memory (PhSocket *socket, PhArena *arena, const struct nlattr *attribute)
{
  guint32 *memory;

  if (!attribute)
    return FALSE;
  memory = ph_arena_alloc (arena, PH_SOCKET_N_MEMORY * sizeof *memory);
  ph_attribute_struct (attribute, memory, PH_SOCKET_N_MEMORY * sizeof *memory);
  socket->memory = memory;
  return TRUE;
}

const char *
ph_netlink_family_name (guint number)
{
  static const char *const names[] = {
    "route",   "unused", "usersock",       "firewall",  "sock-diag", "nflog",  "xfrm",    "selinux",
    "iscsi",   "audit",  "fib-lookup",     "connector", "netfilter", "ip6-fw", "dnrtmsg", "kobject-uevent",
    "generic", NULL,     "scsi-transport", "ecryptfs",  "rdma",      "crypto", "smc",
  };

  return number < G_N_ELEMENTS (names) ? names[number] : NULL;
}

const char *
ph_netlink_path (PhArena *arena, guint family, guint32 port, guint32 peer_port, guint32 peer_group)
{
  const char *name = ph_netlink_family_name (family);
  char family_text[16], port_text[16], text[96];

  g_snprintf (family_text, sizeof family_text, "%u", family);
  g_snprintf (port_text, sizeof port_text, port ? "%u" : "kernel", port);
  if (peer_group != 0)
    g_snprintf (text, sizeof text, "%s:%s -> group %u", name ? name : family_text, port_text, peer_group);
  else if (peer_port != 0)
    g_snprintf (text, sizeof text, "%s:%s -> %u", name ? name : family_text, port_text, peer_port);
  else
    g_snprintf (text, sizeof text, "%s:%s", name ? name : family_text, port_text);
  return ph_arena_string (arena, text);
}

const char *
ph_packet_path (PhArena *arena, guint protocol)
{
  static const struct
  {
    guint16 number; /* linux/if_ether.h */
    const char *name;
  } known[] = {
    { 0x0003, "*" },
    { 0x0800, "ipv4" },
    { 0x0806, "arp" },
    { 0x86dd, "ipv6" },
    { 0x888e, "eapol" },
    { 0x88cc, "lldp" },
    { 0x8863, "pppoe-discovery" },
    { 0x8864, "pppoe-session" },
    { 0x88f7, "ptp" },
  };
  char text[16];

  if (protocol == 0)
    return NULL;
  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    if (known[i].number == protocol)
      return known[i].name;
  g_snprintf (text, sizeof text, "0x%04x", protocol);
  return ph_arena_string (arena, text);
}
