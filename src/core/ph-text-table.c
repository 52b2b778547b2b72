/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * All cells lie one after another in one string, with an array of where each ends: two allocations that grow, whatever
 * the number of rows.
 */
#include "ph-text-table.h"

#include <string.h>

#include "ph-i18n.h"

typedef struct
{
  gsize end;   /* in the string of all cells */
  guint width; /* terminal cells */
} Cell;

struct _PhTextTable
{
  const PhColumn *const *columns;
  const PhStyle *style;
  guint n_columns;
  GString *bytes;
  GArray *cells; /* Cell, row by row; the first row holds the headings */
  guint *widths; /* of the columns */
};

#define GAP 2 /* blanks between columns */

/* How many cells of a terminal @text takes. */
static guint
terminal_width (const char *text, gsize length)
{
  const char *end = text + length;
  guint width = 0;

  for (; text < end; text = g_utf8_next_char (text))
    {
      gunichar c = (guchar) *text < 0x80 ? (guchar) *text : g_utf8_get_char (text);

      if (c < 0x80)
        width++;
      else if (!g_unichar_iszerowidth (c))
        width += g_unichar_iswide (c) ? 2 : 1;
    }
  return width;
}

/* What was appended to the string since the last cell is the next cell, of column @column. */
static void
end_cell (PhTextTable *table, guint column)
{
  gsize start = table->cells->len ? g_array_index (table->cells, Cell, table->cells->len - 1).end : 0;
  Cell cell;

  if (table->bytes->len == start)
    g_string_append_c (table->bytes, '-');
  cell.end = table->bytes->len;
  cell.width = terminal_width (table->bytes->str + start, cell.end - start);
  table->widths[column] = MAX (table->widths[column], cell.width);
  g_array_append_val (table->cells, cell);
}

static void
forget_rows (PhTextTable *table)
{
  g_string_truncate (table->bytes, 0);
  g_array_set_size (table->cells, 0);
}

static void
begin (PhTextTable *table)
{
  forget_rows (table);
  for (guint i = 0; i < table->n_columns; i++)
    {
      table->widths[i] = 0;
      g_string_append (table->bytes, _ (table->columns[i]->title));
      end_cell (table, i);
    }
}

PhTextTable *
ph_text_table_new (const PhColumn *const *columns, const PhStyle *style)
{
  PhTextTable *table = g_new0 (PhTextTable, 1);

  table->columns = columns;
  table->style = style;
  while (columns[table->n_columns])
    table->n_columns++;
  table->bytes = g_string_new (NULL);
  table->cells = g_array_new (FALSE, FALSE, sizeof (Cell));
  table->widths = g_new0 (guint, table->n_columns);
  begin (table);
  return table;
}

void
ph_text_table_free (PhTextTable *table)
{
  if (!table)
    return;
  g_string_free (table->bytes, TRUE);
  g_array_unref (table->cells);
  g_free (table->widths);
  g_free (table);
}

void
ph_text_table_row (PhTextTable *table, gconstpointer record)
{
  for (guint i = 0; i < table->n_columns; i++)
    {
      ph_column_format (table->columns[i], record, table->style, table->bytes);
      end_cell (table, i);
    }
}

static void
append_blanks (GString *text, gsize n)
{
  gsize start = text->len;

  g_string_set_size (text, start + n);
  memset (text->str + start, ' ', n);
}

static void
append_rows (PhTextTable *table, GString *text)
{
  gsize start = 0;

  for (guint i = 0; i < table->cells->len; i++)
    {
      const Cell *cell = &g_array_index (table->cells, Cell, i);
      guint column = i % table->n_columns;
      gboolean last = column == table->n_columns - 1;
      guint padding = table->widths[column] - cell->width;

      if (table->columns[column]->align == PH_ALIGN_END)
        append_blanks (text, padding);
      g_string_append_len (text, table->bytes->str + start, cell->end - start);
      if (last)
        g_string_append_c (text, '\n');
      else
        append_blanks (text, GAP + (table->columns[column]->align == PH_ALIGN_START ? padding : 0));
      start = cell->end;
    }
}

void
ph_text_table_print (PhTextTable *table, GString *text)
{
  append_rows (table, text);
  begin (table);
}

void
ph_text_table_go_on (PhTextTable *table, GString *text)
{
  for (guint i = 0; i < table->n_columns; i++)
    table->widths[i] = MAX (table->widths[i], table->columns[i]->width);
  append_rows (table, text);
  forget_rows (table);
}
