/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What all sockets of a snapshot come to. A pure function; linear, so for many sockets call it in a worker. */
#pragma once

#include "ph-snapshot.h"

typedef struct
{
  guint sockets; /* with those that were closed a moment ago and are still shown; all else is without them */
  guint listening;
  gboolean rates_known; /* at least one socket has a rate */
  guint64 rx_rate;      /* bytes per second, over all sockets whose rate is known */
  guint64 tx_rate;
} PhSocketTotals;

/* @snapshot holds PhSocket records. */
void ph_socket_totals (const PhSnapshot *snapshot, PhSocketTotals *totals);
