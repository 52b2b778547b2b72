/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Every counter of an interface: what the kernel calls it, where netstat -i shows it, what it means, and whether a rise
 * is bad.
 *
 * Meanings are after linux/if_link.h (struct rtnl_link_stats64) and the kernel's
 * Documentation/networking/statistics.rst; which of them /proc/net/dev, and so netstat, adds up is in
 * net/core/net-procfs.c, dev_seq_printf_stats().
 */
#pragma once

#include "ph-counter-meaning.h"
#include "ph-link.h"

/* How a counter comes into the column that PhLinkCounter.column names. */
typedef enum
{
  PH_LINK_COUNTER_ALONE = 0, /* it is that column; or there is none */
  PH_LINK_COUNTER_ADDED,     /* the column is the sum of those that say this */
  PH_LINK_COUNTER_INSIDE,    /* a driver has counted it in what the column shows, too */
} PhLinkCounterPart;

typedef struct
{
  const char *id;      /* the kernel's name, as in /sys/class/net/IF/statistics: "rx_missed_errors" */
  const char *title;   /* N_(): a few words */
  const char *meaning; /* N_(): a plain sentence or two */
  const char *column;  /* id of a column of ph_link_schema; NULL: no column shows it */
  guint8 part;         /* PhLinkCounterPart */
  guint8 severity;     /* PhCounterSeverity of a rise */
  gsize offset;        /* in PhLinkStats */
} PhLinkCounter;

#define PH_N_LINK_COUNTERS (sizeof (PhLinkStats) / sizeof (guint64))

/* In the order in which the details show them: traffic, then what went wrong, receiving before sending. */
extern const PhLinkCounter ph_link_counters[PH_N_LINK_COUNTERS];

static inline guint64
ph_link_counter_value (const PhLinkCounter *counter, const PhLinkStats *stats)
{
  return *(const guint64 *) (gconstpointer) ((const guint8 *) stats + counter->offset);
}
