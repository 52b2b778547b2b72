/* SPDX-License-Identifier: GPL-3.0-or-later */
/* struct netlink_diag_msg (linux/netlink_diag.h). The kernel does not tell whose socket it is. */
#include "ph-decode-common.h"
#include "ph-decoder.h"

#include <linux/netlink_diag.h>

#define N_ATTRIBUTES (NETLINK_DIAG_MEMINFO + 1)

/* enum in net/netlink/af_netlink.h, never exported */
#define NETLINK_CONNECTED 1

gboolean
ph_decode_netlink_diag (const struct nlmsghdr *message, PhArena *arena, PhSocket *socket)
{
  const struct nlattr *attributes[N_ATTRIBUTES];
  const struct netlink_diag_msg *diag = mnl_nlmsg_get_payload (message);

  if (!ph_attributes_find (message, sizeof *diag, attributes, N_ATTRIBUTES))
    return FALSE;
  if (diag->ndiag_family != AF_NETLINK)
    return FALSE;

  ph_decode_begin (socket, PH_REQUEST_NETLINK, PH_SOCKET_FAMILY_NETLINK);
  socket->type = diag->ndiag_type;
  socket->state = diag->ndiag_state == NETLINK_CONNECTED ? PH_STATE_ESTABLISHED : PH_STATE_CLOSE;
  socket->protocol_number = diag->ndiag_protocol;
  socket->path = ph_netlink_path (arena, diag->ndiag_protocol, diag->ndiag_portid, diag->ndiag_dst_portid,
                                  diag->ndiag_dst_group);
  socket->inode = diag->ndiag_ino;
  ph_decode_cookie (socket, diag->ndiag_cookie);

  if (ph_decode_memory (socket, arena, attributes[NETLINK_DIAG_MEMINFO]))
    {
      socket->recv_q = socket->memory[0];
      socket->send_q = socket->memory[2];
    }
  return TRUE;
}
