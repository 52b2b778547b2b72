/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * All that is known of one socket: the process that has it, with its parents and its other sockets; what it is and what
 * state it is in; for TCP what has flowed since it was first seen and every value of tcp_info; for a listener its queue
 * and its connections; for a Unix socket who is at the other end.
 *
 * It is empty until it is first shown: a window that opens without it does not pay for it.
 */
#pragma once

#include <adwaita.h>

#include "ph-past.h"
#include "ph-socket-inquiry.h"
#include "ph-socket-kin.h"
#include "ph-style.h"

#define PH_TYPE_SOCKET_DETAILS (ph_socket_details_get_type ())
G_DECLARE_FINAL_TYPE (PhSocketDetails, ph_socket_details, PH, SOCKET_DETAILS, AdwBin)

/*
 * Signals: "close": the user wants it away. "go" (gpointer, a PhSocketKey): to this socket, please. "filter" (string):
 * to what of the table this lets through. "owner-chosen": of several owners another is to be told about. "menu"
 * (GMenu): the menu of what can be done is opened, and wants to be filled.
 */

/* @socket (only looked at; NULL: none is selected), as of the look @snapshot; to be called again after each look, and
 * when a report has come. */
void ph_socket_details_show (PhSocketDetails *self, const PhSocket *socket, PhSnapshot *snapshot, const PhStyle *style);

/* What is found out about it elsewhere, later; taken over. */
void ph_socket_details_take_past (PhSocketDetails *self, PhPast *past);
void ph_socket_details_take_report (PhSocketDetails *self, PhSocketReport *report);

/* Of the socket that is shown. @snapshot: whose slots @kin has. */
void ph_socket_details_show_kin (PhSocketDetails *self,
                                 const PhSocket *socket,
                                 const PhSocketKin *kin,
                                 PhSnapshot *snapshot);

/* Which of the owners is told about, its number; and which process that is, NULL: none is known. Borrowed. */
guint ph_socket_details_get_owner (PhSocketDetails *self);
const PhProcess *ph_socket_details_get_process (PhSocketDetails *self);

/* Everything in it as text, for copying; free with g_free(). */
char *ph_socket_details_dup_text (PhSocketDetails *self);
