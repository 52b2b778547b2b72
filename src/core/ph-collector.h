/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Decides what to ask, one request after another, and turns the answers into a snapshot of one table. It asks nobody
 * itself:
 *
 *   ph_collector_begin (collector, &plan);
 *   while (ph_collector_next (collector, &request))
 *     ph_probe_ask (probe, &request, ph_collector_sink, collector, stop, NULL);
 *   snapshot = ph_collector_end (collector);
 *
 * so that the same sequence serves a worker thread, the command line, and an agent elsewhere. What the questions are
 * and what the answers mean is the topic's. Not thread-safe: one collection at a time.
 */
#pragma once

#include "ph-frame.h"
#include "ph-topic.h"

typedef struct _PhCollector PhCollector;

PhCollector *ph_collector_new (const PhTopic *topic);
void ph_collector_free (PhCollector *collector);

void ph_collector_begin (PhCollector *collector, const PhPlan *plan);

/* Fills @request; its arrays belong to the collector until the next call. FALSE: nothing more to ask. */
gboolean ph_collector_next (PhCollector *collector, PhRequest *request);

/* A PhSink; @user is the collector. */
void ph_collector_sink (void *user, PhFrameKind kind, const void *bytes, size_t length);

/* The snapshot, linked; the caller has a reference. NULL for a collection that was broken off: before _next() returned
 * FALSE, or by an answer that ended with ECANCELED. Everything stays as after the last good one then. */
PhSnapshot *ph_collector_end (PhCollector *collector);
void ph_collector_cancel (PhCollector *collector);

/* Time spent looking for owners in the last collection, µs: from the first question about them to the last fact. */
gint64 ph_collector_owners_us (const PhCollector *collector);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PhCollector, ph_collector_free)
