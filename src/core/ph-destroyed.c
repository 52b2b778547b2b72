/* SPDX-License-Identifier: GPL-3.0-or-later */
/* See ph-destroyed.h. Where two ends fit what is known, nothing is said. */
#include "ph-destroyed.h"

#include <linux/inet_diag.h>
#include <linux/sock_diag.h>
#include <netinet/in.h>

#include "ph-decoder.h"

/* Retransmissions, each after twice the time of the one before: half a minute of silence at least. */
#define MANY_RETRANSMITS 6

gboolean
ph_decode_destroyed (const struct nlmsghdr *message, PhArena *arena, PhSocket *socket)
{
  const struct nlattr *attributes[INET_DIAG_PROTOCOL + 1];
  const struct inet_diag_msg *diag = mnl_nlmsg_get_payload (message);
  guint8 protocol = IPPROTO_IP;

  if (message->nlmsg_type != SOCK_DIAG_BY_FAMILY
      || !ph_attributes_find (message, sizeof *diag, attributes, G_N_ELEMENTS (attributes))
      || !ph_attribute_u8 (attributes[INET_DIAG_PROTOCOL], &protocol) || protocol != IPPROTO_TCP)
    return FALSE;
  return ph_decode_inet_diag (message, diag->idiag_family == AF_INET6 ? PH_REQUEST_TCP6 : PH_REQUEST_TCP4,
                              PH_WANT_TCP_WHOLE, arena, socket)
         && socket->tcp_info;
}

/* connect(2) that failed and close(2) with SO_LINGER 0 make a socket forget all but the window that it was once
 * offered (tcp_disconnect()). */
static gboolean
was_disconnected (const PhSocket *socket)
{
  return socket->remote_port == 0 && socket->tcp_info->snd_wnd > 0;
}

gboolean
ph_destroyed_is_connection (const PhSocket *socket)
{
  return socket->remote_port != 0 || was_disconnected (socket);
}

static gboolean
was_never_open (const PhTcpInfo *info)
{
  return info->bytes_acked == 0 && info->rtt_us == 0 && info->snd_wnd == 0 && info->data_segs_in == 0;
}

/* As ph_tcp_info_count_signs(). */
static gint
count_signs (const PhSocket *socket)
{
  return ph_tcp_info_count_signs (socket->tcp_info, socket->send_q);
}

static PhActivityEnd
who_was_first (PhSocketState state)
{
  switch (state)
    {
    case PH_STATE_CLOSE_WAIT:
    case PH_STATE_LAST_ACK:
      return PH_ENDED_PEER;
    case PH_STATE_FIN_WAIT1:
    case PH_STATE_FIN_WAIT2:
      return PH_ENDED_HERE;
    default:
      return PH_ENDED_ORDERLY;
    }
}

PhActivityEnd
ph_destroyed_end (const PhSocket *socket, gboolean accepted, PhSocketState state)
{
  const PhTcpInfo *info = socket->tcp_info;
  gint signs;

  if (was_disconnected (socket))
    return PH_ENDED_RESET;
  if (was_never_open (info))
    return info->segs_in > 0 ? PH_ENDED_REFUSED : info->retransmits > 0 ? PH_ENDED_TIMED_OUT : PH_ENDED_UNKNOWN;

  /* Something was still to be acknowledged, and nobody waits for it any more. */
  if (socket->send_q > 0 && info->retransmits >= MANY_RETRANSMITS)
    return PH_ENDED_TIMED_OUT;
  if (socket->send_q > 0)
    return info->retransmits == 0 ? PH_ENDED_RESET : PH_ENDED_UNKNOWN;

  signs = count_signs (socket);
  if (signs == 2 || (signs == 1 && accepted))
    return who_was_first (state);
  /* No FIN of ours was acknowledged; or there was data that nobody read, which close(2) answers with a reset. */
  if (signs == 0 || (signs == 1 && socket->recv_q > 1))
    return PH_ENDED_RESET;
  return PH_ENDED_UNKNOWN;
}

guint64
ph_destroyed_tx_bytes (const PhSocket *socket)
{
  const PhTcpInfo *info = socket->tcp_info;

  if (was_disconnected (socket))
    return PH_ACTIVITY_UNKNOWN_BYTES;
  /* Before Linux 4.19 only what is acknowledged was counted. */
  if (info->bytes_sent < info->bytes_retrans || (info->bytes_sent == 0 && info->bytes_acked > 2))
    return info->bytes_acked;
  return MIN (info->bytes_acked, info->bytes_sent - info->bytes_retrans);
}

/* That the other end's FIN came is certain where it has not been read yet, though both ends closed in order, and where
 * the socket was seen in a state that it leads to. */
static gboolean
has_fin (const PhSocket *socket, PhActivityEnd end, PhSocketState state)
{
  const gboolean orderly = end == PH_ENDED_ORDERLY || end == PH_ENDED_HERE || end == PH_ENDED_PEER;

  return socket->tcp_info->data_segs_in == 0 || (orderly && socket->recv_q == 1) || state == PH_STATE_CLOSE_WAIT
         || state == PH_STATE_LAST_ACK || state == PH_STATE_CLOSING;
}

guint64
ph_destroyed_rx_bytes (const PhSocket *socket, PhActivityEnd end, PhSocketState state)
{
  const guint64 received = socket->tcp_info->bytes_received;

  if (was_disconnected (socket))
    return PH_ACTIVITY_UNKNOWN_BYTES;
  return received > 0 && has_fin (socket, end, state) ? received - 1 : received;
}
