/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Above a table: the entry of the filter, what is wrong with what it says, and a row for the chips of this table. */
#pragma once

#include <adwaita.h>

#include "ph-table.h"

#define PH_TYPE_FILTER_BAR (ph_filter_bar_get_type ())
G_DECLARE_FINAL_TYPE (PhFilterBar, ph_filter_bar, PH, FILTER_BAR, AdwBin)

/* Property: "search-mode" (boolean): the entry is in sight. Signal: "text-changed". Action: "filter.saved"
 * (Ctrl+D): opens the saved filters, with the name of a new one. */

const char *ph_filter_bar_get_text (PhFilterBar *self);
void ph_filter_bar_set_text (PhFilterBar *self, const char *text);

/* The same, but the entry does not come in sight for that. */
void ph_filter_bar_edit_text (PhFilterBar *self, const char *text);

/* No text any more, at once. */
void ph_filter_bar_clear (PhFilterBar *self);

/* The table that is filtered: what can be said of it is shown on demand, and proposed while somebody types. */
void ph_filter_bar_set_table (PhFilterBar *self, PhTable *table);

/* Filters can be saved by a name, and those that were are offered. @table: the name under which settings have them,
 * "routes"; static. */
void ph_filter_bar_set_saved (PhFilterBar *self, const char *table);

/* What the empty entry proposes. */
void ph_filter_bar_set_hint (PhFilterBar *self, const char *hint);

/* What is wrong with the text, in words, and where: a byte offset, from which on it is underlined. @message NULL:
 * nothing is. */
void ph_filter_bar_set_error (PhFilterBar *self, const char *message, gsize position);
const char *ph_filter_bar_get_error (PhFilterBar *self);

/* NULL: there is no such row. */
void ph_filter_bar_set_chips (PhFilterBar *self, GtkWidget *chips);
GtkWidget *ph_filter_bar_get_chips (PhFilterBar *self);

/* Typing while the focus is in @widget begins a filter. */
void ph_filter_bar_capture_keys (PhFilterBar *self, GtkWidget *widget);
