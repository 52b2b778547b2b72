/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Chips for what is asked most of connections. They only say what was chosen; the page makes filters and requests of
 * it.
 *
 * Which states can be asked depends on the scope (All, Active, Listening): what listens is neither established nor
 * closing, so those two chips rest while Listening is on.
 */
#pragma once

#include <adwaita.h>

#include "ph-chips.h"

#define PH_TYPE_SOCKET_CHIPS (ph_socket_chips_get_type ())
G_DECLARE_FINAL_TYPE (PhSocketChips, ph_socket_chips, PH, SOCKET_CHIPS, AdwBin)

/* Signal: "changed". */

void ph_socket_chips_get (PhSocketChips *self, PhChips *chips);
void ph_socket_chips_set (PhSocketChips *self, const PhChips *chips);
