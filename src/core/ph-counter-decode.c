/* SPDX-License-Identifier: GPL-3.0-or-later */
/* See ph-counter-decode.h. The files are those of net/ipv4/proc.c, net/ipv6/proc.c and net/sctp/proc.c. */
#include "ph-counter-decode.h"

#include <string.h>

#include "ph-scan.h"

/* A number that may be negative and that a blank or the end follows. */
static gboolean
scan_total (PhScan *scan, PhCounter *counter)
{
  gboolean negative = ph_scan_more (scan) && *scan->at == '-';

  if (negative)
    {
      scan->at++;
      if (scan->at == scan->end || !g_ascii_isdigit (*scan->at))
        scan->failed = TRUE;
    }
  counter->total = ph_scan_decimal (scan, negative ? G_MAXINT64 : G_MAXUINT64);
  if (scan->at < scan->end && *scan->at != ' ' && *scan->at != '\t')
    scan->failed = TRUE;
  counter->flags |= PH_COUNTER_KNOWN;
  if (negative && counter->total > 0)
    {
      counter->total = -counter->total;
      counter->flags |= PH_COUNTER_NEGATIVE;
      counter->kind = PH_COUNTER_GAUGE; /* whatever it is, it is no count */
    }
  return !scan->failed;
}

/* The word before the colon that a line begins with. NULL: there is none. */
static const char *
scan_prefix (PhScan *scan, gsize *length)
{
  const char *word = ph_scan_word (scan, length);

  if (!word || *length < 2 || word[*length - 1] != ':')
    return NULL;
  --*length;
  return word;
}

/* --- snmp, netstat: a line of names, then one of values, each with the prefix --- */

static gboolean
same_prefix (const GString *header, const char *line, gsize length)
{
  gsize n = strcspn (header->str, ":") + 1;

  return n <= length && memcmp (header->str, line, n) == 0;
}

static gboolean
decode_pair (PhSnapshot *snapshot, PhRequestName request, const GString *header, const char *line, gsize length)
{
  PhScan names = ph_scan_begin (header->str, header->len);
  PhScan values = ph_scan_begin (line, length);
  gsize prefix_length, name_length;
  const char *prefix = scan_prefix (&names, &prefix_length);
  PhCounterProtocol protocol;

  if (!prefix || !scan_prefix (&values, &name_length))
    return FALSE;
  protocol = ph_counter_protocol_of_prefix (prefix, prefix_length);
  while (ph_scan_more (&names) && ph_scan_more (&values))
    {
      const char *name = ph_scan_word (&names, &name_length);
      PhCounter *counter = ph_counter_add (snapshot, request, protocol, prefix, prefix_length, name, name_length);

      if (!counter || !scan_total (&values, counter))
        return FALSE;
    }
  return !ph_scan_more (&names) && !ph_scan_more (&values);
}

static gboolean
decode_pair_line (PhCounterText *text, PhSnapshot *snapshot, const char *line, gsize length)
{
  gboolean good;

  if (text->header && same_prefix (text->header, line, length))
    {
      good = decode_pair (snapshot, text->request, text->header, line, length);
      g_string_free (g_steal_pointer (&text->header), TRUE);
      return good;
    }
  ph_counter_text_end (text, snapshot);
  if (!memchr (line, ':', length) || memchr (line, '\0', length))
    return FALSE;
  text->header = g_string_new_len (line, (gssize) length);
  return TRUE;
}

void
ph_counter_text_end (PhCounterText *text, PhSnapshot *snapshot)
{
  if (!text->header)
    return;
  ph_snapshot_count_malformed (snapshot, text->request);
  g_string_free (g_steal_pointer (&text->header), TRUE);
}

/* --- snmp6, sctp/snmp: a name and a value a line --- */

/* The prefix is up to the 6 ("Ip6InReceives"), or "Sctp". */
static gboolean
decode_single (PhSnapshot *snapshot, PhRequestName request, const char *line, gsize length)
{
  PhScan scan = ph_scan_begin (line, length);
  gsize name_length, prefix_length = 0;
  const char *name = ph_scan_word (&scan, &name_length);
  const char *six = name ? memchr (name, '6', name_length) : NULL;
  PhCounterProtocol protocol;
  PhCounter *counter;

  if (!name)
    return FALSE;
  if (request == PH_REQUEST_SCTP_SNMP)
    prefix_length = MIN (name_length, strlen ("Sctp"));
  else if (six)
    prefix_length = (gsize) (six + 1 - name);
  protocol = ph_counter_protocol_of_prefix (name, prefix_length);
  if (protocol == PH_COUNTER_OTHER)
    prefix_length = 0;
  counter = ph_counter_add (snapshot, request, protocol, name, prefix_length, name + prefix_length,
                            name_length - prefix_length);
  return counter && scan_total (&scan, counter) && !ph_scan_more (&scan);
}

/* --- sockstat, sockstat6: a prefix, then names and values by turns --- */

static gboolean
decode_turns (PhSnapshot *snapshot, PhRequestName request, const char *line, gsize length)
{
  PhScan scan = ph_scan_begin (line, length);
  gsize prefix_length, name_length;
  const char *prefix = scan_prefix (&scan, &prefix_length);

  if (!prefix)
    return FALSE;
  while (ph_scan_more (&scan))
    {
      const char *name = ph_scan_word (&scan, &name_length);
      PhCounter *counter
          = ph_counter_add (snapshot, request, PH_COUNTER_SOCKETS, prefix, prefix_length, name, name_length);

      if (!counter || !scan_total (&scan, counter))
        return FALSE;
      counter->kind = PH_COUNTER_GAUGE;
    }
  return TRUE;
}

/* --- all of them --- */

static gboolean
decode_line (PhCounterText *text, PhSnapshot *snapshot, const char *line, gsize length)
{
  switch ((guint) text->request)
    {
    case PH_REQUEST_SNMP:
    case PH_REQUEST_NETSTAT:
      return decode_pair_line (text, snapshot, line, length);
    case PH_REQUEST_SNMP6:
    case PH_REQUEST_SCTP_SNMP:
      return decode_single (snapshot, text->request, line, length);
    case PH_REQUEST_SOCKSTAT:
    case PH_REQUEST_SOCKSTAT6:
      return decode_turns (snapshot, text->request, line, length);
    default:
      return FALSE;
    }
}

void
ph_counter_decode_text (
    PhCounterText *text, PhSnapshot *snapshot, PhRequestName request, const char *bytes, gsize length)
{
  if (text->request != request)
    ph_counter_text_end (text, snapshot);
  text->request = request;
  while (length > 0)
    {
      const char *newline = memchr (bytes, '\n', length);
      gsize line = newline ? (gsize) (newline - bytes) : length;
      guint before = ph_snapshot_n_records (snapshot);

      if (line > 0 && !decode_line (text, snapshot, bytes, line))
        {
          ph_snapshot_truncate (snapshot, before);
          ph_snapshot_count_malformed (snapshot, request);
        }
      bytes += line + (newline != NULL);
      length -= line + (newline != NULL);
    }
}
