/* SPDX-License-Identifier: GPL-3.0-or-later */
/* struct vsock_diag_msg (linux/vm_sockets_diag.h). Neither owner nor queues are told. */
#include "ph-decode-common.h"
#include "ph-decoder.h"

#include <linux/vm_sockets_diag.h>
#include <string.h>

/* VMADDR_CID_ANY and VMADDR_PORT_ANY of linux/vm_sockets.h, which wants <sys/socket.h> included first in its own way */
#define ANY          G_MAXUINT32

#define END_TEXT_MAX 24

/* Context ids and ports have 32 bits: they go into the text, not into local_port. */
static void
format_end (char text[END_TEXT_MAX], guint32 cid, guint32 port)
{
  char cid_text[12], port_text[12];

  g_snprintf (cid_text, sizeof cid_text, cid == ANY ? "*" : "%u", cid);
  g_snprintf (port_text, sizeof port_text, port == ANY ? "*" : "%u", port);
  g_snprintf (text, END_TEXT_MAX, "%s:%s", cid_text, port_text);
}

static const char *
format_path (PhArena *arena, const struct vsock_diag_msg *diag)
{
  char local[END_TEXT_MAX], remote[END_TEXT_MAX], text[2 * END_TEXT_MAX + 4];

  format_end (local, diag->vdiag_src_cid, diag->vdiag_src_port);
  format_end (remote, diag->vdiag_dst_cid, diag->vdiag_dst_port);
  if (diag->vdiag_dst_cid == ANY && diag->vdiag_dst_port == ANY)
    return ph_arena_string (arena, local);
  g_snprintf (text, sizeof text, "%s -> %s", local, remote);
  return ph_arena_string (arena, text);
}

gboolean
ph_decode_vsock_diag (const struct nlmsghdr *message, PhArena *arena, PhSocket *socket)
{
  const struct nlattr *attributes[1]; /* there are none; those of a message still have to be whole */
  const struct vsock_diag_msg *diag = mnl_nlmsg_get_payload (message);

  if (!ph_attributes_find (message, sizeof *diag, attributes, G_N_ELEMENTS (attributes)))
    return FALSE;
  if (diag->vdiag_family != AF_VSOCK)
    return FALSE;

  ph_decode_begin (socket, PH_REQUEST_VSOCK, PH_SOCKET_FAMILY_VSOCK);
  socket->type = diag->vdiag_type;
  socket->state = ph_decode_state (diag->vdiag_state);
  socket->shutdown = diag->vdiag_shutdown & 3;
  socket->path = format_path (arena, diag);
  socket->inode = diag->vdiag_ino;
  ph_decode_cookie (socket, diag->vdiag_cookie);
  return TRUE;
}
