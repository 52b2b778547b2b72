/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What can be asked of a counter, and how one is made and carried from a snapshot into the next. */
#include "ph-counter.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "ph-i18n.h"
#include "ph-print.h"
#include "ph-snapshot.h"

/* ICMP messages by the number of their type come behind those by name, in the order of the numbers. */
#define ORDER_TYPES 0x8000

static const char *const protocol_names[PH_N_COUNTER_PROTOCOLS] = {
  [PH_COUNTER_IP] = "IP",
  [PH_COUNTER_ICMP] = "ICMP",
  [PH_COUNTER_TCP] = "TCP",
  [PH_COUNTER_UDP] = "UDP",
  [PH_COUNTER_IPV6] = "IPv6",
  [PH_COUNTER_ICMPV6] = "ICMPv6",
  [PH_COUNTER_UDPV6] = "UDPv6",
  [PH_COUNTER_UDPLITE] = "UDP-Lite",
  [PH_COUNTER_UDPLITEV6] = "UDP-Litev6",
  [PH_COUNTER_TCPEXT] = "TcpExt",
  [PH_COUNTER_IPEXT] = "IpExt",
  [PH_COUNTER_MPTCPEXT] = "MPTcpExt",
  [PH_COUNTER_SCTP] = "SCTP",
  [PH_COUNTER_SOCKETS] = "Sockets",
  [PH_COUNTER_ETHERNET] = "Ethernet",
  [PH_COUNTER_OTHER] = N_ ("Other"),
};

const char *
ph_counter_protocol_name (guint protocol)
{
  return protocol < PH_N_COUNTER_PROTOCOLS ? protocol_names[protocol] : "";
}

PhCounterProtocol
ph_counter_protocol_of_prefix (const char *prefix, gsize length)
{
  static const struct
  {
    const char *prefix;
    PhCounterProtocol protocol;
  } prefixes[] = {
    { "Ip", PH_COUNTER_IP },
    { "Icmp", PH_COUNTER_ICMP },
    { "IcmpMsg", PH_COUNTER_ICMP },
    { "Tcp", PH_COUNTER_TCP },
    { "Udp", PH_COUNTER_UDP },
    { "UdpLite", PH_COUNTER_UDPLITE },
    { "TcpExt", PH_COUNTER_TCPEXT },
    { "IpExt", PH_COUNTER_IPEXT },
    { "MPTcpExt", PH_COUNTER_MPTCPEXT },
    { "Ip6", PH_COUNTER_IPV6 },
    { "Icmp6", PH_COUNTER_ICMPV6 },
    { "Udp6", PH_COUNTER_UDPV6 },
    { "UdpLite6", PH_COUNTER_UDPLITEV6 },
    { "Sctp", PH_COUNTER_SCTP },
  };

  for (guint i = 0; i < G_N_ELEMENTS (prefixes); i++)
    if (strlen (prefixes[i].prefix) == length && memcmp (prefixes[i].prefix, prefix, length) == 0)
      return prefixes[i].protocol;
  return PH_COUNTER_OTHER;
}

/* --- names --- */

static gboolean
is_name (const char *text, gsize length)
{
  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isalnum (text[i]) && text[i] != '_')
      return FALSE;
  return length > 0;
}

/* A word begins here: "InECT1Pkts" is "In ECT1 pkts". */
static gboolean
begins_word (const char *name, gsize length, gsize at)
{
  if (at == 0 || !g_ascii_isupper (name[at]))
    return at == 0;
  return !g_ascii_isupper (name[at - 1]) || (at + 1 < length && g_ascii_islower (name[at + 1]));
}

static const char *
make_words (PhArena *arena, const char *name, gsize length)
{
  GString *words = g_string_sized_new (length * 2);
  const char *copy;

  for (gsize i = 0; i < length; i++)
    {
      gboolean begins = begins_word (name, length, i);
      gboolean plain = i + 1 == length || g_ascii_islower (name[i + 1]); /* else an abbreviation, left in capitals */

      if (begins && i > 0)
        g_string_append_c (words, ' ');
      g_string_append_c (words, i == 0            ? g_ascii_toupper (name[i])
                                : begins && plain ? g_ascii_tolower (name[i])
                                : name[i] == '_'  ? ' '
                                                  : name[i]);
    }
  copy = ph_arena_string (arena, words->str);
  g_string_free (words, TRUE);
  return copy;
}

/* "InType3", "OutType135": the number of the type, and for messages sent 256 more; -1: it is no such name. */
static int
icmp_type (const char *name)
{
  gboolean out = g_str_has_prefix (name, "OutType");
  const char *number = out                                 ? name + strlen ("OutType")
                       : g_str_has_prefix (name, "InType") ? name + strlen ("InType")
                                                           : "";
  gsize digits = strspn (number, "0123456789");
  int type = atoi (number);

  if (digits < 1 || digits > 3 || number[digits] != '\0' || type > G_MAXUINT8)
    return -1;
  return out ? type + 256 : type;
}

/* Some types have no name, and every one is counted. */
static const char *
make_type_words (PhArena *arena, int type)
{
  g_autofree char *words
      = g_strdup_printf (type < 256 ? _ ("Messages of type %d received") : _ ("Messages of type %d sent"), type % 256);

  return ph_arena_string (arena, words);
}

PhCounter *
ph_counter_add (PhSnapshot *snapshot,
                PhRequestName request,
                PhCounterProtocol protocol,
                const char *prefix,
                gsize prefix_length,
                const char *name,
                gsize name_length)
{
  PhCounter *counter;
  guint16 order;
  int type = -1;

  if (!is_name (name, name_length) || (prefix_length > 0 && !is_name (prefix, prefix_length))
      || name_length >= PH_COUNTER_MIB_MAX || prefix_length >= PH_COUNTER_MIB_MAX - name_length)
    return NULL;

  counter = ph_snapshot_add (snapshot);
  counter->head.request = (guint16) request;
  counter->key.protocol = (guint8) protocol;
  memcpy (counter->key.mib, prefix, prefix_length);
  memcpy (counter->key.mib + prefix_length, name, name_length);
  counter->prefix_length = (guint8) prefix_length;
  counter->meaning = ph_counter_meaning_find (counter->key.mib, &order);
  if (protocol == PH_COUNTER_ICMP || protocol == PH_COUNTER_ICMPV6)
    type = icmp_type (counter->key.mib + prefix_length);
  if (type >= 0)
    order = (guint16) (ORDER_TYPES + type);
  counter->key.order[0] = (guint8) (order >> 8);
  counter->key.order[1] = (guint8) order;

  if (counter->meaning)
    {
      counter->words = counter->meaning->words;
      counter->kind = counter->meaning->kind;
      counter->severity = counter->meaning->severity;
    }
  else if (type >= 0)
    {
      counter->meaning = &ph_counter_meaning_icmp_type;
      counter->words = make_type_words (ph_snapshot_arena (snapshot), type);
    }
  else
    counter->words = make_words (ph_snapshot_arena (snapshot), name, name_length);
  counter->rate = NAN;
  return counter;
}

const PhCounter *
ph_counter_find (const PhSnapshot *snapshot, const char *mib)
{
  for (guint i = 0; i < ph_snapshot_n_records (snapshot); i++)
    {
      const PhCounter *counter = ph_snapshot_record (snapshot, i);

      if (strcmp (counter->key.mib, mib) == 0)
        return counter;
    }
  return NULL;
}

/* --- from look to look --- */

void
ph_counter_copy (PhSnapshot *snapshot, gpointer target, gconstpointer source)
{
  const PhCounter *from = source;
  PhCounter *to = target;

  *to = *from;
  if (!from->meaning || from->words != from->meaning->words)
    to->words = ph_arena_string (ph_snapshot_arena (snapshot), from->words);
}

void
ph_counter_advance (gpointer record, gconstpointer previous, gint64 elapsed_us)
{
  PhCounter *counter = record;
  const PhCounter *before = previous;
  gboolean known = (counter->flags & before->flags & PH_COUNTER_KNOWN) && counter->total >= before->total;

  if (counter->kind == PH_COUNTER_GAUGE)
    return;
  if (known)
    counter->rate = (double) (counter->total - before->total) * G_USEC_PER_SEC / (double) elapsed_us;
  ph_trace_push (&counter->trace, &before->trace, counter->rate);
}

gboolean
ph_counter_is (const PhCounter *counter, PhCounterIs word)
{
  switch (word)
    {
    case PH_COUNTER_IS_ZERO:
      return (counter->flags & PH_COUNTER_KNOWN) && counter->total == 0;
    case PH_COUNTER_IS_RISEN:
      return (counter->flags & PH_COUNTER_SINCE_KNOWN) && counter->since > 0;
    case PH_COUNTER_IS_WARNING:
      return counter->severity == PH_SEVERITY_WARNING;
    case PH_COUNTER_IS_FAULT:
      return counter->severity == PH_SEVERITY_FAULT;
    case PH_COUNTER_IS_GAUGE:
      return counter->kind == PH_COUNTER_GAUGE;
    case PH_COUNTER_IS_NEW:
      return counter->head.mark == PH_MARK_NEW;
    case PH_COUNTER_IS_STALE:
      return counter->head.mark == PH_MARK_STALE;
    }
  return FALSE;
}

void
ph_counter_print_total (const PhCounter *counter, GString *text)
{
  if (counter->flags & PH_COUNTER_NEGATIVE)
    ph_print_int (text, (gint64) counter->total);
  else if (counter->flags & PH_COUNTER_KNOWN)
    ph_print_uint (text, counter->total);
}
