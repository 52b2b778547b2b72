/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How well the window does, measured from inside: for a benchmark, and for a report of somebody who finds it slow.
 *
 * It begins when the first rows have been drawn (or, where there are none, what is shown instead). From then on a timer
 * of 5 ms runs on the main loop, at fixed times: whenever the loop is away longer, each of the times it missed is late
 * by as much as it had to wait, and counts. So its percentiles are of time, not of the moments when the loop happened
 * to be free.
 */
#pragma once

#include "ph-window.h"

typedef struct _PhMeasure PhMeasure;

/* @json: one object, on one line. */
typedef void (*PhMeasureDone) (const char *json, gpointer user_data);

/* Of a window that has not been shown yet. Ends by calling @done once: after @seconds, or with what there is when the
 * window is closed before. Then it is gone. */
void ph_measure_start (PhWindow *window, double seconds, PhMeasureDone done, gpointer user_data);
