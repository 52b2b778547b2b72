/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Ties each snapshot to the one before it, in the worker, so that the main loop only has to touch what changed.
 *
 * Every key keeps one slot while it lives; a slot that was emptied stays empty for one snapshot before it is used
 * again. The linker gives new records their mark, brings gone ones back as closed for a while, and those of a failed
 * request as stale, and has rates computed from the two looks (PhSchema.advance). Two records with one key (an
 * interrupted dump): the later one wins.
 */
#pragma once

#include "ph-snapshot.h"

typedef struct _PhLinker PhLinker;

PhLinker *ph_linker_new (const PhSchema *schema);
void ph_linker_free (PhLinker *linker);

/* How long new records are marked and gone ones kept; µs; 0: not at all. What was there when its request was first
 * asked, or asked again after a pause, is not new. What has gone is shown once as closed, however long ago the last
 * look was; keys that come back while they are closed keep their slot and history. */
void ph_linker_set_marks (PhLinker *linker, gint64 new_us, gint64 closed_us);

/* Links @snapshot to the last one given; keeps a reference to it until the next. Only requests that were asked for in
 * @snapshot can close records: a record whose request was not asked this time is dropped without a mark. */
void ph_linker_link (PhLinker *linker, PhSnapshot *snapshot);

/* The last one linked, borrowed; NULL at first. */
PhSnapshot *ph_linker_last (PhLinker *linker);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PhLinker, ph_linker_free)
