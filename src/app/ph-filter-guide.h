/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Beside a filter's entry: a button that opens what can be said there, examples and fields, each to be clicked. */
#pragma once

#include <adwaita.h>

#include "ph-schema.h"

#define PH_TYPE_FILTER_GUIDE (ph_filter_guide_get_type ())
G_DECLARE_FINAL_TYPE (PhFilterGuide, ph_filter_guide, PH, FILTER_GUIDE, AdwBin)

/* Signal "chosen" (string): a filter, or a field with its colon, that is to be put into the entry. */

GtkWidget *ph_filter_guide_new (const PhSchema *schema);
