/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A table and what is told about the row that is selected: beside it, or below it where the window is narrow. */
#pragma once

#include <gtk/gtk.h>

#define PH_TYPE_SPLIT (ph_split_get_type ())
G_DECLARE_FINAL_TYPE (PhSplit, ph_split, PH, SPLIT, GtkWidget)

/* Properties: "main", "side" (GtkWidget). A side that is not visible takes no room. */

void ph_split_set_main (PhSplit *self, GtkWidget *main);

/* Once, if at all. */
void ph_split_set_side (PhSplit *self, GtkWidget *side);
GtkWidget *ph_split_get_side (PhSplit *self);
