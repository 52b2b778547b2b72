/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Text from outside: what is fit stays, what acts or is no UTF-8 is written out. */
#include "ph-text.h"

#include <string.h>

typedef struct
{
  const char *name;
  const char *bytes;
  gsize length;
  const char *shown;
} Case;

#define CASE(name, bytes, shown)                                                                                       \
  {                                                                                                                    \
    name, bytes, sizeof bytes - 1, shown                                                                               \
  }

static const Case cases[] = {
  CASE ("empty", "", ""),
  CASE ("ascii", "nginx: worker", "nginx: worker"),
  CASE ("backslash stays", "a\\x41", "a\\x41"),
  CASE ("markup stays", "<b>&amp;", "<b>&amp;"),
  CASE ("nul", "a\0b", "a\\x00b"),
  CASE ("newline and tab", "a\n\tb", "a\\x0A\\x09b"),
  CASE ("escape", "\033[2J", "\\x1B[2J"),
  CASE ("del", "\177", "\\x7F"),
  CASE ("c1 as utf-8",
        "\302\233"
        "31m",
        "\\u{9B}31m"),
  CASE ("c1 as a byte",
        "\233"
        "31m",
        "\\x9B31m"),
  CASE ("last c1, first after", "\302\237\302\240", "\\u{9F}\302\240"),
  CASE ("two bytes", "\303\244", "\303\244"),
  CASE ("three bytes", "\342\202\254", "\342\202\254"),
  CASE ("four bytes", "\360\237\220\247", "\360\237\220\247"),
  CASE ("cut: two", "a\303", "a\\xC3"),
  CASE ("cut: three", "\342\202", "\\xE2\\x82"),
  CASE ("cut: four", "\360\237\220", "\\xF0\\x9F\\x90"),
  CASE ("cut, then ascii", "\342\202x", "\\xE2\\x82x"),
  CASE ("overlong slash", "\300\257", "\\xC0\\xAF"),
  CASE ("overlong nul", "\300\200", "\\xC0\\x80"),
  CASE ("surrogate", "\355\240\200", "\\xED\\xA0\\x80"),
  CASE ("beyond unicode", "\364\220\200\200", "\\xF4\\x90\\x80\\x80"),
  CASE ("five bytes", "\370\210\200\200\200", "\\xF8\\x88\\x80\\x80\\x80"),
  CASE ("latin-1", "caf\351", "caf\\xE9"),
  CASE ("continuation alone", "\200", "\\x80"),
  CASE ("fe ff", "\376\377", "\\xFE\\xFF"),
  CASE ("separators", "\342\200\250\342\200\251", "\\u{2028}\\u{2029}"),
  CASE ("embedding to override", "\342\200\252\342\200\256", "\\u{202A}\\u{202E}"),
  CASE ("isolates", "\342\201\246\342\201\251", "\\u{2066}\\u{2069}"),
  CASE ("beside the isolates", "\342\201\245\342\201\252", "\342\201\245\342\201\252"),
  CASE ("hebrew stays", "\327\251\327\234", "\327\251\327\234"),
  CASE ("fit, not, fit", "ok\001ok\377ok", "ok\\x01ok\\xFFok"),
};

static void
test_case (gconstpointer data)
{
  const Case *c = data;
  g_autoptr (GString) text = g_string_new ("before ");
  g_autofree char *exact = g_memdup2 (c->bytes, c->length); /* without a terminator: a read too far is seen by ASan */

  ph_text_sanitize (exact, c->length, text);
  g_assert_true (g_str_has_prefix (text->str, "before "));
  g_assert_cmpstr (text->str + strlen ("before "), ==, c->shown);
  g_assert_cmpuint (ph_text_fit (text->str, text->len), ==, text->len);
}

/* Random bytes: always fit afterwards, never more than eight times as long, and what is fit stays as it is. */
static void
test_random (void)
{
  for (guint round = 0; round < 20000; round++)
    {
      guint8 bytes[24];
      gsize length = (gsize) g_test_rand_int_range (0, sizeof bytes);
      g_autoptr (GString) once = g_string_new (NULL);
      g_autoptr (GString) twice = g_string_new (NULL);

      for (gsize i = 0; i < length; i++)
        bytes[i] = (guint8) (g_test_rand_bit () ? g_test_rand_int_range (0, 256) : g_test_rand_int_range (0x7e, 0xa2));

      ph_text_sanitize ((const char *) bytes, length, once);
      g_assert_true (g_utf8_validate_len (once->str, once->len, NULL));
      g_assert_cmpuint (ph_text_fit (once->str, once->len), ==, once->len);
      g_assert_cmpuint (once->len, <=, 8 * length);
      ph_text_sanitize (once->str, once->len, twice);
      g_assert_cmpstr (once->str, ==, twice->str);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/text/%s", cases[i].name);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_func ("/text/random", test_random);
  return g_test_run ();
}
