/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Does a record match? Most terms are answered from typed values. Words and texts are looked for in folded text, made
 * in two buffers that each thread keeps, so that a record costs no allocation.
 */
#include <string.h>

#include "ph-filter-private.h"

typedef struct
{
  GString *plain;  /* a cell as it is written */
  GString *folded; /* and what is searched */
} Scratch;

static void
scratch_free (gpointer data)
{
  Scratch *scratch = data;

  g_string_free (scratch->plain, TRUE);
  g_string_free (scratch->folded, TRUE);
  g_free (scratch);
}

static Scratch *
scratch_get (void)
{
  static GPrivate private = G_PRIVATE_INIT (scratch_free);
  Scratch *scratch = g_private_get (&private);

  if (!scratch)
    {
      scratch = g_new (Scratch, 1);
      scratch->plain = g_string_sized_new (256);
      scratch->folded = g_string_sized_new (1024);
      g_private_set (&private, scratch);
    }
  return scratch;
}

/* Appends the cell to what is searched. */
static void
fold_cell (Scratch *scratch, const PhColumn *column, gconstpointer record, const PhStyle *style)
{
  g_string_truncate (scratch->plain, 0);
  ph_column_format (column, record, style, scratch->plain);
  ph_filter_fold (scratch->folded, scratch->plain->str, scratch->plain->len);
}

static gboolean
is_whole (const char *text, gsize length, const PhFilterValue *value)
{
  return length == value->length && memcmp (text, value->text, length) == 0;
}

static gboolean
folded_has (const Scratch *scratch, const PhFilterValue *value)
{
  if (value->exact)
    return is_whole (scratch->folded->str, scratch->folded->len, value);
  return memmem (scratch->folded->str, scratch->folded->len, value->text, value->length) != NULL;
}

/* All of a cell is also what stands on either side of "https · 443". */
static gboolean
cell_has (const Scratch *scratch, const PhColumn *column, const PhFilterValue *value)
{
  const char *text = scratch->folded->str, *gap;

  if (folded_has (scratch, value))
    return TRUE;
  if (!value->exact || !(column->flags & PH_COLUMN_NAMES))
    return FALSE;
  gap = strstr (text, PH_NAME_SEPARATOR);
  return gap
         && (is_whole (text, (gsize) (gap - text), value)
             || is_whole (gap + strlen (PH_NAME_SEPARATOR),
                          scratch->folded->len - (gsize) (gap - text) - strlen (PH_NAME_SEPARATOR), value));
}

static gboolean
text_has (Scratch *scratch, const char *text, const PhFilterValue *value)
{
  g_string_truncate (scratch->folded, 0);
  ph_filter_fold (scratch->folded, text, strlen (text));
  return folded_has (scratch, value);
}

static gboolean
column_has (
    Scratch *scratch, const PhColumn *column, gconstpointer record, const PhStyle *style, const PhFilterValue *value)
{
  PhValue found = { PH_VALUE_NONE };

  column->value (record, &found);
  switch (found.kind)
    {
    case PH_VALUE_UINT:
    case PH_VALUE_INT:
    case PH_VALUE_REAL:
      if (value->is_range)
        return ph_filter_range_has (&value->range, &found);
      break;
    case PH_VALUE_ADDRESS:
      if (value->is_network)
        return ph_address_in (found.address, &value->network, value->prefix);
      break;
    case PH_VALUE_TEXT:
      if (text_has (scratch, found.text, value))
        return TRUE;
      break;
    case PH_VALUE_NONE:
    case PH_VALUE_BOOL:
    case PH_VALUE_JSON:
      break;
    }
  if (!column->format && found.kind != PH_VALUE_ADDRESS && found.kind != PH_VALUE_BOOL)
    return FALSE;

  g_string_truncate (scratch->folded, 0);
  fold_cell (scratch, column, record, style);
  return cell_has (scratch, column, value);
}

/* A network contains it, or its text what else was typed ("192.0."). */
static gboolean
address_has (Scratch *scratch, const PhAddress *address, const PhFilterValue *value)
{
  char text[PH_ADDRESS_TEXT_MAX];

  if (value->is_network)
    return ph_address_in (address, &value->network, value->prefix);
  ph_address_format (address, text);
  return text_has (scratch, text, value);
}

static gboolean
nth_has (Scratch *scratch, const PhFilterTerm *term, gconstpointer record, const PhFilterValue *value)
{
  PhValue found = { PH_VALUE_NONE };

  for (guint n = 0; term->nth (record, n, &found); n++)
    if (found.kind == PH_VALUE_TEXT      ? text_has (scratch, found.text, value)
        : found.kind == PH_VALUE_ADDRESS ? address_has (scratch, found.address, value)
                                         : value->is_range && ph_filter_range_has (&value->range, &found))
      return TRUE;
  return FALSE;
}

/* In none of its places is there a value, whatever a cell may say instead ("*"). */
static gboolean
is_absent (const PhFilterTerm *term, gconstpointer record)
{
  PhValue found = { PH_VALUE_NONE };

  if (term->nth)
    return !term->nth (record, 0, &found);
  for (guint i = 0; i < G_N_ELEMENTS (term->columns) && term->columns[i]; i++)
    {
      found.kind = PH_VALUE_NONE;
      term->columns[i]->value (record, &found);
      if (found.kind != PH_VALUE_NONE && (found.kind != PH_VALUE_TEXT || *found.text != '\0'))
        return FALSE;
    }
  return TRUE;
}

static gboolean
field_matches (Scratch *scratch, const PhFilterTerm *term, gconstpointer record, const PhStyle *style)
{
  if (term->is)
    {
      for (guint64 words = term->words; words != 0; words &= words - 1)
        if (term->is (record, (guint) __builtin_ctzll (words)))
          return TRUE;
      return FALSE;
    }

  for (guint i = 0; i < term->n_values; i++)
    {
      if (term->values[i].length == 0)
        {
          if (is_absent (term, record))
            return TRUE;
          continue;
        }
      if (term->nth && nth_has (scratch, term, record, &term->values[i]))
        return TRUE;
      for (guint j = 0; j < G_N_ELEMENTS (term->columns) && term->columns[j]; j++)
        if (column_has (scratch, term->columns[j], record, style, &term->values[i]))
          return TRUE;
    }
  return FALSE;
}

/* All shown cells as one text, with NULs between them, which no word contains. */
static void
fold_row (Scratch *scratch, const PhFilterContext *context, gconstpointer record)
{
  g_string_truncate (scratch->folded, 0);
  for (guint i = 0; context->columns[i]; i++)
    {
      fold_cell (scratch, context->columns[i], record, context->style);
      g_string_append_c (scratch->folded, '\0');
    }
}

/* One of the ends of the connection is what the word says. */
static gboolean
end_matches (Scratch *scratch, const PhFilterTerm *term, gconstpointer record, const PhStyle *style)
{
  for (guint i = 0; i < G_N_ELEMENTS (term->ends); i++)
    {
      PhValue port = { PH_VALUE_NONE };

      if (!term->ends[i][0] || !term->ends[i][1])
        continue;
      term->ends[i][1]->value (record, &port);
      if (port.kind == PH_VALUE_UINT && port.uint == term->port
          && (term->n_values < 2 || column_has (scratch, term->ends[i][0], record, style, &term->values[1])))
        return TRUE;
    }
  return FALSE;
}

/* Whether all words from the @first term on match. */
static gboolean
words_match (
    Scratch *scratch, const PhFilter *filter, guint first, const PhFilterContext *context, gconstpointer record)
{
  if (first == filter->n_terms)
    return TRUE;
  fold_row (scratch, context, record);
  for (guint i = first; i < filter->n_terms; i++)
    {
      const PhFilterTerm *term = &filter->terms[i];
      gboolean found = folded_has (scratch, &term->values[0]);

      if (!found && term->port > 0)
        {
          found = end_matches (scratch, term, record, context->style);
          if (i + 1 < filter->n_terms)
            fold_row (scratch, context, record); /* it needs the same room */
        }
      if (found == term->exclude)
        return FALSE;
    }
  return TRUE;
}

guint8
ph_filter_find_misfit (const PhFilter *filter,
                       const guint8 *groups,
                       const PhFilterContext *context,
                       gconstpointer record)
{
  Scratch *scratch = scratch_get ();
  PhStyle style = *context->style;
  guint8 misfit = PH_MISFIT_NONE;
  guint i;

  style.quiet = TRUE; /* to look at a hundred thousand addresses is not to want their names */
  for (i = 0; i < filter->n_terms && !filter->terms[i].is_word; i++)
    {
      if (misfit == groups[i] && misfit != PH_MISFIT_NONE)
        continue;
      if (field_matches (scratch, &filter->terms[i], record, &style) != filter->terms[i].exclude)
        continue;
      if (misfit != PH_MISFIT_NONE || groups[i] == PH_MISFIT_MANY)
        return PH_MISFIT_MANY;
      misfit = groups[i];
    }
  if (!words_match (scratch, filter, i, &(PhFilterContext){ context->columns, &style }, record))
    return PH_MISFIT_MANY;
  return misfit;
}

gboolean
ph_filter_match (const PhFilter *filter, const PhFilterContext *context, gconstpointer record)
{
  Scratch *scratch = scratch_get ();
  PhStyle style = *context->style;
  guint i;

  style.quiet = TRUE;
  for (i = 0; i < filter->n_terms && !filter->terms[i].is_word; i++)
    if (field_matches (scratch, &filter->terms[i], record, &style) == filter->terms[i].exclude)
      return FALSE;
  return words_match (scratch, filter, i, &(PhFilterContext){ context->columns, &style }, record);
}
