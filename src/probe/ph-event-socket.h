/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the kernel tells by itself: links, addresses, routes, rules and neighbours that change (multicast groups of
 * rtnetlink(7)), TCP sockets that are no more (those of sock_diag(7)). No privilege is needed.
 *
 * Non-blocking: a loop waits for the descriptor to be readable. What comes is handed on unread, as frames.
 */
#pragma once

#include <stdbool.h>

#include "ph-error.h"
#include "ph-frame.h"

typedef enum
{
  PH_EVENT_LINKS = 1 << 0,
  PH_EVENT_ADDRESSES = 1 << 1,
  PH_EVENT_ROUTES = 1 << 2, /* next hop objects too */
  PH_EVENT_RULES = 1 << 3,
  PH_EVENT_NEIGHBOURS = 1 << 4,
  PH_EVENT_ALL_ROUTING = (1 << 5) - 1,

  /* TCP sockets, IPv4 and IPv6, when the kernel gives them up (Linux 4.2): SOCK_DIAG_BY_FAMILY messages, as of a dump,
   * with the cookie and the last tcp_info, without inode, user and cgroup, and always in state CLOSE. A
   * connection that goes to TIME_WAIT is told of when it does. Who resets, or is refused, has lost its counters and the
   * other's port by then. Listeners, and sockets that were never used, are told of as well. The kernel tells from one
   * queue for all its networks: some 100 us later, or seconds where there is much to tell (net/core/sock_diag.c). */
  PH_EVENT_DESTROYED = 1 << 5,
} PhEventKinds;

typedef struct _PhEventSocket PhEventSocket;

/* @kinds: of routing, or PH_EVENT_DESTROYED; both in one is EINVAL, for they are two protocols of netlink. NULL and
 * @error (may be NULL) where there can be none. Free with ph_event_socket_free(). */
PhEventSocket *ph_event_socket_new (uint32_t kinds, PhError *error);
void ph_event_socket_free (PhEventSocket *socket);

/* To wait for (POLLIN); the socket's own. */
int ph_event_socket_fd (const PhEventSocket *socket);

/*
 * Hands what has come to @sink: NETLINK frames of whole messages, and LOST where the kernel had to drop some (ENOBUFS):
 * as soon as it is known, and again when it has stopped. At most so many at a time that a flood does not keep the
 * caller; the rest makes the descriptor readable again. False and @error where the socket is of no use any more.
 */
bool ph_event_socket_take (PhEventSocket *socket, PhSink sink, void *user, PhError *error);
