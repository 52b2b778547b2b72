/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Counts the sockets of a snapshot in a worker: there may be a hundred thousand, and the main loop has a frame to draw.
 */
#pragma once

#include <gio/gio.h>

#include "ph-socket-totals.h"

/* @owner is kept until @callback has been called. */
void ph_socket_count_async (GObject *owner,
                            PhSnapshot *snapshot,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback);

/* FALSE where it was cancelled. */
gboolean ph_socket_count_finish (GAsyncResult *result, PhSocketTotals *totals);
