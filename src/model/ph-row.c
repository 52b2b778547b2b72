/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A row is small (64 bytes) because there are a hundred thousand of them: while it is in its table it has nothing but
 * its place there. What it needs to outlive the table's interest in it comes when it leaves.
 */
#include "ph-row-private.h"

G_DEFINE_FINAL_TYPE (PhRow, ph_row, G_TYPE_OBJECT)

G_STATIC_ASSERT (sizeof (PhRow) <= 64);

static void
ph_row_finalize (GObject *object)
{
  PhRow *self = PH_ROW (object);

  g_clear_pointer (&self->last, ph_snapshot_unref);

  G_OBJECT_CLASS (ph_row_parent_class)->finalize (object);
}

static void
ph_row_class_init (PhRowClass *class)
{
  G_OBJECT_CLASS (class)->finalize = ph_row_finalize;
}

static void
ph_row_init (PhRow *self)
{
}

PhRow *
ph_row_new (PhTable *table, guint32 slot, guint born)
{
  PhRow *self = g_object_new (PH_TYPE_ROW, NULL);

  self->table = table;
  self->slot = slot;
  self->born = born;
  return self;
}

void
ph_row_leave (PhRow *self, PhSnapshot *last)
{
  self->table = NULL;
  self->last = ph_snapshot_ref (last);
  self->record = ph_snapshot_at (last, self->slot);
}

gconstpointer
ph_row_get_record (PhRow *self)
{
  g_return_val_if_fail (PH_IS_ROW (self), NULL);

  if (self->table == NULL)
    return self->record;
  return ph_snapshot_at (ph_table_get_snapshot (self->table), self->slot);
}

gboolean
ph_row_is_alive (PhRow *self)
{
  g_return_val_if_fail (PH_IS_ROW (self), FALSE);

  return self->table != NULL;
}
