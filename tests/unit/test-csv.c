/* SPDX-License-Identifier: GPL-3.0-or-later */
/* CSV: quoting by RFC 4180 read back by a reader of our own, and nothing that a spreadsheet would run. */
#include "socket-samples.h"

#include "ph-export.h"

/* A record whose columns are a text, a number and an address. */
typedef struct
{
  const char *text;
  guint64 number;
  PhAddress address;
} Row;

static void
text_value (gconstpointer record, PhValue *value)
{
  ph_value_set_text (value, ((const Row *) record)->text);
}

static void
number_value (gconstpointer record, PhValue *value)
{
  ph_value_set_int (value, -(gint64) ((const Row *) record)->number);
}

static void
address_value (gconstpointer record, PhValue *value)
{
  if (((const Row *) record)->address.family != PH_FAMILY_NONE)
    ph_value_set_address (value, &((const Row *) record)->address);
}

static const PhColumn text_column = { "text", "A, “text”", "", .value = text_value };
static const PhColumn number_column = { "number", "Number", "", .value = number_value };
static const PhColumn address_column = { "address", "Address", "", .value = address_value };
static const PhColumn *const columns[] = { &text_column, &number_column, &address_column, NULL };

/* Reads a file by the grammar of RFC 4180, strictly, but for what separates fields: returns rows of cells, or NULL. */
static GPtrArray *
read_csv (const char *csv, char separator)
{
  const char special[] = { separator, '\r', '\n', '"', '\0' };
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);

  while (*csv != '\0')
    {
      GPtrArray *row = g_ptr_array_new_with_free_func (g_free);

      g_ptr_array_add (rows, row);
      for (;;)
        {
          GString *cell = g_string_new (NULL);

          if (*csv == '"')
            for (csv++;; csv++)
              {
                if (*csv == '"' && *++csv != '"')
                  break;
                g_assert_cmpint (*csv, !=, '\0');
                g_string_append_c (cell, *csv);
              }
          else
            for (; strchr (special, *csv) == NULL; csv++)
              g_string_append_c (cell, *csv);
          g_ptr_array_add (row, g_string_free (cell, FALSE));
          if (*csv != separator)
            break;
          csv++;
        }
      if (strncmp (csv, "\r\n", 2) != 0)
        return NULL;
      csv += 2;
    }
  return g_steal_pointer (&rows);
}

static const char *
cell_at (GPtrArray *rows, guint row, guint column)
{
  return g_ptr_array_index ((GPtrArray *) g_ptr_array_index (rows, row), column);
}

static void
test_cells (void)
{
  static const struct
  {
    const char *text, *plain, *safe;
  } cases[] = {
    { "", "", "" },
    { "plain", "plain", "plain" },
    { "a,b", "\"a,b\"", "\"a,b\"" },
    { "a\"b", "\"a\"\"b\"", "\"a\"\"b\"" },
    { "\"", "\"\"\"\"", "\"\"\"\"" },
    { "a\nb", "\"a\nb\"", "\"a\nb\"" },
    { "a\rb", "\"a\rb\"", "\"a\rb\"" },
    { " a ", " a ", " a " },
    { "=1+1", "=1+1", "'=1+1" },
    { "+1", "+1", "'+1" },
    { "-1", "-1", "'-1" },
    { "@SUM", "@SUM", "'@SUM" },
    { "\tx", "\tx", "'\tx" },
    { "\rx", "\"\rx\"", "\"'\rx\"" },
    { "=a,\"b\"", "\"=a,\"\"b\"\"\"", "\"'=a,\"\"b\"\"\"" },
    { "'x", "'x", "'x" },
    { "a=b", "a=b", "a=b" },
    { "Ünï", "Ünï", "Ünï" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    for (int safe = 0; safe <= 1; safe++)
      {
        g_autoptr (GString) csv = g_string_new (NULL);
        g_autoptr (GPtrArray) rows = NULL;
        g_autofree char *expected = g_strconcat (safe ? cases[i].safe : cases[i].plain, ",-5,127.0.0.1\r\n", NULL);
        Row row = { cases[i].text, 5, sample_address ("127.0.0.1") };

        ph_csv_row (csv, columns, &row, safe ? PH_CSV_SAFE : 0);
        g_assert_cmpstr (csv->str, ==, expected); /* the number keeps its sign, bare */
        rows = read_csv (csv->str, ',');
        g_assert_nonnull (rows);
        g_assert_cmpstr (cell_at (rows, 0, 0) + (safe && cell_at (rows, 0, 0)[0] == '\'' && cases[i].text[0] != '\''),
                         ==, cases[i].text);
      }
}

static void
test_header (void)
{
  g_autoptr (GString) csv = g_string_new (NULL);

  ph_csv_header (csv, columns, 0);
  g_assert_cmpstr (csv->str, ==, "text,number,address\r\n");
  g_string_truncate (csv, 0);
  ph_csv_header (csv, columns, PH_CSV_TITLES);
  g_assert_cmpstr (csv->str, ==, "\"A, “text”\",Number,Address\r\n");
}

static void
test_absent (void)
{
  g_autoptr (GString) csv = g_string_new (NULL);
  const PhColumn *const one[] = { &text_column, NULL };
  Row row = { NULL };

  ph_csv_row (csv, columns, &row, PH_CSV_SAFE);
  g_assert_cmpstr (csv->str, ==, ",0,\r\n");
  g_string_truncate (csv, 0);
  ph_csv_row (csv, one, &row, PH_CSV_SAFE);
  g_assert_cmpstr (csv->str, ==, "\"\"\r\n");
}

/* Random nasty texts come back as they were. */
static void
test_round_trip (void)
{
  static const struct
  {
    PhCsvFlags flags;
    char separator;
  } kinds[] = { { 0, ',' }, { PH_CSV_SEMICOLON, ';' }, { PH_CSV_TAB, '\t' } };
  static const char alphabet[] = "a,\"\r\n' =;\t";
  g_autoptr (GRand) rand = g_rand_new_with_seed (4180);

  for (guint kind = 0; kind < G_N_ELEMENTS (kinds); kind++)
    {
      g_autoptr (GString) csv = g_string_new (NULL);
      g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
      g_autoptr (GPtrArray) rows = NULL;

      for (guint n = 0; n < 2000; n++)
        {
          char *text = g_malloc0 (9);
          Row row = { text, n };

          for (int i = g_rand_int_range (rand, 0, 9); i > 0; i--)
            text[i - 1] = alphabet[g_rand_int_range (rand, 0, sizeof alphabet - 1)];
          g_ptr_array_add (texts, text);
          ph_csv_row (csv, columns, &row, kinds[kind].flags);
        }
      rows = read_csv (csv->str, kinds[kind].separator);
      g_assert_nonnull (rows);
      g_assert_cmpuint (rows->len, ==, texts->len);
      for (guint i = 0; i < rows->len; i++)
        g_assert_cmpstr (cell_at (rows, i, 0), ==, g_ptr_array_index (texts, i));
    }
}

static void
test_separators (void)
{
  g_autoptr (GString) csv = g_string_new (NULL);
  Row row = { "a,b;c", 5, sample_address ("127.0.0.1") };

  ph_csv_header (csv, columns, PH_CSV_SEMICOLON);
  ph_csv_row (csv, columns, &row, PH_CSV_SEMICOLON);
  g_assert_cmpstr (csv->str, ==, "text;number;address\r\n\"a,b;c\";-5;127.0.0.1\r\n");
  g_string_truncate (csv, 0);
  ph_csv_row (csv, columns, &row, PH_CSV_TAB);
  g_assert_cmpstr (csv->str, ==, "a,b;c\t-5\t127.0.0.1\r\n");
  /* A tab that begins a text is no formula's beginning alone: it would end the field. */
  row.text = "\t=1";
  g_string_truncate (csv, 0);
  ph_csv_row (csv, columns, &row, PH_CSV_TAB | PH_CSV_SAFE);
  g_assert_cmpstr (csv->str, ==, "\"'\t=1\"\t-5\t127.0.0.1\r\n");
}

static void
test_sockets (void)
{
  static const char *const ids[]
      = { "proto", "local_address", "local_port", "remote_port", "process", "owners", "rtt_us" };
  const PhColumn *chosen[G_N_ELEMENTS (ids) + 1] = { NULL };
  g_autoptr (GString) csv = g_string_new (NULL);
  Samples s = samples_make ();

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    chosen[i] = ph_schema_find_column (&ph_socket_schema, ids[i]);
  ph_csv_header (csv, chosen, 0);
  ph_csv_row (csv, chosen, &s.listener, PH_CSV_SAFE);
  ph_csv_row (csv, chosen, &s.established, PH_CSV_SAFE);
  ph_csv_row (csv, chosen, &s.unix_listener, PH_CSV_SAFE);
  g_assert_cmpstr (csv->str, ==,
                   "proto,local_address,local_port,remote_port,process,owners,rtt_us\r\n"
                   "tcp,0.0.0.0,443,,nginx,812/nginx;812/nginx;813/nginx,\r\n"
                   "tcp,192.168.1.5,50000,443,\"'=cmd|\"\"x\"\",<b>\",\"4/=cmd|\"\"x\"\",<b>\",1250\r\n"
                   "unix,,,,,,\r\n");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/csv/cells", test_cells);
  g_test_add_func ("/csv/header", test_header);
  g_test_add_func ("/csv/absent", test_absent);
  g_test_add_func ("/csv/round-trip", test_round_trip);
  g_test_add_func ("/csv/separators", test_separators);
  g_test_add_func ("/csv/sockets", test_sockets);
  return g_test_run ();
}
