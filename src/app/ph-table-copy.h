/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Rows and cells as text for the clipboard. A number that is shown with its name is copied as the number: that is what
 * other programs take. Text is otherwise as on screen, CSV and JSON are as in an exported file.
 */
#pragma once

#include "ph-table-view.h"

typedef enum
{
  PH_COPY_TEXT, /* a line to each row, cells separated by tabs */
  PH_COPY_CSV,  /* no titles, and no end of line behind the last row: it may be pasted anywhere */
  PH_COPY_JSON, /* one row: an object; several: an array of them */
} PhCopyFormat;

/* The selected rows go to the clipboard: at once or, where they are many, after some turns of the main loop, unless
 * something else is copied meanwhile. Nothing happens where none is selected. */
void ph_table_copy (PhTableView *table, PhCopyFormat format);

/* The same as text; NULL where none is selected. Free with g_free(). */
char *ph_table_copy_dup (PhTableView *table, PhCopyFormat format);

/* What the cell in @column of @record says; empty where nothing is known. Free with g_free(). */
char *ph_table_copy_dup_cell (PhTableView *table, const PhColumn *column, gconstpointer record);
