/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * time-it COMMAND...: runs it with its output thrown away and prints "SECONDS CPU_SECONDS PEAK_KIB STATUS".
 *
 * A program of its own and not a few lines of the benchmark, because a process inherits the peak memory of whoever
 * forked it, and an interpreter's is larger than what is measured here.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double
now (void)
{
  struct timespec t;

  clock_gettime (CLOCK_MONOTONIC, &t);
  return (double) t.tv_sec + (double) t.tv_nsec / 1e9;
}

static double
seconds (struct timeval t)
{
  return (double) t.tv_sec + (double) t.tv_usec / 1e6;
}

int
main (int argc, char **argv)
{
  struct rusage usage;
  double start = now ();
  int status = 0;
  pid_t pid;

  if (argc < 2)
    return 2;

  pid = fork ();
  if (pid == 0)
    {
      int null = open ("/dev/null", O_WRONLY);

      if (null >= 0 && dup2 (null, STDOUT_FILENO) >= 0)
        execvp (argv[1], argv + 1);
      perror (argv[1]);
      _exit (127);
    }
  if (pid < 0 || wait4 (pid, &status, 0, &usage) != pid)
    {
      perror ("time-it");
      return 1;
    }
  printf ("%.6f %.6f %ld %d\n", now () - start, seconds (usage.ru_utime) + seconds (usage.ru_stime), usage.ru_maxrss,
          WIFEXITED (status) ? WEXITSTATUS (status) : 128 + WTERMSIG (status));
  return 0;
}
