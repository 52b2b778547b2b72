/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A value of a facet: whether it is chosen, what it is, how many rows have it. */
#pragma once

#include <adwaita.h>

#include "ph-facet.h"

#define PH_TYPE_FACET_ROW (ph_facet_row_get_type ())
G_DECLARE_FINAL_TYPE (PhFacetRow, ph_facet_row, PH, FACET_ROW, GtkListBoxRow)

GtkWidget *ph_facet_row_new (const PhFacetField *field);

/* Copies what it is about. */
void ph_facet_row_set (PhFacetRow *self, const PhFacetValue *value);

const char *ph_facet_row_get_value (PhFacetRow *self);
PhFilterChoice ph_facet_row_get_choice (PhFacetRow *self);
