/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the kernel answers to PH_REQUEST_ROUTE_GET: the route that packets take, and the entry that it was made from. */
#pragma once

#include "ph-error.h"
#include "ph-frame.h"
#include "ph-route.h"

typedef struct _PhRouteAnswer PhRouteAnswer;

PhRouteAnswer *ph_route_answer_new (void);
void ph_route_answer_free (PhRouteAnswer *answer);

/* A PhSink; @user is the answer. */
void ph_route_answer_sink (void *user, PhFrameKind kind, const void *bytes, size_t length);

/* The route: gateway, interface, source and table, the destination being the one address. NULL: there is none. Names
 * are not filled in. */
const PhRoute *ph_route_answer_route (const PhRouteAnswer *answer);

/* The entry of the routing table, with the key of its row there, but for what the routes that are the same in all else
 * are numbered by. NULL: the kernel does not tell (before Linux 4.13, IPv6 4.14), or there is no route. */
const PhRoute *ph_route_answer_entry (const PhRouteAnswer *answer);

/* How it ended. An errno of PH_ERROR_KERNEL is the verdict of a reject route or rule, or that there is no route. */
const PhError *ph_route_answer_error (const PhRouteAnswer *answer);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PhRouteAnswer, ph_route_answer_free)
