/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rules that choose the routing table. */
#pragma once

#include "ph-table-page.h"

#define PH_TYPE_RULES_PAGE (ph_rules_page_get_type ())
G_DECLARE_FINAL_TYPE (PhRulesPage, ph_rules_page, PH, RULES_PAGE, PhTablePage)
