/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What rtnetlink(7) is asked: links, addresses, routes, rules, neighbours; and the one route to an address. */
#pragma once

#include <linux/netlink.h>

#include "ph-request.h"

/* Room for the longest request. */
typedef union
{
  struct nlmsghdr header;
  uint8_t bytes[128];
} PhRtnetlinkMessage;

/* Builds the request for a dump. False where @name is none of rtnetlink's. */
bool ph_rtnetlink_build (PhRtnetlinkMessage *message, PhRequestName name);

/* Builds the query for a route. False where nothing can be asked: @query is NULL or of neither family. @fib_match: not
 * the route that is taken, but the entry of the table that it was made from (Linux 4.13). */
bool ph_rtnetlink_build_route_get (PhRtnetlinkMessage *message, const PhRouteQuery *query, bool fib_match);
