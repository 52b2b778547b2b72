/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the user likes, for all windows: units, colours, how long changes are marked, how CSV is written. It follows the
 * settings; where nothing can be remembered, it is what a first start has.
 */
#pragma once

#include <gio/gio.h>

#include "ph-export.h"
#include "ph-print.h"

typedef enum
{
  PH_COLORS_USUAL = 0,
  PH_COLORS_SAFE, /* told apart with every kind of colour blindness */
  PH_COLORS_NONE, /* shapes and icons alone */
} PhColors;

#define PH_TYPE_TASTE (ph_taste_get_type ())
G_DECLARE_FINAL_TYPE (PhTaste, ph_taste, PH, TASTE, GObject)

/* Signals, each when one of them has become another: "units", "colors", "marks". Drawn is anew by who listens. */

/* The one of the program; borrowed. Main thread. */
PhTaste *ph_taste_get_default (void);

PhUnits ph_taste_get_units (PhTaste *self);       /* in tables and sentences */
PhUnits ph_taste_get_graph_units (PhTaste *self); /* on the axes of graphs, and beside them */
PhColors ph_taste_get_colors (PhTaste *self);
gint64 ph_taste_get_mark_us (PhTaste *self); /* how long rows are marked; 0: not at all */
PhCsvFlags ph_taste_get_csv (PhTaste *self); /* for files and for copies, titles aside */
