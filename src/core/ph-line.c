/* SPDX-License-Identifier: GPL-3.0-or-later */
/* No printf: it would be most of the time that a large table takes. */
#include "ph-line.h"

#include <string.h>

#define DIGITS_MAX 20

void
ph_line_begin (PhLine *line, GString *text)
{
  line->text = text;
  line->blank = FALSE;
  line->length = 0;
}

static void
flush (PhLine *line)
{
  g_string_append_len (line->text, line->bytes, line->length);
  line->length = 0;
}

static void
add_bytes (PhLine *line, const char *bytes, gsize length)
{
  line->blank = FALSE;
  if (line->length + length > sizeof line->bytes)
    flush (line);
  if (length > sizeof line->bytes)
    {
      g_string_append_len (line->text, bytes, length);
      return;
    }
  memcpy (line->bytes + line->length, bytes, length);
  line->length += length;
}

static void
add_blanks (PhLine *line, gsize n)
{
  if (line->length + n > sizeof line->bytes)
    flush (line);
  n = MIN (n, sizeof line->bytes);
  memset (line->bytes + line->length, ' ', n);
  line->length += n;
}

static void
end_column (PhLine *line, gsize n_blanks)
{
  add_blanks (line, n_blanks + 1);
  line->blank = TRUE;
}

static gsize
n_characters (const char *bytes, gsize length)
{
  gsize n = 0;

  for (gsize i = 0; i < length; i++)
    n += ((guchar) bytes[i] & 0xc0) != 0x80;
  return n;
}

/* Right-aligned in the buffer. Returns the first of them. */
static char *
write_digits (guint64 number, char digits[DIGITS_MAX])
{
  char *first = digits + DIGITS_MAX;

  do
    *--first = '0' + number % 10;
  while (number /= 10);
  return first;
}

void
ph_line_put (PhLine *line, const char *text, gsize width)
{
  gsize length = strlen (text);
  gsize n = n_characters (text, length);

  add_bytes (line, text, length);
  end_column (line, width > n ? width - n : 0);
}

void
ph_line_put_number (PhLine *line, guint64 number, gsize width)
{
  char digits[DIGITS_MAX];
  char *first = write_digits (number, digits);
  gsize length = digits + DIGITS_MAX - first;

  if (width > length)
    add_blanks (line, width - length);
  add_bytes (line, first, length);
  end_column (line, 0);
}

void
ph_line_put_number_left (PhLine *line, guint64 number, gsize width)
{
  char digits[DIGITS_MAX];
  char *first = write_digits (number, digits);
  gsize length = digits + DIGITS_MAX - first;

  add_bytes (line, first, length);
  end_column (line, width > length ? width - length : 0);
}

/* Counted over what was appended already, so that it stays true when the buffer is emptied. */
gsize
ph_line_column (PhLine *line)
{
  return line->text->len + line->length;
}

void
ph_line_add (PhLine *line, const char *text)
{
  add_bytes (line, text, strlen (text));
}

void
ph_line_add_number (PhLine *line, guint64 number)
{
  char digits[DIGITS_MAX];
  char *first = write_digits (number, digits);

  add_bytes (line, first, digits + DIGITS_MAX - first);
}

void
ph_line_end_column (PhLine *line, gsize column, gsize width)
{
  gsize length = ph_line_column (line) - column;

  /* What is wider than the buffer is wider than any column. */
  if (length <= line->length)
    length = n_characters (line->bytes + line->length - length, length);
  end_column (line, width > length ? width - length : 0);
}

void
ph_line_end (PhLine *line)
{
  if (line->blank)
    line->length--;
  add_bytes (line, "\n", 1);
  flush (line);
}
