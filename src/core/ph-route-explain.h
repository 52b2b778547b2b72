/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Why packets to an address go where they go: the kernel's answer, in words. Plain text, translated, fit to show. */
#pragma once

#include "ph-route-answer.h"
#include "ph-route-walk.h"

typedef enum
{
  PH_ROUTE_SENT,      /* on its way, through a gateway or straight */
  PH_ROUTE_DELIVERED, /* an address of this computer */
  PH_ROUTE_REFUSED,   /* by a reject route or rule */
  PH_ROUTE_NONE,      /* there is no route */
  PH_ROUTE_UNKNOWN,   /* the kernel could not be asked, or has answered something else */
} PhRouteVerdict;

typedef struct
{
  PhRouteVerdict verdict;
  int errnum; /* of the kernel's answer; 0: there is a route */

  /* Rows to select. */
  gboolean has_route;
  PhRouteKey route;
  gboolean has_rule;
  PhRuleKey rule;

  PhAddress destination;
  char *headline;   /* one sentence: "192.0.2.7 is reached through the gateway 192.0.2.1 on eth0" */
  char *line;       /* how: "rule 32766: from all · table main · 192.0.2.7 AND 0.0.0.0 = 0.0.0.0 · gateway …" */
  char *rule_text;  /* "32766: from all lookup main"; this and what follows NULL where there is none */
  char *table;      /* name or number */
  char *comparison; /* "192.0.2.7 AND 255.255.255.0 = 192.0.2.0" */
  char *gateway;
  char *interface;
  char *source;
} PhRouteExplanation;

/* @rules and @routes: of the same moment, with all tables; NULL: not known, then there is less to say. @uid: whose
 * packets. */
PhRouteExplanation *ph_route_explain (
    const PhRouteQuery *query, guint32 uid, const PhRouteAnswer *answer, PhSnapshot *rules, PhSnapshot *routes);
void ph_route_explanation_free (PhRouteExplanation *explanation);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PhRouteExplanation, ph_route_explanation_free)
