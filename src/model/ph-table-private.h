/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the view needs to know of the table below it, beyond what everybody may see. */
#pragma once

#include "ph-table.h"

/* How many syncs there were. A row whose "born" is not above a generation was in the table then, in the slot where it
 * is now, provided that the table has not been rebuilt since. */
guint ph_table_get_generation (PhTable *self);

/* The generation of the last sync that gave every row a new slot, because its snapshot was not the next of its linker.
 */
guint ph_table_get_rebuilt (PhTable *self);

/* Rows by slot, NULL where a slot is empty; borrowed, until the next sync. */
PhRow *const *ph_table_get_rows (PhTable *self, guint *n_slots);

/* The rows that left with the sync under way; only in handlers of "synced", which may take references. */
GPtrArray *ph_table_get_gone (PhTable *self);
