/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How to write values for people: with names or numbers, for a window or a terminal. Passed to every formatter. */
#pragma once

#include "ph-names.h"
#include "ph-print.h"

typedef struct
{
  gboolean numeric; /* netstat -n: no names for hosts, ports and users */
  PhNames *names;   /* where names come from; NULL: numbers only. Thread-safe. */
  gboolean quiet;   /* do not note missing names as wanted: for what is not on screen, filters and exports */
  gint64 now;       /* µs, CLOCK_MONOTONIC: for ages */
  PhUnits units;    /* of amounts and rates */
} PhStyle;
