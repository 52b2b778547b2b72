/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The window: header bar, pages, and what is remembered of them. */
#pragma once

#include <adwaita.h>

#include "ph-table-page.h"

#define PH_TYPE_WINDOW (ph_window_get_type ())
G_DECLARE_FINAL_TYPE (PhWindow, ph_window, PH, WINDOW, AdwApplicationWindow)

/* Properties: "paused", "numeric", "interval" (ms): those of all pages; "search-mode": of the one in sight; "page": its
 * name ("connections", "routes", "interfaces", "statistics"). Each is an action, too, and there is "win.route-to"
 * (two strings: an address or name; the interface that packets must leave by, or nothing). */

PhWindow *ph_window_new (GtkApplication *application);

/* Shows the page with the table that the command line asks for, as it asks; none of it is remembered. */
void ph_window_apply_options (PhWindow *self, const PhOptions *options);

/* The page in sight; and that of a table, which is then in sight. Made where it was not yet. Never NULL. */
PhTablePage *ph_window_get_page (PhWindow *self);
PhTablePage *ph_window_show_table (PhWindow *self, PhTableId table);
