/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the kernel's news are about: each type of message, several at once, and what is none. */
#include <linux/neighbour.h>
#include <linux/rtnetlink.h>
#include <string.h>
#include <sys/socket.h>

#include <glib.h>

#include "ph-route-events.h"

/* A message of @type whose payload is @length bytes, the first of them the family. */
static void
put (GByteArray *frame, guint16 type, guint8 family, guint length)
{
  const guint start = frame->len;
  const struct nlmsghdr header = { .nlmsg_len = NLMSG_HDRLEN + length, .nlmsg_type = type };

  g_byte_array_set_size (frame, start + NLMSG_SPACE (length));
  memset (frame->data + start, 0, NLMSG_SPACE (length));
  memcpy (frame->data + start, &header, sizeof header);
  if (length > 0)
    frame->data[start + NLMSG_HDRLEN] = family;
}

/* Of the first @length bytes, copied so that a sanitizer sees one too many. */
static guint
kinds_of (const GByteArray *frame, gsize length)
{
  g_autofree guint8 *copy = g_memdup2 (frame->data, length);

  return ph_route_events_kinds (copy, length);
}

static const struct
{
  guint16 type;
  guint kinds;
} types[] = {
  { RTM_NEWLINK, PH_EVENT_LINKS | PH_EVENT_ROUTES },
  { RTM_DELLINK, PH_EVENT_LINKS | PH_EVENT_ROUTES },
  { RTM_GETLINK, 0 },
  { RTM_NEWADDR, PH_EVENT_ADDRESSES | PH_EVENT_ROUTES },
  { RTM_DELADDR, PH_EVENT_ADDRESSES | PH_EVENT_ROUTES },
  { RTM_NEWROUTE, PH_EVENT_ROUTES },
  { RTM_DELROUTE, PH_EVENT_ROUTES },
  { RTM_NEWNEXTHOP, PH_EVENT_ROUTES },
  { RTM_DELNEXTHOP, PH_EVENT_ROUTES },
  { RTM_NEWRULE, PH_EVENT_RULES },
  { RTM_DELRULE, PH_EVENT_RULES },
  { RTM_NEWNEIGH, PH_EVENT_NEIGHBOURS },
  { RTM_DELNEIGH, PH_EVENT_NEIGHBOURS },
  { RTM_NEWQDISC, 0 },
  { NLMSG_DONE, 0 },
  { NLMSG_ERROR, 0 },
  { G_MAXUINT16, 0 },
};

static void
test_types (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    {
      g_autoptr (GByteArray) frame = g_byte_array_new ();

      put (frame, types[i].type, AF_INET, 12);
      g_assert_cmphex (kinds_of (frame, frame->len), ==, types[i].kinds);
    }
}

static void
test_several (void)
{
  g_autoptr (GByteArray) frame = g_byte_array_new ();

  put (frame, RTM_NEWNEIGH, AF_INET6, 13);
  put (frame, NLMSG_NOOP, 0, 0);
  put (frame, RTM_DELRULE, AF_INET, 1);
  g_assert_cmphex (kinds_of (frame, frame->len), ==, PH_EVENT_NEIGHBOURS | PH_EVENT_RULES);
}

/* A bridge that learns where a computer is has no news for the table of neighbours. */
static void
test_bridge (void)
{
  g_autoptr (GByteArray) frame = g_byte_array_new ();

  put (frame, RTM_NEWNEIGH, AF_BRIDGE, sizeof (struct ndmsg));
  put (frame, RTM_DELNEIGH, AF_BRIDGE, sizeof (struct ndmsg));
  g_assert_cmphex (kinds_of (frame, frame->len), ==, 0);
  put (frame, RTM_NEWLINK, AF_BRIDGE, sizeof (struct ifinfomsg));
  g_assert_cmphex (kinds_of (frame, frame->len), ==, PH_EVENT_LINKS | PH_EVENT_ROUTES);
}

/* Cut anywhere it says what is whole of it; spoilt anyhow it says something that exists. */
static void
test_spoilt (void)
{
  g_autoptr (GByteArray) frame = g_byte_array_new ();
  guint first;

  put (frame, RTM_NEWRULE, AF_INET, 12);
  first = frame->len;
  put (frame, RTM_NEWNEIGH, AF_INET, 12);
  for (gsize length = 0; length <= frame->len; length++)
    g_assert_cmphex (kinds_of (frame, length), ==,
                     (length >= first ? PH_EVENT_RULES : 0) | (length == frame->len ? PH_EVENT_NEIGHBOURS : 0));
  for (guint bit = 0; bit < frame->len * 8; bit++)
    {
      frame->data[bit / 8] ^= (guint8) (1 << bit % 8);
      g_assert_cmphex (kinds_of (frame, frame->len) & ~(guint) PH_EVENT_ALL_ROUTING, ==, 0);
      frame->data[bit / 8] ^= (guint8) (1 << bit % 8);
    }
}

static void
test_sources (void)
{
  g_assert_cmphex (ph_route_events_sources (0), ==, 0);
  g_assert_cmphex (ph_route_events_sources (PH_EVENT_RULES), ==, PH_EVENT_RULES);
  g_assert_cmphex (ph_route_events_sources (PH_EVENT_ROUTES), ==,
                   PH_EVENT_ROUTES | PH_EVENT_LINKS | PH_EVENT_ADDRESSES);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/route-events/types", test_types);
  g_test_add_func ("/route-events/several", test_several);
  g_test_add_func ("/route-events/bridge", test_bridge);
  g_test_add_func ("/route-events/spoilt", test_spoilt);
  g_test_add_func ("/route-events/sources", test_sources);
  return g_test_run ();
}
