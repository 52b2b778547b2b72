/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * TCP connections over loopback that are over as soon as they were made, and what the kernel says when they are no
 * more: one message for each end.
 */
#pragma once

#include <arpa/inet.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <glib.h>
#include <libmnl/libmnl.h>
#include <linux/inet_diag.h>
#include <linux/sock_diag.h>
#include <linux/tcp.h>

#define SHORT_CONNECTION_MOST 1400 /* bytes each way: one segment */

typedef union
{
  struct sockaddr any;
  struct sockaddr_in ipv4;
  struct sockaddr_in6 ipv6;
} ShortConnectionAddress;

/* One end. */
typedef struct
{
  guint64 cookie;
  guint16 family;
  guint16 local_port, remote_port; /* of this machine's byte order */
  guint8 local[16], remote[16];
  guint64 sent, received; /* bytes */
} ShortConnectionEnd;

static inline guint64
short_connection_cookie (int fd)
{
  guint64 cookie;
  socklen_t length = sizeof cookie;

  g_assert_no_errno (getsockopt (fd, SOL_SOCKET, SO_COOKIE, &cookie, &length));
  return cookie;
}

/* A server of @family on loopback, with a port of the kernel's choice. */
static inline int
short_connection_listen (int family)
{
  const int fd = socket (family, SOCK_STREAM | SOCK_CLOEXEC, 0);
  ShortConnectionAddress address = { .any.sa_family = (sa_family_t) family };

  if (family == AF_INET)
    address.ipv4.sin_addr.s_addr = htonl (INADDR_LOOPBACK);
  else
    address.ipv6.sin6_addr = in6addr_loopback;
  g_assert_no_errno (bind (fd, &address.any, family == AF_INET ? sizeof address.ipv4 : sizeof address.ipv6));
  g_assert_no_errno (listen (fd, 16));
  return fd;
}

static inline void
short_connection_describe (int fd, guint64 sent, guint64 received, ShortConnectionEnd *end)
{
  ShortConnectionAddress local, remote;
  socklen_t length = sizeof local;

  g_assert_no_errno (getsockname (fd, &local.any, &length));
  length = sizeof remote;
  g_assert_no_errno (getpeername (fd, &remote.any, &length));
  *end = (ShortConnectionEnd){
    .cookie = short_connection_cookie (fd), .family = local.any.sa_family, .sent = sent, .received = received
  };
  end->local_port = ntohs (local.ipv4.sin_port); /* it is at the same place in both */
  end->remote_port = ntohs (remote.ipv4.sin_port);
  if (end->family == AF_INET)
    {
      memcpy (end->local, &local.ipv4.sin_addr, 4);
      memcpy (end->remote, &remote.ipv4.sin_addr, 4);
    }
  else
    {
      memcpy (end->local, &local.ipv6.sin6_addr, 16);
      memcpy (end->remote, &remote.ipv6.sin6_addr, 16);
    }
}

static inline void
short_connection_send (int from, int to, gsize n)
{
  guint8 bytes[SHORT_CONNECTION_MOST] = { 0 };

  g_assert_cmpuint (n, <=, sizeof bytes);
  if (n == 0)
    return;
  g_assert_cmpint (send (from, bytes, n, 0), ==, (gssize) n);
  g_assert_cmpint (recv (to, bytes, n, MSG_WAITALL), ==, (gssize) n);
}

/* From the first byte to the last: the client asks @n_question bytes, is answered @n_answer, and hangs up first. @ends
 * (may be NULL) gets the client's and then the server's. */
static inline void
short_connection_make (int server, gsize n_question, gsize n_answer, guint lasts_us, ShortConnectionEnd *ends)
{
  ShortConnectionAddress address;
  socklen_t length = sizeof address;
  int client, peer;

  g_assert_no_errno (getsockname (server, &address.any, &length));
  client = socket (address.any.sa_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
  g_assert_no_errno (connect (client, &address.any, length));
  peer = accept4 (server, NULL, NULL, SOCK_CLOEXEC);
  g_assert_no_errno (peer);
  short_connection_send (client, peer, n_question);
  short_connection_send (peer, client, n_answer);
  g_usleep (lasts_us);
  if (ends != NULL)
    {
      short_connection_describe (client, n_question, n_answer, &ends[0]);
      short_connection_describe (peer, n_answer, n_question, &ends[1]);
    }
  close (client);
  close (peer);
}

/* A socket that was never used is told of when it is no more, too: the quickest flood there is. */
static inline void
short_connection_flood (guint n)
{
  for (guint i = 0; i < n; i++)
    {
      const int fd = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

      g_assert_no_errno (fd);
      close (fd);
    }
}

/* What a message of PH_EVENT_DESTROYED says. Fails the test where it is not of a TCP socket, or not whole. */
static inline void
short_connection_decode (const struct nlmsghdr *message, ShortConnectionEnd *end)
{
  const struct inet_diag_msg *socket = mnl_nlmsg_get_payload (message);
  const struct nlattr *attribute;
  const gsize n = socket->idiag_family == AF_INET ? 4 : 16;
  struct tcp_info info = { 0 };
  gboolean has_info = FALSE;
  guint8 protocol = 0;

  g_assert_cmpuint (message->nlmsg_type, ==, SOCK_DIAG_BY_FAMILY);
  g_assert_cmpuint (message->nlmsg_len, >=, MNL_NLMSG_HDRLEN + sizeof *socket);
  g_assert_true (socket->idiag_family == AF_INET || socket->idiag_family == AF_INET6);
  mnl_attr_for_each (attribute, message, sizeof *socket)
    {
      if (mnl_attr_get_type (attribute) == INET_DIAG_PROTOCOL)
        protocol = mnl_attr_get_u8 (attribute);
      if (mnl_attr_get_type (attribute) == INET_DIAG_INFO)
        {
          memcpy (&info, mnl_attr_get_payload (attribute), MIN (sizeof info, mnl_attr_get_payload_len (attribute)));
          has_info = TRUE;
        }
    }
  g_assert_cmpuint (protocol, ==, IPPROTO_TCP);
  g_assert_true (has_info);

  *end = (ShortConnectionEnd){
    .cookie = socket->id.idiag_cookie[0] | (guint64) socket->id.idiag_cookie[1] << 32,
    .family = socket->idiag_family,
    .local_port = ntohs (socket->id.idiag_sport),
    .remote_port = ntohs (socket->id.idiag_dport),
    .sent = info.tcpi_bytes_acked,
    .received = info.tcpi_bytes_received,
  };
  memcpy (end->local, socket->id.idiag_src, n);
  memcpy (end->remote, socket->id.idiag_dst, n);
}

/* Whether the kernel's word is right. It counts SYN and FIN among the bytes: the client had both acknowledged, of the
 * server the SYN does not count. The server's FIN the client has received if it came along with the ACK of its own;
 * else its socket had gone to TIME_WAIT by then. */
static inline void
short_connection_check (const ShortConnectionEnd *told, const ShortConnectionEnd *made, gboolean is_client)
{
  g_assert_cmpuint (told->cookie, ==, made->cookie);
  g_assert_cmpuint (told->family, ==, made->family);
  g_assert_cmpuint (told->local_port, ==, made->local_port);
  g_assert_cmpuint (told->remote_port, ==, made->remote_port);
  g_assert_cmpmem (told->local, 16, made->local, 16);
  g_assert_cmpmem (told->remote, 16, made->remote, 16);
  g_assert_cmpuint (told->sent, ==, made->sent + (is_client ? 2 : 1));
  g_assert_cmpuint (told->received, >=, made->received + (is_client ? 0 : 1));
  g_assert_cmpuint (told->received, <=, made->received + 1);
}
