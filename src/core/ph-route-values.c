/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The typed values of a route, one function for each column: what netstat -rn prints where netstat has the column.
 *
 * It writes 0.0.0.0 where there is no gateway and 0 for what is not set; and nothing for a route that rejects.
 */
#include "ph-route-columns.h"

#include <linux/rtnetlink.h>

#include "ph-route-flags.h"

static const PhRouteMetrics no_metrics;

static const PhRouteMetrics *
metrics_of (gconstpointer record)
{
  const PhRoute *route = record;

  return route->metrics ? route->metrics : &no_metrics;
}

/* --- where to --- */

void
ph_route_value_family (gconstpointer record, PhValue *value)
{
  ph_value_set_text (value, ((const PhRoute *) record)->key.family == PH_FAMILY_IPV6 ? "inet6" : "inet");
}

void
ph_route_value_destination (gconstpointer record, PhValue *value)
{
  ph_value_set_address (value, &((const PhRoute *) record)->key.destination);
}

void
ph_route_value_prefix_length (gconstpointer record, PhValue *value)
{
  ph_value_set_uint (value, ((const PhRoute *) record)->key.prefix_length);
}

void
ph_route_value_gateway (gconstpointer record, PhValue *value)
{
  static const PhAddress any_ipv4 = { .family = PH_FAMILY_IPV4 };
  static const PhAddress any_ipv6 = { .family = PH_FAMILY_IPV6 };
  const PhRoute *route = record;

  if (route->key.gateway.family != PH_FAMILY_NONE)
    ph_value_set_address (value, &route->key.gateway);
  else if (route->n_hops == 0 && !ph_route_is (route, PH_ROUTE_IS_REJECT))
    ph_value_set_address (value, route->key.family == PH_FAMILY_IPV6 ? &any_ipv6 : &any_ipv4);
}

/* IPv6 has never had masks. */
void
ph_route_value_genmask (gconstpointer record, PhValue *value)
{
  static PhAddress masks[33];
  static gsize done;
  const PhRoute *route = record;

  if (g_once_init_enter (&done))
    {
      for (guint i = 0; i < G_N_ELEMENTS (masks); i++)
        ph_route_mask (PH_FAMILY_IPV4, i, &masks[i]);
      g_once_init_leave (&done, 1);
    }
  if (route->key.family == PH_FAMILY_IPV4)
    ph_value_set_address (value, &masks[MIN (route->key.prefix_length, 32)]);
}

void
ph_route_value_interface (gconstpointer record, PhValue *value)
{
  ph_value_set_text (value, ((const PhRoute *) record)->interface_name);
}

void
ph_route_value_source (gconstpointer record, PhValue *value)
{
  const PhRoute *route = record;

  if (route->source.family != PH_FAMILY_NONE)
    ph_value_set_address (value, &route->source);
}

void
ph_route_value_from (gconstpointer record, PhValue *value)
{
  ph_value_set_text (value, ((const PhRoute *) record)->from);
}

/* --- what it is --- */

/* All combinations of letters that there are: texts that live for ever, made when first seen. */
void
ph_route_value_flags (gconstpointer record, PhValue *value)
{
  char letters[PH_ROUTE_LETTERS_MAX];

  ph_route_letters (record, letters);
  ph_value_set_text (value, g_intern_string (letters));
}

/* By letters, in the order of the flags. */
guint64
ph_route_rank_flags (gconstpointer record)
{
  char letters[PH_ROUTE_LETTERS_MAX];

  ph_route_letters (record, letters);
  return ph_rank_text (letters);
}

void
ph_route_value_metric (gconstpointer record, PhValue *value)
{
  ph_value_set_uint (value, ph_route_metric (record));
}

void
ph_route_value_table (gconstpointer record, PhValue *value)
{
  ph_value_set_text (value, ((const PhRoute *) record)->table_name);
}

guint64
ph_route_rank_table (gconstpointer record)
{
  return ph_route_table (record);
}

void
ph_route_value_protocol (gconstpointer record, PhValue *value)
{
  ph_value_set_text (value, ((const PhRoute *) record)->protocol_name);
}

void
ph_route_value_scope (gconstpointer record, PhValue *value)
{
  ph_value_set_text (value, ph_route_scope_name (((const PhRoute *) record)->scope));
}

void
ph_route_value_type (gconstpointer record, PhValue *value)
{
  ph_value_set_text (value, ph_route_type_name (((const PhRoute *) record)->key.type));
}

void
ph_route_value_expires (gconstpointer record, PhValue *value)
{
  const PhRoute *route = record;

  if (route->expires != PH_ROUTE_NEVER)
    ph_value_set_uint (value, route->expires);
}

void
ph_route_value_tos (gconstpointer record, PhValue *value)
{
  ph_value_set_uint (value, ((const PhRoute *) record)->key.tos);
}

void
ph_route_value_hop (gconstpointer record, PhValue *value)
{
  if (ph_route_hop (record) != 0)
    ph_value_set_uint (value, ph_route_hop (record));
}

void
ph_route_value_weight (gconstpointer record, PhValue *value)
{
  const PhRoute *route = record;

  if (route->weight != 0)
    ph_value_set_uint (value, route->weight);
}

void
ph_route_value_status (gconstpointer record, PhValue *value)
{
  g_autoptr (GString) text = g_string_new (NULL);

  ph_route_append_status (record, text);
  ph_value_set_text (value, text->len > 0 ? g_intern_string (text->str) : NULL);
}

void
ph_route_value_encap (gconstpointer record, PhValue *value)
{
  ph_value_set_text (value, ((const PhRoute *) record)->encap);
}

void
ph_route_value_pref (gconstpointer record, PhValue *value)
{
  static const char *const names[] = { NULL, "low", "medium", "high" };

  ph_value_set_text (value, names[((const PhRoute *) record)->pref]);
}

void
ph_route_value_nexthop (gconstpointer record, PhValue *value)
{
  const PhRoute *route = record;

  if (route->nexthop != 0)
    ph_value_set_uint (value, route->nexthop);
}

/* --- metrics --- */

/* netstat's three: 0 where they are not set. */
void
ph_route_value_mss (gconstpointer record, PhValue *value)
{
  ph_value_set_uint (value, ph_route_mss (record));
}

void
ph_route_value_window (gconstpointer record, PhValue *value)
{
  ph_value_set_uint (value, metrics_of (record)->window);
}

void
ph_route_value_irtt (gconstpointer record, PhValue *value)
{
  ph_value_set_uint (value, ph_route_irtt (record));
}

void
ph_route_value_congestion (gconstpointer record, PhValue *value)
{
  ph_value_set_text (value, metrics_of (record)->congestion);
}

/* Defines ph_route_value_NAME(): absent where it is not set. */
#define METRIC_VALUE(name)                                                                                             \
  void ph_route_value_##name (gconstpointer record, PhValue *value)                                                    \
  {                                                                                                                    \
    guint32 number = metrics_of (record)->name;                                                                        \
                                                                                                                       \
    if (number != 0)                                                                                                   \
      ph_value_set_uint (value, number);                                                                               \
  }

METRIC_VALUE (mtu)
METRIC_VALUE (advmss)
METRIC_VALUE (hoplimit)
METRIC_VALUE (cwnd)
METRIC_VALUE (initcwnd)
METRIC_VALUE (initrwnd)
METRIC_VALUE (ssthresh)
METRIC_VALUE (rttvar)
METRIC_VALUE (rto_min)
METRIC_VALUE (reordering)
METRIC_VALUE (quickack)
