/* SPDX-License-Identifier: GPL-3.0-or-later */
/* JSON: exact texts for the simple cases; whatever comes in, what goes out is one valid document. */
#include "socket-samples.h"

#include "ph-export.h"

/* --- a checker for the grammar of RFC 8259: each function returns what follows, or NULL --- */

static const char *check_value (const char *at);

/* As strspn(), which a sanitizer has look for the end of the whole document each time. */
static gsize
span (const char *at, const char *set)
{
  gsize n = 0;

  while (at[n] != '\0' && strchr (set, at[n]))
    n++;
  return n;
}

static gboolean
begins_with (const char *at, const char *word)
{
  while (*word != '\0' && *at == *word)
    at++, word++;
  return *word == '\0';
}

static const char *
skip_space (const char *at)
{
  return at + span (at, " \t\r\n");
}

static const char *
check_string (const char *at)
{
  if (*at++ != '"')
    return NULL;
  while (*at != '"')
    {
      gunichar c = g_utf8_get_char_validated (at, -1);

      if (c == (gunichar) -1 || c == (gunichar) -2 || c < 0x20)
        return NULL;
      if (c != '\\')
        at = g_utf8_next_char (at);
      else if (at[1] == 'u')
        {
          for (int i = 2; i < 6; i++)
            if (!g_ascii_isxdigit (at[i]))
              return NULL;
          at += 6;
        }
      else if (at[1] != '\0' && strchr ("\"\\/bfnrt", at[1]))
        at += 2;
      else
        return NULL;
    }
  return at + 1;
}

static const char *
check_number (const char *at)
{
  const char *digits;

  at += *at == '-';
  digits = at;
  at += span (at, "0123456789");
  if (at == digits || (*digits == '0' && at - digits > 1))
    return NULL;
  if (*at == '.')
    {
      gsize n = span (at + 1, "0123456789");

      if (n == 0)
        return NULL;
      at += 1 + n;
    }
  if (*at == 'e' || *at == 'E')
    {
      gsize n;

      at++;
      at += *at == '+' || *at == '-';
      n = span (at, "0123456789");
      if (n == 0)
        return NULL;
      at += n;
    }
  return at;
}

static const char *
check_list (const char *at, char close)
{
  at = skip_space (at + 1);
  if (*at == close)
    return at + 1;
  for (;;)
    {
      if (close == '}')
        {
          at = check_string (skip_space (at));
          at = at ? skip_space (at) : NULL;
          if (!at || *at != ':')
            return NULL;
          at++;
        }
      at = check_value (skip_space (at));
      at = at ? skip_space (at) : NULL;
      if (!at)
        return NULL;
      if (*at == close)
        return at + 1;
      if (*at++ != ',')
        return NULL;
    }
}

static const char *
check_value (const char *at)
{
  static const char *const words[] = { "null", "true", "false" };

  if (*at == '"')
    return check_string (at);
  if (*at == '[' || *at == '{')
    return check_list (at, *at == '[' ? ']' : '}');
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (begins_with (at, words[i]))
      return at + strlen (words[i]);
  return check_number (at);
}

static gboolean
is_json (const char *text)
{
  const char *end = check_value (skip_space (text));

  return end && *skip_space (end) == '\0';
}

static void
test_checker (void)
{
  g_assert_true (is_json ("[{\"a\": -1.5e3, \"b\": [null, true]}, {}]"));
  g_assert_false (is_json ("[1,]"));
  g_assert_false (is_json ("{\"a\" 1}"));
  g_assert_false (is_json ("\"\n\""));
  g_assert_false (is_json ("\"\\x41\""));
  g_assert_false (is_json ("01"));
  g_assert_false (is_json ("[1"));
  g_assert_false (is_json ("\"\377\""));
  g_assert_false (is_json ("nan"));
}

static void
test_string (void)
{
  static const struct
  {
    const char *text, *json;
  } cases[] = {
    { "", "\"\"" },
    { "plain", "\"plain\"" },
    { "a\"b\\c/d", "\"a\\\"b\\\\c/d\"" },
    { "\n\t\r\b\f\033\177", "\"\\n\\t\\r\\u0008\\u000c\\u001b\\u007f\"" },
    { "Müller €", "\"Müller €\"" },
    { "caf\351", "\"caf\357\277\275\"" },
    { "\342\202x", "\"\357\277\275\357\277\275x\"" },
    { "ä\"ä", "\"ä\\\"ä\"" },
    { "\303\"", "\"\357\277\275\\\"\"" },
    { "<b>&", "\"<b>&\"" },
  };
  g_autoptr (GRand) rand = g_rand_new_with_seed (8259);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GString) json = g_string_new (NULL);

      ph_json_string (json, cases[i].text);
      g_assert_cmpstr (json->str, ==, cases[i].json);
      g_assert_true (is_json (json->str));
    }
  for (guint n = 0; n < 20000; n++)
    {
      char text[12] = "";
      g_autoptr (GString) json = g_string_new (NULL);

      for (guint i = 0; i < sizeof text - 1; i++)
        text[i] = (char) (g_rand_boolean (rand) ? g_rand_int_range (rand, 0, 256)
                                                : "\"\\\303\244"[g_rand_int_range (rand, 0, 4)]);
      ph_json_string (json, text);
      g_assert_true (is_json (json->str));
    }
}

typedef struct
{
  PhValue value;
} Row;

static void
own_value (gconstpointer record, PhValue *value)
{
  *value = ((const Row *) record)->value;
}

static const PhColumn own = { "own", "Own", "", .value = own_value };

static void
test_values (void)
{
  PhAddress address = sample_address ("::1");
  const struct
  {
    PhValue value;
    const char *json;
  } cases[] = {
    { { PH_VALUE_NONE }, "null" },
    { { PH_VALUE_UINT, .uint = G_MAXUINT64 }, "18446744073709551615" },
    { { PH_VALUE_INT, .sint = -3 }, "-3" },
    { { PH_VALUE_REAL, .real = 0.5 }, "0.5" },
    { { PH_VALUE_REAL, .real = 1e300 }, "1e+300" },
    { { PH_VALUE_REAL, .real = 1.0 / 0.0 }, "null" },
    { { PH_VALUE_REAL, .real = 0.0 / 0.0 }, "null" },
    { { PH_VALUE_TEXT, .text = "=x" }, "\"=x\"" },
    { { PH_VALUE_ADDRESS, .address = &address }, "\"::1\"" },
    { { PH_VALUE_BOOL, .truth = TRUE }, "true" },
  };
  const PhColumn *const columns[] = { &own, NULL };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GString) json = g_string_new (NULL);
      g_autofree char *expected = g_strdup_printf ("[\n{\"own\": %s}\n]\n", cases[i].json);
      Row row = { cases[i].value };

      ph_json_begin (json);
      ph_json_row (json, columns, &row, TRUE);
      ph_json_end (json);
      g_assert_cmpstr (json->str, ==, expected);
      g_assert_true (is_json (json->str));
    }
}

static void
test_empty (void)
{
  g_autoptr (GString) json = g_string_new (NULL);

  ph_json_begin (json);
  ph_json_end (json);
  g_assert_cmpstr (json->str, ==, "[\n]\n");
}

/* JSON Lines: each line is an object of its own, whatever stands in it. */
static void
test_lines (void)
{
  const PhColumn *const columns[] = { ph_schema_find_column (&ph_socket_schema, "pid"),
                                      ph_schema_find_column (&ph_socket_schema, "process"), NULL };
  g_autoptr (GString) json = g_string_new (NULL);
  Samples s = samples_make ();

  ph_json_line (json, columns, &s.listener);
  ph_json_line (json, columns, &s.established);
  g_assert_cmpstr (json->str, ==,
                   "{\"pid\": 812, \"process\": \"nginx\"}\n"
                   "{\"pid\": 4, \"process\": \"=cmd|\\\"x\\\",<b>\"}\n");
}

static void
test_owners (void)
{
  const PhColumn *const columns[]
      = { ph_schema_find_column (&ph_socket_schema, "pid"), ph_schema_find_column (&ph_socket_schema, "owners"), NULL };
  g_autoptr (GString) json = g_string_new (NULL);
  Samples s = samples_make ();

  ph_json_begin (json);
  ph_json_row (json, columns, &s.listener, TRUE);
  ph_json_row (json, columns, &s.established, FALSE);
  ph_json_row (json, columns, &s.time_wait, FALSE); /* looked for, nobody */
  ph_json_row (json, columns, &s.udp, FALSE);       /* not looked for */
  ph_json_end (json);
  g_assert_cmpstr (
      json->str, ==,
      "[\n"
      "{\"pid\": 812, \"owners\": [{\"pid\": 812, \"process\": \"nginx\", \"fd\": 6}, "
      "{\"pid\": 812, \"process\": \"nginx\", \"fd\": 7}, {\"pid\": 813, \"process\": \"nginx\", \"fd\": 6}]},\n"
      "{\"pid\": 4, \"owners\": [{\"pid\": 4, \"process\": \"=cmd|\\\"x\\\",<b>\", \"fd\": null}]},\n"
      "{\"pid\": null, \"owners\": []},\n"
      "{\"pid\": null, \"owners\": null}\n"
      "]\n");
  g_assert_true (is_json (json->str));
}

/* All columns of any socket. */
static void
test_any_record (void)
{
  g_autofree const PhColumn **columns = g_new0 (const PhColumn *, ph_socket_schema.n_columns + 1);
  g_autoptr (GString) json = g_string_new (NULL);
  g_autoptr (GRand) rand = g_rand_new_with_seed (11);
  PhSocket socket = { 0 };

  for (guint i = 0; i < ph_socket_schema.n_columns; i++)
    columns[i] = &ph_socket_schema.columns[i];
  ph_json_begin (json);
  ph_json_row (json, columns, &socket, TRUE);
  for (guint i = 0; i < 1000; i++)
    {
      sample_random (rand, &socket);
      ph_json_row (json, columns, &socket, FALSE);
    }
  ph_json_end (json);
  g_assert_true (is_json (json->str));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/json/checker", test_checker);
  g_test_add_func ("/json/string", test_string);
  g_test_add_func ("/json/values", test_values);
  g_test_add_func ("/json/empty", test_empty);
  g_test_add_func ("/json/lines", test_lines);
  g_test_add_func ("/json/owners", test_owners);
  g_test_add_func ("/json/any-record", test_any_record);
  return g_test_run ();
}
