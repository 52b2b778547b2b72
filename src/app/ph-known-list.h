/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The listening ports that are known, as rows of the preferences: to search, mute and remove. */
#pragma once

#include <adwaita.h>

#define PH_TYPE_KNOWN_LIST (ph_known_list_get_type ())
G_DECLARE_FINAL_TYPE (PhKnownList, ph_known_list, PH, KNOWN_LIST, AdwPreferencesGroup)
