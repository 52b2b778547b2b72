/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Keeps the keyboard where it was in a list whose rows are all made anew: whoever removes one with the keyboard may
 * want to remove the next. */
#pragma once

#include <gtk/gtk.h>

typedef struct
{
  int row;    /* -1: the focus is in none */
  char *icon; /* of the button that has it; NULL: the row itself */
} PhRowFocus;

/* @rows: of GtkWidget *. Before they are removed. */
void ph_row_focus_note (PhRowFocus *self, GPtrArray *rows);

/* When the new ones are there: the focus goes to the same button of the row that has taken the place, or of the last
 * one; where no row can have it, to @otherwise. Nothing where it was in no row. Clears @self. */
void ph_row_focus_restore (PhRowFocus *self, GPtrArray *rows, GtkWidget *otherwise);
