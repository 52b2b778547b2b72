/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One thing that was found, with the first of its sockets. */
#pragma once

#include <adwaita.h>

#include "ph-lookup.h"

#define PH_TYPE_LOOKUP_HIT_VIEW (ph_lookup_hit_view_get_type ())
G_DECLARE_FINAL_TYPE (PhLookupHitView, ph_lookup_hit_view, PH, LOOKUP_HIT_VIEW, AdwBin)

/* Signals: "socket-chosen" (pointer: const PhSocketKey *); "all-chosen" (string: the filter that shows them all). */

/* Shows @max sockets at most, and how many there are. */
PhLookupHitView *ph_lookup_hit_view_new (const PhLookupHit *hit, guint max);

/* Adds its rows in order, borrowed. */
void ph_lookup_hit_view_append_rows (PhLookupHitView *self, GPtrArray *rows);
