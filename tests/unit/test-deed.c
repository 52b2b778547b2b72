/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Signals reach the process that was meant, and no other: real processes that this test has made, one PID given to two
 * of them, and a made-up /proc that shows another PID namespace.
 */
#include <errno.h>
#include <linux/sched.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <glib.h>

#include "fake-tree.h"
#include "ph-deed.h"
#include "ph-proc-stat.h"
#include "ph-process-grip.h"

#define NOBODY 65534

/* --- children --- */

static void
child_waits (void)
{
  prctl (PR_SET_PDEATHSIG, SIGKILL);
  for (;;)
    pause ();
}

static pid_t
child_new (void)
{
  const pid_t pid = fork ();

  g_assert_cmpint (pid, >=, 0);
  if (pid == 0)
    child_waits ();
  return pid;
}

/* One with a number of our choice: clone3(2), for whoever may. 0 and errno where that is not us. */
static pid_t
child_new_with_pid (pid_t wanted)
{
  struct clone_args arguments = {
    .exit_signal = SIGCHLD,
    .set_tid = (guint64) (gsize) &wanted,
    .set_tid_size = 1,
  };
  const long pid = syscall (SYS_clone3, &arguments, sizeof arguments);

  if (pid == 0)
    child_waits ();
  return pid > 0 ? (pid_t) pid : 0;
}

static guint64
start_of (pid_t pid)
{
  g_autofree char *name = g_strdup_printf ("/proc/%d/stat", pid);
  g_autofree char *text = NULL;
  gsize length;
  PhProcStat stat;

  g_assert_true (g_file_get_contents (name, &text, &length, NULL));
  g_assert_true (ph_proc_stat_parse (text, length, &stat));
  g_assert_cmpuint (stat.start_ticks, >, 0);
  return stat.start_ticks;
}

/* The signal that ended it; 0: none has. */
static int
how_it_ended (pid_t pid, gboolean wait)
{
  int status = 0;
  const pid_t ended = waitpid (pid, &status, wait ? 0 : WNOHANG);

  g_assert_cmpint (ended, ==, wait ? pid : ended);
  return ended == pid && WIFSIGNALED (status) ? WTERMSIG (status) : 0;
}

static void
assert_lives (pid_t pid)
{
  int status;

  g_usleep (20000); /* a signal would have arrived */
  g_assert_cmpint (waitpid (pid, &status, WNOHANG), ==, 0);
}

static void
child_free (pid_t pid)
{
  g_assert_no_errno (kill (pid, SIGKILL));
  g_assert_cmpint (how_it_ended (pid, TRUE), ==, SIGKILL);
}

static PhOutcome
send (PhDeedName name, pid_t pid, guint64 start_ticks)
{
  const PhDeed deed = { .name = name, .process = { .pid = pid, .start_ticks = start_ticks } };

  return ph_deed_do (&deed);
}

/* --- what is meant --- */

static void
test_end (void)
{
  const pid_t pid = child_new (), other = child_new ();

  g_assert_cmpint (send (PH_DEED_END, pid, start_of (pid)).verdict, ==, PH_VERDICT_DONE);
  g_assert_cmpint (how_it_ended (pid, TRUE), ==, SIGTERM);
  assert_lives (other);
  child_free (other);
}

/* One that does not heed SIGTERM. */
static void
test_kill (void)
{
  pid_t pid;

  signal (SIGTERM, SIG_IGN);
  pid = child_new ();
  signal (SIGTERM, SIG_DFL);
  g_assert_cmpint (send (PH_DEED_END, pid, start_of (pid)).verdict, ==, PH_VERDICT_DONE);
  assert_lives (pid);
  g_assert_cmpint (send (PH_DEED_KILL, pid, start_of (pid)).verdict, ==, PH_VERDICT_DONE);
  g_assert_cmpint (how_it_ended (pid, TRUE), ==, SIGKILL);
}

/* Everything but the signal. */
static void
test_try (void)
{
  const pid_t pid = child_new ();
  PhDeed deed = { .name = PH_DEED_END, .process = { .pid = pid, .start_ticks = start_of (pid) } };

  g_assert_cmpint (ph_deed_try (&deed).verdict, ==, PH_VERDICT_DONE);
  assert_lives (pid);
  deed.process.start_ticks++;
  g_assert_cmpint (ph_deed_try (&deed).verdict, ==, PH_VERDICT_ANOTHER);
  deed.process.start_ticks--;
  child_free (pid);
  g_assert_cmpint (ph_deed_try (&deed).verdict, ==, PH_VERDICT_GONE);
  deed.name = PH_DEED_CLOSE;
  g_assert_cmpint (ph_deed_try (&deed).verdict, ==, PH_VERDICT_REFUSED);
}

/* --- what is not --- */

static void
test_limits (void)
{
  const pid_t pid = child_new ();
  const guint64 ticks = start_of (pid), own = start_of (getpid ());
  const struct
  {
    pid_t pid;
    guint64 ticks;
  } refused[] = { { 0, ticks }, { -1, ticks }, { -pid, ticks }, { 1, ticks }, { getpid (), own }, { pid, 0 } };

  for (PhDeedName name = PH_DEED_NONE; name <= PH_N_DEEDS; name++)
    for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
      g_assert_cmpint (send (name, refused[i].pid, refused[i].ticks).verdict, ==, PH_VERDICT_REFUSED);
  g_assert_cmpint (send (PH_DEED_NONE, pid, ticks).verdict, ==, PH_VERDICT_REFUSED);
  g_assert_cmpint (send (PH_N_DEEDS, pid, ticks).verdict, ==, PH_VERDICT_REFUSED);
  assert_lives (pid);
  child_free (pid);
}

/* Whoever was confirmed was started at another time. */
static void
test_start_time (void)
{
  const pid_t pid = child_new ();
  const guint64 ticks = start_of (pid);

  g_assert_cmpint (send (PH_DEED_KILL, pid, ticks - 1).verdict, ==, PH_VERDICT_ANOTHER);
  g_assert_cmpint (send (PH_DEED_KILL, pid, ticks + 1).verdict, ==, PH_VERDICT_ANOTHER);
  g_assert_cmpint (send (PH_DEED_KILL, pid, G_MAXUINT64).verdict, ==, PH_VERDICT_ANOTHER);
  assert_lives (pid);
  child_free (pid);
}

static void
test_gone (void)
{
  const pid_t pid = child_new (), zombie = child_new ();
  const guint64 ticks = start_of (pid), zombie_ticks = start_of (zombie);
  siginfo_t info;

  child_free (pid);
  g_assert_cmpint (send (PH_DEED_KILL, pid, ticks).verdict, ==, PH_VERDICT_GONE);

  g_assert_no_errno (kill (zombie, SIGKILL));
  g_assert_no_errno (waitid (P_PID, (id_t) zombie, &info, WEXITED | WNOWAIT));
  g_assert_cmpint (send (PH_DEED_KILL, zombie, zombie_ticks).verdict, ==, PH_VERDICT_GONE);
  g_assert_cmpint (how_it_ended (zombie, TRUE), ==, SIGKILL);
}

/* The threads of a process have numbers too. */
static gpointer
run_thread (gpointer data)
{
  const pid_t tid = (pid_t) syscall (SYS_gettid);

  g_assert_cmpint (send (PH_DEED_KILL, tid, start_of (tid)).verdict, !=, PH_VERDICT_DONE);
  return NULL;
}

static void
test_thread (void)
{
  g_thread_join (g_thread_new ("thread", run_thread, NULL));
}

/* The very race: the process is held, ends, and its number goes to another before anything is compared. */
static void
test_reuse (void)
{
  const pid_t meant = child_new ();
  const PhDeedProcess process = { .pid = meant, .start_ticks = start_of (meant) };
  const int grip = ph_process_grip (meant);
  pid_t other;

  g_assert_cmpint (grip, >=, 0);
  g_assert_cmpint (ph_process_grip_check (grip, &process).verdict, ==, PH_VERDICT_DONE);
  child_free (meant);
  g_usleep (30000); /* start times are told by the hundredth of a second */
  other = child_new_with_pid (meant);
  if (other == 0)
    {
      g_test_skip_printf ("clone3(2) with a PID of one's choice: %s", g_strerror (errno));
      close (grip);
      return;
    }
  g_assert_cmpint (other, ==, meant);
  g_assert_cmpuint (start_of (other), !=, process.start_ticks);

  g_assert_cmpint (ph_process_grip_check (grip, &process).verdict, ==, PH_VERDICT_ANOTHER);
  /* Even without the comparison it reaches nobody. */
  g_assert_cmpint (ph_process_grip_signal (grip, SIGKILL).verdict, ==, PH_VERDICT_GONE);
  assert_lives (other);
  /* Begun only now: it is another's number from the start. */
  g_assert_cmpint (send (PH_DEED_KILL, meant, process.start_ticks).verdict, ==, PH_VERDICT_ANOTHER);
  assert_lives (other);
  close (grip);
  child_free (other);
}

/* --- a /proc of another PID namespace --- */

static PhVerdict
check_in (int grip, pid_t pid, guint64 ticks, const char *fdinfo, guint64 told)
{
  char *root = fake_tree_new ();
  g_autofree char *info_name = g_strdup_printf ("self/fdinfo/%d", grip);
  g_autofree char *stat_name = g_strdup_printf ("%d/stat", pid);
  g_autofree char *stat = g_strdup_printf (
      "%d (a) b) S 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 %" G_GUINT64_FORMAT " 20\n", pid, told);
  const PhDeedProcess process = { .pid = pid, .start_ticks = ticks };
  PhVerdict verdict;

  if (fdinfo)
    fake_tree_file (root, info_name, fdinfo, -1);
  if (told != 0)
    fake_tree_file (root, stat_name, stat, -1);
  verdict = ph_process_grip_check (grip, &process).verdict;
  fake_tree_free (root);
  return verdict;
}

static void
test_namespaces (void)
{
  const pid_t pid = child_new ();
  const int grip = ph_process_grip (pid);
  g_autofree char *same = g_strdup_printf ("pos:\t0\nflags:\t02000002\nPid:\t%d\nNSpid:\t%d\n", pid, pid);
  g_autofree char *other = g_strdup_printf ("pos:\t0\nflags:\t02000002\nPid:\t%d\nNSpid:\t%d\n", pid + 1, pid);

  g_assert_cmpint (check_in (grip, pid, 77, same, 77), ==, PH_VERDICT_DONE);
  g_assert_cmpint (check_in (grip, pid, 77, same, 78), ==, PH_VERDICT_ANOTHER);
  g_assert_cmpint (check_in (grip, pid, 77, same, 0), ==, PH_VERDICT_GONE);
  /* There the number is another process's, which by chance was started at the same time. */
  g_assert_cmpint (check_in (grip, pid, 77, other, 77), ==, PH_VERDICT_REFUSED);
  g_assert_cmpint (check_in (grip, pid, 77, "pos:\t0\nPid:\t-1\nNSpid:\t-1\n", 77), ==, PH_VERDICT_GONE);
  /* Nothing can be said: nothing is done. */
  g_assert_cmpint (check_in (grip, pid, 77, NULL, 77), ==, PH_VERDICT_FAILED);
  g_assert_cmpint (check_in (grip, pid, 77, "pos:\t0\n", 77), ==, PH_VERDICT_FAILED);
  g_assert_cmpint (check_in (grip, pid, 77, "pos:\t0\nPid:\tx\n", 77), ==, PH_VERDICT_FAILED);
  assert_lives (pid);
  close (grip);
  child_free (pid);
}

/* --- privilege --- */

/* What somebody else would hear; in a process of his own. */
static PhVerdict
send_as_nobody (PhDeedName name, pid_t pid, guint64 ticks)
{
  const pid_t sender = fork ();
  int status;

  if (sender == 0)
    {
      if (setresgid (NOBODY, NOBODY, NOBODY) != 0 || setresuid (NOBODY, NOBODY, NOBODY) != 0)
        _exit (200);
      prctl (PR_SET_DUMPABLE, 1); /* as after execve(2) */
      _exit (send (name, pid, ticks).verdict);
    }
  g_assert_cmpint (waitpid (sender, &status, 0), ==, sender);
  g_assert_true (WIFEXITED (status));
  return (PhVerdict) WEXITSTATUS (status);
}

static void
test_others (void)
{
  const pid_t pid = child_new ();

  if (geteuid () == 0)
    {
      g_assert_cmpint (send_as_nobody (PH_DEED_END, pid, start_of (pid)), ==, PH_VERDICT_DENIED);
      g_assert_cmpint (send_as_nobody (PH_DEED_KILL, pid, start_of (pid)), ==, PH_VERDICT_DENIED);
      g_assert_cmpint (send_as_nobody (PH_DEED_KILL, pid, start_of (pid) + 1), ==, PH_VERDICT_ANOTHER);
    }
  else
    g_test_skip ("needs to be root to become another");
  assert_lives (pid);
  child_free (pid);
}

static void
test_means (void)
{
  const PhMeans means = ph_means ();

  g_assert_cmpuint (means.uid, ==, geteuid ());
  g_assert_cmpuint (means.real_uid, ==, getuid ());
  g_assert_cmpint (means.pid, ==, getpid ());
  g_assert_true (means.has_pidfd);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/deed/end", test_end);
  g_test_add_func ("/deed/kill", test_kill);
  g_test_add_func ("/deed/try", test_try);
  g_test_add_func ("/deed/limits", test_limits);
  g_test_add_func ("/deed/start-time", test_start_time);
  g_test_add_func ("/deed/gone", test_gone);
  g_test_add_func ("/deed/thread", test_thread);
  g_test_add_func ("/deed/reuse", test_reuse);
  g_test_add_func ("/deed/namespaces", test_namespaces);
  g_test_add_func ("/deed/others", test_others);
  g_test_add_func ("/deed/means", test_means);
  return g_test_run ();
}
