/* SPDX-License-Identifier: GPL-3.0-or-later */
/* netlink_diag answers. */
#include "capture.h"

#include <linux/netlink_diag.h>

static const PhSocket *
find_path (PhSnapshot *snapshot, const char *path)
{
  for (guint i = 0; i < ph_snapshot_n_records (snapshot); i++)
    {
      const PhSocket *socket = ph_snapshot_record (snapshot, i);

      if (g_strcmp0 (socket->path, path) == 0)
        return socket;
    }
  g_error ("no socket %s", path);
}

static void
test_recorded (void)
{
  g_autoptr (PhSnapshot) snapshot = capture_decode ("netlink");
  const PhSocket *socket;

  for (guint i = 0; i < ph_snapshot_n_records (snapshot); i++)
    {
      socket = ph_snapshot_record (snapshot, i);
      g_assert_cmpuint (socket->key.family, ==, PH_SOCKET_FAMILY_NETLINK);
      g_assert_cmpuint (socket->key.protocol, ==, PH_PROTOCOL_NETLINK);
      g_assert_cmpuint (socket->uid, ==, PH_UID_UNKNOWN);
      g_assert_cmpuint (socket->flags, ==, 0);
      g_assert_cmpuint (socket->recv_q, ==, socket->memory[0]);
      g_assert_cmpuint (socket->send_q, ==, socket->memory[2]);
      g_assert_nonnull (socket->path);
    }

  socket = find_path (snapshot, "route:4321");
  g_assert_cmpuint (socket->protocol_number, ==, 0);
  g_assert_cmpuint (socket->type, ==, PH_TYPE_RAW);
  g_assert_cmpuint (socket->state, ==, PH_STATE_CLOSE);
  socket = find_path (snapshot, "kobject-uevent:4322");
  g_assert_cmpuint (socket->protocol_number, ==, 15);
  g_assert_cmpuint (socket->type, ==, PH_TYPE_DGRAM);
  socket = find_path (snapshot, "generic:4323 -> group 2");
  g_assert_cmpuint (socket->state, ==, PH_STATE_ESTABLISHED);
  find_path (snapshot, "route:kernel");
}

static void
test_paths (void)
{
  static const struct
  {
    guint8 family;
    guint32 port, peer, group;
    const char *path;
  } rows[] = {
    { 0, 0, 0, 0, "route:kernel" },
    { 16, 7, 9, 0, "generic:7 -> 9" },
    { 17, G_MAXUINT32, 0, 0, "17:4294967295" }, /* a number that was never given out */
    { 255, G_MAXUINT32, G_MAXUINT32, G_MAXUINT32, "255:4294967295 -> group 4294967295" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (PhArena) arena = ph_arena_new ();
      struct netlink_diag_msg diag = {
        .ndiag_family = AF_NETLINK,
        .ndiag_protocol = rows[i].family,
        .ndiag_portid = rows[i].port,
        .ndiag_dst_portid = rows[i].peer,
        .ndiag_dst_group = rows[i].group,
      };
      PhSocket socket = { 0 };
      Message message;

      message_begin (&message, &diag, sizeof diag);
      g_assert_true (ph_decode_netlink_diag (&message.header, arena, &socket));
      g_assert_cmpstr (socket.path, ==, rows[i].path);
      g_assert_cmpuint (socket.flags, ==, 0);

      diag.ndiag_family = AF_UNIX;
      message_begin (&message, &diag, sizeof diag);
      g_assert_false (ph_decode_netlink_diag (&message.header, arena, &socket));
    }
}

static void
test_spoilt (void)
{
  g_autoptr (GPtrArray) messages = capture_messages ("netlink");

  for (guint i = 0; i < messages->len; i++)
    torture (ph_decode_netlink_diag, g_ptr_array_index (messages, i), sizeof (struct netlink_diag_msg));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/decode-netlink/recorded", test_recorded);
  g_test_add_func ("/decode-netlink/paths", test_paths);
  g_test_add_func ("/decode-netlink/spoilt", test_spoilt);
  return g_test_run ();
}
