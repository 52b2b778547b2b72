/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What is asked about counters: the files, and the links for the totals of Ethernet; nothing besides.
 *
 * What is remembered is where each counter stood when the mark was set. It is kept by name and not in the records, so
 * that a file that fails for a while, or a group that cannot be read, does not lose it.
 */
#include "ph-topic.h"

#include <string.h>

#include "ph-counter-decode.h"

#define BIT(request) (G_GUINT64_CONSTANT (1) << (request))

/* Ten times what a kernel has. The names are made elsewhere: they must not pile up from look to look. */
#define ZEROS_MAX 4096

typedef struct
{
  guint64 zero; /* what is subtracted; of a counter that went back it may lie below 0: all of it is modulo 2^64 */
  guint64 last;
} Zero;

typedef struct
{
  PhCounterText text;
  guint mark_wanted; /* of the plan */
  guint mark;
  guint64 seen;      /* requests that were answered in full since the mark: what is new in them began at 0 */
  GHashTable *zeros; /* MIB name → Zero */
} State;

static gpointer
create (void)
{
  State *state = g_new0 (State, 1);

  state->zeros = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return state;
}

static void
destroy (gpointer data)
{
  State *state = data;

  if (state->text.header)
    g_string_free (state->text.header, TRUE);
  g_hash_table_unref (state->zeros);
  g_free (state);
}

static void
begin (gpointer data, const PhPlan *plan)
{
  State *state = data;

  state->mark_wanted = plan->mark;
  if (state->text.header) /* of a collection that was broken off */
    g_string_free (g_steal_pointer (&state->text.header), TRUE);
}

static void
begin_answer (gpointer data, PhSnapshot *snapshot, const PhAsked *asked)
{
  ph_counter_text_end (&((State *) data)->text, snapshot);
}

static void
decode (gpointer data, PhSnapshot *snapshot, const PhAsked *asked, PhFrameKind kind, const void *bytes, gsize length)
{
  State *state = data;

  if (asked->request == PH_REQUEST_LINK_STATS && kind == PH_FRAME_NETLINK)
    ph_counter_decode_links (snapshot, bytes, length);
  else if (asked->request != PH_REQUEST_LINK_STATS && kind == PH_FRAME_TEXT)
    ph_counter_decode_text (&state->text, snapshot, asked->request, bytes, length);
}

static gint
by_key (gconstpointer a, gconstpointer b, gpointer data)
{
  return memcmp (&((const PhCounter *) a)->key, &((const PhCounter *) b)->key, sizeof (PhCounterKey));
}

/* The order of the requests is not that of netstat's groups. */
static void
finish (gpointer data, PhSnapshot *snapshot)
{
  guint n = ph_snapshot_n_records (snapshot);
  g_autofree PhCounter *sorted = g_new (PhCounter, MAX (n, 1));

  ph_counter_text_end (&((State *) data)->text, snapshot);
  for (guint i = 0; i < n; i++)
    sorted[i] = *(const PhCounter *) ph_snapshot_record (snapshot, i);
  g_qsort_with_data (sorted, (gint) n, sizeof *sorted, by_key, NULL); /* stable: of two with one key the later counts */
  for (guint i = 0; i < n; i++)
    *(PhCounter *) ph_snapshot_edit (snapshot, i) = sorted[i];
}

/* --- the mark --- */

static void
count_since (State *state, PhCounter *counter)
{
  Zero *zero = g_hash_table_lookup (state->zeros, counter->key.mib);
  gboolean back = FALSE;

  if (!zero)
    {
      if (counter->head.mark == PH_MARK_STALE || counter->head.mark == PH_MARK_CLOSED
          || g_hash_table_size (state->zeros) >= ZEROS_MAX)
        return; /* what is read next is its zero */
      zero = g_new (Zero, 1);
      zero->zero = state->seen & BIT (counter->head.request) ? 0 : counter->total;
      g_hash_table_insert (state->zeros, g_strdup (counter->key.mib), zero);
    }
  else if (counter->total < zero->last)
    {
      /* What was counted until the last look stays counted. */
      back = TRUE;
      zero->zero -= zero->last - counter->total;
    }
  zero->last = counter->total;
  counter->since = counter->total - zero->zero;
  if (!back)
    counter->flags |= PH_COUNTER_SINCE_KNOWN;
}

static guint64
answered_in_full (const PhSnapshot *snapshot)
{
  guint64 seen = 0;

  for (guint i = 0; i < PH_N_REQUESTS; i++)
    {
      const PhLookResult *result = ph_snapshot_look (snapshot, i);

      if ((result->look == PH_LOOK_GOOD || result->look == PH_LOOK_UNSUPPORTED) && result->malformed == 0)
        seen |= BIT (i);
    }
  return seen;
}

/* A rise is noted for as long as it is in the graph: whoever looks away for a moment still sees it. */
static void
note_rise (PhCounter *counter)
{
  if (counter->head.mark == PH_MARK_NONE && counter->severity != PH_SEVERITY_INFORMATION
      && ph_trace_peak (&counter->trace) > 0)
    counter->head.mark = counter->severity == PH_SEVERITY_FAULT ? PH_MARK_FAULT : PH_MARK_WARNING;
}

static void
settle (gpointer data, PhSnapshot *snapshot)
{
  State *state = data;

  if (state->mark != state->mark_wanted)
    {
      state->mark = state->mark_wanted;
      state->seen = 0;
      g_hash_table_remove_all (state->zeros);
    }
  for (guint i = 0; i < ph_snapshot_n_records (snapshot); i++)
    {
      PhCounter *counter = ph_snapshot_edit (snapshot, i);

      counter->flags &= (guint8) ~PH_COUNTER_SINCE_KNOWN; /* stale ones come with that of last time */
      note_rise (counter);
      if (counter->kind == PH_COUNTER_GAUGE || !(counter->flags & PH_COUNTER_KNOWN))
        continue;
      if (state->mark != 0)
        count_since (state, counter);
      else
        {
          counter->since = counter->total;
          counter->flags |= PH_COUNTER_SINCE_KNOWN;
        }
    }
  if (state->mark != 0)
    state->seen |= answered_in_full (snapshot);
}

const PhTopic ph_counter_topic = {
  .schema = &ph_counter_schema,
  .requests = BIT (PH_REQUEST_LINK_STATS) | BIT (PH_REQUEST_SNMP) | BIT (PH_REQUEST_NETSTAT) | BIT (PH_REQUEST_SNMP6)
              | BIT (PH_REQUEST_SCTP_SNMP) | BIT (PH_REQUEST_SOCKSTAT) | BIT (PH_REQUEST_SOCKSTAT6),
  .create = create,
  .destroy = destroy,
  .begin = begin,
  .begin_answer = begin_answer,
  .decode = decode,
  .finish = finish,
  .settle = settle,
};
