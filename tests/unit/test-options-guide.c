/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The list of options for a window: all that its parser knows, once, spelled as they may be typed. */
#include <glib.h>
#include <string.h>

#include "ph-options-guide.h"

typedef struct
{
  PhOptionEntry *entries;
  guint n;
} Guide;

static void
set_up (Guide *guide, gconstpointer program)
{
  guide->entries = ph_options_guide (GPOINTER_TO_UINT (program), &guide->n);
}

static void
tear_down (Guide *guide, gconstpointer program)
{
  ph_options_guide_free (guide->entries, guide->n);
}

static const PhOptionEntry *
find (Guide *guide, const char *id)
{
  for (guint i = 0; i < guide->n; i++)
    if (!guide->entries[i].heading && g_str_equal (guide->entries[i].id, id))
      return &guide->entries[i];
  return NULL;
}

static void
test_spelling (Guide *guide, gconstpointer program)
{
  g_assert_true (guide->entries[0].heading);
  g_assert_cmpstr (find (guide, "route")->spelling, ==, "-r, --route, /r");
  g_assert_cmpstr (find (guide, "route")->help, ==, "the routing table");
  g_assert_cmpstr (find (guide, "rules")->spelling, ==, "--rules");
  g_assert_cmpstr (find (guide, "filter")->spelling, ==, "--filter TEXT");
  g_assert_cmpstr (find (guide, "programs")->spelling, ==, "-p, --programs, /p [PROTO…]");
  g_assert_cmpstr (find (guide, "b")->spelling, ==, "-b, /b");
  g_assert_cmpstr (find (guide, "?")->spelling, ==, "/?");
  g_assert_null (find (guide, "b")->help);
}

static void
test_once (Guide *guide, gconstpointer program)
{
  gboolean quiet = FALSE;

  for (guint i = 0; i < guide->n; i++)
    {
      if (guide->entries[i].heading)
        {
          g_assert_false (quiet); /* those come last */
          g_assert_false (guide->entries[i + 1].heading);
          continue;
        }
      g_assert_true (find (guide, guide->entries[i].id) == &guide->entries[i]);
      if (!guide->entries[i].help)
        quiet = TRUE;
      else
        g_assert_false (quiet);
    }
  g_assert_true (quiet);
}

/* What is spelled can be typed. */
static void
test_parses (Guide *guide, gconstpointer program)
{
  for (guint i = 0; i < guide->n; i++)
    {
      g_auto (GStrv) ways = guide->entries[i].heading ? NULL : g_strsplit (guide->entries[i].spelling, ", ", -1);

      for (guint j = 0; ways && ways[j]; j++)
        {
          g_autoptr (GError) error = NULL;
          g_autoptr (PhOptions) options = NULL;
          char *argv[] = { (char *) "porthole", ways[j], NULL };

          *strchrnul (ways[j], ' ') = '\0'; /* the argument's name is no argument */
          options = ph_options_parse (GPOINTER_TO_UINT (program), 2, argv, &error);
          /* Where a value is missing, the option was known. */
          if (error)
            g_assert_error (error, PH_OPTIONS_ERROR, PH_OPTIONS_ERROR_VALUE);
        }
    }
}

static void
test_programs (void)
{
  Guide window, cli;

  set_up (&window, GUINT_TO_POINTER (PH_PROGRAM_WINDOW));
  set_up (&cli, GUINT_TO_POINTER (PH_PROGRAM_CLI));
  g_assert_nonnull (find (&window, "background"));
  g_assert_null (find (&window, "watch"));
  g_assert_null (find (&cli, "background"));
  g_assert_nonnull (find (&cli, "watch"));
  tear_down (&window, NULL);
  tear_down (&cli, NULL);
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *path;
    PhProgram program;
    void (*test) (Guide *guide, gconstpointer program);
  } tests[] = {
    { "/options-guide/spelling", PH_PROGRAM_WINDOW, test_spelling },
    { "/options-guide/window/once", PH_PROGRAM_WINDOW, test_once },
    { "/options-guide/window/parses", PH_PROGRAM_WINDOW, test_parses },
    { "/options-guide/cli/once", PH_PROGRAM_CLI, test_once },
    { "/options-guide/cli/parses", PH_PROGRAM_CLI, test_parses },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Guide, GUINT_TO_POINTER (tests[i].program), set_up, tests[i].test, tear_down);
  g_test_add_func ("/options-guide/programs", test_programs);
  return g_test_run ();
}
