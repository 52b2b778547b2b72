/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * "Which route?": what is to be asked, and what the answers come to. Like the collector it asks nobody itself:
 *
 *   inquiry = ph_route_inquiry_new (&question, getuid (), rules, routes, &error);
 *   while (ph_route_inquiry_next (inquiry, &request))
 *     ph_probe_ask (probe, &request, ph_route_inquiry_sink, inquiry, stop, NULL);
 *   explanation = ph_route_inquiry_end (inquiry, &error);
 */
#pragma once

#include "ph-frame.h"
#include "ph-route-explain.h"
#include "ph-route-query.h"

typedef struct _PhRouteInquiry PhRouteInquiry;

/* @uid: whose packets. @rules, @routes: recent snapshots of all tables and both families; NULL: they are asked for.
 * NULL and @error where @question cannot be asked; PH_ROUTE_QUERY_ERROR_ADDRESS: it may be a name, which is to be
 * resolved first. */
PhRouteInquiry *ph_route_inquiry_new (
    const PhRouteQuestion *question, guint32 uid, PhSnapshot *rules, PhSnapshot *routes, GError **error);
void ph_route_inquiry_free (PhRouteInquiry *inquiry);

/* Fills @request; what it points at belongs to the inquiry. FALSE: nothing more to ask. */
gboolean ph_route_inquiry_next (PhRouteInquiry *inquiry, PhRequest *request);

/* A PhSink; @user is the inquiry. */
void ph_route_inquiry_sink (void *user, PhFrameKind kind, const void *bytes, size_t length);

/* NULL and @error where the question turned out to be wrong: there is no such interface. */
PhRouteExplanation *ph_route_inquiry_end (PhRouteInquiry *inquiry, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PhRouteInquiry, ph_route_inquiry_free)
