/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From rtnetlink messages to neighbours. Pure functions: any bytes in, a record or FALSE out. */
#pragma once

#include "ph-attribute.h"
#include "ph-neighbour.h"
#include "ph-snapshot.h"

/* Decodes an RTM_NEWNEIGH into @neighbour (zeroed); strings go to @arena. FALSE: malformed. */
gboolean ph_decode_neighbour (const struct nlmsghdr *message, PhArena *arena, PhNeighbour *neighbour);

/* Appends a record for each neighbour of a NETLINK frame; counts the malformed. */
void ph_decode_neighbour_frame (PhSnapshot *snapshot, PhRequestName request, const void *bytes, gsize length);
