/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The Statistics table's columns, and the schema that they are part of. */
#include <math.h>

#include "ph-counter.h"
#include "ph-facet-fields.h"
#include "ph-i18n.h"
#include "ph-print.h"

#define TEXT_COLUMN   .align = PH_ALIGN_START, .kind = PH_VALUE_TEXT
#define NUMBER_COLUMN .align = PH_ALIGN_END, .kind = PH_VALUE_UINT
#define OPTIONAL      .is_none = ph_column_absent_is_none

/* --- values --- */

static void
value_protocol (gconstpointer record, PhValue *value)
{
  ph_value_set_text (value, ph_counter_protocol_name (((const PhCounter *) record)->key.protocol));
}

static const char *
name_of (const PhCounter *counter)
{
  return counter->meaning && counter->words == counter->meaning->words ? _ (counter->words) : counter->words;
}

static void
value_name (gconstpointer record, PhValue *value)
{
  ph_value_set_text (value, name_of (record));
}

static void
value_mib (gconstpointer record, PhValue *value)
{
  ph_value_set_text (value, ((const PhCounter *) record)->key.mib);
}

static void
value_total (gconstpointer record, PhValue *value)
{
  const PhCounter *counter = record;

  if (counter->flags & PH_COUNTER_NEGATIVE)
    ph_value_set_int (value, (gint64) counter->total);
  else if (counter->flags & PH_COUNTER_KNOWN)
    ph_value_set_uint (value, counter->total);
}

static void
value_since (gconstpointer record, PhValue *value)
{
  const PhCounter *counter = record;

  if (counter->flags & PH_COUNTER_SINCE_KNOWN)
    ph_value_set_uint (value, counter->since);
}

static void
value_rate (gconstpointer record, PhValue *value)
{
  const PhCounter *counter = record;

  if (!isnan (counter->rate))
    ph_value_set_real (value, counter->rate);
}

static void
value_meaning (gconstpointer record, PhValue *value)
{
  const PhCounter *counter = record;

  if (counter->meaning)
    ph_value_set_text (value, _ (counter->meaning->text));
}

static const char *
severity_word (const PhCounter *counter)
{
  static const char *const words[] = {
    [PH_SEVERITY_INFORMATION] = "information",
    [PH_SEVERITY_WARNING] = "warning",
    [PH_SEVERITY_FAULT] = "fault",
  };

  return counter->kind == PH_COUNTER_GAUGE ? NULL : words[counter->severity];
}

static void
value_severity (gconstpointer record, PhValue *value)
{
  ph_value_set_text (value, severity_word (record));
}

static void
value_kind (gconstpointer record, PhValue *value)
{
  ph_value_set_text (value, ((const PhCounter *) record)->kind == PH_COUNTER_GAUGE ? "gauge" : "counter");
}

static void
value_source (gconstpointer record, PhValue *value)
{
  const PhCounter *counter = record;

  ph_value_set_text (value, counter->meaning ? counter->meaning->source : NULL);
}

/* --- order --- */

/* As netstat prints them; not by the letters of their names. */
static guint64
rank_protocol (gconstpointer record)
{
  return ((const PhCounter *) record)->key.protocol;
}

static guint64
rank_total (gconstpointer record)
{
  const PhCounter *counter = record;

  if (counter->flags & PH_COUNTER_NEGATIVE)
    return 0;
  return counter->flags & PH_COUNTER_KNOWN ? MIN (counter->total, PH_RANK_ABSENT - 2) + 1 : PH_RANK_ABSENT;
}

static guint64
rank_severity (gconstpointer record)
{
  const PhCounter *counter = record;

  return counter->kind == PH_COUNTER_GAUGE ? PH_RANK_ABSENT : counter->severity;
}

/* --- what people read --- */

static void
format_protocol (gconstpointer record, const PhStyle *style, GString *text)
{
  g_string_append (text, _ (ph_counter_protocol_name (((const PhCounter *) record)->key.protocol)));
}

/* Small ones with a decimal, so that one event in some seconds is not nothing. */
static void
format_rate (gconstpointer record, const PhStyle *style, GString *text)
{
  const PhCounter *counter = record;

  if (isnan (counter->rate))
    return;
  if (counter->rate == 0)
    g_string_append_c (text, '0');
  else if (counter->rate < 9.95)
    g_string_append_printf (text, "%.1f", MAX (counter->rate, 0.1));
  else
    g_string_append_printf (text, "%.0f", counter->rate);
}

static void
format_severity (gconstpointer record, const PhStyle *style, GString *text)
{
  static const char *const words[] = {
    [PH_SEVERITY_INFORMATION] = N_ ("Information"),
    [PH_SEVERITY_WARNING] = N_ ("Warning"),
    [PH_SEVERITY_FAULT] = N_ ("Fault"),
  };
  const PhCounter *counter = record;

  if (counter->kind != PH_COUNTER_GAUGE)
    g_string_append (text, _ (words[counter->severity]));
}

static void
format_kind (gconstpointer record, const PhStyle *style, GString *text)
{
  g_string_append (text, ((const PhCounter *) record)->kind == PH_COUNTER_GAUGE ? _ ("Gauge") : _ ("Counter"));
}

/* --- the whole story --- */

static void
append_line (GString *text, const char *line)
{
  if (text->len > 0)
    g_string_append_c (text, '\n');
  g_string_append (text, line);
}

static const char *
severity_sentence (const PhCounter *counter)
{
  static const char *const sentences[] = {
    [PH_SEVERITY_INFORMATION] = N_ ("It rises as a matter of course"),
    [PH_SEVERITY_WARNING] = N_ ("Worth a look if it keeps rising"),
    [PH_SEVERITY_FAULT] = N_ ("Each one is something lost, refused or broken"),
  };

  return counter->kind == PH_COUNTER_GAUGE ? N_ ("A setting, or how much there is now: it may go up and down")
                                           : sentences[counter->severity];
}

static void
explain_counter (gconstpointer record, const PhStyle *style, GString *text)
{
  const PhCounter *counter = record;

  append_line (text, name_of (counter));
  append_line (text, counter->key.mib);
  if (counter->meaning)
    {
      append_line (text, _ (counter->meaning->text));
      append_line (text, _ (severity_sentence (counter)));
      g_string_append_c (text, '\n');
      g_string_append_printf (text, _ ("Source: %s"), counter->meaning->source);
    }
  else
    append_line (text, _ ("A counter that is newer than this program: what it means is not known here"));
}

static void
explain_total (gconstpointer record, const PhStyle *style, GString *text)
{
  const PhCounter *counter = record;

  ph_counter_print_total (counter, text);
  if (!(counter->flags & PH_COUNTER_KNOWN) && counter->meaning)
    append_line (text, _ (counter->meaning->text));
  else if (counter->kind == PH_COUNTER_GAUGE)
    append_line (text, _ (severity_sentence (counter)));
  else
    append_line (text, _ ("Since this computer was started"));
}

static void
explain_since (gconstpointer record, const PhStyle *style, GString *text)
{
  const PhCounter *counter = record;

  if (counter->kind == PH_COUNTER_GAUGE)
    append_line (text, _ ("Not a count: nothing adds up"));
  else if (!(counter->flags & PH_COUNTER_KNOWN))
    explain_total (record, style, text);
  else if (!(counter->flags & PH_COUNTER_SINCE_KNOWN))
    append_line (text, _ ("The counter has gone back: what it counted meanwhile is not known"));
  else
    {
      ph_print_uint (text, counter->since);
      append_line (text, _ ("Since the mark; without one, since this computer was started"));
    }
}

static void
explain_rate (gconstpointer record, const PhStyle *style, GString *text)
{
  const PhCounter *counter = record;

  if (counter->kind == PH_COUNTER_GAUGE)
    append_line (text, _ ("Not a count: it has no rate"));
  else if (!(counter->flags & PH_COUNTER_KNOWN))
    explain_total (record, style, text);
  else if (!isnan (counter->rate))
    {
      format_rate (record, style, text);
      append_line (text, _ ("Per second, between the last two looks"));
    }
  else if (counter->trace.n == 0)
    append_line (text, _ ("Rates are known after the second look"));
  else
    append_line (text, _ ("The counter has gone back: what it counted meanwhile is not known"));
}

static void
traces (gconstpointer record, const PhTrace **first, const PhTrace **second)
{
  const PhCounter *counter = record;

  if (counter->kind != PH_COUNTER_GAUGE)
    *first = &counter->trace;
}

/* clang-format off */
static const PhColumn columns[] = {
  { "protocol", N_ ("Protocol"), N_ ("Protocol, in the groups of netstat -s"),
    TEXT_COLUMN, .width = 11, .flags = PH_COLUMN_SHOWN | PH_COLUMN_RANK_EXACT, .value = value_protocol,
    .format = format_protocol, .rank = rank_protocol },
  { "name", N_ ("Name"), N_ ("What is counted, in words"),
    TEXT_COLUMN, .width = 30, .flags = PH_COLUMN_SHOWN, .value = value_name, .explain = explain_counter },
  { "total", N_ ("Total"), N_ ("Count since this computer was started"),
    NUMBER_COLUMN, .width = 10, .flags = PH_COLUMN_SHOWN, .value = value_total, .explain = explain_total,
    .rank = rank_total },
  { "since", N_ ("Since Mark"), N_ ("Count since the mark was set; without a mark, the total"),
    NUMBER_COLUMN, .width = 10, .flags = PH_COLUMN_SHOWN | PH_COLUMN_RANK_EXACT, OPTIONAL,
    .value = value_since, .explain = explain_since },
  { "rate", N_ ("Per Second"), N_ ("Rise per second, between the last two looks"),
    .align = PH_ALIGN_END, .kind = PH_VALUE_REAL, .width = 10,
    .flags = PH_COLUMN_SHOWN | PH_COLUMN_TWICE, OPTIONAL, .value = value_rate, .format = format_rate,
    .explain = explain_rate },
  { "graph", N_ ("Graph"), N_ ("Rise per second, over the last looks"),
    .align = PH_ALIGN_START, .kind = PH_VALUE_REAL, .width = 9,
    .flags = PH_COLUMN_SHOWN | PH_COLUMN_TWICE, OPTIONAL, .value = value_rate, .format = format_rate,
    .explain = explain_rate, .traces = traces },
  { "meaning", N_ ("Meaning"), N_ ("What the counter means"),
    TEXT_COLUMN, .width = 70, .flags = PH_COLUMN_SHOWN | PH_COLUMN_EXPAND, .value = value_meaning,
    .explain = explain_counter },
  { "mib", N_ ("MIB Name"), N_ ("The kernel’s own name, as nstat writes it"),
    TEXT_COLUMN, .width = 24, .flags = PH_COLUMN_SHOWN, .value = value_mib, .explain = explain_counter },
  { "severity", N_ ("Severity"), N_ ("What a rise is: information, a warning, a fault"),
    TEXT_COLUMN, .width = 11, .flags = PH_COLUMN_RANK_EXACT, OPTIONAL, .value = value_severity,
    .format = format_severity, .explain = explain_counter, .rank = rank_severity },
  { "kind", N_ ("Kind"), N_ ("A counter only rises; a gauge is a value of the moment, or a setting"),
    TEXT_COLUMN, .width = 8, .value = value_kind, .format = format_kind },
  { "source", N_ ("Source"), N_ ("Where the meaning is from: a standard, or the kernel’s documentation"),
    TEXT_COLUMN, .width = 16, .value = value_source },
};
/* clang-format on */

/* --- the filter --- */

static const char *const words[] = { "zero", "risen", "warning", "fault", "gauge", "new", "stale", NULL };
G_STATIC_ASSERT (G_N_ELEMENTS (words) == PH_COUNTER_IS_STALE + 2);

static gboolean
is (gconstpointer record, guint word)
{
  return ph_counter_is (record, word);
}

/* In the order of PhCounterProtocol. One that is spelled out wins over one that is only begun: "tcp" is not TcpExt. */
static const char *const protocol_words[]
    = {
        "ip",       "icmp",      "tcp",    "udp",   "ipv6",     "icmpv6",   "udpv6",
        "udplite",  "udplitev6", "tcpext", "ipext", "mptcpext", "sctp",     "sockets",
        "ethernet", "other",     "ip6",    "icmp6", "udp6",     "udplite6", NULL, /* the kernel's spelling */
      };
G_STATIC_ASSERT (G_N_ELEMENTS (protocol_words) == PH_N_COUNTER_PROTOCOLS + 5);

static gboolean
is_protocol (gconstpointer record, guint word)
{
  static const guint8 kernels[] = { PH_COUNTER_IPV6, PH_COUNTER_ICMPV6, PH_COUNTER_UDPV6, PH_COUNTER_UDPLITEV6 };

  return ((const PhCounter *) record)->key.protocol
         == (word < PH_N_COUNTER_PROTOCOLS ? word : kernels[word - PH_N_COUNTER_PROTOCOLS]);
}

static const PhFilterField fields[] = {
  { "protocol", .words = protocol_words, .is = is_protocol },
  { "proto", .words = protocol_words, .is = is_protocol },
  { "counter", .columns = { "name", "mib" }, .help = N_ ("What is counted, in words or by the kernel’s own name") },
};

const PhSchema ph_counter_schema = {
  .id = "statistics",
  .record_size = sizeof (PhCounter),
  .key_offset = G_STRUCT_OFFSET (PhCounter, key),
  .key_size = sizeof (PhCounterKey),
  .copy = ph_counter_copy,
  .advance = ph_counter_advance,
  .columns = columns,
  .n_columns = G_N_ELEMENTS (columns),
  .words = words,
  .is = is,
  .fields = fields,
  .n_fields = G_N_ELEMENTS (fields),
  .facets = ph_counter_facets,
  .n_facets = PH_COUNTER_N_FACETS,
};
