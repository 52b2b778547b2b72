/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A table, or why there is none: a spinner if the first rows keep us waiting, and the empty state. */
#pragma once

#include "ph-empty-state.h"
#include "ph-table-view.h"

#define PH_TYPE_TABLE_STACK (ph_table_stack_get_type ())
G_DECLARE_FINAL_TYPE (PhTableStack, ph_table_stack, PH, TABLE_STACK, AdwBin)

PhTableView *ph_table_stack_get_table_view (PhTableStack *self);

void ph_table_stack_show_table (PhTableStack *self);

/* @detail as in ph_empty_state_set_reason(). */
void ph_table_stack_show_empty (PhTableStack *self, PhTableId table, PhEmptyReason reason, const char *detail);
