/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A collection whose questions are answered from tests/fixtures: by the capture that has the request's name, for each
 * request is recorded in one of its own. */
#pragma once

#include <errno.h>
#include <string.h>

#include "capture.h"
#include "ph-collector.h"

#define RECORDED_BIT(request) (G_GUINT64_CONSTANT (1) << (request))

static inline void
recorded_fail (PhCollector *collector, PhRequestName request, gint64 time_us)
{
  const PhFrameBegin begin = { .request = (guint16) request, .time_us = time_us };
  const PhFrameEnd end = { .code = PH_ERROR_KERNEL, .errnum = EBUSY };

  ph_collector_sink (collector, PH_FRAME_BEGIN, &begin, sizeof begin);
  ph_collector_sink (collector, PH_FRAME_END, &end, sizeof end);
}

/* Plays a capture as if it had been made at @time_us. */
static inline void
recorded_play (PhCollector *collector, const char *name, gint64 time_us)
{
  gsize length, n, offset = 0;
  g_autofree guint8 *bytes = capture_load (name, &length);
  const guint8 *payload;
  PhFrameKind kind;

  while (ph_capture_next (bytes, length, &offset, &kind, &payload, &n))
    {
      PhFrameBegin begin;

      if (kind != PH_FRAME_BEGIN)
        {
          ph_collector_sink (collector, kind, payload, n);
          continue;
        }
      memcpy (&begin, payload, sizeof begin);
      begin.time_us = time_us;
      ph_collector_sink (collector, kind, &begin, sizeof begin);
    }
}

/* One look at @time_us. Requests whose bit is in @failing are refused; @asked, if given, gets the bits of those asked.
 */
static inline PhSnapshot *
recorded_collect (PhCollector *collector, gint64 time_us, guint64 failing, guint64 *asked)
{
  const PhPlan plan = { .requests = PH_PLAN_ALL };
  guint64 seen = 0;
  PhRequest request;

  ph_collector_begin (collector, &plan);
  while (ph_collector_next (collector, &request))
    {
      g_assert_cmpuint (seen & RECORDED_BIT (request.name), ==, 0);
      seen |= RECORDED_BIT (request.name);
      if (failing & RECORDED_BIT (request.name))
        recorded_fail (collector, request.name, time_us);
      else
        recorded_play (collector, ph_request_name (request.name), time_us);
    }
  if (asked)
    *asked = seen;
  return ph_collector_end (collector);
}
