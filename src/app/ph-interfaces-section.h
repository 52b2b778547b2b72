/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Interfaces, and the multicast groups that they have joined. */
#pragma once

#include "ph-section.h"

#define PH_TYPE_INTERFACES_SECTION (ph_interfaces_section_get_type ())
G_DECLARE_FINAL_TYPE (PhInterfacesSection, ph_interfaces_section, PH, INTERFACES_SECTION, PhSection)
