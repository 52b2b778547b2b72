/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Keeps watch: looks at what listens, tells what is new, and has written down what happens.
 *
 * It looks by itself, at listeners only, at an interval of its own, unless somebody else looks at the sockets anyway
 * and hands it what was seen: nobody pays twice. Where neither alerts are wanted nor anybody attends, and connections
 * are not to be kept, there is no timer, no thread and no descriptor.
 *
 * Properties (all but the last two are to be set; bind settings to them):
 *   "alerts"           (boolean, TRUE): new listeners are told
 *   "ephemeral-udp"    (boolean, FALSE): also UDP sockets in the range of ephemeral ports
 *   "interval"         (uint, ms, 2000): between two looks of its own
 *   "attended"         (boolean, FALSE): somebody may want to see what happens: connections are written down, too
 *   "keep-ports"       (boolean, TRUE): history has ports, links, addresses, routes, neighbours
 *   "keep-connections" (boolean, FALSE): history has connections, which are then written down also unattended
 *   "unseen"           (uint): listeners that were new and have not been looked at
 *   "trouble"          (string): what does not work as it should, a translated sentence; NULL: nothing
 *
 * Signals:
 *   "alert" (const PhAlert *alert): to be told now
 *   "known-changed" (): there are other rules or listeners in what is known
 *   "recorded" (): the log has new entries; at most ten times a second
 */
#pragma once

#include <gio/gio.h>

#include "ph-activity-log.h"
#include "ph-gather.h"
#include "ph-history-store.h"
#include "ph-known-store.h"

#define PH_TYPE_WATCHER (ph_watcher_get_type ())
G_DECLARE_FINAL_TYPE (PhWatcher, ph_watcher, PH, WATCHER, GObject)

/* @log_size: entries of the log. @history, @known: the files; NULL: nothing is kept there. */
PhWatcher *ph_watcher_new (guint log_size, PhHistoryStore *history, PhKnownStore *known);

/* Reads the files and then begins. Once. */
void ph_watcher_start (PhWatcher *self);

/* A look that somebody else has made, with owners: saves one of its own if it was at all that can listen, in all
 * states. Where such looks come more slowly than its own would, those between are at listeners only. */
void ph_watcher_feed (PhWatcher *self, PhSnapshot *snapshot);

/* What is known and muted; borrowed, NULL before the file was read. Changed (the preferences do) by the second; not
 * before the file was read. */
PhKnown *ph_watcher_get_known (PhWatcher *self);
void ph_watcher_set_known (PhWatcher *self, PhKnown *known);

/* "Don't tell me again." */
void ph_watcher_mute (PhWatcher *self, const PhListenerKey *key);

/* The socket is of a listener that was new and has not been looked at. Cheap where there is none. */
gboolean ph_watcher_is_unseen (PhWatcher *self, const PhSocket *socket);

/* It has been looked at now; NULL: all. What does not listen any more can be looked at no longer, and does not count
 * either. */
void ph_watcher_mark_seen (PhWatcher *self, const PhListenerKey *key);
void ph_watcher_mark_socket_seen (PhWatcher *self, const PhSocket *socket);

PhActivityLog *ph_watcher_get_log (PhWatcher *self);
PhHistoryStore *ph_watcher_get_history (PhWatcher *self); /* NULL: none */

guint ph_watcher_get_unseen (PhWatcher *self);
const char *ph_watcher_get_trouble (PhWatcher *self);

/* At the end of the program: stops, and writes what waits, for at most so long. */
void ph_watcher_close (PhWatcher *self, guint timeout_ms);
