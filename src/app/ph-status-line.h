/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The line at the bottom of the connections, in words. Pure. */
#pragma once

#include <glib.h>

typedef struct
{
  gboolean loaded; /* there has been a look */
  guint sockets;   /* that were read */
  gboolean filtered;
  guint shown; /* that match the filters; said only where there are filters */
  guint listening;

  gboolean rates_known;
  guint64 rx_rate, tx_rate; /* bytes per second, all together */

  guint interval_ms;  /* in force */
  gboolean stretched; /* longer than was asked for, because collecting takes long */
  gboolean paused;
  gboolean partial; /* the kernel interrupted a dump: rows may be missing or twice */
  gboolean stale;   /* some rows could not be read this time */
} PhStatusFacts;

/* "1,204 sockets, 87 shown · 12 listening · ↓ 1.2 MB/s ↑ 30 kB/s · updated every 1 s". Free with g_free(). */
char *ph_status_line (const PhStatusFacts *facts);
