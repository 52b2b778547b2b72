/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Asks before something is done to others, with what will be hit; does it; and says how it went.
 *
 * Nothing happens in the window's own thread: who goes with a process is looked up anew in a worker, systemd is asked,
 * and only then the question is put. One at a time on a page; another is ignored meanwhile.
 */
#pragma once

#include "ph-deed-words.h"
#include "ph-table-page.h"

/* What the actions "deed.end" and "deed.kill" are about: PhSocketKey, then a PID with its start time. */
#define PH_DEED_SOCKET_TARGET  "(tuyq)"
#define PH_DEED_PROCESS_TARGET "(tuyqit)"

/* @page: of the connections, with the actions of ph-socket-deeds.h. */
void ph_deed_question_close (PhTablePage *page, const PhSocketKey *socket);

/* @deed: END or KILL. @socket: one that the process has open. */
void ph_deed_question_signal (
    PhTablePage *page, PhDeedName deed, const PhSocketKey *socket, gint32 pid, guint64 start_ticks);
