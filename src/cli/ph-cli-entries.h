/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Entries of the log as they come, a line each: in words, in columns, as CSV or as JSON Lines. */
#pragma once

#include "ph-activity.h"
#include "ph-cli-output.h"
#include "ph-options.h"
#include "ph-probe.h"

typedef struct _PhCliEntries PhCliEntries;

/* @options and @output are borrowed until ph_cli_entries_free(). NULL and @error where --columns or --filter does not
 * fit. */
PhCliEntries *ph_cli_entries_new (const PhOptions *options, PhCliOutput *output, GError **error);
void ph_cli_entries_free (PhCliEntries *entries);

/* Before the first: what stands above them, and names for what is shown with names. */
void ph_cli_entries_begin (PhCliEntries *entries, PhProbe *probe);

/* A PhActivityTell: @entry is numbered, and printed if it is one that is asked for. That events were lost is printed
 * whatever the filter says: what it asks for may be among them. */
void ph_cli_entries_tell (gpointer entries, const PhActivity *entry);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PhCliEntries, ph_cli_entries_free)
