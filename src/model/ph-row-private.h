/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a row is to the table that keeps it and to the view that shows it. */
#pragma once

#include "ph-table.h"

struct _PhRow
{
  GObject parent_instance;

  PhTable *table; /* borrowed; NULL once the row has left it */
  guint32 slot;
  guint32 position; /* in the table's store */
  guint born;       /* the sync that brought it: ph_table_get_generation() */

  /* Once it has left: the snapshot it was last in, and its record there. */
  PhSnapshot *last;
  gconstpointer record;
};

PhRow *ph_row_new (PhTable *table, guint32 slot, guint born);

/* The row leaves its table, and reads from @last from now on. */
void ph_row_leave (PhRow *self, PhSnapshot *last);
