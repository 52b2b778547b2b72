/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Completion of a filter that is being typed: what the cursor stands in, and what could stand there. Fields and words
 * come from the schema; values are those that occur, the most frequent first. Pure, and safe off the main thread.
 */
#pragma once

#include "ph-filter.h"
#include "ph-snapshot.h"

#define PH_FILTER_CANDIDATES_MAX 20
#define PH_FILTER_LOOKED_AT_MAX  65536 /* records; of more, an even choice of them */

typedef enum
{
  PH_FILTER_PART_NONE, /* nothing has been typed here, or there is no such field */
  PH_FILTER_PART_FIELD,
  PH_FILTER_PART_VALUE,
} PhFilterPart;

/* What the cursor stands in. Offsets are bytes. */
typedef struct
{
  PhFilterPart part;
  gsize start, end; /* the word or value around the cursor: what a candidate takes the place of */
  char *field;      /* of a VALUE, in lower case; else NULL */
  char *typed;      /* from @start to the cursor, without quotes, case folded; may be empty in a VALUE */
} PhFilterSpot;

typedef struct
{
  char *text;       /* what is put in: with its colon, or with quotes where it needs them */
  char *label;      /* the same to be read */
  const char *help; /* N_(), of a field; else NULL */
  guint count;      /* of the records looked at, those that have it; 0: not counted */
} PhFilterCandidate;

/* @text: valid UTF-8; @cursor: a byte offset in it, between two characters. Clear with ph_filter_spot_clear(). */
void ph_filter_spot_init (PhFilterSpot *spot, const PhSchema *schema, const char *text, gsize cursor);
void ph_filter_spot_clear (PhFilterSpot *spot);

/* Whether candidates are values that occur: that takes a walk through the records. */
gboolean ph_filter_spot_takes_values (const PhFilterSpot *spot, const PhSchema *schema);

/* PhFilterCandidate, at most PH_FILTER_CANDIDATES_MAX, which the array frees. @snapshot: may be NULL, and then no
 * values occur. One walk, linear in its records up to PH_FILTER_LOOKED_AT_MAX. */
GPtrArray *ph_filter_complete (const PhFilterSpot *spot, const PhSchema *schema, PhSnapshot *snapshot);

/* @value as it is written in a filter: in quotes where it needs them. Free with g_free(). */
char *ph_filter_quote (const char *value);
