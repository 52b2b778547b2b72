/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Lines of /proc/net (proc(5)), which serve where the kernel has no diag for a family. They say less: no cookie, no
 * cgroup, mostly no interface, for some no user.
 *
 * The lines are not escaped: a Unix path that holds a newline breaks its line in two, and the second half could be made
 * to look like another socket. Nothing here could tell; with the diag it cannot happen.
 */
#include "ph-decode-common.h"
#include "ph-decoder.h"

#include <string.h>

#include "ph-scan.h"

/* Times in these files are in units of 1/USER_HZ, and that is 100 on every machine that has GTK. */
#define MS_PER_TICK 10

/* include/linux/net.h */
#define SO_ACCEPTCON_FLAG 0x10000
#define SS_CONNECTING     2
#define SS_CONNECTED      3

/* The two files of SCTP. */
#define PART_ENDPOINTS 0

/* An address as %08X of each of its 32-bit words, read as numbers of this machine (net/ipv4/tcp_ipv4.c). */
static void
scan_address (PhScan *scan, PhFamily family, PhAddress *address, guint16 *port)
{
  guint32 words[4] = { 0 };

  ph_scan_more (scan);
  for (guint i = 0; i < (family == PH_FAMILY_IPV4 ? 1 : 4); i++)
    words[i] = ph_scan_digits (scan, 8);
  ph_scan_char (scan, ':');
  *port = (guint16) ph_scan_digits (scan, 4);
  ph_decode_address (address, family, words, 0);
}

/* /proc/net/tcp, udp, udplite, raw, and the same with a 6:
 * sl local remote st tx_queue:rx_queue tr:when retransmits uid timeout inode references pointer drops... */
static gboolean
decode_inet (PhScan *scan, PhRequestName request, PhFamily family, PhSocket *socket)
{
  guint64 ticks, retransmits;

  ph_decode_begin (socket, request, family == PH_FAMILY_IPV4 ? PH_SOCKET_FAMILY_INET : PH_SOCKET_FAMILY_INET6);

  ph_scan_decimal (scan, G_MAXUINT32);
  ph_scan_char (scan, ':');
  scan_address (scan, family, &socket->local, &socket->local_port);
  scan_address (scan, family, &socket->remote, &socket->remote_port);
  socket->state = ph_decode_state ((guint) ph_scan_hex (scan, G_MAXUINT8));
  socket->send_q = (guint32) ph_scan_hex (scan, G_MAXUINT32);
  ph_scan_char (scan, ':');
  socket->recv_q = (guint32) ph_scan_hex (scan, G_MAXUINT32);
  socket->timer = (guint8) ph_scan_hex (scan, G_MAXUINT8);
  ph_scan_char (scan, ':');
  ticks = ph_scan_hex (scan, G_MAXUINT64 / MS_PER_TICK);
  socket->timer_ms = (guint32) MIN (ticks * MS_PER_TICK, G_MAXUINT32);
  retransmits = ph_scan_hex (scan, G_MAXUINT32);
  socket->timer_retransmits = (guint8) MIN (retransmits, G_MAXUINT8);
  socket->uid = (guint32) ph_scan_decimal (scan, G_MAXUINT32);
  ph_scan_skip (scan, 1);
  socket->inode = ph_scan_decimal (scan, G_MAXUINT64);
  if (scan->failed)
    return FALSE;

  if (socket->timer == PH_TIMER_OFF)
    socket->timer_ms = 0;
  if (socket->key.protocol == PH_PROTOCOL_RAW)
    {
      socket->protocol_number = socket->local_port;
      socket->local_port = socket->remote_port = 0;
    }
  ph_decode_check_user (socket);
  ph_decode_make_cookie (socket);
  return TRUE;
}

/* Takes addresses up to the word @end (NULL: the end of the line) and keeps the first. A primary one has a * before it.
 * None: any. */
static void
scan_addresses (PhScan *scan, const char *end, PhAddress *first)
{
  gboolean found = FALSE;

  while (ph_scan_more (scan))
    {
      char text[PH_ADDRESS_TEXT_MAX];
      gsize length;
      const char *word = ph_scan_word (scan, &length);

      if (word == NULL || (end && strlen (end) == length && memcmp (word, end, length) == 0))
        return;
      if (length > 0 && *word == '*')
        {
          word++;
          length--;
        }
      if (found || length >= sizeof text)
        continue;
      memcpy (text, word, length);
      text[length] = '\0';
      found = ph_address_parse (text, first, NULL);
    }
}

/* /proc/net/sctp/eps:    endpoint socket style socket-state bucket port uid inode addresses...
 * /proc/net/sctp/assocs: association socket style socket-state state bucket id tx_queue rx_queue uid inode port
 *                        remote-port addresses... <-> addresses... TAB timers and counters
 * Both list IPv4 and IPv6 together. */
static gboolean
decode_sctp (PhScan *scan, PhRequestName request, guint part, PhSocket *socket)
{
  ph_decode_begin (socket, request, PH_SOCKET_FAMILY_INET);
  ph_scan_skip (scan, 3);
  if (part == PART_ENDPOINTS)
    {
      socket->state = ph_decode_state ((guint) ph_scan_decimal (scan, G_MAXUINT8));
      ph_scan_skip (scan, 1);
      socket->local_port = (guint16) ph_scan_decimal (scan, G_MAXUINT16);
      socket->uid = (guint32) ph_scan_decimal (scan, G_MAXUINT32);
      socket->inode = ph_scan_decimal (scan, G_MAXUINT64);
      scan_addresses (scan, NULL, &socket->local);
    }
  else
    {
      ph_scan_skip (scan, 1);
      socket->state = ph_decode_sctp_state ((guint) ph_scan_decimal (scan, G_MAXUINT8));
      ph_scan_skip (scan, 2);
      socket->send_q = (guint32) ph_scan_decimal (scan, G_MAXUINT32);
      socket->recv_q = (guint32) ph_scan_decimal (scan, G_MAXUINT32);
      socket->uid = (guint32) ph_scan_decimal (scan, G_MAXUINT32);
      socket->inode = ph_scan_decimal (scan, G_MAXUINT64);
      socket->local_port = (guint16) ph_scan_decimal (scan, G_MAXUINT16);
      socket->remote_port = (guint16) ph_scan_decimal (scan, G_MAXUINT16);
      scan_addresses (scan, "<->", &socket->local);
      if (scan->at < scan->end)
        {
          const char *tab = memchr (scan->at, '\t', (gsize) (scan->end - scan->at));
          PhScan remote = ph_scan_begin (scan->at, (gsize) ((tab ? tab : scan->end) - scan->at));

          scan_addresses (&remote, NULL, &socket->remote);
        }
    }
  if (scan->failed || socket->local.family == PH_FAMILY_NONE)
    return FALSE;

  if (socket->local.family == PH_FAMILY_IPV6)
    socket->key.family = PH_SOCKET_FAMILY_INET6;
  if (socket->remote.family == PH_FAMILY_NONE)
    socket->remote.family = socket->local.family;
  ph_decode_check_user (socket);
  ph_decode_make_cookie (socket);
  if (part != PART_ENDPOINTS)
    ph_decode_refine_cookie (socket);
  return TRUE;
}

/* /proc/net/unix: pointer: references protocol flags type state inode path. The kernel has written NULs as @. */
static gboolean
decode_unix (PhScan *scan, PhArena *arena, PhSocket *socket)
{
  guint64 flags, state;

  ph_decode_begin (socket, PH_REQUEST_UNIX, PH_SOCKET_FAMILY_UNIX);
  ph_scan_skip (scan, 3);
  flags = ph_scan_hex (scan, G_MAXUINT32);
  socket->type = (guint8) ph_scan_hex (scan, G_MAXUINT8);
  state = ph_scan_hex (scan, G_MAXUINT8);
  socket->inode = ph_scan_decimal (scan, G_MAXUINT64);
  if (scan->failed || (scan->at < scan->end && *scan->at != ' '))
    return FALSE;

  if (flags & SO_ACCEPTCON_FLAG)
    {
      socket->flags |= PH_SOCKET_LISTENING;
      socket->state = PH_STATE_LISTEN;
    }
  else
    socket->state = state == SS_CONNECTED || state == SS_CONNECTING ? PH_STATE_ESTABLISHED : PH_STATE_CLOSE;

  /* One blank stands before a path; more are its own. */
  if (scan->end - scan->at > 1)
    socket->path = ph_arena_text (arena, scan->at + 1, (gsize) (scan->end - scan->at) - 1);
  ph_decode_make_cookie (socket);
  return TRUE;
}

/* /proc/net/packet: pointer references type protocol interface running rmem uid inode */
static gboolean
decode_packet (PhScan *scan, PhArena *arena, PhSocket *socket)
{
  ph_decode_begin (socket, PH_REQUEST_PACKET, PH_SOCKET_FAMILY_PACKET);
  ph_scan_skip (scan, 2);
  socket->type = (guint8) ph_scan_decimal (scan, G_MAXUINT8);
  socket->protocol_number = (guint16) ph_scan_hex (scan, G_MAXUINT16);
  socket->interface = (guint32) ph_scan_decimal (scan, G_MAXINT32);
  ph_scan_skip (scan, 1);
  socket->recv_q = (guint32) ph_scan_decimal (scan, G_MAXUINT32);
  socket->uid = (guint32) ph_scan_decimal (scan, G_MAXUINT32);
  socket->inode = ph_scan_decimal (scan, G_MAXUINT64);
  if (scan->failed)
    return FALSE;

  socket->state = PH_STATE_CLOSE;
  socket->path = ph_packet_path (arena, socket->protocol_number);
  ph_decode_make_cookie (socket);
  return TRUE;
}

/* /proc/net/netlink: pointer family port groups rmem wmem dumping locks drops inode */
static gboolean
decode_netlink (PhScan *scan, PhArena *arena, PhSocket *socket)
{
  guint32 port;

  ph_decode_begin (socket, PH_REQUEST_NETLINK, PH_SOCKET_FAMILY_NETLINK);
  ph_scan_skip (scan, 1);
  socket->protocol_number = (guint16) ph_scan_decimal (scan, G_MAXUINT8);
  port = (guint32) ph_scan_decimal (scan, G_MAXUINT32);
  ph_scan_skip (scan, 1);
  socket->recv_q = (guint32) ph_scan_decimal (scan, G_MAXUINT32);
  socket->send_q = (guint32) ph_scan_decimal (scan, G_MAXUINT32);
  ph_scan_skip (scan, 3);
  socket->inode = ph_scan_decimal (scan, G_MAXUINT64);
  if (scan->failed)
    return FALSE;

  socket->type = PH_TYPE_RAW;
  socket->state = PH_STATE_CLOSE;
  socket->path = ph_netlink_path (arena, socket->protocol_number, port, 0, 0);
  ph_decode_make_cookie (socket);
  return TRUE;
}

/* The first word of a header is "sl", "Num", "sk", "ENDPT" or "ASSOC"; none of them can begin another line: those begin
 * with a number or with a pointer in hexadecimal digits. */
gboolean
ph_proc_line_is_header (PhRequestName request, guint part, const char *line, gsize length)
{
  static const char *const words[] = { "sl", "Num", "sk", "ENDPT", "ASSOC" };
  PhScan scan = ph_scan_begin (line, length);
  const char *word = ph_scan_word (&scan, &length);

  for (guint i = 0; word && i < G_N_ELEMENTS (words); i++)
    if (strlen (words[i]) == length && memcmp (words[i], word, length) == 0)
      return TRUE;
  return FALSE;
}

gboolean
ph_decode_proc_line (
    const char *line, gsize length, PhRequestName request, guint part, PhArena *arena, PhSocket *socket)
{
  PhScan scan = ph_scan_begin (line, length);

  socket->flags |= PH_SOCKET_FROM_PROC;
  switch ((guint) request)
    {
    case PH_REQUEST_TCP4:
    case PH_REQUEST_UDP4:
    case PH_REQUEST_UDPLITE4:
    case PH_REQUEST_RAW4:
      return decode_inet (&scan, request, PH_FAMILY_IPV4, socket);
    case PH_REQUEST_TCP6:
    case PH_REQUEST_UDP6:
    case PH_REQUEST_UDPLITE6:
    case PH_REQUEST_RAW6:
      return decode_inet (&scan, request, PH_FAMILY_IPV6, socket);
    case PH_REQUEST_SCTP4:
    case PH_REQUEST_SCTP6:
      return decode_sctp (&scan, request, part, socket);
    case PH_REQUEST_UNIX:
      return decode_unix (&scan, arena, socket);
    case PH_REQUEST_PACKET:
      return decode_packet (&scan, arena, socket);
    case PH_REQUEST_NETLINK:
      return decode_netlink (&scan, arena, socket);
    default:
      return FALSE;
    }
}
