/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The requests for rtnetlink and ethtool, byte for byte. */
#include <arpa/inet.h>
#include <string.h>
#include <sys/socket.h>

#include <glib.h>
#include <linux/ethtool_netlink.h>
#include <linux/genetlink.h>
#include <linux/rtnetlink.h>

#include "ph-ethtool.h"
#include "ph-rtnetlink.h"

/* The message is @length bytes of @type, and its payload is as given; flags and sequence are not filled in yet. */
static void
assert_message (const struct nlmsghdr *header, guint16 type, const guint8 *payload, gsize length)
{
  g_assert_cmpuint (header->nlmsg_type, ==, type);
  g_assert_cmpuint (header->nlmsg_flags, ==, 0);
  g_assert_cmpuint (header->nlmsg_seq, ==, 0);
  g_assert_cmpuint (header->nlmsg_pid, ==, 0);
  g_assert_cmpmem ((const guint8 *) header + NLMSG_HDRLEN, header->nlmsg_len - NLMSG_HDRLEN, payload, length);
}

/* A number, as the bytes of this machine. */
#if G_BYTE_ORDER == G_LITTLE_ENDIAN
#define U16(n) (n) & 0xff, (n) >> 8 & 0xff
#define U32(n) (n) & 0xff, (n) >> 8 & 0xff, (n) >> 16 & 0xff, (n) >> 24 & 0xff
#else
#define U16(n) (n) >> 8 & 0xff, (n) &0xff
#define U32(n) (n) >> 24 & 0xff, (n) >> 16 & 0xff, (n) >> 8 & 0xff, (n) &0xff
#endif

/* The fixed header's size, what it begins with, and the flags that rtmsg ends with or the one attribute there is. */
static const struct
{
  PhRequestName name;
  guint16 type;
  gsize header_size;
  guint8 family;
  guint32 route_flags;
  guint32 link_filter;
} dumps[] = {
  { PH_REQUEST_LINKS, 18, 16, AF_UNSPEC, 0, 1 << 3 },
  { PH_REQUEST_LINK_STATS, 18, 16, AF_UNSPEC, 0, 1 << 4 },
  { PH_REQUEST_ADDRESSES, 22, 8, AF_UNSPEC, 0, 0 },
  { PH_REQUEST_ROUTES4, 26, 12, AF_INET, 0, 0 },
  { PH_REQUEST_ROUTES6, 26, 12, AF_INET6, 0, 0 },
  { PH_REQUEST_CACHED_ROUTES4, 26, 12, AF_INET, 0x200, 0 },
  { PH_REQUEST_CACHED_ROUTES6, 26, 12, AF_INET6, 0x200, 0 },
  { PH_REQUEST_NEIGHBOURS, 30, 12, AF_UNSPEC, 0, 0 },
  { PH_REQUEST_RULES4, 34, 12, AF_INET, 0, 0 },
  { PH_REQUEST_RULES6, 34, 12, AF_INET6, 0, 0 },
  { PH_REQUEST_NEXTHOPS, 106, 8, AF_UNSPEC, 0, 0 },
};

static void
test_dumps (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (dumps); i++)
    {
      PhRtnetlinkMessage message;
      guint8 payload[64] = { dumps[i].family };
      const guint8 flags[4] = { U32 (dumps[i].route_flags) };
      const guint8 filter[8] = { U16 (8), U16 (29), U32 (dumps[i].link_filter) };
      gsize length = dumps[i].header_size;

      memset (&message, 0xaa, sizeof message);
      memcpy (payload + 8, flags, sizeof flags);
      if (dumps[i].link_filter != 0)
        {
          memcpy (payload + length, filter, sizeof filter);
          length += sizeof filter;
        }
      g_assert_true (ph_rtnetlink_build (&message, dumps[i].name));
      assert_message (&message.header, dumps[i].type, payload, length);
    }
}

/* All that is not in the table above is none of rtnetlink's dumps. */
static void
test_no_others (void)
{
  PhRtnetlinkMessage message;

  for (int name = -1; name <= PH_N_REQUESTS; name++)
    {
      gboolean known = FALSE;

      for (guint i = 0; i < G_N_ELEMENTS (dumps); i++)
        known |= (int) dumps[i].name == name;
      g_assert_cmpint (ph_rtnetlink_build (&message, (PhRequestName) name), ==, known);
    }
}

static void
test_route_get4 (void)
{
  PhRtnetlinkMessage message;
  const PhRouteQuery plain = { .family = AF_INET, .destination = { 192, 0, 2, 1, 99, 99 } };
  const PhRouteQuery full = {
    .family = AF_INET,
    .has_source = true,
    .destination = { 192, 0, 2, 1 },
    .source = { 198, 51, 100, 7 },
    .mark = 0x12345678,
    .interface = 42,
  };
  const guint8 expected_plain[] = {
    AF_INET, 32,      0,   0, 0, 0, 0, 0, U32 (0x1000), /* struct rtmsg, RTM_F_LOOKUP_TABLE */
    U16 (8), U16 (1), 192, 0, 2, 1,                     /* RTA_DST */
  };
  const guint8 expected_full[] = {
    AF_INET, 32,       32,
    0,       0,        0,
    0,       0,        U32 (0x3000), /* and RTM_F_FIB_MATCH */
    U16 (8), U16 (1),  192,
    0,       2,        1, /* RTA_DST */
    U16 (8), U16 (2),  198,
    51,      100,      7,                /* RTA_SRC */
    U16 (8), U16 (16), U32 (0x12345678), /* RTA_MARK */
    U16 (8), U16 (4),  U32 (42),         /* RTA_OIF */
  };

  memset (&message, 0xaa, sizeof message);
  g_assert_true (ph_rtnetlink_build_route_get (&message, &plain, false));
  assert_message (&message.header, 26, expected_plain, sizeof expected_plain);
  g_assert_true (ph_rtnetlink_build_route_get (&message, &full, true));
  assert_message (&message.header, 26, expected_full, sizeof expected_full);
}

static void
test_route_get6 (void)
{
  PhRtnetlinkMessage message;
  PhRouteQuery query = { .family = AF_INET6, .has_source = true, .mark = G_MAXUINT32, .interface = G_MAXUINT32 };
  const guint8 head[] = { AF_INET6, 128, 128, 0, 0, 0, 0, 0, U32 (0), U16 (20), U16 (1) };
  const guint8 between[] = { U16 (20), U16 (2) };
  const guint8 tail[] = { U16 (8), U16 (16), U32 (G_MAXUINT32), U16 (8), U16 (4), U32 (G_MAXUINT32) };
  guint8 expected[80];

  g_assert_cmpint (inet_pton (AF_INET6, "2001:db8::1", query.destination), ==, 1);
  g_assert_cmpint (inet_pton (AF_INET6, "fe80::ffff", query.source), ==, 1);
  memcpy (expected, head, sizeof head);
  memcpy (expected + sizeof head, query.destination, 16);
  memcpy (expected + sizeof head + 16, between, sizeof between);
  memcpy (expected + sizeof head + 16 + sizeof between, query.source, 16);
  memcpy (expected + sizeof head + 32 + sizeof between, tail, sizeof tail);
  g_assert_true (ph_rtnetlink_build_route_get (&message, &query, false));
  assert_message (&message.header, 26, expected, sizeof head + 32 + sizeof between + sizeof tail);
}

static void
test_route_get_nothing (void)
{
  PhRtnetlinkMessage message;
  const PhRouteQuery query = { .family = AF_UNIX };

  g_assert_false (ph_rtnetlink_build_route_get (&message, NULL, false));
  g_assert_false (ph_rtnetlink_build_route_get (&message, &query, false));
}

static void
test_ethtool (void)
{
  PhEthtoolMessage message;
  const guint8 family[] = {
    3,        2,       0,   0,                                  /* CTRL_CMD_GETFAMILY, version 2 */
    U16 (12), U16 (2), 'e', 't', 'h', 't', 'o', 'o', 'l', '\0', /* CTRL_ATTR_FAMILY_NAME */
  };
  const guint8 modes[] = {
    4,        1,
    0,        0, /* ETHTOOL_MSG_LINKMODES_GET, version 1 */
    U16 (12), U16 (0x8000 | 1),
    U16 (8),  U16 (3),
    U32 (1), /* in the header, flags: compact bitsets */
  };

  memset (&message, 0xaa, sizeof message);
  ph_ethtool_build_family (&message);
  assert_message (&message.header, GENL_ID_CTRL, family, sizeof family);
  memset (&message, 0xaa, sizeof message);
  ph_ethtool_build_link_modes (&message, 0x1234);
  assert_message (&message.header, 0x1234, modes, sizeof modes);
}

/* The family's number is found behind whatever stands before it, and not in what is cut or of another kind. */
static void
test_ethtool_family (void)
{
  const guint8 whole[] = {
    U32 (40),
    U16 (GENL_ID_CTRL),
    U16 (0),
    U32 (1),
    U32 (0), /* struct nlmsghdr */
    1,
    2,
    0,
    0, /* CTRL_CMD_NEWFAMILY */
    U16 (9),
    U16 (2),
    'a',
    'b',
    'c',
    'd',
    '\0',
    0,
    0,
    0, /* CTRL_ATTR_FAMILY_NAME */
    U16 (6),
    U16 (1),
    U16 (0x1234), /* CTRL_ATTR_FAMILY_ID */
    0,
    0,
  };

  g_assert_cmpuint (ph_ethtool_family (whole, sizeof whole), ==, 0x1234);
  for (gsize length = 0; length < sizeof whole; length++)
    {
      g_autofree guint8 *cut = g_memdup2 (whole, length);

      g_assert_cmpuint (ph_ethtool_family (cut, length), ==, 0);
    }
  for (guint bit = 0; bit < sizeof whole * 8; bit++)
    {
      g_autofree guint8 *spoilt = g_memdup2 (whole, sizeof whole);

      spoilt[bit / 8] ^= (guint8) (1 << bit % 8);
      ph_ethtool_family (spoilt, sizeof whole);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rtnetlink/dumps", test_dumps);
  g_test_add_func ("/rtnetlink/no-others", test_no_others);
  g_test_add_func ("/rtnetlink/route-get/4", test_route_get4);
  g_test_add_func ("/rtnetlink/route-get/6", test_route_get6);
  g_test_add_func ("/rtnetlink/route-get/nothing", test_route_get_nothing);
  g_test_add_func ("/rtnetlink/ethtool", test_ethtool);
  g_test_add_func ("/rtnetlink/ethtool-family", test_ethtool_family);
  return g_test_run ();
}
