/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The cells of one table that show something at the moment, and how they show it.
 *
 * Rows emit nothing when their facts change; instead the few hundred cells that are bound are asked again after each
 * sync. The table view and its column factories share one set.
 */
#pragma once

#include <gtk/gtk.h>

#include "ph-column.h"

typedef struct
{
  PhStyle style;        /* its names are referenced */
  const PhColumn *lead; /* the first column in sight: it carries the row's mark; NULL: none */
  GQueue cells;         /* of PhCell, linked through the cells themselves */
  GString *text;        /* scratch, so that no cell allocates while it is drawn */

  /* Called soon after cells have been bound: names may be wanted now. */
  GSourceFunc drawn;
  gpointer drawn_data;
  guint drawn_id;
} PhCellSet;

PhCellSet *ph_cell_set_new (GSourceFunc drawn, gpointer data);
PhCellSet *ph_cell_set_ref (PhCellSet *self);
void ph_cell_set_unref (PhCellSet *self);

/* @drawn is not called any more. */
void ph_cell_set_close (PhCellSet *self);

/* Takes effect with the next refresh. */
void ph_cell_set_set_style (PhCellSet *self, const PhStyle *style);
void ph_cell_set_set_lead (PhCellSet *self, const PhColumn *lead);

/* Asks every bound cell again. Cells whose text is the same cost a comparison. */
void ph_cell_set_refresh (PhCellSet *self);

/* For cells. */
void ph_cell_set_add (PhCellSet *self, GList *link);
void ph_cell_set_remove (PhCellSet *self, GList *link);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PhCellSet, ph_cell_set_unref)
