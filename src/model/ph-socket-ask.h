/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is asked about the one socket whose details are in sight, without waiting: see ph-socket-inquiry.h. */
#pragma once

#include <gio/gio.h>

#include "ph-socket-inquiry.h"

/* @socket is only looked at now. @pid: whose parents are wanted; 0: nobody's. */
void ph_socket_ask_async (
    const PhSocket *socket, gint32 pid, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);

/* To be freed; NULL where it was cancelled. That the socket is gone is no error. */
PhSocketReport *ph_socket_ask_finish (GAsyncResult *result);
