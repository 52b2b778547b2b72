/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A filter's text is changed by a click: that value, and nothing else of it. */
#include "ph-filter-edit.h"
#include "ph-socket.h"

/* --- terms --- */

static const struct
{
  const char *text;
  const char *terms; /* with "|" between them; a piece in [], an exact one in <> */
} texts[] = {
  { "", "" },
  { "  \t", "" },
  { "tcp", "[tcp]" },
  { " tcp  udp ", "[tcp]|[udp]" },
  { "-tcp", "-[tcp]" },
  { "port:443", "port:[443]" },
  { "-PORT:443,80", "-port:[443][80]" },
  { "process:=sh,bash", "process:<sh>[bash]" },
  { "process:\"a b\",c d", "process:[a b][c]|[d]" },
  { "process:=\"a \\\"b\\\\,\"x", "process:<a \"b\\,x>" },
  { "process:\"=a\"", "process:[=a]" },
  { "=a,b", "[=a,b]" },
  { "fe80::1 x", "[fe80::1]|[x]" },
  { "port:", "port:[]" },
  { "port:,", "port:[][]" },
  { "port:=", "port:<>" },
  { "\"open word", "[open word]" },
  { "process:\"open, word", "process:[open, word]" },
  { "- x", "-[]|[x]" },
};

static char *
write_terms (const char *text)
{
  g_autoptr (GPtrArray) spans = ph_filter_edit_split (text);
  GString *terms = g_string_new (NULL);
  gsize end = 0;

  for (guint i = 0; i < spans->len; i++)
    {
      const PhFilterSpan *span = spans->pdata[i];

      g_assert_cmpuint (span->start, >=, end);
      g_assert_cmpuint (span->n_pieces, >, 0);
      end = span->end;
      g_string_append_printf (terms, "%s%s%s%s", i > 0 ? "|" : "", span->exclude ? "-" : "",
                              span->field ? span->field : "", span->field ? ":" : "");
      for (guint j = 0; j < span->n_pieces; j++)
        g_string_append_printf (terms, span->pieces[j].exact ? "<%s>" : "[%s]", span->pieces[j].text);
    }
  g_assert_cmpuint (end, <=, strlen (text));
  return g_string_free (terms, FALSE);
}

static void
test_terms (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *terms = write_terms (texts[i].text);

      g_assert_cmpstr (terms, ==, texts[i].terms);
    }
}

/* --- edits --- */

static const struct
{
  const char *text, *field, *value;
  PhFilterChoice was;
  const char *with, *without, *neither; /* included, excluded, not named */
} edits[] = {
  { "", "proto", "tcp", PH_FILTER_OPEN, "proto:tcp", "-proto:tcp", "" },
  { "curl", "proto", "tcp", PH_FILTER_OPEN, "curl proto:tcp", "curl -proto:tcp", "curl" },
  { "curl ", "proto", "tcp", PH_FILTER_OPEN, "curl proto:tcp", "curl -proto:tcp", "curl " },
  { "proto:tcp", "proto", "tcp", PH_FILTER_INCLUDED, "proto:tcp", "-proto:tcp", "" },
  { "-proto:TCP x", "proto", "tcp", PH_FILTER_EXCLUDED, "x proto:tcp", "-proto:TCP x", "x" },
  { "proto:udp  x", "proto", "tcp", PH_FILTER_OPEN, "proto:udp,tcp  x", "proto:udp  x -proto:tcp", "proto:udp  x" },
  { "x proto:tcp,udp y", "proto", "tcp", PH_FILTER_INCLUDED, "x proto:tcp,udp y", "x proto:udp y -proto:tcp",
    "x proto:udp y" },
  { "x proto:udp,tcp", "proto", "tcp", PH_FILTER_INCLUDED, "x proto:udp,tcp", "x proto:udp -proto:tcp", "x proto:udp" },
  { "proto:tcp,tcp proto:tcp", "proto", "tcp", PH_FILTER_INCLUDED, "proto:tcp,tcp proto:tcp", "-proto:tcp", "" },
  { "proto:tcp -proto:tcp", "proto", "tcp", PH_FILTER_INCLUDED, "proto:tcp -proto:tcp", "-proto:tcp", "" },
  { "-proto:udp", "proto", "tcp", PH_FILTER_OPEN, "-proto:udp proto:tcp", "-proto:udp,tcp", "-proto:udp" },

  /* words that mean the same, and those that do not */
  { "state:LISTENING", "state", "listening", PH_FILTER_INCLUDED, "state:LISTENING", "-state:listening", "" },
  { "state:fin", "state", "fin_wait1", PH_FILTER_OPEN, "state:fin,fin_wait1", "state:fin -state:fin_wait1",
    "state:fin" },
  { "state:fin-wait-1", "state", "fin_wait1", PH_FILTER_INCLUDED, "state:fin-wait-1", "-state:fin_wait1", "" },

  /* names of one field */
  { "local_port:443", "lport", "443", PH_FILTER_INCLUDED, "local_port:443", "-lport:443", "" },
  { "LPORT:=443,80", "lport", "443", PH_FILTER_INCLUDED, "LPORT:=443,80", "LPORT:80 -lport:443", "LPORT:80" },
  { "lport:443-443", "lport", "443", PH_FILTER_INCLUDED, "lport:443-443", "-lport:443", "" },
  { "lport:443-444", "lport", "443", PH_FILTER_OPEN, "lport:443-444,443", "lport:443-444 -lport:443", "lport:443-444" },
  { "port:443", "lport", "443", PH_FILTER_OPEN, "port:443 lport:443", "port:443 -lport:443", "port:443" },
  { "lport:<=0", "lport", "0", PH_FILTER_OPEN, "lport:<=0,0", "lport:<=0 -lport:0", "lport:<=0" },

  /* texts: all of it is not a part of it */
  { "process:sh", "process", "=sh", PH_FILTER_OPEN, "process:sh,=sh", "process:sh -process:=sh", "process:sh" },
  { "process:=SH", "process", "=sh", PH_FILTER_INCLUDED, "process:=SH", "-process:=sh", "" },
  { "process:=\"sh\"", "process", "=sh", PH_FILTER_INCLUDED, "process:=\"sh\"", "-process:=sh", "" },
  { "process:\"=sh\"", "process", "=sh", PH_FILTER_OPEN, "process:\"=sh\",=sh", "process:\"=sh\" -process:=sh",
    "process:\"=sh\"" },
  { "process:=a", "process", "=\"b c\"", PH_FILTER_OPEN, "process:=a,=\"b c\"", "process:=a -process:=\"b c\"",
    "process:=a" },
  { "interface:=", "interface", "=", PH_FILTER_INCLUDED, "interface:=", "-interface:=", "" },
  { "interface:=lo", "interface", "=", PH_FILTER_OPEN,
    "interface:=lo,=", "interface:=lo -interface:=", "interface:=lo" },
  { "user:=1000", "user", "=1000", PH_FILTER_INCLUDED, "user:=1000", "-user:=1000", "" },
  { "user:1000", "user", "=1000", PH_FILTER_OPEN, "user:1000,=1000", "user:1000 -user:=1000", "user:1000" },

  /* while it is typed: what stands there is closed, and what waits for a value gets one */
  { "process:", "process", "=sh", PH_FILTER_OPEN, "process:=sh", "process: -process:=sh", "process:" },
  { "process:=a,", "process", "=sh", PH_FILTER_OPEN, "process:=a,=sh", "process:=a, -process:=sh", "process:=a," },
  { "process:\"a", "process", "=sh", PH_FILTER_OPEN, "process:\"a\",=sh", "process:\"a\" -process:=sh", "process:\"a" },
  { "\"a b", "proto", "tcp", PH_FILTER_OPEN, "\"a b\" proto:tcp", "\"a b\" -proto:tcp", "\"a b" },
  { "\"a\\", "proto", "tcp", PH_FILTER_OPEN, "\"a\\\\\" proto:tcp", "\"a\\\\\" -proto:tcp", "\"a\\" },
  { "\"a\\\\", "proto", "tcp", PH_FILTER_OPEN, "\"a\\\\\" proto:tcp", "\"a\\\\\" -proto:tcp", "\"a\\\\" },
};

static void
check (guint i, PhFilterChoice choice, const char *expected)
{
  const char *field = edits[i].field, *value = edits[i].value;
  g_autofree char *text = ph_filter_edit_set (&ph_socket_schema, edits[i].text, field, value, choice);

  g_assert_cmpstr (text, ==, expected);
  g_assert_cmpint (ph_filter_edit_get (&ph_socket_schema, text, field, value), ==, choice);
}

static void
test_edits (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (edits); i++)
    {
      g_assert_cmpint (ph_filter_edit_get (&ph_socket_schema, edits[i].text, edits[i].field, edits[i].value), ==,
                       edits[i].was);
      check (i, PH_FILTER_INCLUDED, edits[i].with);
      check (i, PH_FILTER_EXCLUDED, edits[i].without);
      check (i, PH_FILTER_OPEN, edits[i].neither);
    }
}

static void
test_only (void)
{
  static const char *const cases[][4] = {
    { "", "process", "=sh", "process:=sh" },
    { "process:=a,b x process:c", "process", "=sh", "x process:=sh" },
    { "x -process:=a,=sh", "process", "=sh", "x -process:=a process:=sh" },
    { "process:=sh", "process", "=sh", "process:=sh" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = ph_filter_edit_only (&ph_socket_schema, cases[i][0], cases[i][1], cases[i][2]);

      g_assert_cmpstr (text, ==, cases[i][3]);
    }
}

static void
test_remove (void)
{
  static const char *const words[] = { "b  \"c d\"", "a \"c d\"", "a b  ", "a b  \"c d\"" };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      g_autofree char *text = ph_filter_edit_remove ("a b  \"c d\"", i);

      g_assert_cmpstr (text, ==, i == 1 ? "a  \"c d\"" : i == 2 ? "a b " : words[i]);
    }
}

/* --- laws, for any text --- */

static char *
random_text (GRand *rand)
{
  static const char *const pieces[]
      = { "process:", "=", "sh", "\"", "\\", ",", " ", "-", "proto:", "tcp", "lport:", "443", "ü", "nothing:", "x" };
  GString *text = g_string_new (NULL);

  for (gint n = g_rand_int_range (rand, 0, 12); n > 0; n--)
    g_string_append (text, pieces[g_rand_int_range (rand, 0, G_N_ELEMENTS (pieces))]);
  return g_string_free (text, FALSE);
}

/* The terms of other fields, and the words: what must not change. */
static char *
other_terms (const char *text, const char *field)
{
  g_autoptr (GPtrArray) spans = ph_filter_edit_split (text);
  GString *terms = g_string_new (NULL);

  for (guint i = 0; i < spans->len; i++)
    {
      const PhFilterSpan *span = spans->pdata[i];

      if (g_strcmp0 (span->field, field) == 0)
        continue;
      g_string_append (terms, span->exclude ? "-" : "+");
      for (guint j = 0; j < span->n_pieces; j++)
        g_string_append_printf (terms, "(%s)", span->pieces[j].text);
    }
  return g_string_free (terms, FALSE);
}

static void
test_laws (void)
{
  static const char *const values[][2]
      = { { "process", "=sh" }, { "process", "=\"x y\"" }, { "process", "=" }, { "proto", "tcp" }, { "lport", "443" } };
  g_autoptr (GRand) rand = g_rand_new_with_seed (6);
  guint good = 0;

  for (guint n = 0; n < 30000; n++)
    {
      const char *const *pair = values[g_rand_int_range (rand, 0, G_N_ELEMENTS (values))];
      PhFilterChoice choice = (PhFilterChoice) g_rand_int_range (rand, 0, 3);
      g_autofree char *text = random_text (rand);
      g_autofree char *edited = ph_filter_edit_set (&ph_socket_schema, text, pair[0], pair[1], choice);
      g_autofree char *again = ph_filter_edit_set (&ph_socket_schema, edited, pair[0], pair[1], choice);
      g_autofree char *before = other_terms (text, pair[0]), *after = other_terms (edited, pair[0]);
      g_autoptr (PhFilter) filter = ph_filter_parse (&ph_socket_schema, text, NULL, NULL);
      g_autoptr (PhFilter) then = ph_filter_parse (&ph_socket_schema, edited, NULL, NULL);

      if (ph_filter_edit_get (&ph_socket_schema, edited, pair[0], pair[1]) != choice)
        g_error ("“%s” → “%s”", text, edited);
      g_assert_cmpstr (again, ==, edited);
      g_assert_cmpstr (after, ==, before);
      /* What was right stays right. */
      g_assert_true (!filter || then);
      good += filter != NULL;
    }
  g_assert_cmpuint (good, >, 1000);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/filter-edit/terms", test_terms);
  g_test_add_func ("/filter-edit/edits", test_edits);
  g_test_add_func ("/filter-edit/only", test_only);
  g_test_add_func ("/filter-edit/remove", test_remove);
  g_test_add_func ("/filter-edit/laws", test_laws);
  return g_test_run ();
}
