/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * From a filter's text to its terms: one pass from left to right that ends at the end or at the first error, which it
 * tells in words.
 *
 * What looks like an IPv6 address is a word, not a field "fe80".
 */
#include <string.h>

#include "ph-filter-private.h"
#include "ph-i18n.h"
#include "ph-text.h"

#define QUOTE_MAX 64 /* bytes of the filter repeated in a message */

typedef struct
{
  const PhSchema *schema;
  const char *text;
  const char *at;
  const char *error_at;
  GError **error;
  GString *piece; /* the value or word being read */
  GArray *terms;
} Parser;

G_GNUC_PRINTF (4, 5)
static gboolean
fail (Parser *parser, const char *at, PhFilterErrorCode code, const char *format, ...)
{
  va_list arguments;
  g_autofree char *message = NULL;

  va_start (arguments, format);
  message = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_set_error_literal (parser->error, PH_FILTER_ERROR, (int) code, message);
  parser->error_at = at;
  return FALSE;
}

/* A part of the filter, fit to be repeated in a message. */
static char *
quote (const char *text, gsize length)
{
  GString *fit = g_string_new (NULL);

  if (length > QUOTE_MAX)
    {
      for (length = QUOTE_MAX; ((guint8) text[length] & 0xc0) == 0x80;)
        length--;
      ph_text_sanitize (text, length, fit);
      g_string_append (fit, "…");
    }
  else
    ph_text_sanitize (text, length, fit);
  return g_string_free (fit, FALSE);
}

static gboolean
is_space (char c)
{
  return g_ascii_isspace (c);
}

/* --- values --- */

static char *
quote_value (Parser *parser, gboolean exact)
{
  if (exact)
    g_string_prepend_c (parser->piece, '=');
  return quote (parser->piece->str, parser->piece->len);
}

static gboolean
add_value (Parser *parser, PhFilterTerm *term, GArray *values, const char *name, const char *start, gboolean exact)
{
  const char *text = parser->piece->str;
  g_autofree char *shown = NULL;
  PhFilterValue value = { 0 };

  if (term->is)
    {
      guint64 found = ph_filter_find_words (term->word_list, text, exact);

      if (found == 0)
        {
          g_autofree char *words = g_strjoinv (", ", (char **) term->word_list);

          shown = quote_value (parser, exact);
          return fail (parser, start, PH_FILTER_ERROR_VALUE, _ ("“%s:” takes %s, but not “%s”"), name, words, shown);
        }
      term->words |= found;
      return TRUE;
    }

  ph_filter_value_init (&value, text, parser->piece->len, exact);
  if (ph_filter_term_has_addresses (term) && ph_filter_is_false_network (text))
    {
      g_free (value.text);
      shown = quote_value (parser, exact);
      return fail (parser, start, PH_FILTER_ERROR_VALUE,
                   _ ("“%s” is not a network: the number after / is at most 32 for IPv4, and 128 for IPv6"), shown);
    }
  if (!ph_filter_term_takes (term, &value))
    {
      g_free (value.text);
      shown = quote_value (parser, exact);
      return fail (parser, start, PH_FILTER_ERROR_VALUE,
                   _ ("“%s:” takes a number such as 80, 1024-2048 or >0, but not “%s”"), name, shown);
    }
  g_array_append_val (values, value);
  return TRUE;
}

/* --- text --- */

/* Reads up to a space, and to a comma where @commas, into parser->piece; quotes keep both. */
static gboolean
read_piece (Parser *parser, gboolean commas)
{
  const char *at = parser->at;

  g_string_truncate (parser->piece, 0);
  while (*at != '\0' && !is_space (*at) && !(commas && *at == ','))
    {
      const char *open = at;

      if (*at != '"')
        {
          g_string_append_c (parser->piece, *at++);
          continue;
        }
      for (at++; *at != '"'; at++)
        {
          if (*at == '\0')
            return fail (parser, open, PH_FILTER_ERROR_SYNTAX, _ ("The quotation mark is not closed"));
          if (*at == '\\' && (at[1] == '"' || at[1] == '\\'))
            at++;
          g_string_append_c (parser->piece, *at);
        }
      at++;
    }
  parser->at = at;
  return TRUE;
}

static gboolean
parse_values (Parser *parser, PhFilterTerm *term, const char *name)
{
  g_autoptr (GArray) values = g_array_new (FALSE, FALSE, sizeof (PhFilterValue));
  gboolean good = TRUE;

  do
    {
      const char *start = parser->at;
      gboolean exact = *start == '=';

      parser->at += exact;
      good = read_piece (parser, TRUE);
      if (good && parser->piece->len == 0 && (!exact || term->is))
        good = fail (parser, start, PH_FILTER_ERROR_SYNTAX, _ ("There is no value after “%s:”"), name);
      good = good && add_value (parser, term, values, name, start, exact);
    }
  while (good && *parser->at == ',' && parser->at++);

  term->n_values = values->len;
  term->values = (PhFilterValue *) g_array_free (g_steal_pointer (&values), FALSE);
  return good;
}

static gboolean
parse_word (Parser *parser, PhFilterTerm *term)
{
  const char *start = parser->at;

  if (!read_piece (parser, FALSE))
    return FALSE;
  if (parser->piece->len == 0)
    return fail (parser, start, PH_FILTER_ERROR_SYNTAX, _ ("There is nothing to look for"));
  term->is_word = TRUE;
  term->values = g_new0 (PhFilterValue, 2);
  term->n_values = 1;
  ph_filter_value_init (term->values, parser->piece->str, parser->piece->len, FALSE);
  ph_filter_term_set_end (term, parser->schema, parser->piece->str);
  return TRUE;
}

gsize
ph_filter_field_length (const char *text)
{
  const char *at = text;
  char whole[PH_ADDRESS_TEXT_MAX];
  gsize length;
  PhAddress address;
  guint prefix;

  if (!g_ascii_isalpha (*at))
    return 0;
  while (g_ascii_isalnum (*at) || *at == '_')
    at++;
  if (*at != ':')
    return 0;

  /* No further than an address can be long, whatever else follows: "fe80::1%eth0" */
  for (length = 0; length < sizeof whole && text[length] != '\0' && !strchr (" \t\n\r\f\v\"%", text[length]); length++)
    whole[length] = text[length];
  if (length < sizeof whole)
    {
      whole[length] = '\0';
      if (ph_address_parse (whole, &address, &prefix))
        return 0;
    }
  return (gsize) (at - text);
}

static gboolean
parse_field (Parser *parser, PhFilterTerm *term, gsize length)
{
  const char *start = parser->at;
  g_autofree char *name = g_ascii_strdown (start, (gssize) length);

  if (!ph_filter_term_set_field (term, parser->schema, name))
    {
      g_autofree char *shown = quote (start, length);
      const char *similar = ph_filter_similar_field (parser->schema, name);

      if (similar)
        return fail (parser, start, PH_FILTER_ERROR_FIELD, _ ("There is no field “%s”. Did you mean “%s”?"), shown,
                     similar);
      return fail (parser, start, PH_FILTER_ERROR_FIELD, _ ("There is no field “%s”"), shown);
    }
  parser->at = start + length + 1;
  return parse_values (parser, term, name);
}

static gboolean
parse_term (Parser *parser)
{
  PhFilterTerm term = { 0 };
  gsize length;
  gboolean good;

  if (*parser->at == '-')
    {
      term.exclude = TRUE;
      parser->at++;
    }
  length = ph_filter_field_length (parser->at);
  good = length > 0 ? parse_field (parser, &term, length) : parse_word (parser, &term);
  if (good)
    g_array_append_val (parser->terms, term);
  else
    ph_filter_term_clear (&term);
  return good;
}

static gboolean
parse_terms (Parser *parser)
{
  const char *end;

  if (!g_utf8_validate (parser->text, -1, &end))
    return fail (parser, end, PH_FILTER_ERROR_SYNTAX, _ ("The filter is not valid UTF-8"));

  for (;;)
    {
      while (is_space (*parser->at))
        parser->at++;
      if (*parser->at == '\0')
        return TRUE;
      if (!parse_term (parser))
        return FALSE;
    }
}

/* Fields before words, otherwise in order. */
static PhFilter *
make_filter (const GArray *terms)
{
  PhFilter *filter = g_new0 (PhFilter, 1);

  g_atomic_ref_count_init (&filter->refs);
  filter->terms = g_new (PhFilterTerm, terms->len);
  for (int word = 0; word <= 1; word++)
    for (guint i = 0; i < terms->len; i++)
      if (g_array_index (terms, PhFilterTerm, i).is_word == word)
        filter->terms[filter->n_terms++] = g_array_index (terms, PhFilterTerm, i);
  return filter;
}

PhFilter *
ph_filter_parse (const PhSchema *schema, const char *text, gsize *position, GError **error)
{
  Parser parser = { .schema = schema, .text = text, .at = text, .error = error };
  PhFilter *filter = NULL;

  parser.piece = g_string_new (NULL);
  parser.terms = g_array_new (FALSE, FALSE, sizeof (PhFilterTerm));
  if (parse_terms (&parser))
    filter = make_filter (parser.terms);
  else
    {
      for (guint i = 0; i < parser.terms->len; i++)
        ph_filter_term_clear (&g_array_index (parser.terms, PhFilterTerm, i));
      if (position)
        *position = (gsize) (parser.error_at - text);
    }
  g_array_unref (parser.terms);
  g_string_free (parser.piece, TRUE);
  return filter;
}
