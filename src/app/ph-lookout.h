/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Keeps watch for the whole program, with or without a window: the watcher and its files, the notifier, and the
 * settings that they follow.
 */
#pragma once

#include "ph-notifier.h"
#include "ph-watcher.h"

#define PH_TYPE_LOOKOUT (ph_lookout_get_type ())
G_DECLARE_FINAL_TYPE (PhLookout, ph_lookout, PH, LOOKOUT, GObject)

/* The program's one from then on, until it is closed. Nothing is read and nothing looked at before it is started. */
PhLookout *ph_lookout_new (void);

/* Borrowed; NULL: nobody keeps watch in this process (one that measures, or a test of a single page). */
PhLookout *ph_lookout_get_default (void);

/* Once or more: the first time counts. */
void ph_lookout_start (PhLookout *self);

PhWatcher *ph_lookout_get_watcher (PhLookout *self);   /* borrowed */
PhNotifier *ph_lookout_get_notifier (PhLookout *self); /* borrowed */
GSettings *ph_lookout_get_settings (PhLookout *self);  /* borrowed; NULL where nothing can be remembered */

/* Takes a rule out, puts one in, or both; NULL: none. Nothing before the file has been read. */
void ph_lookout_change_mutes (PhLookout *self, const PhMute *without, const PhMute *with);

/* Forgets all that has happened: the log and the file. */
void ph_lookout_clear_history (PhLookout *self);

/* Writes what waits, for at most @timeout_ms. */
void ph_lookout_close (PhLookout *self, guint timeout_ms);
