/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a field's name means in a schema, and what a value's text may mean to a field. */
#include <string.h>

#include "ph-filter-private.h"

static const PhFilterField *
find_field (const PhSchema *schema, const char *name)
{
  for (guint i = 0; i < schema->n_fields; i++)
    if (strcmp (schema->fields[i].name, name) == 0)
      return &schema->fields[i];
  return NULL;
}

/* How many letters differ (Levenshtein), for names of up to PH_FILTER_FIELD_MAX bytes. */
static guint
distance (const char *a, const char *b)
{
  guint row[PH_FILTER_FIELD_MAX + 1];
  gsize length = strlen (b);

  if (strlen (a) > PH_FILTER_FIELD_MAX || length > PH_FILTER_FIELD_MAX)
    return G_MAXUINT;
  for (gsize j = 0; j <= length; j++)
    row[j] = (guint) j;
  for (gsize i = 1; a[i - 1] != '\0'; i++)
    {
      guint diagonal = row[0];

      row[0] = (guint) i;
      for (gsize j = 1; j <= length; j++)
        {
          guint change = diagonal + (a[i - 1] != b[j - 1]);

          diagonal = row[j];
          row[j] = MIN (change, MIN (row[j], row[j - 1]) + 1);
        }
    }
  return row[length];
}

const char *
ph_filter_similar_field (const PhSchema *schema, const char *name)
{
  const char *best = NULL;
  guint best_distance = MIN ((guint) strlen (name), 3); /* less than this */

  for (guint i = 0; i < schema->n_fields + schema->n_columns; i++)
    {
      const char *other = i < schema->n_fields ? schema->fields[i].name : schema->columns[i - schema->n_fields].id;
      guint d = distance (name, other);

      if (d < best_distance)
        {
          best_distance = d;
          best = other;
        }
    }
  return best;
}

gboolean
ph_filter_term_set_field (PhFilterTerm *term, const PhSchema *schema, const char *name)
{
  const PhFilterField *field = find_field (schema, name);
  const PhColumn *column = ph_schema_find_column (schema, name);

  if (strcmp (name, "is") == 0 && schema->words)
    {
      term->word_list = schema->words;
      term->is = schema->is;
      return TRUE;
    }
  if (field && (field->words || field->nth))
    {
      term->word_list = field->words;
      term->is = field->is;
      term->nth = field->nth;
      term->nth_kind = field->kind;
      term->flags = column ? column->flags : 0;
      return TRUE;
    }
  if (field)
    for (guint i = 0; i < G_N_ELEMENTS (term->columns) && field->columns[i]; i++)
      term->columns[i] = ph_schema_find_column (schema, field->columns[i]);
  else
    term->columns[0] = column;
  for (guint i = 0; i < G_N_ELEMENTS (term->columns) && term->columns[i]; i++)
    term->flags |= term->columns[i]->flags;
  return term->columns[0] != NULL;
}

gboolean
ph_filter_term_same_field (const PhFilterTerm *a, const PhFilterTerm *b)
{
  return a->is == b->is && a->nth == b->nth && memcmp (a->columns, b->columns, sizeof a->columns) == 0;
}

static gboolean
is_number_kind (PhValueKind kind)
{
  return kind == PH_VALUE_UINT || kind == PH_VALUE_INT || kind == PH_VALUE_REAL;
}

gboolean
ph_filter_term_has_numbers (const PhFilterTerm *term)
{
  if (term->is || term->nth)
    return term->nth && term->nth_kind == PH_VALUE_UINT;
  for (guint i = 0; i < G_N_ELEMENTS (term->columns) && term->columns[i]; i++)
    if (term->columns[i]->kind != PH_VALUE_UINT)
      return FALSE;
  return TRUE;
}

gboolean
ph_filter_term_has_addresses (const PhFilterTerm *term)
{
  if (term->nth && term->nth_kind == PH_VALUE_ADDRESS)
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (term->columns) && term->columns[i]; i++)
    if (term->columns[i]->kind == PH_VALUE_ADDRESS)
      return TRUE;
  return FALSE;
}

gboolean
ph_filter_is_false_network (const char *text)
{
  const char *slash = strchr (text, '/');
  g_autofree char *alone = NULL;
  PhAddress address;
  guint prefix;

  if (!slash || slash - text >= PH_ADDRESS_TEXT_MAX || ph_address_parse (text, &address, &prefix))
    return FALSE;
  alone = g_strndup (text, (gsize) (slash - text));
  return ph_address_parse (alone, &address, NULL);
}

/* Numbers that may be written as names, as ports are: what begins as a number, or compares, and has no letter is no
 * name. */
static gboolean
is_name (const PhFilterValue *value)
{
  if (!g_ascii_isdigit (*value->text) && *value->text != '<' && *value->text != '>')
    return TRUE;
  for (const char *at = value->text; *at != '\0'; at++)
    if (g_ascii_isalpha (*at) || (guint8) *at >= 0x80)
      return TRUE;
  return FALSE;
}

gboolean
ph_filter_term_takes (const PhFilterTerm *term, const PhFilterValue *value)
{
  if (value->is_range || value->length == 0)
    return TRUE;
  if (term->nth)
    return !is_number_kind (term->nth_kind);
  for (guint i = 0; i < G_N_ELEMENTS (term->columns) && term->columns[i]; i++)
    if (!is_number_kind (term->columns[i]->kind) || ((term->columns[i]->flags & PH_COLUMN_NAMES) && is_name (value)))
      return TRUE;
  return FALSE;
}

/* Compares with neither case nor - and _. Returns TRUE where @text is @word or begins it, and whether it is all. */
static gboolean
begins_word (const char *text, const char *word, gboolean *whole)
{
  for (;; text++, word++)
    {
      while (*text == '-' || *text == '_')
        text++;
      while (*word == '-' || *word == '_')
        word++;
      if (*text == '\0')
        {
          *whole = *word == '\0';
          return TRUE;
        }
      if (g_ascii_tolower (*text) != g_ascii_tolower (*word))
        return FALSE;
    }
}

gboolean
ph_filter_begins_word (const char *text, const char *word)
{
  gboolean whole;

  return begins_word (text, word, &whole);
}

guint64
ph_filter_find_words (const char *const *words, const char *text, gboolean exact)
{
  guint64 same = 0, begun = 0;

  if (text[strspn (text, "-_")] == '\0')
    return 0;
  for (guint i = 0; i < 64 && words[i]; i++)
    {
      gboolean whole;

      if (begins_word (text, words[i], &whole))
        *(whole ? &same : &begun) |= G_GUINT64_CONSTANT (1) << i;
    }
  return same || exact ? same : begun;
}

/* One number, not a stretch of them. */
static gboolean
is_single (const char *text)
{
  return *text != '<' && *text != '>' && !strchr (text + 1, '-');
}

void
ph_filter_value_init (PhFilterValue *value, const char *text, gsize length, gboolean exact)
{
  GString *folded = g_string_new (NULL);
  g_autofree char *inner = NULL;

  ph_filter_fold (folded, text, length);
  value->length = folded->len;
  value->text = g_string_free (folded, FALSE);
  value->exact = exact;
  if (length == 0)
    return;
  value->is_range = (!exact || is_single (text)) && ph_filter_range_parse (text, &value->range);
  if (text[0] == '[' && text[length - 1] == ']')
    text = inner = g_strndup (text + 1, length - 2);
  value->is_network = ph_address_parse (text, &value->network, &value->prefix)
                      && (!exact || value->prefix == (value->network.family == PH_FAMILY_IPV4 ? 32 : 128));
}

/* As netstat writes them, and as people do: "192.0.2.7:443", "::1:631", "[::1]:631", "*:22", ":22". */
void
ph_filter_term_set_end (PhFilterTerm *term, const PhSchema *schema, const char *text)
{
  static const char *const ids[2][2] = { { "local_address", "local_port" }, { "remote_address", "remote_port" } };
  const char *colon = strrchr (text, ':');
  g_autofree char *host = colon ? g_strndup (text, (gsize) (colon - text)) : NULL;
  PhAddress address;
  guint64 port;

  if (!colon || !g_ascii_string_to_unsigned (colon + 1, 10, 1, G_MAXUINT16, &port, NULL))
    return;
  if (ph_address_parse (text, &address, NULL) && !ph_address_parse (host, &address, NULL))
    return;
  term->port = (guint16) port;
  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    for (guint j = 0; j < G_N_ELEMENTS (ids[i]); j++)
      term->ends[i][j] = ph_schema_find_column (schema, ids[i][j]);
  if (*host == '\0' || strcmp (host, "*") == 0)
    return;
  ph_filter_value_init (&term->values[1], host, strlen (host), FALSE);
  term->n_values = 2;
}
