/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ph-tcp-facts.h"

#include <math.h>

#include "ph-i18n.h"

#define TIME      PH_TCP_GROUP_TIME
#define SENDING   PH_TCP_GROUP_SENDING
#define LIMITS    PH_TCP_GROUP_LIMITS
#define TROUBLE   PH_TCP_GROUP_TROUBLE
#define RECEIVING PH_TCP_GROUP_RECEIVING
#define TOTALS    PH_TCP_GROUP_TOTALS
#define OPTIONS   PH_TCP_GROUP_OPTIONS

/* include/net/tcp.h TCP_INFINITE_SSTHRESH */
#define NO_THRESHOLD 0x7fffffff

/* --- words --- */

/* Several words in one line, appended; @n is how many there are already. */
static void
add_word (GString *text, guint *n, const char *word)
{
  if ((*n)++ > 0)
    g_string_append (text, ", ");
  g_string_append (text, word);
}

/* enum tcp_ca_state */
static void
print_ca_state (const PhTcpInfo *info, GString *text)
{
  static const char *const words[] = {
    N_ ("Open: all is well"),
    N_ ("Disorder: something came out of order, nothing is taken for lost yet"),
    N_ ("CWR: sends less, for the network has said that it is congested"),
    N_ ("Recovery: sends again what is missing, and less at a time"),
    N_ ("Loss: an acknowledgement did not come in time, sending begins anew"),
  };

  if (info->ca_state < G_N_ELEMENTS (words))
    g_string_append (text, _ (words[info->ca_state]));
  else
    g_string_append_printf (text, "%u", info->ca_state);
}

/* TCPI_OPT_… */
static void
print_options (const PhTcpInfo *info, GString *text)
{
  static const char *const words[] = {
    N_ ("timestamps"),
    N_ ("SACK"),
    N_ ("window scaling"),
    N_ ("ECN"),
    N_ ("ECN used by the other end"),
    N_ ("data in the SYN"),
    N_ ("user timestamps"),
    N_ ("child of fast open"),
  };
  guint n = 0;

  for (guint bit = 0; bit < G_N_ELEMENTS (words); bit++)
    if (info->options & (1u << bit))
      add_word (text, &n, _ (words[bit]));
  if (n == 0)
    g_string_append (text, _ ("none"));
}

/* RFC 7323; the low nibble is what the other end announced. */
static void
print_wscale (const PhTcpInfo *info, GString *text)
{
  /* Translators: by how much windows are multiplied: sent, received */
  g_string_append_printf (text, _ ("× %u sending, × %u receiving"), 1u << (info->wscale & 0xf),
                          1u << (info->wscale >> 4));
}

static void
print_limited (const PhTcpInfo *info, GString *text)
{
  g_string_append (text, info->limited & 1 ? _ ("yes") : _ ("no"));
}

/* enum tcp_fastopen_client_fail, RFC 7413 */
static void
print_fast_open (const PhTcpInfo *info, GString *text)
{
  static const char *const words[] = {
    N_ ("no failure"),
    N_ ("no cookie for this server"),
    N_ ("the data in the SYN was not acknowledged"),
    N_ ("the SYN with data had to be sent again"),
  };

  g_string_append (text, _ (words[info->limited >> 1 & 3]));
}

/* enum tcp_accecn_fail_mode and tcp_accecn_option (draft-ietf-tcpm-accurate-ecn) */
static void
print_accecn (const PhTcpInfo *info, GString *text)
{
  if (info->accecn_modes == 0)
    g_string_append (text, _ ("none"));
  else
    g_string_append_printf (text, _ ("failures %#x, option %#x"), info->accecn_modes & 0xffff,
                            info->accecn_modes >> 16);
}

/* --- the table --- */

#define MEMBER(name)     .offset = G_STRUCT_OFFSET (PhTcpInfo, name), .size = sizeof (((PhTcpInfo *) NULL)->name)
#define COUNT(name)      MEMBER (name), .unit = PH_TCP_UNIT_COUNT
#define SEGMENTS(name)   MEMBER (name), .unit = PH_TCP_UNIT_SEGMENTS
#define BYTES(name)      MEMBER (name), .unit = PH_TCP_UNIT_BYTES
#define US(name)         MEMBER (name), .unit = PH_TCP_UNIT_US
#define MS(name)         MEMBER (name), .unit = PH_TCP_UNIT_MS
#define AGO(name)        MEMBER (name), .unit = PH_TCP_UNIT_AGO
#define RATE(name)       MEMBER (name), .unit = PH_TCP_UNIT_RATE
#define SHARE(name)      MEMBER (name), .unit = PH_TCP_UNIT_SHARE
#define WORDS(name, how) MEMBER (name), .unit = PH_TCP_UNIT_WORDS, .print = (how)

const PhTcpFact ph_tcp_facts[] = {
  { "rtt", N_ ("Round trip"), N_ ("How long a segment takes to the other end and its acknowledgement back, smoothed."),
    TIME, US (rtt_us), .unknown = 0, .absent = N_ ("not measured yet") },
  { "rttvar", N_ ("Round trip varies by"), N_ ("How far single round trips are from that, smoothed."), TIME,
    US (rttvar_us) },
  { "min_rtt", N_ ("Shortest round trip"),
    N_ ("The shortest of late, five minutes by default: about what the way itself takes when nothing queues."), TIME,
    US (min_rtt_us), .unknown = G_MAXUINT32, .absent = N_ ("not measured yet") },
  { "rcv_rtt", N_ ("Round trip as receiver"),
    N_ ("The same, guessed from how fast data follows when there is nothing of our own to measure by."), TIME,
    US (rcv_rtt_us), .unknown = 0, .absent = N_ ("not measured yet") },
  { "rto", N_ ("Retransmission timeout"),
    N_ ("If no acknowledgement comes for so long, the segment is taken for lost and sent again (RFC 6298)."), TIME,
    US (rto_us) },
  { "ato", N_ ("Delayed acknowledgement"),
    N_ ("How long acknowledgements are held back, for they may travel with data."), TIME, US (ato_us), .unknown = 0,
    .absent = N_ ("not at the moment") },
  { "last_data_sent", N_ ("Last data sent"), N_ ("How long ago the program's data last went out."), TIME,
    AGO (last_data_sent_ms) },
  { "last_data_recv", N_ ("Last data received"), N_ ("How long ago data last came in."), TIME,
    AGO (last_data_recv_ms) },
  { "last_ack_recv", N_ ("Last acknowledgement"), N_ ("How long ago the other end last gave a sign of life."), TIME,
    AGO (last_ack_recv_ms) },
  { "last_ack_sent", N_ ("Last acknowledgement sent"), N_ ("Linux does not keep count of this."), TIME,
    AGO (last_ack_sent_ms), .unknown = 0, .absent = N_ ("not counted") },

  { "snd_cwnd", N_ ("Congestion window"),
    N_ ("So many segments may be on their way unacknowledged, as far as the network is concerned."), SENDING,
    SEGMENTS (snd_cwnd) },
  { "snd_ssthresh", N_ ("Slow start until"),
    N_ ("Below this the congestion window doubles with each round trip, above it grows with care."), SENDING,
    SEGMENTS (snd_ssthresh), .unknown = NO_THRESHOLD, .absent = N_ ("no loss so far") },
  { "snd_wnd", N_ ("Window of the other end"), N_ ("So many bytes it takes before it acknowledges any."), SENDING,
    BYTES (snd_wnd) },
  { "unacked", N_ ("On the way"), N_ ("Segments that were sent and are not acknowledged yet."), SENDING,
    SEGMENTS (unacked) },
  { "notsent_bytes", N_ ("Waiting to be sent"), N_ ("What the program has written and the kernel has not sent yet."),
    SENDING, BYTES (notsent_bytes) },
  { "snd_mss", N_ ("Largest segment sent"), N_ ("Data in one segment, without headers."), SENDING, BYTES (snd_mss) },
  { "pmtu", N_ ("Largest packet on the way"),
    N_ ("The path MTU: what fits through to the other end in one piece, headers and all (RFC 1191, RFC 8201)."),
    SENDING, BYTES (pmtu) },
  { "delivery_rate", N_ ("Delivery rate"), N_ ("How fast data arrived at the other end when it was last measured."),
    SENDING, RATE (delivery_rate), .unknown = 0, .absent = N_ ("not measured yet") },
  { "delivery_rate_app_limited", N_ ("Delivery limited by the program"),
    N_ ("At that measurement the program did not write enough: the network could carry more."), SENDING,
    WORDS (limited, print_limited) },
  { "pacing_rate", N_ ("Pacing rate"), N_ ("Segments are spread out in time so as not to go faster than this."),
    SENDING, RATE (pacing_rate), .unknown = G_MAXUINT64, .absent = N_ ("no limit") },
  { "max_pacing_rate", N_ ("Pacing rate at most"), N_ ("A limit that the program has set (SO_MAX_PACING_RATE)."),
    SENDING, RATE (max_pacing_rate), .unknown = G_MAXUINT64, .absent = N_ ("no limit") },

  { "busy_time", N_ ("Had something to send"), N_ ("For so long altogether data was on its way or waited."), LIMITS,
    US (busy_time_us) },
  { "rwnd_limited", N_ ("Waited for the other end"),
    N_ ("Of that the window of the other end was full: its program reads too slowly."), LIMITS,
    SHARE (rwnd_limited_us) },
  { "sndbuf_limited", N_ ("Waited for the send buffer"),
    N_ ("Of that the own send buffer was too small to keep the way filled."), LIMITS, SHARE (sndbuf_limited_us) },

  { "ca_state", N_ ("Congestion control"), N_ ("In which state it is."), TROUBLE, WORDS (ca_state, print_ca_state) },
  { "lost", N_ ("Taken for lost"), N_ ("Segments on their way that will have to be sent again."), TROUBLE,
    SEGMENTS (lost), .bad = TRUE },
  { "retrans", N_ ("On the way again"), N_ ("Segments that were sent again and are not acknowledged yet."), TROUBLE,
    SEGMENTS (retrans), .bad = TRUE },
  { "retransmits", N_ ("Timeouts in a row"),
    N_ ("So often the oldest segment was sent again without an answer; at fifteen by default TCP gives up."), TROUBLE,
    COUNT (retransmits), .bad = TRUE },
  { "backoff", N_ ("Timeout doubled"), N_ ("So often in a row; each time it waits twice as long."), TROUBLE,
    COUNT (backoff), .bad = TRUE },
  { "probes", N_ ("Unanswered probes"),
    N_ ("So often the other end was asked whether it has room again, or still lives."), TROUBLE, COUNT (probes),
    .bad = TRUE },
  { "total_retrans", N_ ("Sent again, altogether"), N_ ("Segments that were sent more than once."), TROUBLE,
    SEGMENTS (total_retrans) },
  { "bytes_retrans", N_ ("Data sent again"), N_ ("Bytes in them."), TROUBLE, BYTES (bytes_retrans) },
  { "total_rto", N_ ("Timeouts, altogether"), N_ ("So often an acknowledgement did not come in time."), TROUBLE,
    COUNT (total_rto) },
  { "total_rto_recoveries", N_ ("Times of trouble"), N_ ("Series of timeouts without an answer between them."), TROUBLE,
    COUNT (total_rto_recoveries) },
  { "total_rto_time", N_ ("Spent in them"), N_ ("For so long altogether nothing was acknowledged."), TROUBLE,
    MS (total_rto_time_ms) },
  { "sacked", N_ ("Acknowledged out of order"),
    N_ ("Segments that have arrived, though one before them has not (SACK, RFC 2018)."), TROUBLE, SEGMENTS (sacked) },
  { "fackets", N_ ("Forward acknowledged"), N_ ("Newer kernels do not use it any more and report zero."), TROUBLE,
    SEGMENTS (fackets) },
  { "dsack_dups", N_ ("Sent again for nothing"),
    N_ ("Segments that the other end reports to have had already (DSACK, RFC 2883)."), TROUBLE, COUNT (dsack_dups) },
  { "reordering", N_ ("Order may be off by"),
    N_ ("So many segments may overtake each other before one of them is taken for lost."), TROUBLE,
    SEGMENTS (reordering) },
  { "reord_seen", N_ ("Overtaken"), N_ ("So often segments were seen to arrive in another order."), TROUBLE,
    COUNT (reord_seen) },
  { "rcv_ooopack", N_ ("Received out of order"), N_ ("Segments that came before one that they follow."), TROUBLE,
    COUNT (rcv_ooopack) },
  { "rehash", N_ ("New ways tried"),
    N_ ("After timeouts the connection was given another hash, so that routers may choose another way."), TROUBLE,
    COUNT (rehash) },

  { "rcv_wnd", N_ ("Own window"), N_ ("So many bytes the other end may send before it hears from us."), RECEIVING,
    BYTES (rcv_wnd) },
  { "rcv_space", N_ ("Receive buffer aims at"),
    N_ ("What the program reads in a round trip; the buffer is made to hold it."), RECEIVING, BYTES (rcv_space) },
  { "rcv_ssthresh", N_ ("Own window at most"), N_ ("As far as the window may grow at the moment."), RECEIVING,
    BYTES (rcv_ssthresh) },
  { "rcv_mss", N_ ("Largest segment received"), N_ ("As large as segments of the other end seem to be."), RECEIVING,
    BYTES (rcv_mss) },
  { "advmss", N_ ("Largest segment announced"), N_ ("What we have told the other end to send at most."), RECEIVING,
    BYTES (advmss) },

  { "bytes_received", N_ ("Received"), N_ ("Bytes that came in and were acknowledged (RFC 4898)."), TOTALS,
    BYTES (bytes_received) },
  { "bytes_acked", N_ ("Sent and acknowledged"), N_ ("Bytes that have arrived at the other end (RFC 4898)."), TOTALS,
    BYTES (bytes_acked) },
  { "bytes_sent", N_ ("Sent, with repetitions"), N_ ("Bytes that went out, those sent again too."), TOTALS,
    BYTES (bytes_sent) },
  { "segs_in", N_ ("Segments received"), N_ ("Also those without data, which only acknowledge."), TOTALS,
    COUNT (segs_in) },
  { "data_segs_in", N_ ("With data"), N_ ("Segments received that carried data."), TOTALS, COUNT (data_segs_in) },
  { "segs_out", N_ ("Segments sent"), N_ ("Also those without data, and those sent again."), TOTALS, COUNT (segs_out) },
  { "data_segs_out", N_ ("With data, sent"), N_ ("Segments sent that carried data."), TOTALS, COUNT (data_segs_out) },
  { "delivered", N_ ("Segments delivered"), N_ ("Segments with data that the other end has acknowledged in any way."),
    TOTALS, COUNT (delivered) },

  { "options", N_ ("Options"), N_ ("What both ends have agreed on when they connected (RFC 7323, 2018, 3168, 7413)."),
    OPTIONS, WORDS (options, print_options) },
  { "wscale", N_ ("Windows multiplied"), N_ ("Windows are announced in units of so many bytes (RFC 7323)."), OPTIONS,
    WORDS (wscale, print_wscale) },
  { "fastopen_client_fail", N_ ("Fast open"), N_ ("Whether data could be sent with the very first segment (RFC 7413)."),
    OPTIONS, WORDS (limited, print_fast_open) },
  { "delivered_ce", N_ ("Delivered through congestion"),
    N_ ("Of the segments delivered, those that a router has marked instead of dropping them (ECN, RFC 3168)."), OPTIONS,
    COUNT (delivered_ce) },
  { "received_ce", N_ ("Received through congestion"), N_ ("Segments received with that mark."), OPTIONS,
    COUNT (received_ce) },
  { "delivered_e1_bytes", N_ ("Delivered with ECT(1)"), N_ ("Bytes, as the other end counts them (accurate ECN)."),
    OPTIONS, BYTES (delivered_e1_bytes) },
  { "delivered_e0_bytes", N_ ("Delivered with ECT(0)"), N_ ("Bytes, as the other end counts them (accurate ECN)."),
    OPTIONS, BYTES (delivered_e0_bytes) },
  { "delivered_ce_bytes", N_ ("Delivered with the mark"), N_ ("Bytes, as the other end counts them (accurate ECN)."),
    OPTIONS, BYTES (delivered_ce_bytes) },
  { "received_e1_bytes", N_ ("Received with ECT(1)"), N_ ("Bytes, as counted here (accurate ECN)."), OPTIONS,
    BYTES (received_e1_bytes) },
  { "received_e0_bytes", N_ ("Received with ECT(0)"), N_ ("Bytes, as counted here (accurate ECN)."), OPTIONS,
    BYTES (received_e0_bytes) },
  { "received_ce_bytes", N_ ("Received with the mark"), N_ ("Bytes, as counted here (accurate ECN)."), OPTIONS,
    BYTES (received_ce_bytes) },
  { "accecn", N_ ("Accurate ECN"), N_ ("Whether something on the way has spoilt it, and whether its option is seen."),
    OPTIONS, WORDS (accecn_modes, print_accecn) },
};

const guint ph_n_tcp_facts = G_N_ELEMENTS (ph_tcp_facts);

const char *
ph_tcp_group_title (PhTcpGroup group)
{
  static const char *const titles[PH_N_TCP_GROUPS] = {
    [TIME] = N_ ("Round trips and timers"),
    [SENDING] = N_ ("Sending"),
    [LIMITS] = N_ ("What it waited for"),
    [TROUBLE] = N_ ("Loss and order"),
    [RECEIVING] = N_ ("Receiving"),
    [TOTALS] = N_ ("Altogether"),
    [OPTIONS] = N_ ("Options"),
  };

  return _ (titles[group]);
}

/* --- values --- */

gboolean
ph_tcp_fact_is_told (const PhTcpFact *fact, gsize length)
{
  return (gsize) fact->offset + fact->size <= length;
}

guint64
ph_tcp_fact_value (const PhTcpFact *fact, const PhTcpInfo *info)
{
  gconstpointer at = (const guint8 *) info + fact->offset;

  switch (fact->size)
    {
    case 1:
      return *(const guint8 *) at;
    case 2:
      return *(const guint16 *) at;
    case 4:
      return *(const guint32 *) at;
    default:
      return *(const guint64 *) at;
    }
}

static void
print_share (const PhTcpInfo *info, guint64 us, GString *text)
{
  ph_print_latency (text, us);
  if (us > 0 && info->busy_time_us > 0)
    /* Translators: a part of a time: “1.2 s (34 %)” */
    g_string_append_printf (text, _ (" (%.0f %%)"), MIN (100.0, 100.0 * (double) us / (double) info->busy_time_us));
}

/* To the byte where it is a segment or a packet that is so large: 1448 B and 1460 B are not the same to who looks here.
 */
static void
print_bytes (guint64 bytes, PhUnits units, GString *text)
{
  if (bytes < 10000)
    g_string_append_printf (text, "%" G_GUINT64_FORMAT " %s", bytes, _ ("B"));
  else
    ph_print_bytes (text, bytes, units);
}

static void
print_number (const PhTcpFact *fact, const PhTcpInfo *info, guint64 value, PhUnits units, GString *text)
{
  switch ((PhTcpUnit) fact->unit)
    {
    case PH_TCP_UNIT_BYTES:
      print_bytes (value, units, text);
      break;
    case PH_TCP_UNIT_US:
      ph_print_latency (text, value);
      break;
    case PH_TCP_UNIT_MS:
      ph_print_latency (text, value * 1000);
      break;
    case PH_TCP_UNIT_AGO:
      if (value < 1000)
        ph_print_latency (text, value * 1000);
      else
        ph_print_duration (text, value / 1000);
      break;
    case PH_TCP_UNIT_RATE:
      ph_print_rate (text, value, units);
      break;
    case PH_TCP_UNIT_SHARE:
      print_share (info, value, text);
      break;
    case PH_TCP_UNIT_SEGMENTS:
    case PH_TCP_UNIT_COUNT:
    case PH_TCP_UNIT_WORDS:
      ph_print_uint (text, value);
      break;
    }
}

void
ph_tcp_fact_print (const PhTcpFact *fact, const PhTcpInfo *info, PhUnits units, GString *text)
{
  guint64 value = ph_tcp_fact_value (fact, info);

  if (fact->print)
    fact->print (info, text);
  else if (fact->absent && value == fact->unknown)
    g_string_append (text, _ (fact->absent));
  else
    print_number (fact, info, value, units, text);
}
