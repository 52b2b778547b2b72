/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Deeds off the main loop, on a process of the test's own; and when a process was started. */
#include "ph-deed-job.h"

#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "loop.h"
#include "ph-boot-clock.h"
#include "ph-proc-stat.h"

static guint64
start_of (pid_t pid)
{
  g_autofree char *name = g_strdup_printf ("/proc/%d/stat", pid);
  g_autofree char *text = NULL;
  gsize length;
  PhProcStat stat;

  g_assert_true (g_file_get_contents (name, &text, &length, NULL));
  g_assert_true (ph_proc_stat_parse (text, length, &stat));
  return stat.start_ticks;
}

typedef struct
{
  gboolean done;
  PhOutcome outcome;
} Answer;

static void
answered (GObject *source, GAsyncResult *result, gpointer data)
{
  Answer *answer = data;

  answer->outcome = ph_deed_job_finish (result);
  answer->done = TRUE;
}

static PhVerdict
run (PhDeed deed)
{
  Answer answer = { 0 };

  ph_deed_job_async (&deed, answered, &answer);
  deed = (PhDeed){ 0 }; /* it has a copy */
  g_assert_false (answer.done);
  RUN_UNTIL (answer.done);
  return answer.outcome.verdict;
}

static void
test_job (void)
{
  const pid_t pid = fork ();
  PhDeed deed = { .name = PH_DEED_END };
  int status;

  if (pid == 0)
    {
      prctl (PR_SET_PDEATHSIG, SIGKILL);
      for (;;)
        pause ();
    }
  deed.process = (PhDeedProcess){ .pid = pid, .start_ticks = start_of (pid) + 1 };
  g_assert_cmpint (run (deed), ==, PH_VERDICT_ANOTHER);
  g_assert_cmpint (waitpid (pid, &status, WNOHANG), ==, 0);
  deed.process.start_ticks--;
  g_assert_cmpint (run (deed), ==, PH_VERDICT_DONE);
  g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);
  g_assert_cmpint (WTERMSIG (status), ==, SIGTERM);
  g_assert_cmpint (run (deed), ==, PH_VERDICT_GONE);
  g_assert_cmpint (run ((PhDeed){ .name = PH_DEED_NONE }), ==, PH_VERDICT_REFUSED);
}

static void
test_boot_clock (void)
{
  const gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  const gint64 started = ph_boot_clock_time (start_of (getpid ()));

  g_assert_cmpint (started, <=, now + 1);
  g_assert_cmpint (started, >=, now - 120);
  g_assert_cmpint (ph_boot_clock_time (0), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/deed-job/job", test_job);
  g_test_add_func ("/deed-job/boot-clock", test_boot_clock);
  return g_test_run ();
}
