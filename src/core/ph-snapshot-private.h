/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The inside of a snapshot, for the linker alone. */
#pragma once

#include "ph-index.h"
#include "ph-snapshot.h"

/* Records live in chunks of this many, so that a growing dump copies nothing and takes no more than it needs. */
#define PH_CHUNK_SHIFT   10
#define PH_CHUNK_RECORDS (1u << PH_CHUNK_SHIFT)

#define PH_NO_RECORD     G_MAXUINT32

typedef struct
{
  gpointer object;
  GDestroyNotify release;
} PhKept;

struct _PhSnapshot
{
  gatomicrefcount refs;
  const PhSchema *schema;
  gint64 time;

  guint n_records;
  GPtrArray *chunks; /* ph_block_take() */
  guint n_borrowed;  /* so many of them, the first, are another's: kept, linked and never written */
  gboolean in_order; /* records are in the order of their keys: there is no index */
  PhArena *arena;
  GArray *kept; /* PhKept */
  PhLookResult looks[PH_N_REQUESTS];

  /* Filled by the linker. */
  PhIndex index;  /* key → record */
  guint32 *slots; /* slot → record, or PH_NO_RECORD */
  guint32 n_slots;
  GArray *added; /* guint32 */
  GArray *removed;
  guint linker; /* its number */
  guint64 serial;
  guint64 previous_serial;
};

static inline gpointer
ph_snapshot_nth (const PhSnapshot *snapshot, guint index)
{
  guint8 *chunk = g_ptr_array_index (snapshot->chunks, index >> PH_CHUNK_SHIFT);

  return chunk + (index & (PH_CHUNK_RECORDS - 1)) * snapshot->schema->record_size;
}

/* For one that links snapshots in another way: a number that no linker had before. */
guint ph_linker_take_number (void);

/* The record with this key, whose hash is @hash; PH_NO_RECORD if there is none. */
guint ph_snapshot_lookup (const PhSnapshot *snapshot, gconstpointer key, guint32 hash);
