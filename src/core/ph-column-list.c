/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Ids are taken from the list where they lie: a megabyte of commas must not become as many strings. */
#include "ph-column-list.h"

#include <string.h>

#include "ph-i18n.h"
#include "ph-text.h"

#define ID_MAX 64 /* bytes; longer than any id: what is longer is unknown, and cut in the message */

G_DEFINE_QUARK (ph_column_list_error, ph_column_list_error)

static gboolean
fail (GError **error, PhColumnListErrorCode code, const char *id, gsize length)
{
  g_autoptr (GString) text = g_string_new (NULL);

  ph_text_sanitize (id, MIN (length, ID_MAX), text);
  if (code == PH_COLUMN_LIST_ERROR_TWICE)
    g_set_error (error, PH_COLUMN_LIST_ERROR, (int) code, _ ("The column “%s” is named twice"), text->str);
  else
    g_set_error (error, PH_COLUMN_LIST_ERROR, (int) code, _ ("There is no column “%s”"), text->str);
  return FALSE;
}

static gboolean
add (GPtrArray *columns, const PhSchema *schema, const char *start, const char *end, GError **error)
{
  const PhColumn *column = NULL;
  char id[ID_MAX + 1];

  while (start < end && *start == ' ')
    start++;
  while (end > start && end[-1] == ' ')
    end--;

  gsize length = end - start;

  if (length <= ID_MAX)
    {
      memcpy (id, start, length);
      id[length] = '\0';
      column = ph_schema_find_column (schema, id);
    }
  if (!column)
    return fail (error, PH_COLUMN_LIST_ERROR_UNKNOWN, start, length);
  if (g_ptr_array_find (columns, column, NULL))
    return fail (error, PH_COLUMN_LIST_ERROR_TWICE, start, length);
  g_ptr_array_add (columns, (gpointer) column);
  return TRUE;
}

const PhColumn **
ph_column_list_parse (const PhSchema *schema, const char *list, GError **error)
{
  g_autoptr (GPtrArray) columns = g_ptr_array_new ();

  for (const char *start = list;;)
    {
      const char *end = strchrnul (start, ',');

      if (!add (columns, schema, start, end, error))
        return NULL;
      if (*end == '\0')
        break;
      start = end + 1;
    }
  g_ptr_array_add (columns, NULL);
  return (const PhColumn **) g_ptr_array_free (g_steal_pointer (&columns), FALSE);
}

guint
ph_column_list_flags (const PhColumn *const *columns)
{
  guint flags = 0;

  for (; *columns; columns++)
    flags |= (*columns)->flags;
  return flags;
}

const PhColumn **
ph_column_list_copy (const PhColumn *const *columns)
{
  gsize n = 0;

  while (columns[n])
    n++;
  return g_memdup2 (columns, (n + 1) * sizeof *columns);
}

gboolean
ph_column_list_has (const PhColumn *const *columns, const char *id)
{
  for (; *columns; columns++)
    if (strcmp ((*columns)->id, id) == 0)
      return TRUE;
  return FALSE;
}

char *
ph_column_list_help (const PhSchema *schema)
{
  GString *text = g_string_new (NULL);
  gsize width = 0;

  for (guint i = 0; i < schema->n_columns; i++)
    width = MAX (width, strlen (schema->columns[i].id));
  for (guint i = 0; i < schema->n_columns; i++)
    g_string_append_printf (text, "%-*s  %s\n", (int) width, schema->columns[i].id, _ (schema->columns[i].help));
  return g_string_free (text, FALSE);
}
