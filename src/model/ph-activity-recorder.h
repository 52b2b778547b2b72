/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Writes down what happens: what looks at the sockets differ in, and what the kernel tells, becomes entries of the
 * activity log, and those that are to be kept of history.
 *
 * Entries come from up to three threads, two that hear the kernel and one that looks; none is the main loop's.
 */
#pragma once

#include <gio/gio.h>

#include "ph-activity-log.h"
#include "ph-history-store.h"
#include "ph-port-range.h"

#define PH_TYPE_ACTIVITY_RECORDER (ph_activity_recorder_get_type ())
G_DECLARE_FINAL_TYPE (PhActivityRecorder, ph_activity_recorder, PH, ACTIVITY_RECORDER, GObject)

/* Signal: "recorded" (), on the main loop, at most ten times a second: the kernel told something that may have become
 * an entry. */

/* @store: where entries are kept; NULL: nowhere. */
PhActivityRecorder *ph_activity_recorder_new (PhActivityLog *log, PhHistoryStore *store);

PhActivityLog *ph_activity_recorder_get_log (PhActivityRecorder *self);

/* Hears the kernel's news of links, addresses, routes and neighbours, and with @connections of each TCP socket that is
 * destroyed; else connections are not written down at all. What happened while nothing was heard is not made up. FALSE
 * and @error where the kernel gives no such news; looks are written down all the same. */
gboolean ph_activity_recorder_hear (PhActivityRecorder *self, gboolean network, gboolean connections, GError **error);

/* Which entries are kept as history; the log has all. Ports: TRUE, connections: FALSE, the rest goes with ports. */
void ph_activity_recorder_keep (PhActivityRecorder *self, gboolean ports, gboolean connections);

/* Of any thread: how the network is now, which is no news. Asks the kernel, where that is due. */
void ph_activity_recorder_learn (PhActivityRecorder *self);

/* Of any thread: see ph_activity_from_sockets_look() and _set_ephemeral(). */
void ph_activity_recorder_look (
    PhActivityRecorder *self, PhSnapshot *snapshot, gboolean listeners_only, PhPortRange ephemeral, gboolean all_udp);

/* Looks have rested: the next one is the first again. */
void ph_activity_recorder_forget (PhActivityRecorder *self);
