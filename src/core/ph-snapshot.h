/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One look at one table: an immutable, reference-counted set of plain records, and how the look went.
 *
 * It is filled by one thread (ph_snapshot_add), then linked to the one before it (ph_linker_link), which gives every
 * record its slot, and from then on only read, from any thread.
 */
#pragma once

#include "ph-arena.h"
#include "ph-error.h"
#include "ph-request.h"
#include "ph-schema.h"

typedef enum
{
  PH_LOOK_NOT_ASKED = 0,
  PH_LOOK_GOOD,
  PH_LOOK_PARTIAL,     /* interrupted each time: rows may be missing or twice */
  PH_LOOK_FAILED,      /* its rows are those of last time, marked stale */
  PH_LOOK_UNSUPPORTED, /* this kernel does not report it; no error */
} PhLook;

typedef struct
{
  PhLook look;
  PhError error;     /* for FAILED */
  guint16 malformed; /* messages that could not be understood and were left out */
} PhLookResult;

/* @time: µs, CLOCK_MONOTONIC. */
PhSnapshot *ph_snapshot_new (const PhSchema *schema, gint64 time);
PhSnapshot *ph_snapshot_ref (PhSnapshot *snapshot);
void ph_snapshot_unref (PhSnapshot *snapshot);

/* --- while it is being filled --- */

/* A new zeroed record. Adding another may move it: keep indexes, not pointers. */
gpointer ph_snapshot_add (PhSnapshot *snapshot);
void ph_snapshot_truncate (PhSnapshot *snapshot, guint n_records);
PhArena *ph_snapshot_arena (PhSnapshot *snapshot);
gpointer ph_snapshot_edit (PhSnapshot *snapshot, guint index); /* the record, to write */
/* Takes over a reference that records point at; released with the snapshot. */
void ph_snapshot_keep (PhSnapshot *snapshot, gpointer object, GDestroyNotify release);
PhLookResult *ph_snapshot_edit_look (PhSnapshot *snapshot, PhRequestName request);
/* One more message or line of this request's answer was left out. */
void ph_snapshot_count_malformed (PhSnapshot *snapshot, PhRequestName request);

/* --- once it is filled --- */

const PhSchema *ph_snapshot_schema (const PhSnapshot *snapshot);
gint64 ph_snapshot_time (const PhSnapshot *snapshot);

/* Records in the order of the dump. */
guint ph_snapshot_n_records (const PhSnapshot *snapshot);
gconstpointer ph_snapshot_record (const PhSnapshot *snapshot, guint index);

/* Records by slot, once linked. Slots may be empty: NULL. */
guint ph_snapshot_n_slots (const PhSnapshot *snapshot);
gconstpointer ph_snapshot_at (const PhSnapshot *snapshot, guint32 slot);

/* By key, once linked; NULL if it is not there. */
gconstpointer ph_snapshot_find (const PhSnapshot *snapshot, gconstpointer key);

const PhLookResult *ph_snapshot_look (const PhSnapshot *snapshot, PhRequestName request);

/* What this snapshot changed against the one it was linked to: slots that were filled and slots that were emptied (a
 * slot may be in neither, never in both). The slots of the first snapshot are all added. */
const guint32 *ph_snapshot_added (const PhSnapshot *snapshot, guint *n);
const guint32 *ph_snapshot_removed (const PhSnapshot *snapshot, guint *n);

/* Serial numbers count the links of one linker, from 1; @previous is 0 for the first. A reader that did not see
 * @previous, or saw the one of another linker, must take everything as new. Linkers have numbers of their own, never
 * used again while the program runs. */
guint ph_snapshot_linker (const PhSnapshot *snapshot);
guint64 ph_snapshot_serial (const PhSnapshot *snapshot);
guint64 ph_snapshot_previous_serial (const PhSnapshot *snapshot);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PhSnapshot, ph_snapshot_unref)
