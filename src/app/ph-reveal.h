/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Shows somebody a row: selects it, and scrolls to it. */
#pragma once

#include "ph-table-view.h"

/* The row, and no other, is selected now; scrolled to as soon as the table is long enough. FALSE: it is not in sight, a
 * filter hides it. */
gboolean ph_reveal_row (PhTableView *table, PhRow *row);

/* The same, and the focus goes there. */
gboolean ph_reveal_go_to (PhTableView *table, PhRow *row);
