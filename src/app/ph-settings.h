/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is remembered between two starts. */
#pragma once

#include <gio/gio.h>

/* NULL where the schema is not installed: then nothing is remembered. Also found by a program that is run from its
 * build folder. All share one, on the main thread. */
GSettings *ph_settings_new (void);

/* What each table has for itself. @name: "routes". */
GSettings *ph_settings_new_of_table (const char *name);
