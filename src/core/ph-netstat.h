/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Sockets as netstat(8) prints them: a section for the Internet families, one for Unix sockets, and in the same manner
 * those that netstat knows nothing of. Text is appended to a GString, so that the caller can write as it goes.
 *
 * What differs from netstat, because it would not be true otherwise: addresses are never cut, an IPv4-mapped address is
 * shown as such, a listener's Send-Q is the limit of its queue as in ss(8), the reference count of a Unix socket (which
 * sock_diag does not tell) is "-", several owners of one socket are "12/nginx +3", and one that is only likely is its
 * unit in parentheses.
 */
#pragma once

#include "ph-options.h"
#include "ph-socket.h"

typedef struct
{
  const PhStyle *style;
  guint64 requests; /* sections that are announced even where they are empty: those that were asked for */
  gboolean all, listening, programs;
  guint section; /* the next one that has no heading yet */
} PhNetstat;

/* @requests as in PhPlan; only @options' all, listening and programs are looked at. */
void ph_netstat_begin (PhNetstat *netstat, const PhOptions *options, guint64 requests, const PhStyle *style);

/* Sockets must come in the order of PhRequestName, as a snapshot has them. */
void ph_netstat_row (PhNetstat *netstat, const PhSocket *socket, GString *text);

/* The headings of what was asked for and did not come. */
void ph_netstat_end (PhNetstat *netstat, GString *text);
