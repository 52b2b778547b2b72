/* SPDX-License-Identifier: GPL-3.0-or-later */
/* TCP as the standard counts it: the group Tcp of /proc/net/snmp. IPv4 and IPv6 are counted together. */
#include "ph-meanings.h"

/* clang-format off */
static const PhCounterMeaning entries[] = {
  { "TcpRtoAlgorithm", N_ ("Retransmission algorithm"),
    N_ ("How the wait before data is sent again is worked out; 1: in a way that the standard has no number for."),
    "RFC 4022", GAUGE },
  { "TcpRtoMin", N_ ("Shortest retransmission timeout"),
    N_ ("Milliseconds that data must be unacknowledged, at least, before it is sent again."), "RFC 4022", GAUGE },
  { "TcpRtoMax", N_ ("Longest retransmission timeout"),
    N_ ("Milliseconds that are waited, at most, before data is sent again."), "RFC 4022", GAUGE },
  { "TcpMaxConn", N_ ("Limit of connections"), N_ ("How many connections there may be; -1: no fixed number."),
    "RFC 4022", GAUGE },
  { "TcpActiveOpens", N_ ("Active connection openings"), N_ ("Connections that programs here asked others for."),
    "RFC 4022", INFORMATION },
  { "TcpPassiveOpens", N_ ("Passive connection openings"),
    N_ ("Connections that others asked listening programs here for."), "RFC 4022", INFORMATION },
  { "TcpAttemptFails", N_ ("Failed connection attempts"),
    N_ ("Connections that came to nothing before they were open: refused, reset or never answered."), "RFC 4022",
    WARNING },
  { "TcpEstabResets", N_ ("Connections reset"),
    N_ ("Open connections that were cut off by a reset, from either side, or given up, instead of being closed."),
    "RFC 4022", WARNING },
  { "TcpCurrEstab", N_ ("Connections established"), N_ ("Connections that are open now: ESTABLISHED or CLOSE_WAIT."),
    "RFC 4022", GAUGE },
  { "TcpInSegs", N_ ("Segments received"),
    N_ ("All of them, with those in error; what was merged on the way in counts once."), "RFC 4022", INFORMATION },
  { "TcpOutSegs", N_ ("Segments sent"), N_ ("All of them, also bare acknowledgements, but not what was sent again."),
    "RFC 4022", INFORMATION },
  { "TcpRetransSegs", N_ ("Segments retransmitted"),
    N_ ("Segments sent again because they were lost or not acknowledged in time."), "RFC 4022", WARNING },
  { "TcpInErrs", N_ ("Bad segments received"),
    N_ ("Segments dropped because they were damaged: wrong checksum or length."), "RFC 4022", FAULT },
  { "TcpOutRsts", N_ ("Resets sent"),
    N_ ("Segments that refused a connection, cut one off, or answered for one that is not known here."), "RFC 4022",
    INFORMATION },
  { "TcpInCsumErrors", N_ ("Segments with wrong checksum"),
    N_ ("Segments dropped because their checksum was wrong: damaged on the way."), "linux/snmp.h", FAULT },
};
/* clang-format on */

const PhMeanings ph_meanings_tcp = PH_MEANINGS (entries);
