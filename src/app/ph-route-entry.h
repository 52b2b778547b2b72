/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "Which route?": an entry for an address or a name, and behind a button what else the kernel's choice depends on. */
#pragma once

#include <adwaita.h>

#include "ph-route-query.h"

#define PH_TYPE_ROUTE_ENTRY (ph_route_entry_get_type ())
G_DECLARE_FINAL_TYPE (PhRouteEntry, ph_route_entry, PH, ROUTE_ENTRY, AdwBin)

/* Signal: "asked": an answer is wanted. */

/* Borrowed, until something is typed. */
void ph_route_entry_get_question (PhRouteEntry *self, PhRouteQuestion *question);

/* All else is empty then; nothing is asked. */
void ph_route_entry_set (PhRouteEntry *self, const char *address, const char *interface);

/* Whether the question was wrong. */
void ph_route_entry_set_wrong (PhRouteEntry *self, gboolean wrong);
