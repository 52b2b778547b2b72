/* SPDX-License-Identifier: GPL-3.0-or-later */
/* CLOCK_BOOTTIME counts suspended time too, as "starttime" does. */
#include "ph-boot-clock.h"

#include <time.h>
#include <unistd.h>

gint64
ph_boot_clock_time (guint64 start_ticks)
{
  const glong per_second = sysconf (_SC_CLK_TCK);
  struct timespec since_boot = { 0 };

  if (start_ticks == 0 || per_second <= 0 || clock_gettime (CLOCK_BOOTTIME, &since_boot) != 0)
    return 0;
  return g_get_real_time () / G_USEC_PER_SEC - since_boot.tv_sec + (gint64) (start_ticks / (guint64) per_second);
}
