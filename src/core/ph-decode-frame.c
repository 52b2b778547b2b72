/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Takes frames apart into messages and lines, and appends what they say to a snapshot. */
#include "ph-decode-common.h"
#include "ph-decoder.h"

#include <linux/sock_diag.h>
#include <string.h>

static gboolean
decode_message (const struct nlmsghdr *message, PhRequestName request, guint32 want, PhArena *arena, PhSocket *socket)
{
  if (message->nlmsg_type != SOCK_DIAG_BY_FAMILY)
    return FALSE;

  switch ((guint) request)
    {
    case PH_REQUEST_UNIX:
      return ph_decode_unix_diag (message, arena, socket);
    case PH_REQUEST_PACKET:
      return ph_decode_packet_diag (message, arena, socket);
    case PH_REQUEST_NETLINK:
      return ph_decode_netlink_diag (message, arena, socket);
    case PH_REQUEST_VSOCK:
      return ph_decode_vsock_diag (message, arena, socket);
    default:
      return ph_decode_inet_diag (message, request, want, arena, socket);
    }
}

/* A place at the end of @snapshot is filled in turn by each message; one that will not decode gives it back. */
void
ph_decode_netlink_frame (PhSnapshot *snapshot, PhRequestName request, guint32 want, const void *bytes, gsize length)
{
  const guint8 *at = bytes;
  const struct nlmsghdr *message;
  PhArena *arena = ph_snapshot_arena (snapshot);

  g_return_if_fail (ph_request_is_sockets (request));

  while ((message = ph_message_next (&at, &length)))
    {
      guint number = ph_snapshot_n_records (snapshot);

      /* Done, errors and no-ops have been heard by the probe. */
      if (message->nlmsg_type < NLMSG_MIN_TYPE)
        continue;
      if (!decode_message (message, request, want, arena, ph_snapshot_add (snapshot)))
        {
          ph_snapshot_truncate (snapshot, number);
          ph_snapshot_count_malformed (snapshot, request);
        }
    }
  if (length > 0)
    ph_snapshot_count_malformed (snapshot, request);
}

/* SCTP has one file for both families; the other one's lines are neither ours nor malformed. */
static gboolean
is_other_family (const PhSocket *socket, PhRequestName request)
{
  return (request == PH_REQUEST_SCTP4 && socket->key.family != PH_SOCKET_FAMILY_INET)
         || (request == PH_REQUEST_SCTP6 && socket->key.family != PH_SOCKET_FAMILY_INET6);
}

void
ph_decode_text_frame (PhSnapshot *snapshot, PhRequestName request, guint part, const void *bytes, gsize length)
{
  const char *line = bytes;
  const char *end = length > 0 ? line + length : line; /* no bytes: NULL, to which nothing may be added */
  PhArena *arena = ph_snapshot_arena (snapshot);

  g_return_if_fail (ph_request_is_sockets (request));

  while (line < end)
    {
      const char *newline = memchr (line, '\n', (gsize) (end - line));
      gsize line_length = (gsize) ((newline ? newline : end) - line);

      if (line_length > 0 && !ph_proc_line_is_header (request, part, line, line_length))
        {
          guint number = ph_snapshot_n_records (snapshot);
          PhSocket *socket = ph_snapshot_add (snapshot);
          gboolean good = ph_decode_proc_line (line, line_length, request, part, arena, socket);

          if (!good)
            ph_snapshot_count_malformed (snapshot, request);
          if (!good || is_other_family (socket, request))
            ph_snapshot_truncate (snapshot, number);
        }
      line += line_length + 1;
    }
}
