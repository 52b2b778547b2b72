/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Beside a filter's entry: a star that opens the saved filters, each to be clicked; a name to save the present one by,
 * and the way to put them in order. The star is filled where the present filter is saved.
 */
#pragma once

#include <adwaita.h>

#include "ph-saved-filters.h"

#define PH_TYPE_SAVED_BUTTON (ph_saved_button_get_type ())
G_DECLARE_FINAL_TYPE (PhSavedButton, ph_saved_button, PH, SAVED_BUTTON, AdwBin)

/* Signal "chosen" (string): the text of a filter that is to take the place of the present one. */

GtkWidget *ph_saved_button_new (PhSavedFilters *saved);

/* What the entry says; @valid: it is a filter. */
void ph_saved_button_set_text (PhSavedButton *self, const char *text, gboolean valid);

/* Opens it, with the focus in the name if there is something to save, else on the first that is saved. */
void ph_saved_button_open (PhSavedButton *self);
