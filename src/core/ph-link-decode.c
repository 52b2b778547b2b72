/* SPDX-License-Identifier: GPL-3.0-or-later */
/* struct ifinfomsg and its IFLA attributes (linux/if_link.h), and the link modes of linux/ethtool_netlink.h. */
#include "ph-link-decode.h"

#include <linux/ethtool.h>
#include <linux/ethtool_netlink.h>
#include <linux/genetlink.h>
#include <linux/if.h>
#include <linux/if_arp.h>
#include <linux/if_link.h>
#include <linux/rtnetlink.h>
#include <math.h>
#include <string.h>

#include "ph-link-names.h"
#include "ph-request.h"

#define N_ATTRIBUTES          (IFLA_LINK_NETNSID + 1)
#define N_SETTINGS_ATTRIBUTES (ETHTOOL_A_LINKMODES_DUPLEX + 1)
#define N_HEADER_ATTRIBUTES   (ETHTOOL_A_HEADER_DEV_NAME + 1)

/* Bytes: names of modules, IFALIASZ of linux/if.h, MAX_ADDR_LEN of linux/netdevice.h. */
#define QDISC_MAX 64
#define ALIAS_MAX 256
#define MAC_MAX   32

/* The order is the kernel's, however much of the struct the headers know that this is built with. */
G_STATIC_ASSERT (sizeof (PhLinkStats) == 25 * sizeof (guint64));
G_STATIC_ASSERT (G_STRUCT_OFFSET (PhLinkStats, rx_compressed)
                 == G_STRUCT_OFFSET (struct rtnl_link_stats64, rx_compressed));

static const char *
take_text (PhArena *arena, const struct nlattr *attribute, gsize max)
{
  gsize length;
  const char *bytes = ph_attribute_string (attribute, &length);

  return bytes ? ph_arena_text (arena, bytes, MIN (length, max)) : NULL;
}

/* --- the link layer --- */

/* The ends of an IP tunnel stand where others have a hardware address. */
static PhFamily
mac_family (guint type, gsize length)
{
  switch (type)
    {
    case ARPHRD_TUNNEL:
    case ARPHRD_SIT:
    case ARPHRD_IPGRE:
      return length == 4 ? PH_FAMILY_IPV4 : PH_FAMILY_NONE;
    case ARPHRD_TUNNEL6:
    case ARPHRD_IP6GRE:
      return length == 16 ? PH_FAMILY_IPV6 : PH_FAMILY_NONE;
    default:
      return PH_FAMILY_NONE;
    }
}

static const char *
take_mac (PhArena *arena, const struct nlattr *attribute, guint type)
{
  static const char digits[] = "0123456789abcdef";
  const guint8 *bytes;
  char text[MAX (MAC_MAX * 3, PH_ADDRESS_TEXT_MAX)];
  gsize length = 0;
  PhFamily family;

  if (attribute)
    length = MIN (mnl_attr_get_payload_len (attribute), MAC_MAX);
  if (length == 0)
    return NULL;
  bytes = mnl_attr_get_payload (attribute);
  family = mac_family (type, length);
  if (family != PH_FAMILY_NONE)
    {
      PhAddress address;

      ph_address_set (&address, family, bytes);
      ph_address_format (&address, text);
    }
  else
    {
      for (gsize i = 0; i < length; i++)
        {
          text[i * 3] = digits[bytes[i] >> 4];
          text[i * 3 + 1] = digits[bytes[i] & 15];
          text[i * 3 + 2] = ':';
        }
      text[length * 3 - 1] = '\0';
    }
  return ph_arena_string (arena, text);
}

/* net-tools lib/interface.c ife_print_short(), in its order. Its P is two flags: promiscuous and point-to-point. */
static void
set_letters (PhLink *link)
{
  static const struct
  {
    guint32 flag;
    char letter;
  } letters[] = {
    { IFF_ALLMULTI, 'A' },  { IFF_BROADCAST, 'B' },   { IFF_DEBUG, 'D' },   { IFF_LOOPBACK, 'L' },
    { IFF_MULTICAST, 'M' }, { IFF_DYNAMIC, 'd' },     { IFF_PROMISC, 'P' }, { IFF_NOTRAILERS, 'N' },
    { IFF_NOARP, 'O' },     { IFF_POINTOPOINT, 'P' }, { IFF_SLAVE, 's' },   { IFF_MASTER, 'm' },
    { IFF_RUNNING, 'R' },   { IFF_UP, 'U' },
  };
  guint n = 0;

  G_STATIC_ASSERT (G_N_ELEMENTS (letters) < PH_LINK_LETTERS_MAX);
  for (guint i = 0; i < G_N_ELEMENTS (letters); i++)
    if (link->flags & letters[i].flag)
      link->letters[n++] = letters[i].letter;
}

/* --- counters --- */

/* The old 32-bit struct has the same members in the same order. */
static void
take_stats (const struct nlattr *new, const struct nlattr *old, PhLink *link)
{
  guint64 *counters = (guint64 *) (gpointer) &link->stats;
  guint32 half[sizeof (struct rtnl_link_stats) / sizeof (guint32)] = { 0 };

  link->has_stats = ph_attribute_struct (new, &link->stats, sizeof link->stats);
  if (!link->has_stats && ph_attribute_struct (old, half, sizeof half))
    {
      for (guint i = 0; i < G_N_ELEMENTS (half); i++)
        counters[i] = half[i];
      link->has_stats = TRUE;
    }
  link->base.rx_bytes = link->stats.rx_bytes;
  link->base.tx_bytes = link->stats.tx_bytes;
  link->base.rx_packets = link->stats.rx_packets;
  link->base.tx_packets = link->stats.tx_packets;
}

gboolean
ph_decode_link (const struct nlmsghdr *message, PhArena *arena, PhLink *link)
{
  const struct nlattr *attributes[N_ATTRIBUTES];
  const struct ifinfomsg *info = mnl_nlmsg_get_payload (message);
  char name[PH_LINK_NAME_MAX];
  guint32 netns;

  if (!ph_decode_link_name (message, &link->key.index, name)
      || !ph_attributes_find (message, sizeof *info, attributes, N_ATTRIBUTES))
    return FALSE;

  link->head.request = PH_REQUEST_LINK_STATS;
  link->name = ph_arena_string (arena, name);
  link->flags = info->ifi_flags;
  link->type = info->ifi_type;
  link->speed = PH_LINK_SPEED_NONE;
  link->rate = (PhLinkRate){ NAN, NAN, NAN, NAN };
  link->link_netns = -1;
  set_letters (link);

  ph_attribute_u8 (attributes[IFLA_OPERSTATE], &link->state);
  ph_attribute_u32 (attributes[IFLA_MTU], &link->mtu);
  ph_attribute_u32 (attributes[IFLA_TXQLEN], &link->queue_length);
  ph_attribute_u32 (attributes[IFLA_GROUP], &link->group);
  ph_attribute_u32 (attributes[IFLA_PROMISCUITY], &link->promiscuity);
  ph_attribute_u32 (attributes[IFLA_CARRIER_CHANGES], &link->carrier_count);
  ph_attribute_u32 (attributes[IFLA_MASTER], &link->master);
  ph_attribute_u32 (attributes[IFLA_LINK], &link->link);
  if (ph_attribute_u32 (attributes[IFLA_LINK_NETNSID], &netns))
    link->link_netns = (gint32) netns;
  link->mac = take_mac (arena, attributes[IFLA_ADDRESS], link->type);
  link->broadcast = take_mac (arena, attributes[IFLA_BROADCAST], link->type);
  link->qdisc = take_text (arena, attributes[IFLA_QDISC], QDISC_MAX);
  link->alias = take_text (arena, attributes[IFLA_IFALIAS], ALIAS_MAX);
  take_stats (attributes[IFLA_STATS64], attributes[IFLA_STATS], link);
  return ph_decode_link_kind (attributes[IFLA_LINKINFO], arena, link);
}

/* --- settings --- */

gboolean
ph_decode_link_settings (const struct nlmsghdr *message, guint32 *index, guint32 *speed, guint8 *duplex)
{
  const struct nlattr *attributes[N_SETTINGS_ATTRIBUTES], *header[N_HEADER_ATTRIBUTES];
  const struct genlmsghdr *generic = mnl_nlmsg_get_payload (message);
  guint32 number = 0, rate = (guint32) SPEED_UNKNOWN;
  guint8 mode = DUPLEX_UNKNOWN;

  /* The families of generic netlink get their numbers from the kernel while it runs; only the controller's is fixed. */
  if (message->nlmsg_type < NLMSG_MIN_TYPE || message->nlmsg_type == GENL_ID_CTRL
      || !ph_attributes_find (message, GENL_HDRLEN, attributes, N_SETTINGS_ATTRIBUTES)
      || generic->cmd != ETHTOOL_MSG_LINKMODES_GET_REPLY
      || !ph_attributes_inside (attributes[ETHTOOL_A_LINKMODES_HEADER], header, N_HEADER_ATTRIBUTES)
      || !ph_attribute_u32 (header[ETHTOOL_A_HEADER_DEV_INDEX], &number) || number == 0)
    return FALSE;

  ph_attribute_u32 (attributes[ETHTOOL_A_LINKMODES_SPEED], &rate);
  ph_attribute_u8 (attributes[ETHTOOL_A_LINKMODES_DUPLEX], &mode);
  *index = number;
  /* Some drivers say 0 where there is no carrier. */
  *speed = rate == (guint32) SPEED_UNKNOWN || rate == 0 ? PH_LINK_SPEED_NONE : rate;
  *duplex = mode == DUPLEX_FULL ? PH_DUPLEX_FULL : mode == DUPLEX_HALF ? PH_DUPLEX_HALF : PH_DUPLEX_UNKNOWN;
  return TRUE;
}
