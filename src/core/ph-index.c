/* SPDX-License-Identifier: GPL-3.0-or-later */
/* See ph-index.h. */
#include "ph-index.h"

#include <string.h>

/* Eight bytes at a time: multiply, then fold the upper half down, because the low bits choose the place. Cookies count
 * up, and nobody outside picks one, so no defence against chosen keys is needed. */
static guint64
mix (guint64 hash, guint64 word)
{
  hash = (hash ^ word) * G_GUINT64_CONSTANT (0xd1342543de82ef95);
  return hash ^ (hash >> 32);
}

guint32
ph_index_hash (gconstpointer key, gsize size)
{
  const guint8 *bytes = key;
  guint64 hash = G_GUINT64_CONSTANT (0x9e3779b97f4a7c15) ^ size;
  guint64 word;

  for (; size >= sizeof word; bytes += sizeof word, size -= sizeof word)
    {
      memcpy (&word, bytes, sizeof word);
      hash = mix (hash, word);
    }
  word = 0;
  memcpy (&word, bytes, size);
  return (guint32) mix (mix (hash, word), 0);
}

static void
place (PhIndex *index, PhIndexEntry entry)
{
  guint32 at = entry.hash;

  while (index->entries[at & index->mask].number != 0)
    at++;
  index->entries[at & index->mask] = entry;
}

void
ph_index_reserve (PhIndex *index, guint n)
{
  PhIndexEntry *old = index->entries;
  guint32 n_old = old ? index->mask + 1 : 0;
  guint64 size = MAX (n_old, 16);

  while (size * 2 < (guint64) n * 3)
    size *= 2;
  if (size == n_old)
    return;

  index->entries = g_new0 (PhIndexEntry, size);
  index->mask = (guint32) (size - 1);
  for (guint32 i = 0; i < n_old; i++)
    if (old[i].number != 0)
      place (index, old[i]);
  g_free (old);
}

void
ph_index_add (PhIndex *index, guint32 hash, guint number)
{
  ph_index_reserve (index, index->n + 1);
  place (index, (PhIndexEntry){ .hash = hash, .number = number + 1 });
  index->n++;
}

void
ph_index_clear (PhIndex *index)
{
  g_clear_pointer (&index->entries, g_free);
  index->mask = 0;
  index->n = 0;
}
