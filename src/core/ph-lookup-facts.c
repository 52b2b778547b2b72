/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Three processes, answered in the order in which they are asked about: the one that is meant, this program, and the
 * first of all, which is always there: where even that cannot be seen, others are hidden, too. */
#include "ph-lookup-facts.h"

#include <string.h>

enum
{
  WANTED,
  SELF,
  FIRST,
};

void
ph_lookup_facts_ask (PhLookupFacts *facts, gint32 pid, PhRequest *request)
{
  facts->ids[WANTED] = (guint64) pid;
  facts->ids[SELF] = 0;
  facts->ids[FIRST] = 1;
  *request = (PhRequest){ .name = PH_REQUEST_PROCESSES, .ids = facts->ids, .n_ids = G_N_ELEMENTS (facts->ids) };
}

static void
take (PhLookupFacts *facts, const void *bytes, size_t length)
{
  g_autoptr (PhProcess) process = ph_process_decode (bytes, length, NULL);

  switch (facts->n_frames++)
    {
    case WANTED:
      if (process && (guint64) process->pid == facts->ids[WANTED])
        facts->process = g_steal_pointer (&process);
      break;
    case SELF:
      facts->self = g_steal_pointer (&process);
      break;
    case FIRST:
      facts->partial = process == NULL;
      break;
    default:
      break;
    }
}

void
ph_lookup_facts_sink (void *user, PhFrameKind kind, const void *bytes, size_t length)
{
  PhLookupFacts *facts = user;
  PhFrameEnd end;

  if (kind == PH_FRAME_PROCESS)
    take (facts, bytes, length);
  else if (kind == PH_FRAME_END && length == sizeof end)
    {
      memcpy (&end, bytes, sizeof end);
      facts->asked = end.code == 0 && facts->n_frames == G_N_ELEMENTS (facts->ids);
    }
}

void
ph_lookup_facts_clear (PhLookupFacts *facts)
{
  g_clear_pointer (&facts->process, ph_process_unref);
  g_clear_pointer (&facts->self, ph_process_unref);
}
