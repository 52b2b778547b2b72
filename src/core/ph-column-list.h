/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Columns named in a text: "proto,local_port,process". */
#pragma once

#include "ph-schema.h"

#define PH_COLUMN_LIST_ERROR (ph_column_list_error_quark ())
GQuark ph_column_list_error_quark (void);

typedef enum
{
  PH_COLUMN_LIST_ERROR_UNKNOWN, /* no column has that id */
  PH_COLUMN_LIST_ERROR_TWICE,   /* named before */
} PhColumnListErrorCode;

/* NULL-terminated, of at least one; free with g_free(). Blanks around the commas are allowed. Messages are fit to show
 * whatever @list, which must be valid UTF-8, holds. */
const PhColumn **ph_column_list_parse (const PhSchema *schema, const char *list, GError **error);

/* The flags of all columns in @columns together (PhColumnFlags): what must be collected for them. */
guint ph_column_list_flags (const PhColumn *const *columns);

/* The list, which ends with NULL, but not the columns: those are static. Free with g_free(). */
const PhColumn **ph_column_list_copy (const PhColumn *const *columns);

gboolean ph_column_list_has (const PhColumn *const *columns, const char *id);

/* One line for each column of @schema: its id and what it is, translated. */
char *ph_column_list_help (const PhSchema *schema);
