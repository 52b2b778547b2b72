/* SPDX-License-Identifier: GPL-3.0-or-later */
/* --route-to: which way packets to an address go, and why. */
#pragma once

#include "ph-cli-output.h"
#include "ph-options.h"

/* Asks once, or every so many seconds, and prints the answer. Returns the exit status: PH_CLI_FAILED where no packet
 * gets there, and for a name that has no address; PH_CLI_USAGE and @error for --columns that are not there. */
int ph_cli_route_to (const PhOptions *options, PhCliOutput *output, GError **error);
