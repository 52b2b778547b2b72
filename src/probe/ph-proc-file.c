/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Text files as whole lines, see ph-proc-file.h. */
#include "ph-proc-file.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "ph-alloc.h"

const char *ph_proc_root = "/proc";

int
ph_proc_open (const char *name, int flags)
{
  char path[PATH_MAX];

  if ((size_t) snprintf (path, sizeof path, "%s/%s", ph_proc_root, name) >= sizeof path)
    {
      errno = ENAMETOOLONG;
      return -1;
    }
  return open (path, O_RDONLY | O_CLOEXEC | flags);
}

static ssize_t
read_some (int fd, char *bytes, size_t size)
{
  ssize_t n;

  do
    n = read (fd, bytes, size);
  while (n < 0 && errno == EINTR);
  return n;
}

/* Gives the whole lines among the first @fill bytes and moves what is left of the last one to the front. */
static size_t
give_whole (PhAnswer *answer, char *buffer, size_t fill)
{
  const char *newline = memrchr (buffer, '\n', fill);
  const size_t whole = newline != NULL ? (size_t) (newline - buffer) + 1 : 0;

  if (whole > 0)
    ph_answer_give (answer, PH_FRAME_TEXT, buffer, whole);
  memmove (buffer, buffer + whole, fill - whole);
  return fill - whole;
}

/* Drops the rest of a line that was cut: up to and with its newline, if that has come yet. */
static size_t
skip_rest (char *buffer, size_t fill, bool *skipping)
{
  const char *newline = memchr (buffer, '\n', fill);
  const size_t dropped = newline != NULL ? (size_t) (newline - buffer) + 1 : fill;

  *skipping = newline == NULL;
  memmove (buffer, buffer + dropped, fill - dropped);
  return fill - dropped;
}

bool
ph_proc_give_lines (int fd, PhAnswer *answer)
{
  char *buffer = ph_alloc (PH_PROC_LINE_MAX, 1);
  size_t fill = 0;
  ssize_t n = 0;
  bool skipping = false;

  while (!ph_answer_stopped (answer) && (n = read_some (fd, buffer + fill, PH_PROC_LINE_MAX - fill)) > 0)
    {
      fill += (size_t) n;
      if (skipping)
        fill = skip_rest (buffer, fill, &skipping);
      fill = give_whole (answer, buffer, fill);
      if (fill == PH_PROC_LINE_MAX)
        {
          buffer[fill - 1] = '\n';
          ph_answer_give (answer, PH_FRAME_TEXT, buffer, fill);
          skipping = true;
          fill = 0;
        }
    }
  if (n < 0)
    ph_answer_fail (answer, PH_ERROR_SYSTEM, errno);
  else if (n == 0 && fill > 0)
    ph_answer_give (answer, PH_FRAME_TEXT, buffer, fill);

  free (buffer);
  close (fd);
  return answer->error.code == PH_ERROR_NONE;
}

ssize_t
ph_proc_read (int directory, const char *name, char *bytes, size_t size)
{
  const int fd = openat (directory, name, O_RDONLY | O_CLOEXEC);
  size_t fill = 0;
  ssize_t n = -1;
  int errnum;

  if (fd < 0)
    return -1;
  while (fill < size && (n = read_some (fd, bytes + fill, size - fill)) > 0)
    fill += (size_t) n;
  errnum = errno;
  close (fd);
  errno = errnum;
  return n < 0 ? -1 : (ssize_t) fill;
}
