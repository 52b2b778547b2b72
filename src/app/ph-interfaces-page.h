/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The interfaces (netstat -i), with a pane about the selected one. */
#pragma once

#include "ph-link-details.h"
#include "ph-table-page.h"

#define PH_TYPE_INTERFACES_PAGE (ph_interfaces_page_get_type ())
G_DECLARE_FINAL_TYPE (PhInterfacesPage, ph_interfaces_page, PH, INTERFACES_PAGE, PhTablePage)

/* Property: "show-all" (boolean: also those that are down, netstat -a). */

PhLinkDetails *ph_interfaces_page_get_details (PhInterfacesPage *self);
