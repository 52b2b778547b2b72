/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The connections: every socket, live. */
#pragma once

#include "ph-table-page.h"

#define PH_TYPE_CONNECTIONS_PAGE (ph_connections_page_get_type ())
G_DECLARE_FINAL_TYPE (PhConnectionsPage, ph_connections_page, PH, CONNECTIONS_PAGE, PhTablePage)

/* Property: "scope" (string: "all", "active", "listening"). */
