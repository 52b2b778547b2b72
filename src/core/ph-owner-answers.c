/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the answers of a hunt teach: who holds which socket, which processes live, how long a walk takes and so when the
 * next one is allowed, and which sockets were looked for in vain.
 */
#include "ph-owner-hunt-private.h"

#include <errno.h>
#include <string.h>

#define FULL_EVERY_US (10 * G_USEC_PER_SEC)
#define FULL_SHARE    50 /* of the time, at most one part in this many */
#define WHOLE_SHARE   20
#define LONGEST_PAUSE 5 /* power of two, collections */

static void
take_owners (PhOwnerHunt *hunt, const void *bytes, gsize length)
{
  for (gsize at = 0; length - at >= sizeof (PhFrameOwner); at += sizeof (PhFrameOwner))
    {
      PhFrameOwner owner;
      Found found;

      memcpy (&owner, (const guint8 *) bytes + at, sizeof owner);
      found = (Found){ .held = ph_holder_book_find (hunt->holders, owner.inode), .pid = owner.pid, .fd = owner.fd };
      if (found.held != PH_HELD_NONE && found.pid > 0 && found.fd >= 0)
        g_array_append_val (hunt->found, found);
    }
}

static void
take_process (PhOwnerHunt *hunt, const void *bytes, gsize length)
{
  PhFrameProcess head;

  if (length < sizeof head)
    return;
  memcpy (&head, bytes, sizeof head);
  if (hunt->asked == STEP_SELF)
    {
      if (head.start_ticks != 0)
        ph_id_map_set (&hunt->own_uids, head.uid, 0);
      hunt->knows_self = TRUE;
      return;
    }
  if (hunt->asked == STEP_LIVES)
    {
      ph_process_book_take_life (hunt->processes, &head, hunt->now);
      return;
    }
  ph_process_book_take_facts (hunt->processes, bytes, length, hunt->now, hunt->time_us);
  if (head.pid == PH_KTHREADD && !hunt->kernel_asked)
    {
      g_autoptr (PhProcess) process = ph_process_decode (bytes, length, NULL);

      hunt->kernel_asked = TRUE;
      hunt->sees_kernel
          = process && process->ppid == 0 && *process->cmdline == '\0' && strcmp (process->comm, "kthreadd") == 0;
    }
}

static PhHolder
holder_of (PhOwnerHunt *hunt, const Found *found)
{
  return (PhHolder){ .process = ph_process_book_add (hunt->processes, found->pid), .fd = found->fd };
}

static void
add_found (PhOwnerHunt *hunt)
{
  for (guint i = 0; i < hunt->found->len; i++)
    {
      const Found *found = &g_array_index (hunt->found, Found, i);

      ph_holder_book_add (hunt->holders, ph_holder_book_entry (hunt->holders, found->held), holder_of (hunt, found),
                          hunt->now);
    }
}

/* The full walk knows better than anything before it. What it found is grouped by socket, by counting. */
static void
replace_by_found (PhOwnerHunt *hunt)
{
  guint32 n = ph_holder_book_length (hunt->holders);
  g_autofree guint32 *ends = g_new0 (guint32, n + 1);
  g_autofree PhHolder *grouped = g_new (PhHolder, MAX (hunt->found->len, 1));

  for (guint i = 0; i < hunt->found->len; i++)
    ends[g_array_index (hunt->found, Found, i).held + 1]++;
  for (guint32 i = 0; i < n; i++)
    ends[i + 1] += ends[i];
  for (guint i = 0; i < hunt->found->len; i++)
    {
      const Found *found = &g_array_index (hunt->found, Found, i);

      grouped[ends[found->held]++] = holder_of (hunt, found);
    }
  for (guint32 i = 0; i < n; i++)
    {
      PhHeld *held = ph_holder_book_entry (hunt->holders, i);
      guint32 start = i > 0 ? ends[i - 1] : 0;

      if (held->inode != 0 && held->seen_at == hunt->now)
        ph_holder_book_replace (hunt->holders, held, grouped + start, ends[i] - start, hunt->now);
    }
}

static void
note_search (PhOwnerHunt *hunt)
{
  for (guint i = 0; i < hunt->sought->len; i++)
    {
      PhHeld *held = ph_holder_book_entry (hunt->holders, g_array_index (hunt->sought, guint32, i));
      guint32 pause;

      held->looked = (guint8) hunt->looked;
      if (held->n_holders > 0)
        {
          held->n_vain = 0;
          held->retry_at = 0;
          continue;
        }
      pause = 1u << MIN (held->n_vain, LONGEST_PAUSE);
      held->retry_at = (hunt->now / pause + 1) * pause;
      held->n_vain = (guint8) MIN (held->n_vain + 1, LONGEST_PAUSE + 1);
    }
}

static void
end_owners (PhOwnerHunt *hunt, const PhFrameEnd *end)
{
  gint64 took = hunt->last_us - hunt->begin_us;
  gboolean whole = end->code == PH_ERROR_NONE && hunt->walk != WALK_NARROW;

  if (end->errnum == ECANCELED)
    return;
  if (whole && hunt->walk == WALK_FULL)
    replace_by_found (hunt);
  else
    add_found (hunt);

  if (hunt->walk != WALK_NARROW)
    {
      hunt->whole_us = took;
      hunt->next_whole_us = hunt->last_us + WHOLE_SHARE * took;
    }
  if (hunt->walk == WALK_FULL || hunt->next_full_us == 0)
    hunt->next_full_us = hunt->last_us + MAX (FULL_EVERY_US, FULL_SHARE * took);
  if (whole)
    {
      hunt->looked = end->flags & PH_END_DENIED ? PH_LOOKED_DENIED : PH_LOOKED_ALL;
      note_search (hunt);
    }
}

/* Every process that was asked for is answered for, a dead one too. One that is not was not asked about in earnest. */
static void
end_lives (PhOwnerHunt *hunt, const PhFrameEnd *end)
{
  if (end->code != PH_ERROR_NONE)
    return;
  for (guint i = 0; i < hunt->ids->len; i++)
    {
      guint32 number = ph_process_book_find (hunt->processes, (gint32) g_array_index (hunt->ids, guint64, i));

      if (number != PH_BOOK_NONE && ph_process_book_entry (hunt->processes, number)->confirmed_at != hunt->now)
        ph_process_book_bury (hunt->processes, number);
    }
}

static void
take_end (PhOwnerHunt *hunt, const PhFrameEnd *end)
{
  hunt->time_us = MAX (hunt->time_us, hunt->begin_us + end->took_us);
  hunt->last_us = hunt->time_us;
  switch (hunt->asked)
    {
    case STEP_LIVES:
    case STEP_FACTS:
      end_lives (hunt, end);
      break;
    case STEP_OWNERS:
      end_owners (hunt, end);
      break;
    case STEP_SELF:
    case STEP_CGROUPS:
    case STEP_DONE:
      break;
    }
  hunt->asked = STEP_DONE; /* what comes behind the end belongs to nobody */
}

void
ph_owner_hunt_take (PhOwnerHunt *hunt, PhFrameKind kind, const void *bytes, gsize length)
{
  if (kind == PH_FRAME_BEGIN && length == sizeof (PhFrameBegin))
    {
      PhFrameBegin begin;

      memcpy (&begin, bytes, sizeof begin);
      hunt->time_us = MAX (hunt->time_us, begin.time_us);
      hunt->begin_us = hunt->time_us;
      if (hunt->first_us == 0)
        hunt->first_us = hunt->time_us;
    }
  else if (kind == PH_FRAME_RESTART)
    g_array_set_size (hunt->found, 0);
  else if (kind == PH_FRAME_OWNERS && hunt->asked == STEP_OWNERS)
    take_owners (hunt, bytes, length);
  else if (kind == PH_FRAME_PROCESS
           && (hunt->asked == STEP_SELF || hunt->asked == STEP_LIVES || hunt->asked == STEP_FACTS))
    take_process (hunt, bytes, length);
  else if (kind == PH_FRAME_CGROUP && hunt->asked == STEP_CGROUPS)
    ph_cgroup_book_take (hunt->cgroups, bytes, length);
  else if (kind == PH_FRAME_END && length == sizeof (PhFrameEnd))
    {
      PhFrameEnd end;

      memcpy (&end, bytes, sizeof end);
      take_end (hunt, &end);
    }
}
