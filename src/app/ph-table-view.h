/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A PhView as a table on screen: sortable, movable and resizable columns made from its schema, rows that keep their
 * selection, copying. Knows nothing of sockets; every page has one.
 */
#pragma once

#include <adwaita.h>

#include "ph-view.h"

#define PH_TYPE_TABLE_VIEW (ph_table_view_get_type ())
G_DECLARE_FINAL_TYPE (PhTableView, ph_table_view, PH, TABLE_VIEW, AdwBin)

/*
 * Signals: "columns-changed": others are shown, or in another order; "widths-changed", "sort-changed": they have other
 * widths, or rows another order; "reset": the user wants all of that as usual, and it is so already. "drawn": cells
 * have been drawn, and may have found names that are wanted; at most once per main loop turn. "row-menu" (PhRow,
 * GMenu): the menu of a row is made, and others may add to it. "row-activated" (PhRow): by a double click or Enter.
 * "filter-wanted" (string): from that menu; a term that a filter should have, too. Actions: "table.copy",
 * "table.columns" (opens a menu of all columns), "table.reset-columns", and "columns.ID" for each column.
 */

/* Once. @name: what a screen reader calls the table, translated. @order: ids of the columns it is sorted by to begin
 * with, and that decide whenever the columns the user sorts by do not; NULL-terminated, static. */
void ph_table_view_set_view (PhTableView *self, PhView *view, const char *name, const char *const *order);
PhView *ph_table_view_get_view (PhTableView *self);
GtkSelectionModel *ph_table_view_get_selection (PhTableView *self);

void ph_table_view_set_style (PhTableView *self, const PhStyle *style);
const PhStyle *ph_table_view_get_style (PhTableView *self);

/* A row's mark where its record has none: for what is known of it elsewhere. Asked for the cells on screen, often. */
typedef PhMark (*PhRowMarker) (gconstpointer record, gpointer user_data);
void ph_table_view_set_marker (PhTableView *self, PhRowMarker marker, gpointer user_data);

/* Calls @func for the rows that can be seen right now, whole or in part. */
void ph_table_view_each_in_sight (PhTableView *self, void (*func) (PhRow *row, gpointer user_data), gpointer user_data);

/* The cells that are on screen are asked again: after a sync, or when names have come in. */
void ph_table_view_refresh_cells (PhTableView *self);

/* Columns in sight, in their order. @ids that are unknown are skipped; none that is known: the default ones. */
void ph_table_view_set_shown (PhTableView *self, const char *const *ids);
char **ph_table_view_dup_shown (PhTableView *self);
gboolean ph_table_view_is_default (PhTableView *self);

/* The same as columns; NULL-terminated; valid until "columns-changed". */
const PhColumn *const *ph_table_view_get_columns (PhTableView *self);

/* Beside the next one in sight, towards the end or the start of the line; out of sight; as wide as what it says. */
void ph_table_view_move_column (PhTableView *self, const char *id, gboolean forward);
void ph_table_view_hide_column (PhTableView *self, const char *id);
void ph_table_view_fit_column (PhTableView *self, const char *id);

/* The widths in px that the user has given to columns, a{si} by id; ids that are unknown are skipped, NULL: none. */
GVariant *ph_table_view_dup_widths (PhTableView *self);
void ph_table_view_set_widths (PhTableView *self, GVariant *widths);

/* What it is sorted by as long as the user has not chosen. */
/* News come first and are to be seen: at its top the table stays there. */
void ph_table_view_stay_on_top (PhTableView *self);

void ph_table_view_sort_by (PhTableView *self, const char *id, gboolean descending);

/* As a click on a header: what it was sorted by decides where that does not. */
void ph_table_view_sort_first (PhTableView *self, const char *id, gboolean descending);

/* What the user has chosen, a(sb): column and whether it is descending, the most important first; empty or NULL: the
 * usual order. */
GVariant *ph_table_view_dup_sort (PhTableView *self);
void ph_table_view_set_sort (PhTableView *self, GVariant *sort);

/* The slots, in the order shown, of rows that still exist; with @selected only of those that are selected. Free with
 * g_free(). */
guint32 *ph_table_view_dup_slots (PhTableView *self, gboolean selected, guint *n);
