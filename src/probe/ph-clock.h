/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The time by which frames are stamped and waits are bounded: CLOCK_MONOTONIC in microseconds. */
#pragma once

#include <stdint.h>
#include <time.h>

static inline int64_t
ph_clock_us (void)
{
  struct timespec now;

  clock_gettime (CLOCK_MONOTONIC, &now);
  return (int64_t) now.tv_sec * 1000000 + now.tv_nsec / 1000;
}
