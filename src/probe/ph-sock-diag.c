/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One table says what there is to ask; one small function per diag module fills its request.
 *
 * The families are asked one by one: a dump for AF_INET6 holds exactly the sockets made as AF_INET6, IPv4-mapped ones
 * among them, so nothing comes twice.
 */
#include "ph-sock-diag.h"

#include <libmnl/libmnl.h>
#include <linux/inet_diag.h>
#include <linux/netlink_diag.h>
#include <linux/packet_diag.h>
#include <linux/sock_diag.h>
#include <linux/unix_diag.h>
#include <linux/vm_sockets_diag.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>

#ifndef IPPROTO_MPTCP
#define IPPROTO_MPTCP 262
#endif

/* States 1 to 12, the kernel's private NEW_SYN_RECV among them. */
#define ALL_STATES 0x1ffeu

/* State 13 (since Linux 6.8). The kernel walks its whole hash of bound ports for it, connected sockets and all, which
 * makes a large dump a quarter slower. */
#define BOUND_INACTIVE 0x2000u

/* States of TCP (include/net/tcp_states.h), which the others use as well: a UDP socket is either ESTABLISHED or CLOSE.
 * Asked for LISTEN alone the kernel does not walk its hash of connections. */
#define LISTEN            (1u << 10)
#define CLOSE             (1u << 7)

#define INET_EXTENSION(x) (1u << ((x) -1))

static const PhSocketKind kinds[PH_N_REQUESTS] = {
  [PH_REQUEST_TCP4] = { AF_INET, IPPROTO_TCP, { "tcp" } },
  [PH_REQUEST_TCP6] = { AF_INET6, IPPROTO_TCP, { "tcp6" } },
  [PH_REQUEST_UDP4] = { AF_INET, IPPROTO_UDP, { "udp" } },
  [PH_REQUEST_UDP6] = { AF_INET6, IPPROTO_UDP, { "udp6" } },
  [PH_REQUEST_UDPLITE4] = { AF_INET, IPPROTO_UDPLITE, { "udplite" } },
  [PH_REQUEST_UDPLITE6] = { AF_INET6, IPPROTO_UDPLITE, { "udplite6" } },
  [PH_REQUEST_RAW4] = { AF_INET, IPPROTO_RAW, { "raw" } },
  [PH_REQUEST_RAW6] = { AF_INET6, IPPROTO_RAW, { "raw6" } },
  /* Endpoints and associations of both families are in the same two files. */
  [PH_REQUEST_SCTP4] = { AF_INET, IPPROTO_SCTP, { "sctp/eps", "sctp/assocs" } },
  [PH_REQUEST_SCTP6] = { AF_INET6, IPPROTO_SCTP, { "sctp/eps", "sctp/assocs" } },
  [PH_REQUEST_DCCP4] = { AF_INET, IPPROTO_DCCP, { NULL } },
  [PH_REQUEST_DCCP6] = { AF_INET6, IPPROTO_DCCP, { NULL } },
  [PH_REQUEST_MPTCP4] = { AF_INET, IPPROTO_MPTCP, { NULL } },
  [PH_REQUEST_MPTCP6] = { AF_INET6, IPPROTO_MPTCP, { NULL } },
  [PH_REQUEST_UNIX] = { AF_UNIX, 0, { "unix" } },
  [PH_REQUEST_PACKET] = { AF_PACKET, 0, { "packet" } },
  [PH_REQUEST_NETLINK] = { AF_NETLINK, 0, { "netlink" } },
  [PH_REQUEST_VSOCK] = { AF_VSOCK, 0, { NULL } },
};

const PhSocketKind *
ph_socket_kind (PhRequestName name)
{
  return ph_request_is_sockets (name) ? &kinds[name] : NULL;
}

static uint32_t
inet_states (const PhSocketKind *kind, uint32_t want)
{
  const uint32_t bound = want & PH_WANT_BOUND ? BOUND_INACTIVE : 0;

  if (!(want & PH_WANT_LISTENING) || kind->protocol == IPPROTO_RAW)
    return ALL_STATES | bound;
  return (kind->protocol == IPPROTO_UDP || kind->protocol == IPPROTO_UDPLITE ? CLOSE : LISTEN) | bound;
}

static void
build_inet (struct nlmsghdr *header, const PhSocketKind *kind, uint32_t want)
{
  struct inet_diag_req_v2 *request = mnl_nlmsg_put_extra_header (header, sizeof *request);

  request->sdiag_family = kind->family;
  request->idiag_states = inet_states (kind, want);
  request->idiag_ext = INET_EXTENSION (INET_DIAG_SHUTDOWN);
  if (want & PH_WANT_MEMORY)
    request->idiag_ext |= INET_EXTENSION (INET_DIAG_SKMEMINFO);

  /* The other protocols answer INET_DIAG_INFO too, with structures of their own. */
  if (kind->protocol == IPPROTO_TCP && (want & PH_WANT_TCP_INFO))
    request->idiag_ext |= INET_EXTENSION (INET_DIAG_INFO) | INET_EXTENSION (INET_DIAG_CONG);

  /* The low byte of IPPROTO_MPTCP is IPPROTO_TCP. So it is left zero, and a kernel too old for the attribute (before
   * 5.9) answers that it does not know the protocol, not with all its TCP sockets. */
  if (kind->protocol <= UINT8_MAX)
    request->sdiag_protocol = kind->protocol;
  else
    mnl_attr_put_u32 (header, INET_DIAG_REQ_PROTOCOL, kind->protocol);
}

static void
build_unix (struct nlmsghdr *header, uint32_t want)
{
  struct unix_diag_req *request = mnl_nlmsg_put_extra_header (header, sizeof *request);

  request->sdiag_family = AF_UNIX;
  request->udiag_states = ALL_STATES;
  request->udiag_show = UDIAG_SHOW_NAME | UDIAG_SHOW_PEER | UDIAG_SHOW_RQLEN | UDIAG_SHOW_UID;
  if (want & PH_WANT_MEMORY)
    request->udiag_show |= UDIAG_SHOW_MEMINFO;
}

/* Packet and netlink sockets are few, and tell the length of their queues only in MEMINFO. */
static void
build_packet (struct nlmsghdr *header)
{
  struct packet_diag_req *request = mnl_nlmsg_put_extra_header (header, sizeof *request);

  request->sdiag_family = AF_PACKET;
  request->pdiag_show = PACKET_SHOW_INFO | PACKET_SHOW_MEMINFO;
}

static void
build_netlink (struct nlmsghdr *header)
{
  struct netlink_diag_req *request = mnl_nlmsg_put_extra_header (header, sizeof *request);

  request->sdiag_family = AF_NETLINK;
  request->sdiag_protocol = NDIAG_PROTO_ALL;
  request->ndiag_show = NDIAG_SHOW_MEMINFO | NDIAG_SHOW_GROUPS;
}

static void
build_vsock (struct nlmsghdr *header)
{
  struct vsock_diag_req *request = mnl_nlmsg_put_extra_header (header, sizeof *request);

  request->sdiag_family = AF_VSOCK;
  request->vdiag_states = ALL_STATES;
}

void
ph_sock_diag_build (PhSockDiagMessage *message, PhRequestName name, uint32_t want)
{
  const PhSocketKind *kind = &kinds[name];
  struct nlmsghdr *header;

  *message = (PhSockDiagMessage){ .bytes = { 0 } };
  header = mnl_nlmsg_put_header (message->bytes);
  header->nlmsg_type = SOCK_DIAG_BY_FAMILY;
  switch (kind->family)
    {
    case AF_UNIX:
      build_unix (header, want);
      break;
    case AF_PACKET:
      build_packet (header);
      break;
    case AF_NETLINK:
      build_netlink (header);
      break;
    case AF_VSOCK:
      build_vsock (header);
      break;
    default:
      build_inet (header, kind, want);
      break;
    }
}

bool
ph_sock_diag_build_one (PhSockDiagMessage *message, const PhSocketId *id, uint32_t want)
{
  struct nlmsghdr *header;
  struct inet_diag_req_v2 *request;

  if (id == NULL || (id->family != AF_INET && id->family != AF_INET6) || id->cookie == 0 || id->cookie == UINT64_MAX)
    return false;
  *message = (PhSockDiagMessage){ .bytes = { 0 } };
  header = mnl_nlmsg_put_header (message->bytes);
  header->nlmsg_type = SOCK_DIAG_BY_FAMILY;
  build_inet (header, &(PhSocketKind){ .family = id->family, .protocol = id->protocol }, want & ~PH_WANT_LISTENING);
  request = mnl_nlmsg_get_payload (header);
  request->id.idiag_sport = htons (id->local_port);
  request->id.idiag_dport = htons (id->remote_port);
  request->id.idiag_if = id->interface;
  request->id.idiag_cookie[0] = (uint32_t) id->cookie;
  request->id.idiag_cookie[1] = (uint32_t) (id->cookie >> 32);
  memcpy (request->id.idiag_src, id->local, id->family == AF_INET ? 4 : 16);
  memcpy (request->id.idiag_dst, id->remote, id->family == AF_INET ? 4 : 16);
  return true;
}
