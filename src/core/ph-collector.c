/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * First the requests whose answers are rows, then what the topic wants besides, then the link to the snapshot before.
 *
 * Records point at nothing but their snapshot until it is whole: only then it is linked, as the last step of all. So a
 * collection that is broken off leaves no trace but what was learned, which is true all the same.
 */
#include "ph-collector.h"

#include <errno.h>
#include <string.h>

#define BIT(request) (G_GUINT64_CONSTANT (1) << (request))

G_STATIC_ASSERT (PH_N_REQUESTS <= 64);

typedef enum
{
  STEP_ROWS,
  STEP_REST,
  STEP_DONE,
} Step;

struct _PhCollector
{
  const PhTopic *topic;
  gpointer state; /* the topic's */
  PhLinker *linker;

  PhPlan plan;
  PhSnapshot *snapshot; /* NULL until the first answer begins, and between collections */
  Step step;
  guint next_rows; /* PhRequestName */
  gboolean broken;
  gint64 time_us; /* the latest that was heard of */

  /* The answer that is coming in. */
  PhAsked asked; /* PH_REQUEST_NONE: none is expected */
  gboolean begun;
  guint first_record;
};

PhCollector *
ph_collector_new (const PhTopic *topic)
{
  PhCollector *collector = g_new0 (PhCollector, 1);

  collector->topic = topic;
  collector->linker = ph_linker_new (topic->schema);
  if (topic->create)
    collector->state = topic->create ();
  collector->step = STEP_DONE;
  return collector;
}

void
ph_collector_free (PhCollector *collector)
{
  if (!collector)
    return;
  ph_collector_cancel (collector);
  ph_linker_free (collector->linker);
  if (collector->topic->destroy)
    collector->topic->destroy (collector->state);
  g_free (collector);
}

void
ph_collector_cancel (PhCollector *collector)
{
  g_clear_pointer (&collector->snapshot, ph_snapshot_unref);
  collector->step = STEP_DONE;
  collector->asked.request = PH_REQUEST_NONE;
  collector->broken = TRUE;
}

void
ph_collector_begin (PhCollector *collector, const PhPlan *plan)
{
  ph_collector_cancel (collector);
  collector->plan = *plan;
  collector->step = STEP_ROWS;
  collector->next_rows = PH_REQUEST_NONE + 1;
  collector->broken = FALSE;
  if (collector->topic->begin)
    collector->topic->begin (collector->state, plan);
}

static PhSnapshot *
get_snapshot (PhCollector *collector)
{
  if (!collector->snapshot)
    collector->snapshot = ph_snapshot_new (collector->topic->schema, collector->time_us);
  return collector->snapshot;
}

static gboolean
is_rows (const PhCollector *collector, PhRequestName request)
{
  return (collector->topic->requests & BIT (request)) != 0;
}

/* --- what to ask --- */

static gboolean
want_rows (PhCollector *collector, PhRequest *request)
{
  guint64 wanted = collector->plan.requests & collector->topic->requests;

  for (; collector->next_rows < PH_N_REQUESTS; collector->next_rows++)
    if (wanted & BIT (collector->next_rows))
      {
        *request = (PhRequest){ .name = (PhRequestName) collector->next_rows++,
                                .want = collector->plan.want & collector->topic->want };
        return TRUE;
      }
  return FALSE;
}

static gboolean
want_rest (PhCollector *collector, PhRequest *request)
{
  const PhTopic *topic = collector->topic;

  return topic->next && topic->next (collector->state, get_snapshot (collector), collector->time_us, request);
}

static void
end_rows (PhCollector *collector, const PhFrameEnd *end)
{
  PhSnapshot *snapshot = get_snapshot (collector);
  PhRequestName request = collector->asked.request;
  PhLookResult *result = ph_snapshot_edit_look (snapshot, request);

  if (end->code == PH_ERROR_NONE)
    result->look = end->flags & PH_END_PARTIAL ? PH_LOOK_PARTIAL : PH_LOOK_GOOD;
  else
    {
      result->look = end->code == PH_ERROR_UNSUPPORTED ? PH_LOOK_UNSUPPORTED : PH_LOOK_FAILED;
      result->error = (PhError){ .code = end->code, .errnum = end->errnum, .request = (guint16) request };
      if (collector->begun)
        ph_snapshot_truncate (snapshot, collector->first_record);
    }
}

/* An answer that stopped short: the one who asks gave up, or the other side is gone. */
static void
end_missing (PhCollector *collector)
{
  static const PhFrameEnd cut = { .code = PH_ERROR_TRUNCATED };

  if (collector->asked.request == PH_REQUEST_NONE)
    return;
  if (is_rows (collector, collector->asked.request))
    end_rows (collector, &cut);
  collector->asked.request = PH_REQUEST_NONE;
}

gboolean
ph_collector_next (PhCollector *collector, PhRequest *request)
{
  end_missing (collector);
  if (collector->broken)
    return FALSE;

  if (collector->step == STEP_ROWS && !want_rows (collector, request))
    collector->step = STEP_REST;
  if (collector->step == STEP_REST && !want_rest (collector, request))
    collector->step = STEP_DONE;
  if (collector->step == STEP_DONE)
    return FALSE;

  collector->asked = (PhAsked){ .request = request->name, .want = request->want };
  collector->begun = FALSE;
  return TRUE;
}

/* --- what is answered --- */

static gboolean
take_begin (PhCollector *collector, const void *bytes, gsize length)
{
  PhFrameBegin begin;

  if (length != sizeof begin)
    return FALSE;
  memcpy (&begin, bytes, sizeof begin);
  if (begin.request != collector->asked.request)
    return FALSE;
  collector->time_us = MAX (collector->time_us, begin.time_us);
  collector->asked.part = begin.part;
  collector->asked.format = begin.format;
  collector->asked.time_us = collector->time_us;
  if (!collector->begun)
    collector->first_record = ph_snapshot_n_records (get_snapshot (collector));
  collector->begun = TRUE;
  return TRUE;
}

static void
take_rows (PhCollector *collector, PhFrameKind kind, const void *bytes, gsize length)
{
  PhSnapshot *snapshot = collector->snapshot;

  if ((kind == PH_FRAME_BEGIN || kind == PH_FRAME_RESTART) && collector->topic->begin_answer)
    collector->topic->begin_answer (collector->state, snapshot, &collector->asked);
  switch (kind)
    {
    case PH_FRAME_NETLINK:
    case PH_FRAME_TEXT:
      collector->topic->decode (collector->state, snapshot, &collector->asked, kind, bytes, length);
      break;
    case PH_FRAME_RESTART:
      ph_snapshot_truncate (snapshot, collector->first_record);
      ph_snapshot_edit_look (snapshot, collector->asked.request)->malformed = 0;
      break;
    default:
      break;
    }
}

static void
take_end (PhCollector *collector, const void *bytes, gsize length)
{
  PhFrameEnd end;

  if (length != sizeof end)
    return;
  memcpy (&end, bytes, sizeof end);
  if (end.code != PH_ERROR_NONE && end.errnum == ECANCELED)
    collector->broken = TRUE;
  if (is_rows (collector, collector->asked.request))
    end_rows (collector, &end);
  collector->asked.request = PH_REQUEST_NONE;
}

void
ph_collector_sink (void *user, PhFrameKind kind, const void *bytes, size_t length)
{
  PhCollector *collector = user;
  const PhTopic *topic = collector->topic;

  if (collector->asked.request == PH_REQUEST_NONE)
    return; /* nobody asked */
  if (kind == PH_FRAME_BEGIN && !take_begin (collector, bytes, length))
    return;
  if (!collector->begun)
    return;

  if (is_rows (collector, collector->asked.request))
    take_rows (collector, kind, bytes, length);
  else if (topic->take)
    topic->take (collector->state, collector->snapshot, &collector->asked, kind, bytes, length);
  if (kind == PH_FRAME_END)
    take_end (collector, bytes, length);
}

/* --- the result --- */

PhSnapshot *
ph_collector_end (PhCollector *collector)
{
  const PhTopic *topic = collector->topic;
  PhSnapshot *snapshot;

  if (collector->broken || collector->step != STEP_DONE)
    {
      ph_collector_cancel (collector);
      return NULL;
    }
  if (topic->look)
    {
      ph_collector_cancel (collector); /* until the next begin */
      return topic->look (collector->state, &collector->plan);
    }
  snapshot = get_snapshot (collector);
  if (topic->finish)
    topic->finish (collector->state, snapshot);
  ph_linker_set_marks (collector->linker, collector->plan.mark_new_us, collector->plan.keep_closed_us);
  ph_linker_link (collector->linker, snapshot);
  if (topic->settle)
    topic->settle (collector->state, snapshot);
  collector->broken = TRUE; /* until the next begin */
  return g_steal_pointer (&collector->snapshot);
}

gint64
ph_collector_owners_us (const PhCollector *collector)
{
  return collector->topic->owners_us ? collector->topic->owners_us (collector->state) : 0;
}
