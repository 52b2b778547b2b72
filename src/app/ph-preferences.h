/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The preferences: what is told of, what is known, how it is watched, what is kept. */
#pragma once

#include <adwaita.h>

#include "ph-lookout.h"

#define PH_TYPE_PREFERENCES (ph_preferences_get_type ())
G_DECLARE_FINAL_TYPE (PhPreferences, ph_preferences, PH, PREFERENCES, AdwPreferencesWindow)

/* @parent: NULL where no other window is open. */
PhPreferences *ph_preferences_new (GtkWindow *parent, PhLookout *lookout);
