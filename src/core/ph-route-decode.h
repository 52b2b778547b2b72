/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * From rtnetlink messages to routes. Pure functions: any bytes in, a record or FALSE out.
 *
 * An address of a length that its family does not have, and a list of hops that does not add up, make a message
 * malformed: a route that is shown must be the one that is there. All else that is odd is left out.
 */
#pragma once

#include "ph-attribute.h"
#include "ph-request.h"
#include "ph-route.h"
#include "ph-snapshot.h"

/* The next hops of one route (RTA_MULTIPATH), yet to be read. */
typedef struct
{
  const guint8 *at;
  gsize left;
} PhRouteHops;

/* Decodes an RTM_NEWROUTE into @route (zeroed); strings go to @arena. */
gboolean ph_decode_route (const struct nlmsghdr *message, PhArena *arena, PhRoute *route, PhRouteHops *hops);

/* Takes the next hop off @hops, as a row of @route: the same but for what is the hop's own. FALSE: there is none, or
 * @hops is malformed; then something is left of it. */
gboolean ph_decode_route_hop (PhRouteHops *hops, PhArena *arena, const PhRoute *route, PhRoute *hop);

/* Appends a record for each route of a NETLINK frame, and one for each of its hops; counts the malformed. */
void ph_decode_route_frame (PhSnapshot *snapshot, PhRequestName request, const void *bytes, gsize length);

/* Makes @hop a row of @route: key and what hops have in common. @number counts from 1. */
void ph_route_begin_hop (const PhRoute *route, guint number, PhRoute *hop);

/* Sets an address of the kernel's family number (AF_INET, AF_INET6). FALSE: @bytes has another length. */
gboolean ph_decode_route_address (PhAddress *address, guint family, const void *bytes, gsize length);

/* The same for an attribute; one that is not there is no error. */
gboolean ph_decode_address_attribute (PhAddress *address, guint family, const struct nlattr *attribute);

/* RTA_ENCAP_TYPE and RTA_ENCAP in words: "mpls 100/200"; NULL: none. */
const char *ph_decode_encap (PhArena *arena, const struct nlattr *type, const struct nlattr *encap);
