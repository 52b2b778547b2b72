/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The whole story behind a cell: flags spelled out, which counters a number is made of, why something is not known. */
#include "ph-link-columns.h"

#include <linux/if.h>
#include <math.h>
#include <string.h>

#include "ph-i18n.h"
#include "ph-link-counters.h"
#include "ph-print.h"

#define TIP_GROUPS_MAX 24

static void
append_line (GString *text, const char *line)
{
  if (text->len > 0)
    g_string_append_c (text, '\n');
  g_string_append (text, line);
}

/* "Addresses are not known: not permitted" */
static void
explain_error (const char *sentence, const PhError *error, GString *text)
{
  const char *why;

  switch (error->code)
    {
    case PH_ERROR_UNSUPPORTED:
      why = _ ("this kernel does not report them");
      break;
    case PH_ERROR_DENIED:
      why = _ ("not permitted");
      break;
    default:
      why = error->errnum != 0 ? g_strerror (error->errnum) : _ ("the answer was not whole");
      break;
    }
  g_string_append_printf (text, "%s: %s", sentence, why);
}

void
ph_link_explain_interface (gconstpointer record, const PhStyle *style, GString *text)
{
  const PhLink *link = record;

  g_string_append (text, link->name);
  if (link->alias)
    append_line (text, link->alias);
  if (link->kind)
    append_line (text, link->kind);
  if (link->detail)
    {
      g_string_append_c (text, ' ');
      g_string_append (text, link->detail);
    }
  if (link->mac)
    append_line (text, link->mac);
  for (guint i = 0; i < link->n_addresses; i++)
    {
      g_string_append_c (text, '\n');
      ph_link_address_print (&link->addresses[i], text);
    }
}

void
ph_link_explain_metric (gconstpointer record, const PhStyle *style, GString *text)
{
  g_string_append (text, _ ("Linux keeps no metric for an interface: routes have one each"));
}

/* --- counters --- */

/* Every counter that comes into the column, with its number and meaning; what is only a part of another is named where
 * there was any. */
static void
explain_counters (const PhLink *link, const char *column, GString *text)
{
  if (!link->has_stats)
    {
      g_string_append (text, _ ("The kernel sent no counters for this interface"));
      return;
    }
  for (guint i = 0; i < PH_N_LINK_COUNTERS; i++)
    {
      const PhLinkCounter *counter = &ph_link_counters[i];
      guint64 value = ph_link_counter_value (counter, &link->stats);
      char number[24]; /* ready made: a translated text cannot hold a 64-bit format */

      if (counter->column == NULL || strcmp (counter->column, column) != 0)
        continue;
      if (counter->part == PH_LINK_COUNTER_INSIDE && value == 0)
        continue;
      g_snprintf (number, sizeof number, "%" G_GUINT64_FORMAT, value);
      if (text->len > 0)
        g_string_append_c (text, '\n');
      if (counter->part == PH_LINK_COUNTER_INSIDE)
        /* Translators: a counter that is part of the one above: "among them: Wrong checksum: 3" */
        g_string_append_printf (text, _ ("among them: %s: %s"), _ (counter->title), number);
      else
        {
          g_string_append_printf (text, _ ("%s: %s"), _ (counter->title), number);
          append_line (text, _ (counter->meaning));
        }
    }
}

/* Defines ph_link_explain_COLUMN(). */
#define EXPLAIN_COUNTERS(column)                                                                                       \
  void ph_link_explain_##column (gconstpointer record, const PhStyle *style, GString *text)                            \
  {                                                                                                                    \
    explain_counters (record, #column, text);                                                                          \
  }

EXPLAIN_COUNTERS (rx_ok)
EXPLAIN_COUNTERS (rx_err)
EXPLAIN_COUNTERS (rx_drp)
EXPLAIN_COUNTERS (rx_ovr)
EXPLAIN_COUNTERS (tx_ok)
EXPLAIN_COUNTERS (tx_err)
EXPLAIN_COUNTERS (tx_drp)
EXPLAIN_COUNTERS (tx_ovr)
EXPLAIN_COUNTERS (rx_bytes)
EXPLAIN_COUNTERS (tx_bytes)
EXPLAIN_COUNTERS (multicast)
EXPLAIN_COUNTERS (collisions)

static char *
print_rate (double bytes, PhUnits units)
{
  GString *text = g_string_new (NULL);

  ph_print_rate (text, (guint64) (MIN (bytes, 1e18) + 0.5), units);
  return g_string_free (text, FALSE);
}

static char *
print_packets (double packets)
{
  return g_strdup_printf ("%.0f", packets);
}

void
ph_link_explain_traffic (gconstpointer record, const PhStyle *style, GString *text)
{
  const PhLink *link = record;

  if (!isnan (link->rate.rx_bytes))
    {
      g_autofree char *bytes = print_rate (link->rate.rx_bytes, style->units);
      g_autofree char *packets = print_packets (link->rate.rx_packets);

      g_string_append_printf (text, _ ("Received: %s, packets per second: %s"), bytes, packets);
    }
  if (!isnan (link->rate.tx_bytes))
    {
      g_autofree char *bytes = print_rate (link->rate.tx_bytes, style->units);
      g_autofree char *packets = print_packets (link->rate.tx_packets);

      if (text->len > 0)
        g_string_append_c (text, '\n');
      g_string_append_printf (text, _ ("Sent: %s, packets per second: %s"), bytes, packets);
    }
  if (text->len > 0)
    return;
  if (link->head.mark == PH_MARK_CLOSED)
    g_string_append (text, _ ("The interface is gone"));
  else if (!link->has_stats)
    g_string_append (text, _ ("The kernel sent no counters for this interface"));
  else if (link->rx_trace.n == 0)
    g_string_append (text, _ ("Rates are known after the second look"));
  else
    g_string_append (text, _ ("The counters went back since the last look, so there is no rate this time"));
}

/* --- what it is --- */

void
ph_link_explain_flags (gconstpointer record, const PhStyle *style, GString *text)
{
  static const struct
  {
    guint32 flag;
    const char *sentence;
  } sentences[] = {
    { IFF_ALLMULTI, N_ ("A: takes the packets of every multicast group") },
    { IFF_BROADCAST, N_ ("B: can send to all at once (broadcast)") },
    { IFF_DEBUG, N_ ("D: its driver is being debugged") },
    { IFF_LOOPBACK, N_ ("L: loopback, to this computer itself") },
    { IFF_MULTICAST, N_ ("M: can send to groups (multicast)") },
    { IFF_DYNAMIC, N_ ("d: its addresses are lost when it goes down") },
    { IFF_PROMISC, N_ ("P: takes every packet, whoever it is for (promiscuous)") },
    { IFF_NOTRAILERS, N_ ("N: no trailers") },
    { IFF_NOARP, N_ ("O: does not ask for hardware addresses (no ARP)") },
    { IFF_POINTOPOINT, N_ ("P: has one other end (point-to-point)") },
    { IFF_SLAVE, N_ ("s: part of a bond") },
    { IFF_MASTER, N_ ("m: a bond of other links") },
    { IFF_RUNNING, N_ ("R: running, can carry data") },
    { IFF_UP, N_ ("U: up, switched on") },
  };
  const PhLink *link = record;

  for (guint i = 0; i < G_N_ELEMENTS (sentences); i++)
    if (link->flags & sentences[i].flag)
      append_line (text, _ (sentences[i].sentence));
  if (text->len == 0)
    g_string_append (text, _ ("No flags are set"));
  /* What a packet socket asks for does not show in the flags. */
  if (link->promiscuity > 0 && !(link->flags & IFF_PROMISC))
    {
      g_string_append_c (text, '\n');
      g_string_append_printf (
          text,
          g_dngettext (GETTEXT_PACKAGE, "Takes every packet all the same: %u program or link asked for it",
                       "Takes every packet all the same: %u programs or links asked for it", link->promiscuity),
          link->promiscuity);
    }
}

void
ph_link_explain_state (gconstpointer record, const PhStyle *style, GString *text)
{
  static const char *const sentences[] = {
    [IF_OPER_UNKNOWN] = N_ ("Its driver does not tell whether it can carry data; it is usable if it is running"),
    [IF_OPER_NOTPRESENT] = N_ ("Its hardware is not there"),
    [IF_OPER_DOWN] = N_ ("Cannot carry data: switched off, or no cable or network"),
    [IF_OPER_LOWERLAYERDOWN] = N_ ("Cannot carry data because the link that it stands on cannot"),
    [IF_OPER_TESTING] = N_ ("Being tested"),
    [IF_OPER_DORMANT] = N_ ("Waits for something outside, such as a log-in to the network"),
    [IF_OPER_UP] = N_ ("Can carry data"),
  };
  const PhLink *link = record;
  guint state = link->state < G_N_ELEMENTS (sentences) ? link->state : IF_OPER_UNKNOWN;

  g_string_append (text, ph_link_state_name (link));
  append_line (text, _ (sentences[state]));
  if (!(link->flags & IFF_UP))
    append_line (text, _ ("It is switched off"));
  else if (!(link->flags & IFF_LOWER_UP))
    append_line (text, _ ("It is switched on, but has no carrier"));
}

void
ph_link_explain_kind (gconstpointer record, const PhStyle *style, GString *text)
{
  static const struct
  {
    const char *kind;
    const char *sentence;
  } sentences[] = {
    { "ether", N_ ("Ethernet, or what looks like it: network cards, wireless ones among them") },
    { "loopback", N_ ("This computer talking to itself") },
    { "veth", N_ ("One end of a pair; the other is often in a container") },
    { "bridge", N_ ("A switch made of software") },
    { "bond", N_ ("Several links used as one") },
    { "team", N_ ("Several links used as one") },
    { "vlan", N_ ("A virtual network on another link (IEEE 802.1Q)") },
    { "macvlan", N_ ("A further hardware address on another link") },
    { "ipvlan", N_ ("Further IP addresses on another link") },
    { "tun", N_ ("A program stands at its other end: VPNs and virtual machines use it") },
    { "wireguard", N_ ("A WireGuard VPN") },
    { "vxlan", N_ ("An Ethernet carried in UDP") },
    { "dummy", N_ ("Takes packets and drops them") },
    { "vrf", N_ ("Routing tables of its own for the links in it") },
    { "ppp", N_ ("Point-to-point: modems and some VPNs") },
    { "ipip", N_ ("IPv4 carried in IPv4") },
    { "sit", N_ ("IPv6 carried in IPv4") },
    { "gre", N_ ("Packets carried in IP (GRE)") },
    { "ifb", N_ ("Holds packets back on their way in, for traffic shaping") },
    { "can", N_ ("A CAN bus") },
    { "infiniband", N_ ("InfiniBand") },
  };
  const PhLink *link = record;

  if (!link->kind)
    {
      g_string_append_printf (text, _ ("Hardware type %u, for which there is no name"), link->type);
      return;
    }
  g_string_append (text, link->kind);
  if (link->detail)
    {
      g_string_append_c (text, ' ');
      g_string_append (text, link->detail);
    }
  for (guint i = 0; i < G_N_ELEMENTS (sentences); i++)
    if (strcmp (link->kind, sentences[i].kind) == 0)
      append_line (text, _ (sentences[i].sentence));
}

void
ph_link_explain_link (gconstpointer record, const PhStyle *style, GString *text)
{
  const PhLink *link = record;

  if (link->link == 0)
    return;
  g_string_append (text, link->link_name);
  if (link->link_netns >= 0)
    append_line (text, _ ("In another network namespace"));
}

void
ph_link_explain_speed (gconstpointer record, const PhStyle *style, GString *text)
{
  const PhLink *link = record;

  if (link->settings_error.code != PH_ERROR_NONE)
    {
      explain_error (_ ("Speed and duplex mode are not known"), &link->settings_error, text);
      return;
    }
  ph_link_format_speed (record, style, text);
  if (link->duplex == PH_DUPLEX_FULL)
    append_line (text, _ ("Full duplex: both ends can send at once"));
  else if (link->duplex == PH_DUPLEX_HALF)
    append_line (text, _ ("Half duplex: one end at a time can send"));
  if (text->len == 0)
    g_string_append (text, _ ("Its driver does not tell: it has no speed, or no carrier"));
}

/* --- lists --- */

static void
explain_lifetime (const PhLinkAddress *address, GString *text)
{
  g_autoptr (GString) duration = g_string_new (NULL);

  if (address->valid_s == PH_LIFETIME_FOREVER)
    return;
  ph_print_duration (duration, address->valid_s);
  g_string_append (text, ", ");
  /* Translators: of an IP address */
  g_string_append_printf (text, _ ("valid for %s"), duration->str);
  if (address->preferred_s == PH_LIFETIME_FOREVER || address->preferred_s == 0) /* then it says "deprecated" */
    return;
  g_string_truncate (duration, 0);
  ph_print_duration (duration, address->preferred_s);
  g_string_append (text, ", ");
  /* Translators: of an IP address: for how long new connections still use it */
  g_string_append_printf (text, _ ("preferred for %s"), duration->str);
}

void
ph_link_explain_addresses (gconstpointer record, const PhStyle *style, GString *text)
{
  const PhLink *link = record;

  if (link->addresses_error.code != PH_ERROR_NONE)
    {
      explain_error (_ ("Addresses are not known"), &link->addresses_error, text);
      return;
    }
  if (link->n_addresses == 0)
    g_string_append (text, _ ("It has no IP address"));
  for (guint i = 0; i < link->n_addresses; i++)
    {
      const PhLinkAddress *address = &link->addresses[i];
      gsize length;

      if (i > 0)
        g_string_append_c (text, '\n');
      ph_link_address_print (address, text);
      g_string_append (text, " scope ");
      ph_link_scope_print (address->scope, text);
      g_string_append_c (text, ' ');
      length = text->len;
      ph_link_address_flags_print (address, text);
      if (text->len == length)
        g_string_truncate (text, length - 1);
      explain_lifetime (address, text);
    }
}

void
ph_link_explain_groups (gconstpointer record, const PhStyle *style, GString *text)
{
  const PhLink *link = record;
  guint shown = MIN (link->n_groups, TIP_GROUPS_MAX);

  if (link->groups_error.code != PH_ERROR_NONE)
    {
      explain_error (_ ("Multicast groups are not known"), &link->groups_error, text);
      return;
    }
  if (link->n_groups == 0)
    g_string_append (text, _ ("It is in no multicast group"));
  for (guint i = 0; i < shown; i++)
    {
      char number[PH_ADDRESS_TEXT_MAX];

      ph_address_format (&link->groups[i], number);
      append_line (text, number);
    }
  if (shown < link->n_groups)
    {
      guint rest = link->n_groups - shown;

      g_string_append_c (text, '\n');
      g_string_append_printf (text, g_dngettext (GETTEXT_PACKAGE, "and %u more", "and %u more", rest), rest);
    }
}
