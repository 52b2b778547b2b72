/* SPDX-License-Identifier: GPL-3.0-or-later */
/* So many sockets that looking through them takes a while. */
#pragma once

#include <glib.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

/* Opens up to @n; returns how many it may. */
static inline guint
crowd_open (int *fds, guint n)
{
  struct rlimit limit;
  guint i;

  g_assert_no_errno (getrlimit (RLIMIT_NOFILE, &limit));
  limit.rlim_cur = limit.rlim_max;
  setrlimit (RLIMIT_NOFILE, &limit);

  for (i = 0; i + 1 < n; i += 2)
    {
      if (socketpair (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, fds + i) != 0)
        break;
    }
  return i;
}

static inline void
crowd_close (const int *fds, guint n)
{
  for (guint i = 0; i < n; i++)
    close (fds[i]);
}
