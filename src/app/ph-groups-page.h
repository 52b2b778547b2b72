/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The multicast groups that interfaces have joined (netstat -g). */
#pragma once

#include "ph-table-page.h"

#define PH_TYPE_GROUPS_PAGE (ph_groups_page_get_type ())
G_DECLARE_FINAL_TYPE (PhGroupsPage, ph_groups_page, PH, GROUPS_PAGE, PhTablePage)
