/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Making text from outside fit to show: in a label, a terminal, a file.
 *
 * Process names, paths and cgroup names are bytes that anybody may choose. What is fit: valid UTF-8 (RFC 3629) without
 * anything that acts instead of being seen: C0, DEL and C1 controls (terminals obey them), line and paragraph
 * separators, and the bidirectional embeddings, overrides and isolates of UAX #9 (they make a name read as another).
 */
#pragma once

#include <glib.h>

/* How many of the first bytes are fit as they are; never cuts a character. @length: all of it is fit. */
gsize ph_text_fit (const char *bytes, gsize length);

/* Appends @bytes to @text, fit to show. Controls below U+0080 and bytes that are no UTF-8 become \xNN, other characters
 * that act become \u{NNNN}, so that nothing is lost. A backslash stays as it is: the result is to be read by people, it
 * cannot be turned back. At most 8 bytes come of one. */
void ph_text_sanitize (const char *bytes, gsize length, GString *text);

/* For a sentence, from text that is fit already. What is not plain ASCII may be written from right to left, and is
 * isolated (UAX #9), so that the rest of the sentence stays where it is. Free with g_free(). */
char *ph_text_isolate (const char *text);

/* The same of at most @max characters: the middle goes, because both ends of a path tell something. */
char *ph_text_present (const char *text, glong max);
