/* SPDX-License-Identifier: GPL-3.0-or-later */
/* struct unix_diag_msg (linux/unix_diag.h). */
#include "ph-decode-common.h"
#include "ph-decoder.h"

#include <linux/unix_diag.h>
#include <string.h>

#define N_ATTRIBUTES (UNIX_DIAG_UID + 1)

/* A path ends at its NUL, which the kernel counts in; one of 108 bytes has none in the address but gets one here. An
 * abstract name begins with a NUL and ends where its length says, so it may hold more of them: like netstat, ss and
 * /proc/net/unix we write each as @, so that a name found in one of them is found here. */
static const char *
decode_name (PhArena *arena, const struct nlattr *attribute)
{
  const char *bytes;
  g_autofree char *name = NULL;
  gsize length;

  if (attribute == NULL || mnl_attr_get_payload_len (attribute) == 0)
    return NULL;
  bytes = mnl_attr_get_payload (attribute);
  length = mnl_attr_get_payload_len (attribute);
  if (bytes[0] != '\0')
    return ph_arena_text (arena, bytes, strnlen (bytes, length));

  name = g_memdup2 (bytes, length);
  for (gsize i = 0; i < length; i++)
    if (name[i] == '\0')
      name[i] = '@';
  return ph_arena_text (arena, name, length);
}

gboolean
ph_decode_unix_diag (const struct nlmsghdr *message, PhArena *arena, PhSocket *socket)
{
  const struct nlattr *attributes[N_ATTRIBUTES];
  const struct unix_diag_msg *diag = mnl_nlmsg_get_payload (message);
  struct unix_diag_rqlen queues = { 0 };

  if (!ph_attributes_find (message, sizeof *diag, attributes, N_ATTRIBUTES))
    return FALSE;
  if (diag->udiag_family != AF_UNIX)
    return FALSE;

  ph_decode_begin (socket, PH_REQUEST_UNIX, PH_SOCKET_FAMILY_UNIX);
  socket->type = diag->udiag_type;
  socket->state = ph_decode_state (diag->udiag_state);
  if (socket->state == PH_STATE_LISTEN)
    socket->flags |= PH_SOCKET_LISTENING;
  socket->inode = diag->udiag_ino;
  ph_decode_cookie (socket, diag->udiag_cookie);

  socket->path = decode_name (arena, attributes[UNIX_DIAG_NAME]);
  ph_attribute_u32 (attributes[UNIX_DIAG_PEER], &socket->peer_inode);
  if (ph_attribute_struct (attributes[UNIX_DIAG_RQLEN], &queues, sizeof queues))
    {
      socket->recv_q = queues.udiag_rqueue;
      socket->send_q = queues.udiag_wqueue;
    }
  ph_decode_memory (socket, arena, attributes[UNIX_DIAG_MEMINFO]);
  if (ph_attribute_u8 (attributes[UNIX_DIAG_SHUTDOWN], &socket->shutdown))
    socket->shutdown &= 3;
  ph_attribute_u32 (attributes[UNIX_DIAG_UID], &socket->uid);
  return TRUE;
}
