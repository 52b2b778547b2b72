/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Only what is of one process: by a middle click or a double click on what names it, or from the menu of a row. */
#pragma once

#include "ph-table-view.h"

/* Once, when @table has its view. It emits "filter-wanted" then. */
void ph_owner_click_attach (PhTableView *table);

/* The same for @row: TRUE if its owner is known. */
gboolean ph_owner_click_want (PhTableView *table, PhRow *row);
