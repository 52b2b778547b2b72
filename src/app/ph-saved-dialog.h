/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A window where saved filters are renamed, put in order and deleted: by buttons, by dragging, by Alt+Up and Alt+Down.
 */
#pragma once

#include <adwaita.h>

#include "ph-saved-filters.h"

#define PH_TYPE_SAVED_DIALOG (ph_saved_dialog_get_type ())
G_DECLARE_FINAL_TYPE (PhSavedDialog, ph_saved_dialog, PH, SAVED_DIALOG, AdwWindow)

PhSavedDialog *ph_saved_dialog_new (GtkWindow *parent, PhSavedFilters *saved);
