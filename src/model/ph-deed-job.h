/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A deed in a worker, so that nobody waits for the kernel. */
#pragma once

#include <gio/gio.h>

#include "ph-deed.h"

/* @deed is copied. It is done in any case, once: what has begun cannot be taken back. */
void ph_deed_job_async (const PhDeed *deed, GAsyncReadyCallback callback, gpointer user_data);

/* Or only ph_deed_try(). */
void ph_deed_job_try_async (const PhDeed *deed, GAsyncReadyCallback callback, gpointer user_data);

PhOutcome ph_deed_job_finish (GAsyncResult *result);
