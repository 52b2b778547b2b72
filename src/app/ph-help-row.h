/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An option of netstat as a row: how it is spelled, where that is in the window, and what the option means. */
#pragma once

#include <gtk/gtk.h>

#include "ph-option-clicks.h"
#include "ph-options-guide.h"

#define PH_TYPE_HELP_ROW (ph_help_row_get_type ())
G_DECLARE_FINAL_TYPE (PhHelpRow, ph_help_row, PH, HELP_ROW, GtkListBoxRow)

/* @click: static; NULL: nothing shows it. @heading: of the options it belongs to, translated. Both are copied where
 * they are not static. */
PhHelpRow *ph_help_row_new (const PhOptionEntry *entry, const PhOptionClick *click, const char *heading);

const PhOptionClick *ph_help_row_get_click (PhHelpRow *self); /* NULL: it does nothing */
const char *ph_help_row_get_heading (PhHelpRow *self);

/* Whether all words of @folded (g_utf8_casefold()) are somewhere in its texts. */
gboolean ph_help_row_matches (PhHelpRow *self, const char *folded);
