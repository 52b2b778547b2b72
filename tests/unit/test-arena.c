/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Arena: pieces are zeroed, aligned, apart from each other, and stay where they are. */
#include "ph-arena.h"

#include <stddef.h>
#include <string.h>

#define N_PIECES 5000

/* Every size around the places where an arena does something else: block ends, large pieces. */
static void
test_pieces (void)
{
  g_autoptr (PhArena) arena = ph_arena_new ();
  guint8 *pieces[N_PIECES];
  gsize sizes[N_PIECES];

  for (guint i = 0; i < N_PIECES; i++)
    {
      sizes[i] = i % 100 == 99 ? (gsize) g_test_rand_int_range (1, 600000) : (gsize) g_test_rand_int_range (0, 400);
      pieces[i] = ph_arena_alloc (arena, sizes[i]);
      g_assert_nonnull (pieces[i]);
      g_assert_cmpuint (GPOINTER_TO_SIZE (pieces[i]) % _Alignof(max_align_t), ==, 0);
      for (gsize k = 0; k < sizes[i]; k++)
        g_assert_cmpuint (pieces[i][k], ==, 0);
      memset (pieces[i], (int) (i % 251) + 1, sizes[i]);
    }

  for (guint i = 0; i < N_PIECES; i++)
    for (gsize k = 0; k < sizes[i]; k++)
      g_assert_cmpuint (pieces[i][k], ==, i % 251 + 1);
}

/* Strings stand close together; a piece behind one is aligned again. */
static void
test_mixed (void)
{
  g_autoptr (PhArena) arena = ph_arena_new ();

  for (guint i = 0; i < 10000; i++)
    {
      const char *text = ph_arena_string (arena, "odd");
      guint64 *number = ph_arena_alloc (arena, sizeof *number);

      g_assert_cmpstr (text, ==, "odd");
      g_assert_cmpuint (*number, ==, 0);
      g_assert_cmpuint (GPOINTER_TO_SIZE (number) % _Alignof(max_align_t), ==, 0);
      *number = G_MAXUINT64;
    }
  g_assert_null (ph_arena_string (arena, NULL));
}

static void
test_text (void)
{
  g_autoptr (PhArena) arena = ph_arena_new ();
  g_autofree char *large = g_strnfill (1000000, '\x1b');
  const char *text;

  g_assert_cmpstr (ph_arena_text (arena, NULL, 0), ==, "");
  g_assert_cmpstr (ph_arena_text (arena, "", 0), ==, "");
  g_assert_cmpstr (ph_arena_text (arena, "abcdef", 3), ==, "abc");
  g_assert_cmpstr (ph_arena_text (arena, "gr\303\266\303\237e", 7), ==, "gr\303\266\303\237e");
  g_assert_cmpstr (ph_arena_text (arena, "a\0b", 3), ==, "a\\x00b");
  g_assert_cmpstr (ph_arena_text (arena, "\xff\033[2J\n", 6), ==, "\\xFF\\x1B[2J\\x0A");
  g_assert_cmpstr (ph_arena_text (arena, "cut \303", 5), ==, "cut \\xC3");

  text = ph_arena_text (arena, large, 1000000);
  g_assert_cmpuint (strlen (text), ==, 4000000);
  g_assert_true (g_str_has_suffix (text, "\\x1B"));
}

static void
test_free_nothing (void)
{
  ph_arena_free (NULL);
  ph_arena_free (ph_arena_new ());
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/arena/pieces", test_pieces);
  g_test_add_func ("/arena/mixed", test_mixed);
  g_test_add_func ("/arena/text", test_text);
  g_test_add_func ("/arena/free-nothing", test_free_nothing);
  return g_test_run ();
}
