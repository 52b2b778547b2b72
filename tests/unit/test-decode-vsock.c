/* SPDX-License-Identifier: GPL-3.0-or-later */
/* vsock_diag answers. Few machines have any: these are built after net/vmw_vsock/diag.c. */
#include "capture.h"

#include <linux/vm_sockets_diag.h>

#define ANY G_MAXUINT32

static const struct
{
  guint8 type, state, shutdown;
  guint32 cid, port, peer_cid, peer_port;
  const char *path;
} rows[] = {
  { PH_TYPE_STREAM, PH_STATE_LISTEN, 0, ANY, 1024, ANY, ANY, "*:1024" },
  { PH_TYPE_STREAM, PH_STATE_ESTABLISHED, 1, 3, 4294967294u, 2, 5000, "3:4294967294 -> 2:5000" },
  { PH_TYPE_DGRAM, PH_STATE_CLOSE, 0, 2, ANY, ANY, ANY, "2:*" },
  { PH_TYPE_SEQPACKET, PH_STATE_SYN_SENT, 3, ANY, ANY, 2, 22, "*:* -> 2:22" },
};

static void
build (guint i, Message *message)
{
  struct vsock_diag_msg diag = {
    .vdiag_family = AF_VSOCK,
    .vdiag_type = rows[i].type,
    .vdiag_state = rows[i].state,
    .vdiag_shutdown = rows[i].shutdown,
    .vdiag_src_cid = rows[i].cid,
    .vdiag_src_port = rows[i].port,
    .vdiag_dst_cid = rows[i].peer_cid,
    .vdiag_dst_port = rows[i].peer_port,
    .vdiag_ino = 77,
    .vdiag_cookie = { 5, 0 },
  };

  message_begin (message, &diag, sizeof diag);
}

static void
test_built (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (PhArena) arena = ph_arena_new ();
      PhSocket socket = { 0 };
      Message message;

      build (i, &message);
      g_assert_true (ph_decode_vsock_diag (&message.header, arena, &socket));
      g_assert_cmpuint (socket.key.family, ==, PH_SOCKET_FAMILY_VSOCK);
      g_assert_cmpuint (socket.key.protocol, ==, PH_PROTOCOL_VSOCK);
      g_assert_cmphex (socket.key.cookie, ==, 5);
      g_assert_cmpuint (socket.head.request, ==, PH_REQUEST_VSOCK);
      g_assert_cmpuint (socket.type, ==, rows[i].type);
      g_assert_cmpuint (socket.state, ==, rows[i].state);
      g_assert_cmpuint (socket.shutdown, ==, rows[i].shutdown);
      g_assert_cmpuint (socket.inode, ==, 77);
      g_assert_cmpuint (socket.uid, ==, PH_UID_UNKNOWN);
      g_assert_cmpuint (socket.local_port, ==, 0);
      g_assert_cmpstr (socket.path, ==, rows[i].path);
    }
}

static void
test_spoilt (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      Message message;

      build (i, &message);
      message_put (&message, 1, "future", 6);
      message_put (&message, 0, "", 0);
      torture (ph_decode_vsock_diag, &message.header, sizeof (struct vsock_diag_msg));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/decode-vsock/built", test_built);
  g_test_add_func ("/decode-vsock/spoilt", test_spoilt);
  return g_test_run ();
}
