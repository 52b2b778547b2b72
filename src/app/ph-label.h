/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

/* A label that stands at the start of its line. @style: a CSS class; NULL: none. */
GtkWidget *ph_label_new (const char *text, const char *style);

/* Has @label say @text; where it does already it stays as it is, with what is selected in it. */
void ph_label_say (GtkLabel *label, const char *text);
