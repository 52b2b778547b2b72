/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which columns a listing on the command line has, and with them what must be collected and what words of a filter look
 * at. */
#pragma once

#include "ph-options.h"

/* Those of --columns, or else: of csv and json the stable ones of the table, of text those that netstat shows with
 * these options. NULL-terminated; free with g_free(). NULL and @error (of PhColumnList, or PH_OPTIONS_ERROR_VALUE)
 * where
 * --columns names one that is not there, or not for text. */
const PhColumn **ph_listing_columns (const PhOptions *options, GError **error);
