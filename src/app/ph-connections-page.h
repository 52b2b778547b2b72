/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The connections: every socket, live. Collects only while it can be seen. */
#pragma once

#include <adwaita.h>

#include "ph-options.h"
#include "ph-poller.h"
#include "ph-table-view.h"

#define PH_TYPE_CONNECTIONS_PAGE (ph_connections_page_get_type ())
G_DECLARE_FINAL_TYPE (PhConnectionsPage, ph_connections_page, PH, CONNECTIONS_PAGE, AdwBin)

/* Properties: "search-mode", "paused", "numeric" (boolean), "interval" (uint, ms), "scope" (string: "all", "active",
 * "listening"), "columns" (GStrv of ids; empty: the default ones).
 * Actions: "page.refresh", "page.export", "page.clear-filters". */

/* Whether the window that it is in can be seen at all. */
void ph_connections_page_set_in_sight (PhConnectionsPage *self, gboolean in_sight);

/* Chips, filter, columns and the rest as netstat's options say. */
void ph_connections_page_apply_options (PhConnectionsPage *self, const PhOptions *options);

PhTableView *ph_connections_page_get_table_view (PhConnectionsPage *self);
PhPoller *ph_connections_page_get_poller (PhConnectionsPage *self);
