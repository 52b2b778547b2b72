/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * All rows of one table: a GListStore of PhRow, brought up to date from one snapshot after another.
 *
 * The store is in no order that means anything; PhView above it sorts and filters. Work per sync is proportional to the
 * rows that came and went. Knows nothing of sockets.
 */
#pragma once

#include <gio/gio.h>

#include "ph-row.h"

#define PH_TYPE_TABLE (ph_table_get_type ())
G_DECLARE_FINAL_TYPE (PhTable, ph_table, PH, TABLE, GObject)

/* Signal "synced": after each ph_table_sync(), with rows and snapshot in step. */

PhTable *ph_table_new (const PhSchema *schema);
const PhSchema *ph_table_get_schema (PhTable *self);
GListStore *ph_table_get_store (PhTable *self);    /* borrowed */
PhSnapshot *ph_table_get_snapshot (PhTable *self); /* borrowed; NULL before the first sync */

/* Takes a reference to @snapshot. Snapshots of one linker in turn cost what changed; any other is taken whole, keeping
 * the rows whose keys it still has. */
void ph_table_sync (PhTable *self, PhSnapshot *snapshot);

/* The row in a slot of the current snapshot; borrowed; NULL for an empty slot. */
PhRow *ph_table_get_row (PhTable *self, guint32 slot);
PhRow *ph_table_find (PhTable *self, gconstpointer key);
