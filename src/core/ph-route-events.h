/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the kernel's news (ph-event-socket.h) are about. */
#pragma once

#include <glib.h>

#include "ph-event-socket.h"

/*
 * What may be different after what a NETLINK frame says: bits of PhEventKinds. What cannot be understood says nothing.
 *
 * More than the types of the messages tell: when a link goes down or an address is taken away IPv4 drops the routes
 * over it without a word (net/ipv4/fib_frontend.c, fib_disable_ip()), so these are news of routes too.
 */
guint ph_route_events_kinds (gconstpointer bytes, gsize length);

/* What must be listened to in order to hear of @kinds. */
guint ph_route_events_sources (guint kinds);
