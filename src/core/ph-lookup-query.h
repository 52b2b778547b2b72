/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What somebody types who looks for something: a PID, a port, an inode, an address, or a piece of a name. Nobody is
 * asked which of these it is: "443" may be three of them.
 *
 *   443  :443  port 443  pid:812  inode 4711  socket:[4711]  10.0.0.7  10.0.0.0/8  192.168.1  10.0.0.7:22  [::1]:80
 *   nginx  process:nginx  unit:ssh  /run/dbus  https
 */
#pragma once

#include "ph-address.h"

/* What can be found, in the order in which people mean it. */
typedef enum
{
  PH_LOOKUP_PROCESS = 0, /* by PID, name, name of its executable, command line */
  PH_LOOKUP_LOCAL_PORT,  /* by number or service name */
  PH_LOOKUP_REMOTE_PORT,
  PH_LOOKUP_LOCAL_ADDRESS,
  PH_LOOKUP_REMOTE_ADDRESS,
  PH_LOOKUP_UNIT,
  PH_LOOKUP_PATH,  /* of a Unix socket */
  PH_LOOKUP_INODE, /* of a socket */
  PH_LOOKUP_PEER,  /* the other end of the Unix socket with this inode */
  PH_LOOKUP_N_KINDS
} PhLookupKind;

typedef struct
{
  guint kinds;    /* bits (1 << PhLookupKind) of what it may be; 0: nothing was typed */
  gboolean named; /* it says itself what it is: "pid 812" */
  gboolean is_number;
  guint64 number;    /* a PID, port or inode */
  PhAddress address; /* family PH_FAMILY_NONE: it is none */
  guint prefix;      /* of a network; 32 or 128: one address */
  guint16 port;      /* that goes with the address; 0: any */
  char *typed;       /* fit to show, without blanks around it and without the name of what it is */
  char *folded;      /* of a name: what to look for, case folded; else "" */
} PhLookupQuery;

#define PH_LOOKUP_PID_MAX 4194304 /* PID_MAX_LIMIT of linux/threads.h */

/* Total: any text is something to look for. Of a long one the first few hundred bytes count. */
PhLookupQuery *ph_lookup_query_parse (const char *text);
void ph_lookup_query_free (PhLookupQuery *query);

static inline gboolean
ph_lookup_query_may_be (const PhLookupQuery *query, PhLookupKind kind)
{
  return (query->kinds >> kind & 1) != 0;
}

/* The PID that is worth asking about; 0: none. */
gint32 ph_lookup_query_pid (const PhLookupQuery *query);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PhLookupQuery, ph_lookup_query_free)
