/* SPDX-License-Identifier: GPL-3.0-or-later */
/* IP: the groups Ip of /proc/net/snmp and IpExt of /proc/net/netstat, and the Ip6 lines of /proc/net/snmp6. */
#include "ph-meanings.h"

/* What IPv4 and IPv6 have in common, said once. */
#define IN_RECEIVES                                                                                                    \
  N_ ("Packets that reached IP, with those that were dropped later; what was merged on the way in counts once.")
#define IN_HDR_ERRORS                                                                                                  \
  N_ ("Packets dropped because of their header: wrong version, length or checksum, or forwarded once too often.")
#define IN_UNKNOWN_PROTOS N_ ("Packets dropped because nothing here handles the protocol they carry.")
#define IN_DISCARDS       N_ ("Packets dropped on arrival with nothing wrong with them, mostly for lack of memory.")
#define IN_DELIVERS       N_ ("Packets handed to the protocol above: TCP, UDP, ICMP and others.")
#define FORWARDED         N_ ("Packets that were not for this computer and were passed on.")
#define OUT_REQUESTS                                                                                                   \
  N_ ("Packets that the protocols above gave to IP to send; older kernels count forwarded ones with them.")
#define OUT_DISCARDS                                                                                                   \
  N_ ("Packets dropped on the way out with nothing wrong with them, mostly because a queue was full.")
#define OUT_NO_ROUTES    N_ ("Packets dropped because no route leads to where they should go.")
#define OUT_TRANSMITS    N_ ("Packets given to a network interface to send, own and forwarded ones.")
#define IN_NO_ROUTES     N_ ("Packets for another computer that were dropped because no route leads there.")
#define IN_TRUNCATED     N_ ("Packets dropped because they were shorter than their header says.")
#define REASM_TIMEOUT    N_ ("Packets given up because not all of their fragments arrived in time.")
#define REASM_REQDS      N_ ("Fragments received, to be put together again.")
#define REASM_OKS        N_ ("Packets put together from their fragments.")
#define REASM_FAILS      N_ ("Failures to put fragments together: too late, senseless, or no memory.")
#define FRAG_OKS         N_ ("Packets that were split into fragments to fit the next link.")
#define FRAG_CREATES     N_ ("Fragments that packets were split into.")
#define IN_MCAST_PKTS    N_ ("Packets received for multicast addresses.")
#define OUT_MCAST_PKTS   N_ ("Packets sent to multicast addresses.")
#define IN_BCAST_PKTS    N_ ("Packets received for broadcast addresses.")
#define OUT_BCAST_PKTS   N_ ("Packets sent to broadcast addresses.")
#define IN_OCTETS        N_ ("Bytes received, with the headers of IP and without those of Ethernet.")
#define OUT_OCTETS       N_ ("Bytes sent, with the headers of IP and without those of Ethernet.")
#define IN_MCAST_OCTETS  N_ ("Bytes received for multicast addresses, with the headers of IP.")
#define OUT_MCAST_OCTETS N_ ("Bytes sent to multicast addresses, with the headers of IP.")
#define IN_BCAST_OCTETS  N_ ("Bytes received for broadcast addresses, with the headers of IP.")
#define OUT_BCAST_OCTETS N_ ("Bytes sent to broadcast addresses, with the headers of IP.")
#define NO_ECT           N_ ("Packets received whose sender does not use explicit congestion notification (ECN).")
#define ECT1             N_ ("Packets received from senders that use ECN, marked ECT(1), as low latency (L4S) does.")
#define ECT0             N_ ("Packets received from senders that use ECN, marked ECT(0), as most do.")
#define CE               N_ ("Packets received that a router on the way marked because it was congested (ECN).")

/* clang-format off */
static const PhCounterMeaning ip[] = {
  { "IpForwarding", N_ ("Forwarding: 1 on, 2 off"),
    N_ ("Whether this computer passes on packets that are not for itself, as a router does."), "RFC 4293", GAUGE },
  { "IpDefaultTTL", N_ ("Default time to live"),
    N_ ("How many routers an outgoing packet may pass unless its program asks for another number."), "RFC 4293",
    GAUGE },
  { "IpInReceives", N_ ("Packets received"), IN_RECEIVES, "RFC 4293", INFORMATION },
  { "IpInHdrErrors", N_ ("Packets with invalid headers"), IN_HDR_ERRORS, "RFC 4293", WARNING },
  { "IpInAddrErrors", N_ ("Packets with invalid addresses"),
    N_ ("Packets dropped because their destination is not valid, or elsewhere while this computer does not forward."),
    "RFC 4293", WARNING },
  { "IpForwDatagrams", N_ ("Packets forwarded"), FORWARDED, "RFC 4293", INFORMATION },
  { "IpInUnknownProtos", N_ ("Packets with unknown protocol"), IN_UNKNOWN_PROTOS, "RFC 4293", WARNING },
  { "IpInDiscards", N_ ("Incoming packets discarded"), IN_DISCARDS, "RFC 4293", FAULT },
  { "IpInDelivers", N_ ("Incoming packets delivered"), IN_DELIVERS, "RFC 4293", INFORMATION },
  { "IpOutRequests", N_ ("Requests to send"), OUT_REQUESTS, "RFC 4293", INFORMATION },
  { "IpOutDiscards", N_ ("Outgoing packets dropped"), OUT_DISCARDS, "RFC 4293", FAULT },
  { "IpOutNoRoutes", N_ ("Packets dropped because of missing route"), OUT_NO_ROUTES, "RFC 4293", FAULT },
  { "IpReasmTimeout", N_ ("Fragmented packets dropped after timeout"), REASM_TIMEOUT, "RFC 4293", FAULT },
  { "IpReasmReqds", N_ ("Fragments to reassemble"), REASM_REQDS, "RFC 4293", INFORMATION },
  { "IpReasmOKs", N_ ("Packets reassembled"), REASM_OKS, "RFC 4293", INFORMATION },
  { "IpReasmFails", N_ ("Reassemblies failed"), REASM_FAILS, "RFC 4293", FAULT },
  { "IpFragOKs", N_ ("Outgoing packets fragmented"), FRAG_OKS, "RFC 4293", INFORMATION },
  { "IpFragFails", N_ ("Outgoing packets failed fragmentation"),
    N_ ("Packets dropped because they were too large for the next link and must not be split: the sender is told."),
    "RFC 4293", WARNING },
  { "IpFragCreates", N_ ("Fragments created"), FRAG_CREATES, "RFC 4293", INFORMATION },
  { "IpOutTransmits", N_ ("Packets transmitted"), OUT_TRANSMITS, "RFC 4293", INFORMATION },
};

static const PhCounterMeaning ipext[] = {
  { "IpExtInNoRoutes", N_ ("Incoming packets with no route"), IN_NO_ROUTES, "RFC 4293", WARNING },
  { "IpExtInTruncatedPkts", N_ ("Truncated packets"), IN_TRUNCATED, "RFC 4293", FAULT },
  { "IpExtInMcastPkts", N_ ("Multicast packets received"), IN_MCAST_PKTS, "RFC 4293", INFORMATION },
  { "IpExtOutMcastPkts", N_ ("Multicast packets sent"), OUT_MCAST_PKTS, "RFC 4293", INFORMATION },
  { "IpExtInBcastPkts", N_ ("Broadcast packets received"), IN_BCAST_PKTS, "RFC 4293", INFORMATION },
  { "IpExtOutBcastPkts", N_ ("Broadcast packets sent"), OUT_BCAST_PKTS, "RFC 4293", INFORMATION },
  { "IpExtInOctets", N_ ("Bytes received"), IN_OCTETS, "RFC 4293", INFORMATION },
  { "IpExtOutOctets", N_ ("Bytes sent"), OUT_OCTETS, "RFC 4293", INFORMATION },
  { "IpExtInMcastOctets", N_ ("Multicast bytes received"), IN_MCAST_OCTETS, "RFC 4293", INFORMATION },
  { "IpExtOutMcastOctets", N_ ("Multicast bytes sent"), OUT_MCAST_OCTETS, "RFC 4293", INFORMATION },
  { "IpExtInBcastOctets", N_ ("Broadcast bytes received"), IN_BCAST_OCTETS, "RFC 4293", INFORMATION },
  { "IpExtOutBcastOctets", N_ ("Broadcast bytes sent"), OUT_BCAST_OCTETS, "RFC 4293", INFORMATION },
  { "IpExtInCsumErrors", N_ ("Packets with wrong checksum"),
    N_ ("Packets dropped because the checksum of their header was wrong: damaged on the way."), "linux/snmp.h", FAULT },
  { "IpExtInNoECTPkts", N_ ("Packets received without ECN"), NO_ECT, "snmp_counter.rst", INFORMATION },
  { "IpExtInECT1Pkts", N_ ("Packets received with ECT(1)"), ECT1, "snmp_counter.rst", INFORMATION },
  { "IpExtInECT0Pkts", N_ ("Packets received with ECT(0)"), ECT0, "snmp_counter.rst", INFORMATION },
  { "IpExtInCEPkts", N_ ("Packets received with congestion mark"), CE, "snmp_counter.rst", WARNING },
  { "IpExtReasmOverlaps", N_ ("Packets with overlapping fragments"),
    N_ ("Packets given up because their fragments overlapped: a broken sender, or an attack."), "linux/snmp.h", FAULT },
};

static const PhCounterMeaning ip6[] = {
  { "Ip6InReceives", N_ ("Packets received"), IN_RECEIVES, "RFC 4293", INFORMATION },
  { "Ip6InHdrErrors", N_ ("Packets with invalid headers"), IN_HDR_ERRORS, "RFC 4293", WARNING },
  { "Ip6InTooBigErrors", N_ ("Packets too big"),
    N_ ("Packets that could not be passed on because they were too large for the next link: the sender is told."),
    "RFC 2465", WARNING },
  { "Ip6InNoRoutes", N_ ("Incoming packets with no route"), IN_NO_ROUTES, "RFC 4293", WARNING },
  { "Ip6InAddrErrors", N_ ("Packets with invalid addresses"),
    N_ ("Packets dropped because of an address that is not valid here or must not be forwarded."), "RFC 4293",
    WARNING },
  { "Ip6InUnknownProtos", N_ ("Packets with unknown protocol"), IN_UNKNOWN_PROTOS, "RFC 4293", WARNING },
  { "Ip6InTruncatedPkts", N_ ("Truncated packets"), IN_TRUNCATED, "RFC 4293", FAULT },
  { "Ip6InDiscards", N_ ("Incoming packets discarded"), IN_DISCARDS, "RFC 4293", FAULT },
  { "Ip6InDelivers", N_ ("Incoming packets delivered"), IN_DELIVERS, "RFC 4293", INFORMATION },
  { "Ip6OutForwDatagrams", N_ ("Packets forwarded"), FORWARDED, "RFC 4293", INFORMATION },
  { "Ip6OutRequests", N_ ("Requests to send"), OUT_REQUESTS, "RFC 4293", INFORMATION },
  { "Ip6OutDiscards", N_ ("Outgoing packets dropped"), OUT_DISCARDS, "RFC 4293", FAULT },
  { "Ip6OutNoRoutes", N_ ("Packets dropped because of missing route"), OUT_NO_ROUTES, "RFC 4293", FAULT },
  { "Ip6ReasmTimeout", N_ ("Fragmented packets dropped after timeout"), REASM_TIMEOUT, "RFC 4293", FAULT },
  { "Ip6ReasmReqds", N_ ("Fragments to reassemble"), REASM_REQDS, "RFC 4293", INFORMATION },
  { "Ip6ReasmOKs", N_ ("Packets reassembled"), REASM_OKS, "RFC 4293", INFORMATION },
  { "Ip6ReasmFails", N_ ("Reassemblies failed"), REASM_FAILS, "RFC 4293", FAULT },
  { "Ip6FragOKs", N_ ("Outgoing packets fragmented"), FRAG_OKS, "RFC 4293", INFORMATION },
  { "Ip6FragFails", N_ ("Outgoing packets failed fragmentation"),
    N_ ("Packets dropped because they were too large for the next link and could not be split."), "RFC 4293", WARNING },
  { "Ip6FragCreates", N_ ("Fragments created"), FRAG_CREATES, "RFC 4293", INFORMATION },
  { "Ip6InMcastPkts", N_ ("Multicast packets received"), IN_MCAST_PKTS, "RFC 4293", INFORMATION },
  { "Ip6OutMcastPkts", N_ ("Multicast packets sent"), OUT_MCAST_PKTS, "RFC 4293", INFORMATION },
  { "Ip6InOctets", N_ ("Bytes received"), IN_OCTETS, "RFC 4293", INFORMATION },
  { "Ip6OutOctets", N_ ("Bytes sent"), OUT_OCTETS, "RFC 4293", INFORMATION },
  { "Ip6InMcastOctets", N_ ("Multicast bytes received"), IN_MCAST_OCTETS, "RFC 4293", INFORMATION },
  { "Ip6OutMcastOctets", N_ ("Multicast bytes sent"), OUT_MCAST_OCTETS, "RFC 4293", INFORMATION },
  { "Ip6InBcastOctets", N_ ("Broadcast bytes received"),
    N_ ("Always 0: IPv6 has no broadcast; the counter is there because IPv4 has it."), "RFC 4293", INFORMATION },
  { "Ip6OutBcastOctets", N_ ("Broadcast bytes sent"),
    N_ ("Always 0: IPv6 has no broadcast; the counter is there because IPv4 has it."), "RFC 4293", INFORMATION },
  { "Ip6InNoECTPkts", N_ ("Packets received without ECN"), NO_ECT, "snmp_counter.rst", INFORMATION },
  { "Ip6InECT1Pkts", N_ ("Packets received with ECT(1)"), ECT1, "snmp_counter.rst", INFORMATION },
  { "Ip6InECT0Pkts", N_ ("Packets received with ECT(0)"), ECT0, "snmp_counter.rst", INFORMATION },
  { "Ip6InCEPkts", N_ ("Packets received with congestion mark"), CE, "snmp_counter.rst", WARNING },
  { "Ip6OutTransmits", N_ ("Packets transmitted"), OUT_TRANSMITS, "RFC 4293", INFORMATION },
};
/* clang-format on */

const PhMeanings ph_meanings_ip = PH_MEANINGS (ip);
const PhMeanings ph_meanings_ipext = PH_MEANINGS (ipext);
const PhMeanings ph_meanings_ip6 = PH_MEANINGS (ip6);
