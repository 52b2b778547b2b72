/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A sink that keeps every frame, for tests of what the probe gives. */
#pragma once

#include <glib.h>

#include "ph-frame.h"

typedef struct
{
  PhFrameKind kind;
  GBytes *bytes;
} LoggedFrame;

typedef struct
{
  GArray *frames; /* LoggedFrame */
} FrameLog;

static inline void
logged_frame_clear (gpointer frame)
{
  g_bytes_unref (((LoggedFrame *) frame)->bytes);
}

static inline FrameLog
frame_log_new (void)
{
  FrameLog log = { .frames = g_array_new (FALSE, FALSE, sizeof (LoggedFrame)) };

  g_array_set_clear_func (log.frames, logged_frame_clear);
  return log;
}

static inline void
frame_log_clear (FrameLog *log)
{
  g_array_unref (log->frames);
}

static inline void
frame_log_reset (FrameLog *log)
{
  g_array_set_size (log->frames, 0);
}

/* A PhSink; @user is the FrameLog. */
static inline void
frame_log_sink (void *user, PhFrameKind kind, const void *bytes, size_t length)
{
  FrameLog *log = user;
  LoggedFrame frame = { .kind = kind, .bytes = g_bytes_new (bytes, length) };

  g_array_append_val (log->frames, frame);
}

static inline guint
frame_log_count (const FrameLog *log, PhFrameKind kind)
{
  guint n = 0;

  for (guint i = 0; i < log->frames->len; i++)
    n += g_array_index (log->frames, LoggedFrame, i).kind == kind;
  return n;
}

/* The bytes of the @nth frame of @kind; fails the test where there is none. */
static inline gconstpointer
frame_log_get (const FrameLog *log, PhFrameKind kind, guint nth, gsize *length)
{
  for (guint i = 0; i < log->frames->len; i++)
    {
      const LoggedFrame *frame = &g_array_index (log->frames, LoggedFrame, i);

      if (frame->kind == kind && nth-- == 0)
        return g_bytes_get_data (frame->bytes, length);
    }
  g_error ("no such frame of kind %d", kind);
  return NULL;
}

/* All frames of @kind, one after another. */
static inline GByteArray *
frame_log_join (const FrameLog *log, PhFrameKind kind)
{
  GByteArray *all = g_byte_array_new ();

  for (guint i = 0; i < log->frames->len; i++)
    {
      const LoggedFrame *frame = &g_array_index (log->frames, LoggedFrame, i);

      if (frame->kind == kind)
        g_byte_array_append (all, g_bytes_get_data (frame->bytes, NULL), (guint) g_bytes_get_size (frame->bytes));
    }
  return all;
}

static inline PhFrameEnd
frame_log_end (const FrameLog *log)
{
  const LoggedFrame *last;
  PhFrameEnd end;

  g_assert_cmpuint (log->frames->len, >=, 2);
  g_assert_cmpint (g_array_index (log->frames, LoggedFrame, 0).kind, ==, PH_FRAME_BEGIN);
  last = &g_array_index (log->frames, LoggedFrame, log->frames->len - 1);
  g_assert_cmpint (last->kind, ==, PH_FRAME_END);
  g_assert_cmpuint (frame_log_count (log, PH_FRAME_END), ==, 1);
  g_assert_cmpuint (g_bytes_get_size (last->bytes), ==, sizeof end);
  memcpy (&end, g_bytes_get_data (last->bytes, NULL), sizeof end);
  return end;
}
