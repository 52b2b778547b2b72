/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is not told of, as rows of the preferences: to add, change and remove. */
#pragma once

#include <adwaita.h>

#define PH_TYPE_MUTE_LIST (ph_mute_list_get_type ())
G_DECLARE_FINAL_TYPE (PhMuteList, ph_mute_list, PH, MUTE_LIST, AdwPreferencesGroup)
