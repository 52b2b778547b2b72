/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How a link is written for people: the cells of the Interfaces table where a plain value is not enough. */
#include "ph-link-columns.h"

#include "ph-axis.h"
#include "ph-i18n.h"
#include "ph-print.h"

/* Defines ph_link_format_NAME(): that value as people write it. */
#define FORMAT_VALUE(name, print)                                                                                      \
  void ph_link_format_##name (gconstpointer record, const PhStyle *style, GString *text)                               \
  {                                                                                                                    \
    PhValue value = { PH_VALUE_NONE };                                                                                 \
                                                                                                                       \
    ph_link_value_##name (record, &value);                                                                             \
    if (value.kind == PH_VALUE_UINT)                                                                                   \
      print;                                                                                                           \
  }

static void
print_packet_rate (GString *text, guint64 packets)
{
  char number[24]; /* ready made: a translated text cannot hold a 64-bit format */

  if (packets == 0)
    {
      g_string_append_c (text, '0');
      return;
    }
  g_snprintf (number, sizeof number, "%" G_GUINT64_FORMAT, packets);
  /* Translators: packets per second */
  g_string_append_printf (text, _ ("%s/s"), number);
}

static void
print_speed (GString *text, guint64 megabits)
{
  ph_axis_print_bits (text, (double) megabits * 1e6);
}

FORMAT_VALUE (rx_rate, ph_print_rate (text, value.uint, style->units))
FORMAT_VALUE (tx_rate, ph_print_rate (text, value.uint, style->units))
FORMAT_VALUE (rx_packet_rate, print_packet_rate (text, value.uint))
FORMAT_VALUE (tx_packet_rate, print_packet_rate (text, value.uint))
FORMAT_VALUE (rx_bytes, ph_print_bytes (text, value.uint, style->units))
FORMAT_VALUE (tx_bytes, ph_print_bytes (text, value.uint, style->units))
FORMAT_VALUE (speed, print_speed (text, value.uint))

/* Where there is no graph: "↓ 1.2 MB/s ↑ 30 kB/s". */
void
ph_link_format_traffic (gconstpointer record, const PhStyle *style, GString *text)
{
  PhValue value = { PH_VALUE_NONE };

  ph_link_value_traffic (record, &value);
  if (value.kind == PH_VALUE_NONE)
    return;
  g_string_append (text, "↓ ");
  ph_link_format_rx_rate (record, style, text);
  g_string_append (text, " ↑ ");
  ph_link_format_tx_rate (record, style, text);
}

void
ph_link_traces (gconstpointer record, const PhTrace **first, const PhTrace **second)
{
  const PhLink *link = record;

  *first = &link->rx_trace;
  *second = &link->tx_trace;
}

/* "192.0.2.1/24, fe80::1/64" */
void
ph_link_format_addresses (gconstpointer record, const PhStyle *style, GString *text)
{
  const PhLink *link = record;

  for (guint i = 0; i < link->n_addresses; i++)
    {
      if (i > 0)
        g_string_append (text, ", ");
      ph_link_address_print (&link->addresses[i], text);
    }
}

void
ph_link_format_groups (gconstpointer record, const PhStyle *style, GString *text)
{
  const PhLink *link = record;

  for (guint i = 0; i < link->n_groups; i++)
    {
      char number[PH_ADDRESS_TEXT_MAX];

      if (i > 0)
        g_string_append (text, ", ");
      ph_address_format (&link->groups[i], number);
      g_string_append (text, number);
    }
}
