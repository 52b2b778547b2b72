/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Runs a harness without libFuzzer, as an ordinary test: every file of the folder that is named, then the same file cut
 * at every length, with every bit turned and with every byte at its least and its most, as far as the time goes.
 */
#include "fuzz.h"

/* Enough for a few hundred thousand small inputs; a sanitizer makes it fewer, and sees more: it gets more time. */
#ifdef __SANITIZE_ADDRESS__
#define BUDGET_US (4 * G_USEC_PER_SEC)
#else
#define BUDGET_US (1 * G_USEC_PER_SEC)
#endif

/* Memory of the very length, so that a sanitizer sees what is read beyond it. */
static void
run (const guint8 *bytes, gsize length)
{
  g_autofree guint8 *copy = g_malloc (MAX (length, 1));

  memcpy (copy, bytes, length);
  LLVMFuzzerTestOneInput (copy, length);
}

static guint
mutate (guint8 *bytes, gsize length, gint64 until)
{
  guint n = 0;

  for (gsize cut = 0; cut < length && g_get_monotonic_time () < until; cut++, n++)
    run (bytes, cut);
  for (gsize at = 0; at < length && g_get_monotonic_time () < until; at++)
    {
      const guint8 kept = bytes[at];

      for (guint bit = 0; bit < 8; bit++, n++)
        {
          bytes[at] = (guint8) (kept ^ 1 << bit);
          run (bytes, length);
        }
      for (guint extreme = 0; extreme <= 0xff; extreme += 0xff, n++)
        {
          bytes[at] = (guint8) extreme;
          run (bytes, length);
        }
      bytes[at] = kept;
    }
  return n;
}

int
main (int argc, char **argv)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) folder = NULL;
  const char *name;
  guint n_mutated = 0;
  gint64 start;

  if (argc != 2)
    {
      g_printerr ("usage: %s FOLDER\n", argv[0]);
      return 2;
    }
  folder = g_dir_open (argv[1], 0, &error);
  if (folder == NULL)
    {
      g_printerr ("%s\n", error->message);
      return 1;
    }
  while ((name = g_dir_read_name (folder)) != NULL)
    g_ptr_array_add (names, g_build_filename (argv[1], name, NULL));
  if (names->len == 0)
    {
      g_printerr ("%s: nothing there\n", argv[1]);
      return 1;
    }

  run ((const guint8 *) "", 0);
  start = g_get_monotonic_time ();
  for (guint i = 0; i < names->len; i++)
    {
      g_autofree char *bytes = NULL;
      gsize length;

      if (!g_file_get_contents (g_ptr_array_index (names, i), &bytes, &length, &error))
        {
          g_printerr ("%s\n", error->message);
          return 1;
        }
      run ((const guint8 *) bytes, length);
      n_mutated += mutate ((guint8 *) bytes, length, start + BUDGET_US * (i + 1) / names->len);
    }
  g_print ("%u inputs as they are, %u changed\n", names->len, n_mutated);
  return 0;
}
