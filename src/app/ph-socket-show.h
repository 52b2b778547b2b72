/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Finds a socket for somebody who has heard of it elsewhere, and shows its row. Filters that hide it are cleared, and
 * that is said.
 */
#pragma once

#include "ph-listener.h"
#include "ph-table-page.h"

/* With @found the page should be brought in sight now, without it the socket is gone. @listener: whose it was, or NULL
 * where a single socket was asked for. Called once, or never if the page
 * goes or is asked for another one before. */
typedef void (*PhSocketFound) (gboolean found, const PhListenerKey *listener, gpointer user_data);

/* @page: of the connections, in sight or not. */
void ph_socket_show (PhTablePage *page, const PhSocketKey *socket, PhSocketFound found, gpointer user_data);
void ph_socket_show_listener (PhTablePage *page, const PhListenerKey *key, PhSocketFound found, gpointer user_data);
