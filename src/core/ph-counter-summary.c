/* SPDX-License-Identifier: GPL-3.0-or-later */
/* See ph-counter-summary.h. One entry for each thing that may be told, in the order in which it matters. */
#include "ph-counter-summary.h"

#include "ph-i18n.h"
#include "ph-snapshot.h"

/* What is told of a share of less than this is no warning: some segments are always lost. */
#define RETRANSMISSIONS_NORMAL 0.01

typedef enum
{
  TELL_OVERFLOWS,
  TELL_FULL_DROPS,
  TELL_LISTEN_DROPS,
  TELL_RECEIVE_BUFFERS,
  TELL_NO_ROOM,
  TELL_NO_MEMORY,
  TELL_CHECKSUMS,
  TELL_INTERFACE_ERRORS,
  TELL_NO_ROUTES,
  TELL_REASSEMBLY,
  TELL_IN_DISCARDS,
  TELL_OUT_DISCARDS,
  TELL_SIGNATURES,
  TELL_MEMORY_PRESSURE,
  TELL_SYN_COOKIES,
  TELL_TIMEOUTS,
  TELL_REVERSE_PATH,
  TELL_ZERO_WINDOWS,
  TELL_INTERFACE_DISCARDS,
  TELL_NO_PORTS,
  TELL_CONGESTION_MARKS,
  TELL_RESETS,
  TELL_FAILED_ATTEMPTS,
} Tell;

typedef struct
{
  Tell tell;
  PhCounterSeverity severity;
  const char *add[9];      /* MIB names: how much they have risen, summed up; the rest NULL */
  const char *subtract[3]; /* what others tell already */
} Case;

/* clang-format off */
static const Case cases[] = {
  { TELL_OVERFLOWS, PH_SEVERITY_FAULT, { "TcpExtListenOverflows" } },
  { TELL_FULL_DROPS, PH_SEVERITY_FAULT, { "TcpExtTCPReqQFullDrop" } },
  { TELL_LISTEN_DROPS, PH_SEVERITY_FAULT,
    { "TcpExtListenDrops" }, { "TcpExtListenOverflows", "TcpExtTCPReqQFullDrop" } },
  { TELL_RECEIVE_BUFFERS, PH_SEVERITY_FAULT,
    { "UdpRcvbufErrors", "Udp6RcvbufErrors", "UdpLiteRcvbufErrors", "UdpLite6RcvbufErrors" } },
  { TELL_NO_ROOM, PH_SEVERITY_FAULT,
    { "TcpExtRcvPruned", "TcpExtTCPBacklogDrop", "TcpExtTCPRcvQDrop", "TcpExtTCPOFODrop" } },
  { TELL_NO_MEMORY, PH_SEVERITY_FAULT, { "TcpExtTCPAbortOnMemory" } },
  { TELL_CHECKSUMS, PH_SEVERITY_FAULT,
    { "IpExtInCsumErrors", "IcmpInCsumErrors", "Icmp6InCsumErrors", "TcpInCsumErrors", "UdpInCsumErrors",
      "Udp6InCsumErrors", "UdpLiteInCsumErrors", "UdpLite6InCsumErrors" } },
  { TELL_INTERFACE_ERRORS, PH_SEVERITY_FAULT, { "IfInErrors", "IfOutErrors" } },
  { TELL_NO_ROUTES, PH_SEVERITY_FAULT, { "IpOutNoRoutes", "Ip6OutNoRoutes" } },
  { TELL_REASSEMBLY, PH_SEVERITY_FAULT, { "IpReasmFails", "Ip6ReasmFails" } },
  { TELL_IN_DISCARDS, PH_SEVERITY_FAULT, { "IpInDiscards", "Ip6InDiscards" } },
  { TELL_OUT_DISCARDS, PH_SEVERITY_FAULT, { "IpOutDiscards", "Ip6OutDiscards", "IfOutDiscards" } },
  { TELL_SIGNATURES, PH_SEVERITY_FAULT,
    { "TcpExtTCPMD5NotFound", "TcpExtTCPMD5Unexpected", "TcpExtTCPMD5Failure", "TcpExtTCPAORequired",
      "TcpExtTCPAOBad", "TcpExtTCPAOKeyNotFound" } },
  { TELL_MEMORY_PRESSURE, PH_SEVERITY_WARNING, { "TcpExtTCPMemoryPressures" } },
  { TELL_SYN_COOKIES, PH_SEVERITY_WARNING, { "TcpExtSyncookiesSent" } },
  { TELL_TIMEOUTS, PH_SEVERITY_WARNING, { "TcpExtTCPAbortOnTimeout" } },
  { TELL_REVERSE_PATH, PH_SEVERITY_WARNING, { "TcpExtIPReversePathFilter" } },
  { TELL_ZERO_WINDOWS, PH_SEVERITY_WARNING, { "TcpExtTCPToZeroWindowAdv" } },
  { TELL_INTERFACE_DISCARDS, PH_SEVERITY_WARNING, { "IfInDiscards" } },
  { TELL_NO_PORTS, PH_SEVERITY_WARNING, { "UdpNoPorts", "Udp6NoPorts", "UdpLiteNoPorts", "UdpLite6NoPorts" } },
  { TELL_CONGESTION_MARKS, PH_SEVERITY_WARNING, { "IpExtInCEPkts", "Ip6InCEPkts" } },
  { TELL_RESETS, PH_SEVERITY_WARNING, { "TcpEstabResets" } },
  { TELL_FAILED_ATTEMPTS, PH_SEVERITY_WARNING, { "TcpAttemptFails" } },
};
/* clang-format on */

/* With %s for the number. Whole calls, because a plural cannot be marked in a table. */
static const char *
words (Tell what, gulong n)
{
  switch (what)
    {
    case TELL_OVERFLOWS:
      return g_dngettext (GETTEXT_PACKAGE, "%s connection was refused because a listen queue was full",
                          "%s connections were refused because a listen queue was full", n);
    case TELL_FULL_DROPS:
      return g_dngettext (GETTEXT_PACKAGE, "%s connection request was dropped because too many were half-open",
                          "%s connection requests were dropped because too many were half-open", n);
    case TELL_LISTEN_DROPS:
      return g_dngettext (GETTEXT_PACKAGE, "%s connection request was dropped by a listening socket",
                          "%s connection requests were dropped by listening sockets", n);
    case TELL_RECEIVE_BUFFERS:
      return g_dngettext (GETTEXT_PACKAGE, "%s datagram was lost because a program’s receive buffer was full",
                          "%s datagrams were lost because a program’s receive buffer was full", n);
    case TELL_NO_ROOM:
      return g_dngettext (GETTEXT_PACKAGE, "%s TCP segment was dropped because there was no room for it",
                          "%s TCP segments were dropped because there was no room for them", n);
    case TELL_NO_MEMORY:
      return g_dngettext (GETTEXT_PACKAGE, "%s connection was cut off for lack of memory",
                          "%s connections were cut off for lack of memory", n);
    case TELL_CHECKSUMS:
      return g_dngettext (GETTEXT_PACKAGE, "%s packet arrived damaged: its checksum was wrong",
                          "%s packets arrived damaged: their checksum was wrong", n);
    case TELL_INTERFACE_ERRORS:
      return g_dngettext (GETTEXT_PACKAGE, "A network interface had %s error", "Network interfaces had %s errors", n);
    case TELL_NO_ROUTES:
      return g_dngettext (GETTEXT_PACKAGE, "%s packet was dropped because no route leads to its destination",
                          "%s packets were dropped because no route leads to their destination", n);
    case TELL_REASSEMBLY:
      return g_dngettext (GETTEXT_PACKAGE, "%s time fragments could not be put together to a packet",
                          "%s times fragments could not be put together to a packet", n);
    case TELL_IN_DISCARDS:
      return g_dngettext (GETTEXT_PACKAGE, "%s packet was dropped on arrival, with nothing wrong with it",
                          "%s packets were dropped on arrival, with nothing wrong with them", n);
    case TELL_OUT_DISCARDS:
      return g_dngettext (GETTEXT_PACKAGE, "%s packet was dropped on the way out",
                          "%s packets were dropped on the way out", n);
    case TELL_SIGNATURES:
      return g_dngettext (GETTEXT_PACKAGE, "%s TCP segment was dropped because of its signature",
                          "%s TCP segments were dropped because of their signature", n);
    case TELL_MEMORY_PRESSURE:
      return g_dngettext (GETTEXT_PACKAGE, "TCP ran low on memory %s time", "TCP ran low on memory %s times", n);
    case TELL_SYN_COOKIES:
      return g_dngettext (GETTEXT_PACKAGE,
                          "%s connection request was answered with a SYN cookie: too many were half-open",
                          "%s connection requests were answered with a SYN cookie: too many were half-open", n);
    case TELL_TIMEOUTS:
      return g_dngettext (GETTEXT_PACKAGE, "%s connection was given up because the other end no longer answered",
                          "%s connections were given up because the other end no longer answered", n);
    case TELL_REVERSE_PATH:
      return g_dngettext (GETTEXT_PACKAGE, "%s packet was dropped because it came by an unexpected interface",
                          "%s packets were dropped because they came by an unexpected interface", n);
    case TELL_ZERO_WINDOWS:
      return g_dngettext (GETTEXT_PACKAGE, "%s time a program read so slowly that the sender had to stop",
                          "%s times a program read so slowly that the sender had to stop", n);
    case TELL_INTERFACE_DISCARDS:
      return g_dngettext (GETTEXT_PACKAGE, "Network interfaces dropped %s packet on arrival",
                          "Network interfaces dropped %s packets on arrival", n);
    case TELL_NO_PORTS:
      return g_dngettext (GETTEXT_PACKAGE, "%s datagram came for a port that no program has open",
                          "%s datagrams came for a port that no program has open", n);
    case TELL_CONGESTION_MARKS:
      return g_dngettext (GETTEXT_PACKAGE, "%s packet came marked by a congested router",
                          "%s packets came marked by a congested router", n);
    case TELL_RESETS:
      return g_dngettext (GETTEXT_PACKAGE, "%s open connection was cut off instead of being closed",
                          "%s open connections were cut off instead of being closed", n);
    case TELL_FAILED_ATTEMPTS:
      return g_dngettext (GETTEXT_PACKAGE, "%s attempt to open a connection failed",
                          "%s attempts to open a connection failed", n);
    }
  return "";
}

void
ph_counter_sentence_free (PhCounterSentence *sentence)
{
  g_free (sentence->text);
  g_free (sentence);
}

static void
say (GPtrArray *sentences, PhCounterSeverity severity, char *text)
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
  text = g_string_new (words (c->tell, (gulong) MIN (n, G_MAXULONG)));
  g_string_replace (text, "%s", number, 1);
  say (sentences, c->severity, g_string_free (text, FALSE));
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
  say (sentences, share < RETRANSMISSIONS_NORMAL ? PH_SEVERITY_INFORMATION : PH_SEVERITY_WARNING,
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
    say (sentences, PH_SEVERITY_INFORMATION,
         g_strdup (marked ? _ ("Nothing has been lost, refused or broken since the mark")
                          : _ ("Nothing has been lost, refused or broken since this computer was started")));
  return sentences;
}
