/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Not every value can be said in the language, nor means there what it means in its cell: so it is tried. */
#include "ph-filter-cell.h"

#include "ph-filter-complete.h"
#include "ph-filter.h"

/* FIELD:VALUE, if the language takes that for what is meant: then @record is let through. NULL otherwise. */
static char *
make_term (const PhSchema *schema, const PhColumn *column, gconstpointer record, const char *value)
{
  const PhColumn *const columns[] = { column, NULL };
  const PhStyle style = { .numeric = TRUE, .quiet = TRUE };
  g_autofree char *term = g_strconcat (column->id, ":", value, NULL);
  g_autoptr (PhFilter) filter = ph_filter_parse (schema, term, NULL, NULL);

  if (!filter || !ph_filter_match (filter, &(PhFilterContext){ columns, &style }, record))
    return NULL;
  return g_steal_pointer (&term);
}

char *
ph_filter_cell_term (const PhSchema *schema, const PhColumn *column, gconstpointer record)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *quoted = NULL;
  g_autofree char *exact = NULL;
  PhValue value = { 0 };
  char *term;

  column->value (record, &value);
  ph_value_append (&value, text);
  if (text->len == 0)
    return NULL;
  if (value.kind != PH_VALUE_TEXT)
    return make_term (schema, column, record, text->str);
  /* All of the text, not what contains it; words of a closed set are always taken whole. */
  quoted = ph_filter_quote (text->str);
  exact = g_strconcat ("=", quoted, NULL);
  term = make_term (schema, column, record, exact);
  return term ? term : make_term (schema, column, record, quoted);
}
