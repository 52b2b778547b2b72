/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * All that is known of one row of any table: every column, whether it is shown or not, with what its value means. What
 * a record has none of is left out; what is not known is a dash, with the reason.
 */
#pragma once

#include <adwaita.h>

#include "ph-schema.h"

#define PH_TYPE_RECORD_DETAILS (ph_record_details_get_type ())
G_DECLARE_FINAL_TYPE (PhRecordDetails, ph_record_details, PH, RECORD_DETAILS, AdwBin)

/* Signal "close": the user wants it away. */

/* @title, @subtitle: ids of the columns that say which record it is. All of it static. */
PhRecordDetails *ph_record_details_new (const PhSchema *schema, const char *title, const char *subtitle);

/* @record (only looked at; NULL: none is selected) in @style. One whose mark is PH_MARK_CLOSED is said to be gone. */
void ph_record_details_show (PhRecordDetails *self, const PhRecord *record, const PhStyle *style);

/* Everything in it as text, for copying; free with g_free(). */
char *ph_record_details_dup_text (PhRecordDetails *self);
