/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an entry says of a route or an address: the words behind the destination, as ip(8) has them. */
#pragma once

#include "ph-activity.h"
#include "ph-arena.h"
#include "ph-link.h"
#include "ph-route-decode.h"

/* The name of an interface; never NULL. */
typedef const char *(*PhInterfaceName) (gpointer user, guint32 index);

/* Fills in destination, interface and detail: "via 192.0.2.1 dev eth0 proto dhcp metric 100". */
void ph_activity_set_route (
    PhActivity *entry, const PhRoute *route, PhRouteHops *hops, PhArena *arena, PhInterfaceName name, gpointer user);

/* Fills in address, prefix and detail: "peer 192.0.2.2 scope link dynamic"; NULL where there is nothing to say. */
void ph_activity_set_address (PhActivity *entry, const PhLinkAddress *address, PhArena *arena);
