/* SPDX-License-Identifier: GPL-3.0-or-later */
/* See ph-counter-summary.h. One entry for each thing that may be told, in the order in which it matters. */
#include "ph-counter-summary.h"

#include "ph-i18n.h"
#include "ph-snapshot.h"

/* What is told of a share of less than this is no warning: some segments are always lost. */
#define RETRANSMISSIONS_NORMAL 0.01

typedef struct
{
  PhCounterSeverity severity;
  const char *add[9];      /* MIB names: how much they have risen, summed up; NULL-terminated */
  const char *subtract[3]; /* what others tell already */
  const char *one;         /* with %s for the number */
  const char *many;
} Case;

/* clang-format off */
static const Case cases[] = {
  { PH_SEVERITY_FAULT, { "TcpExtListenOverflows" }, { NULL },
    N_ ("%s connection was refused because a listen queue was full"),
    N_ ("%s connections were refused because a listen queue was full") },
  { PH_SEVERITY_FAULT, { "TcpExtTCPReqQFullDrop" }, { NULL },
    N_ ("%s connection request was dropped because too many were half-open"),
    N_ ("%s connection requests were dropped because too many were half-open") },
  { PH_SEVERITY_FAULT, { "TcpExtListenDrops" }, { "TcpExtListenOverflows", "TcpExtTCPReqQFullDrop" },
    N_ ("%s connection request was dropped by a listening socket"),
    N_ ("%s connection requests were dropped by listening sockets") },
  { PH_SEVERITY_FAULT,
    { "UdpRcvbufErrors", "Udp6RcvbufErrors", "UdpLiteRcvbufErrors", "UdpLite6RcvbufErrors" }, { NULL },
    N_ ("%s datagram was lost because a program’s receive buffer was full"),
    N_ ("%s datagrams were lost because a program’s receive buffer was full") },
  { PH_SEVERITY_FAULT,
    { "TcpExtRcvPruned", "TcpExtTCPBacklogDrop", "TcpExtTCPRcvQDrop", "TcpExtTCPOFODrop" }, { NULL },
    N_ ("%s TCP segment was dropped because there was no room for it"),
    N_ ("%s TCP segments were dropped because there was no room for them") },
  { PH_SEVERITY_FAULT, { "TcpExtTCPAbortOnMemory" }, { NULL },
    N_ ("%s connection was cut off for lack of memory"),
    N_ ("%s connections were cut off for lack of memory") },
  { PH_SEVERITY_FAULT,
    { "IpExtInCsumErrors", "IcmpInCsumErrors", "Icmp6InCsumErrors", "TcpInCsumErrors", "UdpInCsumErrors",
      "Udp6InCsumErrors", "UdpLiteInCsumErrors", "UdpLite6InCsumErrors" }, { NULL },
    N_ ("%s packet arrived damaged: its checksum was wrong"),
    N_ ("%s packets arrived damaged: their checksum was wrong") },
  { PH_SEVERITY_FAULT, { "IfInErrors", "IfOutErrors" }, { NULL },
    N_ ("A network interface had %s error"),
    N_ ("Network interfaces had %s errors") },
  { PH_SEVERITY_FAULT, { "IpOutNoRoutes", "Ip6OutNoRoutes" }, { NULL },
    N_ ("%s packet was dropped because no route leads to its destination"),
    N_ ("%s packets were dropped because no route leads to their destination") },
  { PH_SEVERITY_FAULT, { "IpReasmFails", "Ip6ReasmFails" }, { NULL },
    N_ ("%s time fragments could not be put together to a packet"),
    N_ ("%s times fragments could not be put together to a packet") },
  { PH_SEVERITY_FAULT, { "IpInDiscards", "Ip6InDiscards" }, { NULL },
    N_ ("%s packet was dropped on arrival, with nothing wrong with it"),
    N_ ("%s packets were dropped on arrival, with nothing wrong with them") },
  { PH_SEVERITY_FAULT, { "IpOutDiscards", "Ip6OutDiscards", "IfOutDiscards" }, { NULL },
    N_ ("%s packet was dropped on the way out"),
    N_ ("%s packets were dropped on the way out") },
  { PH_SEVERITY_FAULT,
    { "TcpExtTCPMD5NotFound", "TcpExtTCPMD5Unexpected", "TcpExtTCPMD5Failure", "TcpExtTCPAORequired", "TcpExtTCPAOBad",
      "TcpExtTCPAOKeyNotFound" }, { NULL },
    N_ ("%s TCP segment was dropped because of its signature"),
    N_ ("%s TCP segments were dropped because of their signature") },
  { PH_SEVERITY_WARNING, { "TcpExtTCPMemoryPressures" }, { NULL },
    N_ ("TCP ran low on memory %s time"),
    N_ ("TCP ran low on memory %s times") },
  { PH_SEVERITY_WARNING, { "TcpExtSyncookiesSent" }, { NULL },
    N_ ("%s connection request was answered with a SYN cookie: too many were half-open"),
    N_ ("%s connection requests were answered with a SYN cookie: too many were half-open") },
  { PH_SEVERITY_WARNING, { "TcpExtTCPAbortOnTimeout" }, { NULL },
    N_ ("%s connection was given up because the other end no longer answered"),
    N_ ("%s connections were given up because the other end no longer answered") },
  { PH_SEVERITY_WARNING, { "TcpExtIPReversePathFilter" }, { NULL },
    N_ ("%s packet was dropped because it came by an unexpected interface"),
    N_ ("%s packets were dropped because they came by an unexpected interface") },
  { PH_SEVERITY_WARNING, { "TcpExtTCPToZeroWindowAdv" }, { NULL },
    N_ ("%s time a program read so slowly that the sender had to stop"),
    N_ ("%s times a program read so slowly that the sender had to stop") },
  { PH_SEVERITY_WARNING, { "IfInDiscards" }, { NULL },
    N_ ("Network interfaces dropped %s packet on arrival"),
    N_ ("Network interfaces dropped %s packets on arrival") },
  { PH_SEVERITY_WARNING, { "UdpNoPorts", "Udp6NoPorts", "UdpLiteNoPorts", "UdpLite6NoPorts" }, { NULL },
    N_ ("%s datagram came for a port that no program has open"),
    N_ ("%s datagrams came for a port that no program has open") },
  { PH_SEVERITY_WARNING, { "IpExtInCEPkts", "Ip6InCEPkts" }, { NULL },
    N_ ("%s packet came marked by a congested router"),
    N_ ("%s packets came marked by a congested router") },
  { PH_SEVERITY_WARNING, { "TcpEstabResets" }, { NULL },
    N_ ("%s open connection was cut off instead of being closed"),
    N_ ("%s open connections were cut off instead of being closed") },
  { PH_SEVERITY_WARNING, { "TcpAttemptFails" }, { NULL },
    N_ ("%s attempt to open a connection failed"),
    N_ ("%s attempts to open a connection failed") },
};
/* clang-format on */

void
ph_counter_sentence_free (PhCounterSentence *sentence)
{
  g_free (sentence->text);
  g_free (sentence);
}

static void
tell (GPtrArray *sentences, PhCounterSeverity severity, char *text)
{
  PhCounterSentence *sentence = g_new (PhCounterSentence, 1);

  *sentence = (PhCounterSentence){ severity, text };
  g_ptr_array_add (sentences, sentence);
}

/* By how much the counters of these names have risen. What has none, or is not known, has not risen. */
static guint64
risen (GHashTable *counters, const char *const *mibs, guint n)
{
  guint64 sum = 0;

  for (guint i = 0; i < n && mibs[i]; i++)
    {
      const PhCounter *counter = g_hash_table_lookup (counters, mibs[i]);

      if (counter && !g_uint64_checked_add (&sum, sum, counter->since))
        return G_MAXUINT64;
    }
  return sum;
}

static void
tell_case (GPtrArray *sentences, GHashTable *counters, const Case *c)
{
  guint64 n = risen (counters, c->add, G_N_ELEMENTS (c->add));
  guint64 less = risen (counters, c->subtract, G_N_ELEMENTS (c->subtract));
  GString *text;
  char number[24];

  if (n <= less)
    return;
  n -= less;
  g_snprintf (number, sizeof number, "%" G_GUINT64_FORMAT, n);
  text = g_string_new (g_dngettext (GETTEXT_PACKAGE, c->one, c->many, (gulong) MIN (n, G_MAXULONG)));
  g_string_replace (text, "%s", number, 1);
  tell (sentences, c->severity, g_string_free (text, FALSE));
}

/* Retransmissions say something only beside what was sent. */
static void
tell_retransmissions (GPtrArray *sentences, GHashTable *counters)
{
  guint64 again = risen (counters, (const char *const[]){ "TcpRetransSegs" }, 1);
  guint64 sent = risen (counters, (const char *const[]){ "TcpOutSegs" }, 1);
  double share = (double) again / ((double) again + (double) sent);
  char number[24];
  char percent[16];

  if (again == 0)
    return;
  g_snprintf (number, sizeof number, "%" G_GUINT64_FORMAT, again);
  g_snprintf (percent, sizeof percent, share < 0.001 ? "%.2f" : "%.1f", MAX (share * 100, 0.01));
  tell (
      sentences, share < RETRANSMISSIONS_NORMAL ? PH_SEVERITY_INFORMATION : PH_SEVERITY_WARNING,
      g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%s TCP segment was sent again, %s %% of all",
                                    "%s TCP segments were sent again, %s %% of all", (gulong) MIN (again, G_MAXULONG)),
                       number, percent));
}

/* The counters that have risen, by name. Closed ones are shown, but count no more. */
static GHashTable *
find_risen (const PhSnapshot *snapshot)
{
  GHashTable *counters = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < ph_snapshot_n_records (snapshot); i++)
    {
      const PhCounter *counter = ph_snapshot_record (snapshot, i);

      if (ph_counter_is (counter, PH_COUNTER_IS_RISEN) && counter->head.mark != PH_MARK_CLOSED)
        g_hash_table_insert (counters, (gpointer) counter->key.mib, (gpointer) counter);
    }
  return counters;
}

static gint
by_severity (gconstpointer a, gconstpointer b)
{
  const PhCounterSentence *first = *(PhCounterSentence *const *) a;
  const PhCounterSentence *second = *(PhCounterSentence *const *) b;

  return (gint) second->severity - (gint) first->severity;
}

GPtrArray *
ph_counter_summary (const PhSnapshot *snapshot, gboolean marked)
{
  g_autoptr (GHashTable) counters = find_risen (snapshot);
  GPtrArray *sentences = g_ptr_array_new_with_free_func ((GDestroyNotify) ph_counter_sentence_free);

  tell_retransmissions (sentences, counters);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    tell_case (sentences, counters, &cases[i]);
  g_ptr_array_sort (sentences, by_severity); /* stable: what matters more stays first */
  if (sentences->len > PH_COUNTER_SUMMARY_MAX)
    g_ptr_array_set_size (sentences, PH_COUNTER_SUMMARY_MAX);
  if (sentences->len == 0)
    tell (sentences, PH_SEVERITY_INFORMATION,
          g_strdup (marked ? _ ("Nothing has been lost, refused or broken since the mark")
                           : _ ("Nothing has been lost, refused or broken since this computer was started")));
  return sentences;
}
