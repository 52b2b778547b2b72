/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What listens, as people think of it: a program that can be reached at a port, from here, at one address or at every
 * one.
 *
 * A listener is not a socket. Its key has no PID, cookie or inode, so that a program that was started again is the same
 * listener; and a pair of sockets for IPv4 and IPv6, or a hundred of one program that share a port, are one.
 */
#pragma once

#include "ph-services.h"
#include "ph-socket.h"

typedef enum
{
  PH_LISTENER_OWNER_UNKNOWN = 0, /* neither; the note says why */
  PH_LISTENER_OWNER_UNIT,        /* by the socket's control group */
  PH_LISTENER_OWNER_PROGRAM,
} PhListenerOwnerKind; /* in the order of how much each says */

typedef struct
{
  PhListenerOwnerKind kind;
  const char *name; /* PROGRAM: path of the executable, also of one that has been replaced or deleted since. UNIT: its
                       name. UNKNOWN: "". Valid UTF-8, fit to show, at most PH_LISTENER_OWNER_MAX bytes */
} PhListenerOwner;

#define PH_LISTENER_OWNER_MAX 4096

typedef struct
{
  guint8 protocol;   /* PhProtocol: TCP, UDP, UDPLITE, SCTP */
  guint8 exposure;   /* PhExposure: LOCAL, ONE, EVERY */
  guint16 port;      /* never 0 */
  PhAddress address; /* ONE: which, without scope, IPv4-mapped as IPv4; else zeroed: IPv4 and IPv6 are one */
  PhListenerOwner owner;
} PhListenerKey;

/* Reference-counted; never changed once it is handed out; may be shared between threads. Strings are fit to show and
 * never NULL; "" is none. */
typedef struct
{
  PhListenerKey key;   /* first, so that a listener is its own key in a table */
  PhSocketKey socket;  /* one of its sockets, to find the row */
  const char *process; /* name of the process, as /proc/PID/comm has it */
  const char *unit;    /* name of the unit */
  const char *service; /* of this port, by services(5) */
  const char *user;    /* login name or number */
  guint8 note;         /* PhOwnerNote: how sure the owner is, or why there is none */
  guint8 gone;         /* it does not listen any more */
  guint8 away;         /* it came while nobody watched */
} PhListener;

/* --- sockets --- */

/* What can be watched: TCP and SCTP listeners, UDP sockets that are bound and have no peer, in this network namespace.
 * The others have no key. An MPTCP listener has a TCP row beside its own, of the same owner: that one counts. */
gboolean ph_listener_is_watched (const PhSocket *socket);

/* Whoever holds the socket, as an owner: @n counts its processes, and is UNKNOWN where the program may not be read.
 * FALSE: there are no more. The name is the socket's, or in @buffer. */
gboolean ph_listener_owner_nth (const PhSocket *socket, guint n, GString *buffer, PhListenerOwner *owner);

/* The watched socket belongs to this listener: by place, and by one of its owners. Or by place alone. */
gboolean ph_listener_key_covers (const PhListenerKey *key, const PhSocket *socket);
gboolean ph_listener_key_is_at (const PhListenerKey *key, const PhSocket *socket);

/* Of a watched socket: owned by the first of its processes whose program is known, else by its unit. @services may be
 * NULL. */
PhListener *ph_listener_new (const PhSocket *socket, const PhServices *services);

PhListener *ph_listener_ref (const PhListener *listener);
void ph_listener_unref (PhListener *listener);

/* --- keys --- */

PhListenerKey *ph_listener_key_copy (const PhListenerKey *key);
void ph_listener_key_free (PhListenerKey *key);

/* GHashFunc, GEqualFunc, and an order: by port, protocol, exposure, address, owner. */
guint ph_listener_key_hash (gconstpointer key);
gboolean ph_listener_key_equal (gconstpointer a, gconstpointer b);
int ph_listener_key_compare (const PhListenerKey *a, const PhListenerKey *b);

/* Stable, for files: "tcp any 8000 program /usr/bin/python3", "udp 192.0.2.7 53 unit named.service", "sctp loopback 9
 * unknown". The parsed key is NULL for anything else; free with ph_listener_key_free(). */
void ph_listener_key_append (const PhListenerKey *key, GString *text);
PhListenerKey *ph_listener_key_parse (const char *text);

/* "program PATH", "unit NAME", "unknown". The name stays where it is in @text. */
void ph_listener_owner_append (const PhListenerOwner *owner, GString *text);
gboolean ph_listener_owner_parse (const char *text, PhListenerOwner *owner);
gboolean ph_listener_owner_equal (const PhListenerOwner *a, const PhListenerOwner *b);

/* Of those that are watched, by ph_protocol_name(); NONE for any other text. */
PhProtocol ph_listener_protocol_parse (const char *text);

/* Of those that are watched, for people: "TCP", "UDP", "UDP-Lite", "SCTP". */
const char *ph_listener_protocol_name (PhProtocol protocol);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PhListener, ph_listener_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PhListenerKey, ph_listener_key_free)
