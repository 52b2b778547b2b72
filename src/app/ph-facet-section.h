/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One facet: a heading that folds, below it the values with their counts. The first few of them, those that are chosen,
 * and on demand all.
 */
#pragma once

#include <adwaita.h>

#include "ph-facet.h"

#define PH_TYPE_FACET_SECTION (ph_facet_section_get_type ())
G_DECLARE_FINAL_TYPE (PhFacetSection, ph_facet_section, PH, FACET_SECTION, AdwBin)

/* Property: "expanded" (boolean). Signal: "chosen" (value, as in ph-filter-edit.h; PhFilterChoice): the user wants it
 * to be that. */

/* @field: static. */
PhFacetSection *ph_facet_section_new (const PhFacetField *field);
const PhFacetField *ph_facet_section_get_field (PhFacetSection *self);

/* Nothing of it is kept. Where there is nothing to choose the section hides. @held: what is in the list stays where it
 * is, whatever the counts become. */
void ph_facet_section_set_facet (PhFacetSection *self, const PhFacet *facet, gboolean held);

/* The menu of a value is open. */
gboolean ph_facet_section_has_menu (PhFacetSection *self);
