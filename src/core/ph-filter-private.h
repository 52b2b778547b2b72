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
  char *text; /* case folded; empty only where @exact */
  gsize length;
  gboolean exact; /* the whole of what it meets; with an empty text: there is nothing to meet */
  gboolean is_range;
  gboolean is_network;
  PhFilterRange range;
  PhAddress network;
  guint prefix;
} PhFilterValue;

/* Looks into the shown columns, or into @columns, or asks is(), or looks into what nth() lists. */
typedef struct
{
  gboolean exclude;
  gboolean is_word;
  const PhColumn *columns[3]; /* NULL where fewer */

  /* Of a word that is the end of a connection, too: "192.0.2.7:443". Address and port of each end; NULL: it is none.
   * The address to look for is values[1]; where that is missing any will do. */
  const PhColumn *ends[2][2];
  guint16 port;

  const char *const *word_list; /* what is() can be asked */
  gboolean (*is) (gconstpointer record, guint word);
  guint64 words; /* bits: any of these */

  gboolean (*nth) (gconstpointer record, guint n, PhValue *value);
  guint8 nth_kind; /* PhValueKind */

  PhFilterValue *values; /* any may match; none where is() is asked */
  guint n_values;
  guint flags; /* PhColumnFlags of the columns it needs */
} PhFilterTerm;

struct _PhFilter
{
  gatomicrefcount refs;
  PhFilterTerm *terms; /* fields first: they are cheaper than words, and decide most records */
  guint n_terms;
};

#define PH_FILTER_FIELD_MAX 32 /* bytes; longer than any field's name */

/* @name is in lower case. FALSE: there is no such field. */
gboolean ph_filter_term_set_field (PhFilterTerm *term, const PhSchema *schema, const char *name);
void ph_filter_term_clear (PhFilterTerm *term);

/* There are only whole numbers where it looks: 443 and =443 are one. */
gboolean ph_filter_term_has_numbers (const PhFilterTerm *term);

/* They look into the same place: two names of one field. */
gboolean ph_filter_term_same_field (const PhFilterTerm *a, const PhFilterTerm *b);

/* The field most like @name, if one is like it at all; else NULL. */
const char *ph_filter_similar_field (const PhSchema *schema, const char *name);

/* TRUE where at least one of the places that @term looks into could have such a value. */
gboolean ph_filter_term_takes (const PhFilterTerm *term, const PhFilterValue *value);

/* Some place that it looks into has addresses. */
gboolean ph_filter_term_has_addresses (const PhFilterTerm *term);

/* An address, a slash, and no prefix that such an address can have. */
gboolean ph_filter_is_false_network (const char *text);

/* The length of the field's name, if a field and a colon come next; else 0. */
gsize ph_filter_field_length (const char *text);

/* @length > 0, unless @exact */
void ph_filter_value_init (PhFilterValue *value, const char *text, gsize length, gboolean exact);

/* Of a word, @text: whether it may also be the end of a connection, where @schema has such. */
void ph_filter_term_set_end (PhFilterTerm *term, const PhSchema *schema, const char *text);

/* Neither case nor - and _ count. */
gboolean ph_filter_begins_word (const char *text, const char *word);

/* The words that @text is, or else, unless @exact, those that it begins, as bits. */
guint64 ph_filter_find_words (const char *const *words, const char *text, gboolean exact);

/* "443", "1.5M", "1024-2048", ">0", "<=10k". FALSE: none of these. Suffixes k, M, G and T are powers of 1000. */
gboolean ph_filter_range_parse (const char *text, PhFilterRange *range);

/* FALSE for values that are no numbers. */
gboolean ph_filter_range_has (const PhFilterRange *range, const PhValue *value);

/* Appends @text, @length bytes of valid UTF-8, case folded. */
void ph_filter_fold (GString *folded, const char *text, gsize length);

/* What keeps a record from matching. @groups has one number for each term; where all terms that do not match are of one
 * group it is that, PH_MISFIT_NONE where there are none, else PH_MISFIT_MANY. Words are of no group. */
#define PH_MISFIT_NONE 255
#define PH_MISFIT_MANY 254
guint8 ph_filter_find_misfit (const PhFilter *filter,
                              const guint8 *groups,
                              const PhFilterContext *context,
                              gconstpointer record);
