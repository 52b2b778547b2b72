/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the side list of each table counts: PhSchema.facets. */
#pragma once

#include "ph-schema.h"

#define PH_SOCKET_N_FACETS    8
#define PH_ROUTE_N_FACETS     7
#define PH_RULE_N_FACETS      4
#define PH_NEIGHBOUR_N_FACETS 4
#define PH_LINK_N_FACETS      4
#define PH_GROUP_N_FACETS     2
#define PH_COUNTER_N_FACETS   3
#define PH_ACTIVITY_N_FACETS  7

extern const PhFacetField ph_socket_facets[PH_SOCKET_N_FACETS];
extern const PhFacetField ph_route_facets[PH_ROUTE_N_FACETS];
extern const PhFacetField ph_rule_facets[PH_RULE_N_FACETS];
extern const PhFacetField ph_neighbour_facets[PH_NEIGHBOUR_N_FACETS];
extern const PhFacetField ph_link_facets[PH_LINK_N_FACETS];
extern const PhFacetField ph_group_facets[PH_GROUP_N_FACETS];
extern const PhFacetField ph_counter_facets[PH_COUNTER_N_FACETS];
extern const PhFacetField ph_activity_facets[PH_ACTIVITY_N_FACETS];
