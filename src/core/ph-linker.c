/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One pass over the new records finds each in the last snapshot, by its key, and takes over its slot and history; one
 * pass over the last snapshot's records finds those that nobody took over, and closes, keeps or drops them.
 *
 * Two dumps of one table come in nearly the same order. So each record is first looked for right behind where the one
 * before it was found, which is nearly always right and reads the last snapshot from front to back; only where it is
 * not there, the hash is asked.
 */
#include "ph-linker.h"

#include <string.h>

#include "ph-snapshot-private.h"

#define NEVER G_MININT64

struct _PhLinker
{
  const PhSchema *schema;
  gint64 new_us;
  gint64 closed_us;

  PhSnapshot *last;
  guint number;
  guint64 serial;
  guint32 n_slots;

  GArray *free;    /* guint32: slots that may be used */
  GArray *resting; /* guint32: emptied in the last snapshot */

  /* Since when each request has been looked at without a pause. What was there then is not new. */
  gint64 watched_since[PH_N_REQUESTS];
};

guint
ph_linker_take_number (void)
{
  static gint n_linkers; /* atomic */

  return (guint) g_atomic_int_add (&n_linkers, 1) + 1;
}

PhLinker *
ph_linker_new (const PhSchema *schema)
{
  PhLinker *linker = g_new0 (PhLinker, 1);

  linker->schema = schema;
  linker->number = ph_linker_take_number ();
  linker->free = g_array_new (FALSE, FALSE, sizeof (guint32));
  linker->resting = g_array_new (FALSE, FALSE, sizeof (guint32));
  for (guint i = 0; i < PH_N_REQUESTS; i++)
    linker->watched_since[i] = NEVER;
  return linker;
}

void
ph_linker_free (PhLinker *linker)
{
  if (linker == NULL)
    return;

  ph_snapshot_unref (linker->last);
  g_array_unref (linker->free);
  g_array_unref (linker->resting);
  g_free (linker);
}

void
ph_linker_set_marks (PhLinker *linker, gint64 new_us, gint64 closed_us)
{
  linker->new_us = new_us;
  linker->closed_us = closed_us;
}

PhSnapshot *
ph_linker_last (PhLinker *linker)
{
  return linker->last;
}

static gboolean
same_key (const PhSchema *schema, gconstpointer a, gconstpointer b)
{
  return memcmp (ph_schema_key (schema, a), ph_schema_key (schema, b), schema->key_size) == 0;
}

/* Fills the index. Of records with the same key the last one stays, in the place of the first. */
static void
index_records (PhSnapshot *snapshot)
{
  const PhSchema *schema = snapshot->schema;
  guint kept = 0;

  ph_index_reserve (&snapshot->index, snapshot->n_records);
  for (guint i = 0; i < snapshot->n_records; i++)
    {
      gconstpointer record = ph_snapshot_nth (snapshot, i);
      gconstpointer key = ph_schema_key (schema, record);
      guint32 hash = ph_index_hash (key, schema->key_size);
      guint place = ph_snapshot_lookup (snapshot, key, hash);

      if (place == PH_NO_RECORD)
        {
          place = kept++;
          ph_index_add (&snapshot->index, hash, place);
          if (place == i)
            continue;
        }
      memcpy (ph_snapshot_nth (snapshot, place), record, schema->record_size);
    }
  ph_snapshot_truncate (snapshot, kept);
}

/* The record of the last snapshot with the key of @record. @guess is where to look first, and gets where to look for
 * the next. */
static guint
find_last (const PhSnapshot *last, gconstpointer record, guint *guess)
{
  const PhSchema *schema = last->schema;
  gconstpointer key = ph_schema_key (schema, record);
  guint found = *guess;

  if (found >= last->n_records || !same_key (schema, ph_snapshot_nth (last, found), record))
    found = ph_snapshot_lookup (last, key, ph_index_hash (key, schema->key_size));
  if (found != PH_NO_RECORD)
    *guess = found + 1;
  return found;
}

static PhLook
look_of (const PhSnapshot *snapshot, const PhRecord *record)
{
  return record->request < PH_N_REQUESTS ? snapshot->looks[record->request].look : PH_LOOK_NOT_ASKED;
}

/* Notes for each request whether it is still, or newly, watched. */
static void
watch_requests (PhLinker *linker, const PhSnapshot *snapshot)
{
  for (guint i = 0; i < PH_N_REQUESTS; i++)
    {
      gint64 *since = &linker->watched_since[i];

      switch (snapshot->looks[i].look)
        {
        case PH_LOOK_NOT_ASKED:
          *since = NEVER;
          break;
        case PH_LOOK_GOOD:
        case PH_LOOK_PARTIAL:
        case PH_LOOK_UNSUPPORTED:
          if (*since == NEVER)
            *since = snapshot->time;
          break;
        case PH_LOOK_FAILED:
        default:
          break;
        }
    }
}

static gboolean
is_new (const PhLinker *linker, const PhSnapshot *snapshot, const PhRecord *record)
{
  gint64 since = record->request < PH_N_REQUESTS ? linker->watched_since[record->request] : NEVER;

  return since != NEVER && record->first_seen > since && snapshot->time - record->first_seen < linker->new_us;
}

static guint32
take_slot (PhLinker *linker)
{
  guint32 slot;

  if (linker->free->len == 0)
    return linker->n_slots++;

  slot = g_array_index (linker->free, guint32, linker->free->len - 1);
  g_array_set_size (linker->free, linker->free->len - 1);
  return slot;
}

/* Gives every record that the dump brought its history. @taken gets a bit for each record of the last snapshot. */
static void
link_records (PhLinker *linker, PhSnapshot *snapshot, guint8 *taken)
{
  const PhSchema *schema = linker->schema;
  const PhSnapshot *last = linker->last;
  guint guess = 0;

  for (guint i = 0; i < snapshot->n_records; i++)
    {
      PhRecord *record = ph_snapshot_nth (snapshot, i);
      guint found = last ? find_last (last, record, &guess) : PH_NO_RECORD;

      record->first_seen = snapshot->time;
      record->last_seen = snapshot->time;
      if (found != PH_NO_RECORD)
        {
          const PhRecord *before = ph_snapshot_nth (last, found);
          gint64 elapsed = snapshot->time - before->last_seen;

          taken[found] = TRUE;
          record->first_seen = before->first_seen;
          record->slot = before->slot;
          if (schema->advance && elapsed > 0)
            schema->advance (record, before, elapsed);
        }
      else
        {
          record->slot = take_slot (linker);
          g_array_append_val (snapshot->added, record->slot);
        }
      record->mark = is_new (linker, snapshot, record) ? PH_MARK_NEW : PH_MARK_NONE;
    }
}

/* What becomes of a record that this dump did not bring: the mark it is kept with, or PH_MARK_NONE to drop it. What has
 * just gone is shown once, however long ago the last look was. */
static PhMark
fate (const PhLinker *linker, const PhSnapshot *snapshot, const PhRecord *before)
{
  PhLook look = look_of (snapshot, before);

  if (look == PH_LOOK_NOT_ASKED)
    return PH_MARK_NONE;
  if (before->mark == PH_MARK_CLOSED)
    return snapshot->time - before->last_seen < linker->closed_us ? PH_MARK_CLOSED : PH_MARK_NONE;
  if (look == PH_LOOK_FAILED)
    return PH_MARK_STALE;
  return linker->closed_us > 0 ? PH_MARK_CLOSED : PH_MARK_NONE;
}

static void
keep_record (PhSnapshot *snapshot, gconstpointer source, PhMark mark)
{
  const PhSchema *schema = snapshot->schema;
  guint number = snapshot->n_records;
  PhRecord *record = ph_snapshot_add (snapshot);
  gconstpointer key = ph_schema_key (schema, record);

  if (schema->copy)
    schema->copy (snapshot, record, source);
  else
    memcpy (record, source, schema->record_size);
  *record = *(const PhRecord *) source;
  record->mark = mark;
  ph_index_add (&snapshot->index, ph_index_hash (key, schema->key_size), number);
}

static void
sweep_records (PhLinker *linker, PhSnapshot *snapshot, const guint8 *taken)
{
  const PhSnapshot *last = linker->last;

  for (guint i = 0; i < last->n_records; i++)
    {
      const PhRecord *before;
      PhMark mark;

      if (taken[i])
        continue;
      before = ph_snapshot_nth (last, i);
      mark = fate (linker, snapshot, before);
      if (mark != PH_MARK_NONE)
        keep_record (snapshot, before, mark);
      else
        g_array_append_val (snapshot->removed, before->slot);
    }
}

static void
fill_slots (PhLinker *linker, PhSnapshot *snapshot)
{
  snapshot->n_slots = linker->n_slots;
  snapshot->slots = g_new (guint32, linker->n_slots);
  for (guint32 slot = 0; slot < linker->n_slots; slot++)
    snapshot->slots[slot] = PH_NO_RECORD;
  for (guint i = 0; i < snapshot->n_records; i++)
    snapshot->slots[((const PhRecord *) ph_snapshot_nth (snapshot, i))->slot] = i;
}

/* The slots emptied in the last snapshot have now been empty for one; those emptied in this one begin to rest. */
static void
turn_slots (PhLinker *linker, const PhSnapshot *snapshot)
{
  g_array_append_vals (linker->free, linker->resting->data, linker->resting->len);
  g_array_set_size (linker->resting, 0);
  g_array_append_vals (linker->resting, snapshot->removed->data, snapshot->removed->len);
}

void
ph_linker_link (PhLinker *linker, PhSnapshot *snapshot)
{
  PhSnapshot *last = linker->last;

  g_return_if_fail (snapshot->schema == linker->schema);
  g_return_if_fail (snapshot->serial == 0);

  snapshot->linker = linker->number;
  snapshot->serial = ++linker->serial;
  snapshot->previous_serial = last ? last->serial : 0;

  watch_requests (linker, snapshot);
  index_records (snapshot);
  if (last)
    {
      g_autofree guint8 *taken = g_malloc0 (MAX (last->n_records, 1));

      link_records (linker, snapshot, taken);
      sweep_records (linker, snapshot, taken);
    }
  else
    link_records (linker, snapshot, NULL);
  fill_slots (linker, snapshot);
  turn_slots (linker, snapshot);

  linker->last = ph_snapshot_ref (snapshot);
  ph_snapshot_unref (last);
}
