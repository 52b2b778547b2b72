/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A window in which a rule about what is not to be told is made or changed. */
#pragma once

#include <adwaita.h>

#include "ph-mute.h"

#define PH_TYPE_MUTE_EDITOR (ph_mute_editor_get_type ())
G_DECLARE_FINAL_TYPE (PhMuteEditor, ph_mute_editor, PH, MUTE_EDITOR, AdwWindow)

/* Signal: "done" (PhMute *): the rule as it is to be; the window closes itself. */

/* @mute: to change; NULL: a new one. */
PhMuteEditor *ph_mute_editor_new (GtkWindow *parent, const PhMute *mute);
