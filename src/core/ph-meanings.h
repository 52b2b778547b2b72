/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The tables behind ph_counter_meaning_find(), each in a file of its own, and what their entries are written with.
 *
 * Words are close to the sentences of netstat -s. A meaning is one plain sentence. Entries stand in the order in which
 * they are shown, which is the kernel's.
 */
#pragma once

#include "ph-counter-meaning.h"
#include "ph-i18n.h"

/* The last two members of an entry. */
#define INFORMATION PH_SEVERITY_INFORMATION, PH_COUNTER_COUNT
#define WARNING     PH_SEVERITY_WARNING, PH_COUNTER_COUNT
#define FAULT       PH_SEVERITY_FAULT, PH_COUNTER_COUNT
#define GAUGE       PH_SEVERITY_INFORMATION, PH_COUNTER_GAUGE

typedef struct
{
  const PhCounterMeaning *entries;
  guint n;
} PhMeanings;

/* The table that is made of an array of entries. */
#define PH_MEANINGS(entries)                                                                                           \
  {                                                                                                                    \
    entries, G_N_ELEMENTS (entries)                                                                                    \
  }

extern const PhMeanings ph_meanings_ip;
extern const PhMeanings ph_meanings_icmp;
extern const PhMeanings ph_meanings_tcp;
extern const PhMeanings ph_meanings_udp; /* UDP-Lite, too; both over IPv4 and IPv6 */
extern const PhMeanings ph_meanings_ip6;
extern const PhMeanings ph_meanings_icmp6;
extern const PhMeanings ph_meanings_tcpext; /* and, behind it, */
extern const PhMeanings ph_meanings_tcpext2;
extern const PhMeanings ph_meanings_ipext;
extern const PhMeanings ph_meanings_mptcp;
extern const PhMeanings ph_meanings_sctp;
extern const PhMeanings ph_meanings_sockets;
extern const PhMeanings ph_meanings_ethernet;
