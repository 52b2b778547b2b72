/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The terms of a filter as chips, each of which takes its term away: with a click, Enter or Delete. */
#pragma once

#include <adwaita.h>

#define PH_TYPE_TERM_CHIPS (ph_term_chips_get_type ())
G_DECLARE_FINAL_TYPE (PhTermChips, ph_term_chips, PH, TERM_CHIPS, AdwBin)

/* Signal: "removed" (uint): the term of that number is not wanted any more; see ph_filter_edit_remove(). */

/* @text: a filter that is right, or "": no chips, and then nothing is in sight. */
void ph_term_chips_set_text (PhTermChips *self, const char *text);
