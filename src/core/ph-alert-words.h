/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * An alert in words, translated. Names from outside are fit to show already; here they are kept short and, for a
 * notification's body, which may have markup (Desktop Notifications Specification), escaped.
 *
 * Free all of them with g_free().
 */
#pragma once

#include "ph-gather.h"

/* "python3 started listening on TCP 8000 (every address)"; "7 new listening ports". A notification's summary has no
 * markup: plain text. */
char *ph_alert_title (const PhAlert *alert);

/* Lines on the service, the program, its unit, or why it is not known; of many "nginx (2), postgres, …". */
char *ph_alert_body (const PhAlert *alert);        /* plain text */
char *ph_alert_body_markup (const PhAlert *alert); /* escaped */

/* All in one line: "7 new listening ports: nginx (2), postgres, …", "3 new listening ports while you were away: …". */
char *ph_alert_line (const PhAlert *alert);

/* Its process, else its unit, else "An unknown program": short enough for a line. */
char *ph_listener_name (const PhListener *listener);

/* "TCP 8000 (every address)", "UDP 53 (only 192.0.2.7)". */
char *ph_listener_place (const PhListenerKey *key);
