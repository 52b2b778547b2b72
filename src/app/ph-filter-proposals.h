/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Below a filter's entry while somebody types: how the word may go on. The focus stays in the entry: Down and Up
 * choose, Enter or Tab take, Escape closes; or a click. Values are counted in a worker, one count at a time.
 */
#pragma once

#include <adwaita.h>

#include "ph-saved-filters.h"
#include "ph-table.h"

#define PH_TYPE_FILTER_PROPOSALS (ph_filter_proposals_get_type ())
/* Signal: "chosen" (string): a saved filter, which is to take the place of all that the entry says. */
G_DECLARE_FINAL_TYPE (PhFilterProposals, ph_filter_proposals, PH, FILTER_PROPOSALS, GObject)

/* @entry: a GtkEditable inside @parent, which has a layout manager and places the popover. Neither is kept alive; call
 * ph_filter_proposals_detach() before they go. */
PhFilterProposals *ph_filter_proposals_new (GtkWidget *parent, GtkWidget *entry, PhTable *table);
void ph_filter_proposals_detach (PhFilterProposals *self);

/* These are proposed where nothing has been typed: when the text is deleted, or by Down. */
void ph_filter_proposals_set_saved (PhFilterProposals *self, PhSavedFilters *saved);

/* What the entry says now was not typed. */
void ph_filter_proposals_close (PhFilterProposals *self);

/* They can be seen. */
gboolean ph_filter_proposals_are_open (PhFilterProposals *self);
