/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Where snapshots come from: collects in a worker thread, one collection at a time, never on the main loop.
 */
#pragma once

#include <gio/gio.h>

#include "ph-collector.h"

#define PH_TYPE_SOURCE (ph_source_get_type ())
G_DECLARE_FINAL_TYPE (PhSource, ph_source, PH, SOURCE, GObject)

/* @topic: what it collects. @names: those of another source, which sees to it that services(5) is loaded; NULL: its
 * own. */
PhSource *ph_source_new (const PhTopic *topic, PhNames *names);

/* The names that cells and filters use; services(5) is loaded into its own with the first collection. Borrowed. */
PhNames *ph_source_get_names (PhSource *self);

/* Starts collecting what @plan says (copied). Until it has been finished, another call fails with G_IO_ERROR_PENDING.
 */
void ph_source_collect_async (
    PhSource *self, const PhPlan *plan, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);

/* Begins a first collection now, in a thread of its own and without a main loop: the first ph_source_collect_async()
 * gets its result if it has the same plan and is not long ago, and waits for its end in any case. Once, before any
 * other collection. */
void ph_source_collect_ahead (PhSource *self, const PhPlan *plan);

/* The snapshot (owned by the caller), or NULL and @error. Single requests that failed are no error: see
 * ph_snapshot_look().
 * @collect_us, where not NULL, gets the time that it took in all, and @owners_us how much of that went into owners. */
PhSnapshot *ph_source_collect_finish (
    PhSource *self, GAsyncResult *result, gint64 *collect_us, gint64 *owners_us, GError **error);
