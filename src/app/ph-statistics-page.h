/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The counters of the protocols (netstat -s), what has risen since a mark, and in a few sentences what that means. */
#pragma once

#include "ph-table-page.h"

#define PH_TYPE_STATISTICS_PAGE (ph_statistics_page_get_type ())
G_DECLARE_FINAL_TYPE (PhStatisticsPage, ph_statistics_page, PH, STATISTICS_PAGE, PhTablePage)

/* Property: "show-zeros" (boolean). Actions: "page.mark", for Ctrl+M, and "page.clear-mark". */
