/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The facts of single processes, see ph-process-reader.h.
 *
 * All files of a process are opened relative to its directory, which stays that of the same process even when its
 * number is given to another one: then they can no longer be opened, and the process counts as gone.
 */
#include "ph-process-reader.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "ph-alloc.h"
#include "ph-proc-file.h"
#include "ph-proc-stat.h"

#define COMM_MAX   64 /* a kernel thread's may be longer than TASK_COMM_LEN */
#define CGROUP_MAX 16384
#define STATUS_MAX 4096

typedef struct
{
  PhFrameProcess facts;
  char strings[COMM_MAX + PATH_MAX + PH_CMDLINE_MAX + CGROUP_MAX];
} ProcessFrame;

static bool
is_denied (int errnum)
{
  return errnum == EACCES || errnum == EPERM;
}

static bool
read_stat (int directory, const char *name, ProcessFrame *frame)
{
  char text[PH_PROC_STAT_MAX + 1];
  const ssize_t n = ph_proc_read (directory, name, text, PH_PROC_STAT_MAX);
  PhProcStat stat;

  if (n <= 0 || !ph_proc_stat_parse (text, (size_t) n, &stat))
    return false;
  if (stat.comm_length > COMM_MAX)
    stat.comm_length = COMM_MAX;
  memcpy (frame->strings, stat.comm, stat.comm_length);
  frame->facts.comm_length = (uint16_t) stat.comm_length;
  frame->facts.ppid = stat.ppid;
  frame->facts.start_ticks = stat.start_ticks;
  return true;
}

/* "Uid:", then the real, effective, saved and file system's. The name that comes before it in the file has its
 * newlines escaped by the kernel. */
static uint32_t
read_uid (int directory)
{
  char text[STATUS_MAX + 1];
  const ssize_t n = ph_proc_read (directory, "status", text, STATUS_MAX);
  const char *line;
  char *end;

  text[n > 0 ? n : 0] = '\0';
  line = strstr (text, "\nUid:");
  if (line == NULL)
    return UINT32_MAX;
  strtoul (line + 5, &end, 10);
  return (uint32_t) strtoul (end, NULL, 10);
}

static void
read_facts (int directory, ProcessFrame *frame)
{
  PhFrameProcess *facts = &frame->facts;
  char *at = frame->strings + facts->comm_length;
  struct stat net;
  ssize_t n;

  n = readlinkat (directory, "exe", at, PATH_MAX);
  facts->exe_length = n > 0 ? (uint16_t) n : 0;
  at += facts->exe_length;

  n = ph_proc_read (directory, "cmdline", at, PH_CMDLINE_MAX);
  facts->cmdline_length = n > 0 ? (uint32_t) n : 0;
  at += facts->cmdline_length;

  n = ph_proc_read (directory, "cgroup", at, CGROUP_MAX);
  facts->cgroup_length = n > 0 ? (uint32_t) n : 0;

  facts->uid = read_uid (directory);
  facts->net_ns = fstatat (directory, "ns/net", &net, 0) == 0 ? net.st_ino : 0;
}

static size_t
frame_length (const PhFrameProcess *facts)
{
  return sizeof *facts + facts->comm_length + facts->exe_length + facts->cmdline_length + facts->cgroup_length;
}

static void
read_light (int proc, int32_t pid, ProcessFrame *frame, PhAnswer *answer)
{
  char name[32];

  snprintf (name, sizeof name, "%d/stat", pid);
  if (!read_stat (proc, name, frame) && is_denied (errno))
    answer->flags |= PH_END_DENIED;
  frame->facts.comm_length = 0;
  frame->facts.ppid = 0;
}

static void
read_full (int proc, int32_t pid, ProcessFrame *frame, PhAnswer *answer)
{
  char name[32];
  int directory;

  snprintf (name, sizeof name, "%d", pid);
  directory = openat (proc, name, O_PATH | O_DIRECTORY | O_CLOEXEC);
  if (directory >= 0 && read_stat (directory, "stat", frame))
    read_facts (directory, frame);
  else if (is_denied (errno))
    answer->flags |= PH_END_DENIED;
  if (directory >= 0)
    close (directory);
}

void
ph_process_reader (const PhRequest *request, PhAnswer *answer)
{
  ProcessFrame *frame = ph_alloc (1, sizeof *frame);
  const int proc = ph_proc_open (".", O_DIRECTORY);

  ph_answer_begin (answer, PH_FORMAT_FACTS, 0);
  if (proc < 0)
    ph_answer_fail (answer, PH_ERROR_SYSTEM, errno);
  for (size_t i = 0; proc >= 0 && i < request->n_ids && !ph_answer_stopped (answer); i++)
    {
      int32_t pid = request->ids[i] <= INT32_MAX ? (int32_t) request->ids[i] : 0;

      if (request->ids[i] == 0)
        pid = getpid ();
      errno = 0;
      frame->facts = (PhFrameProcess){ .pid = pid };
      if (request->want & PH_WANT_LIGHT)
        read_light (proc, pid, frame, answer);
      else
        read_full (proc, pid, frame, answer);
      ph_answer_give (answer, PH_FRAME_PROCESS, frame, frame_length (&frame->facts));
    }
  if (proc >= 0)
    close (proc);
  free (frame);
}
