/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What can be done about a socket and to who has it open: Close Connection, End Process, Kill Process. What cannot be
 * done is in the menu all the same, with its reason.
 */
#pragma once

#include "ph-table-page.h"

/* Appends the items about the socket of @row; @page: of the connections, which gets the actions behind them. */
void ph_socket_deeds_append_menu (PhTablePage *page, PhRow *row, GMenu *menu);
