/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A few sentences with an icon each that says how bad it is: the first of them, and on demand the others. Told anew
 * after each look; a sentence that is the same stays as it is, with what is selected in it.
 */
#pragma once

#include <adwaita.h>

#include "ph-counter-meaning.h"

#define PH_TYPE_SUMMARY_LIST (ph_summary_list_get_type ())
G_DECLARE_FINAL_TYPE (PhSummaryList, ph_summary_list, PH, SUMMARY_LIST, AdwBin)

/* So many are shown while nobody asks for more. */
#define PH_SUMMARY_LIST_FEW 3

void ph_summary_list_begin (PhSummaryList *self);
void ph_summary_list_add (PhSummaryList *self, PhCounterSeverity severity, const char *sentence);
void ph_summary_list_end (PhSummaryList *self); /* without a sentence it is not visible */

guint ph_summary_list_count (PhSummaryList *self);
const char *ph_summary_list_get (PhSummaryList *self, guint n);
