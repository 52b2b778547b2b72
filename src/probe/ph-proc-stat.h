/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The one line of proc_pid_stat(5), as far as it is needed. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define PH_PROC_STAT_MAX 4096 /* longer than it can be */

typedef struct
{
  const char *comm; /* in the text, not terminated: any bytes */
  size_t comm_length;
  int32_t ppid;
  uint64_t start_ticks; /* clock ticks since boot */
} PhProcStat;

/* Writes a NUL to @text[@length]. False where that is not what the text is. */
bool ph_proc_stat_parse (char *text, size_t length, PhProcStat *stat);
