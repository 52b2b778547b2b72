/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Gathers what a system report tells of: see ph-system-report.h. */
#pragma once

#include <gio/gio.h>

#include "ph-notifier.h"

/* @notifier: who knows whether notifications are shown; NULL: nobody. */
void ph_system_facts_report_async (PhNotifier *notifier,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);

/* The report; free with g_free(). NULL: cancelled. */
char *ph_system_facts_report_finish (GAsyncResult *result);
