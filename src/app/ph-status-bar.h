/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The bottom line, and behind a small button what there is to know about it. */
#pragma once

#include <adwaita.h>

#define PH_TYPE_STATUS_BAR (ph_status_bar_get_type ())
G_DECLARE_FINAL_TYPE (PhStatusBar, ph_status_bar, PH, STATUS_BAR, AdwBin)

void ph_status_bar_set_text (PhStatusBar *self, const char *text);
const char *ph_status_bar_get_text (PhStatusBar *self);

/* NULL: nothing to know. */
void ph_status_bar_set_notes (PhStatusBar *self, const char *notes);
