/* SPDX-License-Identifier: GPL-3.0-or-later */
/* See ph-counter-netstat.h. */
#include "ph-counter-netstat.h"

#include <string.h>

#include "ph-print.h"
#include "ph-snapshot.h"

#define INDENT           4
#define HISTOGRAM_INDENT 8

/* Where in a group we are. */
typedef struct
{
  const char *prefix; /* of the group that has its heading; NULL: none yet */
  gsize prefix_length;
  guint histogram; /* PH_NETSTAT_INPUT, PH_NETSTAT_OUTPUT; 0: outside of both */
} Place;

static void
append_line (GString *text, guint indent, const char *sentence, const PhCounter *counter)
{
  const char *number = strchr (sentence, '#');

  g_string_append_printf (text, "%*s", (int) indent, "");
  if (number)
    {
      g_string_append_len (text, sentence, number - sentence);
      ph_counter_print_total (counter, text);
      g_string_append (text, number + 1);
    }
  else
    {
      g_string_append (text, sentence);
      g_string_append (text, ": ");
      ph_counter_print_total (counter, text);
    }
  g_string_append_c (text, '\n');
}

/* Counters of sockets have no common prefix in the kernel's file; netstat does not print them. */
static void
enter_group (Place *place, const PhCounter *counter, GString *text)
{
  const char *prefix = counter->key.mib;
  gsize length = counter->prefix_length;

  if (counter->key.protocol == PH_COUNTER_SOCKETS || length == 0)
    {
      prefix = ph_counter_protocol_name (counter->key.protocol);
      length = strlen (prefix);
    }
  if (place->prefix && place->prefix_length == length && memcmp (place->prefix, prefix, length) == 0)
    return;
  *place = (Place){ prefix, length, 0 };
  g_string_append_len (text, prefix, (gssize) length);
  g_string_append (text, ":\n");
}

static void
enter_histogram (Place *place, guint histogram, GString *text)
{
  if (place->histogram == histogram)
    return;
  place->histogram = histogram;
  g_string_append_printf (text, "%*s%s\n", INDENT, "",
                          histogram == PH_NETSTAT_INPUT ? "ICMP input histogram:" : "ICMP output histogram:");
}

/* Files with a name and a value a line have the prefix in each name, and so has netstat. IcmpMsg is one histogram. */
static void
append_unnamed (const Place *place, const PhCounter *counter, GString *text)
{
  const char *name = counter->key.mib;
  gboolean histogram = place->histogram != 0 || g_str_has_prefix (name, "IcmpMsg");

  if (counter->head.request == PH_REQUEST_SNMP || counter->head.request == PH_REQUEST_NETSTAT)
    name += counter->prefix_length;
  if (counter->total != 0)
    append_line (text, histogram ? HISTOGRAM_INDENT : INDENT, name, counter);
}

static void
append_counter (Place *place, const PhCounter *counter, GString *text)
{
  guint how;
  const char *sentence = ph_counter_netstat_sentence (counter->key.mib, &how);

  if (!sentence)
    append_unnamed (place, counter, text);
  else if (strcmp (counter->key.mib, "IpForwarding") == 0)
    g_string_append_printf (text, "%*sForwarding is %s\n", INDENT, "", counter->total == 1 ? "enabled" : "disabled");
  else if (how & (PH_NETSTAT_INPUT | PH_NETSTAT_OUTPUT))
    {
      enter_histogram (place, how, text);
      if (counter->total != 0)
        append_line (text, HISTOGRAM_INDENT, sentence, counter);
    }
  else
    {
      place->histogram = 0;
      if (*sentence != '\0' && (counter->total != 0 || (how & PH_NETSTAT_ALWAYS)))
        append_line (text, INDENT, sentence, counter);
    }
}

void
ph_counter_netstat (const PhSnapshot *snapshot, guint64 groups, GString *text)
{
  guint n = ph_snapshot_n_records (snapshot);

  for (guint protocol = 0; protocol < PH_N_COUNTER_PROTOCOLS; protocol++)
    {
      Place place = { NULL };

      if (!(groups & PH_COUNTER_GROUP (protocol)) || protocol == PH_COUNTER_ETHERNET)
        continue;
      for (guint i = 0; i < n; i++)
        {
          const PhCounter *counter = ph_snapshot_record (snapshot, i);

          if (counter->key.protocol != protocol || !(counter->flags & PH_COUNTER_KNOWN)
              || counter->head.mark == PH_MARK_CLOSED)
            continue;
          enter_group (&place, counter, text);
          append_counter (&place, counter, text);
        }
    }
}

/* --- netstat -e --- */

static void
append_total (const PhSnapshot *snapshot, const char *mib, int width, GString *text)
{
  const PhCounter *counter = mib ? ph_counter_find (snapshot, mib) : NULL;
  g_autoptr (GString) number = g_string_new (NULL);

  if (counter)
    ph_counter_print_total (counter, number);
  g_string_append_printf (text, " %*s", width, number->len > 0 ? number->str : mib ? "-" : "");
}

void
ph_counter_ethernet (const PhSnapshot *snapshot, GString *text)
{
  static const struct
  {
    const char *label;
    const char *received;
    const char *sent;
  } rows[] = {
    { "Bytes", "IfInOctets", "IfOutOctets" },
    { "All packets", "IfInPkts", "IfOutPkts" },
    { "Unicast packets", "IfInUcastPkts", "IfOutUcastPkts" },
    { "Non-unicast packets", "IfInNUcastPkts", "IfOutNUcastPkts" },
    { "Multicast packets", "IfInMulticastPkts", NULL },
    { "Discards", "IfInDiscards", "IfOutDiscards" },
    { "Errors", "IfInErrors", "IfOutErrors" },
    { "Unknown protocols", "IfInUnknownProtos", NULL },
  };

  g_string_append (text, "Interface Statistics\n\n");
  g_string_append_printf (text, "%-19s %15s %15s\n\n", "", "Received", "Sent");
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      gsize start = text->len;

      g_string_append_printf (text, "%-19s", rows[i].label);
      append_total (snapshot, rows[i].received, 15, text);
      append_total (snapshot, rows[i].sent, 15, text);
      while (text->len > start && text->str[text->len - 1] == ' ')
        g_string_truncate (text, text->len - 1);
      g_string_append_c (text, '\n');
    }
  g_string_append (text,
                   "\n-: not told by Linux, which does not count unicast and broadcast packets apart, and counts\n"
                   "packets of unknown protocols with the discards.\n");
}
