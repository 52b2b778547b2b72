/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Saving a table: asks where to, writes, says how it went. */
#pragma once

#include "ph-table-view.h"

/* Writes what is shown, or the selection where two or more rows are selected, to a file the user chooses: CSV, or JSON
 * if its name ends in ".json". @stem begins the proposed name. What is written is what is shown at this moment, however
 * long the choice takes. */
void ph_table_export (PhTableView *table, AdwToastOverlay *toasts, const char *stem);

/* The same to a file that is known. */
void ph_table_export_to (PhTableView *table, AdwToastOverlay *toasts, GFile *file);
