/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One request, one acknowledgement: see ph-socket-destroy.h. */
#include "ph-socket-destroy.h"

#include <errno.h>
#include <linux/sock_diag.h>
#include <netinet/in.h>

#include "ph-alloc.h"
#include "ph-netlink.h"

/* Everything that names the socket is where a question about it has it. */
bool
ph_socket_destroy_build (PhSockDiagMessage *message, const PhSocketId *socket)
{
  if (socket->protocol != IPPROTO_TCP && socket->protocol != IPPROTO_UDP)
    return false;
  if (!ph_sock_diag_build_one (message, socket, 0))
    return false;
  message->header.nlmsg_type = SOCK_DESTROY;
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
ph_socket_destroy (const PhSocketId *socket)
{
  PhSockDiagMessage message;
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
