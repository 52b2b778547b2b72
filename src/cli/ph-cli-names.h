/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names for the numbers of a listing, got while nothing else is to be done. */
#pragma once

#include "ph-names.h"
#include "ph-probe.h"

#define PH_CLI_MAX_HOSTS 16384

/* Without the file ports stay numbers. */
void ph_cli_read_services (PhProbe *probe, PhNames *names);

/* Looks up the addresses that are wanted; those that have not answered in time stay numbers. */
void ph_cli_resolve_hosts (PhNames *names);

/* The first address of a host, of @family (PH_FAMILY_NONE: any), by getaddrinfo(3). FALSE: there is none; *@reason is
 * why, not to be freed. */
gboolean ph_cli_find_host (const char *host, PhFamily family, PhAddress *address, const char **reason);
