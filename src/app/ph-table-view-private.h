/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the parts of PhTableView share. ph-table-view.c is the object itself; beside it stand -columns.c, which columns
 * there are, where and how wide, and -order.c, what rows are sorted by.
 */
#pragma once

#include "ph-table-view.h"

#include "ph-cell-set.h"

#define MAX_SORT_KEYS 4

struct _PhTableView
{
  AdwBin parent_instance;

  GtkScrolledWindow *scrolled;
  GtkColumnView *column_view;

  PhView *view;
  GtkSelectionModel *selection;
  PhCellSet *cells;
  const char *const *order;
  GPtrArray *shown; /* of const PhColumn *, NULL-terminated */
  gboolean frozen;  /* columns and order change now, and are looked at afterwards, or never again */

  PhSortKey usual;                 /* first key while the user has not chosen */
  PhSortKey lesser[MAX_SORT_KEYS]; /* wanted too, but GtkColumnView can be told of one alone */
  guint n_lesser;

  GVariant *widths; /* a{si}, as others know them */
  guint widths_id;  /* they are soon told of others; 0: there are none */
};

/* Columns. */
GtkColumnViewColumn *ph_table_view_find_column (PhTableView *self, const char *id); /* borrowed; NULL: there is none */
void ph_table_view_make_columns (PhTableView *self);
void ph_table_view_align_titles (PhTableView *self);
void ph_table_view_update_context (PhTableView *self); /* what free text looks in is another */
void ph_table_view_tell_widths (PhTableView *self);    /* now, if they are others */

/* Order. */
void ph_table_view_sort_changed (PhTableView *self);
