/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the file's text needs of the known set: making one from its parts. */
#pragma once

#include "ph-known.h"

#define PH_KNOWN_TIME_MAX G_GINT64_CONSTANT (253402300799) /* the end of the year 9999 */

/* Takes over @key. */
PhKnownEntry *ph_known_entry_new (PhListenerKey *key, gint64 first_seen, gint64 last_seen);
void ph_known_entry_unref (PhKnownEntry *entry);

/* Takes over both: PhKnownEntry in any order, no key twice, and PhMute, both with their free functions. */
PhKnown *ph_known_new_from (GPtrArray *entries, GPtrArray *mutes, guint64 learned, guint64 learned_ephemeral);
