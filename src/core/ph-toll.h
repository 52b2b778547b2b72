/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What else goes when a process ends: all of its sockets, as one snapshot has them. Pure.
 */
#pragma once

#include "ph-snapshot.h"
#include "ph-socket.h"

typedef struct
{
  guint8 protocol; /* PhProtocol */
  guint16 port;
} PhTollPort;

typedef struct
{
  const PhProcess *process; /* as the snapshot has it, and its own; NULL: it holds no socket there */
  GArray *ports;            /* PhTollPort: where it listens and nobody else does, by port, each once */
  guint n_connections;      /* that nobody else holds */
  guint n_others;           /* all other sockets of its own: Unix and the like */
  guint n_shared;           /* that other processes have open too: they stay */
} PhToll;

/* @snapshot: of sockets, with all owners; must outlive the toll. */
PhToll *ph_toll_new (const PhSnapshot *snapshot, gint32 pid, guint64 start_ticks);
void ph_toll_free (PhToll *toll);

/* A line for each kind, translated: "Stops listening on TCP 80 and TCP 443.\nDrops 14 connections." Free with g_free().
 */
char *ph_toll_to_text (const PhToll *toll);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PhToll, ph_toll_free)
