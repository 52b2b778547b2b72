/* SPDX-License-Identifier: GPL-3.0-or-later */
/* struct inet_diag_msg (linux/inet_diag.h): TCP, UDP, UDP-Lite, RAW, SCTP, DCCP and MPTCP, IPv4 and IPv6. */
#include "ph-decode-common.h"
#include "ph-decoder.h"

#include <linux/inet_diag.h>
#include <string.h>

/* Attributes are looked for up to this one; what a newer kernel adds is skipped. */
#define N_ATTRIBUTES (INET_DIAG_CGROUP_ID + 1)

/* Tens of thousands of sockets share a handful of algorithms. */
static const char *
congestion_name (PhArena *arena, const char *bytes, gsize length)
{
  static const char *const known[] = { "cubic", "bbr", "reno", "dctcp", "htcp", "vegas", "westwood" };

  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    if (strlen (known[i]) == length && memcmp (known[i], bytes, length) == 0)
      return known[i];
  return ph_arena_text (arena, bytes, length);
}

/* The older attribute has four of the values, in an order of its own. */
static void
decode_meminfo (PhSocket *socket, PhArena *arena, const struct nlattr *attribute)
{
  struct inet_diag_meminfo info = { 0 };
  guint32 *memory;

  if (!ph_attribute_struct (attribute, &info, sizeof info))
    return;
  memory = ph_arena_alloc (arena, PH_SOCKET_N_MEMORY * sizeof *memory);
  memory[0] = info.idiag_rmem;
  memory[5] = info.idiag_wmem;
  memory[4] = info.idiag_fmem;
  memory[2] = info.idiag_tmem;
  socket->memory = memory;
}

static void
decode_tcp_info (PhSocket *socket, guint32 want, PhArena *arena, const struct nlattr *attribute)
{
  PhTcpInfo info = { 0 };
  PhTcp *tcp;

  if (!ph_attribute_struct (attribute, &info, sizeof info))
    return;
  tcp = ph_arena_alloc (arena, sizeof *tcp);
  *tcp = (PhTcp){
    .bytes_received = info.bytes_received,
    .bytes_acked = info.bytes_acked,
    .delivery_rate = info.delivery_rate,
    .pacing_rate = info.pacing_rate,
    .rtt_us = info.rtt_us,
    .rttvar_us = info.rttvar_us,
    .min_rtt_us = info.min_rtt_us,
    .snd_cwnd = info.snd_cwnd,
    .total_retrans = info.total_retrans,
    .lost = info.lost,
    .segs_out = info.segs_out,
    .segs_in = info.segs_in,
  };
  socket->tcp = tcp;
  switch (ph_tcp_info_count_signs (&info, socket->send_q))
    {
    case 1:
      socket->flags |= PH_SOCKET_SIGN_ACKED;
      break;
    case 2:
      socket->flags |= PH_SOCKET_SIGNS_ACKED;
      break;
    default: /* none, or not known: what the kernel says */
      break;
    }
  if (want & PH_WANT_TCP_WHOLE)
    {
      PhTcpInfo *whole = ph_arena_alloc (arena, sizeof *whole);

      *whole = info;
      socket->tcp_info = whole;
    }
}

static void
decode_attributes (PhSocket *socket, guint32 want, PhArena *arena, const struct nlattr *const *attributes)
{
  const char *text;
  gsize length;
  guint8 truth;

  /* Only TCP answers with a tcp_info; SCTP and MPTCP have structs of their own under the same number. */
  if (socket->key.protocol == PH_PROTOCOL_TCP)
    decode_tcp_info (socket, want, arena, attributes[INET_DIAG_INFO]);
  text = ph_attribute_string (attributes[INET_DIAG_CONG], &length);
  if (text)
    socket->congestion = congestion_name (arena, text, length);

  if (!ph_decode_memory (socket, arena, attributes[INET_DIAG_SKMEMINFO]))
    decode_meminfo (socket, arena, attributes[INET_DIAG_MEMINFO]);
  if (ph_attribute_u8 (attributes[INET_DIAG_SHUTDOWN], &socket->shutdown))
    socket->shutdown &= 3;
  if (ph_attribute_u8 (attributes[INET_DIAG_SKV6ONLY], &truth))
    socket->flags |= PH_SOCKET_V6ONLY_KNOWN | (truth ? PH_SOCKET_V6ONLY : 0);
  if (ph_attribute_u32 (attributes[INET_DIAG_MARK], &socket->mark))
    socket->flags |= PH_SOCKET_MARK_KNOWN;
  ph_attribute_u64 (attributes[INET_DIAG_CGROUP_ID], &socket->cgroup_id);
}

gboolean
ph_decode_inet_diag (
    const struct nlmsghdr *message, PhRequestName request, guint32 want, PhArena *arena, PhSocket *socket)
{
  const struct nlattr *attributes[N_ATTRIBUTES];
  const struct inet_diag_msg *diag = mnl_nlmsg_get_payload (message);
  PhFamily family;

  if (!ph_attributes_find (message, sizeof *diag, attributes, N_ATTRIBUTES))
    return FALSE;
  if (diag->idiag_family != AF_INET && diag->idiag_family != AF_INET6)
    return FALSE;

  family = diag->idiag_family == AF_INET ? PH_FAMILY_IPV4 : PH_FAMILY_IPV6;
  ph_decode_begin (socket, request, family == PH_FAMILY_IPV4 ? PH_SOCKET_FAMILY_INET : PH_SOCKET_FAMILY_INET6);

  socket->interface = diag->id.idiag_if;
  ph_decode_address (&socket->local, family, diag->id.idiag_src, socket->interface);
  ph_decode_address (&socket->remote, family, diag->id.idiag_dst, socket->interface);
  socket->local_port = g_ntohs (diag->id.idiag_sport);
  socket->remote_port = g_ntohs (diag->id.idiag_dport);
  socket->state = ph_decode_state (diag->idiag_state);
  socket->timer = diag->idiag_timer;
  socket->timer_retransmits = diag->idiag_retrans;
  socket->timer_ms = diag->idiag_expires;
  socket->recv_q = diag->idiag_rqueue;
  socket->send_q = diag->idiag_wqueue;
  socket->uid = diag->idiag_uid;
  socket->inode = diag->idiag_inode;
  ph_decode_cookie (socket, diag->id.idiag_cookie);

  if (socket->key.protocol == PH_PROTOCOL_RAW)
    {
      /* A RAW socket has no ports: the kernel puts the IP protocol there (net/ipv4/raw_diag.c). */
      socket->protocol_number = socket->local_port;
      socket->local_port = socket->remote_port = 0;
    }
  else if (socket->key.protocol == PH_PROTOCOL_SCTP && socket->remote_port != 0)
    {
      /* An association, with a state of SCTP's own and the cookie of the socket that it shares with others. */
      socket->state = ph_decode_sctp_state (diag->idiag_state);
      ph_decode_refine_cookie (socket);
    }

  ph_decode_check_user (socket);
  decode_attributes (socket, want, arena, attributes);
  return TRUE;
}
