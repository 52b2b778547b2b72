/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ph-column-fact.h"

#include <glib/gi18n.h>

void
ph_column_fact_add (PhFacts *facts,
                    const PhSchema *schema,
                    gconstpointer record,
                    const PhStyle *style,
                    const char *name,
                    const char *id)
{
  const PhColumn *column = ph_schema_find_column (schema, id);
  g_autoptr (GString) value = g_string_new (NULL);
  g_autoptr (GString) story = g_string_new (NULL);

  ph_column_format (column, record, style, value);
  ph_column_explain (column, record, style, story);
  if (value->len == 0 && !ph_column_is_none (column, record))
    g_string_append (value, "—");
  ph_facts_add (facts, &(PhFact){
                           .name = name ? name : _ (column->title),
                           .value = value->str,
                           .tooltip = g_str_equal (story->str, value->str) ? NULL : story->str,
                           .number = column->align == PH_ALIGN_END,
                       });
}
