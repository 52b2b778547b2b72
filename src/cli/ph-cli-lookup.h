/* SPDX-License-Identifier: GPL-3.0-or-later */
/* --look-up: what a number or a name has to do with the network, in words. */
#pragma once

#include "ph-cli-output.h"
#include "ph-options.h"

/* Returns the exit status: PH_CLI_FAILED also where nothing is found. */
int ph_cli_look_up (const PhOptions *options, PhCliOutput *output);
