/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Interface names: recorded ones, names with anything in them, spoilt messages. */
#include "capture.h"

#include <linux/if_link.h>
#include <linux/rtnetlink.h>

#include "ph-link-names.h"

static void
note_link (guint32 index, const char *name, gpointer user_data)
{
  g_hash_table_insert (user_data, GUINT_TO_POINTER (index), g_strdup (name));
}

static void
test_recorded (void)
{
  gsize length, n, offset = 0;
  g_autofree guint8 *bytes = capture_load ("links", &length);
  g_autoptr (GHashTable) names = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  const guint8 *payload;
  PhFrameKind kind;

  while (ph_capture_next (bytes, length, &offset, &kind, &payload, &n))
    if (kind == PH_FRAME_NETLINK)
      g_assert_cmpuint (ph_decode_link_frame (payload, n, note_link, names), ==, 0);

  g_assert_cmpuint (g_hash_table_size (names), ==, 3);
  g_assert_cmpstr (g_hash_table_lookup (names, GUINT_TO_POINTER (1)), ==, "lo");
  g_assert_cmpstr (g_hash_table_lookup (names, GUINT_TO_POINTER (2)), ==, "test1");
  g_assert_cmpstr (g_hash_table_lookup (names, GUINT_TO_POINTER (3)), ==, "test0");
}

static gboolean
decode_one (guint16 type, int index, const char *bytes, gsize length, char name[PH_LINK_NAME_MAX])
{
  struct ifinfomsg link = { .ifi_index = index };
  guint32 found = 0;
  Message message;
  gboolean good;

  message_begin (&message, &link, sizeof link);
  message.header.nlmsg_type = type;
  if (bytes)
    message_put (&message, IFLA_IFNAME, bytes, length);
  good = ph_decode_link_name (&message.header, &found, name);
  if (good)
    g_assert_cmpint ((int) found, ==, index);
  return good;
}

static void
test_names (void)
{
  char name[PH_LINK_NAME_MAX];

  g_assert_true (decode_one (RTM_NEWLINK, 7, "eth0", 5, name));
  g_assert_cmpstr (name, ==, "eth0");
  g_assert_true (decode_one (RTM_NEWLINK, 7, "eth0", 4, name));
  g_assert_cmpstr (name, ==, "eth0");
  g_assert_true (decode_one (RTM_NEWLINK, G_MAXINT32, "123456789abcdef", 16, name));
  g_assert_cmpstr (name, ==, "123456789abcdef");
  g_assert_true (decode_one (RTM_NEWLINK, 7, "\033[2J\xff", 6, name));
  g_assert_cmpstr (name, ==, "\\x1B[2J\\xFF");

  /* The longest that fifteen bytes can become. */
  g_assert_true (decode_one (RTM_NEWLINK, 7, "\xe2\x80\xae\xe2\x80\xae\xe2\x80\xae\xe2\x80\xae\xe2\x80\xae", 16, name));
  g_assert_cmpstr (name, ==, "\\u{202E}\\u{202E}\\u{202E}\\u{202E}\\u{202E}");

  g_assert_false (decode_one (RTM_NEWLINK, 7, "0123456789abcdef", 17, name));
  g_assert_false (decode_one (RTM_NEWLINK, 7, "", 1, name));
  g_assert_false (decode_one (RTM_NEWLINK, 7, NULL, 0, name));
  g_assert_false (decode_one (RTM_NEWLINK, 0, "eth0", 5, name));
  g_assert_false (decode_one (RTM_NEWLINK, -1, "eth0", 5, name));
  g_assert_false (decode_one (RTM_DELLINK, 7, "eth0", 5, name));
}

static gboolean
decode_link (const struct nlmsghdr *message, PhArena *arena, PhSocket *socket)
{
  char name[PH_LINK_NAME_MAX];
  guint32 index;

  if (!ph_decode_link_name (message, &index, name))
    return FALSE;
  g_assert_true (g_utf8_validate (name, -1, NULL));
  socket->path = ph_arena_string (arena, name);
  return TRUE;
}

/* Cut anywhere a message may lose its name; but never is anything read behind its end. */
static void
test_spoilt (void)
{
  g_autoptr (GPtrArray) messages = capture_messages ("links");
  g_autoptr (PhArena) arena = ph_arena_new ();
  PhSocket socket;

  for (guint i = 0; i < messages->len; i++)
    {
      const struct nlmsghdr *message = g_ptr_array_index (messages, i);
      g_autofree guint8 *spoilt = g_malloc (message->nlmsg_len);

      g_assert_true (decode_exactly (decode_link, message, message->nlmsg_len, arena, &socket));
      for (gsize length = MNL_NLMSG_HDRLEN; length < message->nlmsg_len; length++)
        if (decode_exactly (decode_link, message, length, arena, &socket))
          g_assert_cmpuint (length, >=, MNL_NLMSG_HDRLEN + sizeof (struct ifinfomsg) + sizeof (struct nlattr));
      for (gsize bit = MNL_NLMSG_HDRLEN * 8; bit < message->nlmsg_len * 8; bit++)
        {
          memcpy (spoilt, message, message->nlmsg_len);
          spoilt[bit / 8] ^= (guint8) (1 << bit % 8);
          decode_exactly (decode_link, spoilt, message->nlmsg_len, arena, &socket);
        }
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/link-names/recorded", test_recorded);
  g_test_add_func ("/link-names/names", test_names);
  g_test_add_func ("/link-names/spoilt", test_spoilt);
  return g_test_run ();
}
