/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * "Which route?" without waiting: a name is resolved first, then the kernel is asked in a worker.
 */
#pragma once

#include <gio/gio.h>

#include "ph-route-explain.h"
#include "ph-route-query.h"

/* @question is copied; its address and its source may be host names. @rules, @routes: the newest snapshots of these
 * tables (all of them: PH_PLAN_ALL without the cached ones); NULL: they are collected as well. */
void ph_route_lookup_async (const PhRouteQuestion *question,
                            PhSnapshot *rules,
                            PhSnapshot *routes,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data);

/* NULL and @error, in words to show: a name that does not resolve (G_RESOLVER_ERROR), a question that cannot be asked
 * (PH_ROUTE_QUERY_ERROR), G_IO_ERROR_CANCELLED. That there is no route is no error. */
PhRouteExplanation *ph_route_lookup_finish (GAsyncResult *result, GError **error);
