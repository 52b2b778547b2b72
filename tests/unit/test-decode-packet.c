/* SPDX-License-Identifier: GPL-3.0-or-later */
/* packet_diag answers. */
#include "capture.h"

#include <linux/packet_diag.h>

static void
test_recorded (void)
{
  static const struct
  {
    guint16 protocol;
    PhSocketType type;
    gboolean on_loopback;
    gboolean bound;
    const char *path;
  } rows[] = {
    { 0x0003, PH_TYPE_RAW, FALSE, TRUE, "*" },
    { 0x86dd, PH_TYPE_DGRAM, TRUE, TRUE, "ipv6" },
    { 0x88b5, PH_TYPE_DGRAM, TRUE, TRUE, "0x88b5" },
    { 0x0000, PH_TYPE_RAW, FALSE, FALSE, NULL },
  };
  g_autoptr (PhSnapshot) snapshot = capture_decode ("packet");

  g_assert_cmpuint (ph_snapshot_n_records (snapshot), ==, G_N_ELEMENTS (rows));
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const PhSocket *socket = NULL;

      for (guint k = 0; k < G_N_ELEMENTS (rows); k++)
        if (((const PhSocket *) ph_snapshot_record (snapshot, k))->protocol_number == rows[i].protocol)
          socket = ph_snapshot_record (snapshot, k);
      g_assert_nonnull (socket);
      g_assert_cmpuint (socket->key.family, ==, PH_SOCKET_FAMILY_PACKET);
      g_assert_cmpuint (socket->key.protocol, ==, PH_PROTOCOL_PACKET);
      g_assert_cmpuint (socket->type, ==, rows[i].type);
      g_assert_cmpuint (socket->state, ==, PH_STATE_CLOSE);
      g_assert_cmpuint (socket->interface == 1, ==, rows[i].on_loopback);
      g_assert_cmpuint (socket->interface != 0, ==, rows[i].bound);
      g_assert_cmpstr (socket->path, ==, rows[i].path);
      g_assert_cmpuint (socket->uid, ==, 0);
      g_assert_cmpuint (socket->inode, !=, 0);
      g_assert_cmpuint (socket->flags, ==, 0);
      g_assert_cmpuint (socket->recv_q, ==, socket->memory[0]);
    }
}

static void
test_spoilt (void)
{
  g_autoptr (GPtrArray) messages = capture_messages ("packet");

  for (guint i = 0; i < messages->len; i++)
    torture (ph_decode_packet_diag, g_ptr_array_index (messages, i), sizeof (struct packet_diag_msg));
}

static void
test_bare (void)
{
  g_autoptr (PhArena) arena = ph_arena_new ();
  struct packet_diag_msg diag = { .pdiag_family = AF_PACKET, .pdiag_type = 3, .pdiag_num = 0x0800, .pdiag_ino = 5 };
  PhSocket socket = { 0 };
  Message message;

  message_begin (&message, &diag, sizeof diag);
  g_assert_true (ph_decode_packet_diag (&message.header, arena, &socket));
  g_assert_cmpstr (socket.path, ==, "ipv4");
  g_assert_cmpuint (socket.uid, ==, PH_UID_UNKNOWN);
  g_assert_cmpuint (socket.interface, ==, 0);
  g_assert_cmpuint (socket.flags, ==, 0);

  diag.pdiag_family = AF_INET;
  message_begin (&message, &diag, sizeof diag);
  g_assert_false (ph_decode_packet_diag (&message.header, arena, &socket));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/decode-packet/recorded", test_recorded);
  g_test_add_func ("/decode-packet/bare", test_bare);
  g_test_add_func ("/decode-packet/spoilt", test_spoilt);
  return g_test_run ();
}
