/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The steps of a hunt, see ph-owner-hunt.h; what is known lies in three books, why something is not in ph-owner-reason.
 */
#include "ph-owner-hunt-private.h"

#include <errno.h>
#include <string.h>

#include "ph-owner-reason.h"

#define FULL_EVERY_US  (10 * G_USEC_PER_SEC)
#define FULL_SHARE     50 /* of the time, at most one part in this many */
#define WHOLE_SHARE    20
#define WHOLE_CHEAP_US (20 * 1000) /* a walk that takes no longer is begun for any socket */
#define LONGEST_PAUSE  5           /* power of two, collections */
#define STRANGERS_EACH 8           /* collections: sockets of users whose processes were never let look into */
#define LATELY         16          /* collections: a process whose sockets changed since then is worth a look */
#define FACTS_LAST_US  (10 * G_USEC_PER_SEC) /* then they are read anew: execve(2) changes a name, setuid(2) a user */
#define FACTS_EACH     16

#define KTHREADD       2 /* the parent of the kernel's threads, in the first PID namespace only */

PhOwnerHunt *
ph_owner_hunt_new (void)
{
  PhOwnerHunt *hunt = g_new0 (PhOwnerHunt, 1);

  hunt->processes = ph_process_book_new ();
  hunt->holders = ph_holder_book_new (hunt->processes);
  hunt->cgroups = ph_cgroup_book_new ();
  hunt->ids = g_array_new (FALSE, FALSE, sizeof (guint64));
  hunt->sought = g_array_new (FALSE, FALSE, sizeof (guint32));
  hunt->guesses = g_array_new (FALSE, FALSE, sizeof (PhFdRef));
  hunt->pids = g_array_new (FALSE, FALSE, sizeof (gint32));
  hunt->found = g_array_new (FALSE, FALSE, sizeof (Found));
  hunt->step = hunt->asked = STEP_DONE;
  return hunt;
}

void
ph_owner_hunt_free (PhOwnerHunt *hunt)
{
  if (!hunt)
    return;
  ph_holder_book_free (hunt->holders);
  ph_process_book_free (hunt->processes);
  ph_cgroup_book_free (hunt->cgroups);
  g_array_unref (hunt->ids);
  g_array_unref (hunt->sought);
  g_array_unref (hunt->guesses);
  g_array_unref (hunt->pids);
  g_array_unref (hunt->found);
  g_free (hunt->held_of);
  ph_id_map_clear (&hunt->own_uids);
  g_free (hunt);
}

gint64
ph_owner_hunt_took_us (const PhOwnerHunt *hunt)
{
  return hunt->first_us != 0 ? MAX (hunt->last_us - hunt->first_us, 0) : 0;
}

void
ph_owner_hunt_learn_own_uids (PhOwnerHunt *hunt)
{
  for (guint32 i = 0; i < ph_process_book_length (hunt->processes); i++)
    {
      const PhBookEntry *entry = ph_process_book_entry (hunt->processes, i);

      if (entry->n_holds > 0 && entry->process)
        ph_id_map_set (&hunt->own_uids, entry->process->uid, 0);
    }
}

gboolean
ph_owner_hunt_is_own_uid (const PhOwnerHunt *hunt, guint32 uid)
{
  return ph_id_map_find (&hunt->own_uids, uid) != PH_ID_MAP_NONE;
}

#define BIT(request) (G_GUINT64_CONSTANT (1) << (request))

/* Which kinds of socket were seen, and which failed. */
static guint64
look_around (PhOwnerHunt *hunt)
{
  guint64 seen = 0, failed = 0;

  for (guint request = PH_REQUEST_TCP4; request <= PH_REQUEST_LAST_SOCKETS; request++)
    switch (ph_snapshot_look (hunt->snapshot, request)->look)
      {
      case PH_LOOK_GOOD:
      case PH_LOOK_PARTIAL:
        seen |= BIT (request);
        break;
      case PH_LOOK_FAILED:
        failed |= BIT (request);
        break;
      case PH_LOOK_NOT_ASKED:
      case PH_LOOK_UNSUPPORTED:
        break;
      }
  hunt->watched_before = hunt->watched;
  hunt->watched = seen | (failed & hunt->watched);
  return failed;
}

void
ph_owner_hunt_begin (PhOwnerHunt *hunt, PhSnapshot *snapshot, gboolean full, gint64 time_us)
{
  guint n = ph_snapshot_n_records (snapshot);

  hunt->now++;
  hunt->snapshot = snapshot;
  hunt->full = full;
  hunt->time_us = time_us;
  hunt->first_us = 0;
  hunt->last_us = 0;
  hunt->step = STEP_SELF;
  hunt->asked = STEP_DONE;

  ph_holder_book_reserve (hunt->holders, n);
  hunt->held_of = g_renew (guint32, hunt->held_of, MAX (n, 1));
  for (guint i = 0; i < n; i++)
    {
      const PhSocket *socket = ph_snapshot_record (snapshot, i);

      hunt->held_of[i]
          = ph_owner_is_kernels_own (socket) ? PH_HELD_NONE : ph_holder_book_see (hunt->holders, socket, hunt->now);
    }
  ph_holder_book_sweep (hunt->holders, look_around (hunt), hunt->now);
  ph_owner_hunt_learn_own_uids (hunt);
}

/* --- what to ask --- */

static gboolean
want_lives (PhOwnerHunt *hunt)
{
  for (guint32 i = 0; i < ph_process_book_length (hunt->processes); i++)
    {
      const PhBookEntry *entry = ph_process_book_entry (hunt->processes, i);
      guint64 pid = (guint64) entry->pid;

      if (pid != 0 && !entry->dead)
        g_array_append_val (hunt->ids, pid);
    }
  return hunt->ids->len > 0;
}

/* Of a user whose processes have all refused so far: looked for less often. */
gboolean
ph_owner_hunt_is_strange (const PhOwnerHunt *hunt, const PhHeld *held)
{
  return hunt->looked == PH_LOOKED_DENIED && held->uid != PH_UID_UNKNOWN && !ph_owner_hunt_is_own_uid (hunt, held->uid);
}

static gboolean
is_due (const PhOwnerHunt *hunt, const PhHeld *held)
{
  return held->retry_at <= hunt->now && (!ph_owner_hunt_is_strange (hunt, held) || hunt->now % STRANGERS_EACH == 0);
}

/* Worth a long walk: two narrow looks have not found it. One may well miss a socket that was opened during the dump,
 * for the dump still shows whose descriptor it took. And many a socket that has just come has gone again before anybody
 * could look, and would be looked for to the end of the last process. */
static gboolean
is_lasting (const PhOwnerHunt *hunt, const PhHeld *held)
{
  return held->since + 1 < hunt->now || hunt->whole_us < WHOLE_CHEAP_US;
}

/* Worth a guess: it came, or lost its holder, since it was last searched for. */
static gboolean
is_fresh (const PhOwnerHunt *hunt, const PhHeld *held)
{
  return held->n_vain == 0 && !ph_owner_hunt_is_strange (hunt, held);
}

/* Notes which sockets to look for; FALSE: none. A full walk is not told their inodes: it comes by every socket anyway,
 * and to report them all costs less than to ask of each whether it is wanted. */
static gboolean
seek (PhOwnerHunt *hunt, Walk walk)
{
  gboolean worth_it = walk != WALK_WHOLE;

  hunt->walk = walk;
  g_array_set_size (hunt->ids, 0);
  g_array_set_size (hunt->sought, 0);
  for (guint32 i = 0; i < ph_holder_book_length (hunt->holders); i++)
    {
      PhHeld *held = ph_holder_book_entry (hunt->holders, i);

      if (held->inode == 0 || held->seen_at != hunt->now)
        continue;
      if (walk != WALK_FULL)
        {
          if (held->n_holders > 0 || !(walk == WALK_WHOLE ? is_due (hunt, held) : is_fresh (hunt, held)))
            continue;
          g_array_append_val (hunt->ids, held->inode);
          worth_it |= is_lasting (hunt, held);
        }
      g_array_append_val (hunt->sought, i);
    }
  return worth_it && hunt->sought->len > 0;
}

static gboolean
want_full (PhOwnerHunt *hunt)
{
  if (!hunt->full && (hunt->next_full_us == 0 || hunt->time_us < hunt->next_full_us))
    return FALSE;
  return seek (hunt, WALK_FULL);
}

static gboolean
want_whole (PhOwnerHunt *hunt)
{
  if (hunt->time_us < hunt->next_whole_us)
    return FALSE;
  if (!seek (hunt, WALK_WHOLE))
    return FALSE;
  ph_process_book_guess (hunt->processes, hunt->ids->len, hunt->guesses);
  ph_process_book_rank (hunt->processes, hunt->now > LATELY ? hunt->now - LATELY : 0, G_MAXUINT, hunt->pids);
  return TRUE;
}

static gboolean
want_narrow (PhOwnerHunt *hunt)
{
  if (!seek (hunt, WALK_NARROW))
    return FALSE;
  ph_process_book_guess (hunt->processes, hunt->ids->len, hunt->guesses);
  ph_process_book_rank (hunt->processes, hunt->now > 1 ? hunt->now - 1 : 0,
                        MAX (256, ph_holder_book_length (hunt->holders) / 256), hunt->pids);
  return ph_process_book_newest (hunt->processes) > 0;
}

void
ph_owner_hunt_prune (PhOwnerHunt *hunt)
{
  for (guint32 i = 0; i < ph_holder_book_length (hunt->holders); i++)
    ph_holder_book_prune (hunt->holders, ph_holder_book_entry (hunt->holders, i), hunt->now);
}

static gboolean
want_cgroups (PhOwnerHunt *hunt)
{
  guint64 last = 0;

  for (guint i = 0; i < ph_snapshot_n_records (hunt->snapshot); i++)
    {
      const PhSocket *socket = ph_snapshot_record (hunt->snapshot, i);
      guint32 held = hunt->held_of[i];

      if (socket->cgroup_id == 0 || socket->cgroup_id == last
          || (held != PH_HELD_NONE && ph_holder_book_entry (hunt->holders, held)->n_holders > 0))
        continue;
      last = socket->cgroup_id;
      if (ph_cgroup_book_need (hunt->cgroups, last, hunt->now, hunt->time_us))
        g_array_append_val (hunt->ids, last);
    }
  return hunt->ids->len > 0;
}

/* The kernel's own threads are looked for once, when it first matters. */
static gboolean
want_kernel (PhOwnerHunt *hunt)
{
  if (hunt->kernel_asked || hunt->looked == PH_LOOKED_NOT)
    return FALSE;
  for (guint32 i = 0; i < ph_holder_book_length (hunt->holders); i++)
    {
      const PhHeld *held = ph_holder_book_entry (hunt->holders, i);

      if (held->inode != 0 && held->n_holders == 0)
        return TRUE;
    }
  return FALSE;
}

static gboolean
want_facts (PhOwnerHunt *hunt)
{
  g_autoptr (GArray) singles = g_array_new (FALSE, FALSE, sizeof (guint64));
  guint n_old = 0;

  ph_cgroup_book_single_pids (hunt->cgroups, hunt->now, singles);
  for (guint i = 0; i < singles->len; i++)
    {
      guint32 number = ph_process_book_add (hunt->processes, (gint32) g_array_index (singles, guint64, i));

      ph_process_book_entry (hunt->processes, number)->wanted = TRUE;
    }

  for (guint32 i = 0; i < ph_process_book_length (hunt->processes); i++)
    {
      const PhBookEntry *entry = ph_process_book_entry (hunt->processes, i);
      guint64 pid = (guint64) entry->pid;
      gboolean due;

      if (pid == 0 || entry->dead || (entry->n_holds == 0 && !entry->wanted))
        continue;
      due = !entry->process || entry->confirmed_at != hunt->now;
      if (!due && n_old < FACTS_EACH && hunt->time_us - entry->read_us > FACTS_LAST_US)
        {
          due = TRUE;
          n_old++;
        }
      if (due)
        g_array_append_val (hunt->ids, pid);
    }
  if (want_kernel (hunt))
    {
      guint64 pid = KTHREADD;

      g_array_append_val (hunt->ids, pid);
    }
  return hunt->ids->len > 0;
}

static gboolean
want_step (PhOwnerHunt *hunt, Step step, PhRequest *request)
{
  g_array_set_size (hunt->ids, 0);
  g_array_set_size (hunt->guesses, 0);
  g_array_set_size (hunt->pids, 0);
  g_array_set_size (hunt->found, 0);
  *request = (PhRequest){ 0 };

  switch (step)
    {
    case STEP_SELF:
      request->name = PH_REQUEST_PROCESSES;
      if (hunt->knows_self)
        return FALSE;
      g_array_set_size (hunt->ids, 1); /* 0: itself */
      g_array_index (hunt->ids, guint64, 0) = 0;
      break;
    case STEP_LIVES:
      request->name = PH_REQUEST_PROCESSES;
      request->want = PH_WANT_LIGHT;
      if (!want_lives (hunt))
        return FALSE;
      break;
    case STEP_OWNERS:
      ph_owner_hunt_prune (hunt);
      if (!want_full (hunt) && !want_whole (hunt) && !want_narrow (hunt))
        return FALSE;
      request->name = PH_REQUEST_OWNERS;
      request->newer_than = ph_process_book_newest (hunt->processes);
      request->want = hunt->walk == WALK_FULL ? PH_WANT_FULL_WALK : hunt->walk == WALK_NARROW ? PH_WANT_NARROW : 0;
      break;
    case STEP_CGROUPS:
      request->name = PH_REQUEST_CGROUPS;
      if (!want_cgroups (hunt))
        return FALSE;
      break;
    case STEP_FACTS:
      request->name = PH_REQUEST_PROCESSES;
      if (!want_facts (hunt))
        return FALSE;
      break;
    case STEP_DONE:
      return FALSE;
    }

  request->ids = (const uint64_t *) hunt->ids->data;
  request->n_ids = hunt->ids->len;
  request->guesses = (const PhFdRef *) hunt->guesses->data;
  request->n_guesses = hunt->guesses->len;
  request->pids = (const int32_t *) hunt->pids->data;
  request->n_pids = hunt->pids->len;
  return TRUE;
}

gboolean
ph_owner_hunt_next (PhOwnerHunt *hunt, PhRequest *request)
{
  hunt->asked = STEP_DONE;
  while (hunt->step != STEP_DONE)
    {
      Step step = hunt->step++;

      if (want_step (hunt, step, request))
        {
          hunt->asked = step;
          return TRUE;
        }
    }
  return FALSE;
}

/* --- what is answered --- */

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
  if (head.pid == KTHREADD && !hunt->kernel_asked)
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
