/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Bringing a table up to date touches only the slots that the snapshot names as filled or emptied: the linker has done
 * the comparing in the worker. Rows that stay are not looked at; they read from the new snapshot by their slot.
 *
 * The store has no order, so nothing is ever searched or shifted in it: every row knows its position, a new row is put
 * where a gone one was, and what holes remain are closed with rows from the end.
 */
#include "ph-table-private.h"

#include <string.h>

#include "ph-row-private.h"

struct _PhTable
{
  GObject parent_instance;

  const PhSchema *schema;
  PhSnapshot *snapshot;
  GListStore *store; /* holds the references to the rows */

  PhRow **rows; /* by slot */
  guint n_slots;

  guint generation;
  guint rebuilt;
  GPtrArray *gone; /* during a sync */
};

enum
{
  SYNCED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (PhTable, ph_table, G_TYPE_OBJECT)

static void
ph_table_dispose (GObject *object)
{
  PhTable *self = PH_TABLE (object);

  /* Whoever still holds a row can go on reading it. */
  for (guint slot = 0; slot < self->n_slots; slot++)
    {
      if (self->rows[slot] != NULL)
        ph_row_leave (self->rows[slot], self->snapshot);
    }
  g_clear_pointer (&self->rows, g_free);
  self->n_slots = 0;
  g_clear_object (&self->store);
  g_clear_pointer (&self->gone, g_ptr_array_unref);
  g_clear_pointer (&self->snapshot, ph_snapshot_unref);

  G_OBJECT_CLASS (ph_table_parent_class)->dispose (object);
}

static void
ph_table_class_init (PhTableClass *class)
{
  G_OBJECT_CLASS (class)->dispose = ph_table_dispose;

  signals[SYNCED] = g_signal_new ("synced", PH_TYPE_TABLE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
ph_table_init (PhTable *self)
{
  self->store = g_list_store_new (PH_TYPE_ROW);
  self->gone = g_ptr_array_new_with_free_func (g_object_unref);
}

PhTable *
ph_table_new (const PhSchema *schema)
{
  g_return_val_if_fail (schema != NULL, NULL);

  PhTable *self = g_object_new (PH_TYPE_TABLE, NULL);
  self->schema = schema;
  return self;
}

const PhSchema *
ph_table_get_schema (PhTable *self)
{
  g_return_val_if_fail (PH_IS_TABLE (self), NULL);
  return self->schema;
}

GListStore *
ph_table_get_store (PhTable *self)
{
  g_return_val_if_fail (PH_IS_TABLE (self), NULL);
  return self->store;
}

PhSnapshot *
ph_table_get_snapshot (PhTable *self)
{
  g_return_val_if_fail (PH_IS_TABLE (self), NULL);
  return self->snapshot;
}

guint
ph_table_get_generation (PhTable *self)
{
  return self->generation;
}

guint
ph_table_get_rebuilt (PhTable *self)
{
  return self->rebuilt;
}

PhRow *const *
ph_table_get_rows (PhTable *self, guint *n_slots)
{
  *n_slots = self->n_slots;
  return self->rows;
}

GPtrArray *
ph_table_get_gone (PhTable *self)
{
  return self->gone;
}

PhRow *
ph_table_get_row (PhTable *self, guint32 slot)
{
  g_return_val_if_fail (PH_IS_TABLE (self), NULL);
  return slot < self->n_slots ? self->rows[slot] : NULL;
}

PhRow *
ph_table_find (PhTable *self, gconstpointer key)
{
  g_return_val_if_fail (PH_IS_TABLE (self), NULL);

  const PhRecord *record = self->snapshot != NULL ? ph_snapshot_find (self->snapshot, key) : NULL;
  return record != NULL ? ph_table_get_row (self, record->slot) : NULL;
}

static void
resize (PhTable *self, guint n_slots)
{
  if (n_slots <= self->n_slots)
    return;
  self->rows = g_renew (PhRow *, self->rows, n_slots);
  memset (self->rows + self->n_slots, 0, (n_slots - self->n_slots) * sizeof (PhRow *));
  self->n_slots = n_slots;
}

/* Puts @row, which the caller goes on owning, at a position whose row has left or is about to be moved. */
static void
place (PhTable *self, PhRow *row, guint position)
{
  gpointer item = row;

  row->position = position;
  g_list_store_splice (self->store, position, 1, &item, 1);
}

/* Closes @n_holes positions with rows from the end, and cuts the end off. */
static void
close_holes (PhTable *self, PhRow *const *gone, guint n_holes)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->store));
  guint end = n - n_holes;
  guint from = n;

  for (guint i = 0; i < n_holes; i++)
    {
      if (gone[i]->position >= end)
        continue;

      /* As many living rows are beyond the end as there are holes before it. */
      g_autoptr (PhRow) row = NULL;
      do
        {
          g_clear_object (&row);
          row = g_list_model_get_item (G_LIST_MODEL (self->store), --from);
        }
      while (row->table == NULL);
      place (self, row, gone[i]->position);
    }
  g_list_store_splice (self->store, end, n_holes, NULL, 0);
}

static void
update_store (PhTable *self, GPtrArray *added)
{
  PhRow **gone = (PhRow **) self->gone->pdata;
  guint n_gone = self->gone->len;
  guint n_placed = MIN (n_gone, added->len);

  for (guint i = 0; i < n_placed; i++)
    place (self, added->pdata[i], gone[i]->position);

  if (n_gone > n_placed)
    close_holes (self, gone + n_placed, n_gone - n_placed);

  if (added->len > n_placed)
    {
      guint n = g_list_model_get_n_items (G_LIST_MODEL (self->store));

      for (guint i = n_placed; i < added->len; i++)
        ((PhRow *) added->pdata[i])->position = n + i - n_placed;
      g_list_store_splice (self->store, n, 0, added->pdata + n_placed, added->len - n_placed);
    }
}

/* Whether @snapshot tells its difference to just what we have. */
static gboolean
follows (PhTable *self, PhSnapshot *snapshot)
{
  return self->snapshot != NULL && ph_snapshot_linker (snapshot) == ph_snapshot_linker (self->snapshot)
         && ph_snapshot_previous_serial (snapshot) == ph_snapshot_serial (self->snapshot);
}

static void
advance (PhTable *self, PhSnapshot *snapshot, GPtrArray *added_rows)
{
  guint n_added, n_removed;
  const guint32 *added = ph_snapshot_added (snapshot, &n_added);
  const guint32 *removed = ph_snapshot_removed (snapshot, &n_removed);

  for (guint i = 0; i < n_removed; i++)
    {
      PhRow *row = g_steal_pointer (&self->rows[removed[i]]);

      ph_row_leave (row, self->snapshot);
      g_ptr_array_add (self->gone, g_object_ref (row));
    }

  resize (self, ph_snapshot_n_slots (snapshot));
  for (guint i = 0; i < n_added; i++)
    {
      self->rows[added[i]] = ph_row_new (self, added[i], self->generation);
      g_ptr_array_add (added_rows, self->rows[added[i]]);
    }
}

/* Every slot anew: a row goes on where its key does. */
static void
rebuild (PhTable *self, PhSnapshot *snapshot, GPtrArray *added_rows)
{
  g_autofree PhRow **old = g_steal_pointer (&self->rows);
  guint n_old = self->n_slots;

  self->rebuilt = self->generation;
  self->n_slots = 0;
  resize (self, ph_snapshot_n_slots (snapshot));

  for (guint slot = 0; slot < self->n_slots; slot++)
    {
      gconstpointer record = ph_snapshot_at (snapshot, slot);
      if (record == NULL)
        continue;

      const PhRecord *before
          = self->snapshot != NULL ? ph_snapshot_find (self->snapshot, ph_schema_key (self->schema, record)) : NULL;
      PhRow *row = before != NULL ? g_steal_pointer (&old[before->slot]) : NULL;

      if (row != NULL)
        row->slot = slot;
      else
        {
          row = ph_row_new (self, slot, self->generation);
          g_ptr_array_add (added_rows, row);
        }
      self->rows[slot] = row;
    }

  for (guint slot = 0; slot < n_old; slot++)
    {
      if (old[slot] != NULL)
        {
          ph_row_leave (old[slot], self->snapshot);
          g_ptr_array_add (self->gone, g_object_ref (old[slot]));
        }
    }
}

void
ph_table_sync (PhTable *self, PhSnapshot *snapshot)
{
  g_return_if_fail (PH_IS_TABLE (self));
  g_return_if_fail (snapshot != NULL && ph_snapshot_schema (snapshot) == self->schema);

  if (snapshot != self->snapshot)
    {
      g_autoptr (GPtrArray) added = g_ptr_array_new_with_free_func (g_object_unref);

      self->generation++;
      if (follows (self, snapshot))
        advance (self, snapshot, added);
      else
        rebuild (self, snapshot, added);

      g_clear_pointer (&self->snapshot, ph_snapshot_unref);
      self->snapshot = ph_snapshot_ref (snapshot);
      update_store (self, added);
    }

  g_signal_emit (self, signals[SYNCED], 0);

  /* Only now: until it had its say, the view showed them. */
  g_ptr_array_set_size (self->gone, 0);
}
