/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Look up without waiting: in what the page has already, as long as that is everything; else everything is collected,
 * once for all that is typed in a few seconds. In a worker.
 */
#pragma once

#include <gio/gio.h>

#include "ph-lookup.h"

#define PH_TYPE_SOCKET_FINDER (ph_socket_finder_get_type ())
G_DECLARE_FINAL_TYPE (PhSocketFinder, ph_socket_finder, PH, SOCKET_FINDER, GObject)

/* @names: those of ports; NULL: its own. */
PhSocketFinder *ph_socket_finder_new (PhNames *names);

/* What is at hand: taken if it has sockets of every kind and their owners, and is of now. NULL: nothing. */
void ph_socket_finder_offer (PhSocketFinder *self, PhSnapshot *snapshot);

void ph_socket_finder_find_async (PhSocketFinder *self,
                                  const char *text,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);

/* NULL and @error: G_IO_ERROR_CANCELLED, or what collecting failed with. That nothing is found is no error. */
PhLookup *ph_socket_finder_find_finish (PhSocketFinder *self, GAsyncResult *result, GError **error);
