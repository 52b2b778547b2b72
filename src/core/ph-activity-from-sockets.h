/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * From one look at the sockets to the next: which ports were opened and closed, which TCP connections came and went.
 *
 * What the looks miss the kernel tells: each TCP socket that is destroyed, with its last tcp_info (NETLINK_SOCK_DIAG
 * groups SKNLGRP_INET_TCP_DESTROY and SKNLGRP_INET6_TCP_DESTROY, Linux 4.6). Both meet here, so that a connection is
 * written down as closed once, whichever of them comes first. Pure: neither clock nor kernel. Not thread-safe. A look
 * goes once over all records: with many sockets it belongs in a worker.
 *
 * A port is opened when the first socket listens on it and closed with the last (SO_REUSEPORT). The first look is
 * silent: it tells what was there before. Entries about ports wait for their owner for up to two looks.
 */
#pragma once

#include "ph-activity.h"
#include "ph-frame.h"
#include "ph-snapshot.h"

typedef struct _PhActivityFromSockets PhActivityFromSockets;

PhActivityFromSockets *ph_activity_from_sockets_new (void);
void ph_activity_from_sockets_free (PhActivityFromSockets *self);

/* Whether connections are told, opened and closed; FALSE at first. Ports always are. */
void ph_activity_from_sockets_set_connections (PhActivityFromSockets *self, gboolean connections);

/* UDP ports from @low to @high are taken from the kernel's choice by whoever asks something, and are left out unless
 * @all (net.ipv4.ip_local_port_range; 32768 to 60999 at first). */
void ph_activity_from_sockets_set_ephemeral (PhActivityFromSockets *self, guint16 low, guint16 high, gboolean all);

/*
 * The next look: a linked snapshot of the sockets table, of any linker. @listeners_only: it was made with
 * PH_WANT_LISTENING and says nothing of connections. Requests that were not asked, or failed, say nothing either. Keeps
 * a reference to @snapshot until the next look of its sort. @time_us: µs since 1970.
 */
void ph_activity_from_sockets_look (PhActivityFromSockets *self,
                                    PhSnapshot *snapshot,
                                    gboolean listeners_only,
                                    gint64 time_us,
                                    PhActivityTell tell,
                                    gpointer user);

/* A frame of an event socket for destroyed sockets: NETLINK or LOST. @monotonic_us: µs of CLOCK_MONOTONIC, as
 * snapshots have it, for durations. */
void ph_activity_from_sockets_take (PhActivityFromSockets *self,
                                    PhFrameKind kind,
                                    gconstpointer bytes,
                                    gsize length,
                                    gint64 time_us,
                                    gint64 monotonic_us,
                                    PhActivityTell tell,
                                    gpointer user);

/* What comes next is the first look again: after a pause, in which anything may have happened. */
void ph_activity_from_sockets_forget (PhActivityFromSockets *self);

/* Destroy messages that could not be understood so far. */
guint ph_activity_from_sockets_malformed (const PhActivityFromSockets *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PhActivityFromSockets, ph_activity_from_sockets_free)
