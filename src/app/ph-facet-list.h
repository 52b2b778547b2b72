/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The facets of a table, one below the other: what can be chosen with a click, and how many rows that shows. */
#pragma once

#include <adwaita.h>

#include "ph-facet.h"

#define PH_TYPE_FACET_LIST (ph_facet_list_get_type ())
G_DECLARE_FINAL_TYPE (PhFacetList, ph_facet_list, PH, FACET_LIST, AdwBin)

/*
 * Property: "folded" (GStrv): fields whose sections are folded. Signal: "chosen" (field, value, PhFilterChoice): as in
 * ph_filter_edit_set().
 */

/* Makes the sections; once, when it first comes in sight. */
void ph_facet_list_set_schema (PhFacetList *self, const PhSchema *schema);
gboolean ph_facet_list_has_schema (PhFacetList *self);

/* What is not folded: bits, by index in PhSchema.facets. */
guint64 ph_facet_list_get_wanted (PhFacetList *self);

/* Nothing of it is kept. */
void ph_facet_list_set_facets (PhFacetList *self, const PhFacets *facets);
