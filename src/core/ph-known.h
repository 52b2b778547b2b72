/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What has been seen listening, and what is not to be told of. A value: reference-counted and immutable, safe to share
 * between threads; every change gives another one. What stays the same is shared, and where nothing changes the result
 * is the same set with one more reference, so that comparing pointers tells whether there is something to save.
 *
 * Times are seconds since 1970 by the wall clock.
 */
#pragma once

#include "ph-listener.h"
#include "ph-mute.h"

typedef struct _PhKnown PhKnown;

typedef struct
{
  const PhListenerKey *key;
  gint64 first_seen;
  gint64 last_seen; /* a little older than the truth: see PH_KNOWN_FRESH_S */
} PhKnownEntry;

#define PH_KNOWN_MAX       4096               /* entries; then those that were not seen for the longest time go */
#define PH_KNOWN_MUTES_MAX 1024               /* more are not taken */
#define PH_KNOWN_TEXT_MAX  (32 * 1024 * 1024) /* bytes of a file */
#define PH_KNOWN_FRESH_S                                                                                               \
  3600 /* last_seen is not renewed before it is that old: the file is not written all the time                         \
        */

PhKnown *ph_known_new (void);
PhKnown *ph_known_ref (const PhKnown *known);
void ph_known_unref (PhKnown *known);

/* --- listeners --- */

/* In the order of ph_listener_key_compare(). */
guint ph_known_n_entries (const PhKnown *known);
const PhKnownEntry *ph_known_entry (const PhKnown *known, guint index);
const PhKnownEntry *ph_known_find (const PhKnown *known, const PhListenerKey *key); /* NULL: not known */

/* Seen now: these are added, or their last_seen renewed where it is due. @keys: PhListenerKey, may have the same one
 * twice. */
PhKnown *ph_known_learn (const PhKnown *known, const GPtrArray *keys, gint64 now);

/* Told again when it is next opened. */
PhKnown *ph_known_remove (const PhKnown *known, const PhListenerKey *key);

/* Without what was last seen before @time. */
PhKnown *ph_known_forget (const PhKnown *known, gint64 time);

/* --- rules --- */

guint ph_known_n_mutes (const PhKnown *known);
const PhMute *ph_known_mute (const PhKnown *known, guint index); /* in the order in which they were made */
gboolean ph_known_is_muted (const PhKnown *known, const PhListenerKey *key);

/* @without is taken out, @with put in its place or at the end; either may be NULL. One that is there already is not
 * added again. */
PhKnown *ph_known_change_mutes (const PhKnown *known, const PhMute *without, const PhMute *with);

/* --- what has been looked at --- */

/* Of which requests all listeners have once been learned: bits 1 << PhRequestName. What listens at the first look at
 * one is no news. UDP's ephemeral ports, which are looked at only where a setting says so, count for themselves. */
guint64 ph_known_learned (const PhKnown *known);
guint64 ph_known_learned_ephemeral (const PhKnown *known);
PhKnown *ph_known_set_learned (const PhKnown *known, guint64 learned, guint64 ephemeral);

/* --- files --- */

#define PH_KNOWN_ERROR (ph_known_error_quark ())
GQuark ph_known_error_quark (void);

typedef enum
{
  PH_KNOWN_ERROR_TOO_LARGE, /* more than PH_KNOWN_TEXT_MAX, PH_KNOWN_MAX or PH_KNOWN_MUTES_MAX */
  PH_KNOWN_ERROR_VERSION,   /* written by a newer Porthole */
  PH_KNOWN_ERROR_MALFORMED,
} PhKnownErrorCode;

/* Lines "NAME=VALUE" in groups, as in a key file, but a name comes as often as there are values:
 *
 *   [porthole-known]
 *   version=1
 *   learned=tcp4 tcp6 udp4 udp6
 *   [listeners]
 *   listener=1764098550 1764102150 tcp any 8000 program /usr/bin/python3
 *   [mutes]
 *   mute=* 8000-8010 *
 *   [end]
 *
 * All or nothing: one line that is not understood, and the result is NULL and @error has its number. */
PhKnown *ph_known_parse (const char *text, gsize length, GError **error);

/* What ph_known_parse() makes the same set of. Free with g_free(). */
char *ph_known_to_text (const PhKnown *known, gsize *length);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PhKnown, ph_known_unref)
