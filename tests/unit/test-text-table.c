/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lists of columns, and tables made of them: of a schema of the test's own, which has nothing to do with sockets. */
#include <glib.h>
#include <string.h>

#include "ph-column-list.h"
#include "ph-text-table.h"

typedef struct
{
  PhRecord head;
  const char *name;
  guint64 count;
} Fruit;

static void
name_value (gconstpointer record, PhValue *value)
{
  ph_value_set_text (value, ((const Fruit *) record)->name);
}

static void
count_value (gconstpointer record, PhValue *value)
{
  ph_value_set_uint (value, ((const Fruit *) record)->count);
}

static const PhColumn fruit_columns[] = {
  { .id = "name", .title = "Name", .help = "What it is", .value = name_value, .flags = PH_COLUMN_OWNER },
  { .id = "count", .title = "Count", .help = "How many", .value = count_value, .align = PH_ALIGN_END },
  { .id = "rest", .title = "R", .help = "The name again", .value = name_value, .flags = PH_COLUMN_MEMORY },
};

static const PhSchema fruit_schema = {
  .id = "fruit",
  .record_size = sizeof (Fruit),
  .columns = fruit_columns,
  .n_columns = G_N_ELEMENTS (fruit_columns),
};

static void
test_list (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree const PhColumn **columns = ph_column_list_parse (&fruit_schema, " count ,name", &error);

  g_assert_no_error (error);
  g_assert_true (columns[0] == &fruit_columns[1] && columns[1] == &fruit_columns[0] && columns[2] == NULL);
  g_assert_cmpuint (ph_column_list_flags (columns), ==, PH_COLUMN_OWNER);
  g_assert_true (ph_column_list_has (columns, "count"));
  g_assert_false (ph_column_list_has (columns, "rest"));
}

static void
test_list_errors (void)
{
  g_autofree char *endless = g_strnfill (1000000, 'n');
  g_autofree char *commas = g_strnfill (1000000, ',');
  const struct
  {
    const char *list;
    PhColumnListErrorCode code;
    const char *named;
  } cases[] = {
    { "", PH_COLUMN_LIST_ERROR_UNKNOWN, "“”" },
    { "name,", PH_COLUMN_LIST_ERROR_UNKNOWN, "“”" },
    { "name,,count", PH_COLUMN_LIST_ERROR_UNKNOWN, "“”" },
    { "nam", PH_COLUMN_LIST_ERROR_UNKNOWN, "“nam”" },
    { "names", PH_COLUMN_LIST_ERROR_UNKNOWN, "“names”" },
    { "\x1b[2J", PH_COLUMN_LIST_ERROR_UNKNOWN, "“\\x1B[2J”" },
    { "count,name,count", PH_COLUMN_LIST_ERROR_TWICE, "“count”" },
    { endless, PH_COLUMN_LIST_ERROR_UNKNOWN, "“nnnn" },
    { commas, PH_COLUMN_LIST_ERROR_UNKNOWN, "“”" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (ph_column_list_parse (&fruit_schema, cases[i].list, &error));
      g_assert_error (error, PH_COLUMN_LIST_ERROR, (int) cases[i].code);
      g_assert_nonnull (strstr (error->message, cases[i].named));
      g_assert_cmpuint (strlen (error->message), <, 500);
    }
}

static void
test_list_help (void)
{
  g_autofree char *help = ph_column_list_help (&fruit_schema);

  g_assert_cmpstr (help, ==,
                   "name   What it is\n"
                   "count  How many\n"
                   "rest   The name again\n");
}

static void
test_table (void)
{
  const PhColumn *const columns[] = { &fruit_columns[0], &fruit_columns[1], &fruit_columns[2], NULL };
  const PhStyle style = { .numeric = TRUE };
  const Fruit fruits[] = {
    { .name = "fig", .count = 7 },
    { .name = NULL, .count = 1234567 },
    { .name = "pêche 桃", .count = 0 },
  };
  g_autoptr (PhTextTable) table = ph_text_table_new (columns, &style);
  g_autoptr (GString) text = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (fruits); i++)
    ph_text_table_row (table, &fruits[i]);
  ph_text_table_print (table, text);
  g_assert_cmpstr (text->str, ==,
                   "Name        Count  R\n"
                   "fig             7  fig\n"
                   "-         1234567  -\n"
                   "pêche 桃        0  pêche 桃\n");

  /* It begins anew: what was wide before is forgotten. */
  g_string_truncate (text, 0);
  ph_text_table_row (table, &fruits[0]);
  ph_text_table_print (table, text);
  g_assert_cmpstr (text->str, ==,
                   "Name  Count  R\n"
                   "fig       7  fig\n");
}

/* Rows that come one by one: headings once, no column narrower than it is in the window, and none gets narrower. */
static void
test_go_on (void)
{
  const PhColumn *const columns[] = { &fruit_columns[0], &fruit_columns[1], NULL };
  const PhStyle style = { .numeric = TRUE };
  const Fruit long_one = { .name = "passion fruit of a long name", .count = 7 };
  const Fruit short_one = { .name = "fig", .count = 1 };
  const int width = MAX (fruit_columns[0].width, 4);
  const int counts = MAX (fruit_columns[1].width, 5);
  g_autoptr (PhTextTable) table = ph_text_table_new (columns, &style);
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *expected
      = g_strdup_printf ("%-*s  %*s\n%-*s  %*d\n%-28s  %*d\n%-28s  %*d\n", width, "Name", counts, "Count", width, "fig",
                         counts, 1, long_one.name, counts, 7, "fig", counts, 1);

  ph_text_table_go_on (table, text);
  for (guint i = 0; i < 3; i++)
    {
      ph_text_table_row (table, i == 1 ? &long_one : &short_one);
      ph_text_table_go_on (table, text);
    }
  g_assert_cmpstr (text->str, ==, expected);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/column-list/parse", test_list);
  g_test_add_func ("/column-list/errors", test_list_errors);
  g_test_add_func ("/column-list/help", test_list_help);
  g_test_add_func ("/text-table/print", test_table);
  g_test_add_func ("/text-table/go-on", test_go_on);
  return g_test_run ();
}
