/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * From the kernel's news about the network (rtnetlink(7) multicast groups) to entries of the log: links, addresses,
 * routes, neighbours.
 *
 * The kernel says how a thing is now, not what has changed; so links and addresses are remembered, and a neighbour that
 * has failed is told once until it is there again. Routes that the kernel keeps for itself (table "local", broadcast,
 * multicast, cached) are left out. Pure: neither clock nor kernel. Not thread-safe.
 */
#pragma once

#include "ph-activity.h"
#include "ph-frame.h"

typedef struct _PhActivityFromEvents PhActivityFromEvents;

PhActivityFromEvents *ph_activity_from_events_new (void);
void ph_activity_from_events_free (PhActivityFromEvents *self);

/* A frame of the answers to PH_REQUEST_LINK_STATS and PH_REQUEST_ADDRESSES, BEGIN and END among them: how it is now,
 * which is no news. To be asked after the event socket was opened, and again after events were lost. Until then only
 * what is certain is told. */
void ph_activity_from_events_learn (PhActivityFromEvents *self, PhFrameKind kind, gconstpointer bytes, gsize length);

/* A frame of an event socket: NETLINK or LOST. @time_us: µs since 1970. */
void ph_activity_from_events_take (PhActivityFromEvents *self,
                                   PhFrameKind kind,
                                   gconstpointer bytes,
                                   gsize length,
                                   gint64 time_us,
                                   PhActivityTell tell,
                                   gpointer user);

/* Messages that could not be understood so far. */
guint ph_activity_from_events_malformed (const PhActivityFromEvents *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PhActivityFromEvents, ph_activity_from_events_free)
