/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is asked about a PID that somebody looks up, for a snapshot knows only processes that have a socket. */
#pragma once

#include "ph-frame.h"
#include "ph-process.h"
#include "ph-request.h"

typedef struct
{
  gboolean asked;     /* and answered */
  PhProcess *process; /* that has the PID; NULL: there is none, or none that may be seen */
  PhProcess *self;    /* this program: its user and network namespace; NULL: not known */
  gboolean partial;   /* not all processes may be seen: hidepid of proc(5) */

  guint64 ids[3];
  guint n_frames;
} PhLookupFacts;

/* Zeroed @facts → the request, whose array is in @facts. */
void ph_lookup_facts_ask (PhLookupFacts *facts, gint32 pid, PhRequest *request);

/* A PhSink; @user is the PhLookupFacts. */
void ph_lookup_facts_sink (void *user, PhFrameKind kind, const void *bytes, size_t length);

void ph_lookup_facts_clear (PhLookupFacts *facts);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PhLookupFacts, ph_lookup_facts_clear)
