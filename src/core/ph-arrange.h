/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Which records are shown and in which order: a pure function of a snapshot, filters and sort keys, run in a worker.
 */
#pragma once

#include "ph-filter.h"
#include "ph-snapshot.h"

typedef struct
{
  const PhColumn *column;
  gboolean descending;
} PhSortKey;

typedef struct
{
  PhFilter *filters[2]; /* and-ed: the chips' and the entry's; NULL: everything */
  PhSortKey keys[4];    /* the first decides; then the record's key, always ascending */
  guint n_keys;
} PhArrangement;

/* The slots of the records that match, in order. *@n gets how many. *@stop, where not NULL, is looked at now and then
 * (with g_atomic_int_get): once true NULL is returned. Free with g_free(). Absent values come last in both directions.
 */
guint32 *ph_arrange (
    const PhSnapshot *snapshot, const PhArrangement *how, const PhFilterContext *context, const gint *stop, guint *n);
