/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The facts of processes: this one's, and made-up ones whose names are out to mislead. */
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <glib.h>

#include "fake-tree.h"
#include "frame-log.h"
#include "ph-process-reader.h"

/* A frame taken apart. */
typedef struct
{
  PhFrameProcess facts;
  char *comm;
  char *exe;
  char *cmdline; /* cmdline_length bytes */
  char *cgroup;
} Process;

static char *
take (const guint8 **at, gsize length)
{
  char *copy = g_malloc0 (length + 1);

  memcpy (copy, *at, length);
  *at += length;
  return copy;
}

static Process
take_apart (gconstpointer bytes, gsize length)
{
  const guint8 *at = (const guint8 *) bytes + sizeof (PhFrameProcess);
  Process process;

  g_assert_cmpuint (length, >=, sizeof process.facts);
  memcpy (&process.facts, bytes, sizeof process.facts);
  g_assert_cmpuint (length, ==,
                    sizeof process.facts + process.facts.comm_length + process.facts.exe_length
                        + process.facts.cmdline_length + process.facts.cgroup_length);
  process.comm = take (&at, process.facts.comm_length);
  process.exe = take (&at, process.facts.exe_length);
  process.cmdline = take (&at, process.facts.cmdline_length);
  process.cgroup = take (&at, process.facts.cgroup_length);
  return process;
}

static void
process_clear (Process *process)
{
  g_free (process->comm);
  g_free (process->exe);
  g_free (process->cmdline);
  g_free (process->cgroup);
}

static Process
ask_one (guint64 pid, guint32 want)
{
  const PhRequest request = { .name = PH_REQUEST_PROCESSES, .ids = &pid, .n_ids = 1, .want = want };
  FrameLog log = frame_log_new ();
  PhAnswer answer;
  Process process;
  gconstpointer bytes;
  gsize length;

  ph_answer_init (&answer, request.name, frame_log_sink, &log, NULL);
  ph_process_reader (&request, &answer);
  g_assert_true (ph_answer_end (&answer));
  g_assert_cmpuint (log.frames->len, ==, 3);
  bytes = frame_log_get (&log, PH_FRAME_PROCESS, 0, &length);
  process = take_apart (bytes, length);
  frame_log_clear (&log);
  return process;
}

static void
test_own (void)
{
  g_autofree char *exe = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *cmdline = NULL, *cgroup = NULL;
  gsize length;
  struct stat net;
  Process self;

  g_assert_cmpint (prctl (PR_SET_NAME, "a) S (b\n c"), ==, 0);
  g_assert_true (g_file_get_contents ("/proc/self/cmdline", &cmdline, &length, NULL));
  g_assert_true (g_file_get_contents ("/proc/self/cgroup", &cgroup, NULL, NULL));
  g_assert_cmpint (stat ("/proc/self/ns/net", &net), ==, 0);

  self = ask_one ((guint64) getpid (), 0);
  g_assert_cmpint (self.facts.pid, ==, getpid ());
  g_assert_cmpint (self.facts.ppid, ==, getppid ());
  g_assert_cmpuint (self.facts.start_ticks, >, 0);
  g_assert_cmpuint (self.facts.net_ns, ==, net.st_ino);
  g_assert_cmpuint (self.facts.uid, ==, geteuid ());
  g_assert_cmpstr (self.comm, ==, "a) S (b\n c");
  g_assert_cmpstr (self.exe, ==, exe);
  g_assert_cmpmem (self.cmdline, self.facts.cmdline_length, cmdline, length);
  g_assert_cmpstr (self.cgroup, ==, cgroup);
  process_clear (&self);
}

/* The effective user, which is not the real one. */
static void
test_uid (void)
{
  Process self;

  if (geteuid () != 0)
    {
      g_test_skip ("needs to be root to become another");
      return;
    }
  g_assert_cmpint (seteuid (65534), ==, 0);
  self = ask_one ((guint64) getpid (), 0);
  g_assert_cmpint (seteuid (0), ==, 0);
  g_assert_cmpuint (self.facts.uid, ==, 65534);
  process_clear (&self);
}

static void
test_light (void)
{
  Process full = ask_one ((guint64) getpid (), 0);
  Process light = ask_one ((guint64) getpid (), PH_WANT_LIGHT);

  g_assert_cmpuint (light.facts.start_ticks, ==, full.facts.start_ticks);
  g_assert_cmpint (light.facts.pid, ==, getpid ());
  g_assert_cmpuint (light.facts.comm_length, ==, 0);
  g_assert_cmpuint (light.facts.cgroup_length, ==, 0);
  process_clear (&full);
  process_clear (&light);
}

static void
test_gone (void)
{
  const guint64 numbers[] = { (guint64) G_MAXINT32, G_MAXUINT64, (1ULL << 32) + 1 };
  const pid_t child = fork ();
  Process process;

  if (child == 0)
    _exit (0);
  waitpid (child, NULL, 0);
  for (guint want = 0; want <= PH_WANT_LIGHT; want += PH_WANT_LIGHT)
    {
      process = ask_one ((guint64) child, want);
      g_assert_cmpint (process.facts.pid, ==, child);
      g_assert_cmpuint (process.facts.start_ticks, ==, 0);
      process_clear (&process);
      for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
        {
          process = ask_one (numbers[i], want);
          g_assert_cmpuint (process.facts.start_ticks, ==, 0);
          process_clear (&process);
        }
    }
}

/* Many in one request: each is answered, in order. */
static void
test_order (void)
{
  guint64 pids[50];
  const PhRequest request = { .name = PH_REQUEST_PROCESSES, .ids = pids, .n_ids = G_N_ELEMENTS (pids) };
  FrameLog log = frame_log_new ();
  PhAnswer answer;

  for (guint i = 0; i < G_N_ELEMENTS (pids); i++)
    pids[i] = i % 3 == 0 ? (guint64) getpid () : 4000000 + i;
  ph_answer_init (&answer, request.name, frame_log_sink, &log, NULL);
  ph_process_reader (&request, &answer);
  g_assert_true (ph_answer_end (&answer));
  for (guint i = 0; i < G_N_ELEMENTS (pids); i++)
    {
      gsize length;
      const PhFrameProcess *facts = frame_log_get (&log, PH_FRAME_PROCESS, i, &length);

      g_assert_cmpint (facts->pid, ==, pids[i]);
      g_assert_cmpint (facts->start_ticks != 0, ==, i % 3 == 0);
    }
  frame_log_clear (&log);
}

#define FIELDS "S 41 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 987654321 19 20"

/* Texts of /proc/PID/stat, and the name and start that are to be read from them; start 0: it is no such text. */
static const struct
{
  const char *text;
  const char *comm;
  guint64 start;
  gint ppid;
} stats[] = {
  { "40 (plain) " FIELDS "\n", "plain", 987654321, 41 },
  { "40 () " FIELDS "\n", "", 987654321, 41 },
  { "40 (a b) c) " FIELDS "\n", "a b) c", 987654321, 41 },
  { "40 (x) S 1 1 1) " FIELDS, "x) S 1 1 1", 987654321, 41 },
  { "40 (((\n)) " FIELDS, "((\n)", 987654321, 41 },
  { "40 (\xff\xfe) " FIELDS, "\xff\xfe", 987654321, 41 },
  { "40 (aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa) " FIELDS,
    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", 987654321, 41 },
  { "40 (short) S 41", "short", 0, 41 },
  { "40 (short) ", "", 0, 0 },
  { "40 (short)", "", 0, 0 },
  { "40 )short(", "", 0, 0 },
  { "40 (never closed", "", 0, 0 },
  { "no brackets", "", 0, 0 },
  { "(", "", 0, 0 },
  { ")", "", 0, 0 },
  { "", "", 0, 0 },
};

static void
test_stat (void)
{
  char *root = fake_tree_new ();

  for (guint i = 0; i < G_N_ELEMENTS (stats); i++)
    {
      Process process;

      fake_tree_file (root, "40/stat", stats[i].text, -1);
      process = ask_one (40, 0);
      g_assert_cmpuint (process.facts.start_ticks, ==, stats[i].start);
      g_assert_cmpstr (process.comm, ==, stats[i].comm);
      g_assert_cmpint (process.facts.ppid, ==, stats[i].ppid);
      process_clear (&process);

      process = ask_one (40, PH_WANT_LIGHT);
      g_assert_cmpuint (process.facts.start_ticks, ==, stats[i].start);
      process_clear (&process);
    }
  fake_tree_free (root);
}

/* Too long, empty or odd, everything but stat. */
static void
test_strings (void)
{
  char *root = fake_tree_new ();
  g_autofree char *cmdline = g_malloc (PH_CMDLINE_MAX + 10);
  Process process;

  memset (cmdline, 'c', PH_CMDLINE_MAX + 10);
  memcpy (cmdline, "a\0\xff\x1b[2J", 7);
  fake_tree_file (root, "40/stat", "40 (x) " FIELDS, -1);
  fake_tree_file (root, "40/cmdline", cmdline, PH_CMDLINE_MAX + 10);
  fake_tree_file (root, "40/cgroup", "0::/a\nb\n", -1);
  fake_tree_file (root, "40/status", "Name:\tUid: 5 6\nUmask:\t0022\nUid:\t1000\t1001\t1002\t1003\n", -1);
  fake_tree_link (root, "40/exe", "/bin/gone (deleted)");
  process = ask_one (40, 0);
  g_assert_cmpmem (process.cmdline, process.facts.cmdline_length, cmdline, PH_CMDLINE_MAX);
  g_assert_cmpstr (process.cgroup, ==, "0::/a\nb\n");
  g_assert_cmpstr (process.exe, ==, "/bin/gone (deleted)");
  g_assert_cmpuint (process.facts.uid, ==, 1001);
  g_assert_cmpuint (process.facts.net_ns, ==, 0);
  process_clear (&process);

  fake_tree_file (root, "41/stat", "41 (y) " FIELDS, -1);
  process = ask_one (41, 0);
  g_assert_cmpuint (process.facts.start_ticks, ==, 987654321);
  g_assert_cmpuint (process.facts.exe_length, ==, 0);
  g_assert_cmpuint (process.facts.cmdline_length, ==, 0);
  g_assert_cmpuint (process.facts.cgroup_length, ==, 0);
  process_clear (&process);
  fake_tree_free (root);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/process-reader/own", test_own);
  g_test_add_func ("/process-reader/uid", test_uid);
  g_test_add_func ("/process-reader/light", test_light);
  g_test_add_func ("/process-reader/gone", test_gone);
  g_test_add_func ("/process-reader/order", test_order);
  g_test_add_func ("/process-reader/stat", test_stat);
  g_test_add_func ("/process-reader/strings", test_strings);
  return g_test_run ();
}
