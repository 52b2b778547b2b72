/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Snapshots of the log, which is at hand and need not be asked for: references to its blocks, with no record copied.
 *
 * What the linker does for dumps by comparing keys, the places of the entries tell at once: which came, which went, and
 * what slot each has. A snapshot finds records by key by halving, because they are in that order.
 */
#include "ph-activity-log-private.h"
#include "ph-snapshot-private.h"
#include "ph-topic.h"

typedef struct
{
  PhActivityLog *log; /* of the last snapshot */
  guint64 generation;
  PhSnapshot *last;
  guint linker;
  guint64 serial;
  guint64 first; /* places of the last snapshot's entries */
  guint64 end;
  guint64 before_first; /* of the first entry of the one before it */
} State;

static gpointer
create (void)
{
  return g_new0 (State, 1);
}

static void
destroy (gpointer data)
{
  State *state = data;

  ph_snapshot_unref (state->last);
  ph_activity_log_unref (state->log);
  g_free (state);
}

static PhSnapshot *
share_blocks (const PhActivityHeld *held)
{
  const PhActivity *latest;
  PhSnapshot *snapshot;

  snapshot = ph_snapshot_new (&ph_activity_schema, 0);
  for (guint i = 0; i < held->blocks->len; i++)
    {
      PhActivityBlock *block = g_ptr_array_index (held->blocks, i);

      g_ptr_array_add (snapshot->chunks, block->entries);
      ph_snapshot_keep (snapshot, block, (GDestroyNotify) ph_activity_block_unref);
    }
  g_ptr_array_set_free_func (held->blocks, NULL); /* the snapshot has the references now */
  snapshot->n_borrowed = held->blocks->len;
  snapshot->n_records = held->n;
  snapshot->in_order = TRUE;
  if (held->n > 0)
    {
      latest = ph_snapshot_record (snapshot, held->n - 1);
      snapshot->time = latest->head.last_seen;
    }
  return snapshot;
}

static void
fill_slots (PhSnapshot *snapshot, const PhActivityHeld *held)
{
  snapshot->n_slots = held->n_slots;
  snapshot->slots = g_new (guint32, held->n_slots);
  for (guint i = 0; i < held->n_slots; i++)
    snapshot->slots[i] = PH_NO_RECORD;
  for (guint i = 0; i < held->n; i++)
    snapshot->slots[(held->first + i) % held->n_slots] = i;
}

static void
append_slots (GArray *slots, guint64 from, guint64 end, guint n_slots)
{
  for (; from < end; from++)
    {
      const guint32 slot = (guint32) (from % n_slots);

      g_array_append_val (slots, slot);
    }
}

/* Slots are used again only when they have been empty for one snapshot. Where more has happened since than there are
 * slots, it is all new: another linker's snapshot. */
static gboolean
goes_on (const State *state, const PhActivityHeld *held, const PhActivityLog *log)
{
  return state->last && state->log == log && held->first + held->n - state->before_first <= held->n_slots;
}

static void
link_snapshot (State *state, PhSnapshot *snapshot, const PhActivityHeld *held, PhActivityLog *log)
{
  const guint64 end = held->first + held->n;

  if (goes_on (state, held, log))
    {
      snapshot->previous_serial = state->serial;
      append_slots (snapshot->removed, state->first, MIN (held->first, state->end), held->n_slots);
      append_slots (snapshot->added, MAX (held->first, state->end), end, held->n_slots);
      state->before_first = state->first;
    }
  else
    {
      state->linker = ph_linker_take_number ();
      append_slots (snapshot->added, held->first, end, held->n_slots);
      state->before_first = held->first;
    }
  snapshot->linker = state->linker;
  snapshot->serial = ++state->serial;
  fill_slots (snapshot, held);
  state->first = held->first;
  state->end = end;
}

static PhSnapshot *
look (gpointer data, const PhPlan *plan)
{
  State *state = data;
  PhActivityHeld held;
  PhSnapshot *snapshot;

  if (state->last && state->log == plan->log
      && (!plan->log || state->generation == ph_activity_log_generation (plan->log)))
    return ph_snapshot_ref (state->last);

  ph_activity_log_hold (plan->log, &held);
  snapshot = share_blocks (&held);
  link_snapshot (state, snapshot, &held, plan->log);
  if (state->log != plan->log)
    {
      ph_activity_log_unref (state->log);
      state->log = plan->log ? ph_activity_log_ref (plan->log) : NULL;
    }
  state->generation = held.generation;
  ph_snapshot_unref (state->last);
  state->last = ph_snapshot_ref (snapshot);
  ph_activity_held_clear (&held);
  return snapshot;
}

const PhTopic ph_activity_topic = {
  .schema = &ph_activity_schema,
  .create = create,
  .destroy = destroy,
  .look = look,
};
