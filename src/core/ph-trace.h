/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The last few values of a rate, oldest first: what the small graph in a row is drawn from. Part of a record: the
 * linker's advance() hands it from look to look, so that it needs no place of its own and no lock.
 */
#pragma once

#include <glib.h>

#define PH_TRACE_MAX 60

typedef struct
{
  guint16 n;                 /* how many there are */
  float value[PH_TRACE_MAX]; /* per second; NAN: not known (a counter that went back, a pause in looking) */
} PhTrace;

/* @next = @last and @value after it; the oldest goes where there is no room. @last may be @next. */
void ph_trace_push (PhTrace *next, const PhTrace *last, double value);

/* The largest that is known; 0: none is. */
double ph_trace_peak (const PhTrace *trace);
