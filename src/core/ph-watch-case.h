/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the watch remembers of one socket that listens, for as long as the socket is there. */
#pragma once

#include "ph-listener.h"

typedef struct
{
  PhSocketKey socket; /* first: a case is its own key in the table */
  guint64 number;     /* in the order in which they came */
  guint64 look;       /* number of the last look that had it */
  PhListener *listener;
  guint16 request;
  guint8 patience;  /* more looks to wait for the program */
  guint8 waits;     /* it is not judged yet */
  guint8 silent;    /* it was there at the first look ever */
  guint8 ephemeral; /* a UDP port of that range */
} PhWatchCase;

/* PhWatchCase by PhSocketKey; both belong to the table. */
GHashTable *ph_watch_cases_new (void);

/* Those that the look of this number has not seen, in the order in which they came. */
GPtrArray *ph_watch_cases_missing (GHashTable *cases, guint64 look);
