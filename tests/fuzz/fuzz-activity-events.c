/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The first byte chooses who tells: 0: rtnetlink, 1: the destroy groups of sock_diag, and with 2 that it is told what
 * there is first, by the same frame; the rest is a frame. Each entry is put down and written in every way. */
#include "fuzz.h"
#include "ph-activity-from-events.h"
#include "ph-activity-from-sockets.h"
#include "ph-activity-log.h"
#include "ph-activity-words.h"

static void
check (gpointer user, const PhActivity *entry)
{
  const PhStyle style = { .numeric = TRUE };
  g_autoptr (GString) text = g_string_new (NULL);

  fuzz_assert (ph_activity_kind_name (entry->kind) != NULL);
  fuzz_assert (entry->ended < PH_N_ENDS);
  fuzz_assert (entry->prefix_length <= 128 || entry->prefix_length == PH_ACTIVITY_NO_PREFIX);
  fuzz_check_text (entry->process);
  fuzz_check_text (entry->interface_name);
  fuzz_check_text (entry->detail);
  ph_activity_words (entry, &style, text);
  fuzz_check_text (text->str);
  for (guint i = 0; i < ph_activity_schema.n_columns; i++)
    {
      ph_column_format (&ph_activity_schema.columns[i], entry, &style, text);
      ph_column_explain (&ph_activity_schema.columns[i], entry, &style, text);
      ph_column_rank (&ph_activity_schema.columns[i], entry);
    }
  fuzz_assert (g_utf8_validate (text->str, (gssize) text->len, NULL));
  ph_activity_log_append (user, entry);
}

static void
learn (PhActivityFromEvents *from, PhRequestName request, const void *frame, gsize length)
{
  const PhFrameBegin begin = { .request = (uint16_t) request };
  const PhFrameEnd end = { .code = PH_ERROR_NONE };

  ph_activity_from_events_learn (from, PH_FRAME_BEGIN, &begin, sizeof begin);
  ph_activity_from_events_learn (from, PH_FRAME_NETLINK, frame, length);
  ph_activity_from_events_learn (from, PH_FRAME_END, &end, sizeof end);
}

int
LLVMFuzzerTestOneInput (const uint8_t *bytes, size_t length)
{
  g_autoptr (PhActivityLog) log = ph_activity_log_new (1);
  g_autofree void *frame = NULL;

  if (length < 1)
    return 0;
  frame = g_memdup2 (bytes + 1, length - 1);
  length--;
  if (bytes[0] & 1)
    {
      g_autoptr (PhActivityFromSockets) from = ph_activity_from_sockets_new ();

      ph_activity_from_sockets_set_connections (from, TRUE);
      for (guint i = 0; i < 2; i++) /* nothing is told twice */
        {
          const guint n = ph_activity_log_length (log);

          ph_activity_from_sockets_take (from, PH_FRAME_NETLINK, frame, length, 1, 1, check, log);
          fuzz_assert (i == 0 || ph_activity_log_length (log) == n);
        }
    }
  else
    {
      g_autoptr (PhActivityFromEvents) from = ph_activity_from_events_new ();

      if (bytes[0] & 2)
        {
          learn (from, PH_REQUEST_LINK_STATS, frame, length);
          learn (from, PH_REQUEST_ADDRESSES, frame, length);
        }
      ph_activity_from_events_take (from, PH_FRAME_NETLINK, frame, length, 1, check, log);
    }
  return 0;
}
