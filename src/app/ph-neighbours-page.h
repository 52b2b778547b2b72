/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The hosts on this computer's own networks, and the hardware addresses they were found at. */
#pragma once

#include "ph-table-page.h"

#define PH_TYPE_NEIGHBOURS_PAGE (ph_neighbours_page_get_type ())
G_DECLARE_FINAL_TYPE (PhNeighboursPage, ph_neighbours_page, PH, NEIGHBOURS_PAGE, PhTablePage)
