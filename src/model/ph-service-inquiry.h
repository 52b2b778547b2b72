/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Asks systemd whether it will start a service again when one of its processes is ended: org.freedesktop.systemd1(5).
 * It is only asked, never started or changed, and nobody waits for it long.
 */
#pragma once

#include <gio/gio.h>

#include "ph-process.h"
#include "ph-restart.h"

/* @process: whose end it would be (what is needed of it is copied). */
void ph_service_inquiry_async (const PhProcess *process,
                               PhDeedName deed,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);

/* Never fails: what cannot be found out is PH_RESTART_MAY. @service, where not NULL, gets the name of the service, or
 * NULL where it belongs to none (PH_RESTART_NONE); free with g_free(). */
PhRestart ph_service_inquiry_finish (GAsyncResult *result, char **service);
