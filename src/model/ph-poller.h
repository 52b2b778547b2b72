/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * When to collect: a timeout that re-arms only after the last collection has ended, so that polls never overlap, and
 * that does not exist at all while nobody looks or the user has paused.
 */
#pragma once

#include "ph-source.h"
#include "ph-table.h"

#define PH_TYPE_POLLER (ph_poller_get_type ())
G_DECLARE_FINAL_TYPE (PhPoller, ph_poller, PH, POLLER, GObject)

/* Properties (notify): "interval" (uint, ms), "paused", "active" (somebody looks), "error" (string, NULL while all is
 * well), "stretched" (the interval in force is longer than asked for, because collecting takes more than a quarter of
 * it), "effective-interval" (uint, ms). Signal "polled": a collection went well and the table is in step with it. */

PhPoller *ph_poller_new (PhSource *source, PhTable *table);

void ph_poller_set_interval (PhPoller *self, guint ms);
guint ph_poller_get_interval (PhPoller *self);
guint ph_poller_get_effective_interval (PhPoller *self);

/* Not by itself, but only when there is news, and then no sooner than the interval says: see ph_poller_hasten(). */
void ph_poller_set_on_demand (PhPoller *self, gboolean on_demand);
void ph_poller_set_paused (PhPoller *self, gboolean paused);
gboolean ph_poller_get_paused (PhPoller *self);

/* Nothing is polled before this is called; FALSE cancels the collection under way. */
void ph_poller_set_active (PhPoller *self, gboolean active);

/* What to collect; takes effect with a collection at once if it asks for more. */
void ph_poller_set_plan (PhPoller *self, const PhPlan *plan);

/* Collects once, now, even when paused; if a collection is under way, once more after it. */
void ph_poller_refresh (PhPoller *self);

/* There is news: does not wait for the interval to be over, but only until collecting takes no more than a quarter of
 * the time. Nothing where there is no polling. */
void ph_poller_hasten (PhPoller *self);

const char *ph_poller_get_error (PhPoller *self);

/* Durations of the last collection, µs; 0 before the first. @collect_us is the whole of it, owners included; @sync_us
 * with all that handlers of the table's "synced" do. */
void ph_poller_get_timing (PhPoller *self, gint64 *collect_us, gint64 *owners_us, gint64 *sync_us);
