/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Families, protocols, states and timers of sockets, with the names that netstat gives them. */
#pragma once

#include <glib.h>

/* Kept in files: numbers stay, new ones are added at the end. */
typedef enum
{
  PH_SOCKET_FAMILY_NONE = 0,
  PH_SOCKET_FAMILY_INET,
  PH_SOCKET_FAMILY_INET6,
  PH_SOCKET_FAMILY_UNIX,
  PH_SOCKET_FAMILY_PACKET,
  PH_SOCKET_FAMILY_NETLINK,
  PH_SOCKET_FAMILY_VSOCK,
} PhSocketFamily;

/* Kept in files: numbers stay, new ones are added at the end. */
typedef enum
{
  PH_PROTOCOL_NONE = 0,
  PH_PROTOCOL_TCP,
  PH_PROTOCOL_UDP,
  PH_PROTOCOL_UDPLITE,
  PH_PROTOCOL_RAW,
  PH_PROTOCOL_SCTP,
  PH_PROTOCOL_DCCP,
  PH_PROTOCOL_MPTCP,
  PH_PROTOCOL_UNIX,
  PH_PROTOCOL_PACKET,
  PH_PROTOCOL_NETLINK,
  PH_PROTOCOL_VSOCK,
} PhProtocol;

/* The kernel's numbers (include/net/tcp_states.h), used by every family. */
typedef enum
{
  PH_STATE_UNKNOWN = 0,
  PH_STATE_ESTABLISHED = 1,
  PH_STATE_SYN_SENT,
  PH_STATE_SYN_RECV,
  PH_STATE_FIN_WAIT1,
  PH_STATE_FIN_WAIT2,
  PH_STATE_TIME_WAIT,
  PH_STATE_CLOSE, /* datagram sockets: bound, no peer */
  PH_STATE_CLOSE_WAIT,
  PH_STATE_LAST_ACK,
  PH_STATE_LISTEN,
  PH_STATE_CLOSING,
  PH_STATE_NEW_SYN_RECV,   /* the kernel's inner half of SYN_RECV; shown as SYN_RECV */
  PH_STATE_BOUND_INACTIVE, /* bound, neither listening nor connected (Linux 6.8 and newer) */
} PhSocketState;

typedef enum
{
  PH_TYPE_NONE = 0,
  PH_TYPE_STREAM = 1, /* SOCK_STREAM */
  PH_TYPE_DGRAM = 2,
  PH_TYPE_RAW = 3,
  PH_TYPE_SEQPACKET = 5,
} PhSocketType;

/* The idiag_timer of linux/inet_diag.h. */
typedef enum
{
  PH_TIMER_OFF = 0,
  PH_TIMER_ON = 1, /* retransmit */
  PH_TIMER_KEEPALIVE = 2,
  PH_TIMER_TIMEWAIT = 3,
  PH_TIMER_PROBE = 4, /* zero window probe */
} PhSocketTimer;

typedef enum
{
  PH_SOCKET_V6ONLY = 1 << 0,
  PH_SOCKET_V6ONLY_KNOWN = 1 << 1,
  PH_SOCKET_LISTENING = 1 << 2,  /* Unix: accepts connections */
  PH_SOCKET_MARK_KNOWN = 1 << 3, /* the mark is only told to CAP_NET_ADMIN */
  PH_SOCKET_FROM_PROC = 1 << 4,
  PH_SOCKET_SIGN_ACKED = 1 << 5,  /* TCP: of bytes_acked one is no data but our SYN or FIN */
  PH_SOCKET_SIGNS_ACKED = 1 << 6, /* both */
} PhSocketFlags;

/* "tcp" "tcp6" "udp" "udp6" "raw" "unix"...: netstat's Proto column; static. */
const char *ph_protocol_label (PhProtocol protocol, PhSocketFamily family);

/* "tcp", "udp"...: without the family. */
const char *ph_protocol_name (PhProtocol protocol);

/* netstat's names: "ESTABLISHED", "LISTEN", "TIME_WAIT", ...; "" for a datagram socket with no peer; static. */
const char *ph_state_name (PhProtocol protocol, PhSocketState state);
const char *ph_timer_name (PhSocketTimer timer); /* "off", "on", "keepalive", "timewait", "probe" */
const char *ph_type_name (PhSocketType type);    /* "STREAM", "DGRAM", ...; NULL for none */
