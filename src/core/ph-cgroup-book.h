/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What is known of cgroups by their id, for sockets whose owner may not be read: the unit that the path tells, and the
 * process where there is a single one. Answers age: a cgroup's processes change, and one that could not be seen may
 * appear.
 */
#pragma once

#include "ph-snapshot.h"
#include "ph-unit.h"

typedef struct
{
  PhUnit *unit;      /* NULL: the root, which tells nothing, or not to be seen from here */
  gboolean is_root;  /* of the hierarchy: where the kernel's own sockets are */
  gint32 single_pid; /* its only process; 0: none, or several */
  gint64 asked_us;   /* when it was last asked for */
  guint32 needed_at; /* number of the collection that last needed it */
  guint32 kept_at;   /* number of the collection whose snapshot holds a reference to the unit */
} PhCgroup;

typedef struct _PhCgroupBook PhCgroupBook;

PhCgroupBook *ph_cgroup_book_new (void);
void ph_cgroup_book_free (PhCgroupBook *book);

/* Collection @now needs it. TRUE, and @id is to be asked for: what is known is too old, or nothing. */
gboolean ph_cgroup_book_need (PhCgroupBook *book, guint64 id, guint32 now, gint64 time_us);

/* NULL if it was never needed. */
PhCgroup *ph_cgroup_book_find (PhCgroupBook *book, guint64 id);

/* Takes a CGROUP frame. Frames that do not add up, and those about others, are ignored. */
void ph_cgroup_book_take (PhCgroupBook *book, const void *bytes, gsize length);

/* Appends the pids (guint64) of single processes that collection @now needs. */
void ph_cgroup_book_single_pids (PhCgroupBook *book, guint32 now, GArray *pids);

/* What a record may point at as long as @snapshot lives; NULL where there is no unit. */
const PhUnit *ph_cgroup_book_lend (PhCgroup *cgroup, PhSnapshot *snapshot, guint32 now);

/* Forgets what was not needed for long. */
void ph_cgroup_book_sweep (PhCgroupBook *book, guint32 now);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PhCgroupBook, ph_cgroup_book_free)
