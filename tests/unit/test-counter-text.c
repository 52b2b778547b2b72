/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Counters as people read them: cells and filters, a summary, netstat's sentences and table. */
#include "counters.h"

#include <locale.h>

#include "ph-counter-netstat.h"
#include "ph-counter-summary.h"
#include "ph-filter.h"

/* --- cells --- */

static char *
cell (const PhCounter *counter, const char *id)
{
  const PhStyle style = { 0 };
  GString *text = g_string_new (NULL);

  ph_column_format (ph_schema_find_column (&ph_counter_schema, id), counter, &style, text);
  return g_string_free (text, FALSE);
}

static void
assert_cell (const PhSnapshot *snapshot, const char *mib, const char *id, const char *expected)
{
  g_autofree char *text = cell (counter_of (snapshot, mib), id);

  g_assert_cmpstr (text, ==, expected);
}

static void
assert_tip (const PhSnapshot *snapshot, const char *mib, const char *id, const char *part)
{
  const PhStyle style = { 0 };
  g_autoptr (GString) text = g_string_new (NULL);

  ph_column_explain (ph_schema_find_column (&ph_counter_schema, id), counter_of (snapshot, mib), &style, text);
  if (!strstr (text->str, part))
    g_error ("%s of %s: \"%s\" is not in \"%s\"", id, mib, part, text->str);
}

static PhSnapshot *
two_looks (guint mark)
{
  g_autoptr (PhCollector) collector = ph_collector_new (&ph_counter_topic);
  Files files = { .text[PH_REQUEST_SNMP] = "Tcp: MaxConn InSegs RetransSegs OutSegs\nTcp: -1 100 0 10\n" };

  files.text[PH_REQUEST_NETSTAT] = "TcpExt: ListenOverflows TCPBrandNew\nTcpExt: 1 5\n";
  ph_snapshot_unref (files_look (&files, collector, mark, SECOND));
  files.text[PH_REQUEST_SNMP] = "Tcp: MaxConn InSegs RetransSegs OutSegs\nTcp: -1 125 1 109\n";
  files.text[PH_REQUEST_NETSTAT] = "TcpExt: ListenOverflows TCPBrandNew\nTcpExt: 13 5\n";
  return files_look (&files, collector, mark, 11 * SECOND);
}

static void
test_cells (void)
{
  const struct rtnl_link_stats64 stats = { .rx_bytes = 7 };
  Files files = { .piece = 0 };
  g_autoptr (PhSnapshot) snapshot = two_looks (1);
  g_autoptr (PhSnapshot) links = NULL;
  const PhTrace *first = NULL, *second = NULL;
  PhValue value = { PH_VALUE_NONE };

  assert_cell (snapshot, "TcpInSegs", "protocol", "TCP");
  assert_cell (snapshot, "TcpInSegs", "name", "Segments received");
  assert_cell (snapshot, "TcpInSegs", "mib", "TcpInSegs");
  assert_cell (snapshot, "TcpInSegs", "total", "125");
  assert_cell (snapshot, "TcpInSegs", "since", "25");
  assert_cell (snapshot, "TcpInSegs", "rate", "2.5");
  assert_cell (snapshot, "TcpRetransSegs", "rate", "0.1");
  assert_cell (snapshot, "TcpOutSegs", "rate", "9.9");
  assert_cell (snapshot, "TcpExtTCPBrandNew", "rate", "0");
  assert_cell (snapshot, "TcpInSegs", "severity", "Information");
  assert_cell (snapshot, "TcpExtListenOverflows", "severity", "Fault");
  assert_cell (snapshot, "TcpInSegs", "kind", "Counter");
  assert_cell (snapshot, "TcpMaxConn", "total", "-1");
  assert_cell (snapshot, "TcpMaxConn", "since", "");
  assert_cell (snapshot, "TcpMaxConn", "rate", "");
  assert_cell (snapshot, "TcpMaxConn", "severity", "");
  assert_cell (snapshot, "TcpMaxConn", "kind", "Gauge");
  assert_cell (snapshot, "TcpExtTCPBrandNew", "name", "TCP brand new");
  assert_cell (snapshot, "TcpExtTCPBrandNew", "meaning", "");
  assert_tip (snapshot, "TcpInSegs", "name", "RFC 4022");
  assert_tip (snapshot, "TcpExtListenOverflows", "mib", "lost, refused or broken");
  assert_tip (snapshot, "TcpExtTCPBrandNew", "meaning", "newer than this program");
  assert_tip (snapshot, "TcpMaxConn", "since", "Not a count");
  assert_tip (snapshot, "TcpMaxConn", "rate", "no rate");
  assert_tip (snapshot, "TcpInSegs", "rate", "2.5");

  ph_schema_find_column (&ph_counter_schema, "graph")->traces (counter_of (snapshot, "TcpInSegs"), &first, &second);
  g_assert_cmpuint (first->n, ==, 1);
  g_assert_null (second);
  first = NULL;
  ph_schema_find_column (&ph_counter_schema, "graph")->traces (counter_of (snapshot, "TcpMaxConn"), &first, &second);
  g_assert_null (first);

  files_add_link (&files, 0, &stats);
  links = files_look_once (&files);
  assert_cell (links, "IfInOctets", "protocol", "Ethernet");
  assert_cell (links, "IfInUcastPkts", "total", "");
  assert_tip (links, "IfInUcastPkts", "total", "Linux does not tell");
  assert_tip (links, "IfInUcastPkts", "since", "Linux does not tell");
  assert_tip (links, "IfInOctets", "rate", "second look");
  ph_schema_find_column (&ph_counter_schema, "total")->value (counter_of (links, "IfInUcastPkts"), &value);
  g_assert_cmpuint (value.kind, ==, PH_VALUE_NONE);
  g_byte_array_unref (files.links);
}

/* Sorted by total, the negative comes first and what is not known last. */
static void
test_order (void)
{
  const PhColumn *total = ph_schema_find_column (&ph_counter_schema, "total");
  const PhColumn *protocol = ph_schema_find_column (&ph_counter_schema, "protocol");
  const PhCounter negative = { .flags = PH_COUNTER_KNOWN | PH_COUNTER_NEGATIVE, .total = (guint64) -1 };
  const PhCounter zero = { .flags = PH_COUNTER_KNOWN };
  const PhCounter most = { .flags = PH_COUNTER_KNOWN, .total = G_MAXUINT64 };
  const PhCounter unknown = { .key.protocol = PH_COUNTER_UDP };

  g_assert_cmpint (ph_column_compare (total, &negative, &zero), <, 0);
  g_assert_cmpint (ph_column_compare (total, &zero, &most), <, 0);
  g_assert_cmpint (ph_column_compare (total, &most, &unknown), <, 0);
  g_assert_cmpint (ph_column_compare (protocol, &zero, &unknown), <, 0);
}

static gboolean
matches (const PhSnapshot *snapshot, const char *mib, const char *text)
{
  static const PhColumn *none[] = { NULL };
  const PhStyle style = { 0 };
  const PhFilterContext context = { none, &style };
  g_autoptr (GError) error = NULL;
  g_autoptr (PhFilter) filter = ph_filter_parse (&ph_counter_schema, text, NULL, &error);

  g_assert_no_error (error);
  return ph_filter_match (filter, &context, counter_of (snapshot, mib));
}

static void
test_filter (void)
{
  static const struct
  {
    const char *text;
    const char *yes;
    const char *no;
  } cases[] = {
    { "is:zero", "UdpInErrors", "TcpInSegs" },
    { "-is:zero", "TcpInSegs", "UdpInErrors" },
    { "is:risen", "TcpExtListenOverflows", "TcpMaxConn" },
    { "is:fault", "TcpExtListenOverflows", "TcpInSegs" },
    { "is:warning", "TcpRetransSegs", "TcpInSegs" },
    { "is:gauge", "TcpMaxConn", "TcpInSegs" },
    { "proto:tcp", "TcpInSegs", "TcpExtListenOverflows" },
    { "protocol:tcpext", "TcpExtListenOverflows", "TcpInSegs" },
    { "proto:udp,udp6", "Udp6InErrors", "TcpInSegs" },
    { "proto:udpv6", "Udp6InErrors", "UdpInErrors" },
    { "mib:listen", "TcpExtListenOverflows", "TcpInSegs" },
    { "name:retransmitted", "TcpRetransSegs", "TcpInSegs" },
    { "counter:segs", "TcpInSegs", "UdpInErrors" },
    { "counter:retransmitted", "TcpRetransSegs", "TcpInSegs" },
    { "total:>100", "TcpInSegs", "TcpRetransSegs" },
    { "total:-1", "TcpMaxConn", "TcpInSegs" },
    { "severity:fault", "TcpExtListenOverflows", "TcpInSegs" },
  };
  const Files files
      = { .text[PH_REQUEST_SNMP] = "Tcp: MaxConn InSegs RetransSegs\nTcp: -1 125 1\nUdp: InErrors\nUdp: 0\n",
          .text[PH_REQUEST_NETSTAT] = "TcpExt: ListenOverflows\nTcpExt: 3\n",
          .text[PH_REQUEST_SNMP6] = "Udp6InErrors 2\n" };
  g_autoptr (PhSnapshot) snapshot = files_look_once (&files);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("%s", cases[i].text);
      g_assert_true (matches (snapshot, cases[i].yes, cases[i].text));
      g_assert_false (matches (snapshot, cases[i].no, cases[i].text));
    }
}

/* --- the summary --- */

static const char *
told (GPtrArray *sentences, guint i)
{
  return i < sentences->len ? ((const PhCounterSentence *) g_ptr_array_index (sentences, i))->text : NULL;
}

static void
check_summary (const char *snmp, const char *netstat, const char *const *expected)
{
  const Files files = { .text[PH_REQUEST_SNMP] = snmp, .text[PH_REQUEST_NETSTAT] = netstat };
  g_autoptr (PhSnapshot) snapshot = files_look_once (&files);
  g_autoptr (GPtrArray) sentences = ph_counter_summary (snapshot, FALSE);

  for (guint i = 0; expected[i] || i < sentences->len; i++)
    g_assert_cmpstr (told (sentences, i), ==, expected[i]);
}

#define SAID(...) ((const char *const[]){ __VA_ARGS__, NULL })

static void
test_summary (void)
{
  check_summary ("Ip: Forwarding InReceives\nIp: 1 5\nTcp: CurrEstab OutSegs\nTcp: 12 9\n", NULL,
                 SAID ("Nothing has been lost, refused or broken since this computer was started"));
  check_summary (NULL, "TcpExt: ListenOverflows ListenDrops\nTcpExt: 12 12\n",
                 SAID ("12 connections were refused because a listen queue was full"));
  check_summary (NULL, "TcpExt: ListenOverflows ListenDrops\nTcpExt: 1 3\n",
                 SAID ("1 connection was refused because a listen queue was full",
                       "2 connection requests were dropped by listening sockets"));
  check_summary ("Tcp: OutSegs RetransSegs InCsumErrors\nTcp: 90 10 0\n", NULL,
                 SAID ("10 TCP segments were sent again, 10.0 % of all"));
  check_summary (
      "Tcp: OutSegs RetransSegs InCsumErrors\nTcp: 999999 1 2\nUdp: InCsumErrors\nUdp: 3\n", NULL,
      SAID ("5 packets arrived damaged: their checksum was wrong", "1 TCP segment was sent again, 0.01 % of all"));
  check_summary ("Ip: OutNoRoutes ReasmFails\nIp: 1 2\nUdp: RcvbufErrors NoPorts\nUdp: 3 4\n",
                 "TcpExt: SyncookiesSent TCPMemoryPressures TCPAbortOnTimeout\nTcpExt: 5 6 7\n",
                 SAID ("3 datagrams were lost because a program’s receive buffer was full",
                       "1 packet was dropped because no route leads to its destination",
                       "2 times fragments could not be put together to a packet", "TCP ran low on memory 6 times",
                       "5 connection requests were answered with a SYN cookie: too many were half-open",
                       "7 connections were given up because the other end no longer answered"));
}

/* Only what has risen since the mark is told. */
static void
test_summary_marked (void)
{
  g_autoptr (PhSnapshot) snapshot = two_looks (1);
  g_autoptr (GPtrArray) sentences = ph_counter_summary (snapshot, TRUE);
  g_autoptr (PhCollector) collector = ph_collector_new (&ph_counter_topic);
  const Files files = { .text[PH_REQUEST_NETSTAT] = "TcpExt: ListenOverflows\nTcpExt: 1\n" };
  g_autoptr (PhSnapshot) calm = files_look (&files, collector, 1, SECOND);
  g_autoptr (GPtrArray) nothing = ph_counter_summary (calm, TRUE);

  g_assert_cmpuint (sentences->len, ==, 2);
  g_assert_cmpstr (told (sentences, 0), ==, "12 connections were refused because a listen queue was full");
  g_assert_cmpstr (told (sentences, 1), ==, "1 TCP segment was sent again, 1.0 % of all");
  g_assert_cmpuint (nothing->len, ==, 1);
  g_assert_cmpstr (told (nothing, 0), ==, "Nothing has been lost, refused or broken since the mark");
}

/* Sums that no longer fit. */
static void
test_summary_extreme (void)
{
  check_summary ("Udp: RcvbufErrors\nUdp: 18446744073709551615\nUdpLite: RcvbufErrors\nUdpLite: 5\n", NULL,
                 SAID ("18446744073709551615 datagrams were lost because a program’s receive buffer was full"));
}

/* --- netstat --- */

static void
check_netstat (const Files *files, guint64 groups, const char *expected)
{
  g_autoptr (PhSnapshot) snapshot = files_look_once (files);
  g_autoptr (GString) text = g_string_new (NULL);

  ph_counter_netstat (snapshot, groups, text);
  g_assert_cmpstr (text->str, ==, expected);
}

static void
test_netstat (void)
{
  const Files files = {
    .text[PH_REQUEST_SNMP]
    = "Ip: Forwarding DefaultTTL InReceives InHdrErrors ForwDatagrams OutNoRoutes OutTransmits\nIp: 2 64 12 0 0 3 9\n"
      "Icmp: InMsgs InErrors InCsumErrors InDestUnreachs InEchos OutMsgs OutErrors OutDestUnreachs OutEchos\n"
      "Icmp: 5 0 1 2 0 1 0 0 1\n"
      "IcmpMsg: InType3 OutType8\nIcmpMsg: 2 1\n"
      "Tcp: RtoAlgorithm MaxConn ActiveOpens InCsumErrors\nTcp: 1 -1 4 0\n"
      "UdpLite: InDatagrams NoPorts\nUdpLite: 0 6\n",
    .text[PH_REQUEST_NETSTAT] = "TcpExt: SyncookiesSent DelayedACKLost ListenOverflows TCPHPHits TCPOrigDataSent Zero\n"
                                "TcpExt: 0 8 7 0 9 0\nMPTcpExt: MPRstTx\nMPTcpExt: 0\n",
    .text[PH_REQUEST_SNMP6] = "Ip6InReceives 3\nIp6InOctets 4\nIp6OutOctets 0\nIcmp6InMsgs 2\nIcmp6InEchos 1\n"
                              "Icmp6OutMLDv2Reports 4\nIcmp6InType1 2\n",
    .text[PH_REQUEST_SOCKSTAT] = "TCP: inuse 1 mem 0\nUDP: inuse 2\n",
  };

  check_netstat (&files, PH_COUNTER_GROUPS_IPV4,
                 "Ip:\n"
                 "    Forwarding is disabled\n"
                 "    12 total packets received\n"
                 "    0 forwarded\n"
                 "    3 dropped because of missing route\n"
                 "    OutTransmits: 9\n"
                 "Icmp:\n"
                 "    5 ICMP messages received\n"
                 "    0 input ICMP message failed\n"
                 "    InCsumErrors: 1\n"
                 "    ICMP input histogram:\n"
                 "        destination unreachable: 2\n"
                 "    1 ICMP messages sent\n"
                 "    0 ICMP messages failed\n"
                 "    ICMP output histogram:\n"
                 "        echo requests: 1\n"
                 "IcmpMsg:\n"
                 "        InType3: 2\n"
                 "        OutType8: 1\n"
                 "Tcp:\n"
                 "    4 active connection openings\n"
                 "UdpLite:\n"
                 "    NoPorts: 6\n"
                 "TcpExt:\n"
                 "    Quick ack mode was activated 8 times\n"
                 "    7 times the listen queue of a socket overflowed\n"
                 "    0 packet headers predicted\n"
                 "    TCPOrigDataSent: 9\n"
                 "MPTcpExt:\n");
  check_netstat (&files, PH_COUNTER_GROUPS_IPV6,
                 "Ip6:\n"
                 "    3 total packets received\n"
                 "    Ip6InOctets: 4\n"
                 "Icmp6:\n"
                 "    2 ICMP messages received\n"
                 "    ICMP input histogram:\n"
                 "        echo requests: 1\n"
                 "        Icmp6OutMLDv2Reports: 4\n"
                 "        Icmp6InType1: 2\n");
  check_netstat (&files, PH_COUNTER_GROUP (PH_COUNTER_SOCKETS),
                 "Sockets:\n"
                 "    TCPinuse: 1\n"
                 "    UDPinuse: 2\n");
  check_netstat (&files, PH_COUNTER_GROUPS_UDP | PH_COUNTER_GROUP (PH_COUNTER_ETHERNET), "");
}

static void
test_netstat_words (void)
{
  guint how;

  g_assert_cmpstr (ph_counter_netstat_sentence ("TcpExtTCPTimeouts", &how), ==, "# other TCP timeouts");
  g_assert_cmpuint (how, ==, 0);
  g_assert_cmpstr (ph_counter_netstat_sentence ("Icmp6InEchos", &how), ==, "echo requests: #");
  g_assert_cmpuint (how, ==, PH_NETSTAT_INPUT);
  g_assert_null (ph_counter_netstat_sentence ("TcpExtTCPOrigDataSent", &how));
}

static void
test_ethernet (void)
{
  const struct rtnl_link_stats64 stats
      = { .rx_bytes = 1234567, .tx_bytes = G_MAXUINT64, .rx_packets = 9, .multicast = 2 };
  Files files = { .piece = 0 };
  g_autoptr (PhSnapshot) snapshot = NULL;
  g_autoptr (GString) text = g_string_new (NULL);

  files_add_link (&files, 0, &stats);
  snapshot = files_look_once (&files);
  ph_counter_ethernet (snapshot, text);
  g_assert_true (g_str_has_prefix (text->str, "Interface Statistics\n"
                                              "\n"
                                              "                           Received            Sent\n"
                                              "\n"
                                              "Bytes                       1234567 18446744073709551615\n"
                                              "All packets                       9               0\n"
                                              "Unicast packets                   -               -\n"
                                              "Non-unicast packets               -               -\n"
                                              "Multicast packets                 2\n"
                                              "Discards                          0               0\n"
                                              "Errors                            0               0\n"
                                              "Unknown protocols                 -\n"
                                              "\n"));
  g_byte_array_unref (files.links);
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/counter-text/cells", test_cells);
  g_test_add_func ("/counter-text/order", test_order);
  g_test_add_func ("/counter-text/filter", test_filter);
  g_test_add_func ("/counter-text/summary", test_summary);
  g_test_add_func ("/counter-text/summary-marked", test_summary_marked);
  g_test_add_func ("/counter-text/summary-extreme", test_summary_extreme);
  g_test_add_func ("/counter-text/netstat", test_netstat);
  g_test_add_func ("/counter-text/netstat-words", test_netstat_words);
  g_test_add_func ("/counter-text/ethernet", test_ethernet);
  return g_test_run ();
}
