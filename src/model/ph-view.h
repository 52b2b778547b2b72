/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What of a table is shown, and in which order: a GListModel of PhRow.
 *
 * Matching and sorting run in a worker over the immutable snapshot; the main loop only compares the old and the new
 * order and announces the difference in one items-changed. Until then the old order stands, also with rows that have
 * left the table meanwhile. Requests that come while one is under way are folded into the next.
 */
#pragma once

#include <gio/gio.h>

#include "ph-arrange.h"
#include "ph-table.h"

#define PH_TYPE_VIEW (ph_view_get_type ())
G_DECLARE_FINAL_TYPE (PhView, ph_view, PH, VIEW, GObject)

/* Signal "arranged": a new order is in force (items-changed has been emitted where it differs). */

PhView *ph_view_new (PhTable *table);
PhTable *ph_view_get_table (PhView *self); /* borrowed */

/* The chips' (0) and the entry's (1) filter; NULL: none. */
void ph_view_set_filter (PhView *self, guint which, PhFilter *filter);
void ph_view_set_sort (PhView *self, const PhSortKey *keys, guint n_keys);

/* The shown columns (copied, NULL-terminated: free-text words look in them) and the style. Names in @style are kept by
 * reference. */
void ph_view_set_context (PhView *self, const PhColumn *const *columns, const PhStyle *style);

/* What of it is asked of a record, by those who count: the chips' filter (NULL: none), and what words look in.
 * Borrowed, until the next setter. */
void ph_view_get_question (PhView *self, PhFilter **chips, PhFilterContext *context);

/* Arranges anew, soon; done by itself after a sync and each setter. For when names have come in. Waits while held, as a
 * sync does. */
void ph_view_refresh (PhView *self);

/* While held, syncs do not re-arrange (a menu is open, the pointer is moving), but setters do; catches up on release.
 * Where there are no rows, none can move: the first ones come at once. Counts. */
void ph_view_hold (PhView *self);
void ph_view_release (PhView *self);

/* TRUE while an arrangement is under way or about to begin; what a hold keeps back does not count. */
gboolean ph_view_is_busy (PhView *self);

/* The row's position in O(n), or GTK_INVALID_LIST_POSITION's value G_MAXUINT. */
guint ph_view_find (PhView *self, PhRow *row);
