/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The filters of the connections as they were before something else than the user changed them, to have them back. */
#pragma once

#include "ph-table-page.h"

typedef struct _PhFilterUndo PhFilterUndo;

/* @page: of the connections. */
PhFilterUndo *ph_filter_undo_new (PhTablePage *page);
void ph_filter_undo_free (PhFilterUndo *undo);

/* They are as they were. */
void ph_filter_undo_apply (PhFilterUndo *undo);

/* Says on the page what has happened (@title is no markup), with a button that takes it back. Takes over @undo. */
void ph_filter_undo_offer (PhFilterUndo *undo, const char *title);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PhFilterUndo, ph_filter_undo_free)
