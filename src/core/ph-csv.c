/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * CSV by RFC 4180: CRLF after each row, fields with commas, quotes or line breaks in quotes, quotes doubled. What
 * stands for the comma may be something else.
 *
 * A process may call itself "=cmd|…": a spreadsheet that opens the file would run that. PH_CSV_SAFE puts an apostrophe
 * before such text, which spreadsheets take as "this is text".
 */
#include <math.h>
#include <string.h>

#include "ph-export.h"
#include "ph-i18n.h"

static const PhStyle plain_style = { .numeric = TRUE, .quiet = TRUE };

static gboolean
is_formula (const char *text)
{
  return *text != '\0' && strchr ("=+-@\t\r", *text) != NULL;
}

static char
separator (PhCsvFlags flags)
{
  return flags & PH_CSV_TAB ? '\t' : flags & PH_CSV_SEMICOLON ? ';' : ',';
}

static void
append_text (GString *csv, const char *text, PhCsvFlags flags)
{
  gboolean formula = (flags & PH_CSV_SAFE) && is_formula (text);
  const char special[] = { separator (flags), '"', '\r', '\n', '\0' };

  if (strpbrk (text, special) == NULL)
    {
      if (formula)
        g_string_append_c (csv, '\'');
      g_string_append (csv, text);
      return;
    }

  g_string_append_c (csv, '"');
  if (formula)
    g_string_append_c (csv, '\'');
  for (const char *quote; (quote = strchr (text, '"')); text = quote + 1)
    {
      g_string_append_len (csv, text, quote + 1 - text);
      g_string_append_c (csv, '"');
    }
  g_string_append (csv, text);
  g_string_append_c (csv, '"');
}

static void
append_cell (GString *csv, const PhColumn *column, gconstpointer record, PhCsvFlags flags)
{
  PhValue value = { PH_VALUE_NONE };

  column->value (record, &value);
  if (value.kind == PH_VALUE_TEXT)
    append_text (csv, value.text, flags);
  else if (value.kind == PH_VALUE_JSON) /* no structure in a cell: what people read */
    {
      g_autoptr (GString) text = g_string_new (NULL);

      ph_column_format (column, record, &plain_style, text);
      append_text (csv, text->str, flags);
    }
  else if (value.kind != PH_VALUE_REAL || isfinite (value.real))
    ph_value_append (&value, csv);
}

void
ph_csv_header (GString *csv, const PhColumn *const *columns, PhCsvFlags flags)
{
  for (guint i = 0; columns[i]; i++)
    {
      if (i > 0)
        g_string_append_c (csv, separator (flags));
      append_text (csv, flags & PH_CSV_TITLES ? _ (columns[i]->title) : columns[i]->id, flags);
    }
  g_string_append (csv, "\r\n");
}

void
ph_csv_row (GString *csv, const PhColumn *const *columns, gconstpointer record, PhCsvFlags flags)
{
  gsize start = csv->len;

  for (guint i = 0; columns[i]; i++)
    {
      if (i > 0)
        g_string_append_c (csv, separator (flags));
      append_cell (csv, columns[i], record, flags);
    }
  if (csv->len == start) /* a lone empty cell must not look like an empty line */
    g_string_append (csv, "\"\"");
  g_string_append (csv, "\r\n");
}
