/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the kernel says of this very process; for measuring. See proc(5). */
#pragma once

#include <glib.h>

/* Since when it runs, µs of g_get_monotonic_time(), to a clock tick (10 ms); 0: not known. */
gint64 ph_own_process_start (void);

/* Memory resident now, bytes; 0: not known. */
guint64 ph_own_process_resident (void);

/* Processor time of all its threads, µs. */
gint64 ph_own_process_cpu (void);
