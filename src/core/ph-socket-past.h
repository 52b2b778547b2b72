/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The pasts of all TCP connections of a table, fed by each of its snapshots.
 *
 * A connection on which nothing has happened since it was first seen costs eight bytes: that is told from its record.
 * All others share a budget; where that does not do, each gets fewer points, but none loses its beginning. Not
 * thread-safe: a worker feeds it while nobody else looks.
 */
#pragma once

#include "ph-past.h"
#include "ph-snapshot.h"
#include "ph-socket.h"

/* Points of one past while there is room. */
#define PH_SOCKET_PAST_POINTS 192

/* Bytes for all pasts together: so many, and so many more for each row of the table, with which the least past of each
 * finds room even where all of them are busy. */
#define PH_SOCKET_PAST_BUDGET     (512 * 1024)
#define PH_SOCKET_PAST_BUDGET_ROW 168

typedef struct _PhSocketPast PhSocketPast;

PhSocketPast *ph_socket_past_new (void);
void ph_socket_past_free (PhSocketPast *pasts);

/* @snapshot is of ph_socket_schema, linked, and later than the last one. */
void ph_socket_past_feed (PhSocketPast *pasts, const PhSnapshot *snapshot);

/* The past of one connection until @now_us, a copy to be freed. NULL: it is none, or nothing is known of it. @socket is
 * a record of the snapshot that was fed last. */
PhPast *ph_socket_past_dup (const PhSocketPast *pasts, const PhSocket *socket, gint64 now_us);

gsize ph_socket_past_size (const PhSocketPast *pasts);    /* bytes of memory, all in all */
guint ph_socket_past_n_pasts (const PhSocketPast *pasts); /* connections that take more than eight bytes */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PhSocketPast, ph_socket_past_free)
