/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What else of a snapshot belongs to a socket: the other sockets of its process, the connections of a listener and the
 * listener of a connection, the other end of a Unix socket or of a connection within this computer. One pass, pure.
 */
#pragma once

#include "ph-snapshot.h"
#include "ph-socket.h"

/* So many sockets of a process are listed; the others are counted. */
#define PH_SOCKET_KIN_MAX 200

typedef struct
{
  /* Of the process that was asked about, or where none is known of the unit: its sockets, this one among them. */
  guint32 *slots; /* what listens first, then by protocol and port; owned */
  guint n_slots;
  guint n_sockets; /* all */

  guint n_connections; /* of a listener: connections that came to it, as far as addresses tell */
  guint32 listener;    /* slot of what listens where this connection came in; PH_NO_SLOT: none */
  guint32 peer;        /* slot of the socket at the other end; PH_NO_SLOT: none here */
} PhSocketKin;

/* @process: that of the owners which is looked at; NULL: none is known. */
void ph_socket_kin_find (const PhSnapshot *snapshot,
                         const PhSocket *socket,
                         const PhProcess *process,
                         PhSocketKin *kin);
void ph_socket_kin_clear (PhSocketKin *kin);
