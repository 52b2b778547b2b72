/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How a route is written for people, and the whole story behind a cell. */
#include "ph-route-columns.h"

#include <linux/rtnetlink.h>

#include "ph-i18n.h"
#include "ph-print.h"
#include "ph-route-flags.h"

static void
append_line (GString *text, const char *line)
{
  if (text->len > 0)
    g_string_append_c (text, '\n');
  g_string_append (text, line);
}

static void
append_host (const PhAddress *address, const PhStyle *style, GString *text)
{
  char number[PH_ADDRESS_TEXT_MAX];
  char name[256];

  g_string_append_len (text, number, (gssize) ph_address_format (address, number));
  if (!style->numeric && style->names && ph_names_host (style->names, address, !style->quiet, name, sizeof name))
    {
      g_string_append (text, PH_NAME_SEPARATOR);
      g_string_append (text, name);
    }
}

/* As netstat: "default", for IPv6 with the length of the prefix, for which there is no other column. */
void
ph_route_format_destination (gconstpointer record, const PhStyle *style, GString *text)
{
  const PhRoute *route = record;
  const PhRouteKey *key = &route->key;

  if (ph_route_hop (route) != 0)
    g_string_append (text, "↳ ");
  if (key->prefix_length == 0 && !style->numeric)
    g_string_append (text, "default");
  else if (ph_route_is (route, PH_ROUTE_IS_HOST) && !ph_address_is_any (&key->destination))
    append_host (&key->destination, style, text);
  else
    {
      char number[PH_ADDRESS_TEXT_MAX];

      g_string_append_len (text, number, (gssize) ph_address_format (&key->destination, number));
      if (key->family == PH_FAMILY_IPV6)
        g_string_append_printf (text, "/%u", key->prefix_length);
    }
}

void
ph_route_format_gateway (gconstpointer record, const PhStyle *style, GString *text)
{
  const PhRoute *route = record;
  PhValue value = { PH_VALUE_NONE };

  if (route->n_hops > 0)
    {
      g_string_append_printf (text, g_dngettext (GETTEXT_PACKAGE, "%u next hop", "%u next hops", route->n_hops),
                              route->n_hops);
      return;
    }
  if (route->key.gateway.family != PH_FAMILY_NONE)
    append_host (&route->key.gateway, style, text);
  else
    {
      ph_route_value_gateway (record, &value);
      ph_value_append (&value, text);
    }
}

void
ph_route_format_expires (gconstpointer record, const PhStyle *style, GString *text)
{
  const PhRoute *route = record;

  if (route->expires != PH_ROUTE_NEVER)
    ph_print_duration (text, route->expires);
}

void
ph_route_format_tos (gconstpointer record, const PhStyle *style, GString *text)
{
  const PhRoute *route = record;

  if (route->key.tos == 0)
    g_string_append_c (text, '0');
  else
    ph_print_hex (text, route->key.tos);
}

/* --- tips --- */

void
ph_route_explain_destination (gconstpointer record, const PhStyle *style, GString *text)
{
  const PhRoute *route = record;
  const PhRouteKey *key = &route->key;
  char number[PH_ADDRESS_TEXT_MAX];

  ph_address_format (&key->destination, number);
  g_string_append_printf (text, "%s/%u", number, key->prefix_length);
  if (key->prefix_length == 0)
    append_line (text, _ ("Every address that no other route is for"));
  else if (ph_route_is (route, PH_ROUTE_IS_HOST))
    append_line (text, _ ("This address only"));
  else
    {
      g_string_append_c (text, '\n');
      g_string_append_printf (text,
                              g_dngettext (GETTEXT_PACKAGE, "Every address with the same first %u bit",
                                           "Every address with the same first %u bits", key->prefix_length),
                              key->prefix_length);
    }
  if (ph_route_hop (route) != 0)
    {
      g_string_append_c (text, '\n');
      g_string_append_printf (text, _ ("Next hop %u of a route that has several"), ph_route_hop (route));
    }
}

void
ph_route_explain_gateway (gconstpointer record, const PhStyle *style, GString *text)
{
  const PhRoute *route = record;

  ph_route_format_gateway (record, style, text);
  if (route->n_hops > 0)
    append_line (text, _ ("Packets are spread over its next hops, by their weights"));
  else if (route->key.gateway.family != PH_FAMILY_NONE)
    append_line (text, route->key.family == PH_FAMILY_IPV4 && route->key.gateway.family == PH_FAMILY_IPV6
                           ? _ ("Packets are handed to this gateway, which is reached by IPv6")
                           : _ ("Packets are handed to this gateway"));
  else if (ph_route_is (route, PH_ROUTE_IS_REJECT))
    append_line (text, _ ("Packets are sent nowhere"));
  else if (route->key.type == RTN_LOCAL)
    append_line (text, _ ("Packets are for this computer"));
  else if (route->key.type == RTN_THROW)
    append_line (text, _ ("The search ends in this table and goes on with the next rule"));
  else
    append_line (text, _ ("No gateway: the destination is on the interface's own network"));
}

void
ph_route_explain_genmask (gconstpointer record, const PhStyle *style, GString *text)
{
  const PhRoute *route = record;
  PhAddress mask;
  char number[PH_ADDRESS_TEXT_MAX];

  ph_route_mask (route->key.family, route->key.prefix_length, &mask);
  ph_address_format (&mask, number);
  g_string_append (text, number);
  g_string_append_c (text, '\n');
  g_string_append_printf (text, _ ("Prefix length: %u"), route->key.prefix_length);
}

void
ph_route_explain_flags (gconstpointer record, const PhStyle *style, GString *text)
{
  const PhRoute *route = record;
  guint flags = ph_route_flags (route);

  for (guint i = 0; i < PH_ROUTE_N_FLAGS; i++)
    if (flags & (1u << i))
      {
        if (text->len > 0)
          g_string_append_c (text, '\n');
        g_string_append_printf (text, "%c  %s", ph_route_flag_letter (i, route->key.family),
                                ph_route_flag_sentence (i));
      }
}

void
ph_route_explain_mss (gconstpointer record, const PhStyle *style, GString *text)
{
  const PhRoute *route = record;

  if (route->metrics && route->metrics->advmss != 0)
    g_string_append_printf (text, _ ("Segments of %u bytes are announced; with the headers of IP and TCP %u"),
                            route->metrics->advmss, ph_route_mss (route));
  else
    g_string_append (text, _ ("Not set: follows from the interface's MTU"));
}

void
ph_route_explain_type (gconstpointer record, const PhStyle *style, GString *text)
{
  static const char *const sentences[] = {
    [RTN_UNICAST] = N_ ("Packets are sent on their way"),
    [RTN_LOCAL] = N_ ("An address of this computer: packets are delivered here"),
    [RTN_BROADCAST] = N_ ("Packets are sent to every host on the interface's network"),
    [RTN_ANYCAST] = N_ ("An address that several routers share"),
    [RTN_MULTICAST] = N_ ("A multicast group"),
    [RTN_BLACKHOLE] = N_ ("Packets are thrown away without a word"),
    [RTN_UNREACHABLE] = N_ ("Packets are refused: host unreachable"),
    [RTN_PROHIBIT] = N_ ("Packets are refused: prohibited by an administrator"),
    [RTN_THROW] = N_ ("The search ends in this table and goes on with the next rule"),
  };
  const PhRoute *route = record;
  guint type = route->key.type;

  g_string_append (text, ph_route_type_name (route->key.type));
  if (type < G_N_ELEMENTS (sentences) && sentences[type])
    append_line (text, _ (sentences[type]));
}

void
ph_route_explain_scope (gconstpointer record, const PhStyle *style, GString *text)
{
  guint8 scope = ((const PhRoute *) record)->scope;

  g_string_append (text, ph_route_scope_name (scope));
  switch (scope)
    {
    case RT_SCOPE_UNIVERSE:
      append_line (text, _ ("Anywhere, through gateways"));
      break;
    case RT_SCOPE_LINK:
      append_line (text, _ ("Only on the interface's own network"));
      break;
    case RT_SCOPE_HOST:
      append_line (text, _ ("Only within this computer"));
      break;
    case RT_SCOPE_NOWHERE:
      append_line (text, _ ("Nowhere: the destination does not exist"));
      break;
    default:
      break;
    }
}

void
ph_route_explain_table (gconstpointer record, const PhStyle *style, GString *text)
{
  const PhRoute *route = record;
  guint32 table = ph_route_table (route);

  g_string_append_printf (text, _ ("Table %s, number %u"), route->table_name ? route->table_name : "", table);
  if (table == RT_TABLE_MAIN)
    append_line (text, _ ("The one that routes are put into if nothing else is said"));
  else if (table == RT_TABLE_LOCAL)
    append_line (text, _ ("The addresses of this computer, kept by the kernel"));
}

void
ph_route_explain_protocol (gconstpointer record, const PhStyle *style, GString *text)
{
  const PhRoute *route = record;

  g_string_append (text, route->protocol_name ? route->protocol_name : "");
  switch (route->protocol)
    {
    case RTPROT_REDIRECT:
      append_line (text, _ ("Installed by an ICMP redirect"));
      break;
    case RTPROT_KERNEL:
      append_line (text, _ ("Installed by the kernel, with an address of an interface"));
      break;
    case RTPROT_BOOT:
      append_line (text, _ ("Installed by a program that does not say who it is"));
      break;
    case RTPROT_STATIC:
      append_line (text, _ ("Installed by the administrator"));
      break;
    case RTPROT_RA:
      append_line (text, _ ("Installed by a router advertisement"));
      break;
    case RTPROT_DHCP:
      append_line (text, _ ("Installed by a DHCP client"));
      break;
    default:
      break;
    }
}

/* --- status --- */

static const struct
{
  guint32 bit;
  const char *word;
  const char *sentence;
} statuses[] = {
  { RTNH_F_DEAD, "dead", N_ ("The interface is down: the route is not used") },
  { RTNH_F_LINKDOWN, "linkdown", N_ ("The interface has no carrier") },
  { RTNH_F_ONLINK, "onlink", N_ ("The gateway is taken to be on the interface's network, whatever its address") },
  { RTNH_F_PERVASIVE, "pervasive", N_ ("The gateway is looked up in turn") },
  { RTNH_F_OFFLOAD, "offload", N_ ("The network card forwards the packets itself") },
  { RTNH_F_TRAP, "trap", N_ ("The network card hands the packets to the kernel") },
  { RTNH_F_UNRESOLVED, "unresolved", N_ ("The entry is not resolved yet") },
  { RTM_F_OFFLOAD, "rt_offload", N_ ("The network card forwards the packets itself") },
  { RTM_F_TRAP, "rt_trap", N_ ("The network card hands the packets to the kernel") },
  { RTM_F_OFFLOAD_FAILED, "rt_offload_failed", N_ ("The network card could not take the route over") },
};

void
ph_route_append_status (const PhRoute *route, GString *text)
{
  for (guint i = 0; i < G_N_ELEMENTS (statuses); i++)
    if (route->flags & statuses[i].bit)
      {
        if (text->len > 0)
          g_string_append_c (text, ' ');
        g_string_append (text, statuses[i].word);
      }
}

void
ph_route_explain_status (gconstpointer record, const PhStyle *style, GString *text)
{
  const PhRoute *route = record;

  for (guint i = 0; i < G_N_ELEMENTS (statuses); i++)
    if (route->flags & statuses[i].bit)
      append_line (text, _ (statuses[i].sentence));
  if (text->len == 0)
    g_string_append (text, _ ("Nothing special"));
}
