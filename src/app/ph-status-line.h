/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The line at the bottom of a table, in words. Pure. */
#pragma once

#include "ph-print.h"
#include "ph-table-words.h"

typedef struct
{
  PhTableId table;
  gboolean loaded; /* there has been a look */
  guint count;     /* that were read */
  gboolean filtered;
  guint shown;        /* that match the filters; said only where there are filters */
  const char *totals; /* what else this table sums up, made with the functions below; NULL: nothing */

  gboolean told;      /* the kernel says when something has changed */
  guint interval_ms;  /* in force */
  gboolean stretched; /* longer than was asked for, because collecting takes long */
  gboolean paused;
  gboolean partial; /* the kernel interrupted a dump: rows may be missing or twice */
  gboolean stale;   /* some rows could not be read this time */
} PhStatusFacts;

/* "1,204 sockets, 87 shown · 12 listening · ↓ 1.2 MB/s ↑ 30 kB/s · updated every 1 s". Free with g_free(). */
char *ph_status_line (const PhStatusFacts *facts);

/* Appends one more part to such a line. */
void ph_status_append (GString *line, const char *part);
void ph_status_append_printf (GString *line, const char *format, ...) G_GNUC_PRINTF (2, 3);

/* "↓ 1.2 MB/s ↑ 30 kB/s"; bytes per second. */
void ph_status_append_rates (GString *line, guint64 rx_rate, guint64 tx_rate, PhUnits units);
