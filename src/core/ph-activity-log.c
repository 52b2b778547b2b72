/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A queue of blocks: entries are added to the last, and the first goes when there are too many.
 *
 * Everything that others hold on to is a block, which is counted; so dropping one frees it when the last snapshot that
 * shows it is gone.
 */
#include "ph-activity-log-private.h"

#include <string.h>

#include "ph-block.h"
#include "ph-handover.h"
#include "ph-snapshot-private.h"

#define SIZE_MAX_ENTRIES 10000000
#define NUMBER_MAX       ((guint64) G_MAXINT64) /* a file may say anything */
#define BLOCK_SIZE       (PH_CHUNK_RECORDS * sizeof (PhActivity))

struct _PhActivityLog
{
  gatomicrefcount refs;
  guint n_blocks_max;
  guint n_slots;

  GMutex lock; /* for all below */
  GQueue blocks;
  guint64 first; /* place of the first entry */
  guint64 end;   /* place of the next one */
  guint64 last_number;
  guint64 generation;
};

/* --- blocks --- */

static PhActivityBlock *
block_new (void)
{
  PhActivityBlock *block = g_new0 (PhActivityBlock, 1);

  g_atomic_ref_count_init (&block->refs);
  block->entries = ph_block_take (BLOCK_SIZE);
  block->arena = ph_arena_new ();
  return block;
}

static PhActivityBlock *
block_ref (PhActivityBlock *block)
{
  g_atomic_ref_count_inc (&block->refs);
  return block;
}

void
ph_activity_block_unref (PhActivityBlock *block)
{
  PH_HAND_OVER (block);
  if (!g_atomic_ref_count_dec (&block->refs))
    return;
  PH_TAKE_OVER (block);
  ph_block_give (block->entries, BLOCK_SIZE);
  ph_arena_free (block->arena);
  g_free (block);
}

/* Many entries in a row are about one program. */
static const char *
keep_string (PhActivityBlock *block, const char *string, const char *before)
{
  if (string && before && strcmp (string, before) == 0)
    return before;
  return ph_arena_string (block->arena, string);
}

static PhActivity *
block_append (PhActivityBlock *block, const PhActivity *entry)
{
  static const PhActivity none;
  const PhActivity *before = block->n > 0 ? &block->entries[block->n - 1] : &none;
  PhActivity *kept = &block->entries[block->n++];

  *kept = *entry;
  kept->process = keep_string (block, entry->process, before->process);
  kept->exe = keep_string (block, entry->exe, before->exe);
  kept->unit = keep_string (block, entry->unit, before->unit);
  kept->interface_name = keep_string (block, entry->interface_name, before->interface_name);
  kept->detail = keep_string (block, entry->detail, before->detail);
  return kept;
}

/* --- the log --- */

static void
lock (PhActivityLog *log)
{
  g_mutex_lock (&log->lock);
  PH_TAKE_OVER (log);
}

static void
unlock (PhActivityLog *log)
{
  PH_HAND_OVER (log);
  g_mutex_unlock (&log->lock);
}

PhActivityLog *
ph_activity_log_new (guint size)
{
  PhActivityLog *log = g_new0 (PhActivityLog, 1);

  size = CLAMP (size, 1, SIZE_MAX_ENTRIES);
  g_atomic_ref_count_init (&log->refs);
  g_mutex_init (&log->lock);
  g_queue_init (&log->blocks);
  /* One more than hold them: the first may just have gone. A slot must stay empty for a while after it was emptied. */
  log->n_blocks_max = (size + PH_CHUNK_RECORDS - 1) / PH_CHUNK_RECORDS + 1;
  log->n_slots = 2 * log->n_blocks_max * PH_CHUNK_RECORDS;
  return log;
}

PhActivityLog *
ph_activity_log_ref (PhActivityLog *log)
{
  g_atomic_ref_count_inc (&log->refs);
  return log;
}

void
ph_activity_log_unref (PhActivityLog *log)
{
  if (!log || !g_atomic_ref_count_dec (&log->refs))
    return;
  g_queue_clear_full (&log->blocks, (GDestroyNotify) ph_activity_block_unref);
  g_mutex_clear (&log->lock);
  g_free (log);
}

static PhActivityBlock *
block_to_fill (PhActivityLog *log)
{
  PhActivityBlock *last = g_queue_peek_tail (&log->blocks);

  if (last && last->n < PH_CHUNK_RECORDS)
    return last;
  if (log->blocks.length == log->n_blocks_max)
    {
      ph_activity_block_unref (g_queue_pop_head (&log->blocks));
      log->first += PH_CHUNK_RECORDS;
    }
  last = block_new ();
  g_queue_push_tail (&log->blocks, last);
  return last;
}

static guint64
append (PhActivityLog *log, const PhActivity *entry)
{
  PhActivity *kept = block_append (block_to_fill (log), entry);
  guint64 number = ph_activity_number (entry);

  if (number <= log->last_number || number > NUMBER_MAX)
    number = log->last_number + 1;
  kept->key.number_be = GUINT64_TO_BE (number);
  kept->head.slot = (guint32) (log->end++ % log->n_slots);
  kept->head.request = 0;
  kept->head.mark = entry->kind == PH_ACTIVITY_EVENTS_LOST ? PH_MARK_FAULT : PH_MARK_NONE;
  ph_activity_print_iso (kept->time_us, kept->iso);
  log->last_number = number;
  log->generation++;
  return number;
}

guint64
ph_activity_log_append (PhActivityLog *log, const PhActivity *entry)
{
  guint64 number;

  lock (log);
  number = append (log, entry);
  unlock (log);
  return number;
}

void
ph_activity_log_tell (gpointer log, const PhActivity *entry)
{
  ph_activity_log_append (log, entry);
}

void
ph_activity_log_clear (PhActivityLog *log)
{
  lock (log);
  g_queue_clear_full (&log->blocks, (GDestroyNotify) ph_activity_block_unref);
  log->first = log->end;
  log->generation++;
  unlock (log);
}

guint
ph_activity_log_length (PhActivityLog *log)
{
  guint length;

  lock (log);
  length = (guint) (log->end - log->first);
  unlock (log);
  return length;
}

guint64
ph_activity_log_last_number (PhActivityLog *log)
{
  guint64 number;

  lock (log);
  number = log->last_number;
  unlock (log);
  return number;
}

guint64
ph_activity_log_generation (PhActivityLog *log)
{
  guint64 generation;

  lock (log);
  generation = log->generation;
  unlock (log);
  return generation;
}

/* --- reading --- */

void
ph_activity_log_hold (PhActivityLog *log, PhActivityHeld *held)
{
  *held = (PhActivityHeld){ 0 };
  if (!log)
    {
      held->blocks = g_ptr_array_new ();
      return;
    }
  lock (log);
  held->blocks = g_ptr_array_new_full (log->blocks.length, (GDestroyNotify) ph_activity_block_unref);
  for (GList *at = log->blocks.head; at; at = at->next)
    g_ptr_array_add (held->blocks, block_ref (at->data));
  held->first = log->first;
  held->n = (guint) (log->end - log->first);
  held->n_slots = log->n_slots;
  held->generation = log->generation;
  unlock (log);
}

void
ph_activity_held_clear (PhActivityHeld *held)
{
  g_clear_pointer (&held->blocks, g_ptr_array_unref);
}

static const PhActivity *
nth (const PhActivityHeld *held, guint n)
{
  const PhActivityBlock *block = g_ptr_array_index (held->blocks, n >> PH_CHUNK_SHIFT);

  return &block->entries[n & (PH_CHUNK_RECORDS - 1)];
}

/* Of the first one with a number above @after. */
static guint
find_after (const PhActivityHeld *held, guint64 after)
{
  guint low = 0, high = held->n;

  while (low < high)
    {
      const guint middle = low + (high - low) / 2;

      if (ph_activity_number (nth (held, middle)) <= after)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

guint64
ph_activity_log_each (PhActivityLog *log, guint64 after, PhActivityTell tell, gpointer user)
{
  PhActivityHeld held;

  ph_activity_log_hold (log, &held);
  for (guint i = find_after (&held, after); i < held.n; i++)
    {
      after = ph_activity_number (nth (&held, i));
      tell (user, nth (&held, i));
    }
  ph_activity_held_clear (&held);
  return after;
}
