/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "PID (COMM) STATE PPID …". The name may hold anything, brackets, spaces and newlines too; no field after it holds a
 * bracket, so it ends at the last one. */
#include "ph-proc-stat.h"

#include <stdlib.h>
#include <string.h>

/* Field @n of proc_pid_stat(5), where @fields begins with field 3. */
static uint64_t
field (const char *fields, int n)
{
  for (int i = 3; i < n; i++)
    {
      fields = strchr (fields, ' ');
      if (fields == NULL)
        return 0;
      fields++;
    }
  return strtoull (fields, NULL, 10);
}

bool
ph_proc_stat_parse (char *text, size_t length, PhProcStat *stat)
{
  const char *open = memchr (text, '(', length);
  const char *close = memrchr (text, ')', length);

  if (open == NULL || close == NULL || close < open || text + length - close < 3)
    return false;
  text[length] = '\0';
  *stat = (PhProcStat){
    .comm = open + 1,
    .comm_length = (size_t) (close - open) - 1,
    .ppid = (int32_t) field (close + 2, 4),
    .start_ticks = field (close + 2, 22),
  };
  return true;
}
