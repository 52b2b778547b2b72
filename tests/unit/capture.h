/* SPDX-License-Identifier: GPL-3.0-or-later */
/* For the tests of the decoders: captures from tests/fixtures, messages built by hand, and messages spoilt in every way
 * that a length can be wrong. */
#pragma once

#include <libmnl/libmnl.h>
#include <linux/sock_diag.h>
#include <string.h>

#include "ph-capture.h"
#include "ph-decoder.h"

/* The whole of tests/fixtures/NAME.phframe. Free with g_free(). */
static inline guint8 *
capture_load (const char *name, gsize *length)
{
  g_autofree char *file = g_strconcat (name, ".phframe", NULL);
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "fixtures", file, NULL);
  g_autoptr (GError) error = NULL;
  char *bytes = NULL;

  g_file_get_contents (path, &bytes, length, &error);
  g_assert_no_error (error);
  return (guint8 *) bytes;
}

/* What all of its frames say; each request has to have ended well. */
static inline PhSnapshot *
capture_decode (const char *name)
{
  gsize length, n, offset = 0;
  g_autofree guint8 *bytes = capture_load (name, &length);
  PhSnapshot *snapshot = ph_snapshot_new (&ph_socket_schema, 1);
  PhFrameBegin begin = { 0 };
  PhFrameEnd end;
  const guint8 *payload;
  PhFrameKind kind;

  while (ph_capture_next (bytes, length, &offset, &kind, &payload, &n))
    switch ((guint) kind)
      {
      case PH_FRAME_BEGIN:
        memcpy (&begin, payload, sizeof begin);
        break;
      case PH_FRAME_NETLINK:
        ph_decode_netlink_frame (snapshot, begin.request, PH_WANT_TCP_WHOLE, payload, n);
        break;
      case PH_FRAME_TEXT:
        ph_decode_text_frame (snapshot, begin.request, begin.part, payload, n);
        break;
      case PH_FRAME_END:
        memcpy (&end, payload, sizeof end);
        g_assert_cmpuint (end.code, ==, PH_ERROR_NONE);
        g_assert_cmpuint (ph_snapshot_look (snapshot, begin.request)->malformed, ==, 0);
        break;
      default:
        g_assert_not_reached ();
      }
  g_assert_cmpuint (offset, ==, length);
  g_assert_cmpuint (ph_snapshot_n_records (snapshot), >, 0);
  return snapshot;
}

/* Each netlink message in a capture, copied to memory that ends where it ends. */
static inline GPtrArray *
capture_messages (const char *name)
{
  gsize length, n, offset = 0;
  g_autofree guint8 *bytes = capture_load (name, &length);
  GPtrArray *messages = g_ptr_array_new_with_free_func (g_free);
  const guint8 *payload;
  PhFrameKind kind;

  while (ph_capture_next (bytes, length, &offset, &kind, &payload, &n))
    for (gsize at = 0; kind == PH_FRAME_NETLINK && at < n;)
      {
        const struct nlmsghdr *message = (const struct nlmsghdr *) (gconstpointer) (payload + at);

        g_ptr_array_add (messages, g_memdup2 (message, message->nlmsg_len));
        at += MNL_ALIGN (message->nlmsg_len);
      }
  g_assert_cmpuint (messages->len, >, 0);
  return messages;
}

typedef gboolean (*Decode) (const struct nlmsghdr *message, PhArena *arena, PhSocket *socket);

/* Strings in a record are fit to show, whatever came in. */
static inline void
check_strings (const PhSocket *socket)
{
  const char *strings[] = { socket->path, socket->congestion };

  for (guint i = 0; i < G_N_ELEMENTS (strings); i++)
    {
      g_assert_true (strings[i] == NULL || g_utf8_validate (strings[i], -1, NULL));
      for (const char *at = strings[i]; at && *at; at = g_utf8_next_char (at))
        g_assert_false (g_unichar_iscntrl (g_utf8_get_char (at)));
    }
}

/* Decodes a copy that ends exactly where @length says, so that a sanitizer sees one byte too many. */
static inline gboolean
decode_exactly (Decode decode, const void *message, gsize length, PhArena *arena, PhSocket *socket)
{
  g_autofree struct nlmsghdr *copy = g_malloc (MAX (length, sizeof *copy));
  gboolean good;

  memcpy (copy, message, length);
  copy->nlmsg_len = (guint32) length;
  memset (socket, 0, sizeof *socket);
  good = decode (copy, arena, socket);
  if (good)
    check_strings (socket);
  return good;
}

/* Spoils @message: cuts it at every length, and gives every attribute every length around its own. A message that ends
 * inside its fixed header of @header_size bytes, or inside an attribute, has to be refused; one that ends between two
 * attributes has to be taken. */
static inline void
torture (Decode decode, const struct nlmsghdr *message, gsize header_size)
{
  g_autoptr (PhArena) arena = ph_arena_new ();
  g_autofree guint8 *spoilt = g_malloc (message->nlmsg_len + 16);
  gsize first = MNL_NLMSG_HDRLEN + MNL_ALIGN (header_size);
  PhSocket socket;

  g_assert_true (decode_exactly (decode, message, message->nlmsg_len, arena, &socket));
  for (gsize length = MNL_NLMSG_HDRLEN; length < message->nlmsg_len; length++)
    {
      gboolean good = decode_exactly (decode, message, length, arena, &socket);
      gsize at = first;

      if (length < MNL_NLMSG_HDRLEN + header_size)
        g_assert_false (good);
      while (at + sizeof (struct nlattr) <= length)
        at += MNL_ALIGN (((const struct nlattr *) (gconstpointer) ((const guint8 *) message + at))->nla_len);
      if (length >= MNL_NLMSG_HDRLEN + header_size)
        {
          /* @at is behind the last attribute that begins in what is left; up to three bytes of it are padding. */
          gboolean inside = at > length;

          if (!inside || at - length > 3)
            g_assert_true (good == !inside);
        }
    }

  for (gsize at = first; at + sizeof (struct nlattr) <= message->nlmsg_len;)
    {
      const struct nlattr *original = (const struct nlattr *) (gconstpointer) ((const guint8 *) message + at);
      struct nlattr *attribute = (struct nlattr *) (gpointer) (spoilt + at);
      const int lengths[] = { 0, 1, 3, 4, 5, original->nla_len - 1, original->nla_len + 1, 0x7fff, 0xffff };

      memcpy (spoilt, message, message->nlmsg_len);
      for (guint i = 0; i < G_N_ELEMENTS (lengths); i++)
        {
          gboolean good;

          attribute->nla_len = (guint16) lengths[i];
          good = decode_exactly (decode, spoilt, message->nlmsg_len, arena, &socket);
          if (lengths[i] < 4 || at + (gsize) lengths[i] > message->nlmsg_len)
            g_assert_false (good);
        }

      /* An attribute that nobody has heard of is skipped, with the nesting flags and without. */
      attribute->nla_len = original->nla_len;
      attribute->nla_type = 0x3fff;
      g_assert_true (decode_exactly (decode, spoilt, message->nlmsg_len, arena, &socket));
      attribute->nla_type = NLA_F_NESTED | 0x1234;
      g_assert_true (decode_exactly (decode, spoilt, message->nlmsg_len, arena, &socket));

      at += MNL_ALIGN (original->nla_len);
    }

  /* Every bit of it, one at a time: any answer will do. */
  for (gsize bit = MNL_NLMSG_HDRLEN * 8; bit < message->nlmsg_len * 8; bit++)
    {
      memcpy (spoilt, message, message->nlmsg_len);
      spoilt[bit / 8] ^= (guint8) (1 << bit % 8);
      decode_exactly (decode, spoilt, message->nlmsg_len, arena, &socket);
    }
}

/* A message built by hand: a fixed header, then attributes. */
typedef struct
{
  struct nlmsghdr header;
  guint8 rest[2048];
} Message;

static inline void
message_begin (Message *message, gconstpointer header, gsize size)
{
  memset (message, 0, sizeof *message);
  mnl_nlmsg_put_header (message);
  message->header.nlmsg_type = SOCK_DIAG_BY_FAMILY;
  memcpy (mnl_nlmsg_put_extra_header (&message->header, size), header, size);
}

static inline void
message_put (Message *message, guint16 type, gconstpointer bytes, gsize length)
{
  mnl_attr_put (&message->header, type, length, bytes);
}
