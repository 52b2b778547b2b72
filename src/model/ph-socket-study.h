/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What is worked out of each look at all sockets, off the main loop: what they come to, the pasts of connections, and
 * for the one whose details are in sight what belongs to it.
 * One look after the other, in a worker; of those that come meanwhile the last one counts. Few sockets are not worth a
 * worker.
 */
#pragma once

#include <gio/gio.h>

#include "ph-socket-kin.h"
#include "ph-socket-past.h"
#include "ph-socket-totals.h"

#define PH_TYPE_SOCKET_STUDY (ph_socket_study_get_type ())
G_DECLARE_FINAL_TYPE (PhSocketStudy, ph_socket_study, PH, SOCKET_STUDY, GObject)

/* Signals: "counted": there are other totals. "found": past and kin of the subject are known; nobody need take them. */

PhSocketStudy *ph_socket_study_new (void);

/* A look, linked. The same again is no harm. */
void ph_socket_study_add (PhSocketStudy *self, PhSnapshot *snapshot);

/* Who is in sight, and which of its owners (NULL: none is known); from the next look on, which is to be added at once
 * where it is another than before. @key: NULL: nobody. */
void ph_socket_study_set_subject (PhSocketStudy *self, const PhSocketKey *key, const PhProcess *process);

/* What was counted last. */
const PhSocketTotals *ph_socket_study_get_totals (PhSocketStudy *self);

/* In "found": of whom, in which snapshot (borrowed; NULL: nobody was found), and what. The past is to be freed; NULL
 * where none is known. @kin, slots of that snapshot, is to be cleared. */
PhSnapshot *ph_socket_study_get_found (PhSocketStudy *self, PhSocketKey *key);
PhPast *ph_socket_study_steal_past (PhSocketStudy *self);
void ph_socket_study_steal_kin (PhSocketStudy *self, PhSocketKin *kin);

/* Stops: nothing is told any more. */
void ph_socket_study_end (PhSocketStudy *self);
