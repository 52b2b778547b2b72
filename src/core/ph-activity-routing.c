/* SPDX-License-Identifier: GPL-3.0-or-later */
/* See ph-activity-routing.h. */
#include "ph-activity-routing.h"

#include <linux/if_addr.h>
#include <linux/rtnetlink.h>

#include "ph-print.h"

#define HOPS_MAX 16 /* in words; what is beyond is counted */

static void
append_word (GString *text, const char *word)
{
  if (text->len > 0)
    g_string_append_c (text, ' ');
  g_string_append (text, word);
}

static void
append_number (GString *text, const char *word, guint64 number)
{
  append_word (text, word);
  g_string_append_c (text, ' ');
  ph_print_uint (text, number);
}

static void
append_address (GString *text, const char *word, const PhAddress *address)
{
  char number[PH_ADDRESS_TEXT_MAX];

  if (address->family == PH_FAMILY_NONE)
    return;
  ph_address_format (address, number);
  append_word (text, word);
  append_word (text, number);
}

/* --- routes --- */

static void
append_hop (GString *text, const PhRouteKey *key, PhInterfaceName name, gpointer user)
{
  append_address (text, "via", &key->gateway);
  if (key->interface != 0)
    {
      append_word (text, "dev");
      append_word (text, name (user, key->interface));
    }
}

static void
append_hops (
    GString *text, const PhRoute *route, PhRouteHops *hops, PhArena *arena, PhInterfaceName name, gpointer user)
{
  PhRoute hop = { 0 }, last = *route;
  guint n = 0;

  for (; hops->left > 0 && ph_decode_route_hop (hops, arena, &last, &hop); n++)
    {
      if (n < HOPS_MAX)
        {
          append_word (text, "nexthop");
          append_hop (text, &hop.key, name, user);
        }
      last = hop;
      hop = (PhRoute){ 0 };
    }
  if (n > HOPS_MAX)
    append_number (text, "nexthops", n);
}

/* The names that need no file: linux/rtnetlink.h. */
static const char *
protocol_name (guint protocol)
{
  switch (protocol)
    {
    case RTPROT_REDIRECT:
      return "redirect";
    case RTPROT_KERNEL:
      return "kernel";
    case RTPROT_BOOT:
      return NULL; /* as good as nobody says: ip(8) without "proto" */
    case RTPROT_STATIC:
      return "static";
    case RTPROT_RA:
      return "ra";
    case RTPROT_DHCP:
      return "dhcp";
    default:
      return NULL;
    }
}

void
ph_activity_set_route (
    PhActivity *entry, const PhRoute *route, PhRouteHops *hops, PhArena *arena, PhInterfaceName name, gpointer user)
{
  g_autoptr (GString) text = g_string_new (NULL);
  const guint32 table = ph_route_table (route);
  const char *protocol = protocol_name (route->protocol);

  entry->remote = route->key.destination;
  entry->prefix_length = route->key.prefix_length;
  entry->interface = route->key.interface;
  if (route->key.interface != 0)
    entry->interface_name = ph_arena_string (arena, name (user, route->key.interface));

  if (route->key.type != RTN_UNICAST)
    append_word (text, ph_route_type_name (route->key.type));
  append_hop (text, &route->key, name, user);
  append_hops (text, route, hops, arena, name, user);
  if (route->nexthop != 0)
    append_number (text, "nhid", route->nexthop);
  if (table == RT_TABLE_DEFAULT)
    append_word (text, "table default");
  else if (table != RT_TABLE_MAIN)
    append_number (text, "table", table);
  if (protocol)
    {
      append_word (text, "proto");
      append_word (text, protocol);
    }
  append_address (text, "src", &route->source);
  if (ph_route_metric (route) != 0)
    append_number (text, "metric", ph_route_metric (route));
  entry->detail = text->len > 0 ? ph_arena_string (arena, text->str) : NULL;
}

/* --- addresses --- */

void
ph_activity_set_address (PhActivity *entry, const PhLinkAddress *address, PhArena *arena)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GString) flags = g_string_new (NULL);
  PhLinkAddress lasting = *address;

  entry->local = address->address;
  entry->prefix_length = address->prefix;
  append_address (text, "peer", &address->peer);
  if (address->scope != RT_SCOPE_UNIVERSE)
    {
      append_word (text, "scope ");
      ph_link_scope_print (address->scope, text);
    }
  lasting.flags &= ~(guint32) (IFA_F_TENTATIVE | IFA_F_OPTIMISTIC); /* for the moment only */
  ph_link_address_flags_print (&lasting, flags);
  if (flags->len > 0)
    append_word (text, flags->str);
  entry->detail = text->len > 0 ? ph_arena_string (arena, text->str) : NULL;
}
