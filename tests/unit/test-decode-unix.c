/* SPDX-License-Identifier: GPL-3.0-or-later */
/* unix_diag answers: recorded ones, names of every kind, spoilt ones. */
#include "capture.h"

#include <linux/unix_diag.h>

/* The one that was bound to it; a connection that was accepted there has the path, too. */
static const PhSocket *
find_path (PhSnapshot *snapshot, const char *path)
{
  for (guint i = 0; i < ph_snapshot_n_records (snapshot); i++)
    {
      const PhSocket *socket = ph_snapshot_record (snapshot, i);

      g_assert_cmpuint (socket->key.family, ==, PH_SOCKET_FAMILY_UNIX);
      g_assert_cmpuint (socket->key.protocol, ==, PH_PROTOCOL_UNIX);
      g_assert_cmpuint (socket->head.request, ==, PH_REQUEST_UNIX);
      g_assert_cmpuint (socket->uid, ==, 0);
      g_assert_cmpuint (socket->inode, !=, 0);
      if (g_strcmp0 (socket->path, path) == 0 && socket->state != PH_STATE_ESTABLISHED)
        return socket;
    }
  g_error ("no socket %s", path);
}

static const PhSocket *
find_inode (PhSnapshot *snapshot, guint64 inode)
{
  for (guint i = 0; i < ph_snapshot_n_records (snapshot); i++)
    {
      const PhSocket *socket = ph_snapshot_record (snapshot, i);

      if (socket->inode == inode)
        return socket;
    }
  g_error ("no inode %" G_GUINT64_FORMAT, inode);
}

static void
test_recorded (void)
{
  g_autoptr (PhSnapshot) snapshot = capture_decode ("unix");
  g_autofree char *long_path = g_strnfill (108, 'p');
  const PhSocket *socket, *peer;

  g_assert_cmpuint (ph_snapshot_n_records (snapshot), ==, 9);

  socket = find_path (snapshot, "listening");
  g_assert_cmpuint (socket->state, ==, PH_STATE_LISTEN);
  g_assert_cmpuint (socket->type, ==, PH_TYPE_STREAM);
  g_assert_cmpuint (socket->flags, ==, PH_SOCKET_LISTENING);
  g_assert_cmpuint (socket->recv_q, ==, 0);
  g_assert_cmpuint (socket->send_q, ==, 3);
  g_assert_cmpuint (socket->peer_inode, ==, 0);
  g_assert_cmpuint (socket->memory[1], >, 0);

  socket = find_path (snapshot, "@porthole@test");
  g_assert_cmpuint (socket->type, ==, PH_TYPE_DGRAM);
  g_assert_cmpuint (socket->state, ==, PH_STATE_CLOSE);
  g_assert_cmpuint (find_path (snapshot, long_path)->type, ==, PH_TYPE_SEQPACKET);
  g_assert_cmpuint (find_path (snapshot, "bad\\xFF\\x1B[31m\\x0Aname")->type, ==, PH_TYPE_STREAM);
  g_assert_cmpuint (find_path (snapshot, "gr\303\266\303\237e")->type, ==, PH_TYPE_DGRAM);

  /* The accepted end of the connection has 100 bytes to read and knows its peer, which knows it. */
  for (guint i = 0; i < ph_snapshot_n_records (snapshot); i++)
    {
      socket = ph_snapshot_record (snapshot, i);
      if (socket->state != PH_STATE_ESTABLISHED)
        continue;
      peer = find_inode (snapshot, socket->peer_inode);
      g_assert_cmpuint (peer->peer_inode, ==, socket->inode);
      g_assert_cmpuint (socket->recv_q, ==, g_strcmp0 (socket->path, "listening") == 0 ? 100 : 0);

      /* The socket pair: one end has shut down sending, and so the other receiving. */
      if (socket->shutdown)
        g_assert_cmpuint (socket->shutdown ^ peer->shutdown, ==, 3);
    }
}

static void
check_name (const char *bytes, gsize length, const char *path)
{
  g_autoptr (PhArena) arena = ph_arena_new ();
  struct unix_diag_msg diag = { .udiag_family = AF_UNIX, .udiag_type = 1, .udiag_state = 7, .udiag_ino = 1 };
  PhSocket socket = { 0 };
  Message message;

  message_begin (&message, &diag, sizeof diag);
  message_put (&message, UNIX_DIAG_NAME, bytes, length);
  g_assert_true (ph_decode_unix_diag (&message.header, arena, &socket));
  g_assert_cmpstr (socket.path, ==, path);
}

static void
test_names (void)
{
  g_autofree char *path = g_strnfill (108, 'x');
  g_autofree char *zeroes = g_malloc0 (107);
  g_autofree char *at = g_strnfill (107, '@');

  check_name ("", 0, NULL);
  check_name ("/run/a", 7, "/run/a"); /* with its NUL */
  check_name ("/run/a", 6, "/run/a");
  check_name ("/run/a\0junk", 11, "/run/a");
  check_name (path, 108, path);
  check_name (path, 109, path);
  check_name ("\0abc", 4, "@abc");
  check_name ("\0a\0b\0", 5, "@a@b@");
  check_name ("\0", 1, "@");
  check_name (zeroes, 107, at);
  check_name ("\0\033]0;x\007", 7, "@\\x1B]0;x\\x07");
  check_name ("a\tb\nc\177", 7, "a\\x09b\\x0Ac\\x7F");
  check_name ("\xc3\x28", 2, "\\xC3(");
  check_name ("<b>&amp;</b>", 12, "<b>&amp;</b>");
  check_name ("\xe2\x80\xaegnp.exe", 10, "\\u{202E}gnp.exe");
}

static void
test_missing (void)
{
  g_autoptr (PhArena) arena = ph_arena_new ();
  struct unix_diag_msg diag = { .udiag_family = AF_UNIX, .udiag_type = 2, .udiag_state = 1, .udiag_ino = 9 };
  guint32 queues[2] = { 5, 6 };
  PhSocket socket = { 0 };
  Message message;

  /* An older kernel: no user, half of the queue lengths. */
  message_begin (&message, &diag, sizeof diag);
  message_put (&message, UNIX_DIAG_RQLEN, queues, 4);
  message_put (&message, UNIX_DIAG_PEER, queues, 3);
  message_put (&message, UNIX_DIAG_UID, queues, 2);
  g_assert_true (ph_decode_unix_diag (&message.header, arena, &socket));
  g_assert_cmpuint (socket.uid, ==, PH_UID_UNKNOWN);
  g_assert_cmpuint (socket.recv_q, ==, 5);
  g_assert_cmpuint (socket.send_q, ==, 0);
  g_assert_cmpuint (socket.peer_inode, ==, 0);
  g_assert_cmphex (socket.key.cookie, ==, G_GUINT64_CONSTANT (1) << 63 | 9);

  diag.udiag_family = AF_INET;
  message_begin (&message, &diag, sizeof diag);
  g_assert_false (ph_decode_unix_diag (&message.header, arena, &socket));
}

static void
test_spoilt (void)
{
  g_autoptr (GPtrArray) messages = capture_messages ("unix");

  for (guint i = 0; i < messages->len; i++)
    torture (ph_decode_unix_diag, g_ptr_array_index (messages, i), sizeof (struct unix_diag_msg));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/decode-unix/recorded", test_recorded);
  g_test_add_func ("/decode-unix/names", test_names);
  g_test_add_func ("/decode-unix/missing", test_missing);
  g_test_add_func ("/decode-unix/spoilt", test_spoilt);
  return g_test_run ();
}
