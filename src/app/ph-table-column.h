/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One PhColumn as a column of a GtkColumnView: its cells, its sorter, its width. */
#pragma once

#include <gtk/gtk.h>

#include "ph-cell-set.h"

GtkColumnViewColumn *ph_table_column_new (const PhColumn *column, PhCellSet *cells);

/* What it was made of. */
const PhColumn *ph_table_column_get (GtkColumnViewColumn *self);

/* In px, as the user wants it, also while it is hidden; 0: the usual one. "notify::fixed-width" tells. */
int ph_table_column_get_width (GtkColumnViewColumn *self);
void ph_table_column_set_width (GtkColumnViewColumn *self, int width);

/* As wide as its title and what it says now need. */
void ph_table_column_fit (GtkColumnViewColumn *self);
