/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One PhColumn as a column of a GtkColumnView: its cells, its sorter, its menu, its width. */
#pragma once

#include <gtk/gtk.h>

#include "ph-cell-set.h"

GtkColumnViewColumn *ph_table_column_new (const PhColumn *column, PhCellSet *cells, GMenuModel *menu);

/* What it was made of. */
const PhColumn *ph_table_column_get (GtkColumnViewColumn *self);
