/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Finds out who holds the sockets of a snapshot, request by request, and remembers it for the next one.
 *
 *   SELF    PROCESSES         once: whose sockets are our own user's
 *   LIVES   PROCESSES, light  do the processes that held sockets last time still live?
 *   OWNERS                    who holds what has no holder: see below
 *   CGROUPS                   the units of what nobody may be seen to hold
 *   FACTS   PROCESSES         of processes that are new, or were read long ago
 *
 * How far OWNERS goes depends on what it may cost, for a look at every descriptor of every process takes a third of a
 * second where there are 80,000:
 *
 * - full: every holder of every socket. Asked for by the command line; else now and then, so that sockets shared after
 *   a fork get all their holders and one that was passed on gets its new one. Takes at most a fiftieth of the time, and
 *   comes at most once in ten seconds.
 * - whole: until each missing socket has one holder, through all processes if need be. Takes at most a twentieth of the
 *   time; where it takes long it is begun only for a socket that two narrow looks have not found. The only search that
 *   can be in vain; then the socket is left alone for 1, 2, 4 ... 32 collections, at numbers that are multiples of
 *   these, so that many such sockets share their searches.
 * - narrow: only descriptors that became free, which is where new sockets are; the processes whose sockets change; and
 *   those that are newer than all that are known.
 */
#pragma once

#include "ph-frame.h"
#include "ph-request.h"
#include "ph-snapshot.h"

typedef struct _PhOwnerHunt PhOwnerHunt;

PhOwnerHunt *ph_owner_hunt_new (void);
void ph_owner_hunt_free (PhOwnerHunt *hunt);

/* Begins with a snapshot of sockets that is filled but not linked; it must live until the finish. Sockets of a kind
 * whose look failed are remembered. @time_us: now. */
void ph_owner_hunt_begin (PhOwnerHunt *hunt, PhSnapshot *snapshot, gboolean full, gint64 time_us);

/* The next request; its arrays belong to the hunt until the next call. FALSE: nothing more to ask. */
gboolean ph_owner_hunt_next (PhOwnerHunt *hunt, PhRequest *request);

/* The frames of its answer. An answer that never ends counts as failed. */
void ph_owner_hunt_take (PhOwnerHunt *hunt, PhFrameKind kind, const void *bytes, gsize length);

/* Writes the PhOwnership of every record. What was learned stays, also where this is never called. */
void ph_owner_hunt_finish (PhOwnerHunt *hunt);

/* From the first request to the end of the last answer, µs. */
gint64 ph_owner_hunt_took_us (const PhOwnerHunt *hunt);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PhOwnerHunt, ph_owner_hunt_free)
