/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Above the connections: the entry of the filter, and chips for what is asked most. It only says what was chosen; the
 * page makes filters and requests of it.
 *
 * Which states can be asked depends on the scope (All, Active, Listening): what listens is neither established nor
 * closing, so those two chips rest while Listening is on.
 */
#pragma once

#include <adwaita.h>

#include "ph-chips.h"

#define PH_TYPE_FILTER_BAR (ph_filter_bar_get_type ())
G_DECLARE_FINAL_TYPE (PhFilterBar, ph_filter_bar, PH, FILTER_BAR, AdwBin)

/* Property: "search-mode" (boolean): the entry is in sight. Signals: "chips-changed", "text-changed". */

void ph_filter_bar_get_chips (PhFilterBar *self, PhChips *chips);
void ph_filter_bar_set_chips (PhFilterBar *self, const PhChips *chips);

const char *ph_filter_bar_get_text (PhFilterBar *self);
void ph_filter_bar_set_text (PhFilterBar *self, const char *text);

/* What is wrong with the text, in words; NULL: nothing. */
void ph_filter_bar_set_error (PhFilterBar *self, const char *message);
const char *ph_filter_bar_get_error (PhFilterBar *self);

/* Everything is shown again. */
void ph_filter_bar_clear (PhFilterBar *self);

/* Typing while the focus is in @widget begins a filter. */
void ph_filter_bar_capture_keys (PhFilterBar *self, GtkWidget *widget);
