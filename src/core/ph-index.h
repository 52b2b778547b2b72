/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Finds records by key: an open-addressing hash of record numbers, which leaves the keys where they are, in the
 * records. Linear probing, at most two thirds full, nothing is ever removed.
 *
 * The upper part of each hash is kept beside the number, so that a search touches a record (a cache miss, at 80,000 of
 * them) only where it will match.
 */
#pragma once

#include <glib.h>

typedef struct
{
  guint32 hash;
  guint32 number; /* of the record, plus 1; 0: free */
} PhIndexEntry;

typedef struct
{
  PhIndexEntry *entries; /* NULL while empty */
  guint32 mask;
  guint n;
} PhIndex;

guint32 ph_index_hash (gconstpointer key, gsize size);

/* Makes room for @n entries at once. */
void ph_index_reserve (PhIndex *index, guint n);
void ph_index_add (PhIndex *index, guint32 hash, guint number);
void ph_index_clear (PhIndex *index);

/* Walks the records that may have this hash: begin with *@at = the hash. FALSE: no more. */
static inline gboolean
ph_index_next (const PhIndex *index, guint32 hash, guint32 *at, guint *number)
{
  if (index->entries == NULL)
    return FALSE;

  for (;;)
    {
      const PhIndexEntry *entry = &index->entries[*at & index->mask];

      if (entry->number == 0)
        return FALSE;
      (*at)++;
      if (entry->hash == hash)
        {
          *number = entry->number - 1;
          return TRUE;
        }
    }
}
