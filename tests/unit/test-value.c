/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Typed values, the numbers that people read, and what columns make of values by default. */
#include "ph-column.h"
#include "ph-print.h"

#include <locale.h>
#include <math.h>

static char *
printed_uint (void (*print) (GString *text, guint64 number), guint64 number)
{
  GString *text = g_string_new (NULL);

  print (text, number);
  return g_string_free (text, FALSE);
}

static void
assert_printed (void (*print) (GString *text, guint64 number), guint64 number, const char *expected)
{
  g_autofree char *text = printed_uint (print, number);

  g_assert_cmpstr (text, ==, expected);
}

static void
assert_units (void (*print) (GString *text, guint64 number, PhUnits units),
              guint64 number,
              PhUnits units,
              const char *expected)
{
  g_autoptr (GString) text = g_string_new (NULL);

  print (text, number, units);
  g_assert_cmpstr (text->str, ==, expected);
}

static void
test_print_numbers (void)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint64 n = 1; n < G_MAXUINT64 / 7; n *= 7)
    {
      g_autofree char *expected = g_strdup_printf ("%" G_GUINT64_FORMAT, n);
      g_autofree char *hex = g_strdup_printf ("0x%" G_GINT64_MODIFIER "x", n);

      assert_printed (ph_print_uint, n, expected);
      assert_printed (ph_print_hex, n, hex);
    }
  assert_printed (ph_print_uint, 0, "0");
  assert_printed (ph_print_hex, 0, "0x0");
  assert_printed (ph_print_uint, G_MAXUINT64, "18446744073709551615");

  ph_print_int (text, G_MININT64);
  g_assert_cmpstr (text->str, ==, "-9223372036854775808");
  g_string_truncate (text, 0);
  ph_print_int (text, G_MAXINT64);
  g_assert_cmpstr (text->str, ==, "9223372036854775807");
  g_string_truncate (text, 0);
  ph_print_int (text, -1);
  g_assert_cmpstr (text->str, ==, "-1");
}

static void
test_print_real (void)
{
  static const double numbers[] = { 0, 1, -1, 0.1, 1.5, 1.0 / 3, 1e300, 5e-324, 123456789.123, -2.5e-7 };
  static const struct
  {
    double number;
    const char *text;
  } exact[] = { { 0.1, "0.1" }, { 1.5, "1.5" }, { 3, "3" }, { -0.25, "-0.25" } };

  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      g_autoptr (GString) text = g_string_new (NULL);

      ph_print_real (text, numbers[i]);
      g_assert_cmpfloat (g_ascii_strtod (text->str, NULL), ==, numbers[i]);
    }
  for (guint i = 0; i < G_N_ELEMENTS (exact); i++)
    {
      g_autoptr (GString) text = g_string_new (NULL);

      ph_print_real (text, exact[i].number);
      g_assert_cmpstr (text->str, ==, exact[i].text);
    }
}

static void
test_print_units (void)
{
  static const struct
  {
    guint64 bytes;
    const char *text;
  } cases[] = {
    { 0, "0" },
    { 1, "1 B" },
    { 999, "999 B" },
    { 1000, "1.0 kB" },
    { 1049, "1.0 kB" },
    { 1050, "1.1 kB" },
    { 1234567, "1.2 MB" },
    { 999949, "999.9 kB" },
    { 999950, "1.0 MB" },
    { 999999, "1.0 MB" },
    { 1000000, "1.0 MB" },
    { 999949999, "999.9 MB" },
    { 999950000, "1.0 GB" },
    { G_GUINT64_CONSTANT (1500000000000), "1.5 TB" },
    { G_GUINT64_CONSTANT (2500000000000000), "2.5 PB" },
    { G_MAXUINT64, "18446.7 PB" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *rate = cases[i].bytes ? g_strconcat (cases[i].text, "/s", NULL) : g_strdup ("0");

      assert_units (ph_print_bytes, cases[i].bytes, 0, cases[i].text);
      assert_units (ph_print_bytes, cases[i].bytes, PH_UNITS_BITS, cases[i].text);
      assert_units (ph_print_rate, cases[i].bytes, 0, rate);
    }

  assert_printed (ph_print_latency, 0, "0 µs");
  assert_printed (ph_print_latency, 85, "85 µs");
  assert_printed (ph_print_latency, 999, "999 µs");
  assert_printed (ph_print_latency, 1000, "1.0 ms");
  assert_printed (ph_print_latency, 1250, "1.3 ms");
  assert_printed (ph_print_latency, 999949, "999.9 ms");
  assert_printed (ph_print_latency, 999950, "1.0 s");
  assert_printed (ph_print_latency, 12300000, "12.3 s");

  assert_printed (ph_print_duration, 0, "0 s");
  assert_printed (ph_print_duration, 59, "59 s");
  assert_printed (ph_print_duration, 60, "1 min");
  assert_printed (ph_print_duration, 3599, "59 min");
  assert_printed (ph_print_duration, 3600, "1 h");
  assert_printed (ph_print_duration, 86399, "23 h");
  assert_printed (ph_print_duration, 86400, "1 d");
  assert_printed (ph_print_duration, 86400 * 400, "400 d");
}

/* Steps of 1024, and rates in bits. */
static void
test_print_other_units (void)
{
  static const PhUnits both = PH_UNITS_IEC | PH_UNITS_BITS;
  static const struct
  {
    guint64 bytes;
    const char *amount, *rate;
  } iec[] = {
    { 0, "0", "0" },
    { 1023, "1023 B", "1023 B/s" },
    { 1024, "1.0 KiB", "1.0 KiB/s" },
    { 1536, "1.5 KiB", "1.5 KiB/s" },
    { 1000 * 1024, "1000.0 KiB", "1000.0 KiB/s" },
    { 1024 * 1024 - 52, "1023.9 KiB", "1023.9 KiB/s" },
    { 1024 * 1024 - 51, "1.0 MiB", "1.0 MiB/s" },
    { G_GUINT64_CONSTANT (3) << 30, "3.0 GiB", "3.0 GiB/s" },
    { G_GUINT64_CONSTANT (5) << 40, "5.0 TiB", "5.0 TiB/s" },
    { G_MAXUINT64, "16384.0 PiB", "16384.0 PiB/s" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (iec); i++)
    {
      assert_units (ph_print_bytes, iec[i].bytes, PH_UNITS_IEC, iec[i].amount);
      assert_units (ph_print_bytes, iec[i].bytes, both, iec[i].amount);
      assert_units (ph_print_rate, iec[i].bytes, PH_UNITS_IEC, iec[i].rate);
    }

  assert_units (ph_print_rate, 0, PH_UNITS_BITS, "0");
  assert_units (ph_print_rate, 1, PH_UNITS_BITS, "8 bit/s");
  assert_units (ph_print_rate, 125, PH_UNITS_BITS, "1.0 kbit/s");
  assert_units (ph_print_rate, 1250000, PH_UNITS_BITS, "10.0 Mbit/s");
  assert_units (ph_print_rate, 125000000, PH_UNITS_BITS, "1.0 Gbit/s");
  assert_units (ph_print_rate, 1, both, "8 bit/s");
  assert_units (ph_print_rate, 128, both, "1.0 Kibit/s");
  assert_units (ph_print_rate, 1 << 17, both, "1.0 Mibit/s");
  assert_units (ph_print_rate, G_MAXUINT64, PH_UNITS_BITS, "18446.7 Pbit/s"); /* the most there is, not an overflow */

  g_assert_cmpstr (ph_rate_unit (0, 0), ==, "B/s");
  g_assert_cmpstr (ph_rate_unit (both, 0), ==, "bit/s");
}

/* Values in their order, absent last. */
static void
test_compare (void)
{
  PhAddress ipv4 = { { 10 }, PH_FAMILY_IPV4 }, ipv6 = { { 1 }, PH_FAMILY_IPV6 };
  const PhValue groups[][4] = {
    { { PH_VALUE_UINT, .uint = 0 },
      { PH_VALUE_UINT, .uint = 1 },
      { PH_VALUE_UINT, .uint = G_MAXUINT64 },
      { PH_VALUE_NONE } },
    { { PH_VALUE_INT, .sint = G_MININT64 },
      { PH_VALUE_INT, .sint = -1 },
      { PH_VALUE_INT, .sint = G_MAXINT64 },
      { PH_VALUE_NONE } },
    { { PH_VALUE_REAL, .real = -INFINITY },
      { PH_VALUE_REAL, .real = -0.5 },
      { PH_VALUE_REAL, .real = 1e9 },
      { PH_VALUE_NONE } },
    { { PH_VALUE_TEXT, .text = "" },
      { PH_VALUE_TEXT, .text = "Alpha" },
      { PH_VALUE_TEXT, .text = "beta" },
      { PH_VALUE_NONE } },
    { { PH_VALUE_ADDRESS, .address = &ipv4 },
      { PH_VALUE_ADDRESS, .address = &ipv6 },
      { PH_VALUE_NONE },
      { PH_VALUE_NONE } },
    { { PH_VALUE_BOOL, .truth = FALSE }, { PH_VALUE_BOOL, .truth = TRUE }, { PH_VALUE_NONE }, { PH_VALUE_NONE } },
  };

  for (guint g = 0; g < G_N_ELEMENTS (groups); g++)
    for (guint i = 0; i < 4; i++)
      for (guint j = 0; j < 4; j++)
        {
          gboolean both = groups[g][i].kind == PH_VALUE_NONE && groups[g][j].kind == PH_VALUE_NONE;
          int order = ph_value_compare (&groups[g][i], &groups[g][j]);

          g_assert_cmpint ((order > 0) - (order < 0), ==, both ? 0 : (i > j) - (i < j));
        }
  g_assert_cmpint (ph_value_compare (&groups[0][0], &groups[3][1]), <, 0); /* other kinds: some order, both ways */
  g_assert_cmpint (ph_value_compare (&groups[3][1], &groups[0][0]), >, 0);
}

static void
test_append (void)
{
  PhAddress address = { { 127, 0, 0, 1 }, PH_FAMILY_IPV4 };
  const struct
  {
    PhValue value;
    const char *text;
  } cases[] = {
    { { PH_VALUE_NONE }, "" },
    { { PH_VALUE_UINT, .uint = 42 }, "42" },
    { { PH_VALUE_INT, .sint = -42 }, "-42" },
    { { PH_VALUE_REAL, .real = 1.5 }, "1.5" },
    { { PH_VALUE_TEXT, .text = "x" }, "x" },
    { { PH_VALUE_ADDRESS, .address = &address }, "127.0.0.1" },
    { { PH_VALUE_BOOL, .truth = 2 }, "true" },
    { { PH_VALUE_BOOL, .truth = 0 }, "false" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GString) text = g_string_new ("<");

      ph_value_append (&cases[i].value, text);
      g_assert_cmpstr (text->str + 1, ==, cases[i].text);
    }
}

/* A column whose record is a PhValue. */
static void
own_value (gconstpointer record, PhValue *value)
{
  *value = *(const PhValue *) record;
}

static const PhColumn column = { "own", "Own", "", .value = own_value };

/* rank (a) < rank (b) must imply a < b, and absent must be last, for every pair of values of one kind. */
static void
test_rank (void)
{
  PhAddress low = { { 10 }, PH_FAMILY_IPV4 }, high = { { 255, 255, 255 }, PH_FAMILY_IPV6 };
  const PhValue values[] = {
    { PH_VALUE_UINT, .uint = 0 },
    { PH_VALUE_UINT, .uint = 7 },
    { PH_VALUE_UINT, .uint = G_MAXUINT64 - 1 },
    { PH_VALUE_UINT, .uint = G_MAXUINT64 },
    { PH_VALUE_INT, .sint = G_MININT64 },
    { PH_VALUE_INT, .sint = -5 },
    { PH_VALUE_INT, .sint = 0 },
    { PH_VALUE_INT, .sint = G_MAXINT64 },
    { PH_VALUE_REAL, .real = -1e300 },
    { PH_VALUE_REAL, .real = -0.0 },
    { PH_VALUE_REAL, .real = 0.0 },
    { PH_VALUE_REAL, .real = 1e-300 },
    { PH_VALUE_REAL, .real = INFINITY },
    { PH_VALUE_TEXT, .text = "" },
    { PH_VALUE_TEXT, .text = "a" },
    { PH_VALUE_TEXT, .text = "AA" },
    { PH_VALUE_TEXT, .text = "abcdefgh" },
    { PH_VALUE_TEXT, .text = "ABCDEFGHI" },
    { PH_VALUE_TEXT, .text = "\377\377\377\377\377\377\377\377" },
    { PH_VALUE_ADDRESS, .address = &low },
    { PH_VALUE_ADDRESS, .address = &high },
    { PH_VALUE_BOOL, .truth = FALSE },
    { PH_VALUE_BOOL, .truth = TRUE },
    { PH_VALUE_NONE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    for (guint j = 0; j < G_N_ELEMENTS (values); j++)
      {
        guint64 a = ph_column_rank (&column, &values[i]), b = ph_column_rank (&column, &values[j]);

        if (values[j].kind != PH_VALUE_NONE && values[i].kind != values[j].kind)
          continue;
        if (a < b)
          g_assert_cmpint (ph_column_compare (&column, &values[i], &values[j]), <, 0);
        g_assert_cmpint (a == PH_RANK_ABSENT, ==, values[i].kind == PH_VALUE_NONE);
      }
  g_assert_cmpuint (ph_column_rank (&column, &values[9]), ==, ph_column_rank (&column, &values[10]));
  g_assert_cmpuint (ph_column_rank (&column, &values[0]), <, ph_column_rank (&column, &values[1]));
  g_assert_cmpuint (ph_column_rank (&column, &values[5]), <, ph_column_rank (&column, &values[6]));
  g_assert_cmpuint (ph_column_rank (&column, &values[14]), <, ph_column_rank (&column, &values[15]));
}

static void
test_default_texts (void)
{
  const PhValue value = { PH_VALUE_UINT, .uint = 12 };
  const PhStyle style = { 0 };
  g_autoptr (GString) text = g_string_new (NULL);

  ph_column_format (&column, &value, &style, text);
  ph_column_explain (&column, &value, &style, text);
  g_assert_cmpstr (text->str, ==, "1212");
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/print/numbers", test_print_numbers);
  g_test_add_func ("/print/real", test_print_real);
  g_test_add_func ("/print/units", test_print_units);
  g_test_add_func ("/print/other-units", test_print_other_units);
  g_test_add_func ("/value/compare", test_compare);
  g_test_add_func ("/value/append", test_append);
  g_test_add_func ("/column/rank", test_rank);
  g_test_add_func ("/column/default-texts", test_default_texts);
  return g_test_run ();
}
