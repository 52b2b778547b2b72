/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The menu of a row: copy, also as CSV, JSON and in other programs' words; filter by what a cell says, or by who owns
 * the row; and what the page adds. Opened by the secondary button, the Menu key or Shift+F10.
 */
#pragma once

#include "ph-table-view.h"

/* Once, when @table has its view. The table emits "row-menu" when a menu is made, and "filter-wanted" when one is
 * chosen (see ph-table-view.h). */
void ph_row_menu_attach (PhTableView *table);
