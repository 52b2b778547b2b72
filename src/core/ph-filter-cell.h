/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From a cell to the filter for it. */
#pragma once

#include "ph-schema.h"

/* "state:LISTEN", "process:=sh": the term of a filter that lets @record through for what it has in @column; NULL where
 * there is none. Free with g_free(). */
char *ph_filter_cell_term (const PhSchema *schema, const PhColumn *column, gconstpointer record);
