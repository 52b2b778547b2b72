/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The counting of one facet: which values there are, how many records have each, and which are chosen. */
#pragma once

#include "ph-facet.h"
#include "ph-filter-private.h"

typedef struct _PhFacetBucket PhFacetBucket; /* one value */

typedef struct
{
  const PhFacetField *field;
  PhFilterTerm term; /* of the field alone */
  gboolean numbers;  /* and of nothing else */

  guint *words;         /* counts by PhFacetField.words; NULL: the values that occur are counted */
  guint8 *word_numbers; /* their numbers in the term's list */
  guint8 *word_choices;

  GPtrArray *buckets;
  GHashTable *by_text, *by_key; /* to PhFacetBucket */
  GHashTable *by_number;        /* the same */
  PhFacetBucket *none;          /* records that have no value; NULL: no such record yet */
} PhFacetTally;

/* Of one of the schema's facets. */
void ph_facet_tally_init (PhFacetTally *tally, const PhSchema *schema, const PhFacetField *field);
void ph_facet_tally_clear (PhFacetTally *tally);

/* What the terms of the filter's text choose of it. @spans: PhFilterSpan. */
void ph_facet_tally_choose (PhFacetTally *tally, const PhSchema *schema, const GPtrArray *spans);

/* Counts @record. @scratch: any, for texts that have to be written. */
void ph_facet_tally_add (PhFacetTally *tally, gconstpointer record, GString *scratch);

/* The answer, into a zeroed @facet; once. */
void ph_facet_tally_take (PhFacetTally *tally, PhFacet *facet);
