/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The end of a hunt: each record gets its owners, or its unit, or the reason why nobody is known. */
#include "ph-owner-hunt-private.h"
#include "ph-owner-reason.h"

#define BIT(request) (G_GUINT64_CONSTANT (1) << (request))

static void
sort_by_pid (PhOwner *owners, guint n)
{
  for (guint i = 1; i < n; i++)
    {
      PhOwner owner = owners[i];
      guint j = i;

      for (; j > 0
             && (owners[j - 1].process->pid > owner.process->pid
                 || (owners[j - 1].process == owner.process && owners[j - 1].fd > owner.fd));
           j--)
        owners[j] = owners[j - 1];
      owners[j] = owner;
    }
}

/* Writes the holders that are good to @owners; how many. */
static guint
name_holders (PhOwnerHunt *hunt, PhHeld *held, PhOwner *owners)
{
  const PhHolder *holders = ph_held_holders (held);
  guint n = 0;

  for (guint i = 0; i < held->n_holders; i++)
    {
      if (!ph_process_book_is_good (ph_process_book_entry (hunt->processes, holders[i].process), hunt->now))
        continue;
      owners[n].process = ph_process_book_lend (hunt->processes, holders[i].process, hunt->snapshot, hunt->now);
      owners[n++].fd = holders[i].fd;
    }
  sort_by_pid (owners, n);
  return n;
}

static PhOwnerNote
reason (PhOwnerHunt *hunt, const PhSocket *socket, const PhHeld *held, const PhCgroup *cgroup)
{
  PhOwnerEvidence evidence = {
    .sees_kernel = hunt->sees_kernel,
    .sees_root = ph_owner_hunt_is_own_uid (hunt, 0),
    .own_uid = ph_owner_hunt_is_own_uid (hunt, socket->uid),
    .first_look = !(hunt->watched_before & BIT (socket->head.request)),
    .kernel_cgroup = !cgroup || cgroup->is_root,
  };

  if (held)
    {
      gboolean strange = ph_owner_hunt_is_strange (hunt, held);

      evidence.looked = held->looked != PH_LOOKED_NOT || strange;
      evidence.denied = held->looked == PH_LOOKED_DENIED || strange;
      evidence.in_flux = held->lost_at == hunt->now || (held->since == hunt->now && !evidence.first_look);
    }
  return ph_owner_reason (socket, &evidence);
}

/* The only process of its cgroup holds the socket most likely; unless it was looked into, and does not. */
static const PhOwner *
name_single (PhOwnerHunt *hunt, const PhCgroup *cgroup)
{
  guint32 number = cgroup->single_pid > 0 ? ph_process_book_find (hunt->processes, cgroup->single_pid) : PH_BOOK_NONE;
  PhOwner *owner;

  if (number == PH_BOOK_NONE || !hunt->sees_kernel)
    return NULL; /* in a PID namespace others may be in it that are not seen */
  if (!ph_process_book_is_good (ph_process_book_entry (hunt->processes, number), hunt->now)
      || ph_process_book_entry (hunt->processes, number)->n_holds > 0)
    return NULL;
  owner = ph_arena_alloc (ph_snapshot_arena (hunt->snapshot), sizeof *owner);
  owner->process = ph_process_book_lend (hunt->processes, number, hunt->snapshot, hunt->now);
  owner->fd = -1;
  return owner;
}

static void
explain (PhOwnerHunt *hunt, PhSocket *socket, const PhHeld *held)
{
  PhCgroup *cgroup = socket->cgroup_id != 0 ? ph_cgroup_book_find (hunt->cgroups, socket->cgroup_id) : NULL;

  socket->owner.note = (guint8) reason (hunt, socket, held, cgroup);
  if (!cgroup || cgroup->is_root || !cgroup->unit)
    return;
  socket->owner.unit = ph_cgroup_book_lend (cgroup, hunt->snapshot, hunt->now);
  if (socket->inode == 0)
    return; /* the kernel holds it, whoever made it */
  socket->owner.note = PH_OWNER_BY_SERVICE;
  socket->owner.owners = name_single (hunt, cgroup);
  socket->owner.n_owners = socket->owner.owners ? 1 : 0;
}

void
ph_owner_hunt_finish (PhOwnerHunt *hunt)
{
  guint n = ph_snapshot_n_records (hunt->snapshot);
  PhOwner *owners;
  gsize n_owners = 0;

  ph_owner_hunt_prune (hunt);
  ph_owner_hunt_learn_own_uids (hunt);
  for (guint i = 0; i < n; i++)
    if (hunt->held_of[i] != PH_HELD_NONE)
      n_owners += ph_holder_book_entry (hunt->holders, hunt->held_of[i])->n_holders;
  owners = ph_arena_alloc (ph_snapshot_arena (hunt->snapshot), MAX (n_owners, 1) * sizeof *owners);

  for (guint i = 0; i < n; i++)
    {
      PhSocket *socket = ph_snapshot_edit (hunt->snapshot, i);
      PhHeld *held = hunt->held_of[i] != PH_HELD_NONE ? ph_holder_book_entry (hunt->holders, hunt->held_of[i]) : NULL;
      guint n_named = held ? name_holders (hunt, held, owners) : 0;

      socket->owner = (PhOwnership){ 0 };
      if (n_named == 0)
        {
          explain (hunt, socket, held);
          continue;
        }
      socket->owner.note = PH_OWNER_PROCESS;
      socket->owner.owners = owners;
      socket->owner.n_owners = n_named;
      socket->owner.unit = owners->process->unit;
      owners += n_named;
    }

  ph_process_book_sweep (hunt->processes, hunt->now);
  ph_cgroup_book_sweep (hunt->cgroups, hunt->now);
  hunt->snapshot = NULL;
}
