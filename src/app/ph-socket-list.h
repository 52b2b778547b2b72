/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A small table of sockets: a line for each, which can be gone to. Rows are kept from look to look, and with them the
 * focus.
 */
#pragma once

#include <adwaita.h>

#include "ph-snapshot.h"
#include "ph-socket.h"

#define PH_TYPE_SOCKET_LIST (ph_socket_list_get_type ())
G_DECLARE_FINAL_TYPE (PhSocketList, ph_socket_list, PH, SOCKET_LIST, AdwBin)

/* Signal "go" (gpointer, a PhSocketKey): a row was clicked, or Enter pressed on it. */

/* The sockets in these slots of @snapshot; empty slots are passed over. @here: the one that all this is about, which is
 * marked; or NULL. */
void ph_socket_list_show (
    PhSocketList *self, PhSnapshot *snapshot, const guint32 *slots, guint n_slots, const PhSocketKey *here);

guint ph_socket_list_get_n (PhSocketList *self);

/* A line for each; free with g_free(). */
char *ph_socket_list_dup_text (PhSocketList *self);
