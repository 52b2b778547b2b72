/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The inside of the log, for those who make snapshots of it. */
#pragma once

#include "ph-activity-log.h"
#include "ph-arena.h"

/*
 * As many entries as a block of a snapshot has, and their strings. Only the log writes, behind the entries that others
 * know of; what they know never changes. So a block is shared while it is filled.
 */
typedef struct
{
  gatomicrefcount refs;
  PhActivity *entries; /* ph_block_take() */
  PhArena *arena;
  guint n; /* the log's, under its lock */
} PhActivityBlock;

void ph_activity_block_unref (PhActivityBlock *block);

/* The log at one moment. Entries have places, which count up from 0 without gaps; slots are places modulo @n_slots. */
typedef struct
{
  GPtrArray *blocks; /* PhActivityBlock, a reference each; all but the last are full */
  guint64 first;     /* place of the first entry */
  guint n;           /* entries */
  guint n_slots;
  guint64 generation;
} PhActivityHeld;

/* NULL is an empty log. Clear with ph_activity_held_clear(). */
void ph_activity_log_hold (PhActivityLog *log, PhActivityHeld *held);
void ph_activity_held_clear (PhActivityHeld *held);
