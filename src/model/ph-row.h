/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The identity of one record over time: what selections, cells and scroll anchors hold on to. The facts are in the
 * table's current snapshot; a row only knows its slot there, so an unchanged row costs nothing per refresh.
 */
#pragma once

#include <glib-object.h>

#include "ph-snapshot.h"

#define PH_TYPE_ROW (ph_row_get_type ())
G_DECLARE_FINAL_TYPE (PhRow, ph_row, PH, ROW, GObject)

/* Borrowed; valid until the table's next sync. A row that has left its table still has its last record. Never NULL. */
gconstpointer ph_row_get_record (PhRow *self);

/* FALSE once the row has left its table. */
gboolean ph_row_is_alive (PhRow *self);
