/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The files of counters, line by line: recorded ones, this kernel's own, and such as no kernel writes. */
#include "counters.h"

#include "recorded.h"

static guint
malformed (const PhSnapshot *snapshot, PhRequestName request)
{
  return ph_snapshot_look (snapshot, request)->malformed;
}

static void
test_recorded (void)
{
  g_autoptr (PhCollector) collector = ph_collector_new (&ph_counter_topic);
  g_autoptr (PhSnapshot) snapshot = NULL;

  ph_collector_begin (collector, &(PhPlan){ .requests = PH_PLAN_ALL });
  for (PhRequest request; ph_collector_next (collector, &request);)
    switch ((guint) request.name)
      {
      case PH_REQUEST_SNMP:
        recorded_play (collector, "snmp", SECOND);
        break;
      case PH_REQUEST_NETSTAT:
        recorded_play (collector, "netstat", SECOND);
        break;
      case PH_REQUEST_SNMP6:
        recorded_play (collector, "snmp6", SECOND);
        break;
      case PH_REQUEST_SOCKSTAT:
        recorded_play (collector, "sockstat", SECOND); /* both: the second half is not heard, for nobody asked yet */
        break;
      case PH_REQUEST_LINK_STATS:
        recorded_play (collector, "link-stats", SECOND);
        break;
      default:
        recorded_fail (collector, request.name, SECOND);
      }
  snapshot = ph_collector_end (collector);

  for (guint i = 0; i < PH_N_REQUESTS; i++)
    g_assert_cmpuint (malformed (snapshot, i), ==, 0);
  assert_total (snapshot, "IpDefaultTTL", 64);
  assert_total (snapshot, "Ip6InReceives", 19);
  assert_total (snapshot, "TCPinuse", 7);
  assert_total (snapshot, "TCPalloc", 8);
  assert_total (snapshot, "IfInErrors", 0);
  g_assert_cmpint ((gint64) counter_of (snapshot, "TcpMaxConn")->total, ==, -1);
  g_assert_cmpint (ph_snapshot_look (snapshot, PH_REQUEST_SCTP_SNMP)->look, ==, PH_LOOK_FAILED);
  for (guint i = 0; i < ph_snapshot_n_records (snapshot); i++)
    g_assert_nonnull (((const PhCounter *) ph_snapshot_record (snapshot, i))->meaning);
}

/* Whatever this kernel counts has to have a meaning. */
static void
test_live (void)
{
  static const struct
  {
    PhRequestName request;
    const char *path;
  } paths[] = {
    { PH_REQUEST_SNMP, "/proc/net/snmp" },         { PH_REQUEST_NETSTAT, "/proc/net/netstat" },
    { PH_REQUEST_SNMP6, "/proc/net/snmp6" },       { PH_REQUEST_SCTP_SNMP, "/proc/net/sctp/snmp" },
    { PH_REQUEST_SOCKSTAT, "/proc/net/sockstat" }, { PH_REQUEST_SOCKSTAT6, "/proc/net/sockstat6" },
  };
  g_autoptr (GString) lacking = g_string_new (NULL);
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (PhSnapshot) snapshot = NULL;
  Files files = { .piece = 100 };

  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      char *text = NULL;

      if (!g_file_get_contents (paths[i].path, &text, NULL, NULL))
        continue;
      g_ptr_array_add (texts, text);
      files.text[paths[i].request] = text;
    }
  snapshot = files_look_once (&files);
  for (guint i = 0; i < ph_snapshot_n_records (snapshot); i++)
    {
      const PhCounter *counter = ph_snapshot_record (snapshot, i);

      if (!counter->meaning)
        g_string_append_printf (lacking, " %s", counter->key.mib);
      g_assert_cmpuint (counter->key.protocol, <, PH_COUNTER_OTHER);
    }
  for (guint i = 0; i < PH_N_REQUESTS; i++)
    g_assert_cmpuint (malformed (snapshot, i), ==, 0);
  if (lacking->len > 0)
    g_test_fail_printf ("counters without a meaning:%s", lacking->str);
  g_assert_cmpuint (ph_snapshot_n_records (snapshot), >, 300);
}

/* Every entry can be found by its name, and says something in one sentence. */
static void
test_meanings (void)
{
  static const char *const some[] = {
    "IpForwarding",         "IcmpMsgInType3", "Icmp6OutType135",  "TcpCurrEstab",        "UdpLite6InCsumErrors",
    "TcpExtTCPDSACKUndo",   "IpExtInCEPkts",  "MPTcpExtMPRstTx",  "SctpInPktDiscards",   "FRAG6memory",
    "TcpExtTCPFACKReorder", "IfInUcastPkts",  "Ip6InBcastOctets", "MPTcpExtMPCurrEstab", "TcpExtTCPAOGood",
  };

  for (guint i = 0; i < G_N_ELEMENTS (some); i++)
    {
      guint16 order;
      const PhCounterMeaning *meaning = ph_counter_meaning_find (some[i], &order);

      g_assert_nonnull (meaning);
      g_assert_cmpstr (meaning->mib, ==, some[i]);
      g_assert_true (g_str_has_suffix (meaning->text, "."));
      g_assert_false (g_str_has_suffix (meaning->words, "."));
      g_assert_true (g_ascii_isupper (meaning->words[0]) || g_str_has_prefix (meaning->words, "ICMP"));
      g_assert_cmpuint (order, <, G_MAXUINT16);
    }
}

#define IP  "Ip: Forwarding InReceives\nIp: 1 18446744073709551615\n"
#define TCP "Tcp: MaxConn InSegs\nTcp: -1 7\n"

static void
test_pairs (void)
{
  const Files files = { .text[PH_REQUEST_SNMP] = IP TCP };
  g_autoptr (PhSnapshot) snapshot = files_look_once (&files);
  const PhCounter *counter = counter_of (snapshot, "TcpMaxConn");

  assert_total (snapshot, "IpInReceives", G_MAXUINT64);
  assert_total (snapshot, "TcpInSegs", 7);
  g_assert_cmpuint (counter->key.protocol, ==, PH_COUNTER_TCP);
  g_assert_cmpuint (counter->kind, ==, PH_COUNTER_GAUGE);
  g_assert_cmpuint (counter->flags, ==, PH_COUNTER_KNOWN | PH_COUNTER_NEGATIVE);
  g_assert_cmpint ((gint64) counter->total, ==, -1);
  g_assert_cmpuint (counter_of (snapshot, "IpForwarding")->kind, ==, PH_COUNTER_GAUGE);
  g_assert_cmpuint (malformed (snapshot, PH_REQUEST_SNMP), ==, 0);
  g_assert_cmpint (ph_snapshot_look (snapshot, PH_REQUEST_NETSTAT)->look, ==, PH_LOOK_UNSUPPORTED);
}

/* What is wrong costs its own group and no other. */
static void
test_malformed (void)
{
  static const struct
  {
    const char *text;
    guint malformed;
  } cases[] = {
    { "Udp: A B\nUdp: 1\n", 1 },                  /* a value too few */
    { "Udp: A\nUdp: 1 2\n", 1 },                  /* a value too many */
    { "Udp: A\nUdp: x\n", 1 },                    /* no number */
    { "Udp: A\nUdp: 1x\n", 1 },                   /* nor is this */
    { "Udp: A\nUdp: 18446744073709551616\n", 1 }, /* beyond 64 bits */
    { "Udp: A\nUdp: -9223372036854775809\n", 1 }, /* and below them */
    { "Udp: A\nUdp: -\n", 1 },
    { "Udp: A\nUdp: - 1\n", 1 },
    { "Udp: A\n", 1 },           /* no values at all */
    { "Udp: A\nUdp: A\n", 1 },   /* twice the names */
    { "Udp: <b>\nUdp: 1\n", 1 }, /* no name */
    { "Udp: A\033[2J\nUdp: 1\n", 1 },
    { "Udp A\nUdp 1\n", 2 }, /* no colon */
    { ": A\n: 1\n", 1 },     /* nothing before it */
    { "Udp: NameOfMoreThanFiftyNineBytesWithItsPrefixIsNoNameOfAnyCounter\nUdp: 1\n", 1 },
    { "Udp:\nUdp:\n", 0 }, /* an empty group is one */
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strconcat (IP, cases[i].text, TCP, NULL);
      const Files files = { .text[PH_REQUEST_SNMP] = text };
      g_autoptr (PhSnapshot) snapshot = files_look_once (&files);

      g_test_message ("case %u", i);
      g_assert_cmpuint (ph_snapshot_n_records (snapshot), ==, 4);
      g_assert_cmpuint (malformed (snapshot, PH_REQUEST_SNMP), ==, cases[i].malformed);
      assert_total (snapshot, "IpInReceives", G_MAXUINT64);
      assert_total (snapshot, "TcpInSegs", 7);
    }
}

/* Half a pair at the end of a file is noticed, and does not meet the next file's first line. */
static void
test_halves (void)
{
  const Files files = { .text[PH_REQUEST_SNMP] = IP "Tcp: InSegs\n", .text[PH_REQUEST_NETSTAT] = "Tcp: 5\n" };
  g_autoptr (PhSnapshot) snapshot = files_look_once (&files);

  g_assert_cmpuint (ph_snapshot_n_records (snapshot), ==, 2);
  g_assert_cmpuint (malformed (snapshot, PH_REQUEST_SNMP), ==, 1);
  g_assert_cmpuint (malformed (snapshot, PH_REQUEST_NETSTAT), ==, 1);
}

/* Frames may end anywhere between two lines, and an answer may be begun anew. */
static void
test_frames (void)
{
  for (gsize piece = 1; piece < strlen (IP TCP); piece++)
    for (guint restart = 0; restart < 2; restart++)
      {
        const Files files = { .text[PH_REQUEST_SNMP] = IP TCP, .piece = piece, .restart = restart };
        g_autoptr (PhSnapshot) snapshot = files_look_once (&files);

        g_assert_cmpuint (ph_snapshot_n_records (snapshot), ==, 4);
        g_assert_cmpuint (malformed (snapshot, PH_REQUEST_SNMP), ==, 0);
      }
}

/* A collection that is broken off between the two lines leaves nothing behind. */
static void
test_broken_off (void)
{
  const Files files = { .text[PH_REQUEST_SNMP] = TCP };
  const PhFrameBegin begin = { .request = PH_REQUEST_SNMP };
  g_autoptr (PhCollector) collector = ph_collector_new (&ph_counter_topic);
  g_autoptr (PhSnapshot) snapshot = NULL;
  PhRequest request;

  ph_collector_begin (collector, &(PhPlan){ .requests = RECORDED_BIT (PH_REQUEST_SNMP) });
  g_assert_true (ph_collector_next (collector, &request));
  ph_collector_sink (collector, PH_FRAME_BEGIN, &begin, sizeof begin);
  ph_collector_sink (collector, PH_FRAME_TEXT, "Tcp: InSegs\n", strlen ("Tcp: InSegs\n"));
  ph_collector_cancel (collector);

  snapshot = files_look (&files, collector, 0, SECOND);
  assert_total (snapshot, "TcpInSegs", 7);
  g_assert_cmpuint (malformed (snapshot, PH_REQUEST_SNMP), ==, 0);
}

static void
test_singles (void)
{
  const Files files = { .text[PH_REQUEST_SNMP6] = "Ip6InReceives                   \t2\nUdpLite6InDatagrams 3\n"
                                                  "Icmp6OutType135\t5\nno value\nIp6InOctets 1 2\nIp6InDelivers\n\n"
                                                  "Tcp7New 8\n6 9\n",
                        .text[PH_REQUEST_SCTP_SNMP] = "SctpCurrEstab \t4\nSctpAborteds \t-1\n" };
  g_autoptr (PhSnapshot) snapshot = files_look_once (&files);

  assert_total (snapshot, "Ip6InReceives", 2);
  g_assert_cmpuint (counter_of (snapshot, "UdpLite6InDatagrams")->key.protocol, ==, PH_COUNTER_UDPLITEV6);
  g_assert_cmpuint (counter_of (snapshot, "Icmp6OutType135")->key.protocol, ==, PH_COUNTER_ICMPV6);
  g_assert_cmpuint (counter_of (snapshot, "Tcp7New")->key.protocol, ==, PH_COUNTER_OTHER);
  g_assert_cmpuint (counter_of (snapshot, "SctpCurrEstab")->kind, ==, PH_COUNTER_GAUGE);
  g_assert_cmpuint (counter_of (snapshot, "SctpAborteds")->kind, ==, PH_COUNTER_GAUGE);
  g_assert_cmpuint (malformed (snapshot, PH_REQUEST_SNMP6), ==, 3);
  g_assert_cmpuint (ph_snapshot_n_records (snapshot), ==, 7);
}

static void
test_sockstat (void)
{
  const Files files
      = { .text[PH_REQUEST_SOCKSTAT] = "sockets: used 17\nTCP: inuse 1 orphan 0 mem\nUDP: inuse 2 mem 3\nx\n",
          .text[PH_REQUEST_SOCKSTAT6] = "TCP6: inuse 4\nFRAG6: inuse 0 memory 0\n" };
  g_autoptr (PhSnapshot) snapshot = files_look_once (&files);

  assert_total (snapshot, "socketsused", 17);
  assert_total (snapshot, "UDPmem", 3);
  assert_total (snapshot, "TCP6inuse", 4);
  g_assert_cmpuint (counter_of (snapshot, "UDPinuse")->kind, ==, PH_COUNTER_GAUGE);
  g_assert_cmpuint (counter_of (snapshot, "UDPinuse")->key.protocol, ==, PH_COUNTER_SOCKETS);
  g_assert_null (ph_counter_find (snapshot, "TCPinuse"));
  g_assert_cmpuint (malformed (snapshot, PH_REQUEST_SOCKSTAT), ==, 2);
  g_assert_cmpuint (malformed (snapshot, PH_REQUEST_SOCKSTAT6), ==, 0);
}

/* What is newer than the tables shows all the same, with words made from its name. */
static void
test_unknown (void)
{
  static const struct
  {
    const char *mib;
    const char *words;
    gboolean meaning;
  } expected[] = {
    { "TcpExtTCPNewThing", "TCP new thing", FALSE },
    { "TcpExtInECT1Pkts", "In ECT1 pkts", FALSE },
    { "TcpExtlower_case", "Lower case", FALSE },
    { "IcmpMsgInType200", "Messages of type 200 received", TRUE },
    { "IcmpMsgOutType77", "Messages of type 77 sent", TRUE },
    { "IcmpMsgInTypeX", "In type x", FALSE },
    { "BrandNewCount", "Count", FALSE },
  };
  const Files files = { .text[PH_REQUEST_NETSTAT]
                        = "TcpExt: TCPNewThing InECT1Pkts lower_case\nTcpExt: 1 2 3\nBrandNew: Count\nBrandNew: 4\n"
                          "IcmpMsg: InType200 OutType77 InTypeX\nIcmpMsg: 1 2 3\n" };
  g_autoptr (PhSnapshot) snapshot = files_look_once (&files);

  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      const PhCounter *counter = counter_of (snapshot, expected[i].mib);

      g_assert_cmpstr (counter->words, ==, expected[i].words);
      g_assert_cmpint (counter->meaning != NULL, ==, expected[i].meaning);
    }
  g_assert_cmpuint (counter_of (snapshot, "BrandNewCount")->key.protocol, ==, PH_COUNTER_OTHER);
}

/* The totals of Ethernet: loopback is left out, and what Linux does not tell is absent. */
static void
test_ethernet (void)
{
  const struct rtnl_link_stats64 one = { .rx_bytes = 1000, .rx_packets = 10, .tx_errors = 3, .rx_missed_errors = 4 };
  const struct rtnl_link_stats64 two = { .rx_bytes = 500, .tx_packets = 7, .rx_dropped = 2, .multicast = 5 };
  Files files = { .restart = FALSE };
  g_autoptr (PhSnapshot) snapshot = NULL;
  const PhCounter *unicast;

  files_add_link (&files, IFF_UP, &one);
  files_add_link (&files, IFF_UP | IFF_LOOPBACK, &one);
  files_add_link (&files, 0, &two);
  snapshot = files_look_once (&files);
  assert_total (snapshot, "IfInOctets", 1500);
  assert_total (snapshot, "IfInPkts", 10);
  assert_total (snapshot, "IfOutPkts", 7);
  assert_total (snapshot, "IfOutErrors", 3);
  assert_total (snapshot, "IfInDiscards", 6);
  assert_total (snapshot, "IfInMulticastPkts", 5);
  unicast = counter_of (snapshot, "IfInUcastPkts");
  g_assert_cmpuint (unicast->flags & PH_COUNTER_KNOWN, ==, 0);
  g_assert_nonnull (unicast->meaning);
  g_assert_cmpuint (malformed (snapshot, PH_REQUEST_LINK_STATS), ==, 0);
  g_clear_pointer (&snapshot, ph_snapshot_unref);

  /* A message cut short, then nothing but its length. */
  for (gsize length = files.links->len - 1; length > 0; length--)
    {
      g_autofree guint8 *copy = g_memdup2 (files.links->data, length);
      GByteArray cut = { copy, (guint) length };
      const Files less = { .links = &cut };
      g_autoptr (PhSnapshot) part = files_look_once (&less);

      g_assert_cmpuint (malformed (part, PH_REQUEST_LINK_STATS), ==, length % (files.links->len / 3) != 0);
    }
  g_byte_array_unref (files.links);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/counter-decode/recorded", test_recorded);
  g_test_add_func ("/counter-decode/live", test_live);
  g_test_add_func ("/counter-decode/meanings", test_meanings);
  g_test_add_func ("/counter-decode/pairs", test_pairs);
  g_test_add_func ("/counter-decode/malformed", test_malformed);
  g_test_add_func ("/counter-decode/halves", test_halves);
  g_test_add_func ("/counter-decode/frames", test_frames);
  g_test_add_func ("/counter-decode/broken-off", test_broken_off);
  g_test_add_func ("/counter-decode/singles", test_singles);
  g_test_add_func ("/counter-decode/sockstat", test_sockstat);
  g_test_add_func ("/counter-decode/unknown", test_unknown);
  g_test_add_func ("/counter-decode/ethernet", test_ethernet);
  return g_test_run ();
}
