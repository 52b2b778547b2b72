/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two of the files that proc(5) describes, and a clock. The files are the kernel's own memory: reading them does not
 * wait. */
#include "ph-own-process.h"

#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define START_FIELD 22 /* of /proc/PID/stat, the first being 1 */

static gint64
clock_us (clockid_t clock)
{
  struct timespec t = { 0 };

  clock_gettime (clock, &t);
  return t.tv_sec * G_USEC_PER_SEC + t.tv_nsec / 1000;
}

gint64
ph_own_process_start (void)
{
  g_autofree char *text = NULL;
  const char *at;
  gint64 ticks, since_boot;

  /* The name is in parentheses and may hold anything: fields are counted from behind it, where the third begins. */
  if (!g_file_get_contents ("/proc/self/stat", &text, NULL, NULL) || !(at = strrchr (text, ')')))
    return 0;
  for (guint field = 2; field < START_FIELD; field++)
    if (!(at = strchr (at + 1, ' ')))
      return 0;
  ticks = g_ascii_strtoll (at, NULL, 10);
  since_boot = (gint64) ((double) ticks / sysconf (_SC_CLK_TCK) * G_USEC_PER_SEC);
  return g_get_monotonic_time () - (clock_us (CLOCK_BOOTTIME) - since_boot);
}

guint64
ph_own_process_resident (void)
{
  g_autofree char *text = NULL;
  unsigned long total, resident;

  if (!g_file_get_contents ("/proc/self/statm", &text, NULL, NULL) || sscanf (text, "%lu %lu", &total, &resident) != 2)
    return 0;
  return (guint64) resident * sysconf (_SC_PAGESIZE);
}

gint64
ph_own_process_cpu (void)
{
  return clock_us (CLOCK_PROCESS_CPUTIME_ID);
}
