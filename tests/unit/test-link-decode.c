/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Links, their addresses and settings, from messages: good ones made by hand, and ones spoilt in every way. */
#include "capture.h"

#include <linux/ethtool_netlink.h>
#include <linux/genetlink.h>
#include <linux/if.h>
#include <linux/if_addr.h>
#include <linux/if_arp.h>
#include <linux/if_ether.h>
#include <linux/if_link.h>
#include <linux/if_tun.h>
#include <linux/rtnetlink.h>
#include <math.h>

#include "ph-link-decode.h"
#include "ph-text.h"

/* --- links --- */

static void
begin_link (Message *message, guint flags, guint16 type)
{
  const struct ifinfomsg info = { .ifi_index = 7, .ifi_flags = flags, .ifi_type = type };

  message_begin (message, &info, sizeof info);
  message->header.nlmsg_type = RTM_NEWLINK;
  message_put (message, IFLA_IFNAME, "eth0", 5);
}

static void
put_u8 (Message *message, guint16 type, guint8 value)
{
  message_put (message, type, &value, sizeof value);
}

static void
put_u32 (Message *message, guint16 type, guint32 value)
{
  message_put (message, type, &value, sizeof value);
}

static void
put_kind (Message *message, const char *kind, guint16 type, gconstpointer value, gsize length)
{
  struct nlattr *info = mnl_attr_nest_start (&message->header, IFLA_LINKINFO);
  struct nlattr *data;

  mnl_attr_put_str (&message->header, IFLA_INFO_KIND, kind);
  data = mnl_attr_nest_start (&message->header, IFLA_INFO_DATA);
  mnl_attr_put (&message->header, type, length, value);
  mnl_attr_nest_end (&message->header, data);
  mnl_attr_nest_end (&message->header, info);
}

static gboolean
decode (const struct nlmsghdr *message, PhArena *arena, PhLink *link)
{
  memset (link, 0, sizeof *link);
  return ph_decode_link (message, arena, link);
}

static void
test_link (void)
{
  g_autoptr (PhArena) arena = ph_arena_new ();
  Message message;
  PhLink link;

  begin_link (&message, IFF_UP | IFF_RUNNING | IFF_BROADCAST | IFF_MULTICAST, ARPHRD_ETHER);
  put_u8 (&message, IFLA_OPERSTATE, IF_OPER_DORMANT);
  put_u32 (&message, IFLA_MTU, 9000);
  put_u32 (&message, IFLA_TXQLEN, 500);
  put_u32 (&message, IFLA_GROUP, 3);
  put_u32 (&message, IFLA_PROMISCUITY, 2);
  put_u32 (&message, IFLA_CARRIER_CHANGES, 11);
  put_u32 (&message, IFLA_MASTER, 4);
  put_u32 (&message, IFLA_LINK, 5);
  message_put (&message, IFLA_ADDRESS, "\x02\x00\xab\xcd\xef\x01", 6);
  message_put (&message, IFLA_BROADCAST, "\xff\xff\xff\xff\xff\xff", 6);
  message_put (&message, IFLA_QDISC, "fq_codel", 9);
  message_put (&message, IFLA_IFALIAS, "the \033[1mone\n", 12);

  g_assert_true (decode (&message.header, arena, &link));
  g_assert_cmpuint (link.head.request, ==, PH_REQUEST_LINK_STATS);
  g_assert_cmpuint (link.key.index, ==, 7);
  g_assert_cmpstr (link.name, ==, "eth0");
  g_assert_cmpstr (link.letters, ==, "BMRU");
  g_assert_cmpstr (ph_link_state_name (&link), ==, "DORMANT");
  g_assert_cmpuint (link.mtu, ==, 9000);
  g_assert_cmpuint (link.queue_length, ==, 500);
  g_assert_cmpuint (link.group, ==, 3);
  g_assert_cmpuint (link.promiscuity, ==, 2);
  g_assert_cmpuint (link.carrier_count, ==, 11);
  g_assert_cmpuint (link.master, ==, 4);
  g_assert_cmpuint (link.link, ==, 5);
  g_assert_cmpint (link.link_netns, ==, -1);
  g_assert_cmpstr (link.mac, ==, "02:00:ab:cd:ef:01");
  g_assert_cmpstr (link.broadcast, ==, "ff:ff:ff:ff:ff:ff");
  g_assert_cmpstr (link.qdisc, ==, "fq_codel");
  g_assert_cmpstr (link.alias, ==, "the \\x1B[1mone\\x0A");
  g_assert_cmpstr (link.kind, ==, "ether");
  g_assert_null (link.detail);
  g_assert_false (link.has_stats);
  g_assert_cmpuint (link.speed, ==, PH_LINK_SPEED_NONE);
  g_assert_true (isnan (link.rate.rx_bytes) && isnan (link.rate.tx_packets));

  put_u32 (&message, IFLA_LINK_NETNSID, 2);
  g_assert_true (decode (&message.header, arena, &link));
  g_assert_cmpint (link.link_netns, ==, 2);

  message.header.nlmsg_type = RTM_DELLINK;
  g_assert_false (decode (&message.header, arena, &link));
}

/* What net-tools 2.10 prints in its last column for links that were set so. */
static void
test_letters (void)
{
  static const struct
  {
    guint flags;
    const char *letters;
  } rows[] = {
    { 0, "" },
    { IFF_UP | IFF_RUNNING | IFF_LOOPBACK | IFF_LOWER_UP, "LRU" },
    { IFF_UP | IFF_RUNNING | IFF_BROADCAST | IFF_MULTICAST | IFF_LOWER_UP, "BMRU" },
    { IFF_BROADCAST | IFF_NOARP, "BO" },
    { IFF_POINTOPOINT | IFF_MULTICAST | IFF_NOARP | IFF_UP, "MOPU" },
    { IFF_ALLMULTI | IFF_BROADCAST | IFF_MULTICAST | IFF_PROMISC | IFF_NOARP | IFF_RUNNING | IFF_UP, "ABMPORU" },
    { IFF_BROADCAST | IFF_MULTICAST | IFF_DYNAMIC | IFF_PROMISC | IFF_UP, "BMdPU" },
    { IFF_BROADCAST | IFF_MULTICAST | IFF_SLAVE | IFF_RUNNING | IFF_UP, "BMsRU" },
    { IFF_BROADCAST | IFF_MULTICAST | IFF_MASTER | IFF_DEBUG | IFF_NOTRAILERS, "BDMNm" },
    { G_MAXUINT, "ABDLMdPNOPsmRU" },
  };
  g_autoptr (PhArena) arena = ph_arena_new ();

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      Message message;
      PhLink link;

      begin_link (&message, rows[i].flags, ARPHRD_ETHER);
      g_assert_true (decode (&message.header, arena, &link));
      g_assert_cmpstr (link.letters, ==, rows[i].letters);
    }
}

/* Counters of every length that a kernel's struct can have: older ones end sooner, newer ones later. */
static void
test_stats (void)
{
  g_autoptr (PhArena) arena = ph_arena_new ();
  guint64 numbers[28];
  guint32 halves[24];

  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    numbers[i] = G_GUINT64_CONSTANT (0x100000000) * (i + 1) + i;
  for (guint i = 0; i < G_N_ELEMENTS (halves); i++)
    halves[i] = 100 + i;

  for (gsize length = 0; length <= sizeof numbers; length++)
    {
      Message message;
      PhLink link;
      guint64 found[25], expected[25] = { 0 };

      begin_link (&message, 0, ARPHRD_ETHER);
      message_put (&message, IFLA_STATS64, numbers, length);
      message_put (&message, IFLA_STATS, halves, sizeof halves);
      g_assert_true (decode (&message.header, arena, &link));
      memcpy (expected, numbers, MIN (length, sizeof expected));
      memcpy (found, &link.stats, sizeof found);
      g_assert_cmpmem (found, sizeof found, expected, sizeof expected);
      g_assert_true (link.has_stats);
      g_assert_cmpuint (link.base.rx_bytes, ==, link.stats.rx_bytes);
      g_assert_cmpuint (link.base.tx_packets, ==, link.stats.tx_packets);
    }

  for (guint with = 0; with < 2; with++)
    {
      Message message;
      PhLink link;

      begin_link (&message, 0, ARPHRD_ETHER);
      if (with)
        message_put (&message, IFLA_STATS, halves, 24 * 4);
      g_assert_true (decode (&message.header, arena, &link));
      g_assert_cmpuint (link.has_stats, ==, with);
      g_assert_cmpuint (link.stats.rx_packets, ==, with ? 100 : 0);
      g_assert_cmpuint (link.stats.rx_missed_errors, ==, with ? 115 : 0);
      g_assert_cmpuint (link.stats.rx_nohandler, ==, with ? 123 : 0);
      g_assert_cmpuint (link.stats.rx_otherhost_dropped, ==, 0);
    }
}

static void
check_kind (const char *kind, guint16 type, gconstpointer value, gsize length, const char *detail)
{
  g_autoptr (PhArena) arena = ph_arena_new ();
  Message message;
  PhLink link;

  begin_link (&message, 0, ARPHRD_ETHER);
  put_kind (&message, kind, type, value, length);
  g_assert_true (decode (&message.header, arena, &link));
  g_assert_cmpstr (link.kind, ==, kind);
  g_assert_cmpstr (link.detail, ==, detail);
}

#define CHECK_KIND(kind, type, number, ctype, detail)                                                                  \
  G_STMT_START                                                                                                         \
  {                                                                                                                    \
    const ctype value = number;                                                                                        \
    check_kind (kind, type, &value, sizeof value, detail);                                                             \
  }                                                                                                                    \
  G_STMT_END

static void
test_kinds (void)
{
  static const struct
  {
    guint16 type;
    const char *mac;
    gsize length;
    const char *kind, *text;
  } rows[] = {
    { ARPHRD_LOOPBACK, "\0\0\0\0\0\0", 6, "loopback", "00:00:00:00:00:00" },
    { ARPHRD_NONE, "", 0, "none", NULL },
    { ARPHRD_SIT, "\xc0\x00\x02\x01", 4, "sit", "192.0.2.1" },
    { ARPHRD_IPGRE, "\xc0\x00\x02\x01", 4, "gre", "192.0.2.1" },
    { ARPHRD_IPGRE, "\xc0\x00\x02\x01\x05", 5, "gre", "c0:00:02:01:05" },
    { ARPHRD_TUNNEL6, "\x20\x01\x0d\xb8\0\0\0\0\0\0\0\0\0\0\0\x01", 16, "tunnel6", "2001:db8::1" },
    { ARPHRD_INFINIBAND, "0123456789abcdefghij", 20, "infiniband",
      "30:31:32:33:34:35:36:37:38:39:61:62:63:64:65:66:67:68:69:6a" },
    { 0x7777, "\x01", 1, NULL, "01" },
  };
  g_autoptr (PhArena) arena = ph_arena_new ();
  char longest[64];
  Message message;
  PhLink link;

  CHECK_KIND ("vlan", IFLA_VLAN_ID, 7, guint16, "id 7");
  CHECK_KIND ("vlan", IFLA_VLAN_PROTOCOL, g_htons (ETH_P_8021AD), guint16, "protocol 802.1ad");
  CHECK_KIND ("bond", IFLA_BOND_MODE, 1, guint8, "mode active-backup");
  CHECK_KIND ("bond", IFLA_BOND_MODE, 99, guint8, NULL);
  CHECK_KIND ("macvlan", IFLA_MACVLAN_MODE, 4, guint32, "mode bridge");
  CHECK_KIND ("macvtap", IFLA_MACVLAN_MODE, 0, guint32, NULL);
  CHECK_KIND ("macvtap", IFLA_MACVLAN_MODE, 0x80000000, guint32, NULL);
  CHECK_KIND ("tun", IFLA_TUN_TYPE, IFF_TAP, guint8, "tap");
  CHECK_KIND ("bridge", IFLA_BR_STP_STATE, 1, guint32, "stp on");
  CHECK_KIND ("vxlan", IFLA_VXLAN_ID, 42, guint32, "id 42");
  CHECK_KIND ("vrf", IFLA_VRF_TABLE, 10, guint32, "table 10");
  CHECK_KIND ("veth", 1, 10, guint32, NULL);
  CHECK_KIND ("vlan", IFLA_VLAN_ID, 1, guint8, "id 1"); /* one byte where two belong */

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      begin_link (&message, 0, rows[i].type);
      message_put (&message, IFLA_ADDRESS, rows[i].mac, rows[i].length);
      g_assert_true (decode (&message.header, arena, &link));
      g_assert_cmpstr (link.kind, ==, rows[i].kind);
      g_assert_cmpstr (link.mac, ==, rows[i].text);
    }

  /* Longer than any address of the kernel's. */
  memset (longest, 0xee, sizeof longest);
  begin_link (&message, 0, ARPHRD_ETHER);
  message_put (&message, IFLA_ADDRESS, longest, sizeof longest);
  g_assert_true (decode (&message.header, arena, &link));
  g_assert_cmpuint (strlen (link.mac), ==, 32 * 3 - 1);
}

/* --- addresses --- */

static void
begin_address (Message *message, guint8 family, guint8 prefix, guint8 flags)
{
  const struct ifaddrmsg head = { .ifa_family = family, .ifa_prefixlen = prefix, .ifa_flags = flags, .ifa_index = 7 };

  message_begin (message, &head, sizeof head);
  message->header.nlmsg_type = RTM_NEWADDR;
}

static void
check_address (const Message *message, const char *text, const char *flags)
{
  g_autoptr (GString) printed = g_string_new (NULL);
  PhLinkAddress address;
  guint32 index = 0;

  g_assert_true (ph_decode_link_address (&message->header, &index, &address));
  g_assert_cmpuint (index, ==, 7);
  ph_link_address_print (&address, printed);
  g_assert_cmpstr (printed->str, ==, text);
  g_string_truncate (printed, 0);
  ph_link_address_flags_print (&address, printed);
  g_assert_cmpstr (printed->str, ==, flags);
}

static void
test_addresses (void)
{
  static const guint8 ula[16] = { 0xfd, 0, 0, 4, [15] = 1 }, local[16] = { 0xfe, 0x80, [15] = 1 };
  const struct ifa_cacheinfo life = { .ifa_prefered = 3600, .ifa_valid = 7200 };
  Message message;
  PhLinkAddress address;
  guint32 index;

  /* IFA_LOCAL is the own one; the same in IFA_ADDRESS is no other end. */
  begin_address (&message, AF_INET, 24, IFA_F_PERMANENT);
  message_put (&message, IFA_ADDRESS, "\xc0\x00\x02\x01", 4);
  message_put (&message, IFA_LOCAL, "\xc0\x00\x02\x01", 4);
  message_put (&message, IFA_BROADCAST, "\xc0\x00\x02\xff", 4);
  check_address (&message, "192.0.2.1/24", "");
  g_assert_true (ph_decode_link_address (&message.header, &index, &address));
  g_assert_cmpuint (address.broadcast.bytes[3], ==, 255);
  g_assert_cmpuint (address.peer.family, ==, PH_FAMILY_NONE);
  g_assert_cmpuint (address.valid_s, ==, PH_LIFETIME_FOREVER);

  begin_address (&message, AF_INET, 32, IFA_F_SECONDARY);
  message_put (&message, IFA_ADDRESS, "\xc0\x00\x02\x02", 4);
  message_put (&message, IFA_LOCAL, "\xc0\x00\x02\x01", 4);
  message_put (&message, IFA_CACHEINFO, &life, sizeof life);
  check_address (&message, "192.0.2.1 peer 192.0.2.2/32", "secondary dynamic");
  g_assert_true (ph_decode_link_address (&message.header, &index, &address));
  g_assert_cmpuint (address.valid_s, ==, 7200);
  g_assert_cmpuint (address.preferred_s, ==, 3600);

  /* The long flags count, not the short ones. */
  begin_address (&message, AF_INET6, 48, IFA_F_PERMANENT);
  message_put (&message, IFA_ADDRESS, ula, sizeof ula);
  put_u32 (&message, IFA_FLAGS, IFA_F_PERMANENT | IFA_F_TEMPORARY | IFA_F_TENTATIVE | IFA_F_NOPREFIXROUTE);
  check_address (&message, "fd00:4::1/48", "temporary tentative noprefixroute");

  begin_address (&message, AF_INET6, 64, IFA_F_PERMANENT);
  message_put (&message, IFA_ADDRESS, local, sizeof local);
  g_assert_true (ph_decode_link_address (&message.header, &index, &address));
  g_assert_cmpuint (address.address.scope, ==, 7);

  begin_address (&message, AF_INET, 33, 0);
  message_put (&message, IFA_LOCAL, "\xc0\x00\x02\x01", 4);
  g_assert_false (ph_decode_link_address (&message.header, &index, &address));
  begin_address (&message, AF_INET, 24, 0);
  g_assert_false (ph_decode_link_address (&message.header, &index, &address));
  message_put (&message, IFA_LOCAL, "\xc0\x00\x02", 3);
  g_assert_false (ph_decode_link_address (&message.header, &index, &address));
  begin_address (&message, AF_INET6, 24, 0);
  message_put (&message, IFA_ADDRESS, "\xc0\x00\x02\x01", 4);
  g_assert_false (ph_decode_link_address (&message.header, &index, &address));
  begin_address (&message, AF_UNIX, 8, 0);
  message_put (&message, IFA_ADDRESS, local, sizeof local);
  g_assert_false (ph_decode_link_address (&message.header, &index, &address));
}

static void
test_scopes (void)
{
  static const struct
  {
    guint scope;
    const char *text;
  } rows[] = { { 0, "global" }, { 200, "site" }, { 253, "link" }, { 254, "host" }, { 255, "nowhere" }, { 77, "77" } };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GString) text = g_string_new (NULL);

      ph_link_scope_print (rows[i].scope, text);
      g_assert_cmpstr (text->str, ==, rows[i].text);
    }
}

/* --- settings --- */

static void
begin_settings (Message *message, guint8 command)
{
  const struct genlmsghdr generic = { .cmd = command };

  message_begin (message, &generic, sizeof generic);
  message->header.nlmsg_type = 20;
}

static void
put_index (Message *message, guint32 index)
{
  struct nlattr *header = mnl_attr_nest_start (&message->header, ETHTOOL_A_LINKMODES_HEADER);

  put_u32 (message, ETHTOOL_A_HEADER_DEV_INDEX, index);
  mnl_attr_nest_end (&message->header, header);
}

static void
test_settings (void)
{
  static const struct
  {
    guint32 speed;
    guint8 duplex;
    guint32 speed_found;
    guint8 duplex_found;
  } rows[] = {
    { 1000, 1, 1000, PH_DUPLEX_FULL },
    { 10, 0, 10, PH_DUPLEX_HALF },
    { 400000, 0xff, 400000, PH_DUPLEX_UNKNOWN },
    { 0xffffffff, 0xff, PH_LINK_SPEED_NONE, PH_DUPLEX_UNKNOWN },
    { 0, 7, PH_LINK_SPEED_NONE, PH_DUPLEX_UNKNOWN },
  };
  Message message;
  guint32 index, speed;
  guint8 duplex;

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      begin_settings (&message, ETHTOOL_MSG_LINKMODES_GET_REPLY);
      put_index (&message, 9);
      put_u32 (&message, ETHTOOL_A_LINKMODES_SPEED, rows[i].speed);
      put_u8 (&message, ETHTOOL_A_LINKMODES_DUPLEX, rows[i].duplex);
      g_assert_true (ph_decode_link_settings (&message.header, &index, &speed, &duplex));
      g_assert_cmpuint (index, ==, 9);
      g_assert_cmpuint (speed, ==, rows[i].speed_found);
      g_assert_cmpuint (duplex, ==, rows[i].duplex_found);
    }

  begin_settings (&message, ETHTOOL_MSG_LINKMODES_GET_REPLY);
  g_assert_false (ph_decode_link_settings (&message.header, &index, &speed, &duplex));
  put_index (&message, 0);
  g_assert_false (ph_decode_link_settings (&message.header, &index, &speed, &duplex));
  put_index (&message, 9);
  g_assert_true (ph_decode_link_settings (&message.header, &index, &speed, &duplex));
  g_assert_cmpuint (speed, ==, PH_LINK_SPEED_NONE);
  message.header.nlmsg_type = GENL_ID_CTRL;
  g_assert_false (ph_decode_link_settings (&message.header, &index, &speed, &duplex));
  message.header.nlmsg_type = NLMSG_ERROR;
  g_assert_false (ph_decode_link_settings (&message.header, &index, &speed, &duplex));
  begin_settings (&message, ETHTOOL_MSG_LINKINFO_GET_REPLY);
  put_index (&message, 9);
  g_assert_false (ph_decode_link_settings (&message.header, &index, &speed, &duplex));
}

/* --- spoilt --- */

static gboolean
decode_any (const struct nlmsghdr *message, PhArena *arena)
{
  PhLink link;
  PhLinkAddress address;
  guint32 index, speed;
  guint8 duplex;

  if (decode (message, arena, &link))
    {
      const char *strings[] = { link.name, link.kind, link.detail, link.mac, link.broadcast, link.qdisc, link.alias };

      g_assert_nonnull (link.name);
      for (guint i = 0; i < G_N_ELEMENTS (strings); i++)
        g_assert_true (strings[i] == NULL || ph_text_fit (strings[i], strlen (strings[i])) == strlen (strings[i]));
      return TRUE;
    }
  return ph_decode_link_address (message, &index, &address)
         || ph_decode_link_settings (message, &index, &speed, &duplex);
}

/* Cut at every length, and with every byte at the ends of its range; each time in memory that ends with it. */
static void
spoil (const struct nlmsghdr *message)
{
  g_autoptr (PhArena) arena = ph_arena_new ();
  static const guint8 bytes[] = { 0x00, 0x01, 0x03, 0x04, 0x7f, 0x80, 0xff };

  g_assert_true (decode_any (message, arena));
  for (gsize length = MNL_NLMSG_HDRLEN; length < message->nlmsg_len; length++)
    {
      g_autofree struct nlmsghdr *cut = g_memdup2 (message, length);

      cut->nlmsg_len = (guint32) length;
      decode_any (cut, arena);
    }
  for (gsize at = MNL_NLMSG_HDRLEN; at < message->nlmsg_len; at++)
    for (guint i = 0; i < G_N_ELEMENTS (bytes); i++)
      {
        g_autofree struct nlmsghdr *changed = g_memdup2 (message, message->nlmsg_len);

        ((guint8 *) changed)[at] = bytes[i];
        decode_any (changed, arena);
      }
}

static void
test_spoilt (void)
{
  static const char *const captures[] = { "link-stats", "addresses", "link-settings" };
  const guint16 id = 7;
  Message message;

  for (guint i = 0; i < G_N_ELEMENTS (captures); i++)
    {
      g_autoptr (GPtrArray) messages = capture_messages (captures[i]);

      for (guint j = 0; j < messages->len; j += i == 0 ? 4 : 1)
        if (((const struct nlmsghdr *) messages->pdata[j])->nlmsg_type >= NLMSG_MIN_TYPE)
          spoil (messages->pdata[j]);
    }
  begin_link (&message, 1, ARPHRD_ETHER);
  put_kind (&message, "vlan", IFLA_VLAN_ID, &id, sizeof id);
  spoil (&message.header);
}

/* A length that leads out of a nested attribute, but not out of the message. */
static void
test_nested (void)
{
  g_autoptr (PhArena) arena = ph_arena_new ();
  const guint16 id = 7;
  struct nlattr *info, *kind;
  Message message;
  PhLink link;

  begin_link (&message, 0, ARPHRD_ETHER);
  info = (struct nlattr *) (gpointer) ((guint8 *) &message + message.header.nlmsg_len);
  put_kind (&message, "vlan", IFLA_VLAN_ID, &id, sizeof id);
  put_u32 (&message, IFLA_MTU, 1500);
  g_assert_true (decode (&message.header, arena, &link));
  kind = mnl_attr_get_payload (info);
  kind->nla_len = (guint16) (mnl_attr_get_payload_len (info) + 4);
  g_assert_false (decode (&message.header, arena, &link));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/link-decode/link", test_link);
  g_test_add_func ("/link-decode/letters", test_letters);
  g_test_add_func ("/link-decode/stats", test_stats);
  g_test_add_func ("/link-decode/kinds", test_kinds);
  g_test_add_func ("/link-decode/addresses", test_addresses);
  g_test_add_func ("/link-decode/scopes", test_scopes);
  g_test_add_func ("/link-decode/settings", test_settings);
  g_test_add_func ("/link-decode/spoilt", test_spoilt);
  g_test_add_func ("/link-decode/nested", test_nested);
  return g_test_run ();
}
