/* SPDX-License-Identifier: GPL-3.0-or-later */
/* See ph-link-counters.h. What is only true of hardware is said to be. */
#include "ph-link-counters.h"

#include "ph-i18n.h"

#define AT(member)      G_STRUCT_OFFSET (PhLinkStats, member)
#define COUNTER(member) .id = #member, .offset = AT (member)
#define ALONE           PH_LINK_COUNTER_ALONE
#define ADDED           PH_LINK_COUNTER_ADDED
#define INSIDE          PH_LINK_COUNTER_INSIDE
#define INFORMATION     PH_SEVERITY_INFORMATION
#define WARNING         PH_SEVERITY_WARNING
#define FAULT           PH_SEVERITY_FAULT

/* clang-format off */
const PhLinkCounter ph_link_counters[PH_N_LINK_COUNTERS] = {
  /* --- traffic --- */
  { COUNTER (rx_packets), .title = N_ ("Packets received"), .column = "rx_ok", .severity = INFORMATION,
    .meaning = N_ ("Good packets that came in, with those that this computer then had to drop.") },
  { COUNTER (tx_packets), .title = N_ ("Packets sent"), .column = "tx_ok", .severity = INFORMATION,
    .meaning = N_ ("Packets that were handed over to the device. That they arrived anywhere is not said.") },
  { COUNTER (rx_bytes), .title = N_ ("Bytes received"), .column = "rx_bytes", .severity = INFORMATION,
    .meaning = N_ ("Bytes in the good packets; for Ethernet with the header and without the checksum.") },
  { COUNTER (tx_bytes), .title = N_ ("Bytes sent"), .column = "tx_bytes", .severity = INFORMATION,
    .meaning = N_ ("Bytes in the packets sent; for Ethernet with the header and without the checksum.") },
  { COUNTER (multicast), .title = N_ ("Multicast packets received"), .column = "multicast", .severity = INFORMATION,
    .meaning = N_ ("Packets for a group. Hardware often counts those that never reached this computer, too.") },
  { COUNTER (rx_compressed), .title = N_ ("Compressed packets received"), .severity = INFORMATION,
    .meaning = N_ ("Good compressed packets; only links that compress (PPP, CSLIP) have them.") },
  { COUNTER (tx_compressed), .title = N_ ("Compressed packets sent"), .severity = INFORMATION,
    .meaning = N_ ("Packets sent compressed; only links that compress (PPP, CSLIP) have them.") },

  /* --- receiving --- */
  { COUNTER (rx_errors), .title = N_ ("Receive errors"), .column = "rx_err", .severity = FAULT,
    .meaning = N_ ("Bad packets in all: wrong length, checksum or alignment, and what the driver counts besides. "
                   "Suspect the cable, the connector or the other end.") },
  { COUNTER (rx_length_errors), .title = N_ ("Wrong length"), .column = "rx_err", .part = INSIDE, .severity = WARNING,
    .meaning = N_ ("Packets of a length that cannot be right, or longer than this link takes: "
                   "compare the MTU of both ends.") },
  { COUNTER (rx_crc_errors), .title = N_ ("Wrong checksum"), .column = "rx_err", .part = INSIDE, .severity = FAULT,
    .meaning = N_ ("Packets damaged on their way: a bad cable or connector, interference, a failing device.") },
  { COUNTER (rx_frame_errors), .title = N_ ("Misaligned"), .column = "rx_err", .part = INSIDE, .severity = FAULT,
    .meaning = N_ ("Packets that did not end on a whole byte: a bad cable, or two ends that do not agree "
                   "on the duplex mode.") },
  { COUNTER (rx_dropped), .title = N_ ("Received and dropped"), .column = "rx_drp", .part = ADDED, .severity = WARNING,
    .meaning = N_ ("Packets that came in but were not processed: memory was short, "
                   "or nobody here speaks their protocol.") },
  { COUNTER (rx_missed_errors), .title = N_ ("Missed"), .column = "rx_drp", .part = ADDED, .severity = WARNING,
    .meaning = N_ ("Packets that the device dropped because its buffers were full: "
                   "this computer did not fetch them fast enough.") },
  { COUNTER (rx_fifo_errors), .title = N_ ("Receive queue overflows"), .column = "rx_ovr", .severity = WARNING,
    .meaning = N_ ("A receive queue was full, or packets came out of order where order matters (GRE). "
                   "Not every driver counts it.") },
  { COUNTER (rx_over_errors), .title = N_ ("Receive buffer overruns"), .severity = WARNING,
    .meaning = N_ ("Packets that did not fit into the buffers this computer gave the device. netstat shows it nowhere.") },
  { COUNTER (rx_nohandler), .title = N_ ("Received by an idle link"), .severity = INFORMATION,
    .meaning = N_ ("Packets that came in on a link that is not to receive any, "
                   "such as the spare one of a bond. netstat shows it nowhere.") },
  { COUNTER (rx_otherhost_dropped), .title = N_ ("For another computer"), .severity = INFORMATION,
    .meaning = N_ ("Packets dropped because their hardware address is another computer’s. netstat shows it nowhere.") },

  /* --- sending --- */
  { COUNTER (tx_errors), .title = N_ ("Send errors"), .column = "tx_err", .severity = FAULT,
    .meaning = N_ ("Packets that could not be sent, in all: aborted, without carrier, underrun, heartbeat, "
                   "late collision, and what the driver counts besides.") },
  { COUNTER (tx_aborted_errors), .title = N_ ("Aborted"), .column = "tx_err", .part = INSIDE, .severity = WARNING,
    .meaning = N_ ("Given up after too many collisions; fast devices count here what they discard.") },
  { COUNTER (tx_carrier_errors), .title = N_ ("Carrier lost"), .column = "tx_err", .part = INSIDE, .severity = FAULT,
    .meaning = N_ ("The carrier went away while sending: a loose cable, or the other end was switched off.") },
  { COUNTER (tx_heartbeat_errors), .title = N_ ("Heartbeat missing"), .column = "tx_err", .part = INSIDE,
    .severity = WARNING,
    .meaning = N_ ("The signal quality test of old half-duplex Ethernet failed.") },
  { COUNTER (tx_window_errors), .title = N_ ("Late collisions"), .column = "tx_err", .part = INSIDE, .severity = FAULT,
    .meaning = N_ ("Collisions after the first 64 bytes: a cable that is too long, "
                   "or two ends that do not agree on the duplex mode.") },
  { COUNTER (tx_dropped), .title = N_ ("Dropped before sending"), .column = "tx_drp", .severity = WARNING,
    .meaning = N_ ("Packets dropped on their way out, for example because memory or queue space was short.") },
  { COUNTER (tx_fifo_errors), .title = N_ ("Send underruns"), .column = "tx_ovr", .severity = WARNING,
    .meaning = N_ ("The device began to send a packet whose rest did not come in time.") },
  { COUNTER (collisions), .title = N_ ("Collisions"), .column = "collisions", .severity = WARNING,
    .meaning = N_ ("Two ends sent at the same time. Usual on half-duplex Ethernet, and on it alone.") },
};
/* clang-format on */
