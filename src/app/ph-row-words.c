/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ph-row-words.h"

#include <glib/gi18n.h>

static void
append_cell (const PhColumn *column, gconstpointer record, const PhStyle *style, GString *text)
{
  gsize before = text->len;
  gsize title;

  if (before > 0)
    g_string_append (text, _ (", "));
  g_string_append (text, _ (column->title));
  g_string_append_c (text, ' ');
  title = text->len;
  ph_column_format (column, record, style, text);
  if (text->len > title)
    return;
  if (ph_column_is_none (column, record))
    g_string_truncate (text, before);
  else
    g_string_append (text, _ ("not known"));
}

void
ph_row_words (
    const PhColumn *const *columns, gconstpointer record, const PhStyle *style, const char *mark, GString *text)
{
  if (mark)
    g_string_append (text, mark);
  for (; *columns; columns++)
    append_cell (*columns, record, style, text);
}
