/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One cell: a text, which a screen reader takes for a label, in the first column beside the icon of the row's mark. It
 * formats when it is bound and when its set is refreshed; the tooltip's whole story only when asked for.
 */
#pragma once

#include "ph-cell-set.h"
#include "ph-row.h"

#define PH_TYPE_CELL (ph_cell_get_type ())
G_DECLARE_FINAL_TYPE (PhCell, ph_cell, PH, CELL, GtkWidget)

GtkWidget *ph_cell_new (PhCellSet *set, const PhColumn *column);

void ph_cell_bind (PhCell *self, PhRow *row);
void ph_cell_unbind (PhCell *self);
void ph_cell_refresh (PhCell *self);

/* No icon and no tint until the next refresh. */
void ph_cell_clear_mark (PhCell *self);

const char *ph_cell_get_text (PhCell *self);

const PhColumn *ph_cell_get_column (PhCell *self);
PhRow *ph_cell_get_row (PhCell *self); /* borrowed; NULL: not bound */
