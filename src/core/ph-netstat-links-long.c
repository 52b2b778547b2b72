/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Interfaces as netstat -ie prints them, which is how ifconfig(8) does: a paragraph each. Every address is shown, not
 * only the first of IPv4; an address of hardware that has none is left out, and so is a broadcast address that is not
 * set. Which counters are added up for "dropped", "frame" and "carrier" is the kernel's choice for /proc/net/dev
 * (net/core/net-procfs.c).
 */
#include <linux/if.h>
#include <linux/if_arp.h>
#include <linux/rtnetlink.h>

#include "ph-netstat-links.h"
#include "ph-route.h"

#define INDENT "        "

/* By bit. */
static const char *const flag_names[16]
    = { "UP",      "BROADCAST", "DEBUG",  "LOOPBACK", "POINTOPOINT", "NOTRAILERS", "RUNNING",   "NOARP",
        "PROMISC", "ALLMULTI",  "MASTER", "SLAVE",    "MULTICAST",   "PORTSEL",    "AUTOMEDIA", "DYNAMIC" };

static const struct
{
  guint16 type; /* ARPHRD_* */
  const char *name;
  const char *title;
  gboolean no_address; /* what it has for one says nothing */
} hardware[] = {
  { ARPHRD_ETHER, "ether", "Ethernet", FALSE },           { ARPHRD_LOOPBACK, "loop", "Local Loopback", TRUE },
  { ARPHRD_PPP, "ppp", "Point-to-Point Protocol", TRUE }, { ARPHRD_TUNNEL, "tunnel", "IPIP Tunnel", FALSE },
  { ARPHRD_SIT, "sit", "IPv6-in-IPv4", FALSE },           { ARPHRD_INFINIBAND, "infiniband", "InfiniBand", FALSE },
};

static void
put_flags (const PhLink *link, GString *text)
{
  guint16 flags = (guint16) link->flags; /* what SIOCGIFFLAGS holds */
  const char *before = "";

  g_string_append_printf (text, "%s: flags=%u<", link->name, flags);
  for (guint bit = 0; bit < G_N_ELEMENTS (flag_names); bit++)
    if (flags & (1u << bit))
      {
        g_string_append_printf (text, "%s%s", before, flag_names[bit]);
        before = ",";
      }
  g_string_append_printf (text, ">  mtu %u\n", link->mtu);
}

static void
put_ipv4 (const PhLinkAddress *address, GString *text)
{
  char own[PH_ADDRESS_TEXT_MAX], mask[PH_ADDRESS_TEXT_MAX], other[PH_ADDRESS_TEXT_MAX];
  PhAddress mask_address;

  ph_address_format (&address->address, own);
  ph_route_mask (PH_FAMILY_IPV4, address->prefix, &mask_address);
  ph_address_format (&mask_address, mask);
  g_string_append_printf (text, INDENT "inet %s  netmask %s", own, mask);
  if (address->peer.family != PH_FAMILY_NONE)
    {
      ph_address_format (&address->peer, other);
      g_string_append_printf (text, "  destination %s", other);
    }
  else if (address->broadcast.family != PH_FAMILY_NONE)
    {
      ph_address_format (&address->broadcast, other);
      g_string_append_printf (text, "  broadcast %s", other);
    }
  g_string_append_c (text, '\n');
}

/* The numbers are those of /proc/net/if_inet6 (IPV6_ADDR_* of net/ipv6.h). */
static void
put_ipv6 (const PhLinkAddress *address, GString *text)
{
  const char *scope = "0x0<global>";
  char own[PH_ADDRESS_TEXT_MAX];

  if (address->scope == RT_SCOPE_LINK)
    scope = "0x20<link>";
  else if (address->scope == RT_SCOPE_HOST)
    scope = "0x10<host>";
  else if (address->scope == RT_SCOPE_SITE)
    scope = "0x40<site>";
  ph_address_format (&address->address, own);
  g_string_append_printf (text, INDENT "inet6 %s  prefixlen %u  scopeid %s\n", own, address->prefix, scope);
}

static void
put_hardware (const PhLink *link, GString *text)
{
  const char *name = "unspec";
  const char *title = "UNSPEC";
  gboolean no_address = FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (hardware); i++)
    if (hardware[i].type == link->type)
      {
        name = hardware[i].name;
        title = hardware[i].title;
        no_address = hardware[i].no_address;
      }
  g_string_append_printf (text, INDENT "%s", name);
  if (link->mac && !no_address)
    g_string_append_printf (text, " %s", link->mac);
  g_string_append_printf (text, "  txqueuelen %u  (%s)\n", link->queue_length, title);
}

/* One decimal, cut and not rounded. */
static void
put_bytes (guint64 bytes, GString *text)
{
  static const char *const units[] = { "B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB" };
  guint64 whole = bytes;
  guint64 rest = 0;
  guint unit = 0;

  while (whole >= 1024)
    {
      rest = whole % 1024;
      whole /= 1024;
      unit++;
    }
  g_string_append_printf (text, "  bytes %" G_GUINT64_FORMAT " (%" G_GUINT64_FORMAT ".%u %s)\n", bytes, whole,
                          (guint) (rest * 10 / 1024), units[unit]);
}

static void
put_counters (const PhLinkStats *stats, guint64 rx_dropped, GString *text)
{
  guint64 frame = stats->rx_length_errors + stats->rx_over_errors + stats->rx_crc_errors + stats->rx_frame_errors;
  guint64 carrier
      = stats->tx_carrier_errors + stats->tx_aborted_errors + stats->tx_window_errors + stats->tx_heartbeat_errors;

  g_string_append_printf (text, INDENT "RX packets %" G_GUINT64_FORMAT, stats->rx_packets);
  put_bytes (stats->rx_bytes, text);
  g_string_append_printf (text,
                          INDENT "RX errors %" G_GUINT64_FORMAT "  dropped %" G_GUINT64_FORMAT
                                 "  overruns %" G_GUINT64_FORMAT "  frame %" G_GUINT64_FORMAT "\n",
                          stats->rx_errors, rx_dropped, stats->rx_fifo_errors, frame);
  g_string_append_printf (text, INDENT "TX packets %" G_GUINT64_FORMAT, stats->tx_packets);
  put_bytes (stats->tx_bytes, text);
  g_string_append_printf (text,
                          INDENT "TX errors %" G_GUINT64_FORMAT "  dropped %" G_GUINT64_FORMAT
                                 " overruns %" G_GUINT64_FORMAT "  carrier %" G_GUINT64_FORMAT
                                 "  collisions %" G_GUINT64_FORMAT "\n",
                          stats->tx_errors, stats->tx_dropped, stats->tx_fifo_errors, carrier, stats->collisions);
}

static void
put_link (const PhLink *link, GString *text)
{
  put_flags (link, text);
  for (guint i = 0; i < link->n_addresses; i++)
    if (link->addresses[i].address.family == PH_FAMILY_IPV4)
      put_ipv4 (&link->addresses[i], text);
    else
      put_ipv6 (&link->addresses[i], text);
  put_hardware (link, text);
  if (link->has_stats)
    put_counters (&link->stats, ph_link_rx_drp (link), text);
  g_string_append_c (text, '\n');
}

static void
end (gpointer data, GString *text)
{
  PhLinkList *list = data;

  ph_link_list_sort (list);
  g_string_append (text, "Kernel Interface table\n");
  for (guint i = 0; i < list->links->len; i++)
    put_link (g_ptr_array_index (list->links, i), text);
}

const PhLayout ph_netstat_links_long = {
  .create = ph_link_list_create,
  .destroy = ph_link_list_destroy,
  .begin = ph_link_list_begin,
  .row = ph_link_list_row,
  .end = end,
};
