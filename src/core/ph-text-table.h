/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Any columns of any table as aligned text for a terminal. The widest cell decides how wide a column is, so the cells
 * are collected first and printed at the end.
 */
#pragma once

#include "ph-column.h"

typedef struct _PhTextTable PhTextTable;

/* @columns (NULL-terminated) and @style are borrowed until ph_text_table_free(). */
PhTextTable *ph_text_table_new (const PhColumn *const *columns, const PhStyle *style);
void ph_text_table_free (PhTextTable *table);

void ph_text_table_row (PhTextTable *table, gconstpointer record);

/* Appends the headings and all rows, and begins anew. An absent value is "-", so that a line always has as many cells
 * as there are columns. */
void ph_text_table_print (PhTextTable *table, GString *text);

/* For rows that come one by one: appends those since the last time, and before the first the headings. Columns are at
 * least as wide as they are in the window, and never get narrower. */
void ph_text_table_go_on (PhTextTable *table, GString *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PhTextTable, ph_text_table_free)
