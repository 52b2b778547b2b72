/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One request, one acknowledgement: see ph-socket-destroy.h. */
#include "ph-socket-destroy.h"

#include <errno.h>
#include <libmnl/libmnl.h>
#include <linux/inet_diag.h>
#include <linux/sock_diag.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>

#include "ph-alloc.h"
#include "ph-netlink.h"

#define NO_COOKIE UINT64_MAX /* INET_DIAG_NOCOOKIE twice: the kernel does not compare it, and takes what it finds */

bool
ph_socket_destroy_build (PhSocketDestroyMessage *message, const PhDeedSocket *socket)
{
  struct nlmsghdr *header;
  struct inet_diag_req_v2 *request;
  size_t size;

  if (socket->cookie == 0 || socket->cookie == NO_COOKIE)
    return false;
  if (socket->protocol != IPPROTO_TCP && socket->protocol != IPPROTO_UDP)
    return false;
  if (socket->family != AF_INET && socket->family != AF_INET6)
    return false;

  size = socket->family == AF_INET ? sizeof (struct in_addr) : sizeof (struct in6_addr);
  *message = (PhSocketDestroyMessage){ .bytes = { 0 } };
  header = mnl_nlmsg_put_header (message->bytes);
  header->nlmsg_type = SOCK_DESTROY;
  request = mnl_nlmsg_put_extra_header (header, sizeof *request);
  request->sdiag_family = socket->family;
  request->sdiag_protocol = socket->protocol;
  request->idiag_states = UINT32_MAX;
  request->id.idiag_sport = htons (socket->local_port);
  request->id.idiag_dport = htons (socket->remote_port);
  memcpy (request->id.idiag_src, socket->local, size);
  memcpy (request->id.idiag_dst, socket->remote, size);
  request->id.idiag_if = socket->interface;
  request->id.idiag_cookie[0] = (uint32_t) socket->cookie;
  request->id.idiag_cookie[1] = (uint32_t) (socket->cookie >> 32);
  return true;
}

PhOutcome
ph_socket_destroy_outcome (int errnum)
{
  switch (errnum)
    {
    case 0:
      return (PhOutcome){ .verdict = PH_VERDICT_DONE };
    case ENOENT: /* nobody there, or one with another cookie */
    case ESTALE:
      return (PhOutcome){ .verdict = PH_VERDICT_GONE, .errnum = errnum };
    case EPERM:
    case EACCES:
      return (PhOutcome){ .verdict = PH_VERDICT_DENIED, .errnum = errnum };
    case EOPNOTSUPP: /* without CONFIG_INET_DIAG_DESTROY; in TIME_WAIT on older kernels */
    case EINVAL:     /* SOCK_DESTROY is not known at all, before Linux 4.5; the listening half of an MPTCP socket */
      return (PhOutcome){ .verdict = PH_VERDICT_UNSUPPORTED, .errnum = errnum };
    default:
      return (PhOutcome){ .verdict = PH_VERDICT_FAILED, .errnum = errnum };
    }
}

/* The kernel answers with an acknowledgement and nothing else. */
static void
ignore (void *user, PhFrameKind kind, const void *bytes, size_t length)
{
}

PhOutcome
ph_socket_destroy (const PhDeedSocket *socket)
{
  PhSocketDestroyMessage message;
  PhNetlink *netlink;
  PhAnswer answer;

  if (!ph_socket_destroy_build (&message, socket))
    return (PhOutcome){ .verdict = PH_VERDICT_REFUSED, .errnum = EINVAL };

  netlink = ph_alloc (1, sizeof *netlink);
  ph_netlink_init (netlink, NETLINK_SOCK_DIAG);
  ph_answer_init (&answer, PH_REQUEST_NONE, ignore, NULL, NULL);
  ph_netlink_query (netlink, &message.header, &answer);
  ph_netlink_close (netlink);
  free (netlink);
  if (answer.error.code != PH_ERROR_NONE && answer.error.errnum == 0)
    return (PhOutcome){ .verdict = PH_VERDICT_FAILED, .errnum = EPROTO };
  return ph_socket_destroy_outcome (answer.error.errnum);
}
