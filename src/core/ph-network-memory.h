/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What is remembered of the network in order to know what the kernel's news change: it says how a thing is, not what is
 * different. Links with their state, addresses, and the neighbours that are known to have failed.
 */
#pragma once

#include "ph-frame.h"
#include "ph-link.h"
#include "ph-neighbour.h"

typedef struct _PhNetworkMemory PhNetworkMemory;

PhNetworkMemory *ph_network_memory_new (void);
void ph_network_memory_free (PhNetworkMemory *memory);

/* A frame of the answers to PH_REQUEST_LINK_STATS and PH_REQUEST_ADDRESSES, BEGIN and END among them. */
void ph_network_memory_learn (PhNetworkMemory *memory, PhFrameKind kind, gconstpointer bytes, gsize length);

/* "eth0"; "if7" where it is not known; never NULL. Valid until the next call. */
const char *ph_network_memory_name (PhNetworkMemory *memory, guint32 index);

/* What a link's state is news of: bits. None where it may have been there all the time. */
typedef enum
{
  PH_LINK_NEWS_ADDED = 1 << 0,
  PH_LINK_NEWS_UP = 1 << 1, /* can carry data now */
  PH_LINK_NEWS_DOWN = 1 << 2,
} PhLinkNews;

guint ph_network_memory_take_link (PhNetworkMemory *memory, const PhLink *link);
void ph_network_memory_drop_link (PhNetworkMemory *memory, guint32 index);

/* TRUE: it was not there before. @fresh tells where that is not known: the kernel says that it is new. */
gboolean ph_network_memory_take_address (PhNetworkMemory *memory,
                                         guint32 index,
                                         const PhLinkAddress *address,
                                         gboolean fresh);
void ph_network_memory_drop_address (PhNetworkMemory *memory, guint32 index, const PhLinkAddress *address);

/* TRUE: it has failed, which it had not before. One that is taken away is called failed, too, but was not asked in
 * vain. */
gboolean ph_network_memory_take_neighbour (PhNetworkMemory *memory, const PhNeighbour *neighbour);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PhNetworkMemory, ph_network_memory_free)
