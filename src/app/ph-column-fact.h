/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A column of a table as one of the facts about a record, so that both say the same. */
#pragma once

#include "ph-facts.h"
#include "ph-schema.h"

/* @name: translated; NULL: the column's title. What the record has none of is left out; what is not known is a dash,
 * and why, says its tooltip. */
void ph_column_fact_add (PhFacts *facts,
                         const PhSchema *schema,
                         gconstpointer record,
                         const PhStyle *style,
                         const char *name,
                         const char *id);
