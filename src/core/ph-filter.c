/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The life of a filter; case folding for both its sides. */
#include <string.h>

#include "ph-filter-private.h"

G_DEFINE_QUARK (ph_filter_error, ph_filter_error)

PhFilter *
ph_filter_ref (PhFilter *filter)
{
  g_atomic_ref_count_inc (&filter->refs);
  return filter;
}

void
ph_filter_term_clear (PhFilterTerm *term)
{
  for (guint i = 0; i < term->n_values; i++)
    g_free (term->values[i].text);
  g_free (term->values);
}

void
ph_filter_unref (PhFilter *filter)
{
  if (!filter || !g_atomic_ref_count_dec (&filter->refs))
    return;
  for (guint i = 0; i < filter->n_terms; i++)
    ph_filter_term_clear (&filter->terms[i]);
  g_free (filter->terms);
  g_free (filter);
}

gboolean
ph_filter_is_empty (const PhFilter *filter)
{
  return filter->n_terms == 0;
}

guint
ph_filter_flags (const PhFilter *filter)
{
  guint flags = 0;

  for (guint i = 0; i < filter->n_terms; i++)
    flags |= filter->terms[i].flags;
  return flags;
}

/* To the end of the word or value; of an open quote to the very end; where nothing is, the term that lacks it. */
void
ph_filter_error_span (const char *text, gsize position, gsize *start, gsize *end)
{
  gsize length = strlen (text);

  *start = MIN (position, length);
  *end = text[*start] == '"' ? length : *start + strcspn (text + *start, " \t\n\v\f\r,");
  while (*end == *start && *start > 0)
    for (--*start; *start > 0 && !g_ascii_isspace (text[*start - 1]);)
      --*start;
}

/* Only letters change: signs such as the dot in "https · 443" may stay, and most texts have no other. */
static gboolean
is_unfolded (gunichar c)
{
  return c < 0x80 ? !g_ascii_isupper (c) : g_unichar_ispunct (c);
}

void
ph_filter_fold (GString *folded, const char *text, gsize length)
{
  gsize start = folded->len;
  const char *end = text + length;
  const char *at;
  g_autofree char *unicode = NULL;

  for (at = text; at < end && ((guint8) *at < 0x80 || is_unfolded (g_utf8_get_char (at)));)
    at = g_utf8_next_char (at);
  if (at == end)
    {
      g_string_append_len (folded, text, (gssize) length);
      for (char *c = folded->str + start; *c != '\0'; c++)
        *c = g_ascii_tolower (*c);
      return;
    }
  unicode = g_utf8_casefold (text, (gssize) length);
  g_string_append (folded, unicode);
}
