/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Facets: for each field that PhSchema.facets names, the values that occur, and how many rows have them.
 *
 * The counts of a field follow all that is asked but its own terms in the filter's text. So where none of its values
 * is chosen, choosing one shows just as many rows as stand beside it, and where some are, the others can still be seen.
 * One linear pass over the snapshot; pure, and safe off the main thread.
 */
#pragma once

#include "ph-filter-edit.h"
#include "ph-snapshot.h"

#define PH_FACETS_MAX       64  /* bits of a mask */
#define PH_FACET_VALUES_MAX 100 /* of one field, the most frequent ones; those that are chosen come on top of that */

typedef struct
{
  char *value; /* as ph-filter-edit.h has it: "=nginx", "=", "listen", "443" */
  char *label; /* to be read; NULL: rows that have no value */
  guint count;
  PhFilterChoice choice;
} PhFacetValue;

typedef struct
{
  const PhFacetField *field;
  PhFacetValue *values; /* the most frequent first */
  guint n_values;
  guint n_distinct; /* how many occur, listed here or not; of very many a lower bound */
} PhFacet;

typedef struct
{
  PhFacet *facets; /* in the schema's order, those that were asked for */
  guint n_facets;
} PhFacets;

/* @chips, @context: as for the table; @chips may be NULL. @text: what the user has typed; while that is wrong it hides
 * nothing. @which: bits, by index in PhSchema.facets. *@stop, where not NULL, is looked at now and then: once true NULL
 * is returned. */
PhFacets *ph_facets_count (PhSnapshot *snapshot,
                           const PhFilter *chips,
                           const char *text,
                           const PhFilterContext *context,
                           guint64 which,
                           const gint *stop);
void ph_facets_free (PhFacets *facets);

/* The flags of the columns that these fields name (PhColumnFlags): what must be collected for them to have values. */
guint ph_facets_flags (const PhSchema *schema, guint64 which);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PhFacets, ph_facets_free)
