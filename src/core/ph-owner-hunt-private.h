/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The inside of a hunt: what is known lies in three books, what is going on here. */
#pragma once

#include "ph-cgroup-book.h"
#include "ph-holder-book.h"
#include "ph-id-map.h"
#include "ph-owner-hunt.h"

#define PH_KTHREADD 2 /* the parent of the kernel's threads, in the first PID namespace only */

typedef enum
{
  STEP_SELF,
  STEP_LIVES,
  STEP_OWNERS,
  STEP_CGROUPS,
  STEP_FACTS,
  STEP_DONE,
} Step;

typedef enum
{
  WALK_NARROW,
  WALK_WHOLE,
  WALK_FULL,
} Walk;

typedef struct
{
  guint32 held; /* number in the holder book */
  gint32 pid;
  gint32 fd;
} Found;

struct _PhOwnerHunt
{
  PhProcessBook *processes;
  PhHolderBook *holders;
  PhCgroupBook *cgroups;
  guint32 now; /* number of the collection */

  PhSnapshot *snapshot; /* borrowed, from begin to finish */
  guint32 *held_of;     /* record → number in the holder book */
  gboolean full;

  Step step;  /* to be asked next */
  Step asked; /* being answered */
  gboolean answered;
  Walk walk;
  GArray *ids;     /* guint64 */
  GArray *sought;  /* guint32: the sockets that this walk is about, by number in the holder book */
  GArray *guesses; /* PhFdRef */
  GArray *pids;    /* gint32 */
  GArray *found;   /* Found */

  gint64 time_us;  /* the latest that is known */
  gint64 begin_us; /* of the answer that is coming in */
  gint64 first_us; /* of this hunt's first answer; 0: none yet */
  gint64 last_us;  /* end of its last answer */
  gint64 next_whole_us;
  gint64 whole_us; /* what the last whole or full walk took */
  gint64 next_full_us;

  PhLooked looked; /* how the last whole or full walk went */
  guint64 watched; /* bits of PhRequestName: kinds of socket that this collection saw */
  guint64 watched_before;
  PhIdMap own_uids; /* of processes that were looked into, and the probe's own */
  gboolean knows_self;
  gboolean kernel_asked;
  gboolean sees_kernel;
};

/* Drops the holders whose process is dead. */
void ph_owner_hunt_prune (PhOwnerHunt *hunt);

/* A uid is our own if it is the probe's, or one of its processes could be looked into. */
void ph_owner_hunt_learn_own_uids (PhOwnerHunt *hunt);
gboolean ph_owner_hunt_is_own_uid (const PhOwnerHunt *hunt, guint32 uid);

/* Of a user whose processes have all refused so far. */
gboolean ph_owner_hunt_is_strange (const PhOwnerHunt *hunt, const PhHeld *held);
