/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One counter of a protocol: the record of the Statistics table.
 *
 * Sources: /proc/net/snmp, netstat, snmp6, sctp/snmp, sockstat and sockstat6 (proc(5)); for Ethernet the sum of
 * IFLA_STATS64 (rtnetlink(7)) over all interfaces but loopback ones.
 */
#pragma once

#include <math.h>

#include "ph-counter-meaning.h"
#include "ph-request.h"
#include "ph-schema.h"

/* In the order in which netstat -s prints them. */
typedef enum
{
  PH_COUNTER_IP = 0,
  PH_COUNTER_ICMP, /* with IcmpMsg: messages by their type */
  PH_COUNTER_TCP,
  PH_COUNTER_UDP,
  PH_COUNTER_IPV6,
  PH_COUNTER_ICMPV6,
  PH_COUNTER_UDPV6,
  PH_COUNTER_UDPLITE,
  PH_COUNTER_UDPLITEV6,
  PH_COUNTER_TCPEXT,
  PH_COUNTER_IPEXT,
  PH_COUNTER_MPTCPEXT,
  PH_COUNTER_SCTP,
  PH_COUNTER_SOCKETS,  /* sockstat and sockstat6 */
  PH_COUNTER_ETHERNET, /* netstat -e */
  PH_COUNTER_OTHER,    /* a group that is newer than this program */
  PH_N_COUNTER_PROTOCOLS
} PhCounterProtocol;

#define PH_COUNTER_MIB_MAX 60 /* with the NUL */

/* The bytes order as netstat prints. */
typedef struct
{
  guint8 protocol; /* PhCounterProtocol */
  guint8 reserved;
  guint8 order[2]; /* within the protocol, high byte first; all ones: a counter that has no entry in the tables */

  /* The kernel's prefix and name run together, as nstat(8) writes it: "TcpExtListenOverflows", "Ip6InReceives",
   * "TCPinuse". Padded with NULs. Ethernet: as IF-MIB (RFC 2863) names it, "IfInOctets". */
  char mib[PH_COUNTER_MIB_MAX];
} PhCounterKey;

typedef enum
{
  PH_COUNTER_KNOWN = 1 << 0,       /* @total is told; without it @meaning says why not */
  PH_COUNTER_NEGATIVE = 1 << 1,    /* @total is a gint64 below zero: TcpMaxConn -1, no limit */
  PH_COUNTER_SINCE_KNOWN = 1 << 2, /* never of a gauge; not when the counter has just gone back */
} PhCounterFlags;

typedef struct
{
  PhRecord head;
  PhCounterKey key;

  const PhCounterMeaning *meaning; /* NULL: there is no entry for it */
  const char *words;               /* its name in words, untranslated; made from the MIB name where meaning is NULL */

  guint8 kind;          /* PhCounterKind */
  guint8 severity;      /* PhCounterSeverity of a rise */
  guint8 flags;         /* PhCounterFlags */
  guint8 prefix_length; /* how many bytes of key.mib are the prefix: "TcpExt" */

  guint64 total; /* what the kernel says, since boot or since its module was loaded */
  guint64 since; /* what has been added since the mark; without a mark: total */
  double rate;   /* per second since the last look; NAN: not known, or a gauge */
  PhTrace trace; /* of the rate */
} PhCounter;

extern const PhSchema ph_counter_schema;

/* The words for "is:" in a filter, in the order of ph_counter_schema.words. */
typedef enum
{
  PH_COUNTER_IS_ZERO,    /* known to be 0 */
  PH_COUNTER_IS_RISEN,   /* since the mark */
  PH_COUNTER_IS_WARNING, /* a rise is a warning */
  PH_COUNTER_IS_FAULT,   /* a rise is a fault */
  PH_COUNTER_IS_GAUGE,
  PH_COUNTER_IS_NEW,
  PH_COUNTER_IS_STALE,
} PhCounterIs;

gboolean ph_counter_is (const PhCounter *counter, PhCounterIs word);

/* "IP", "ICMPv6", "TcpExt"...: as people write it; "" for numbers that are none. */
const char *ph_counter_protocol_name (guint protocol);

/* The protocol of the prefix that stands before the colon in the kernel's files ("IcmpMsg", "TcpExt"). */
PhCounterProtocol ph_counter_protocol_of_prefix (const char *prefix, gsize length);

/* Appends a record for the counter whose MIB name is @prefix and @name run together; NULL: there is no room for its
 * name, or it is none (letters, digits and _ only). Its total is not set. */
PhCounter *ph_counter_add (PhSnapshot *snapshot,
                           PhRequestName request,
                           PhCounterProtocol protocol,
                           const char *prefix,
                           gsize prefix_length,
                           const char *name,
                           gsize name_length);

/* The total as text: digits, with a minus where it is negative; "" where it is not known. */
void ph_counter_print_total (const PhCounter *counter, GString *text);

/* By its MIB name; NULL: @snapshot has none. Linear. */
const PhCounter *ph_counter_find (const PhSnapshot *snapshot, const char *mib);

/* For the schema. */
void ph_counter_copy (PhSnapshot *snapshot, gpointer target, gconstpointer source);
void ph_counter_advance (gpointer record, gconstpointer previous, gint64 elapsed_us);
