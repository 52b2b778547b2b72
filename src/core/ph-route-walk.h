/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the kernel does to find a route (net/core/fib_rules.c fib_rules_lookup(), fib_table_lookup()), done over: rules
 * from the first to the last, in each table the longest prefix that fits. That tells the rule that led to a route,
 * which the kernel does not, and which route or rule refuses, of which it tells an errno alone.
 */
#pragma once

#include "ph-route.h"
#include "ph-rule.h"
#include "ph-snapshot.h"

/* The packet. */
typedef struct
{
  PhAddress destination;
  PhAddress source; /* family NONE: not chosen yet */
  guint32 mark;
  guint32 interface;          /* index that it must leave by; 0: any */
  const char *interface_name; /* of it; NULL where it is 0 */
  guint32 uid;                /* of who sends */
  guint8 ip_protocol;         /* 0: not said */
} PhRouteFlow;

typedef struct
{
  const PhRule *rule;   /* that decided; NULL: the kernel has no rules, or none did */
  const PhRoute *route; /* NULL: none, or the rule itself refuses */
} PhRouteStep;

/* Goes through @rules, then through tables of @routes. Neither may be NULL. */
PhRouteStep ph_route_walk (const PhRouteFlow *flow, PhSnapshot *rules, PhSnapshot *routes);

/* TRUE where @rule is for such packets. */
gboolean ph_rule_fits (const PhRule *rule, const PhRouteFlow *flow);

/* The route of one table with the longest prefix that fits, of equal ones that with the smallest metric; NULL: none.
 * Looks at each record once. */
const PhRoute *ph_route_longest (const PhRouteFlow *flow, guint32 table, PhSnapshot *routes);
