/* SPDX-License-Identifier: GPL-3.0-or-later */
/* For the harnesses of routing tables: one collection whose answers are the input's pieces, and a look at all of it. */
#pragma once

#include "fuzz.h"
#include "ph-collector.h"

/* A piece of the input, copied so that a sanitizer sees where it ends. */
typedef struct
{
  void *bytes;
  size_t length;
} FuzzPiece;

/* What stands behind the next two bytes, which say how long it is; the last piece is all that is left. */
static inline FuzzPiece
fuzz_take (const uint8_t **bytes, size_t *length, gboolean last)
{
  FuzzPiece piece;
  uint16_t wanted = 0;

  if (!last && *length >= sizeof wanted)
    {
      memcpy (&wanted, *bytes, sizeof wanted);
      *bytes += sizeof wanted;
      *length -= sizeof wanted;
    }
  piece.length = last ? *length : MIN (*length, wanted);
  piece.bytes = g_memdup2 (*bytes, piece.length);
  *bytes += piece.length;
  *length -= piece.length;
  return piece;
}

static inline void
fuzz_answer (PhSink sink, void *user, PhRequestName request, guint part, PhFrameKind kind, const FuzzPiece *piece)
{
  const PhFrameBegin begin = { .request = (uint16_t) request, .part = part, .time_us = 1 };
  const PhFrameEnd end = { .code = PH_ERROR_NONE };

  sink (user, PH_FRAME_BEGIN, &begin, sizeof begin);
  if (piece && piece->length > 0)
    sink (user, kind, piece->bytes, piece->length);
  sink (user, PH_FRAME_END, &end, sizeof end);
}

/* @first is the answer to the first question, @second that to NEXTHOPS, both NULL or given. */
static inline PhSnapshot *
fuzz_collect (const PhTopic *topic, guint64 requests, const FuzzPiece *first, const FuzzPiece *second)
{
  const PhPlan plan = { .requests = requests, .names = TRUE };
  g_autoptr (PhCollector) collector = ph_collector_new (topic);
  gboolean asked = FALSE;
  PhRequest request;

  ph_collector_begin (collector, &plan);
  while (ph_collector_next (collector, &request))
    {
      const FuzzPiece *piece = !asked ? first : request.name == PH_REQUEST_NEXTHOPS ? second : NULL;

      fuzz_answer (ph_collector_sink, collector, request.name, 0, PH_FRAME_NETLINK, piece);
      asked = TRUE;
    }
  return ph_collector_end (collector);
}

/* Every cell and tip of every record can be written, and is found again by its key. */
static inline void
fuzz_look (PhSnapshot *snapshot)
{
  const PhSchema *schema = ph_snapshot_schema (snapshot);
  const PhStyle style = { .numeric = TRUE };
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < ph_snapshot_n_records (snapshot); i++)
    {
      gconstpointer record = ph_snapshot_record (snapshot, i);

      fuzz_assert (ph_snapshot_find (snapshot, ph_schema_key (schema, record)) == record);
      for (guint j = 0; j < schema->n_columns; j++)
        {
          g_string_truncate (text, 0);
          ph_column_format (&schema->columns[j], record, &style, text);
          fuzz_check_text (text->str);
          ph_column_explain (&schema->columns[j], record, &style, text);
          fuzz_assert (g_utf8_validate (text->str, (gssize) text->len, NULL));
          ph_column_rank (&schema->columns[j], record);
        }
      for (guint j = 0; schema->words[j]; j++)
        schema->is (record, j);
    }
}
