/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Rules stand in the snapshot in the order of the dump, which is that in which the kernel goes through them. Rules are
 * few; each that looks into a table costs one walk over the routes, for they are sorted by nothing that would help.
 */
#include "ph-route-walk.h"

#include <linux/fib_rules.h>
#include <linux/rtnetlink.h>
#include <string.h>

#define LOOPBACK_NAME "lo"

/* --- does a rule fit? --- */

static gboolean
in_range (guint32 number, guint32 low, guint32 high)
{
  return number >= low && number <= high;
}

/* fib_rule_match(), fib4_rule_match() and fib6_rule_match(), for a packet that is made here. */
static gboolean
selectors_fit (const PhRuleKey *key, const PhRouteFlow *flow)
{
  if (key->iif[0] != '\0' && strncmp (key->iif, LOOPBACK_NAME, IFNAMSIZ) != 0)
    return FALSE;
  if (key->oif[0] != '\0' && (!flow->interface_name || strncmp (key->oif, flow->interface_name, IFNAMSIZ) != 0))
    return FALSE;
  if ((flow->mark & key->mask) != (key->mark & key->mask))
    return FALSE;
  if (key->tunnel != 0 || key->flow_mask != 0 || key->tos != 0 || (key->dscp & key->dscp_mask) != 0)
    return FALSE;
  if (key->uid_low != PH_RULE_ANY_UID && !in_range (flow->uid, key->uid_low, key->uid_high))
    return FALSE;
  if (key->ip_protocol != 0 && key->ip_protocol != flow->ip_protocol)
    return FALSE;
  if (key->sport_high != 0 || key->dport_high != 0) /* the packet has no ports yet */
    return FALSE;
  if (key->from_length != 0 && !ph_address_in (&flow->source, &key->from, key->from_length))
    return FALSE;
  return key->to_length == 0 || ph_address_in (&flow->destination, &key->to, key->to_length);
}

gboolean
ph_rule_fits (const PhRule *rule, const PhRouteFlow *flow)
{
  if (rule->key.family != flow->destination.family || rule->head.mark == PH_MARK_CLOSED)
    return FALSE;
  return selectors_fit (&rule->key, flow) != (rule->key.invert != 0);
}

/* --- the longest prefix --- */

/* Where the interface is given, a next hop is looked at and not the route that it belongs to. */
static gboolean
leaves_by (const PhRouteKey *key, guint32 interface)
{
  if (interface == 0)
    return key->hop_be == 0;
  return key->interface == interface || (key->interface == 0 && !key->multipath);
}

/* Leaves out what the kernel would not look at for such a packet. */
static gboolean
route_fits (const PhRoute *route, const PhRouteFlow *flow)
{
  const PhRouteKey *key = &route->key;

  if (key->family != flow->destination.family || key->cached || key->tos != 0)
    return FALSE;
  if (route->head.mark == PH_MARK_CLOSED || (route->flags & RTNH_F_DEAD) || route->from)
    return FALSE;
  return leaves_by (key, flow->interface) && ph_address_in (&flow->destination, &key->destination, key->prefix_length);
}

/* TRUE where @route is taken before @best. */
static gboolean
is_better (const PhRoute *route, const PhRoute *best)
{
  if (!best || route->key.prefix_length != best->key.prefix_length)
    return !best || route->key.prefix_length > best->key.prefix_length;
  return ph_route_metric (route) < ph_route_metric (best);
}

const PhRoute *
ph_route_longest (const PhRouteFlow *flow, guint32 table, PhSnapshot *routes)
{
  guint32 table_be = GUINT32_TO_BE (table);
  const PhRoute *best = NULL;

  for (guint i = 0; i < ph_snapshot_n_records (routes); i++)
    {
      const PhRoute *route = ph_snapshot_record (routes, i);

      if (route->key.table_be == table_be && route_fits (route, flow) && is_better (route, best))
        best = route;
    }
  return best;
}

/* --- rule after rule --- */

/* The place of the first rule behind @place with the priority that rule @place goes on with. Without one it does
 * nothing, and the next is that behind it. */
static guint
find_target (PhSnapshot *rules, const PhRule *rule, guint place)
{
  for (guint i = place + 1; i < ph_snapshot_n_records (rules); i++)
    {
      const PhRule *target = ph_snapshot_record (rules, i);

      if (target->key.family == rule->key.family && ph_rule_priority (target) == rule->key.target)
        return i;
    }
  return place + 1;
}

/* fib4_rule_suppress(). Which group an interface is of is not known here: such a rule is taken at its word. */
static gboolean
suppresses (const PhRule *rule, const PhRoute *route)
{
  return rule->key.suppress_prefix_length != PH_RULE_NO_SUPPRESS
         && route->key.prefix_length <= rule->key.suppress_prefix_length;
}

/* A kernel without rules (CONFIG_IP_MULTIPLE_TABLES) looks into two tables. */
static PhRouteStep
walk_without_rules (const PhRouteFlow *flow, PhSnapshot *routes)
{
  const PhRoute *route = ph_route_longest (flow, RT_TABLE_LOCAL, routes);

  if (!route || route->key.type == RTN_THROW)
    route = ph_route_longest (flow, RT_TABLE_MAIN, routes);
  return (PhRouteStep){ NULL, route && route->key.type != RTN_THROW ? route : NULL };
}

PhRouteStep
ph_route_walk (const PhRouteFlow *flow, PhSnapshot *rules, PhSnapshot *routes)
{
  guint n = ph_snapshot_n_records (rules);
  gboolean any = FALSE;

  for (guint i = 0; i < n; i++)
    {
      const PhRule *rule = ph_snapshot_record (rules, i);
      const PhRoute *route;

      any |= rule->key.family == flow->destination.family;
      if (!ph_rule_fits (rule, flow))
        continue;
      switch (rule->key.action)
        {
        case FR_ACT_BLACKHOLE:
        case FR_ACT_UNREACHABLE:
        case FR_ACT_PROHIBIT:
          return (PhRouteStep){ rule, NULL };
        case FR_ACT_GOTO:
          i = find_target (rules, rule, i) - 1;
          break;
        case FR_ACT_TO_TBL:
          if (rule->key.l3mdev)
            break; /* nothing here is of a VRF */
          route = ph_route_longest (flow, rule->key.table, routes);
          if (route && route->key.type != RTN_THROW && !suppresses (rule, route))
            return (PhRouteStep){ rule, route };
          break;
        default:
          break;
        }
    }
  return any ? (PhRouteStep){ NULL, NULL } : walk_without_rules (flow, routes);
}
