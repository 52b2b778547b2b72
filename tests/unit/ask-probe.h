/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One request put to the probe, and what all answers have in common. */
#pragma once

#include <string.h>

#include <glib.h>

#include "frame-log.h"
#include "ph-probe.h"

/* The answer. Free with frame_log_clear(). */
static inline FrameLog
ask (PhProbe *probe, const PhRequest *request, PhError *error)
{
  FrameLog log = frame_log_new ();
  const bool good = ph_probe_ask (probe, request, frame_log_sink, &log, NULL, error);
  const PhFrameEnd end = frame_log_end (&log);

  g_assert_cmpint (good, ==, end.code == PH_ERROR_NONE);
  g_assert_cmpint (error->code, ==, end.code);
  g_assert_cmpint (error->errnum, ==, end.errnum);
  g_assert_cmpint (error->request, ==, request->name);
  return log;
}

static inline PhFrameBegin
begin_of (const FrameLog *log, guint nth)
{
  gsize length;
  PhFrameBegin begin;
  gconstpointer bytes = frame_log_get (log, PH_FRAME_BEGIN, nth, &length);

  g_assert_cmpuint (length, ==, sizeof begin);
  memcpy (&begin, bytes, sizeof begin);
  return begin;
}

/* Data comes in the form that BEGIN promises. */
static inline void
assert_promise_kept (const FrameLog *log)
{
  PhFrameBegin begin = begin_of (log, 0);

  for (guint i = 0; i < log->frames->len; i++)
    {
      const LoggedFrame *frame = &g_array_index (log->frames, LoggedFrame, i);

      switch (frame->kind)
        {
        case PH_FRAME_BEGIN:
          memcpy (&begin, g_bytes_get_data (frame->bytes, NULL), sizeof begin);
          break;
        case PH_FRAME_NETLINK:
        case PH_FRAME_RESTART:
          g_assert_cmpint (begin.format, ==, PH_FORMAT_NETLINK);
          break;
        case PH_FRAME_LOST:
          g_assert_not_reached ();
        case PH_FRAME_TEXT:
          g_assert_cmpint (begin.format, ==, PH_FORMAT_PROC);
          break;
        case PH_FRAME_OWNERS:
        case PH_FRAME_PROCESS:
        case PH_FRAME_CGROUP:
        case PH_FRAME_NAME:
          g_assert_cmpint (begin.format, ==, PH_FORMAT_FACTS);
          break;
        case PH_FRAME_END:
          break;
        }
    }
}
