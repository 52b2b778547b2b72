/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What is new among the listeners: (what is known, what waits, a snapshot, settings) → (what to tell, what is known).
 *
 * No clock, no file: time comes in, the known set goes out. A key that is not known is told once and known from then
 * on, also when it closes. What listens at the first look ever is learned and not told; this goes by requests, so that
 * one that failed, or was not asked, at the first look is not told of at the second. At the first look of a later start
 * what is new came while nobody watched.
 *
 * Who holds a new socket may be known only at a later look. A listener whose program is not known waits for up to
 * PH_WATCH_PATIENCE more looks, or until it is gone, and is then told with what is known. If the program of a socket
 * comes to be known after that, its key is learned and nothing is told: it is the same socket still.
 */
#pragma once

#include "ph-known.h"
#include "ph-snapshot.h"

#define PH_WATCH_PATIENCE 2 /* looks */

/* The requests that have listeners. The plan needs `owners` too. */
#define PH_WATCH_REQUESTS                                                                                              \
  (G_GUINT64_CONSTANT (1) << PH_REQUEST_TCP4 | G_GUINT64_CONSTANT (1) << PH_REQUEST_TCP6                               \
   | G_GUINT64_CONSTANT (1) << PH_REQUEST_UDP4 | G_GUINT64_CONSTANT (1) << PH_REQUEST_UDP6                             \
   | G_GUINT64_CONSTANT (1) << PH_REQUEST_UDPLITE4 | G_GUINT64_CONSTANT (1) << PH_REQUEST_UDPLITE6                     \
   | G_GUINT64_CONSTANT (1) << PH_REQUEST_SCTP4 | G_GUINT64_CONSTANT (1) << PH_REQUEST_SCTP6)

typedef struct
{
  PhPortRange ephemeral;      /* the kernel's: UDP sockets in it are left out */
  gboolean ephemeral_udp;     /* they are not */
  guint forget_days;          /* what was not seen for so long is forgotten; 0: never */
  const PhServices *services; /* names of ports; may be NULL */
} PhWatchSettings;

#define PH_WATCH_FORGET_DAYS 90

typedef struct
{
  GPtrArray *news; /* PhListener to tell, in the order of the look; those with `away` come all at once */
  PhKnown *known;  /* the one that was given, where nothing has changed */
} PhWatchResult;

/* What waits, and the sockets that have been judged: of one run of the program. Not thread-safe, but not bound to a
 * thread either. */
typedef struct _PhWatch PhWatch;

PhWatch *ph_watch_new (void);
void ph_watch_free (PhWatch *watch);

/* @snapshot: of sockets, linked or not. @now: seconds since 1970. Clear the result with ph_watch_result_clear(). */
void ph_watch_look (PhWatch *watch,
                    const PhKnown *known,
                    const PhSnapshot *snapshot,
                    const PhWatchSettings *settings,
                    gint64 now,
                    PhWatchResult *result);
void ph_watch_result_clear (PhWatchResult *result);

/* How many listeners wait to be named. */
guint ph_watch_n_waiting (const PhWatch *watch);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PhWatch, ph_watch_free)
