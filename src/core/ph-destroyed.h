/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the kernel says of a TCP socket when it is destroyed: a message of NETLINK_SOCK_DIAG's destroy groups
 * (net/ipv4/inet_diag.c inet_diag_handler_get_info()): addresses, cookie, the queues and the last tcp_info. Neither
 * inode nor user nor cgroup come with it.
 *
 * By then its state is CLOSE whatever happened before, and the numbers must tell how it ended. They are exact:
 * bytes_acked counts a SYN of our own and a FIN of our own as a byte each (tcp_snd_una_update()), bytes_sent does not.
 * Who connected has 1 more acknowledged than sent, and whose FIN was acknowledged another 1.
 */
#pragma once

#include "ph-activity.h"
#include "ph-arena.h"
#include "ph-attribute.h"

/* FALSE: another message, or malformed, or not about TCP. @socket is zeroed; tcp_info is not NULL then. */
gboolean ph_decode_destroyed (const struct nlmsghdr *message, PhArena *arena, PhSocket *socket);

/* It has had another end, or tried to reach one. What is left are listeners and sockets that were never used. */
gboolean ph_destroyed_is_connection (const PhSocket *socket);

/* @accepted: it is certain that the other end connected to us. @state: PhSocketState of when it was last seen;
 * PH_STATE_UNKNOWN: it never was. */
PhActivityEnd ph_destroyed_end (const PhSocket *socket, gboolean accepted, PhSocketState state);

/* Bytes of data; PH_ACTIVITY_UNKNOWN_BYTES. The kernel counts the other end's FIN as a byte received, which is taken
 * off where it is certain that one came; where it is not, the number may be one too many. */
guint64 ph_destroyed_rx_bytes (const PhSocket *socket, PhActivityEnd end, PhSocketState state);
guint64 ph_destroyed_tx_bytes (const PhSocket *socket);
