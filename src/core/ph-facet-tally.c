/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every value has a bucket, found by the text as it comes, and only where that is new by its folded form, as the filter
 * compares it. */
#include "ph-facet-tally.h"

#include <string.h>

#include "ph-filter-complete.h"
#include "ph-i18n.h"

#define DISTINCT_MAX 70000 /* values of one field that are told apart: more than there are ports */

struct _PhFacetBucket
{
  char *label;    /* NULL: no value, or a number */
  char *key;      /* folded */
  guint64 number; /* of a field that has only such: tens of thousands of ports need no texts */
  guint count;
  guint8 choice;      /* PhFilterChoice */
  gconstpointer last; /* record: one that has a value twice has it */
};

static void
bucket_free (gpointer data)
{
  PhFacetBucket *bucket = data;

  g_free (bucket->label);
  g_free (bucket->key);
  g_free (bucket);
}

/* NULL: there are too many. */
static PhFacetBucket *
add_bucket (PhFacetTally *tally, const char *label, const char *key)
{
  PhFacetBucket *bucket;

  if (tally->buckets->len >= DISTINCT_MAX)
    return NULL;
  bucket = g_new0 (PhFacetBucket, 1);
  bucket->label = g_strdup (label);
  bucket->key = g_strdup (key);
  g_ptr_array_add (tally->buckets, bucket);
  if (key)
    g_hash_table_insert (tally->by_key, bucket->key, bucket);
  return bucket;
}

static PhFacetBucket *
find_bucket (PhFacetTally *tally, const char *text)
{
  PhFacetBucket *bucket = g_hash_table_lookup (tally->by_text, text);
  GString *folded;

  if (bucket)
    return bucket;
  folded = g_string_new (NULL);
  ph_filter_fold (folded, text, strlen (text));
  bucket = g_hash_table_lookup (tally->by_key, folded->str);
  if (!bucket)
    bucket = add_bucket (tally, text, folded->str);
  if (bucket)
    g_hash_table_insert (tally->by_text, g_strdup (text), bucket);
  g_string_free (folded, TRUE);
  return bucket;
}

static PhFacetBucket *
find_number (PhFacetTally *tally, guint64 number)
{
  PhFacetBucket *bucket = g_hash_table_lookup (tally->by_number, &number);

  if (bucket || !(bucket = add_bucket (tally, NULL, NULL)))
    return bucket;
  bucket->number = number;
  g_hash_table_insert (tally->by_number, &bucket->number, bucket);
  return bucket;
}

static PhFacetBucket *
none_bucket (PhFacetTally *tally)
{
  if (!tally->none)
    tally->none = add_bucket (tally, NULL, NULL);
  return tally->none;
}

/* --- what is chosen --- */

/* Only what could be clicked: a stretch of numbers, or a part of a text, is none of the values. */
static void
choose (PhFacetTally *tally, const PhFilterPiece *piece, PhFilterChoice choice)
{
  PhFacetBucket *bucket = NULL;

  if (tally->words)
    {
      guint64 words = ph_filter_find_words (tally->term.word_list, piece->text, piece->exact);

      for (guint i = 0; i < tally->field->n_words; i++)
        if (words == G_GUINT64_CONSTANT (1) << tally->word_numbers[i] && !tally->word_choices[i])
          tally->word_choices[i] = (guint8) choice;
      return;
    }
  if (piece->exact && *piece->text == '\0')
    bucket = none_bucket (tally);
  else if (*piece->text != '\0' && (piece->exact || tally->numbers))
    {
      PhFilterRange range;
      gboolean is_range = ph_filter_range_parse (piece->text, &range);

      if (!tally->numbers)
        bucket = find_bucket (tally, piece->text);
      else if (is_range && range.low == range.high && range.real_low == range.real_high)
        bucket = find_number (tally, range.low);
    }
  if (bucket && bucket->choice == PH_FILTER_OPEN)
    bucket->choice = (guint8) choice;
}

void
ph_facet_tally_choose (PhFacetTally *tally, const PhSchema *schema, const GPtrArray *spans)
{
  for (guint i = 0; i < spans->len; i++)
    {
      const PhFilterSpan *span = spans->pdata[i];
      PhFilterTerm term = { 0 };

      if (!span->field || !ph_filter_term_set_field (&term, schema, span->field)
          || !ph_filter_term_same_field (&term, &tally->term))
        continue;
      for (guint j = 0; j < span->n_pieces; j++)
        choose (tally, &span->pieces[j], span->exclude ? PH_FILTER_EXCLUDED : PH_FILTER_INCLUDED);
    }
}

/* --- counting --- */

void
ph_facet_tally_init (PhFacetTally *tally, const PhSchema *schema, const PhFacetField *field)
{
  memset (tally, 0, sizeof *tally);
  tally->field = field;
  if (!ph_filter_term_set_field (&tally->term, schema, field->field))
    g_assert_not_reached ();
  tally->numbers = ph_filter_term_has_numbers (&tally->term);
  tally->buckets = g_ptr_array_new_with_free_func (bucket_free);
  tally->by_text = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  tally->by_key = g_hash_table_new (g_str_hash, g_str_equal);
  tally->by_number = g_hash_table_new (g_int64_hash, g_int64_equal);
  if (field->n_words == 0)
    return;
  tally->words = g_new0 (guint, field->n_words);
  tally->word_numbers = g_new0 (guint8, field->n_words);
  tally->word_choices = g_new0 (guint8, field->n_words);
  for (guint i = 0; i < field->n_words; i++)
    {
      guint64 words = ph_filter_find_words (tally->term.word_list, field->words[i].word, TRUE);

      g_assert (words != 0 && (words & (words - 1)) == 0);
      tally->word_numbers[i] = (guint8) __builtin_ctzll (words);
    }
}

void
ph_facet_tally_clear (PhFacetTally *tally)
{
  g_free (tally->words);
  g_free (tally->word_numbers);
  g_free (tally->word_choices);
  g_hash_table_unref (tally->by_text);
  g_hash_table_unref (tally->by_key);
  g_hash_table_unref (tally->by_number);
  g_ptr_array_unref (tally->buckets);
}

/* FALSE: that is no value. */
static gboolean
count_value (PhFacetTally *tally, const PhValue *value, gconstpointer record, GString *scratch)
{
  const char *text = scratch->str;
  PhFacetBucket *bucket;

  if (value->kind == PH_VALUE_NONE || value->kind == PH_VALUE_JSON)
    return FALSE;
  if (value->kind == PH_VALUE_UINT && tally->numbers)
    bucket = find_number (tally, value->uint);
  else
    {
      if (value->kind == PH_VALUE_TEXT)
        text = value->text;
      else
        {
          g_string_truncate (scratch, 0);
          ph_value_append (value, scratch);
          text = scratch->str;
        }
      if (*text == '\0')
        return FALSE;
      bucket = find_bucket (tally, text);
    }
  if (bucket && bucket->last != record)
    {
      bucket->last = record;
      bucket->count++;
    }
  return TRUE;
}

void
ph_facet_tally_add (PhFacetTally *tally, gconstpointer record, GString *scratch)
{
  const PhFilterTerm *term = &tally->term;
  PhValue value = { PH_VALUE_NONE };
  gboolean any = FALSE;
  PhFacetBucket *none;

  if (tally->words)
    {
      for (guint i = 0; i < tally->field->n_words; i++)
        tally->words[i] += term->is (record, tally->word_numbers[i]);
      return;
    }
  for (guint n = 0; term->nth && term->nth (record, n, &value); n++)
    any |= !tally->field->names && count_value (tally, &value, record, scratch);
  if (tally->field->names)
    any = count_value (tally, &value, record, scratch);
  /* The first that has one says it all: a user's name, else the number. */
  for (guint i = 0; !any && i < G_N_ELEMENTS (term->columns) && term->columns[i]; i++)
    {
      value.kind = PH_VALUE_NONE;
      term->columns[i]->value (record, &value);
      any = count_value (tally, &value, record, scratch);
    }
  none = any ? NULL : none_bucket (tally);
  if (none)
    none->count++;
}

/* --- the answer --- */

/* Of as many: by number, or else as texts; none at all comes last. */
static gint
compare_buckets (gconstpointer a, gconstpointer b, gpointer data)
{
  const PhFacetBucket *first = *(const PhFacetBucket *const *) a, *second = *(const PhFacetBucket *const *) b;
  const PhFacetTally *tally = data;

  if (first->count != second->count)
    return first->count > second->count ? -1 : 1;
  if (first == tally->none || second == tally->none)
    return (first == tally->none) - (second == tally->none);
  if (tally->numbers)
    return first->number < second->number ? -1 : 1;
  return strcmp (first->key, second->key);
}

static char *
write_value (const PhFacetTally *tally, const char *label)
{
  g_autofree char *quoted = NULL;

  if (!label)
    return g_strdup ("=");
  if (tally->numbers)
    return g_strdup (label);
  quoted = ph_filter_quote (label);
  return g_strconcat ("=", quoted, NULL);
}

static void
take_buckets (PhFacetTally *tally, PhFacet *facet)
{
  g_ptr_array_sort_with_data (tally->buckets, compare_buckets, tally);
  facet->values = g_new0 (PhFacetValue, tally->buckets->len);
  for (guint i = 0; i < tally->buckets->len; i++)
    {
      PhFacetBucket *bucket = tally->buckets->pdata[i];

      facet->n_distinct += bucket->count > 0;
      if (facet->n_values >= PH_FACET_VALUES_MAX && bucket->choice == PH_FILTER_OPEN)
        continue;
      if (tally->numbers && bucket != tally->none)
        bucket->label = g_strdup_printf ("%" G_GUINT64_FORMAT, bucket->number);
      facet->values[facet->n_values++] = (PhFacetValue){
        .value = write_value (tally, bucket->label),
        .label = g_steal_pointer (&bucket->label),
        .count = bucket->count,
        .choice = bucket->choice,
      };
    }
  facet->values = g_renew (PhFacetValue, facet->values, facet->n_values); /* of tens of thousands a few are told */
}

static gint
compare_values (gconstpointer a, gconstpointer b, gpointer data)
{
  const PhFacetValue *first = a, *second = b;

  return first->count == second->count ? 0 : first->count > second->count ? -1 : 1;
}

static void
take_words (const PhFacetTally *tally, PhFacet *facet)
{
  facet->values = g_new0 (PhFacetValue, tally->field->n_words);
  for (guint i = 0; i < tally->field->n_words; i++)
    {
      const PhFacetWord *word = &tally->field->words[i];

      facet->n_distinct += tally->words[i] > 0;
      if (tally->words[i] == 0 && tally->word_choices[i] == PH_FILTER_OPEN)
        continue;
      facet->values[facet->n_values++] = (PhFacetValue){
        .value = g_strdup (word->word),
        .label = word->label ? g_strdup (_ (word->label)) : NULL,
        .count = tally->words[i],
        .choice = tally->word_choices[i],
      };
    }
  /* Stable: where they are as many, in the schema's order. */
  g_qsort_with_data (facet->values, (gint) facet->n_values, sizeof *facet->values, compare_values, NULL);
}

void
ph_facet_tally_take (PhFacetTally *tally, PhFacet *facet)
{
  facet->field = tally->field;
  if (tally->words)
    take_words (tally, facet);
  else
    take_buckets (tally, facet);
}
