/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One thing that happened: the record of the Activity table.
 *
 * Sources: what two looks at the sockets differ in (ph-activity-from-sockets.h), and the kernel's own news
 * (ph-activity-from-events.h): sock_diag(7) destroy messages with their last tcp_info, rtnetlink(7).
 *
 * Entries are numbered as they are written down, and never change afterwards.
 */
#pragma once

#include "ph-address.h"
#include "ph-schema.h"
#include "ph-socket.h"

/* Kept in files: numbers stay, new ones are added at the end. */
typedef enum
{
  PH_ACTIVITY_NONE = 0,
  PH_ACTIVITY_PORT_OPENED = 1,
  PH_ACTIVITY_PORT_CLOSED = 2,
  PH_ACTIVITY_CONNECTION_OPENED = 3,
  PH_ACTIVITY_CONNECTION_CLOSED = 4,
  PH_ACTIVITY_LINK_ADDED = 5,
  PH_ACTIVITY_LINK_REMOVED = 6,
  PH_ACTIVITY_LINK_UP = 7,
  PH_ACTIVITY_LINK_DOWN = 8,
  PH_ACTIVITY_ADDRESS_ADDED = 9,
  PH_ACTIVITY_ADDRESS_REMOVED = 10,
  PH_ACTIVITY_ROUTE_ADDED = 11,
  PH_ACTIVITY_ROUTE_REMOVED = 12,
  PH_ACTIVITY_ROUTE_CHANGED = 13,
  PH_ACTIVITY_NEIGHBOUR_FAILED = 14,
  PH_ACTIVITY_EVENTS_LOST = 15, /* the kernel had to drop some: what happened then is not in the log */
  PH_N_ACTIVITIES
} PhActivityKind;

/* How a connection ended, where that is certain. Kept in files. */
typedef enum
{
  PH_ENDED_UNKNOWN = 0,
  PH_ENDED_HERE = 1,      /* this end closed first */
  PH_ENDED_PEER = 2,      /* the other end closed first */
  PH_ENDED_ORDERLY = 3,   /* closed by both; who was first is not known */
  PH_ENDED_RESET = 4,     /* broken off by one of them */
  PH_ENDED_TIMED_OUT = 5, /* the other end answered no more */
  PH_ENDED_REFUSED = 6,   /* there never was a connection: nothing listened there */
  PH_N_ENDS
} PhActivityEnd;

/* In network order, so that memcmp() orders by number. */
typedef struct
{
  guint64 number_be; /* from 1 */
} PhActivityKey;

#define PH_ACTIVITY_UNKNOWN_US    G_MININT64
#define PH_ACTIVITY_UNKNOWN_BYTES G_MAXUINT64
#define PH_ACTIVITY_ISO_SIZE      28 /* "2026-11-25T19:20:19.123456Z" */

typedef struct
{
  PhRecord head; /* slot and mark are the log's; first_seen and last_seen: µs, CLOCK_MONOTONIC, 0: not known */
  PhActivityKey key;

  gint64 time_us;     /* when it happened or was noticed: µs since 1970, UTC */
  gint64 duration_us; /* how long it was there; PH_ACTIVITY_UNKNOWN_US */
  guint64 rx_bytes;   /* of a connection that is closed; PH_ACTIVITY_UNKNOWN_BYTES */
  guint64 tx_bytes;   /* sent and acknowledged */

  PhSocketKey socket; /* finds the row while it lives; cookie 0: not about a socket. Protocol and family are always
                         right: NONE where there is none */
  PhAddress local;    /* or the address that came or went; family NONE: none */
  PhAddress remote;   /* or a route's destination, or the neighbour */
  guint16 local_port; /* host order; 0: none */
  guint16 remote_port;
  guint8 prefix_length; /* of a route's destination or of an address; PH_ACTIVITY_NO_PREFIX */
  guint8 kind;          /* PhActivityKind */
  guint8 ended;         /* PhActivityEnd */
  guint8 exposure;      /* PhExposure, of a port */
  guint8 note;          /* PhOwnerNote: how sure the owner is, or why nobody is known */
  guint8 reserved[3];
  gint32 pid;        /* 0: not known, or there is none */
  guint32 interface; /* index; 0: none */
  guint32 reserved2;

  const char *process;        /* name; NULL: not known */
  const char *exe;            /* path of the program; NULL: not known */
  const char *unit;           /* systemd unit, app or container; NULL: none known */
  const char *interface_name; /* NULL where there is none */
  const char *detail;         /* "192.0.2.0/24 via 192.0.2.1 dev eth0", "MTU 1500": ip(8)'s words; NULL */

  char iso[PH_ACTIVITY_ISO_SIZE]; /* @time_us, filled in by the log: ph_activity_print_iso() */
} PhActivity;

#define PH_ACTIVITY_NO_PREFIX 0xff

/* Is told of each new entry, in order. @entry and its strings live for the call; its number and head are not set. */
typedef void (*PhActivityTell) (gpointer user, const PhActivity *entry);

extern const PhSchema ph_activity_schema;

/* The words for "is:" in a filter, in the order of ph_activity_schema.words. */
typedef enum
{
  PH_ACTIVITY_IS_PORTS,
  PH_ACTIVITY_IS_CONNECTIONS,
  PH_ACTIVITY_IS_LINKS, /* up, down, added, removed */
  PH_ACTIVITY_IS_ADDRESSES,
  PH_ACTIVITY_IS_ROUTES,
  PH_ACTIVITY_IS_NEIGHBOURS,
  PH_ACTIVITY_IS_LOST,
  PH_ACTIVITY_IS_OPENED, /* or added, or up */
  PH_ACTIVITY_IS_CLOSED, /* or removed, or down */
} PhActivityWord;

gboolean ph_activity_is (const PhActivity *entry, PhActivityWord word);

static inline guint64
ph_activity_number (const PhActivity *entry)
{
  return GUINT64_FROM_BE (entry->key.number_be);
}

/* An entry about nothing yet: bytes and duration unknown. */
void ph_activity_init (PhActivity *entry, PhActivityKind kind, gint64 time_us);

/* Takes over what tells the socket apart, where it is, and who has it; strings are @socket's. */
void ph_activity_set_socket (PhActivity *entry, const PhSocket *socket);

/* "port-opened", "events-lost"...: stable. NULL for NONE. "Port opened": translated. */
const char *ph_activity_kind_name (PhActivityKind kind);
const char *ph_activity_kind_label (PhActivityKind kind);

/* "here", "peer", "orderly", "reset", "timed-out", "refused": stable; NULL for UNKNOWN. "Closed here": translated. */
const char *ph_activity_end_name (PhActivityEnd end);
const char *ph_activity_end_label (PhActivityEnd end);

/* UTC, with microseconds; years 1 to 9999, others are cut to these. */
void ph_activity_print_iso (gint64 time_us, char iso[PH_ACTIVITY_ISO_SIZE]);

G_STATIC_ASSERT (sizeof (PhActivityKey) == 8);
