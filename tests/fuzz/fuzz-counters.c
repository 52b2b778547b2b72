/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The first byte chooses the file, the second how long its frames are, the rest is its text, or messages of links. */
#include <math.h>

#include "fuzz.h"
#include "ph-collector.h"
#include "ph-counter-netstat.h"
#include "ph-counter-summary.h"

static const PhRequestName requests[] = {
  PH_REQUEST_SNMP,     PH_REQUEST_NETSTAT,   PH_REQUEST_SNMP6,      PH_REQUEST_SCTP_SNMP,
  PH_REQUEST_SOCKSTAT, PH_REQUEST_SOCKSTAT6, PH_REQUEST_LINK_STATS,
};

static void
send (PhCollector *collector, PhRequestName request, gsize piece, const uint8_t *bytes, size_t length)
{
  PhFrameKind kind = request == PH_REQUEST_LINK_STATS ? PH_FRAME_NETLINK : PH_FRAME_TEXT;
  const PhFrameEnd end = { .code = PH_ERROR_NONE };

  while (length > 0)
    {
      gsize part = MIN (piece + 1, length);
      g_autofree void *copy = NULL;

      while (kind == PH_FRAME_TEXT && part < length && bytes[part - 1] != '\n')
        part++;
      if (kind == PH_FRAME_NETLINK)
        part = length;
      copy = g_memdup2 (bytes, part);
      ph_collector_sink (collector, kind, copy, part);
      bytes += part;
      length -= part;
    }
  ph_collector_sink (collector, PH_FRAME_END, &end, sizeof end);
}

static PhSnapshot *
look (PhCollector *collector, const uint8_t *bytes, size_t length, guint mark, gint64 time_us)
{
  PhRequestName chosen = requests[bytes[0] % G_N_ELEMENTS (requests)];
  const PhPlan plan = { .requests = G_GUINT64_CONSTANT (1) << chosen, .mark = mark };
  const PhFrameBegin begin = { .request = (guint16) chosen, .time_us = time_us };
  PhRequest request;

  ph_collector_begin (collector, &plan);
  fuzz_assert (ph_collector_next (collector, &request));
  ph_collector_sink (collector, PH_FRAME_BEGIN, &begin, sizeof begin);
  send (collector, chosen, bytes[1], bytes + 2, length - 2);
  fuzz_assert (!ph_collector_next (collector, &request));
  return ph_collector_end (collector);
}

static void
check (const PhSnapshot *snapshot)
{
  g_autoptr (GPtrArray) sentences = ph_counter_summary (snapshot, TRUE);
  g_autoptr (GString) text = g_string_new (NULL);
  const PhStyle style = { 0 };

  for (guint i = 0; i < ph_snapshot_n_records (snapshot); i++)
    {
      const PhCounter *counter = ph_snapshot_record (snapshot, i);

      fuzz_assert (memchr (counter->key.mib, '\0', sizeof counter->key.mib) != NULL);
      fuzz_check_text (counter->key.mib);
      fuzz_check_text (counter->words);
      fuzz_assert (isnan (counter->rate) || counter->rate >= 0);
      for (guint j = 0; j < ph_counter_schema.n_columns; j++)
        {
          g_string_truncate (text, 0);
          ph_column_format (&ph_counter_schema.columns[j], counter, &style, text);
          ph_column_rank (&ph_counter_schema.columns[j], counter);
          fuzz_check_text (text->str);
        }
    }
  g_string_truncate (text, 0);
  ph_counter_netstat (snapshot, G_MAXUINT64, text);
  ph_counter_ethernet (snapshot, text);
  fuzz_assert (g_utf8_validate (text->str, -1, NULL));
  fuzz_assert (sentences->len >= 1 && sentences->len <= PH_COUNTER_SUMMARY_MAX);
  for (guint i = 0; i < sentences->len; i++)
    fuzz_check_text (((const PhCounterSentence *) g_ptr_array_index (sentences, i))->text);
}

int
LLVMFuzzerTestOneInput (const uint8_t *bytes, size_t length)
{
  g_autoptr (PhCollector) collector = NULL;
  size_t half = length / 2;

  if (half < 2)
    return 0;
  collector = ph_collector_new (&ph_counter_topic);
  for (guint i = 0; i < 3; i++) /* the first half, the second, and all: what was there goes, comes back, or changes */
    {
      const uint8_t *from = i == 1 ? bytes + half : bytes;
      size_t n = i == 0 ? half : i == 1 ? length - half : length;
      g_autoptr (PhSnapshot) snapshot = look (collector, from, n, 1, (i + 1) * G_USEC_PER_SEC);

      fuzz_assert (snapshot != NULL);
      check (snapshot);
    }
  return 0;
}
