/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * ICMP: the groups Icmp and IcmpMsg of /proc/net/snmp. The kernel counts a message under its name and under the number
 * of its type (RFC 792 and the IANA's list); both mean the same.
 */
#include "ph-meanings.h"

/* X (direction, name, type, words, meaning, severity) */
/* clang-format off */
#define NAMED_TYPES_IN(X)                                                                                              \
  X ("In", "DestUnreachs", "3", N_ ("Destination unreachable received"),                                               \
     N_ ("A router or the destination told that packets sent from here cannot be delivered."), WARNING)                \
  X ("In", "TimeExcds", "11", N_ ("Time exceeded received"),                                                           \
     N_ ("Packets sent from here passed too many routers, as traceroute’s do, or not all fragments arrived."), \
     INFORMATION)                                                                                                      \
  X ("In", "ParmProbs", "12", N_ ("Parameter problem received"),                                                       \
     N_ ("The other side could not make sense of the header of a packet sent from here."), WARNING)                    \
  X ("In", "SrcQuenchs", "4", N_ ("Source quench received"),                                                           \
     N_ ("An old way to ask a sender to slow down; deprecated (RFC 6633) and ignored."), INFORMATION)                  \
  X ("In", "Redirects", "5", N_ ("Redirect received"),                                                                 \
     N_ ("A router told that another router is the better way to a destination."), WARNING)                            \
  X ("In", "Echos", "8", N_ ("Echo request received"), N_ ("Somebody pings this computer."), INFORMATION)              \
  X ("In", "EchoReps", "0", N_ ("Echo reply received"), N_ ("Answers to pings sent from here."), INFORMATION)          \
  X ("In", "Timestamps", "13", N_ ("Timestamp request received"),                                                      \
     N_ ("Somebody asks for this computer’s time of day; mostly scanners do."), INFORMATION)                           \
  X ("In", "TimestampReps", "14", N_ ("Timestamp reply received"),                                                     \
     N_ ("Answers to requests for the time of day sent from here."), INFORMATION)                                      \
  X ("In", "AddrMasks", "17", N_ ("Address mask request received"),                                                    \
     N_ ("Somebody asks for the mask of the network; deprecated (RFC 6918) and not answered."), INFORMATION)           \
  X ("In", "AddrMaskReps", "18", N_ ("Address mask reply received"),                                                   \
     N_ ("Tells the mask of the network; deprecated (RFC 6918) and ignored."), INFORMATION)

#define NAMED_TYPES_OUT(X)                                                                                             \
  X ("Out", "DestUnreachs", "3", N_ ("Destination unreachable sent"),                                                  \
     N_ ("Told senders that their packets cannot be delivered, for example because no program has the UDP port."),     \
     INFORMATION)                                                                                                      \
  X ("Out", "TimeExcds", "11", N_ ("Time exceeded sent"),                                                              \
     N_ ("Told senders that their packets passed too many routers, or that fragments did not all arrive."),            \
     INFORMATION)                                                                                                      \
  X ("Out", "ParmProbs", "12", N_ ("Parameter problem sent"),                                                          \
     N_ ("Told senders that the header of their packet makes no sense."), INFORMATION)                                 \
  X ("Out", "SrcQuenchs", "4", N_ ("Source quench sent"),                                                              \
     N_ ("An old way to ask a sender to slow down; deprecated (RFC 6633), and Linux does not send it."), INFORMATION)  \
  X ("Out", "Redirects", "5", N_ ("Redirect sent"),                                                                    \
     N_ ("This computer, as a router, told senders that another router is the better way."), INFORMATION)              \
  X ("Out", "Echos", "8", N_ ("Echo request sent"), N_ ("Somebody on this computer pings."), INFORMATION)              \
  X ("Out", "EchoReps", "0", N_ ("Echo reply sent"), N_ ("Answers to pings of this computer."), INFORMATION)           \
  X ("Out", "Timestamps", "13", N_ ("Timestamp request sent"),                                                         \
     N_ ("Somebody on this computer asks another for its time of day."), INFORMATION)                                  \
  X ("Out", "TimestampReps", "14", N_ ("Timestamp reply sent"),                                                        \
     N_ ("Told others this computer’s time of day."), INFORMATION)                                                     \
  X ("Out", "AddrMasks", "17", N_ ("Address mask request sent"),                                                       \
     N_ ("Somebody on this computer asks for the mask of the network; deprecated (RFC 6918)."), INFORMATION)           \
  X ("Out", "AddrMaskReps", "18", N_ ("Address mask reply sent"),                                                      \
     N_ ("Told others the mask of the network; deprecated (RFC 6918)."), INFORMATION)

#define BY_NAME(direction, name, type, words, text, severity)                                                          \
  { "Icmp" direction name, words, text, "RFC 2011", severity },
#define BY_TYPE(direction, name, type, words, text, severity)                                                          \
  { "IcmpMsg" direction "Type" type, words, text, "IANA", severity },

static const PhCounterMeaning entries[] = {
  { "IcmpInMsgs", N_ ("ICMP messages received"), N_ ("All of them, with those that had errors."), "RFC 4293",
    INFORMATION },
  { "IcmpInErrors", N_ ("ICMP messages received with errors"),
    N_ ("Messages of no use: wrong checksum or length, unknown type, or about a packet that was not sent from here."),
    "RFC 4293", WARNING },
  { "IcmpInCsumErrors", N_ ("ICMP messages with wrong checksum"),
    N_ ("Messages dropped because their checksum was wrong: damaged on the way."), "snmp_counter.rst", FAULT },
  NAMED_TYPES_IN (BY_NAME)
  { "IcmpOutMsgs", N_ ("ICMP messages sent"), N_ ("All of them, with those that could not be sent."), "RFC 4293",
    INFORMATION },
  { "IcmpOutErrors", N_ ("ICMP messages failed"),
    N_ ("Messages that were not sent because of a problem here, such as lack of memory."), "RFC 4293", FAULT },
  { "IcmpOutRateLimitGlobal", N_ ("ICMP messages held back, overall limit"),
    N_ ("Messages not sent because this computer sends only so many each second to all together (icmp_msgs_per_sec)."),
    "linux/snmp.h", WARNING },
  { "IcmpOutRateLimitHost", N_ ("ICMP messages held back, limit per destination"),
    N_ ("Messages not sent because each destination gets only so many each second (icmp_ratelimit)."), "linux/snmp.h",
    WARNING },
  NAMED_TYPES_OUT (BY_NAME)
  NAMED_TYPES_IN (BY_TYPE)
  { "IcmpMsgInType9", N_ ("Router advertisement received"),
    N_ ("A router made itself known (RFC 1256); only programs look at it."), "IANA", INFORMATION },
  { "IcmpMsgInType10", N_ ("Router solicitation received"), N_ ("Somebody asks for routers (RFC 1256)."), "IANA",
    INFORMATION },
  { "IcmpMsgInType15", N_ ("Information request received"), N_ ("Deprecated (RFC 6918) and ignored."), "IANA",
    INFORMATION },
  { "IcmpMsgInType16", N_ ("Information reply received"), N_ ("Deprecated (RFC 6918) and ignored."), "IANA",
    INFORMATION },
  { "IcmpMsgInType30", N_ ("Traceroute message received"), N_ ("Deprecated (RFC 6918) and ignored."), "IANA",
    INFORMATION },
  { "IcmpMsgInType40", N_ ("Photuris message received"),
    N_ ("About a session key protocol (RFC 2521) that is hardly used."), "IANA", INFORMATION },
  { "IcmpMsgInType42", N_ ("Extended echo request received"),
    N_ ("Somebody asks for the state of an interface (probe, RFC 8335)."), "IANA", INFORMATION },
  { "IcmpMsgInType43", N_ ("Extended echo reply received"),
    N_ ("Answers to questions for the state of an interface (probe, RFC 8335)."), "IANA", INFORMATION },
  NAMED_TYPES_OUT (BY_TYPE)
  { "IcmpMsgOutType9", N_ ("Router advertisement sent"),
    N_ ("A program here makes this computer known as a router (RFC 1256)."), "IANA", INFORMATION },
  { "IcmpMsgOutType10", N_ ("Router solicitation sent"), N_ ("A program here asks for routers (RFC 1256)."), "IANA",
    INFORMATION },
  { "IcmpMsgOutType42", N_ ("Extended echo request sent"),
    N_ ("A program here asks for the state of an interface elsewhere (probe, RFC 8335)."), "IANA", INFORMATION },
  { "IcmpMsgOutType43", N_ ("Extended echo reply sent"),
    N_ ("Told others the state of an interface of this computer (probe, RFC 8335)."), "IANA", INFORMATION },
};
/* clang-format on */

const PhMeanings ph_meanings_icmp = PH_MEANINGS (entries);
