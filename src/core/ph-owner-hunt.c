/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a hunt asks, step by step, see ph-owner-hunt.h. What is known lies in three books, what the answers teach is in
 * ph-owner-answers.c, why something is not known in ph-owner-reason.c.
 */
#include "ph-owner-hunt-private.h"

#include "ph-owner-reason.h"

#define WHOLE_CHEAP_US (20 * 1000) /* a walk that takes no longer is begun for any socket */
#define STRANGERS_EACH 8           /* collections: sockets of users whose processes were never let look into */
#define LATELY         16          /* collections: a process whose sockets changed since then is worth a look */
#define FACTS_LAST_US  (10 * G_USEC_PER_SEC) /* then they are read anew: execve(2) changes a name, setuid(2) a user */
#define FACTS_EACH     16

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
      guint64 pid = PH_KTHREADD;

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
