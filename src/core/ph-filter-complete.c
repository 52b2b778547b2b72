/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The text is read as the parser reads it, but never refused: what is being typed is seldom whole. */
#include "ph-filter-complete.h"

#include <string.h>

#include "ph-filter-help.h"
#include "ph-filter-private.h"

#define VALUE_MAX    200  /* bytes; longer ones are no help to anybody who types */
#define DISTINCT_MAX 4096 /* values that are counted; others that come later are not */

/* --- the spot --- */

/* The end of what begins at @at: as read_piece() of the parser, but an open quote ends with the text. What stands
 * before @cursor is appended to @typed. */
static const char *
skip_piece (const char *at, gboolean commas, const char *cursor, GString *typed)
{
  gboolean quoted = FALSE;

  for (; *at != '\0' && (quoted || !(g_ascii_isspace (*at) || (commas && *at == ','))); at++)
    {
      if (*at == '"')
        {
          quoted = !quoted;
          continue;
        }
      if (quoted && *at == '\\' && (at[1] == '"' || at[1] == '\\'))
        at++;
      if (at < cursor)
        g_string_append_c (typed, *at);
    }
  return at;
}

static void
set_spot (PhFilterSpot *spot, PhFilterPart part, gsize start, gsize end, const GString *typed)
{
  GString *folded = g_string_new (NULL);

  ph_filter_fold (folded, typed->str, typed->len);
  spot->part = part;
  spot->start = start;
  spot->end = end;
  spot->typed = g_string_free (folded, FALSE);
}

/* The values of a field that begin at @at; where they end. The spot is set if the cursor stands in one. */
static const char *
walk_values (PhFilterSpot *spot, const char *text, const char *at, const char *cursor, GString *typed)
{
  for (;; at++)
    {
      const char *start;

      at += *at == '=' && at < cursor;
      start = at;
      g_string_truncate (typed, 0);
      at = skip_piece (start, TRUE, cursor, typed);
      if (start <= cursor && cursor <= at)
        set_spot (spot, PH_FILTER_PART_VALUE, (gsize) (start - text), (gsize) (at - text), typed);
      if (*at != ',')
        return at;
    }
}

void
ph_filter_spot_init (PhFilterSpot *spot, const PhSchema *schema, const char *text, gsize cursor_offset)
{
  const char *cursor = text + cursor_offset, *at = text;
  g_autoptr (GString) typed = g_string_new (NULL);

  memset (spot, 0, sizeof *spot);
  while (*at != '\0' && at < cursor && spot->part == PH_FILTER_PART_NONE)
    {
      const char *start;
      gsize length;

      while (g_ascii_isspace (*at))
        at++;
      at += *at == '-';
      start = at;
      length = ph_filter_field_length (at);
      if (length > 0 && cursor > at + length)
        {
          PhFilterTerm term = { 0 };
          g_autofree char *name = g_ascii_strdown (at, (gssize) length);

          at = walk_values (spot, text, at + length + 1, cursor, typed);
          if (spot->part == PH_FILTER_PART_NONE)
            continue;
          if (ph_filter_term_set_field (&term, schema, name))
            spot->field = g_steal_pointer (&name);
          else
            ph_filter_spot_clear (spot);
          return;
        }
      g_string_truncate (typed, 0);
      at = skip_piece (at, FALSE, cursor, typed);
      if (start < cursor && cursor <= at && *start != '"') /* what is quoted is no field */
        set_spot (spot, PH_FILTER_PART_FIELD, (gsize) (start - text),
                  (gsize) ((length > 0 ? start + length + 1 : at) - text), typed);
    }
}

void
ph_filter_spot_clear (PhFilterSpot *spot)
{
  g_free (spot->field);
  g_free (spot->typed);
  memset (spot, 0, sizeof *spot);
}

gboolean
ph_filter_spot_takes_values (const PhFilterSpot *spot, const PhSchema *schema)
{
  PhFilterTerm term = { 0 };

  return spot->part == PH_FILTER_PART_VALUE && ph_filter_term_set_field (&term, schema, spot->field) && !term.is;
}

/* --- candidates --- */

char *
ph_filter_quote (const char *value)
{
  GString *quoted;

  if (*value != '\0' && !strpbrk (value, " \t\n\v\f\r,\""))
    return g_strdup (value);
  quoted = g_string_new ("\"");
  for (; *value != '\0'; value++)
    {
      if (*value == '"' || *value == '\\')
        g_string_append_c (quoted, '\\');
      g_string_append_c (quoted, *value);
    }
  g_string_append_c (quoted, '"');
  return g_string_free (quoted, FALSE);
}

static void
candidate_free (gpointer data)
{
  PhFilterCandidate *candidate = data;

  g_free (candidate->text);
  g_free (candidate->label);
  g_free (candidate);
}

/* Takes over @text. */
static void
add (GPtrArray *candidates, char *text, const char *label, const char *help, guint count)
{
  PhFilterCandidate *candidate = g_new0 (PhFilterCandidate, 1);

  candidate->text = text;
  candidate->label = g_strdup (label);
  candidate->help = help;
  candidate->count = count;
  g_ptr_array_add (candidates, candidate);
}

/* Names that begin so, then, where that says enough, those that have it inside. One name for each field. */
static void
add_fields (GPtrArray *candidates, const PhFilterSpot *spot, const PhSchema *schema)
{
  guint n;
  g_autofree PhFilterFieldHelp *fields = ph_filter_help_fields (schema, &n);

  const guint last = strlen (spot->typed) > 1;

  for (guint inside = 0; inside <= last; inside++)
    for (guint i = 0; i < n; i++)
      {
        const char *name = NULL, *begun = NULL;

        for (guint j = 0; fields[i].names[j]; j++)
          {
            const char *found = strstr (fields[i].names[j], spot->typed);

            if (found && !name)
              name = fields[i].names[j];
            if (found == fields[i].names[j] && !begun)
              begun = found;
          }
        if (inside ? name != NULL && !begun : begun != NULL)
          {
            const char *fits = inside ? name : begun;

            if (candidates->len < PH_FILTER_CANDIDATES_MAX)
              add (candidates, g_strconcat (fits, ":", NULL), fits, fields[i].help, 0);
          }
      }
}

static void
add_words (GPtrArray *candidates, const PhFilterSpot *spot, const char *const *words)
{
  for (guint i = 0; words[i] && candidates->len < PH_FILTER_CANDIDATES_MAX; i++)
    if (*spot->typed == '\0' || ph_filter_begins_word (spot->typed, words[i]))
      add (candidates, g_strdup (words[i]), words[i], NULL, 0);
}

/* --- values that occur --- */

typedef struct
{
  guint n;
  gconstpointer last; /* record: one that has a value twice has it */
} Count;

typedef struct
{
  const char *typed;
  GHashTable *counts;   /* text to Count */
  gconstpointer record; /* that is being looked at */
  GString *text, *folded;
} Tally;

typedef struct
{
  const char *text;
  guint count;
} Occurrence;

/* Numbers and addresses are typed from their beginning; any part of a text is remembered. */
static void
count_value (Tally *tally, const PhValue *value)
{
  Count *count;

  if (value->kind != PH_VALUE_UINT && value->kind != PH_VALUE_INT && value->kind != PH_VALUE_TEXT
      && value->kind != PH_VALUE_ADDRESS)
    return;
  g_string_truncate (tally->text, 0);
  g_string_truncate (tally->folded, 0);
  ph_value_append (value, tally->text);
  if (tally->text->len == 0 || tally->text->len > VALUE_MAX)
    return;
  ph_filter_fold (tally->folded, tally->text->str, tally->text->len);
  if (value->kind == PH_VALUE_TEXT ? !strstr (tally->folded->str, tally->typed)
                                   : !g_str_has_prefix (tally->folded->str, tally->typed))
    return;

  count = g_hash_table_lookup (tally->counts, tally->text->str);
  if (!count && g_hash_table_size (tally->counts) < DISTINCT_MAX)
    g_hash_table_insert (tally->counts, g_strdup (tally->text->str), count = g_new0 (Count, 1));
  if (!count || count->last == tally->record)
    return;
  count->last = tally->record;
  count->n++;
}

static void
count_record (Tally *tally, const PhFilterTerm *term, gconstpointer record)
{
  PhValue value = { PH_VALUE_NONE };

  tally->record = record;
  for (guint n = 0; term->nth && term->nth (record, n, &value); n++)
    count_value (tally, &value);
  for (guint i = 0; i < G_N_ELEMENTS (term->columns) && term->columns[i]; i++)
    {
      value.kind = PH_VALUE_NONE;
      term->columns[i]->value (record, &value);
      count_value (tally, &value);
    }
}

static gint
compare_occurrences (gconstpointer a, gconstpointer b)
{
  const Occurrence *first = a, *second = b;

  if (first->count != second->count)
    return first->count > second->count ? -1 : 1;
  return strcmp (first->text, second->text);
}

static void
add_values (GPtrArray *candidates, const PhFilterSpot *spot, const PhFilterTerm *term, PhSnapshot *snapshot)
{
  const guint n = ph_snapshot_n_records (snapshot), step = n / PH_FILTER_LOOKED_AT_MAX + 1;
  g_autoptr (GHashTable) counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (GString) text = g_string_new (NULL), folded = g_string_new (NULL);
  g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (Occurrence));
  Tally tally = { spot->typed, counts, NULL, text, folded };
  GHashTableIter iter;
  gpointer key, count;

  for (guint i = 0; i < n; i += step)
    {
      const PhRecord *record = ph_snapshot_record (snapshot, i);

      if (record->slot != PH_NO_SLOT)
        count_record (&tally, term, record);
    }
  g_hash_table_iter_init (&iter, counts);
  while (g_hash_table_iter_next (&iter, &key, &count))
    {
      const Occurrence occurrence = { key, ((const Count *) count)->n };

      g_array_append_val (found, occurrence);
    }
  g_array_sort (found, compare_occurrences);
  for (guint i = 0; i < MIN (found->len, PH_FILTER_CANDIDATES_MAX); i++)
    {
      const Occurrence *occurrence = &g_array_index (found, Occurrence, i);

      add (candidates, ph_filter_quote (occurrence->text), occurrence->text, NULL, occurrence->count);
    }
}

GPtrArray *
ph_filter_complete (const PhFilterSpot *spot, const PhSchema *schema, PhSnapshot *snapshot)
{
  GPtrArray *candidates = g_ptr_array_new_with_free_func (candidate_free);
  PhFilterTerm term = { 0 };

  if (spot->part == PH_FILTER_PART_FIELD)
    add_fields (candidates, spot, schema);
  else if (spot->part == PH_FILTER_PART_VALUE && ph_filter_term_set_field (&term, schema, spot->field))
    {
      if (term.is)
        add_words (candidates, spot, term.word_list);
      else if (snapshot)
        add_values (candidates, spot, &term, snapshot);
    }
  return candidates;
}
