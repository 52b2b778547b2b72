/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names are the same field where the parser makes the same term of them. */
#include "ph-filter-help.h"

#include <string.h>

#include "ph-filter-private.h"
#include "ph-i18n.h"

#define WIDTH 80 /* of a terminal */

/* --- fields --- */

static gboolean
is_number (guint8 kind)
{
  return kind == PH_VALUE_UINT || kind == PH_VALUE_INT || kind == PH_VALUE_REAL;
}

static PhFilterTakes
takes (const PhFilterTerm *term)
{
  guint8 kind = term->nth ? term->nth_kind : term->columns[0] ? term->columns[0]->kind : PH_VALUE_NONE;

  if (term->is)
    return PH_FILTER_TAKES_WORDS;
  if (kind == PH_VALUE_ADDRESS)
    return PH_FILTER_TAKES_ADDRESS;
  return is_number (kind) ? PH_FILTER_TAKES_NUMBER : PH_FILTER_TAKES_TEXT;
}

/* A field's own, else its column's: the one with its name, or the only one. */
static const char *
find_help (const PhSchema *schema, const PhFilterTerm *term, const PhFilterField *field, const char *name)
{
  const PhColumn *column = ph_schema_find_column (schema, name);

  if (field && field->help)
    return field->help;
  if (!column && !term->columns[1])
    column = term->columns[0];
  return column ? column->help : NULL;
}

PhFilterFieldHelp *
ph_filter_help_fields (const PhSchema *schema, guint *n_fields)
{
  const guint n_names = schema->n_fields + schema->n_columns;
  PhFilterFieldHelp *fields = g_new0 (PhFilterFieldHelp, n_names + 1);
  g_autofree PhFilterTerm *terms = g_new0 (PhFilterTerm, n_names + 1);
  guint n = 0;

  if (schema->words && schema->words[0])
    {
      ph_filter_term_set_field (&terms[n], schema, "is");
      fields[n++] = (PhFilterFieldHelp){
        .names = { "is" }, .help = N_ ("What the row is"), .takes = PH_FILTER_TAKES_WORDS, .words = schema->words
      };
    }
  for (guint i = 0; i < n_names; i++)
    {
      const PhFilterField *field = i < schema->n_fields ? &schema->fields[i] : NULL;
      const char *name = field ? field->name : schema->columns[i - schema->n_fields].id;
      const char *help;
      PhFilterTerm term = { 0 };
      guint same = 0, at = 0;

      if (!ph_filter_term_set_field (&term, schema, name))
        continue;
      while (same < n && !ph_filter_term_same_field (&terms[same], &term))
        same++;
      while (same < n && at < PH_FILTER_NAMES_MAX && fields[same].names[at]
             && strcmp (fields[same].names[at], name) != 0)
        at++;
      if (at == PH_FILTER_NAMES_MAX)
        continue;
      if (same == n)
        {
          terms[n] = term;
          fields[n] = (PhFilterFieldHelp){ .takes = takes (&term), .words = term.is ? term.word_list : NULL };
          n++;
        }
      fields[same].names[at] = name;
      help = find_help (schema, &term, field, name);
      if (!fields[same].help)
        fields[same].help = help;
    }
  *n_fields = n;
  return fields;
}

/* --- text --- */

const char *
ph_filter_takes_name (PhFilterTakes takes)
{
  static const char *const names[] = { N_ ("text"), N_ ("number"), N_ ("address"), N_ ("word") };

  return _ (names[takes]);
}

void
ph_filter_help_append_words (GString *text, const char *const *words, guint indent, guint width)
{
  guint at = indent;

  for (guint i = 0; words[i]; i++)
    {
      guint length = (guint) strlen (words[i]) + (words[i + 1] != NULL); /* with the comma: all are ASCII */

      if (at > indent && at + 1 + length > width)
        {
          g_string_append_printf (text, "\n%*s", (int) indent, "");
          at = indent;
        }
      else if (at > indent)
        {
          g_string_append_c (text, ' ');
          at++;
        }
      g_string_append (text, words[i]);
      if (words[i + 1])
        g_string_append_c (text, ',');
      at += length;
    }
}

static void
append_line (GString *text, guint column, const char *left, const char *right)
{
  glong width = g_utf8_strlen (left, -1);

  g_string_append_printf (text, "  %s%*s%s\n", left, (int) MAX ((glong) column - width, 2), "", right);
}

static void
append_grammar (GString *text, const PhSchema *schema)
{
  static const char *const forms[][2] = {
    { N_ ("WORD"), N_ ("one of the columns contains it") },
    { N_ ("FIELD:VALUE"), N_ ("that field has it") },
    { N_ ("FIELD:VALUE,VALUE"), N_ ("that field has one of these") },
    { N_ ("-TERM"), N_ ("does not match") },
    { N_ ("\"two words\""), N_ ("quotes keep spaces and commas; \\\" and \\\\ in them stand for \" and \\") },
  };
  static const char *const values[][2] = {
    { "80  1024-2048  1.5M", N_ ("numbers and ranges; k, M, G and T are powers of 1000") },
    { ">0  >=80  <1k  <=10", N_ ("comparisons") },
    { "192.0.2.7  10.0.0.0/8  fe80::/10", N_ ("addresses and networks") },
    { "=443  =nginx  =\"two words\"", N_ ("the whole value is this; a = alone: it has none") },
    { N_ ("any other text"), N_ ("is looked for in the value; upper and lower case are the same") },
  };

  g_string_append_printf (text, "%s\n",
                          _ ("A filter is one or more of these, with spaces between; rows must match all:"));
  for (guint i = 0; i < G_N_ELEMENTS (forms); i++)
    {
      append_line (text, 20, _ (forms[i][0]), _ (forms[i][1]));
      if (i == 0 && ph_schema_find_column (schema, "local_port"))
        append_line (text, 20, _ ("ADDRESS:PORT"),
                     _ ("an end of a connection is that; :PORT alone, whatever its address"));
    }
  g_string_append_printf (text, "\n%s\n", _ ("Values:"));
  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    append_line (text, 35, _ (values[i][0]), _ (values[i][1]));
}

static void
append_fields (GString *text, const PhFilterFieldHelp *fields, guint n)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  gsize width = 0;

  for (guint i = 0; i < n; i++)
    {
      g_ptr_array_add (names, g_strjoinv (", ", (char **) fields[i].names));
      width = MAX (width, strlen (names->pdata[i]));
    }
  for (guint i = 0; i < n; i++)
    {
      append_line (text, (guint) width + 2, names->pdata[i], _ (fields[i].help));
      if (!fields[i].words)
        continue;
      g_string_append_printf (text, "%*s", (int) width + 4, "");
      ph_filter_help_append_words (text, fields[i].words, (guint) width + 4, WIDTH);
      g_string_append_c (text, '\n');
    }
}

char *
ph_filter_help (const PhSchema *schema)
{
  GString *text = g_string_new (NULL);
  guint n_fields, n_examples;
  g_autofree PhFilterFieldHelp *fields = ph_filter_help_fields (schema, &n_fields);
  const PhFilterExample *examples = ph_filter_help_examples (schema, &n_examples);

  append_grammar (text, schema);
  g_string_append_printf (text, "\n%s\n", _ ("Fields, and the words of those that take only these:"));
  append_fields (text, fields, n_fields);
  if (n_examples > 0)
    g_string_append_printf (text, "\n%s\n", _ ("Examples:"));
  for (guint i = 0; i < n_examples; i++)
    append_line (text, 35, examples[i].text, _ (examples[i].help));
  return g_string_free (text, FALSE);
}
