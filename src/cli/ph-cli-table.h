/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A table on the command line: collected and printed, once or again and again. */
#pragma once

#include "ph-cli-output.h"
#include "ph-options.h"

typedef struct _PhCliTable PhCliTable;

/* @options and @output are borrowed until ph_cli_table_free(). NULL and @error where --columns or --filter does not fit
 * the table. */
PhCliTable *ph_cli_table_new (const PhOptions *options, PhCliOutput *output, GError **error);
void ph_cli_table_free (PhCliTable *table);

/* Looks once, or every so many seconds until interrupted. Returns the exit status. */
int ph_cli_table_run (PhCliTable *table);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PhCliTable, ph_cli_table_free)
