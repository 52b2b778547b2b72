/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Puts the titles of number columns above their numbers, at the end; GTK has no API for it. */
#pragma once

#include <gtk/gtk.h>

#include "ph-column.h"

/* @columns: those in sight; NULL-terminated. Titles that are not found stay as they are. */
void ph_table_header_align (GtkColumnView *view, const PhColumn *const *columns);
