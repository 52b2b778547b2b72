/* SPDX-License-Identifier: GPL-3.0-or-later */
/* struct packet_diag_msg (linux/packet_diag.h). */
#include "ph-decode-common.h"
#include "ph-decoder.h"

#include <linux/packet_diag.h>

#define N_ATTRIBUTES (PACKET_DIAG_MEMINFO + 1)

gboolean
ph_decode_packet_diag (const struct nlmsghdr *message, PhArena *arena, PhSocket *socket)
{
  const struct nlattr *attributes[N_ATTRIBUTES];
  const struct packet_diag_msg *diag = mnl_nlmsg_get_payload (message);
  struct packet_diag_info info = { 0 };

  if (!ph_attributes_find (message, sizeof *diag, attributes, N_ATTRIBUTES))
    return FALSE;
  if (diag->pdiag_family != AF_PACKET)
    return FALSE;

  ph_decode_begin (socket, PH_REQUEST_PACKET, PH_SOCKET_FAMILY_PACKET);
  socket->type = diag->pdiag_type;
  socket->state = PH_STATE_CLOSE;
  socket->protocol_number = diag->pdiag_num; /* in host order already */
  socket->path = ph_packet_path (arena, diag->pdiag_num);
  socket->inode = diag->pdiag_ino;
  ph_decode_cookie (socket, diag->pdiag_cookie);

  if (ph_attribute_struct (attributes[PACKET_DIAG_INFO], &info, sizeof info))
    socket->interface = info.pdi_index;
  ph_attribute_u32 (attributes[PACKET_DIAG_UID], &socket->uid);
  if (ph_decode_memory (socket, arena, attributes[PACKET_DIAG_MEMINFO]))
    socket->recv_q = socket->memory[0];
  return TRUE;
}
