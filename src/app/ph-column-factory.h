/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Makes the cells of one column. */
#pragma once

#include "ph-cell-set.h"

/* @set is referenced; @column is static. */
GtkListItemFactory *ph_column_factory_new (PhCellSet *set, const PhColumn *column);
