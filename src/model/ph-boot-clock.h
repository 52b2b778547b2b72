/* SPDX-License-Identifier: GPL-3.0-or-later */
/* When a process was started, as people tell the time. */
#pragma once

#include <glib.h>

/* @start_ticks: proc_pid_stat(5) "starttime", clock ticks since boot. Seconds since the epoch, by today's clock: where
 * that was set since, it tells what the clock would have said. 0 for 0. No file is read. */
gint64 ph_boot_clock_time (guint64 start_ticks);
