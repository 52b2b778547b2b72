/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Finds columns by id. Tables have a few dozen: a walk is enough. */
#include "ph-schema.h"

#include <string.h>

const PhColumn *
ph_schema_find_column (const PhSchema *schema, const char *id)
{
  for (guint i = 0; i < schema->n_columns; i++)
    if (strcmp (schema->columns[i].id, id) == 0)
      return &schema->columns[i];
  return NULL;
}
