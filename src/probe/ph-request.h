/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The closed list of what the probe can be asked.
 *
 * Every request is read-only. Names and parameters are all there is: bytes for the kernel are never taken from outside,
 * which is what makes it safe to run the probe with privilege.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ph-socket-id.h"

/* Captures hold these numbers: new ones come last. */
typedef enum
{
  PH_REQUEST_NONE = 0,

  /* Sockets: sock_diag(7), else the file of /proc/net that serves in its place. */
  PH_REQUEST_TCP4,
  PH_REQUEST_TCP6,
  PH_REQUEST_UDP4,
  PH_REQUEST_UDP6,
  PH_REQUEST_UDPLITE4,
  PH_REQUEST_UDPLITE6,
  PH_REQUEST_RAW4,
  PH_REQUEST_RAW6,
  PH_REQUEST_SCTP4,
  PH_REQUEST_SCTP6,
  PH_REQUEST_DCCP4,
  PH_REQUEST_DCCP6,
  PH_REQUEST_MPTCP4,
  PH_REQUEST_MPTCP6,
  PH_REQUEST_UNIX,
  PH_REQUEST_PACKET,
  PH_REQUEST_NETLINK,
  PH_REQUEST_VSOCK,
  PH_REQUEST_LAST_SOCKETS = PH_REQUEST_VSOCK,

  /* Facts: answered with OWNERS, PROCESS, CGROUP and NAME frames. */
  PH_REQUEST_LINKS,     /* rtnetlink(7) RTM_GETLINK, as short as it can be had: interface names */
  PH_REQUEST_OWNERS,    /* which processes hold the sockets with these inodes */
  PH_REQUEST_PROCESSES, /* the facts of these processes */
  PH_REQUEST_CGROUPS,   /* path and processes of these cgroup ids */
  PH_REQUEST_USERS,     /* login names of these user ids, getpwuid_r(3) */
  PH_REQUEST_SERVICES,  /* the text of services(5) */

  /* Routing: rtnetlink(7) dumps, and one look-up. Without IPv6 in the kernel its answers are empty. */
  PH_REQUEST_ROUTES4, /* RTM_GETROUTE, every table */
  PH_REQUEST_ROUTES6,
  PH_REQUEST_CACHED_ROUTES4, /* the same with RTM_F_CLONED: what redirects and path MTU discovery have taught; before
                                Linux 5.3 those of IPv6 only */
  PH_REQUEST_CACHED_ROUTES6,
  PH_REQUEST_NEXTHOPS, /* RTM_GETNEXTHOP (Linux 5.3): what routes with RTA_NH_ID point at */
  PH_REQUEST_RULES4,   /* RTM_GETRULE */
  PH_REQUEST_RULES6,
  PH_REQUEST_NEIGHBOURS, /* RTM_GETNEIGH, IPv4 and IPv6 */
  PH_REQUEST_ROUTE_GET,  /* RTM_GETROUTE for one address (PhRequest.route): part 0 the route that is taken, then part 1
                            the entry that it was made from (RTM_F_FIB_MATCH), empty where there is none or Linux is
                            older than 4.13. END carries KERNEL and the errno of a reject route or of no route: EACCES,
                            EHOSTUNREACH, EINVAL, ENETUNREACH... */

  /* Interfaces. */
  PH_REQUEST_LINK_STATS,    /* RTM_GETLINK whole, with IFLA_STATS64 */
  PH_REQUEST_ADDRESSES,     /* RTM_GETADDR */
  PH_REQUEST_LINK_SETTINGS, /* ethtool netlink LINKMODES_GET: speed and duplex */
  PH_REQUEST_GROUPS,        /* /proc/net/igmp (part 0) and igmp6 (part 1), as far as there are */

  /* Counters: files of /proc/net; UNSUPPORTED where there is none. */
  PH_REQUEST_SNMP,
  PH_REQUEST_NETSTAT,
  PH_REQUEST_SNMP6,
  PH_REQUEST_SCTP_SNMP,
  PH_REQUEST_SOCKSTAT,
  PH_REQUEST_SOCKSTAT6,

  /* Names: text files. */
  PH_REQUEST_ROUTE_TABLES,    /* iproute2's rt_tables: number and name a line; a part for each file, the later ones win;
                                 well ended where there is none */
  PH_REQUEST_ROUTE_PROTOCOLS, /* rt_protos likewise */

  PH_REQUEST_PORT_RANGE, /* the text of /proc/sys/net/ipv4/ip_local_port_range: the ephemeral ports, of IPv6 too */

  PH_REQUEST_SOCKET, /* one inet socket (PhRequest.socket), not the dump of all: NETLINK, the one message. END carries
                        KERNEL and ENOENT or ESTALE where it is gone; never served from /proc */
  PH_N_REQUESTS
} PhRequestName;

typedef enum
{
  PH_WANT_TCP_INFO = 1 << 0,  /* tcp_info and the congestion algorithm */
  PH_WANT_MEMORY = 1 << 1,    /* SK_MEMINFO */
  PH_WANT_FULL_WALK = 1 << 2, /* OWNERS: find every holder; without it stop when each inode has one */
  PH_WANT_LIGHT = 1 << 3,     /* PROCESSES: only that it lives: pid and start_ticks */
  PH_WANT_NARROW = 1 << 4,    /* OWNERS: the guesses, the pids given and those above newer_than, and no others */
  PH_WANT_BOUND = 1 << 5,     /* inet sockets that are bound and nothing else (Linux 6.8): a second hash to walk */
  PH_WANT_TCP_WHOLE = 1 << 6, /* with TCP_INFO: keep all of it in the record, not only what there are columns for */
  PH_WANT_LISTENING = 1 << 7, /* inet sockets: only those that wait for somebody: state LISTEN, of UDP and UDP-Lite
                                 those that are not connected. The files of /proc/net bring all the others too */
} PhWant;

typedef struct
{
  int32_t pid;
  int32_t fd;
} PhFdRef;

/* ROUTE_GET: what is asked about. */
typedef struct
{
  uint8_t family; /* AF_INET, AF_INET6 */
  bool has_source;
  uint8_t destination[16]; /* network order; the first four of IPv4 */
  uint8_t source[16];
  uint32_t mark;      /* 0: none */
  uint32_t interface; /* index it must leave by; 0: any */
} PhRouteQuery;

/* The arrays belong to the asker and must outlive the call. */
typedef struct
{
  PhRequestName name;
  uint32_t want;       /* PhWant */
  const uint64_t *ids; /* OWNERS: inodes; PROCESSES: pids, 0: the probe itself; CGROUPS: cgroup ids; USERS: uids */
  size_t n_ids;
  const PhFdRef *guesses; /* OWNERS: descriptors to look at before all else (may be wrong, may be gone) */
  size_t n_guesses;
  const int32_t *pids; /* OWNERS: processes to look through first, most promising first */
  size_t n_pids;
  const PhRouteQuery *route; /* ROUTE_GET */
  const PhSocketId *socket;  /* SOCKET */
  int32_t newer_than; /* OWNERS, narrow: a pid; numbers above it are of newer processes as long as they do not wrap */
} PhRequest;

/* "tcp4", "owners"...: stable, for messages and captures. Never NULL. */
const char *ph_request_name (PhRequestName name);

static inline bool
ph_request_is_sockets (PhRequestName name)
{
  return name >= PH_REQUEST_TCP4 && name <= PH_REQUEST_LAST_SOCKETS;
}
