/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The kernel's struct tcp_info (include/uapi/linux/tcp.h), with names and types of our own so that an old header does
 * not cut a new kernel's answer short. Layout and offsets are the kernel's. A kernel that reports less leaves the rest
 * zero; what is reported beyond it is left out.
 */
#pragma once

#include <glib.h>

typedef struct
{
  guint8 state;
  guint8 ca_state;
  guint8 retransmits;
  guint8 probes;
  guint8 backoff;
  guint8 options;
  guint8 wscale;  /* low nibble: what the peer announced, high nibble: ours */
  guint8 limited; /* bit 0: delivery rate limited by the application; bits 1-2: fast open client failure */

  guint32 rto_us;
  guint32 ato_us;
  guint32 snd_mss;
  guint32 rcv_mss;

  guint32 unacked;
  guint32 sacked;
  guint32 lost;
  guint32 retrans;
  guint32 fackets;

  guint32 last_data_sent_ms; /* ago */
  guint32 last_ack_sent_ms;
  guint32 last_data_recv_ms;
  guint32 last_ack_recv_ms;

  guint32 pmtu;
  guint32 rcv_ssthresh;
  guint32 rtt_us;
  guint32 rttvar_us;
  guint32 snd_ssthresh;
  guint32 snd_cwnd; /* segments */
  guint32 advmss;
  guint32 reordering;

  guint32 rcv_rtt_us;
  guint32 rcv_space;

  guint32 total_retrans;

  guint64 pacing_rate; /* bytes per second; all ones: no limit */
  guint64 max_pacing_rate;
  guint64 bytes_acked;    /* RFC 4898 tcpEStatsAppHCThruOctetsAcked */
  guint64 bytes_received; /* RFC 4898 tcpEStatsAppHCThruOctetsReceived */
  guint32 segs_out;
  guint32 segs_in;

  guint32 notsent_bytes;
  guint32 min_rtt_us; /* all ones: not measured yet */
  guint32 data_segs_in;
  guint32 data_segs_out;

  guint64 delivery_rate; /* bytes per second */

  guint64 busy_time_us;
  guint64 rwnd_limited_us;
  guint64 sndbuf_limited_us;

  guint32 delivered;
  guint32 delivered_ce;

  guint64 bytes_sent;
  guint64 bytes_retrans;
  guint32 dsack_dups;
  guint32 reord_seen;

  guint32 rcv_ooopack;
  guint32 snd_wnd;
  guint32 rcv_wnd;
  guint32 rehash;

  guint16 total_rto;
  guint16 total_rto_recoveries;
  guint32 total_rto_time_ms;
  guint32 received_ce;
  guint32 delivered_e1_bytes;
  guint32 delivered_e0_bytes;
  guint32 delivered_ce_bytes;
  guint32 received_e1_bytes;
  guint32 received_e0_bytes;
  guint32 received_ce_bytes;
  guint32 accecn_modes; /* accecn_fail_mode and accecn_opt_seen, 16 bits each */
} PhTcpInfo;

/* What was acknowledged beyond the data, 0 to 2: our SYN and our FIN have a number of the sequence each, so that
 * bytes_acked counts them (tcp_snd_una_update()) and bytes_sent does not. -1: not known. @send_q: the socket's. */
static inline int
ph_tcp_info_count_signs (const PhTcpInfo *info, guint32 send_q)
{
  const guint64 data = info->bytes_sent - info->bytes_retrans;

  if (send_q != 0 || info->bytes_sent < info->bytes_retrans || info->bytes_acked < data || info->bytes_acked - data > 2)
    return -1;
  return (int) (info->bytes_acked - data);
}

/*
 * What the window's columns, rates and tooltips need of it, in one cache line. Of a hundred thousand connections this
 * is kept, in two snapshots; the whole would take more than all the rest of their records.
 */
typedef struct
{
  guint64 bytes_received;
  guint64 bytes_acked;
  guint64 delivery_rate;
  guint64 pacing_rate;
  guint32 rtt_us;
  guint32 rttvar_us;
  guint32 min_rtt_us;
  guint32 snd_cwnd;
  guint32 total_retrans;
  guint32 lost;
  guint32 segs_out;
  guint32 segs_in;
} PhTcp;

G_STATIC_ASSERT (sizeof (PhTcp) == 64);

G_STATIC_ASSERT (G_STRUCT_OFFSET (PhTcpInfo, rto_us) == 8);
G_STATIC_ASSERT (G_STRUCT_OFFSET (PhTcpInfo, pacing_rate) == 104);
G_STATIC_ASSERT (G_STRUCT_OFFSET (PhTcpInfo, bytes_sent) == 200);
G_STATIC_ASSERT (G_STRUCT_OFFSET (PhTcpInfo, rcv_wnd) == 232);
G_STATIC_ASSERT (sizeof (PhTcpInfo) == 280);
