/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Time that this thread has worked, in microseconds: a busy machine does not make it longer. */
#pragma once

#include <glib.h>
#include <time.h>

static inline gint64
cpu_time (void)
{
  struct timespec time;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &time);
  return time.tv_sec * G_USEC_PER_SEC + time.tv_nsec / 1000;
}
