/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The cells of one table that show something at the moment, and how they show it.
 *
 * Rows emit nothing when their facts change; instead the few hundred cells that are bound are asked again after each
 * sync. The table view and its column factories share one set.
 *
 * They also share what they are drawn with: GTK keeps some two hundred rows of cells ready, of which thirty are seen,
 * and a layout for each was a third of the window's memory.
 */
#pragma once

#include <gtk/gtk.h>

#include "ph-column.h"
#include "ph-record.h"

typedef struct
{
  PhStyle style;        /* its names are referenced */
  GPtrArray *columns;   /* of const PhColumn *: those in sight, ending with NULL; NULL: not told yet */
  const PhColumn *lead; /* the first column in sight: it carries the row's mark; NULL: none */
  PhMark (*marker) (gconstpointer record,
                    gpointer user_data); /* where the record has no mark; NULL: nobody knows more */
  gpointer marker_data;
  GQueue cells;  /* of PhCell, linked through the cells themselves */
  GString *text; /* scratch, so that no cell allocates while it is asked */

  GtkWidget *widget;   /* borrowed: whose font the cells have; NULL once closed */
  PangoLayout *layout; /* of the cell that is being drawn; NULL: none has been yet */
  guint serial;        /* of the font that line_height was measured with */
  int line_height;     /* px */

  /* Called soon after cells have been bound: names may be wanted now. */
  GSourceFunc drawn; /* with widget */
  guint drawn_id;
} PhCellSet;

PhCellSet *ph_cell_set_new (GtkWidget *widget, GSourceFunc drawn);
PhCellSet *ph_cell_set_ref (PhCellSet *self);
void ph_cell_set_unref (PhCellSet *self);

/* The widget goes: nothing is drawn, and @drawn not called any more. */
void ph_cell_set_close (PhCellSet *self);

/* Takes effect with the next refresh. */
void ph_cell_set_set_style (PhCellSet *self, const PhStyle *style);

/* @columns: those in sight, ending with NULL. The first one leads. The array is shared: told again whenever it is
 * another. */
void ph_cell_set_set_columns (PhCellSet *self, GPtrArray *columns);

/* Asks every bound cell again. Cells whose text is the same cost a comparison. */
void ph_cell_set_refresh (PhCellSet *self);

/* For cells. The layout is theirs until the next of them wants it; it lays out one line. */
PangoLayout *ph_cell_set_get_layout (PhCellSet *self);
int ph_cell_set_get_line_height (PhCellSet *self);
void ph_cell_set_add (PhCellSet *self, GList *link);
void ph_cell_set_remove (PhCellSet *self, GList *link);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PhCellSet, ph_cell_set_unref)
