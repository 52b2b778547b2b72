/* SPDX-License-Identifier: GPL-3.0-or-later */
/* --watch: what happens, as it happens. */
#pragma once

#include "ph-cli-output.h"
#include "ph-options.h"

/* Prints until SIGINT, SIGTERM, or a reader that has gone. Returns the exit status: PH_CLI_FAILED where something could
 * not be watched; PH_CLI_USAGE and @error for --columns or a --filter that does not fit. */
int ph_cli_watch (const PhOptions *options, PhCliOutput *output, GError **error);
