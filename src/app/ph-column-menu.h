/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What can be done with the columns of a table: sort, move, fit, hide, show, reset. A header has it for its column, by
 * the right button, or by the Menu key where headers take the focus (not before GTK 4.10); for the keyboard alone there
 * is one menu of all columns.
 */
#pragma once

#include "ph-table-view.h"

/* Once @table has its columns; for as long as it lives. */
void ph_column_menu_attach (PhTableView *table);

/* The menu of all columns. */
void ph_column_menu_open (PhTableView *table);
