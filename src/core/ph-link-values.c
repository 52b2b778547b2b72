/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The typed values of a link, one function for each column. */
#include <linux/if.h>
#include <math.h>

#include "ph-export.h"
#include "ph-link-columns.h"

/* Defines ph_link_value_NAME(): a number that is always known. */
#define NUMBER(name, expression)                                                                                       \
  void ph_link_value_##name (gconstpointer record, PhValue *value)                                                     \
  {                                                                                                                    \
    const PhLink *link = record;                                                                                       \
                                                                                                                       \
    ph_value_set_uint (value, expression);                                                                             \
  }

/* A counter: absent where the kernel sent none. */
#define COUNTER(name, expression)                                                                                      \
  void ph_link_value_##name (gconstpointer record, PhValue *value)                                                     \
  {                                                                                                                    \
    const PhLink *link = record;                                                                                       \
                                                                                                                       \
    if (link->has_stats)                                                                                               \
      ph_value_set_uint (value, expression);                                                                           \
  }

#define TEXT(name, expression)                                                                                         \
  void ph_link_value_##name (gconstpointer record, PhValue *value)                                                     \
  {                                                                                                                    \
    const PhLink *link = record;                                                                                       \
                                                                                                                       \
    ph_value_set_text (value, expression);                                                                             \
  }

#define RATE(name, expression)                                                                                         \
  void ph_link_value_##name (gconstpointer record, PhValue *value)                                                     \
  {                                                                                                                    \
    const PhLink *link = record;                                                                                       \
                                                                                                                       \
    set_rate (value, expression);                                                                                      \
  }

static void
set_rate (PhValue *value, double rate)
{
  if (!isnan (rate))
    ph_value_set_uint (value, (guint64) (MIN (rate, 1e18) + 0.5));
}

TEXT (interface, link->name)
NUMBER (mtu, link->mtu)
COUNTER (rx_ok, link->stats.rx_packets)
COUNTER (rx_err, link->stats.rx_errors)
COUNTER (rx_drp, ph_link_rx_drp (link))
COUNTER (rx_ovr, link->stats.rx_fifo_errors)
COUNTER (tx_ok, link->stats.tx_packets)
COUNTER (tx_err, link->stats.tx_errors)
COUNTER (tx_drp, link->stats.tx_dropped)
COUNTER (tx_ovr, link->stats.tx_fifo_errors)
TEXT (flags, link->letters)
TEXT (state, ph_link_state_name (link))
RATE (traffic, link->rate.rx_bytes + link->rate.tx_bytes)
RATE (rx_rate, link->rate.rx_bytes)
RATE (tx_rate, link->rate.tx_bytes)
RATE (rx_packet_rate, link->rate.rx_packets)
RATE (tx_packet_rate, link->rate.tx_packets)
COUNTER (rx_bytes, link->stats.rx_bytes)
COUNTER (tx_bytes, link->stats.tx_bytes)
TEXT (kind, link->kind)
TEXT (detail, link->detail)
TEXT (mac, link->mac)
TEXT (broadcast, link->broadcast)
TEXT (master, link->master_name)
TEXT (link, link->link_name)
TEXT (qdisc, link->qdisc)
NUMBER (queue_length, link->queue_length)
COUNTER (multicast, link->stats.multicast)
COUNTER (collisions, link->stats.collisions)
NUMBER (carrier_changes, link->carrier_count)
NUMBER (index, link->key.index)
TEXT (alias, link->alias)
NUMBER (link_group, link->group)

/* Linux has none: SIOCGIFMETRIC of netdevice(7) answers 0 for every link. */
void
ph_link_value_metric (gconstpointer record, PhValue *value)
{
  ph_value_set_uint (value, 0);
}

void
ph_link_value_speed (gconstpointer record, PhValue *value)
{
  const PhLink *link = record;

  if (link->speed != PH_LINK_SPEED_NONE)
    ph_value_set_uint (value, link->speed);
}

void
ph_link_value_duplex (gconstpointer record, PhValue *value)
{
  const PhLink *link = record;

  if (link->duplex != PH_DUPLEX_UNKNOWN)
    ph_value_set_text (value, link->duplex == PH_DUPLEX_FULL ? "full" : "half");
}

/* --- lists --- */

static void
json_addresses (gconstpointer record, GString *json)
{
  const PhLink *link = record;
  g_autoptr (GString) text = g_string_new (NULL);

  g_string_append_c (json, '[');
  for (guint i = 0; i < link->n_addresses; i++)
    {
      g_string_truncate (text, 0);
      ph_link_address_print (&link->addresses[i], text);
      if (i > 0)
        g_string_append (json, ", ");
      ph_json_string (json, text->str);
    }
  g_string_append_c (json, ']');
}

static void
json_groups (gconstpointer record, GString *json)
{
  const PhLink *link = record;

  g_string_append_c (json, '[');
  for (guint i = 0; i < link->n_groups; i++)
    {
      char text[PH_ADDRESS_TEXT_MAX];

      ph_address_format (&link->groups[i], text);
      if (i > 0)
        g_string_append (json, ", ");
      ph_json_string (json, text);
    }
  g_string_append_c (json, ']');
}

void
ph_link_value_addresses (gconstpointer record, PhValue *value)
{
  const PhLink *link = record;

  if (link->addresses_error.code == PH_ERROR_NONE)
    {
      value->kind = PH_VALUE_JSON;
      value->json = json_addresses;
    }
}

void
ph_link_value_groups (gconstpointer record, PhValue *value)
{
  const PhLink *link = record;

  if (link->groups_error.code == PH_ERROR_NONE)
    {
      value->kind = PH_VALUE_JSON;
      value->json = json_groups;
    }
}

/* --- order --- */

/* Those that carry data first. */
guint64
ph_link_rank_state (gconstpointer record)
{
  static const guint8 ranks[] = {
    [IF_OPER_UP] = 0,         [IF_OPER_UNKNOWN] = 1,        [IF_OPER_DORMANT] = 2,
    [IF_OPER_TESTING] = 3,    [IF_OPER_LOWERLAYERDOWN] = 4, [IF_OPER_DOWN] = 5,
    [IF_OPER_NOTPRESENT] = 6,
  };
  const PhLink *link = record;

  return link->state < G_N_ELEMENTS (ranks) ? ranks[link->state] : ranks[IF_OPER_UNKNOWN];
}

guint64
ph_link_rank_addresses (gconstpointer record)
{
  const PhLink *link = record;

  if (link->addresses_error.code != PH_ERROR_NONE)
    return PH_RANK_ABSENT;
  return link->n_addresses > 0 ? ph_address_rank (&link->addresses[0].address) : PH_RANK_ABSENT - 1;
}

int
ph_link_compare_addresses (gconstpointer a, gconstpointer b)
{
  const PhLink *first = a;
  const PhLink *second = b;

  for (guint i = 0; i < first->n_addresses && i < second->n_addresses; i++)
    {
      int order = ph_address_compare (&first->addresses[i].address, &second->addresses[i].address);

      if (order != 0)
        return order;
    }
  return (first->n_addresses > second->n_addresses) - (first->n_addresses < second->n_addresses);
}

/* By how many. */
guint64
ph_link_rank_groups (gconstpointer record)
{
  const PhLink *link = record;

  return link->groups_error.code == PH_ERROR_NONE ? link->n_groups : PH_RANK_ABSENT;
}
