/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The text is cut as the parser cuts it, but never refused. An edit is one piece of the text taken out or put in, so
 * that nothing else of it can change.
 */
#include "ph-filter-edit.h"

#include <string.h>

#include "ph-filter-private.h"

/* --- the terms --- */

static void
span_free (gpointer data)
{
  PhFilterSpan *span = data;

  for (guint i = 0; i < span->n_pieces; i++)
    g_free (span->pieces[i].text);
  g_free (span->pieces);
  g_free (span->field);
  g_free (span);
}

/* Reads the piece that begins at @at; where it ends. An open quote ends with the text. */
static const char *
read_piece (const char *text, const char *at, gboolean is_value, PhFilterPiece *piece)
{
  g_autoptr (GString) read = g_string_new (NULL);
  gboolean quoted = FALSE;

  piece->start = (gsize) (at - text);
  piece->exact = is_value && *at == '=';
  at += piece->exact;
  for (; *at != '\0' && (quoted || !(g_ascii_isspace (*at) || (is_value && *at == ','))); at++)
    {
      if (*at == '"')
        {
          quoted = !quoted;
          continue;
        }
      if (quoted && *at == '\\' && (at[1] == '"' || at[1] == '\\'))
        at++;
      g_string_append_c (read, *at);
    }
  piece->end = (gsize) (at - text);
  piece->text = g_string_free (g_steal_pointer (&read), FALSE);
  return at;
}

/* Reads the term that begins at @at. */
static PhFilterSpan *
read_span (const char *text, const char *at)
{
  g_autoptr (GArray) pieces = g_array_new (FALSE, FALSE, sizeof (PhFilterPiece));
  PhFilterSpan *span = g_new0 (PhFilterSpan, 1);
  gsize length;

  span->start = (gsize) (at - text);
  span->exclude = *at == '-';
  at += span->exclude;
  length = ph_filter_field_length (at);
  if (length > 0)
    {
      span->field = g_ascii_strdown (at, (gssize) length);
      at += length;
    }
  do
    {
      PhFilterPiece piece;

      at = read_piece (text, at + (span->field != NULL), span->field != NULL, &piece); /* past the colon or comma */
      g_array_append_val (pieces, piece);
    }
  while (span->field && *at == ',');
  span->end = (gsize) (at - text);
  span->n_pieces = pieces->len;
  span->pieces = (PhFilterPiece *) g_array_free (g_steal_pointer (&pieces), FALSE);
  return span;
}

GPtrArray *
ph_filter_edit_split (const char *text)
{
  GPtrArray *spans = g_ptr_array_new_with_free_func (span_free);
  const char *at = text;

  for (;;)
    {
      PhFilterSpan *span;

      while (g_ascii_isspace (*at))
        at++;
      if (*at == '\0')
        return spans;
      span = read_span (text, at);
      g_ptr_array_add (spans, span);
      at = text + span->end;
    }
}

/* --- what means the same --- */

/* A field and one of its values, as the parser has them. */
typedef struct
{
  PhFilterTerm term; /* of the field alone */
  PhFilterValue value;
  guint64 words;
} Meaning;

static gboolean
read_value (const PhFilterTerm *term, const PhFilterPiece *piece, PhFilterValue *value, guint64 *words)
{
  memset (value, 0, sizeof *value);
  *words = 0;
  if (*piece->text == '\0' && !piece->exact)
    return FALSE;
  if (term->is)
    *words = ph_filter_find_words (term->word_list, piece->text, piece->exact);
  else
    ph_filter_value_init (value, piece->text, strlen (piece->text), piece->exact);
  return !term->is || *words != 0;
}

static gboolean
meaning_init (Meaning *meaning, const PhSchema *schema, const char *field, const char *value)
{
  PhFilterPiece piece;
  gboolean good;

  memset (meaning, 0, sizeof *meaning);
  if (!ph_filter_term_set_field (&meaning->term, schema, field))
    return FALSE;
  read_piece (value, value, TRUE, &piece);
  good = read_value (&meaning->term, &piece, &meaning->value, &meaning->words);
  g_free (piece.text);
  return good;
}

static void
meaning_clear (Meaning *meaning)
{
  g_free (meaning->value.text);
}

/* One number is the same with and without =. */
static gboolean
is_one_number (const PhFilterValue *value)
{
  return value->is_range && value->range.low == value->range.high
         && value->range.real_low == value->range.real_high; /* not <=0 */
}

static gboolean
same_value (const Meaning *meaning, const PhFilterPiece *piece)
{
  PhFilterValue other;
  guint64 words;
  gboolean same = FALSE;

  if (!read_value (&meaning->term, piece, &other, &words))
    return FALSE;
  if (meaning->term.is)
    return words == meaning->words;
  if (other.exact == meaning->value.exact)
    same = strcmp (other.text, meaning->value.text) == 0;
  if (!same && is_one_number (&other) && is_one_number (&meaning->value)
      && (other.exact == meaning->value.exact || ph_filter_term_has_numbers (&meaning->term)))
    same = other.range.low == meaning->value.range.low && other.range.real_low == meaning->value.range.real_low;
  g_free (other.text);
  return same;
}

static gboolean
same_field (const Meaning *meaning, const PhSchema *schema, const PhFilterSpan *span)
{
  PhFilterTerm term = { 0 };

  return span->field && ph_filter_term_set_field (&term, schema, span->field)
         && ph_filter_term_same_field (&term, &meaning->term);
}

PhFilterChoice
ph_filter_edit_get (const PhSchema *schema, const char *text, const char *field, const char *value)
{
  g_autoptr (GPtrArray) spans = ph_filter_edit_split (text);
  PhFilterChoice choice = PH_FILTER_OPEN;
  Meaning meaning;

  if (!meaning_init (&meaning, schema, field, value))
    return PH_FILTER_OPEN;
  for (guint i = 0; i < spans->len && choice == PH_FILTER_OPEN; i++)
    {
      const PhFilterSpan *span = spans->pdata[i];

      for (guint j = 0; j < span->n_pieces && same_field (&meaning, schema, span); j++)
        if (same_value (&meaning, &span->pieces[j]))
          choice = span->exclude ? PH_FILTER_EXCLUDED : PH_FILTER_INCLUDED;
    }
  meaning_clear (&meaning);
  return choice;
}

/* --- edits --- */

/* With one of the gaps around it. */
static void
erase_term (GString *text, const PhFilterSpan *span)
{
  gsize start = span->start, end = span->end;

  if (g_ascii_isspace (text->str[end]))
    end++;
  else if (start > 0)
    start--;
  g_string_erase (text, (gssize) start, (gssize) (end - start));
}

/* With the comma before it, or after it where it is the first. */
static void
erase_piece (GString *text, const PhFilterSpan *span, guint n)
{
  const PhFilterPiece *piece = &span->pieces[n];

  if (span->n_pieces == 1)
    erase_term (text, span);
  else if (n > 0)
    g_string_erase (text, (gssize) piece->start - 1, (gssize) (piece->end - piece->start + 1));
  else
    g_string_erase (text, (gssize) piece->start, (gssize) (piece->end - piece->start + 1));
}

/* What has been erased has moved all that follows: from behind. */
static void
erase_values (GString *text, const PhSchema *schema, const Meaning *meaning, gboolean all_included)
{
  g_autoptr (GPtrArray) spans = ph_filter_edit_split (text->str);

  for (guint i = spans->len; i-- > 0;)
    {
      PhFilterSpan *span = spans->pdata[i];

      if (!same_field (meaning, schema, span))
        continue;
      if (all_included && !span->exclude)
        {
          erase_term (text, span);
          continue;
        }
      for (guint j = span->n_pieces; j-- > 0;)
        if (same_value (meaning, &span->pieces[j]))
          {
            const gsize length = text->len;

            erase_piece (text, span, j);
            span->end -= length - text->len;
            g_free (span->pieces[j].text);
            memmove (&span->pieces[j], &span->pieces[j + 1], (span->n_pieces - j - 1) * sizeof *span->pieces);
            span->n_pieces--;
          }
    }
}

/* What is put behind it must not fall into an open quotation. */
static void
close_quotation (GString *text)
{
  gboolean quoted = FALSE, escapes = FALSE;

  for (const char *at = text->str; *at != '\0'; at++)
    {
      if (*at == '"')
        quoted = !quoted;
      else if (quoted && *at == '\\' && (at[1] == '"' || at[1] == '\\'))
        at++;
      else
        escapes = *at == '\\' && at[1] == '\0'; /* would take the mark with it */
    }
  if (quoted)
    g_string_append (text, escapes ? "\\\"" : "\"");
}

static void
insert_value (GString *text,
              const PhSchema *schema,
              const Meaning *meaning,
              const char *field,
              const char *value,
              gboolean exclude)
{
  g_autoptr (GPtrArray) spans = NULL;

  close_quotation (text);
  spans = ph_filter_edit_split (text->str);
  for (guint i = 0; i < spans->len; i++)
    {
      const PhFilterSpan *span = spans->pdata[i];
      const PhFilterPiece *last = &span->pieces[span->n_pieces - 1];

      if (span->exclude != exclude || !same_field (meaning, schema, span))
        continue;
      g_string_insert (text, (gssize) span->end, value);
      if (last->end > last->start) /* else the comma or colon waits for it */
        g_string_insert_c (text, (gssize) span->end, ',');
      return;
    }
  if (text->len > 0 && !g_ascii_isspace (text->str[text->len - 1]))
    g_string_append_c (text, ' ');
  g_string_append_printf (text, "%s%s:%s", exclude ? "-" : "", field, value);
}

static char *
edit (
    const PhSchema *schema, const char *old, const char *field, const char *value, PhFilterChoice choice, gboolean only)
{
  GString *text = g_string_new (old);
  Meaning meaning;

  if (meaning_init (&meaning, schema, field, value))
    {
      erase_values (text, schema, &meaning, only);
      if (choice != PH_FILTER_OPEN)
        insert_value (text, schema, &meaning, field, value, choice == PH_FILTER_EXCLUDED);
      meaning_clear (&meaning);
    }
  return g_string_free (text, FALSE);
}

char *
ph_filter_edit_set (
    const PhSchema *schema, const char *text, const char *field, const char *value, PhFilterChoice choice)
{
  if (ph_filter_edit_get (schema, text, field, value) == choice)
    return g_strdup (text);
  return edit (schema, text, field, value, choice, FALSE);
}

char *
ph_filter_edit_only (const PhSchema *schema, const char *text, const char *field, const char *value)
{
  return edit (schema, text, field, value, PH_FILTER_INCLUDED, TRUE);
}

char *
ph_filter_edit_remove (const char *old, guint n)
{
  g_autoptr (GPtrArray) spans = ph_filter_edit_split (old);
  GString *text = g_string_new (old);

  if (n < spans->len)
    erase_term (text, spans->pdata[n]);
  return g_string_free (text, FALSE);
}
