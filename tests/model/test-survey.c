/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The survey asks this kernel what there is, off the main loop, and can be given up. */
#include "loop.h"

#include "ph-survey.h"

typedef struct
{
  gboolean done;
  PhLookResult *looks;
} Survey;

static void
surveyed (GObject *source, GAsyncResult *result, gpointer data)
{
  Survey *survey = data;

  survey->looks = ph_survey_finish (result);
  survey->done = TRUE;
}

static void
test_this_kernel (void)
{
  Survey survey = { 0 };
  guint n = 0;

  ph_survey_async (NULL, surveyed, &survey);
  g_assert_false (survey.done);
  RUN_UNTIL (survey.done);
  g_assert_nonnull (survey.looks);
  /* What any Linux that this runs on has. */
  g_assert_cmpint (survey.looks[PH_REQUEST_TCP4].look, ==, PH_LOOK_GOOD);
  g_assert_cmpint (survey.looks[PH_REQUEST_UNIX].look, ==, PH_LOOK_GOOD);
  g_assert_cmpint (survey.looks[PH_REQUEST_LINK_STATS].look, ==, PH_LOOK_GOOD);
  g_assert_cmpint (survey.looks[PH_REQUEST_SNMP].look, ==, PH_LOOK_GOOD);
  /* Nobody's owners are looked for, and no name. */
  g_assert_cmpint (survey.looks[PH_REQUEST_OWNERS].look, ==, PH_LOOK_NOT_ASKED);
  g_assert_cmpint (survey.looks[PH_REQUEST_USERS].look, ==, PH_LOOK_NOT_ASKED);
  for (guint i = 0; i < PH_N_REQUESTS; i++)
    n += survey.looks[i].look != PH_LOOK_NOT_ASKED;
  g_assert_cmpuint (n, >, 25); /* all tables */
  g_free (survey.looks);
}

static void
test_cancelled (void)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Survey survey = { 0 };

  ph_survey_async (cancellable, surveyed, &survey);
  g_cancellable_cancel (cancellable);
  RUN_UNTIL (survey.done);
  g_assert_null (survey.looks);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/survey/this-kernel", test_this_kernel);
  g_test_add_func ("/survey/cancelled", test_cancelled);
  return g_test_run ();
}
