/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What comes of an alert: a notification, or a word in the window; and what the notification's buttons do.
 */
#pragma once

#include "ph-application.h"
#include "ph-lookout.h"

/* While both live. */
void ph_alert_windows_attach (PhApplication *application, PhLookout *lookout);
