/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How a look at a table went, in words. Pure functions of a snapshot and of what its table calls things. */
#pragma once

#include "ph-snapshot.h"
#include "ph-table-words.h"

/* What went wrong with one request: "Operation not permitted". Translated; free with g_free(). */
char *ph_error_words (const PhError *error);

/* "TCP and UDP could not be read: Operation not permitted." NULL where nothing failed. @last_good: for each request
 * when it last went well (µs, CLOCK_MONOTONIC; 0: never); NULL: not known. */
char *ph_look_failures (const PhSnapshot *snapshot, const PhTableWords *words, const gint64 last_good[PH_N_REQUESTS]);

/* What this kernel does not report, what was malformed or interrupted, a line each. NULL where there is nothing to
 * say. */
char *ph_look_notes (const PhSnapshot *snapshot, const PhTableWords *words);

/* Of the requests that were asked, whether all ended in one of these ways; FALSE if none was asked. */
gboolean ph_look_all_denied (const PhSnapshot *snapshot, const PhTableWords *words);
gboolean ph_look_all_unsupported (const PhSnapshot *snapshot, const PhTableWords *words);
gboolean ph_look_any (const PhSnapshot *snapshot, const PhTableWords *words, PhLook look);
