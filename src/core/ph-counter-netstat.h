/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The counters as the two netstats print them: the sentences of netstat -s on Unix, the table of netstat -e on Windows.
 * Not translated, as all that imitates netstat.
 */
#pragma once

#include "ph-counter.h"

/* Bits (1 << PhCounterProtocol), for @groups. */
#define PH_COUNTER_GROUP(protocol) (G_GUINT64_CONSTANT (1) << (protocol))
#define PH_COUNTER_GROUPS_RAW      (PH_COUNTER_GROUP (PH_COUNTER_IP) | PH_COUNTER_GROUP (PH_COUNTER_ICMP))
#define PH_COUNTER_GROUPS_TCP                                                                                          \
  (PH_COUNTER_GROUP (PH_COUNTER_TCP) | PH_COUNTER_GROUP (PH_COUNTER_TCPEXT) | PH_COUNTER_GROUP (PH_COUNTER_MPTCPEXT))
#define PH_COUNTER_GROUPS_UDP     PH_COUNTER_GROUP (PH_COUNTER_UDP)
#define PH_COUNTER_GROUPS_UDPLITE PH_COUNTER_GROUP (PH_COUNTER_UDPLITE)
#define PH_COUNTER_GROUPS_SCTP    PH_COUNTER_GROUP (PH_COUNTER_SCTP)
#define PH_COUNTER_GROUPS_IPV4                                                                                         \
  (PH_COUNTER_GROUPS_RAW | PH_COUNTER_GROUPS_TCP | PH_COUNTER_GROUPS_UDP | PH_COUNTER_GROUPS_UDPLITE                   \
   | PH_COUNTER_GROUPS_SCTP | PH_COUNTER_GROUP (PH_COUNTER_IPEXT) | PH_COUNTER_GROUP (PH_COUNTER_OTHER))
#define PH_COUNTER_GROUPS_IPV6                                                                                         \
  (PH_COUNTER_GROUP (PH_COUNTER_IPV6) | PH_COUNTER_GROUP (PH_COUNTER_ICMPV6) | PH_COUNTER_GROUP (PH_COUNTER_UDPV6)     \
   | PH_COUNTER_GROUP (PH_COUNTER_UDPLITEV6))

/* Groups in netstat's order. Counters that netstat has a sentence for are told in it, most of them only if they are not
 * zero; the others as "Name: value", if not zero. Ethernet is left to the function below. */
void ph_counter_netstat (const PhSnapshot *snapshot, guint64 groups, GString *text);

/* The totals of all interfaces but loopback ones; "-" for what Linux does not tell. */
void ph_counter_ethernet (const PhSnapshot *snapshot, GString *text);

/* How netstat prints a counter. */
typedef enum
{
  PH_NETSTAT_ALWAYS = 1 << 0, /* also where it is zero */
  PH_NETSTAT_INPUT = 1 << 1,  /* in the histogram of ICMP messages received */
  PH_NETSTAT_OUTPUT = 1 << 2, /* and sent */
} PhNetstatHow;

/* The sentence that netstat has for a counter, with # in the place of the number; an empty one: netstat leaves it out.
 * NULL: it has none. @how gets PhNetstatHow. */
const char *ph_counter_netstat_sentence (const char *mib, guint *how);
