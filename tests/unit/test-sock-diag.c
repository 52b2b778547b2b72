/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The requests for sock_diag, byte for byte where it matters. */
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>

#include <glib.h>
#include <libmnl/libmnl.h>
#include <linux/inet_diag.h>
#include <linux/netlink_diag.h>
#include <linux/packet_diag.h>
#include <linux/sock_diag.h>
#include <linux/unix_diag.h>
#include <linux/vm_sockets_diag.h>

#include "ph-sock-diag.h"

/* How long a request without attributes is, and what its first two bytes say. */
static const struct
{
  PhRequestName name;
  guint8 family;
  guint8 protocol;
  gsize length;
} plain[] = {
  { PH_REQUEST_TCP4, AF_INET, IPPROTO_TCP, sizeof (struct inet_diag_req_v2) },
  { PH_REQUEST_TCP6, AF_INET6, IPPROTO_TCP, sizeof (struct inet_diag_req_v2) },
  { PH_REQUEST_UDP4, AF_INET, IPPROTO_UDP, sizeof (struct inet_diag_req_v2) },
  { PH_REQUEST_UDP6, AF_INET6, IPPROTO_UDP, sizeof (struct inet_diag_req_v2) },
  { PH_REQUEST_UDPLITE4, AF_INET, 136, sizeof (struct inet_diag_req_v2) },
  { PH_REQUEST_UDPLITE6, AF_INET6, 136, sizeof (struct inet_diag_req_v2) },
  { PH_REQUEST_RAW4, AF_INET, 255, sizeof (struct inet_diag_req_v2) },
  { PH_REQUEST_RAW6, AF_INET6, 255, sizeof (struct inet_diag_req_v2) },
  { PH_REQUEST_SCTP4, AF_INET, 132, sizeof (struct inet_diag_req_v2) },
  { PH_REQUEST_SCTP6, AF_INET6, 132, sizeof (struct inet_diag_req_v2) },
  { PH_REQUEST_DCCP4, AF_INET, 33, sizeof (struct inet_diag_req_v2) },
  { PH_REQUEST_DCCP6, AF_INET6, 33, sizeof (struct inet_diag_req_v2) },
  { PH_REQUEST_UNIX, AF_UNIX, 0, sizeof (struct unix_diag_req) },
  { PH_REQUEST_PACKET, AF_PACKET, 0, sizeof (struct packet_diag_req) },
  { PH_REQUEST_NETLINK, AF_NETLINK, NDIAG_PROTO_ALL, sizeof (struct netlink_diag_req) },
  { PH_REQUEST_VSOCK, 40, 0, sizeof (struct vsock_diag_req) },
};

static void
test_plain (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (plain); i++)
    {
      PhSockDiagMessage message = { .bytes = { 0 } };

      memset (&message, 0xaa, sizeof message);
      ph_sock_diag_build (&message, plain[i].name, G_MAXUINT32);
      g_assert_cmpuint (message.header.nlmsg_type, ==, SOCK_DIAG_BY_FAMILY);
      g_assert_cmpuint (message.header.nlmsg_len, ==, NLMSG_HDRLEN + plain[i].length);
      g_assert_cmpuint (message.bytes[NLMSG_HDRLEN], ==, plain[i].family);
      g_assert_cmpuint (message.bytes[NLMSG_HDRLEN + 1], ==, plain[i].protocol);
    }
}

/* All twelve states, or LISTEN (10) alone, or CLOSE (7); 13, BOUND_INACTIVE, and the extensions only where they are
 * wanted. */
static void
test_states_and_extensions (void)
{
  static const struct
  {
    PhRequestName name;
    guint32 want;
    guint8 extensions;
    guint32 states;
  } cases[] = {
    { PH_REQUEST_TCP4, 0, 0x80, 0x1ffe },
    { PH_REQUEST_TCP6, PH_WANT_TCP_INFO, 0x80 | 0x02 | 0x08, 0x1ffe },
    { PH_REQUEST_TCP4, PH_WANT_MEMORY, 0x80 | 0x40, 0x1ffe },
    { PH_REQUEST_UDP4, PH_WANT_TCP_INFO | PH_WANT_MEMORY, 0x80 | 0x40, 0x1ffe },
    { PH_REQUEST_SCTP4, PH_WANT_TCP_INFO, 0x80, 0x1ffe },
    { PH_REQUEST_MPTCP4, PH_WANT_TCP_INFO, 0x80, 0x1ffe },
    { PH_REQUEST_TCP4, PH_WANT_BOUND, 0x80, 0x3ffe },
    { PH_REQUEST_TCP4, PH_WANT_LISTENING, 0x80, 1 << 10 },
    { PH_REQUEST_TCP6, PH_WANT_LISTENING | PH_WANT_TCP_INFO | PH_WANT_MEMORY, 0x80 | 0x02 | 0x08 | 0x40, 1 << 10 },
    { PH_REQUEST_TCP6, PH_WANT_LISTENING | PH_WANT_BOUND, 0x80, 1 << 10 | 1 << 13 },
    { PH_REQUEST_SCTP4, PH_WANT_LISTENING, 0x80, 1 << 10 },
    { PH_REQUEST_DCCP6, PH_WANT_LISTENING, 0x80, 1 << 10 },
    { PH_REQUEST_MPTCP4, PH_WANT_LISTENING, 0x80, 1 << 10 },
    { PH_REQUEST_UDP4, PH_WANT_LISTENING, 0x80, 1 << 7 },
    { PH_REQUEST_UDPLITE6, PH_WANT_LISTENING, 0x80, 1 << 7 },
    { PH_REQUEST_RAW4, PH_WANT_LISTENING, 0x80, 0x1ffe },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      PhSockDiagMessage message = { .bytes = { 0 } };
      const struct inet_diag_req_v2 *request = mnl_nlmsg_get_payload (&message.header);

      ph_sock_diag_build (&message, cases[i].name, cases[i].want);
      g_assert_cmphex (request->idiag_states, ==, cases[i].states);
      g_assert_cmphex (request->idiag_ext, ==, cases[i].extensions);
      g_assert_cmpuint (request->pad, ==, 0);
    }
}

/* The number of MPTCP does not fit where the others are, and what would fit of it is TCP's. */
static void
test_mptcp (void)
{
  for (PhRequestName name = PH_REQUEST_MPTCP4; name <= PH_REQUEST_MPTCP6; name++)
    {
      PhSockDiagMessage message = { .bytes = { 0 } };
      const struct inet_diag_req_v2 *request = mnl_nlmsg_get_payload (&message.header);
      const struct nlattr *attribute;
      guint n = 0;

      ph_sock_diag_build (&message, name, 0);
      g_assert_cmpuint (request->sdiag_family, ==, name == PH_REQUEST_MPTCP4 ? AF_INET : AF_INET6);
      g_assert_cmpuint (request->sdiag_protocol, ==, 0);
      mnl_attr_for_each (attribute, &message.header, sizeof *request)
        {
          g_assert_cmpuint (mnl_attr_get_type (attribute), ==, INET_DIAG_REQ_PROTOCOL);
          g_assert_cmpuint (mnl_attr_get_u32 (attribute), ==, 262);
          n++;
        }
      g_assert_cmpuint (n, ==, 1);
    }
}

static void
test_unix (void)
{
  PhSockDiagMessage message = { .bytes = { 0 } };
  const struct unix_diag_req *request = mnl_nlmsg_get_payload (&message.header);
  const guint32 always = UDIAG_SHOW_NAME | UDIAG_SHOW_PEER | UDIAG_SHOW_RQLEN | UDIAG_SHOW_UID;

  ph_sock_diag_build (&message, PH_REQUEST_UNIX, 0);
  g_assert_cmphex (request->udiag_show, ==, always);
  g_assert_cmphex (request->udiag_states, ==, 0x1ffe);
  ph_sock_diag_build (&message, PH_REQUEST_UNIX, PH_WANT_MEMORY);
  g_assert_cmphex (request->udiag_show, ==, always | UDIAG_SHOW_MEMINFO);
}

static void
test_kinds (void)
{
  for (int name = PH_REQUEST_NONE; name <= PH_N_REQUESTS; name++)
    {
      const PhSocketKind *kind = ph_socket_kind (name);

      g_assert_cmpint (kind != NULL, ==, ph_request_is_sockets (name));
      if (kind != NULL)
        g_assert_cmpuint (kind->family, !=, 0);
    }
  g_assert_cmpstr (ph_socket_kind (PH_REQUEST_RAW6)->files[0], ==, "raw6");
  g_assert_cmpstr (ph_socket_kind (PH_REQUEST_SCTP4)->files[1], ==, "sctp/assocs");
  g_assert_null (ph_socket_kind (PH_REQUEST_VSOCK)->files[0]);
}

/* One socket: where it is, which one is meant, and nothing that the kernel takes for "whichever". */
static void
test_one (void)
{
  PhSocketId id = {
    .family = AF_INET,
    .protocol = IPPROTO_TCP,
    .local_port = 443,
    .remote_port = 50000,
    .interface = 3,
    .local = { 192, 0, 2, 1, 9, 9 },
    .remote = { 192, 0, 2, 7, 9, 9 },
    .cookie = G_GUINT64_CONSTANT (0x1122334455667788),
  };
  PhSockDiagMessage message;
  const struct inet_diag_req_v2 *request = (const struct inet_diag_req_v2 *) (message.bytes + NLMSG_HDRLEN);

  memset (&message, 0xaa, sizeof message);
  g_assert_true (ph_sock_diag_build_one (&message, &id, PH_WANT_TCP_INFO | PH_WANT_LISTENING));
  g_assert_cmpuint (message.header.nlmsg_type, ==, SOCK_DIAG_BY_FAMILY);
  g_assert_cmpuint (message.header.nlmsg_len, ==, NLMSG_HDRLEN + sizeof *request);
  g_assert_cmpuint (request->sdiag_family, ==, AF_INET);
  g_assert_cmpuint (request->sdiag_protocol, ==, IPPROTO_TCP);
  g_assert_cmpuint (g_ntohs (request->id.idiag_sport), ==, 443);
  g_assert_cmpuint (g_ntohs (request->id.idiag_dport), ==, 50000);
  g_assert_cmpuint (request->id.idiag_if, ==, 3);
  g_assert_cmpuint (request->id.idiag_cookie[0], ==, 0x55667788);
  g_assert_cmpuint (request->id.idiag_cookie[1], ==, 0x11223344);
  g_assert_cmpmem (request->id.idiag_src, 4, id.local, 4);
  g_assert_cmpuint (request->id.idiag_src[1], ==, 0); /* of IPv4 no more than four bytes */
  g_assert_cmpmem (request->id.idiag_dst, 4, id.remote, 4);
  g_assert_true (request->idiag_ext & (1 << (INET_DIAG_INFO - 1)));

  id.family = AF_INET6;
  g_assert_true (ph_sock_diag_build_one (&message, &id, 0));
  g_assert_cmpmem (request->id.idiag_src, 16, id.local, 16);

  id.cookie = 0;
  g_assert_false (ph_sock_diag_build_one (&message, &id, 0));
  id.cookie = G_MAXUINT64;
  g_assert_false (ph_sock_diag_build_one (&message, &id, 0));
  id.cookie = 1;
  id.family = AF_UNIX;
  g_assert_false (ph_sock_diag_build_one (&message, &id, 0));
  g_assert_false (ph_sock_diag_build_one (&message, NULL, 0));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sock-diag/plain", test_plain);
  g_test_add_func ("/sock-diag/states-and-extensions", test_states_and_extensions);
  g_test_add_func ("/sock-diag/mptcp", test_mptcp);
  g_test_add_func ("/sock-diag/unix", test_unix);
  g_test_add_func ("/sock-diag/kinds", test_kinds);
  g_test_add_func ("/sock-diag/one", test_one);
  return g_test_run ();
}
