/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Decides what to ask, one request after another, and turns the answers into a snapshot of sockets. It asks nobody
 * itself:
 *
 *   ph_collector_begin (collector, &plan);
 *   while (ph_collector_next (collector, &request))
 *     ph_probe_ask (probe, &request, ph_collector_sink, collector, stop, NULL);
 *   snapshot = ph_collector_end (collector);
 *
 * so that the same sequence serves a worker thread, the command line, and an agent elsewhere. It remembers from one
 * collection to the next: slots (PhLinker), owners, users, units. Not thread-safe: one collection at a time.
 *
 * The sequence: the sockets that the plan names; link names, where a socket is bound to one that is not known; known
 * owners are carried over if their process still lives; the descriptors of closed sockets and then the processes are
 * searched for what is missing (ph-owner-hunt.h); cgroups of what nobody may read; facts of new owners; names of new
 * users. Then, at the end, the snapshot is linked.
 */
#pragma once

#include "ph-frame.h"
#include "ph-linker.h"
#include "ph-request.h"

typedef struct _PhCollector PhCollector;

typedef struct
{
  guint64 requests;     /* bit (1 << PhRequestName) for each kind of socket */
  guint32 want;         /* PhWant */
  gboolean owners;      /* find them */
  gboolean full_owners; /* all of each socket's, by a full walk, now: the command line */
  gboolean names;       /* login names */
  gint64 mark_new_us;
  gint64 keep_closed_us;
} PhPlan;

PhCollector *ph_collector_new (void);
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
