/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Every value has a bucket, found by the text as it comes, and only where that is new by its folded form, as the filter
 * compares it. A record counts for all facets where nothing stands in its way, and for one facet where only that one's
 * own terms do.
 */
#include "ph-facet.h"

#include <string.h>

#include "ph-filter-complete.h"
#include "ph-filter-private.h"
#include "ph-i18n.h"

#define DISTINCT_MAX 70000 /* values of one field that are told apart: more than there are ports */
#define STRIDE       1024  /* records between two looks at whether to stop */

typedef struct
{
  char *label;    /* NULL: no value, or a number */
  char *key;      /* folded */
  guint64 number; /* of a field that has only such: tens of thousands of ports need no texts */
  guint count;
  guint8 choice;      /* PhFilterChoice */
  gconstpointer last; /* record: one that has a value twice has it */
} Bucket;

/* The counting of one facet. */
typedef struct
{
  const PhFacetField *field;
  PhFilterTerm term; /* of the field alone */
  gboolean numbers;  /* and of nothing else */

  guint *words;         /* counts by PhFacetField.words; NULL: the values that occur are counted */
  guint8 *word_numbers; /* their numbers in the term's list */
  guint8 *word_choices;

  GPtrArray *buckets;
  GHashTable *by_text, *by_key; /* to Bucket */
  GHashTable *by_number;        /* the same */
  Bucket *none;                 /* records that have no value; NULL: no such record yet */
} Counting;

static void
bucket_free (gpointer data)
{
  Bucket *bucket = data;

  g_free (bucket->label);
  g_free (bucket->key);
  g_free (bucket);
}

/* NULL: there are too many. */
static Bucket *
add_bucket (Counting *counting, const char *label, const char *key)
{
  Bucket *bucket;

  if (counting->buckets->len >= DISTINCT_MAX)
    return NULL;
  bucket = g_new0 (Bucket, 1);
  bucket->label = g_strdup (label);
  bucket->key = g_strdup (key);
  g_ptr_array_add (counting->buckets, bucket);
  if (key)
    g_hash_table_insert (counting->by_key, bucket->key, bucket);
  return bucket;
}

static Bucket *
find_bucket (Counting *counting, const char *text)
{
  Bucket *bucket = g_hash_table_lookup (counting->by_text, text);
  GString *folded;

  if (bucket)
    return bucket;
  folded = g_string_new (NULL);
  ph_filter_fold (folded, text, strlen (text));
  bucket = g_hash_table_lookup (counting->by_key, folded->str);
  if (!bucket)
    bucket = add_bucket (counting, text, folded->str);
  if (bucket)
    g_hash_table_insert (counting->by_text, g_strdup (text), bucket);
  g_string_free (folded, TRUE);
  return bucket;
}

static Bucket *
find_number (Counting *counting, guint64 number)
{
  Bucket *bucket = g_hash_table_lookup (counting->by_number, &number);

  if (bucket || !(bucket = add_bucket (counting, NULL, NULL)))
    return bucket;
  bucket->number = number;
  g_hash_table_insert (counting->by_number, &bucket->number, bucket);
  return bucket;
}

static Bucket *
none_bucket (Counting *counting)
{
  if (!counting->none)
    counting->none = add_bucket (counting, NULL, NULL);
  return counting->none;
}

/* --- what is chosen --- */

/* Only what could be clicked: a stretch of numbers, or a part of a text, is none of the values. */
static void
choose (Counting *counting, const PhFilterPiece *piece, PhFilterChoice choice)
{
  Bucket *bucket = NULL;

  if (counting->words)
    {
      guint64 words = ph_filter_find_words (counting->term.word_list, piece->text, piece->exact);

      for (guint i = 0; i < counting->field->n_words; i++)
        if (words == G_GUINT64_CONSTANT (1) << counting->word_numbers[i] && !counting->word_choices[i])
          counting->word_choices[i] = (guint8) choice;
      return;
    }
  if (piece->exact && *piece->text == '\0')
    bucket = none_bucket (counting);
  else if (*piece->text != '\0' && (piece->exact || counting->numbers))
    {
      PhFilterRange range;
      gboolean is_range = ph_filter_range_parse (piece->text, &range);

      if (!counting->numbers)
        bucket = find_bucket (counting, piece->text);
      else if (is_range && range.low == range.high && range.real_low == range.real_high)
        bucket = find_number (counting, range.low);
    }
  if (bucket && bucket->choice == PH_FILTER_OPEN)
    bucket->choice = (guint8) choice;
}

static void
find_choices (Counting *counting, const PhSchema *schema, const GPtrArray *spans)
{
  for (guint i = 0; i < spans->len; i++)
    {
      const PhFilterSpan *span = spans->pdata[i];
      PhFilterTerm term = { 0 };

      if (!span->field || !ph_filter_term_set_field (&term, schema, span->field)
          || !ph_filter_term_same_field (&term, &counting->term))
        continue;
      for (guint j = 0; j < span->n_pieces; j++)
        choose (counting, &span->pieces[j], span->exclude ? PH_FILTER_EXCLUDED : PH_FILTER_INCLUDED);
    }
}

/* --- counting --- */

static void
counting_init (Counting *counting, const PhSchema *schema, const PhFacetField *field)
{
  memset (counting, 0, sizeof *counting);
  counting->field = field;
  if (!ph_filter_term_set_field (&counting->term, schema, field->field))
    g_assert_not_reached ();
  counting->numbers = ph_filter_term_has_numbers (&counting->term);
  counting->buckets = g_ptr_array_new_with_free_func (bucket_free);
  counting->by_text = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  counting->by_key = g_hash_table_new (g_str_hash, g_str_equal);
  counting->by_number = g_hash_table_new (g_int64_hash, g_int64_equal);
  if (field->n_words == 0)
    return;
  counting->words = g_new0 (guint, field->n_words);
  counting->word_numbers = g_new0 (guint8, field->n_words);
  counting->word_choices = g_new0 (guint8, field->n_words);
  for (guint i = 0; i < field->n_words; i++)
    {
      guint64 words = ph_filter_find_words (counting->term.word_list, field->words[i].word, TRUE);

      g_assert (words != 0 && (words & (words - 1)) == 0);
      counting->word_numbers[i] = (guint8) __builtin_ctzll (words);
    }
}

static void
counting_clear (Counting *counting)
{
  g_free (counting->words);
  g_free (counting->word_numbers);
  g_free (counting->word_choices);
  g_hash_table_unref (counting->by_text);
  g_hash_table_unref (counting->by_key);
  g_hash_table_unref (counting->by_number);
  g_ptr_array_unref (counting->buckets);
}

/* FALSE: that is no value. */
static gboolean
count_value (Counting *counting, const PhValue *value, gconstpointer record, GString *scratch)
{
  const char *text = scratch->str;
  Bucket *bucket;

  if (value->kind == PH_VALUE_NONE || value->kind == PH_VALUE_JSON)
    return FALSE;
  if (value->kind == PH_VALUE_UINT && counting->numbers)
    bucket = find_number (counting, value->uint);
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
      bucket = find_bucket (counting, text);
    }
  if (bucket && bucket->last != record)
    {
      bucket->last = record;
      bucket->count++;
    }
  return TRUE;
}

static void
count_record (Counting *counting, gconstpointer record, GString *scratch)
{
  const PhFilterTerm *term = &counting->term;
  PhValue value = { PH_VALUE_NONE };
  gboolean any = FALSE;
  Bucket *none;

  if (counting->words)
    {
      for (guint i = 0; i < counting->field->n_words; i++)
        counting->words[i] += term->is (record, counting->word_numbers[i]);
      return;
    }
  for (guint n = 0; term->nth && term->nth (record, n, &value); n++)
    any |= !counting->field->names && count_value (counting, &value, record, scratch);
  if (counting->field->names)
    any = count_value (counting, &value, record, scratch);
  /* The first that has one says it all: a user's name, else the number. */
  for (guint i = 0; !any && i < G_N_ELEMENTS (term->columns) && term->columns[i]; i++)
    {
      value.kind = PH_VALUE_NONE;
      term->columns[i]->value (record, &value);
      any = count_value (counting, &value, record, scratch);
    }
  none = any ? NULL : none_bucket (counting);
  if (none)
    none->count++;
}

/* The facet whose own each term is. */
static guint8 *
find_groups (const PhFilter *filter, const Counting *countings, guint n)
{
  guint8 *groups = g_malloc (filter->n_terms + 1);

  for (guint i = 0; i < filter->n_terms; i++)
    {
      groups[i] = PH_MISFIT_MANY;
      for (guint j = 0; j < n && !filter->terms[i].is_word; j++)
        if (ph_filter_term_same_field (&filter->terms[i], &countings[j].term))
          groups[i] = (guint8) j;
    }
  return groups;
}

/* FALSE: stopped. */
static gboolean
count_all (Counting *countings,
           guint n,
           PhSnapshot *snapshot,
           const PhFilter *chips,
           const PhFilter *filter,
           const PhFilterContext *context,
           const gint *stop)
{
  const guint n_records = ph_snapshot_n_records (snapshot);
  g_autofree guint8 *groups = filter ? find_groups (filter, countings, n) : NULL;
  g_autoptr (GString) scratch = g_string_sized_new (64);

  for (guint i = 0; i < n_records; i++)
    {
      const PhRecord *record = ph_snapshot_record (snapshot, i);
      guint8 misfit = PH_MISFIT_NONE;

      if (stop && i % STRIDE == 0 && g_atomic_int_get (stop))
        return FALSE;
      if (record->slot == PH_NO_SLOT || (chips && !ph_filter_match (chips, context, record)))
        continue;
      if (filter)
        misfit = ph_filter_find_misfit (filter, groups, context, record);
      if (misfit == PH_MISFIT_NONE)
        for (guint j = 0; j < n; j++)
          count_record (&countings[j], record, scratch);
      else if (misfit != PH_MISFIT_MANY)
        count_record (&countings[misfit], record, scratch);
    }
  return TRUE;
}

/* --- the answer --- */

/* Of as many: by number, or else as texts; none at all comes last. */
static gint
compare_buckets (gconstpointer a, gconstpointer b, gpointer data)
{
  const Bucket *first = *(const Bucket *const *) a, *second = *(const Bucket *const *) b;
  const Counting *counting = data;

  if (first->count != second->count)
    return first->count > second->count ? -1 : 1;
  if (first == counting->none || second == counting->none)
    return (first == counting->none) - (second == counting->none);
  if (counting->numbers)
    return first->number < second->number ? -1 : 1;
  return strcmp (first->key, second->key);
}

static char *
write_value (const Counting *counting, const char *label)
{
  g_autofree char *quoted = NULL;

  if (!label)
    return g_strdup ("=");
  if (counting->numbers)
    return g_strdup (label);
  quoted = ph_filter_quote (label);
  return g_strconcat ("=", quoted, NULL);
}

static void
take_buckets (PhFacet *facet, Counting *counting)
{
  g_ptr_array_sort_with_data (counting->buckets, compare_buckets, counting);
  facet->values = g_new0 (PhFacetValue, counting->buckets->len);
  for (guint i = 0; i < counting->buckets->len; i++)
    {
      Bucket *bucket = counting->buckets->pdata[i];

      facet->n_distinct += bucket->count > 0;
      if (facet->n_values >= PH_FACET_VALUES_MAX && bucket->choice == PH_FILTER_OPEN)
        continue;
      if (counting->numbers && bucket != counting->none)
        bucket->label = g_strdup_printf ("%" G_GUINT64_FORMAT, bucket->number);
      facet->values[facet->n_values++] = (PhFacetValue){
        .value = write_value (counting, bucket->label),
        .label = g_steal_pointer (&bucket->label),
        .count = bucket->count,
        .choice = bucket->choice,
      };
    }
}

static gint
compare_values (gconstpointer a, gconstpointer b, gpointer data)
{
  const PhFacetValue *first = a, *second = b;

  return first->count == second->count ? 0 : first->count > second->count ? -1 : 1;
}

static void
take_words (PhFacet *facet, const Counting *counting)
{
  facet->values = g_new0 (PhFacetValue, counting->field->n_words);
  for (guint i = 0; i < counting->field->n_words; i++)
    {
      const PhFacetWord *word = &counting->field->words[i];

      facet->n_distinct += counting->words[i] > 0;
      if (counting->words[i] == 0 && counting->word_choices[i] == PH_FILTER_OPEN)
        continue;
      facet->values[facet->n_values++] = (PhFacetValue){
        .value = g_strdup (word->word),
        .label = g_strdup (word->label ? _ (word->label) : word->word),
        .count = counting->words[i],
        .choice = counting->word_choices[i],
      };
    }
  /* Stable: where they are as many, in the schema's order. */
  g_qsort_with_data (facet->values, (gint) facet->n_values, sizeof *facet->values, compare_values, NULL);
}

PhFacets *
ph_facets_count (PhSnapshot *snapshot,
                 const PhFilter *chips,
                 const char *text,
                 const PhFilterContext *context,
                 guint64 which,
                 const gint *stop)
{
  const PhSchema *schema = ph_snapshot_schema (snapshot);
  g_autoptr (PhFilter) filter = ph_filter_parse (schema, text, NULL, NULL);
  g_autoptr (GPtrArray) spans = g_utf8_validate (text, -1, NULL) ? ph_filter_edit_split (text) : g_ptr_array_new ();
  g_autofree Counting *countings = g_new0 (Counting, schema->n_facets + 1);
  PhFacets *facets = NULL;
  guint n = 0;

  for (guint i = 0; i < MIN (schema->n_facets, PH_FACETS_MAX); i++)
    if (which & G_GUINT64_CONSTANT (1) << i)
      {
        counting_init (&countings[n], schema, &schema->facets[i]);
        find_choices (&countings[n++], schema, spans);
      }
  if (count_all (countings, n, snapshot, chips, filter, context, stop))
    {
      facets = g_new0 (PhFacets, 1);
      facets->facets = g_new0 (PhFacet, n + 1);
      facets->n_facets = n;
      for (guint i = 0; i < n; i++)
        {
          facets->facets[i].field = countings[i].field;
          if (countings[i].words)
            take_words (&facets->facets[i], &countings[i]);
          else
            take_buckets (&facets->facets[i], &countings[i]);
        }
    }
  for (guint i = 0; i < n; i++)
    counting_clear (&countings[i]);
  return facets;
}

void
ph_facets_free (PhFacets *facets)
{
  if (!facets)
    return;
  for (guint i = 0; i < facets->n_facets; i++)
    {
      for (guint j = 0; j < facets->facets[i].n_values; j++)
        {
          g_free (facets->facets[i].values[j].value);
          g_free (facets->facets[i].values[j].label);
        }
      g_free (facets->facets[i].values);
    }
  g_free (facets->facets);
  g_free (facets);
}

guint
ph_facets_flags (const PhSchema *schema, guint64 which)
{
  guint flags = 0;

  for (guint i = 0; i < MIN (schema->n_facets, PH_FACETS_MAX); i++)
    {
      PhFilterTerm term = { 0 };

      if (which & G_GUINT64_CONSTANT (1) << i && ph_filter_term_set_field (&term, schema, schema->facets[i].field))
        flags |= term.flags;
    }
  return flags;
}
