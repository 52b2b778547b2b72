/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Hold, check, signal, in this order: see ph-process-grip.h. */
#include "ph-process-grip.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "ph-proc-file.h"
#include "ph-proc-stat.h"

/* The same on every architecture; the C library may be older than the kernel. */
#ifndef SYS_pidfd_send_signal
#define SYS_pidfd_send_signal 424
#endif
#ifndef SYS_pidfd_open
#define SYS_pidfd_open 434
#endif

#define FDINFO_MAX 1024

int
ph_process_grip (int32_t pid)
{
  return (int) syscall (SYS_pidfd_open, pid, 0);
}

static PhOutcome
outcome (PhVerdict verdict, int errnum)
{
  return (PhOutcome){ .verdict = verdict, .errnum = errnum };
}

/*
 * "Pid:", in the file that proc(5) has for every descriptor: the number of the process that is held, in the PID
 * namespace which this /proc shows. That may be another than ours (a container that was given the host's /proc), and
 * then the numbers that people see there are not the ones that pidfd_open(2) takes. -1: it has ended; 0: not told.
 */
static int32_t
held_pid (int proc, int grip)
{
  char name[64], text[FDINFO_MAX + 1];
  const char *line;
  ssize_t n;

  snprintf (name, sizeof name, "self/fdinfo/%d", grip);
  n = ph_proc_read (proc, name, text, FDINFO_MAX);
  text[n > 0 ? n : 0] = '\0';
  line = strstr (text, "\nPid:");
  return line != NULL ? (int32_t) strtol (line + 5, NULL, 10) : 0;
}

/* 0: there is no such process any more. */
static uint64_t
start_ticks (int proc, int32_t pid)
{
  char name[32], text[PH_PROC_STAT_MAX + 1];
  PhProcStat stat;
  ssize_t n;

  snprintf (name, sizeof name, "%d/stat", pid);
  n = ph_proc_read (proc, name, text, PH_PROC_STAT_MAX);
  return n > 0 && ph_proc_stat_parse (text, (size_t) n, &stat) ? stat.start_ticks : 0;
}

/* A process that has ended and has not been waited for keeps its PID, and would swallow signals. */
static bool
has_ended (int grip)
{
  struct pollfd poll_grip = { .fd = grip, .events = POLLIN };

  return poll (&poll_grip, 1, 0) == 1;
}

static PhOutcome
check (int proc, int grip, const PhDeedProcess *process)
{
  const int32_t pid = held_pid (proc, grip);
  const uint64_t ticks = start_ticks (proc, process->pid);

  if (pid == 0)
    return outcome (PH_VERDICT_FAILED, EIO);
  if (pid > 0 && pid != process->pid)
    return outcome (PH_VERDICT_REFUSED, EXDEV);
  if (ticks != 0 && ticks != process->start_ticks)
    return outcome (PH_VERDICT_ANOTHER, 0);
  if (pid < 0 || ticks == 0 || has_ended (grip))
    return outcome (PH_VERDICT_GONE, ESRCH);
  return outcome (PH_VERDICT_DONE, 0);
}

PhOutcome
ph_process_grip_check (int grip, const PhDeedProcess *process)
{
  const int proc = ph_proc_open (".", O_DIRECTORY);
  PhOutcome result;

  if (proc < 0)
    return outcome (PH_VERDICT_FAILED, errno);
  result = check (proc, grip, process);
  close (proc);
  return result;
}

PhOutcome
ph_process_grip_signal (int grip, int signal)
{
  if (syscall (SYS_pidfd_send_signal, grip, signal, NULL, 0) == 0)
    return outcome (PH_VERDICT_DONE, 0);
  switch (errno)
    {
    case ESRCH:
      return outcome (PH_VERDICT_GONE, errno);
    case EPERM:
    case EACCES: /* a security module */
      return outcome (PH_VERDICT_DENIED, errno);
    case ENOSYS:
      return outcome (PH_VERDICT_UNSUPPORTED, errno);
    default:
      return outcome (PH_VERDICT_FAILED, errno);
    }
}
