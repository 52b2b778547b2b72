/* SPDX-License-Identifier: GPL-3.0-or-later */
/* struct ifaddrmsg and its IFA attributes (linux/if_addr.h), and how ip-address(8) writes what they say. */
#include "ph-link-decode.h"

#include <linux/if_addr.h>
#include <linux/rtnetlink.h>
#include <sys/socket.h>

#include "ph-print.h"

#define N_ATTRIBUTES (IFA_FLAGS + 1)

static gboolean
take_address (const struct nlattr *attribute, PhFamily family, PhAddress *address)
{
  gsize size = family == PH_FAMILY_IPV4 ? 4 : 16;

  if (attribute == NULL || mnl_attr_get_payload_len (attribute) < size)
    return FALSE;
  ph_address_set (address, family, mnl_attr_get_payload (attribute));
  return TRUE;
}

static gboolean
is_link_local (const PhAddress *address)
{
  return address->family == PH_FAMILY_IPV6 && address->bytes[0] == 0xfe && (address->bytes[1] & 0xc0) == 0x80;
}

/* IFA_LOCAL is the link's own address and IFA_ADDRESS the other end's, or the same; IPv6 sends IFA_LOCAL only where
 * there is another end. */
gboolean
ph_decode_link_address (const struct nlmsghdr *message, guint32 *index, PhLinkAddress *address)
{
  const struct nlattr *attributes[N_ATTRIBUTES];
  const struct ifaddrmsg *head = mnl_nlmsg_get_payload (message);
  struct ifa_cacheinfo life = { .ifa_prefered = PH_LIFETIME_FOREVER, .ifa_valid = PH_LIFETIME_FOREVER };
  PhFamily family;

  *address = (PhLinkAddress){ 0 };
  if (message->nlmsg_type != RTM_NEWADDR || !ph_attributes_find (message, sizeof *head, attributes, N_ATTRIBUTES)
      || (head->ifa_family != AF_INET && head->ifa_family != AF_INET6) || head->ifa_index == 0)
    return FALSE;
  family = head->ifa_family == AF_INET ? PH_FAMILY_IPV4 : PH_FAMILY_IPV6;
  if (head->ifa_prefixlen > (family == PH_FAMILY_IPV4 ? 32 : 128))
    return FALSE;

  if (!take_address (attributes[IFA_LOCAL], family, &address->address))
    {
      if (!take_address (attributes[IFA_ADDRESS], family, &address->address))
        return FALSE;
    }
  else if (take_address (attributes[IFA_ADDRESS], family, &address->peer)
           && ph_address_compare (&address->peer, &address->address) == 0)
    address->peer = (PhAddress){ 0 };
  take_address (attributes[IFA_BROADCAST], family, &address->broadcast);
  if (is_link_local (&address->address))
    address->address.scope = head->ifa_index;
  if (is_link_local (&address->peer))
    address->peer.scope = head->ifa_index;

  ph_attribute_struct (attributes[IFA_CACHEINFO], &life, sizeof life);
  *index = head->ifa_index;
  address->prefix = head->ifa_prefixlen;
  address->scope = head->ifa_scope;
  address->flags = head->ifa_flags;
  ph_attribute_u32 (attributes[IFA_FLAGS], &address->flags);
  address->valid_s = life.ifa_valid;
  address->preferred_s = life.ifa_prefered;
  return TRUE;
}

void
ph_link_address_print (const PhLinkAddress *address, GString *text)
{
  char number[PH_ADDRESS_TEXT_MAX];

  ph_address_format (&address->address, number);
  g_string_append (text, number);
  if (address->peer.family != PH_FAMILY_NONE)
    {
      ph_address_format (&address->peer, number);
      g_string_append (text, " peer ");
      g_string_append (text, number);
    }
  g_string_append_c (text, '/');
  ph_print_uint (text, address->prefix);
}

void
ph_link_scope_print (guint scope, GString *text)
{
  switch (scope)
    {
    case RT_SCOPE_UNIVERSE:
      g_string_append (text, "global");
      break;
    case RT_SCOPE_SITE:
      g_string_append (text, "site");
      break;
    case RT_SCOPE_LINK:
      g_string_append (text, "link");
      break;
    case RT_SCOPE_HOST:
      g_string_append (text, "host");
      break;
    case RT_SCOPE_NOWHERE:
      g_string_append (text, "nowhere");
      break;
    default:
      ph_print_uint (text, scope);
      break;
    }
}

void
ph_link_address_flags_print (const PhLinkAddress *address, GString *text)
{
  static const struct
  {
    guint32 flag;
    const char *word;
  } words[] = {
    { IFA_F_NODAD, "nodad" },
    { IFA_F_OPTIMISTIC, "optimistic" },
    { IFA_F_DADFAILED, "dadfailed" },
    { IFA_F_HOMEADDRESS, "home" },
    { IFA_F_DEPRECATED, "deprecated" },
    { IFA_F_TENTATIVE, "tentative" },
    { IFA_F_MANAGETEMPADDR, "mngtmpaddr" },
    { IFA_F_NOPREFIXROUTE, "noprefixroute" },
    { IFA_F_MCAUTOJOIN, "autojoin" },
    { IFA_F_STABLE_PRIVACY, "stable-privacy" },
  };
  gsize start = text->len;

  /* One bit with two meanings. */
  if (address->flags & IFA_F_SECONDARY)
    g_string_append (text, address->address.family == PH_FAMILY_IPV6 ? "temporary " : "secondary ");
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (address->flags & words[i].flag)
      {
        g_string_append (text, words[i].word);
        g_string_append_c (text, ' ');
      }
  if (!(address->flags & IFA_F_PERMANENT))
    g_string_append (text, "dynamic ");
  if (text->len > start)
    g_string_truncate (text, text->len - 1);
}
