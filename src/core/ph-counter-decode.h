/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The kernel's files of counters, line by line, and the totals of all interfaces: bytes in, PhCounter records out.
 *
 * What cannot be understood costs only its own group (a pair of lines of snmp and netstat, one line of the other files)
 * and is counted in PhLookResult.malformed.
 */
#pragma once

#include "ph-counter.h"
#include "ph-snapshot.h"

/* What is carried from one frame to the next: a frame may end between the two lines of a pair. All zero: nothing. */
typedef struct
{
  GString *header; /* the line of names that waits for its values; NULL: none */
  PhRequestName request;
} PhCounterText;

/* Another answer begins, or the last has ended: a line that still waits has lost its other half. */
void ph_counter_text_end (PhCounterText *text, PhSnapshot *snapshot);

/* Whole lines of the file behind @request: SNMP, NETSTAT, SNMP6, SCTP_SNMP, SOCKSTAT, SOCKSTAT6. */
void ph_counter_decode_text (
    PhCounterText *text, PhSnapshot *snapshot, PhRequestName request, const char *bytes, gsize length);

/* Messages of LINK_STATS: adds each interface to the totals, which are records of @snapshot from the first on. */
void ph_counter_decode_links (PhSnapshot *snapshot, const guint8 *bytes, gsize length);
