/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What kind of link it is, and what belongs to the kind: IFLA_LINKINFO (linux/if_link.h, linux/if_tun.h), in the words
 * of ip-link(8). */
#include "ph-link-decode.h"

#include <linux/if_arp.h>
#include <linux/if_ether.h>
#include <linux/if_link.h>
#include <linux/if_tun.h>
#include <string.h>

#define N_INFO_ATTRIBUTES (IFLA_INFO_DATA + 1)
#define N_DATA_ATTRIBUTES 16
#define KIND_MAX          64 /* bytes; a kind is the name of a module */

/* The largest of those below. */
G_STATIC_ASSERT (IFLA_BR_STP_STATE < N_DATA_ATTRIBUTES);

/* As ip(8) names link layers. */
static const char *
type_name (guint type)
{
  static const struct
  {
    guint16 type;
    const char *name;
  } names[] = {
    { ARPHRD_ETHER, "ether" },
    { ARPHRD_LOOPBACK, "loopback" },
    { ARPHRD_NONE, "none" },
    { ARPHRD_PPP, "ppp" },
    { ARPHRD_TUNNEL, "ipip" },
    { ARPHRD_TUNNEL6, "tunnel6" },
    { ARPHRD_SIT, "sit" },
    { ARPHRD_IPGRE, "gre" },
    { ARPHRD_IP6GRE, "gre6" },
    { ARPHRD_INFINIBAND, "infiniband" },
    { ARPHRD_IEEE80211, "ieee802.11" },
    { ARPHRD_IEEE80211_PRISM, "ieee802.11/prism" },
    { ARPHRD_IEEE80211_RADIOTAP, "ieee802.11/radiotap" },
    { ARPHRD_IEEE802154, "ieee802.15.4" },
    { ARPHRD_IEEE1394, "ieee1394" },
    { ARPHRD_CAN, "can" },
    { ARPHRD_SLIP, "slip" },
    { ARPHRD_CSLIP, "cslip" },
    { ARPHRD_NETLINK, "netlink" },
    { ARPHRD_6LOWPAN, "6lowpan" },
    { ARPHRD_RAWIP, "rawip" },
    { ARPHRD_VOID, "void" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (names[i].type == type)
      return names[i].name;
  return NULL;
}

/* However wide the kind has it; 0 where it is not there. */
static guint32
number_of (const struct nlattr *attribute)
{
  gsize size = attribute ? mnl_attr_get_payload_len (attribute) : 0;
  guint8 byte = 0;
  guint16 half = 0;
  guint32 word = 0;

  if (size >= sizeof word)
    {
      ph_attribute_u32 (attribute, &word);
      return word;
    }
  if (size >= sizeof half)
    {
      ph_attribute_struct (attribute, &half, sizeof half);
      return half;
    }
  ph_attribute_u8 (attribute, &byte);
  return byte;
}

static const char *
name_of (guint number, const char *const *names, guint n)
{
  return number < n ? names[number] : NULL;
}

static void
print_vlan (const struct nlattr *const *data, GString *text)
{
  if (number_of (data[IFLA_VLAN_PROTOCOL]) == g_htons (ETH_P_8021AD))
    g_string_append (text, "protocol 802.1ad");
  if (data[IFLA_VLAN_ID])
    g_string_append_printf (text, "%sid %u", text->len > 0 ? " " : "", number_of (data[IFLA_VLAN_ID]));
}

static void
print_bond (const struct nlattr *const *data, GString *text)
{
  static const char *const modes[]
      = { "balance-rr", "active-backup", "balance-xor", "broadcast", "802.3ad", "balance-tlb", "balance-alb" };
  const char *mode = name_of (number_of (data[IFLA_BOND_MODE]), modes, G_N_ELEMENTS (modes));

  if (data[IFLA_BOND_MODE] && mode)
    g_string_append_printf (text, "mode %s", mode);
}

static void
print_macvlan (const struct nlattr *const *data, GString *text)
{
  static const char *const modes[] = { "private", "vepa", "bridge", "passthru", "source" };
  guint32 bits = number_of (data[IFLA_MACVLAN_MODE]);
  const char *mode = bits != 0 ? name_of ((guint) __builtin_ctz (bits), modes, G_N_ELEMENTS (modes)) : NULL;

  if (mode)
    g_string_append_printf (text, "mode %s", mode);
}

static void
print_tun (const struct nlattr *const *data, GString *text)
{
  guint type = number_of (data[IFLA_TUN_TYPE]);

  if (type == IFF_TUN)
    g_string_append (text, "tun");
  else if (type == IFF_TAP)
    g_string_append (text, "tap");
}

static void
print_bridge (const struct nlattr *const *data, GString *text)
{
  if (data[IFLA_BR_STP_STATE])
    g_string_append (text, number_of (data[IFLA_BR_STP_STATE]) ? "stp on" : "stp off");
}

static void
print_vxlan (const struct nlattr *const *data, GString *text)
{
  if (data[IFLA_VXLAN_ID])
    g_string_append_printf (text, "id %u", number_of (data[IFLA_VXLAN_ID]));
}

static void
print_vrf (const struct nlattr *const *data, GString *text)
{
  if (data[IFLA_VRF_TABLE])
    g_string_append_printf (text, "table %u", number_of (data[IFLA_VRF_TABLE]));
}

static void
print_detail (const char *kind, const struct nlattr *const *data, GString *text)
{
  static const struct
  {
    const char *kind;
    void (*print) (const struct nlattr *const *data, GString *text);
  } kinds[] = {
    { "vlan", print_vlan }, { "bond", print_bond },     { "macvlan", print_macvlan }, { "macvtap", print_macvlan },
    { "tun", print_tun },   { "bridge", print_bridge }, { "vxlan", print_vxlan },     { "vrf", print_vrf },
  };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (strcmp (kind, kinds[i].kind) == 0)
      kinds[i].print (data, text);
}

gboolean
ph_decode_link_kind (const struct nlattr *attribute, PhArena *arena, PhLink *link)
{
  const struct nlattr *info[N_INFO_ATTRIBUTES], *data[N_DATA_ATTRIBUTES];
  g_autoptr (GString) detail = NULL;
  const char *kind;
  gsize length;

  if (!ph_attributes_inside (attribute, info, N_INFO_ATTRIBUTES)
      || !ph_attributes_inside (info[IFLA_INFO_DATA], data, N_DATA_ATTRIBUTES))
    return FALSE;
  kind = ph_attribute_string (info[IFLA_INFO_KIND], &length);
  if (kind == NULL)
    {
      link->kind = type_name (link->type);
      return TRUE;
    }
  link->kind = ph_arena_text (arena, kind, MIN (length, KIND_MAX));
  detail = g_string_new (NULL);
  print_detail (link->kind, data, detail);
  if (detail->len > 0)
    link->detail = ph_arena_string (arena, detail->str);
  return TRUE;
}
