/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Durations, all of them kept, and what is said of them. Pure. */
#pragma once

#include <glib.h>

typedef struct
{
  GArray *times; /* of gint64, µs, in no order */
} PhSamples;

void ph_samples_init (PhSamples *self);
void ph_samples_clear (PhSamples *self);

void ph_samples_add (PhSamples *self, gint64 us);

/* The smallest sample that at least @percent of all do not exceed (the nearest rank: no value that was not measured); 0
 * where there is none. */
gint64 ph_samples_percentile (PhSamples *self, guint percent);

/* Milliseconds as a JSON object: {"p50": 1.234, "p99": 5.6, "max": 7.8}. */
void ph_samples_append_json (PhSamples *self, GString *json);

/* @us in milliseconds as a JSON number. */
void ph_samples_append_ms (gint64 us, GString *json);
