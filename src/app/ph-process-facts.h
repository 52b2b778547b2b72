/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The facts about the process that has a socket, and about what it belongs to. */
#pragma once

#include "ph-facts.h"
#include "ph-socket-inquiry.h"

/* @process: of the owners that which is looked at; NULL: none is known, and why is said. @report: what was asked about
 * it; NULL: nothing yet. @now_s: seconds since 1970. */
void ph_process_facts_show (
    PhFacts *facts, const PhSocket *socket, const PhProcess *process, const PhSocketReport *report, gint64 now_s);

/* "firefox (4242) ‹ bash (100) ‹ systemd (1)": the process, its parent and so on. Free with g_free(). */
char *ph_lineage_dup_words (const PhSocketReport *report);

/* "Wed 25 Nov 2026 22:10:03, 3 h ago". Free with g_free(). */
char *ph_started_dup_words (gint64 started_s, gint64 now_s);

/* The slice of a control group: "system.slice"; NULL: it is in none. Free with g_free(). */
char *ph_unit_dup_slice (const PhUnit *unit);
