/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * ICMPv6: the Icmp6 lines of /proc/net/snmp6. As with ICMP, the kernel counts a message under its name and under the
 * number of its type (RFC 4443 and the IANA's list).
 */
#include "ph-meanings.h"

/* X (direction, name, type, words, meaning, severity) */
/* clang-format off */
#define NAMED_TYPES_IN(X)                                                                                              \
  X ("In", "DestUnreachs", "1", N_ ("Destination unreachable received"),                                               \
     N_ ("A router or the destination told that packets sent from here cannot be delivered."), WARNING)                \
  X ("In", "PktTooBigs", "2", N_ ("Packet too big received"),                                                          \
     N_ ("A router told that packets sent from here are too large for a link on the way (path MTU discovery)."),       \
     INFORMATION)                                                                                                      \
  X ("In", "TimeExcds", "3", N_ ("Time exceeded received"),                                                            \
     N_ ("Packets sent from here passed too many routers, as traceroute’s do, or not all fragments arrived."), \
     INFORMATION)                                                                                                      \
  X ("In", "ParmProblems", "4", N_ ("Parameter problem received"),                                                     \
     N_ ("The other side could not make sense of the header of a packet sent from here."), WARNING)                    \
  X ("In", "Echos", "128", N_ ("Echo request received"), N_ ("Somebody pings this computer."), INFORMATION)            \
  X ("In", "EchoReplies", "129", N_ ("Echo reply received"), N_ ("Answers to pings sent from here."), INFORMATION)     \
  X ("In", "GroupMembQueries", "130", N_ ("Multicast listener query received"),                                        \
     N_ ("A router or switch asks who listens to which multicast groups (MLD)."), INFORMATION)                         \
  X ("In", "GroupMembResponses", "131", N_ ("Multicast listener report received"),                                     \
     N_ ("Another computer tells which multicast group it listens to (MLD version 1)."), INFORMATION)                  \
  X ("In", "GroupMembReductions", "132", N_ ("Multicast listener done received"),                                      \
     N_ ("Another computer no longer listens to a multicast group (MLD version 1)."), INFORMATION)                     \
  X ("In", "RouterSolicits", "133", N_ ("Router solicitation received"),                                               \
     N_ ("A computer that has just joined the network asks for routers."), INFORMATION)                                \
  X ("In", "RouterAdvertisements", "134", N_ ("Router advertisement received"),                                        \
     N_ ("Routers tell that they are there, and which prefixes belong to the network."), INFORMATION)                  \
  X ("In", "NeighborSolicits", "135", N_ ("Neighbour solicitation received"),                                          \
     N_ ("Others ask who has an address, as ARP does for IPv4."), INFORMATION)                                         \
  X ("In", "NeighborAdvertisements", "136", N_ ("Neighbour advertisement received"),                                   \
     N_ ("Others tell the hardware address that belongs to an address."), INFORMATION)                                 \
  X ("In", "Redirects", "137", N_ ("Redirect received"),                                                               \
     N_ ("A router told that another way to a destination is better."), WARNING)                                       \
  X ("In", "MLDv2Reports", "143", N_ ("Multicast listener report, version 2, received"),                               \
     N_ ("Other computers tell which multicast groups they listen to (MLD version 2)."), INFORMATION)

#define NAMED_TYPES_OUT(X)                                                                                             \
  X ("Out", "DestUnreachs", "1", N_ ("Destination unreachable sent"),                                                  \
     N_ ("Told senders that their packets cannot be delivered, for example because no program has the UDP port."),     \
     INFORMATION)                                                                                                      \
  X ("Out", "PktTooBigs", "2", N_ ("Packet too big sent"),                                                             \
     N_ ("This computer, as a router, told senders that their packets are too large for the next link."), INFORMATION) \
  X ("Out", "TimeExcds", "3", N_ ("Time exceeded sent"),                                                               \
     N_ ("Told senders that their packets passed too many routers, or that fragments did not all arrive."),            \
     INFORMATION)                                                                                                      \
  X ("Out", "ParmProblems", "4", N_ ("Parameter problem sent"),                                                        \
     N_ ("Told senders that the header of their packet makes no sense."), INFORMATION)                                 \
  X ("Out", "Echos", "128", N_ ("Echo request sent"), N_ ("Somebody on this computer pings."), INFORMATION)            \
  X ("Out", "EchoReplies", "129", N_ ("Echo reply sent"), N_ ("Answers to pings of this computer."), INFORMATION)      \
  X ("Out", "GroupMembQueries", "130", N_ ("Multicast listener query sent"),                                           \
     N_ ("This computer, as a router or switch, asks who listens to which multicast groups (MLD)."), INFORMATION)      \
  X ("Out", "GroupMembResponses", "131", N_ ("Multicast listener report sent"),                                        \
     N_ ("Told routers which multicast groups this computer listens to (MLD version 1)."), INFORMATION)                \
  X ("Out", "GroupMembReductions", "132", N_ ("Multicast listener done sent"),                                         \
     N_ ("Told routers that this computer no longer listens to a multicast group (MLD version 1)."), INFORMATION)      \
  X ("Out", "RouterSolicits", "133", N_ ("Router solicitation sent"),                                                  \
     N_ ("This computer asks for routers, as it does when an interface comes up."), INFORMATION)                       \
  X ("Out", "RouterAdvertisements", "134", N_ ("Router advertisement sent"),                                           \
     N_ ("A program here makes this computer known as a router."), INFORMATION)                                        \
  X ("Out", "NeighborSolicits", "135", N_ ("Neighbour solicitation sent"),                                             \
     N_ ("This computer asks who has an address, as ARP does for IPv4."), INFORMATION)                                 \
  X ("Out", "NeighborAdvertisements", "136", N_ ("Neighbour advertisement sent"),                                      \
     N_ ("Told others the hardware address that belongs to an address of this computer."), INFORMATION)                \
  X ("Out", "Redirects", "137", N_ ("Redirect sent"),                                                                  \
     N_ ("This computer, as a router, told senders that another way is better."), INFORMATION)                         \
  X ("Out", "MLDv2Reports", "143", N_ ("Multicast listener report, version 2, sent"),                                  \
     N_ ("Told routers which multicast groups this computer listens to (MLD version 2)."), INFORMATION)

#define BY_NAME(direction, name, type, words, text, severity)                                                          \
  { "Icmp6" direction name, words, text, "RFC 2466", severity },
#define BY_TYPE(direction, name, type, words, text, severity)                                                          \
  { "Icmp6" direction "Type" type, words, text, "IANA", severity },

static const PhCounterMeaning entries[] = {
  { "Icmp6InMsgs", N_ ("ICMP messages received"), N_ ("All of them, with those that had errors."), "RFC 4293",
    INFORMATION },
  { "Icmp6InErrors", N_ ("ICMP messages received with errors"),
    N_ ("Messages of no use: wrong checksum or length, unknown type, or about a packet that was not sent from here."),
    "RFC 4293", WARNING },
  { "Icmp6OutMsgs", N_ ("ICMP messages sent"), N_ ("All of them, with those that could not be sent."), "RFC 4293",
    INFORMATION },
  { "Icmp6OutErrors", N_ ("ICMP messages failed"),
    N_ ("Messages that were not sent because of a problem here, such as lack of memory."), "RFC 4293", FAULT },
  { "Icmp6InCsumErrors", N_ ("ICMP messages with wrong checksum"),
    N_ ("Messages dropped because their checksum was wrong: damaged on the way."), "snmp_counter.rst", FAULT },
  { "Icmp6OutRateLimitHost", N_ ("ICMP messages held back, limit per destination"),
    N_ ("Messages not sent because each destination gets only so many each second (icmp.ratelimit)."), "linux/snmp.h",
    WARNING },
  NAMED_TYPES_IN (BY_NAME)
  NAMED_TYPES_OUT (BY_NAME)
  NAMED_TYPES_IN (BY_TYPE)
  { "Icmp6InType141", N_ ("Inverse neighbour solicitation received"),
    N_ ("Others ask which address belongs to a hardware address (RFC 3122)."), "IANA", INFORMATION },
  { "Icmp6InType142", N_ ("Inverse neighbour advertisement received"),
    N_ ("Others tell which address belongs to a hardware address (RFC 3122)."), "IANA", INFORMATION },
  { "Icmp6InType151", N_ ("Multicast router advertisement received"),
    N_ ("Routers that forward multicast make themselves known (RFC 4286)."), "IANA", INFORMATION },
  { "Icmp6InType160", N_ ("Extended echo request received"),
    N_ ("Somebody asks for the state of an interface (probe, RFC 8335)."), "IANA", INFORMATION },
  { "Icmp6InType161", N_ ("Extended echo reply received"),
    N_ ("Answers to questions for the state of an interface (probe, RFC 8335)."), "IANA", INFORMATION },
  NAMED_TYPES_OUT (BY_TYPE)
  { "Icmp6OutType160", N_ ("Extended echo request sent"),
    N_ ("A program here asks for the state of an interface elsewhere (probe, RFC 8335)."), "IANA", INFORMATION },
  { "Icmp6OutType161", N_ ("Extended echo reply sent"),
    N_ ("Told others the state of an interface of this computer (probe, RFC 8335)."), "IANA", INFORMATION },
};
/* clang-format on */

const PhMeanings ph_meanings_icmp6 = PH_MEANINGS (entries);
