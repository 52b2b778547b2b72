/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What GTK leaves to others in placing popovers. */
#pragma once

#include <gtk/gtk.h>

/* Where what it points to begins, it begins: at the left, in languages that are read from right to left at the right.
 * To GTK, GTK_ALIGN_START of a popover is always the left. @popover has its parent. */
void ph_popover_align_start (GtkWidget *popover);
