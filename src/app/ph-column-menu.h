/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The menu of a table's headers: a check for each column that can be shown. */
#pragma once

#include <gio/gio.h>

#include "ph-schema.h"

/* Items are "columns.ID"; at the end "table.reset-columns". */
GMenuModel *ph_column_menu_new (const PhSchema *schema);
