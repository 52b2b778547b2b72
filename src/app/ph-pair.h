/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two widgets in a row, or one above the other where the row is too narrow for them. */
#pragma once

#include <gtk/gtk.h>

#define PH_TYPE_PAIR (ph_pair_get_type ())
G_DECLARE_FINAL_TYPE (PhPair, ph_pair, PH, PAIR, GtkWidget)

/* Properties: "first", "second" (GtkWidget). In a row each has its usual
 * width, and the second is at the end; else each has all the width. */

void ph_pair_set_first (PhPair *self, GtkWidget *first);
void ph_pair_set_second (PhPair *self, GtkWidget *second);
