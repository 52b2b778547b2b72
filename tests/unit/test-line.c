/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lines put together, against the same with printf: also around the size of the buffer, where it is emptied. */
#include <glib.h>
#include <string.h>

#include "ph-line.h"

static void
naive_put (GString *text, const char *string, gsize width)
{
  glong n = g_utf8_strlen (string, -1);

  g_string_append_printf (text, "%s%*s ", string, (int) MAX ((glong) width - n, 0), "");
}

static void
naive_put_both (GString *text, const char *string, guint64 number, gsize width)
{
  g_autofree char *both = g_strdup_printf ("%s%" G_GUINT64_FORMAT, string, number);

  naive_put (text, both, width);
}

static void
test_columns (void)
{
  g_autoptr (GString) text = g_string_new ("before ");
  PhLine line;

  ph_line_begin (&line, text);
  ph_line_put (&line, "left", 6);
  ph_line_put_number (&line, 42, 5);
  ph_line_put_number_left (&line, 42, 5);
  ph_line_put_number (&line, G_MAXUINT64, 3);
  ph_line_put (&line, "zähler", 8);
  ph_line_put (&line, "end", 0);
  ph_line_end (&line);
  g_assert_cmpstr (text->str, ==, "before left      42 42    18446744073709551615 zähler   end\n");
}

/* What a text ends with is its own; only the blank between columns goes. */
static void
test_end (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  PhLine line;

  ph_line_begin (&line, text);
  ph_line_put (&line, "a", 3);
  ph_line_end (&line);
  ph_line_begin (&line, text);
  ph_line_put (&line, "a", 3);
  ph_line_add (&line, "b ");
  ph_line_end (&line);
  ph_line_begin (&line, text);
  ph_line_end (&line);
  g_assert_cmpstr (text->str, ==, "a  \na   b \n\n");
}

static void
test_parts (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  PhLine line;
  gsize column;

  ph_line_begin (&line, text);
  column = ph_line_column (&line);
  ph_line_add (&line, "::1");
  ph_line_add (&line, ":");
  ph_line_add_number (&line, 80);
  ph_line_end_column (&line, column, 8);
  column = ph_line_column (&line);
  ph_line_add (&line, "longer than that");
  ph_line_end_column (&line, column, 8);
  ph_line_add (&line, "x");
  ph_line_end (&line);
  g_assert_cmpstr (text->str, ==, "::1:80   longer than that x\n");
}

static void
test_random (void)
{
  for (guint round = 0; round < 2000; round++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      g_autoptr (GString) naive = g_string_new (NULL);
      guint n = g_test_rand_int_range (1, 40);
      PhLine line;

      ph_line_begin (&line, text);
      for (guint i = 0; i < n; i++)
        {
          guint length = g_test_rand_int_range (0, i % 7 == 0 ? 3 * PH_LINE_SIZE : 60);
          guint width = g_test_rand_int_range (0, 70);
          guint64 number = (guint64) g_test_rand_int () << g_test_rand_int_range (0, 33);
          g_autofree char *string = g_strnfill (length, 'a' + (char) (i % 26));
          gsize column = ph_line_column (&line);

          switch (g_test_rand_int_range (0, 4))
            {
            case 0:
              ph_line_put (&line, string, width);
              naive_put (naive, string, width);
              break;
            case 1:
              ph_line_put_number (&line, number, width);
              g_string_append_printf (naive, "%*" G_GUINT64_FORMAT " ", (int) width, number);
              break;
            case 2:
              ph_line_put_number_left (&line, number, width);
              g_string_append_printf (naive, "%-*" G_GUINT64_FORMAT " ", (int) width, number);
              break;
            default:
              ph_line_add (&line, string);
              ph_line_add_number (&line, number);
              ph_line_end_column (&line, column, width);
              naive_put_both (naive, string, number, width);
              break;
            }
        }
      ph_line_end (&line);
      g_string_truncate (naive, naive->len - 1);
      g_string_append_c (naive, '\n');
      g_assert_cmpstr (text->str, ==, naive->str);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/line/columns", test_columns);
  g_test_add_func ("/line/end", test_end);
  g_test_add_func ("/line/parts", test_parts);
  g_test_add_func ("/line/random", test_random);
  return g_test_run ();
}
