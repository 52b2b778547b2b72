/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Routes, rules and neighbours, and the question which route the kernel would take. */
#pragma once

#include "ph-section.h"

#define PH_TYPE_ROUTES_SECTION (ph_routes_section_get_type ())
G_DECLARE_FINAL_TYPE (PhRoutesSection, ph_routes_section, PH, ROUTES_SECTION, PhSection)

/* Asks for the route to an address, or to a host whose name is looked up. @interface: it must leave by; NULL or empty:
 * any. */
void ph_routes_section_ask (PhRoutesSection *self, const char *address, const char *interface);
