/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An entry of the log in one line: "Port opened: tcp 0.0.0.0:8000, every address, by python3 (1234)". */
#pragma once

#include "ph-activity.h"
#include "ph-style.h"

/* What happened, to whom, how it went: without the time. No newline, no markup. Appended. */
void ph_activity_words (const PhActivity *entry, const PhStyle *style, GString *text);

/* The same as a line of text, with the local time before it and a newline behind. */
void ph_activity_line (const PhActivity *entry, const PhStyle *style, GString *text);

/* "2026-11-25 19:20:19": local time. Appended. */
void ph_activity_print_time (gint64 time_us, GString *text);
