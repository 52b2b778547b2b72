/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * UDP and UDP-Lite: the groups Udp and UdpLite of /proc/net/snmp, and the Udp6 and UdpLite6 lines of snmp6. All four
 * count the same, each for itself.
 */
#include "ph-meanings.h"

/* clang-format off */
#define UDP(prefix, standard)                                                                                          \
  { prefix "InDatagrams", N_ ("Datagrams received"), N_ ("Datagrams delivered to programs."), standard, INFORMATION }, \
  { prefix "NoPorts", N_ ("Datagrams to unknown port"),                                                                \
    N_ ("Datagrams that came for a port that no program has open; the sender is told."), standard, WARNING },          \
  { prefix "InErrors", N_ ("Datagram receive errors"),                                                                 \
    N_ ("Datagrams that could not be delivered though the port is open: a full buffer, a wrong checksum, no memory."), \
    standard, FAULT },                                                                                                 \
  { prefix "OutDatagrams", N_ ("Datagrams sent"), N_ ("Datagrams that programs here sent."), standard, INFORMATION },  \
  { prefix "RcvbufErrors", N_ ("Receive buffer errors"),                                                               \
    N_ ("Datagrams lost because the receive buffer of the program was full: it reads too slowly."), "linux/snmp.h",    \
    FAULT },                                                                                                           \
  { prefix "SndbufErrors", N_ ("Send buffer errors"),                                                                  \
    N_ ("Datagrams not sent because a send buffer or the queue of an interface was full."), "linux/snmp.h", FAULT },   \
  { prefix "InCsumErrors", N_ ("Datagrams with wrong checksum"),                                                       \
    N_ ("Datagrams dropped because their checksum was wrong: damaged on the way."), "linux/snmp.h", FAULT },           \
  { prefix "IgnoredMulti", N_ ("Multicast datagrams ignored"),                                                         \
    N_ ("Multicast and broadcast datagrams that no program here wants."), "linux/snmp.h", INFORMATION },               \
  { prefix "MemErrors", N_ ("Datagrams lost for lack of memory"),                                                      \
    N_ ("Datagrams lost because all sockets together have reached the limit of memory (udp_mem)."), "linux/snmp.h",    \
    FAULT }

static const PhCounterMeaning entries[] = {
  UDP ("Udp", "RFC 4113"),
  UDP ("Udp6", "RFC 4113"),
  UDP ("UdpLite", "RFC 5097"),
  UDP ("UdpLite6", "RFC 5097"),
};
/* clang-format on */

const PhMeanings ph_meanings_udp = PH_MEANINGS (entries);
