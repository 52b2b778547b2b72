/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * bare-walk: the least that any program must do to learn who holds which socket: list /proc/PID/fd of every process and
 * read each link, on one thread. Prints "SOCKETS MILLISECONDS". A yardstick for the benchmark.
 */
#include <ctype.h>
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static double
now_ms (void)
{
  struct timespec now;

  clock_gettime (CLOCK_MONOTONIC, &now);
  return (double) now.tv_sec * 1e3 + (double) now.tv_nsec / 1e6;
}

static size_t
walk (int fd)
{
  DIR *directory = fdopendir (fd);
  const struct dirent *entry;
  size_t count = 0;

  if (directory == NULL)
    return 0;
  while ((entry = readdir (directory)) != NULL)
    {
      char link[64];
      const ssize_t n = readlinkat (fd, entry->d_name, link, sizeof link);

      count += n > 8 && memcmp (link, "socket:[", 8) == 0;
    }
  closedir (directory);
  return count;
}

int
main (void)
{
  const double start = now_ms ();
  DIR *proc = opendir ("/proc");
  const struct dirent *entry;
  size_t count = 0;

  if (proc == NULL)
    {
      perror ("/proc");
      return 1;
    }
  while ((entry = readdir (proc)) != NULL)
    {
      char name[300];
      int fd;

      if (!isdigit ((unsigned char) entry->d_name[0]))
        continue;
      snprintf (name, sizeof name, "%s/fd", entry->d_name);
      fd = openat (dirfd (proc), name, O_RDONLY | O_DIRECTORY);
      if (fd >= 0)
        count += walk (fd);
    }
  closedir (proc);
  printf ("%zu %.3f\n", count, now_ms () - start);
  return 0;
}
