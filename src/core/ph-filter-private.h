/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The inside of a filter: what ph-filter-parse.c makes and ph-filter-match.c reads. */
#pragma once

#include "ph-filter.h"

/* Numbers from @low to @high, both included: exact for integers, and as doubles for values with a fraction. An empty
 * range has its low end above its high one. */
typedef struct
{
  guint64 low, high;
  double real_low, real_high;
} PhFilterRange;

/* One of the values after "field:". What it means is decided by the value it meets: a text may look like a number. */
typedef struct
{
  char *text; /* case folded; never empty */
  gsize length;
  gboolean is_range;
  gboolean is_network;
  PhFilterRange range;
  PhAddress network;
  guint prefix;
} PhFilterValue;

typedef struct
{
  gboolean exclude;
  gboolean is_word;           /* looks into the shown columns */
  const PhFilterField *field; /* one with words or nth(); NULL: look into @columns */
  const PhColumn *columns[3]; /* NULL where fewer */
  guint64 words;              /* of a field with words: any of these bits */
  gboolean (*is) (gconstpointer record, guint word);
  PhFilterValue *values; /* n_values of them, any may match; none of a field with words */
  guint n_values;
  guint flags; /* PhColumnFlags of the columns it needs */
} PhFilterTerm;

struct _PhFilter
{
  gatomicrefcount refs;
  PhFilterTerm *terms; /* fields first: they are cheaper than words, and decide most records */
  guint n_terms;
};

void ph_filter_term_clear (PhFilterTerm *term);

/* "443", "1.5M", "1024-2048", ">0", "<=10k". FALSE: none of these. Suffixes k, M, G and T are powers of 1000. */
gboolean ph_filter_range_parse (const char *text, PhFilterRange *range);

/* FALSE for values that are no numbers. */
gboolean ph_filter_range_has (const PhFilterRange *range, const PhValue *value);

/* Appends @text, @length bytes of valid UTF-8, case folded. */
void ph_filter_fold (GString *folded, const char *text, gsize length);
