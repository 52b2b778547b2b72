/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the records of every table have in common. A record is a plain struct whose first member is a PhRecord.
 *
 * Records live in a snapshot, are filled by a decoder and a PhLinker, and never change afterwards. Strings and other
 * things a record points at live as long as its snapshot.
 */
#pragma once

#include <glib.h>

typedef enum
{
  PH_MARK_NONE = 0,
  PH_MARK_NEW,    /* first seen a moment ago */
  PH_MARK_CLOSED, /* gone, kept in sight for a moment */
  PH_MARK_STALE,  /* its request failed this time: what it was last time */

  /* Of tables that know of such things, and only where none of the above is to be said: */
  PH_MARK_WARNING, /* something has lately happened that is worth a look */
  PH_MARK_FAULT,   /* something has lately been lost or gone wrong */
  PH_MARK_UNSEEN,  /* nobody has looked at it yet: never in a record, the window knows */
} PhMark;

#define PH_NO_SLOT G_MAXUINT32

typedef struct
{
  gint64 first_seen; /* µs, CLOCK_MONOTONIC; the time of the first snapshot for what was there at the start */
  gint64 last_seen;  /* µs; the snapshot's own time but for closed and stale records */
  guint32 slot;      /* the same from snapshot to snapshot while the record's key lives; see ph-linker.h */
  guint16 request;   /* PhRequestName that delivered it */
  guint8 mark;       /* PhMark */
  guint8 reserved;
} PhRecord;
