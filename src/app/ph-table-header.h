/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The titles of a column view: which is whose, and how they stand. GTK has no API for it. */
#pragma once

#include <gtk/gtk.h>

#include "ph-column.h"

/* Puts the titles of number columns above their numbers, at the end. @columns: those in sight; NULL-terminated. Titles
 * that are not found stay as they are. */
void ph_table_header_align (GtkColumnView *view, const PhColumn *const *columns);

/* Of @columns the one whose header @widget is in; NULL: it is in none. */
const PhColumn *ph_table_header_find (GtkWidget *widget, const PhColumn *const *columns);

/* The list below them. */
GtkWidget *ph_table_header_find_rows (GtkColumnView *view);

/* The parts of @view that take the focus and that GTK gives no name: the list of rows is called like the table, @name.
 */
void ph_table_header_name (GtkColumnView *view, const char *name);
