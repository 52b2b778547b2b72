/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A line of text with columns, put together in a buffer and appended once: a machine may have a hundred thousand
 * sockets or routes, and a line made so costs well under a microsecond. No column is ever cut: what is too wide moves
 * those after it, and what does not fit into the buffer is appended first.
 */
#pragma once

#include <glib.h>

#define PH_LINE_SIZE 1024

typedef struct
{
  GString *text;
  gboolean blank; /* it ends with the blank that follows a column */
  gsize length;
  char bytes[PH_LINE_SIZE];
} PhLine;

void ph_line_begin (PhLine *line, GString *text);

/* Columns: left-aligned text, numbers right-aligned or left-aligned, in @width characters, and a blank after it. */
void ph_line_put (PhLine *line, const char *text, gsize width);
void ph_line_put_number (PhLine *line, guint64 number, gsize width);
void ph_line_put_number_left (PhLine *line, guint64 number, gsize width);

/* Parts of a column: bytes as they are, digits; and what is missing of @width, and the blank. A column begins where
 * ph_line_column() was called. */
gsize ph_line_column (PhLine *line);
void ph_line_add (PhLine *line, const char *text);
void ph_line_add_number (PhLine *line, guint64 number);
void ph_line_end_column (PhLine *line, gsize column, gsize width);

/* Ends the line, without the blank after its last column. */
void ph_line_end (PhLine *line);
