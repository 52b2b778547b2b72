/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Reads from a GtkColumnView which columns it wants to be sorted by.
 *
 * PhView does the sorting, in a worker; the column view is only there for its clickable headers and arrows. GTK tells
 * which column was clicked only since 4.10. So each column gets a PhColumnSorter, which orders nothing: when the
 * column view's own sorter is asked to compare, it asks these in turn, and the order of the questions is the answer.
 */
#pragma once

#include <gtk/gtk.h>

#include "ph-arrange.h"

#define PH_TYPE_COLUMN_SORTER (ph_column_sorter_get_type ())
G_DECLARE_FINAL_TYPE (PhColumnSorter, ph_column_sorter, PH, COLUMN_SORTER, GtkSorter)

GtkSorter *ph_column_sorter_new (const PhColumn *column);

/* Fills up to @max keys, the most important first, from the sorter of a column view. Returns how many. */
guint ph_column_sorter_probe (GtkSorter *view_sorter, PhSortKey *keys, guint max);
