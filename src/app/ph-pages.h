/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The pages of the window, by the names that its stack has for them: what is on them, and where each table is. */
#pragma once

#include "ph-section.h"

/* A new PhTablePage, or a PhSection of some. */
GtkWidget *ph_pages_make (const char *name);

/* The name of the page that has this table. */
const char *ph_pages_home (PhTableId table);
