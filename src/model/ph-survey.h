/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Asks the kernel everything that there are tables for, once, and keeps only how that went: what is missing here. */
#pragma once

#include <gio/gio.h>

#include "ph-snapshot.h"

/* In a worker. */
void ph_survey_async (GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);

/* PH_N_REQUESTS of them, free with g_free(); NULL: cancelled. */
PhLookResult *ph_survey_finish (GAsyncResult *result);
