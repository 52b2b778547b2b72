/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A PhEventReader at work, and what it has heard. */
#pragma once

#include <stdatomic.h>
#include <unistd.h>

#include "loop.h"
#include "ph-event-reader.h"
#include "short-connection.h"

typedef struct
{
  PhEventReader *reader;
  guint n_told; /* the main loop's */

  /* What is heard, in the thread. */
  atomic_uint n_routing;
  atomic_uint n_destroyed;
  atomic_uint n_lost;
  atomic_int thread;   /* its number */
  atomic_bool stalled; /* it is to wait */
  GArray *ends;        /* ShortConnectionEnd; the thread's while there is one */
} EventStage;

/* A PhEventFunc. */
static inline void
event_stage_hear (gpointer user, guint kinds, PhFrameKind kind, gconstpointer bytes, gsize length)
{
  EventStage *stage = user;

  atomic_store (&stage->thread, gettid ());
  while (atomic_load (&stage->stalled))
    g_usleep (1000);
  if (kind == PH_FRAME_LOST)
    stage->n_lost++;
  else if (kinds != PH_EVENT_DESTROYED)
    stage->n_routing++;
  else
    {
      ShortConnectionEnd end;

      g_assert_cmpint (kind, ==, PH_FRAME_NETLINK);
      short_connection_decode (bytes, &end);
      g_array_append_val (stage->ends, end);
      stage->n_destroyed++;
    }
}

static inline void
event_stage_on_received (PhEventReader *reader, EventStage *stage)
{
  stage->n_told++;
}

static inline void
event_stage_start (EventStage *stage)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (ph_event_reader_set_active (stage->reader, TRUE, &error));
  g_assert_no_error (error);
}

static inline void
event_stage_stop (EventStage *stage)
{
  g_assert_true (ph_event_reader_set_active (stage->reader, FALSE, NULL));
}

static inline void
event_stage_set_up (EventStage *stage, gconstpointer kinds)
{
  stage->ends = g_array_new (FALSE, FALSE, sizeof (ShortConnectionEnd));
  stage->reader = ph_event_reader_new (GPOINTER_TO_UINT (kinds), event_stage_hear, stage, NULL);
  g_signal_connect (stage->reader, "received", G_CALLBACK (event_stage_on_received), stage);
  event_stage_start (stage);
}

static inline void
event_stage_tear_down (EventStage *stage, gconstpointer kinds)
{
  g_clear_object (&stage->reader);
  g_clear_pointer (&stage->ends, g_array_unref);
  g_assert_true (loop_is_asleep ());
}
