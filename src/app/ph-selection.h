/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Which rows are selected: a GtkSelectionModel that remembers items and not positions.
 *
 * GtkMultiSelection keeps positions, so the one coarse items-changed of a re-sorted view would lose them. Here a row
 * stays selected through every refresh, sort and filter as long as it exists; one that is filtered out does not count
 * meanwhile, and is selected again when it comes back, unless another selection was made.
 */
#pragma once

#include <gtk/gtk.h>

#define PH_TYPE_SELECTION (ph_selection_get_type ())
G_DECLARE_FINAL_TYPE (PhSelection, ph_selection, PH, SELECTION, GObject)

/* @model: any list of GObjects, each at most once in it; referenced. */
PhSelection *ph_selection_new (GListModel *model);

/* No item at all is selected, in sight or not. Costs nothing, unlike asking for the selection. */
gboolean ph_selection_is_empty (PhSelection *self);
