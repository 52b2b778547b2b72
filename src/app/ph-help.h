/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Help: netstat's options, each with where that is in the window; a click shows it. The options are the parser's own
 * table.
 */
#pragma once

#include "ph-window.h"

#define PH_TYPE_HELP (ph_help_get_type ())
G_DECLARE_FINAL_TYPE (PhHelp, ph_help, PH, HELP, AdwWindow)

/* @window: where clicks show what they are about. */
PhHelp *ph_help_new (PhWindow *window);

void ph_help_add_toast (PhHelp *self, AdwToast *toast); /* taken over */
