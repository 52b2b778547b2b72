/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From a place in a table to the cell, and from the cell to what GTK has around it and has no names for in its API. */
#pragma once

#include "ph-cell.h"

/* The cell that @widget is in, or has in it, or the first one of its row; NULL outside of rows. */
PhCell *ph_cell_near (GtkWidget *widget);

/* The same for what is at a place of @table. */
PhCell *ph_cell_at (GtkWidget *table, double x, double y);

/* The row that @cell is in: what has the focus. NULL: it is in none. */
GtkWidget *ph_cell_row_widget (PhCell *cell);
