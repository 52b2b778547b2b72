/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the counters come to, in a few sentences: only those are said whose counters have risen since the mark, the most
 * severe first. A pure function of a snapshot.
 */
#pragma once

#include "ph-counter.h"

#define PH_COUNTER_SUMMARY_MAX 6

typedef struct
{
  PhCounterSeverity severity;
  char *text; /* translated, valid UTF-8, no markup */
} PhCounterSentence;

void ph_counter_sentence_free (PhCounterSentence *sentence);

/* PhCounterSentence, at least one and at most PH_COUNTER_SUMMARY_MAX: where nothing is to be told, that. Free with
 * g_ptr_array_unref(). @marked: there is a mark; without one all is counted since the computer was started. */
GPtrArray *ph_counter_summary (const PhSnapshot *snapshot, gboolean marked);
