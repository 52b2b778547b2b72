/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One socket, of whatever family: the record of the Connections table.
 *
 * Sources: sock_diag(7), linux/inet_diag.h, unix_diag.h, packet_diag.h, netlink_diag.h, vm_sockets_diag.h, and the
 * files of /proc/net (proc(5)) where those are missing.
 */
#pragma once

#include "ph-address.h"
#include "ph-ownership.h"
#include "ph-schema.h"
#include "ph-socket-enums.h"
#include "ph-tcp-info.h"

typedef struct
{
  guint64
      cookie; /* the kernel's, unique while it runs; where only /proc serves: made from the inode or the addresses */
  guint32 net_ns; /* number of the namespace, 0: this one */
  guint8 family;  /* PhSocketFamily */
  guint8 reserved;
  guint16 protocol; /* PhProtocol */
} PhSocketKey;

typedef struct
{
  PhRecord head;
  PhSocketKey key;

  PhAddress local; /* family PH_FAMILY_NONE: not an IP socket */
  PhAddress remote;
  guint16 local_port; /* host order; 0: none, shown as * */
  guint16 remote_port;

  guint8 state; /* PhSocketState */
  guint8 type;  /* PhSocketType; for Unix, packet and vsock */
  guint8 flags; /* PhSocketFlags */
  guint8 timer; /* PhSocketTimer */
  guint8 timer_retransmits;
  guint8 shutdown;         /* bit 0: receiving, bit 1: sending */
  guint16 protocol_number; /* RAW: the IP protocol; packet: the Ethernet protocol; netlink: the netlink family */
  guint32 timer_ms;        /* until it expires */

  guint32 recv_q;    /* bytes; on a listener connections waiting to be accepted */
  guint32 send_q;    /* bytes; on a listener the limit of that queue */
  guint32 uid;       /* PH_UID_UNKNOWN: netlink, vsock and what else comes without one */
  guint32 interface; /* index, 0: any */
  guint32 mark;
  guint32 peer_inode; /* Unix; 0: none */
  guint64 inode;      /* 0: no process holds it */
  guint64 cgroup_id;  /* 0: not reported */

  /* PH_SOCKET_N_MEMORY numbers, bytes, in the order of SK_MEMINFO (linux/sock_diag.h): rmem_alloc, rcvbuf, wmem_alloc,
   * sndbuf, fwd_alloc, wmem_queued, optmem, backlog, then drops, which counts datagrams. NULL: not known. */
  const guint32 *memory;

  guint32 rx_rate; /* bytes per second since the last look; PH_RATE_UNKNOWN at the first */
  guint32 tx_rate;

  PhOwnership owner;

  const PhTcp *tcp;           /* NULL: not TCP, or not asked for */
  const PhTcpInfo *tcp_info;  /* NULL without PH_WANT_TCP_WHOLE */
  const char *congestion;     /* algorithm; NULL: not reported */
  const char *path;           /* Unix path or @abstract name; what it is bound to: packet "ipv6", netlink "route:1234",
                                 vsock "3:1024", the latter two with their peer, "3:1024 -> 2:99"; NULL */
  const char *interface_name; /* NULL where interface is 0; "if7" where the index has no name */
  const char *user;           /* login name; NULL where the uid has none */
} PhSocket;

#define PH_SOCKET_N_MEMORY 9
#define PH_RATE_UNKNOWN    G_MAXUINT32
#define PH_UID_UNKNOWN     G_MAXUINT32 /* (uid_t) -1 is nobody's: chown(2) */

extern const PhSchema ph_socket_schema;

/* The words for "is:" in a filter, in the order of ph_socket_schema.words. */
typedef enum
{
  PH_SOCKET_IS_LISTENING, /* netstat -l: TCP LISTEN; datagram sockets bound with no peer; Unix listeners */
  PH_SOCKET_IS_ACTIVE,    /* what netstat shows by default: all that is not listening */
  PH_SOCKET_IS_ESTABLISHED,
  PH_SOCKET_IS_CLOSING, /* FIN_WAIT1, FIN_WAIT2, CLOSE_WAIT, LAST_ACK, CLOSING, TIME_WAIT */
  PH_SOCKET_IS_IPV4,
  PH_SOCKET_IS_IPV6,
  PH_SOCKET_IS_INET, /* IPv4 or IPv6 */
  PH_SOCKET_IS_UNIX,
  PH_SOCKET_IS_NEW,
  PH_SOCKET_IS_CLOSED,
  PH_SOCKET_IS_STALE,
} PhSocketWord;

gboolean ph_socket_is (const PhSocket *socket, PhSocketWord word);

/* How far a listening or bound socket can be reached. Kept in files: numbers stay. */
typedef enum
{
  PH_EXPOSURE_NONE = 0, /* not listening */
  PH_EXPOSURE_LOCAL,    /* this computer only: loopback */
  PH_EXPOSURE_ONE,      /* one address */
  PH_EXPOSURE_EVERY,    /* every address */
} PhExposure;

PhExposure ph_socket_exposure (const PhSocket *socket);
const char *ph_exposure_name (PhExposure exposure);     /* "loopback", "address", "any": stable; NULL for NONE */
const char *ph_exposure_sentence (PhExposure exposure); /* translated: "This computer only" */
