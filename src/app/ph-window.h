/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The window: header bar, pages, and what is remembered of them. */
#pragma once

#include <adwaita.h>

#include "ph-listener.h"
#include "ph-table-page.h"

#define PH_TYPE_WINDOW (ph_window_get_type ())
G_DECLARE_FINAL_TYPE (PhWindow, ph_window, PH, WINDOW, AdwApplicationWindow)

/* Properties: "paused", "numeric", "interval" (ms): those of all pages; "search-mode": of the one in sight; "page": its
 * name ("connections", "routes", "interfaces", "statistics", "activity"). Each is an action, too, and there are
 * "win.look-up" (Ctrl+L), "win.route-to" (two strings: an address or name; the interface that packets must leave by, or
 * nothing) and "win.show-socket" (the bytes of a PhSocketKey). */

PhWindow *ph_window_new (GtkApplication *application);

/* Shows the page with the table that the command line asks for, as it asks; none of it is remembered. */
void ph_window_apply_options (PhWindow *self, const PhOptions *options);

/* Brings the row of this listener in sight; where it is gone, what happened to it. */
void ph_window_show_listener (PhWindow *self, const PhListenerKey *key);

/* Taken over; on the page in sight. */
void ph_window_add_toast (PhWindow *self, AdwToast *toast);

/* The page in sight; and that of a table, which is then in sight. Made where it was not yet. Never NULL. */
PhTablePage *ph_window_get_page (PhWindow *self);
PhTablePage *ph_window_show_table (PhWindow *self, PhTableId table);
