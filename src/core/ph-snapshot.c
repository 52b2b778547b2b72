/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Owns the records of one look and everything they point at. The linking itself is in ph-linker.c. */
#include "ph-snapshot-private.h"

#include <string.h>

#include "ph-block.h"

PhSnapshot *
ph_snapshot_new (const PhSchema *schema, gint64 time)
{
  PhSnapshot *snapshot = g_new0 (PhSnapshot, 1);

  g_atomic_ref_count_init (&snapshot->refs);
  snapshot->schema = schema;
  snapshot->time = time;
  snapshot->chunks = g_ptr_array_new ();
  snapshot->arena = ph_arena_new ();
  snapshot->kept = g_array_new (FALSE, FALSE, sizeof (PhKept));
  snapshot->added = g_array_new (FALSE, FALSE, sizeof (guint32));
  snapshot->removed = g_array_new (FALSE, FALSE, sizeof (guint32));
  return snapshot;
}

static gsize
chunk_size (const PhSnapshot *snapshot)
{
  return PH_CHUNK_RECORDS * snapshot->schema->record_size;
}

/* All but the first @n_left. */
static void
drop_chunks (PhSnapshot *snapshot, guint n_left)
{
  while (snapshot->chunks->len > n_left)
    ph_block_give (g_ptr_array_remove_index (snapshot->chunks, snapshot->chunks->len - 1), chunk_size (snapshot));
}

PhSnapshot *
ph_snapshot_ref (PhSnapshot *snapshot)
{
  g_atomic_ref_count_inc (&snapshot->refs);
  return snapshot;
}

void
ph_snapshot_unref (PhSnapshot *snapshot)
{
  if (snapshot == NULL || !g_atomic_ref_count_dec (&snapshot->refs))
    return;

  for (guint i = 0; i < snapshot->kept->len; i++)
    {
      PhKept *kept = &g_array_index (snapshot->kept, PhKept, i);

      kept->release (kept->object);
    }
  g_array_unref (snapshot->kept);
  drop_chunks (snapshot, snapshot->n_borrowed);
  g_ptr_array_unref (snapshot->chunks);
  ph_arena_free (snapshot->arena);
  ph_index_clear (&snapshot->index);
  g_free (snapshot->slots);
  g_array_unref (snapshot->added);
  g_array_unref (snapshot->removed);
  g_free (snapshot);
}

gpointer
ph_snapshot_add (PhSnapshot *snapshot)
{
  guint number = snapshot->n_records;
  gpointer record;

  if (number >> PH_CHUNK_SHIFT == snapshot->chunks->len)
    g_ptr_array_add (snapshot->chunks, ph_block_take (chunk_size (snapshot)));

  snapshot->n_records = number + 1;
  record = memset (ph_snapshot_nth (snapshot, number), 0, snapshot->schema->record_size);
  ((PhRecord *) record)->slot = PH_NO_SLOT;
  return record;
}

void
ph_snapshot_truncate (PhSnapshot *snapshot, guint n_records)
{
  g_return_if_fail (n_records <= snapshot->n_records);

  snapshot->n_records = n_records;
  drop_chunks (snapshot, (n_records + PH_CHUNK_RECORDS - 1) >> PH_CHUNK_SHIFT);
}

PhArena *
ph_snapshot_arena (PhSnapshot *snapshot)
{
  return snapshot->arena;
}

gpointer
ph_snapshot_edit (PhSnapshot *snapshot, guint index)
{
  g_return_val_if_fail (index < snapshot->n_records, NULL);

  return ph_snapshot_nth (snapshot, index);
}

void
ph_snapshot_keep (PhSnapshot *snapshot, gpointer object, GDestroyNotify release)
{
  PhKept kept = { object, release };

  g_array_append_val (snapshot->kept, kept);
}

PhLookResult *
ph_snapshot_edit_look (PhSnapshot *snapshot, PhRequestName request)
{
  g_return_val_if_fail ((guint) request < PH_N_REQUESTS, NULL);

  return &snapshot->looks[request];
}

void
ph_snapshot_count_malformed (PhSnapshot *snapshot, PhRequestName request)
{
  PhLookResult *look = ph_snapshot_edit_look (snapshot, request);

  if (look->malformed < G_MAXUINT16)
    look->malformed++;
}

const PhSchema *
ph_snapshot_schema (const PhSnapshot *snapshot)
{
  return snapshot->schema;
}

gint64
ph_snapshot_time (const PhSnapshot *snapshot)
{
  return snapshot->time;
}

guint
ph_snapshot_n_records (const PhSnapshot *snapshot)
{
  return snapshot->n_records;
}

gconstpointer
ph_snapshot_record (const PhSnapshot *snapshot, guint index)
{
  g_return_val_if_fail (index < snapshot->n_records, NULL);

  return ph_snapshot_nth (snapshot, index);
}

guint
ph_snapshot_n_slots (const PhSnapshot *snapshot)
{
  return snapshot->n_slots;
}

gconstpointer
ph_snapshot_at (const PhSnapshot *snapshot, guint32 slot)
{
  if (slot >= snapshot->n_slots || snapshot->slots[slot] == PH_NO_RECORD)
    return NULL;
  return ph_snapshot_nth (snapshot, snapshot->slots[slot]);
}

guint
ph_snapshot_lookup (const PhSnapshot *snapshot, gconstpointer key, guint32 hash)
{
  const PhSchema *schema = snapshot->schema;
  guint32 at = hash;
  guint number;

  while (ph_index_next (&snapshot->index, hash, &at, &number))
    if (memcmp (ph_schema_key (schema, ph_snapshot_nth (snapshot, number)), key, schema->key_size) == 0)
      return number;
  return PH_NO_RECORD;
}

static gconstpointer
find_in_order (const PhSnapshot *snapshot, gconstpointer key)
{
  const PhSchema *schema = snapshot->schema;
  guint low = 0, high = snapshot->n_records;

  while (low < high)
    {
      const guint middle = low + (high - low) / 2;
      gconstpointer record = ph_snapshot_nth (snapshot, middle);
      const int order = memcmp (ph_schema_key (schema, record), key, schema->key_size);

      if (order == 0)
        return record;
      if (order < 0)
        low = middle + 1;
      else
        high = middle;
    }
  return NULL;
}

gconstpointer
ph_snapshot_find (const PhSnapshot *snapshot, gconstpointer key)
{
  guint number;

  if (snapshot->in_order)
    return find_in_order (snapshot, key);
  number = ph_snapshot_lookup (snapshot, key, ph_index_hash (key, snapshot->schema->key_size));
  return number == PH_NO_RECORD ? NULL : ph_snapshot_nth (snapshot, number);
}

const PhLookResult *
ph_snapshot_look (const PhSnapshot *snapshot, PhRequestName request)
{
  g_return_val_if_fail ((guint) request < PH_N_REQUESTS, NULL);

  return &snapshot->looks[request];
}

const guint32 *
ph_snapshot_added (const PhSnapshot *snapshot, guint *n)
{
  *n = snapshot->added->len;
  return (const guint32 *) (gconstpointer) snapshot->added->data;
}

const guint32 *
ph_snapshot_removed (const PhSnapshot *snapshot, guint *n)
{
  *n = snapshot->removed->len;
  return (const guint32 *) (gconstpointer) snapshot->removed->data;
}

guint
ph_snapshot_linker (const PhSnapshot *snapshot)
{
  return snapshot->linker;
}

guint64
ph_snapshot_serial (const PhSnapshot *snapshot)
{
  return snapshot->serial;
}

guint64
ph_snapshot_previous_serial (const PhSnapshot *snapshot)
{
  return snapshot->previous_serial;
}
