/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The routes of all tables (netstat -r). */
#pragma once

#include "ph-table-page.h"

#define PH_TYPE_ROUTES_PAGE (ph_routes_page_get_type ())
G_DECLARE_FINAL_TYPE (PhRoutesPage, ph_routes_page, PH, ROUTES_PAGE, PhTablePage)
