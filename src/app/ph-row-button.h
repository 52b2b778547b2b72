/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A small button at the end of a row of the preferences. */
#pragma once

#include <adwaita.h>

/* @row: an AdwActionRow, what @clicked is called with. @about: what a screen reader says besides @name, so that the
 * buttons of two rows can be told apart. */
void ph_row_button_add (GtkWidget *row, const char *icon, const char *name, const char *about, GCallback clicked);
