/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The facets of what a view shows, counted in a worker: after each arrangement of the view (so at most once for a
 * sync), and only while somebody wants them. One count at a time; what comes meanwhile is folded into the next.
 */
#pragma once

#include "ph-facet.h"
#include "ph-view.h"

#define PH_TYPE_FACET_COUNTER (ph_facet_counter_get_type ())
G_DECLARE_FINAL_TYPE (PhFacetCounter, ph_facet_counter, PH, FACET_COUNTER, GObject)

/* Signal "counted": there are new facets. */

PhFacetCounter *ph_facet_counter_new (PhView *view);

/* What the user has typed; the view has it as its filter already. */
void ph_facet_counter_set_text (PhFacetCounter *self, const char *text);

/* Bits, by index in PhSchema.facets; 0, as it is to begin with: nobody wants any. */
void ph_facet_counter_set_wanted (PhFacetCounter *self, guint64 wanted);

/* As last counted; NULL: never, or nobody wants them. Borrowed. */
const PhFacets *ph_facet_counter_get_facets (PhFacetCounter *self);

/* How long the last count took, µs. */
gint64 ph_facet_counter_get_took (PhFacetCounter *self);
