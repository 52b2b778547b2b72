/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * When to tell what: news are gathered for two seconds, and told together; after an alert it is quiet for thirty. What
 * comes meanwhile is told together when that is over: a thousand new listeners are a few alerts, and none is lost.
 *
 * What came while nobody watched is an alert of its own, and the first. Times are µs of any clock that does not jump.
 */
#pragma once

#include "ph-listener.h"

#define PH_GATHER_US     (2 * G_USEC_PER_SEC)
#define PH_GATHER_GAP_US (30 * G_USEC_PER_SEC)
#define PH_GATHER_MAX    256 /* listeners kept for one alert; the rest is counted */

typedef struct
{
  GPtrArray *listeners; /* PhListener, at least one */
  guint n_more;         /* that many besides: see the Activity page */
  gboolean away;        /* they came while nobody watched */
} PhAlert;

void ph_alert_free (PhAlert *alert);

/* How many listeners it tells of. */
static inline guint
ph_alert_n (const PhAlert *alert)
{
  return alert->listeners->len + alert->n_more;
}

typedef struct _PhGather PhGather;

PhGather *ph_gather_new (void);
void ph_gather_free (PhGather *gather);

/* @news: PhListener. */
void ph_gather_add (PhGather *gather, const GPtrArray *news, gint64 now);

/* When the next alert is due; G_MAXINT64: nothing to tell. */
gint64 ph_gather_deadline (const PhGather *gather);

/* The alert that is due; NULL: none. From then on it is quiet for a while. */
PhAlert *ph_gather_take (PhGather *gather, gint64 now);

/* Nothing is told of these: alerts were switched off. */
void ph_gather_clear (PhGather *gather);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PhAlert, ph_alert_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PhGather, ph_gather_free)
