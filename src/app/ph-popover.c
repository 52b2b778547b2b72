/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ph-popover.h"

void
ph_popover_align_start (GtkWidget *popover)
{
  gboolean rtl = gtk_widget_get_direction (gtk_widget_get_parent (popover)) == GTK_TEXT_DIR_RTL;

  gtk_widget_set_halign (popover, rtl ? GTK_ALIGN_END : GTK_ALIGN_START);
}
