/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What happened, the latest so many entries: a ring, filled by whoever notices something and read by the Activity
 * table.
 *
 * Thread-safe. Entries lie in blocks as a snapshot has them, and never change; a snapshot of the log is a reference to
 * each block, whatever its size. Where the ring is full the oldest 1,024 entries go at once: it holds never fewer than
 * its size, and at most 2,047 more.
 */
#pragma once

#include "ph-activity.h"

#define PH_ACTIVITY_LOG_SIZE 100000

typedef struct _PhActivityLog PhActivityLog;

/* @size: entries, 1 to 10,000,000; others are cut to these. */
PhActivityLog *ph_activity_log_new (guint size);
PhActivityLog *ph_activity_log_ref (PhActivityLog *log);
void ph_activity_log_unref (PhActivityLog *log);

/* Copies @entry and its strings, which must be valid UTF-8 and fit to show, and returns its number: the next one. An
 * entry that has a number greater than all before it keeps it: history that is loaded, oldest first, before all else.
 */
guint64 ph_activity_log_append (PhActivityLog *log, const PhActivity *entry);

/* A PhActivityTell; @log is the log. */
void ph_activity_log_tell (gpointer log, const PhActivity *entry);

/* Forgets all entries; numbers go on. */
void ph_activity_log_clear (PhActivityLog *log);

guint ph_activity_log_length (PhActivityLog *log);
guint64 ph_activity_log_last_number (PhActivityLog *log); /* 0: none ever */

/* Grows with everything that changes the log; what was read at the same generation is still all there is. */
guint64 ph_activity_log_generation (PhActivityLog *log);

/* Calls @tell for the entries with numbers above @after, oldest first, as they were at the time of the call; numbers
 * and strings are set. Not under a lock. Returns the number of the last, or @after. */
guint64 ph_activity_log_each (PhActivityLog *log, guint64 after, PhActivityTell tell, gpointer user);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PhActivityLog, ph_activity_log_unref)
