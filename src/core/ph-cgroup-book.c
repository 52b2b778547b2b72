/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Known cgroups by id; see ph-cgroup-book.h. */
#include "ph-cgroup-book.h"

#include <string.h>

#include "ph-frame.h"

#define FRESH_US   (5 * G_USEC_PER_SEC)  /* so long the processes of a cgroup are believed */
#define UNKNOWN_US (10 * G_USEC_PER_SEC) /* so long one that cannot be seen is not asked for again */
#define UNUSED_MAX 64                    /* collections */

#define ROOT_ID    1 /* the first inode of a kernfs */

struct _PhCgroupBook
{
  GHashTable *by_id; /* guint64, inside the value → Entry */
};

typedef struct
{
  guint64 id;
  PhCgroup cgroup;
} Entry;

static void
entry_free (gpointer data)
{
  Entry *entry = data;

  ph_unit_unref (entry->cgroup.unit);
  g_free (entry);
}

PhCgroupBook *
ph_cgroup_book_new (void)
{
  PhCgroupBook *book = g_new0 (PhCgroupBook, 1);

  book->by_id = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, entry_free);
  return book;
}

void
ph_cgroup_book_free (PhCgroupBook *book)
{
  if (!book)
    return;
  g_hash_table_unref (book->by_id);
  g_free (book);
}

PhCgroup *
ph_cgroup_book_find (PhCgroupBook *book, guint64 id)
{
  Entry *entry = g_hash_table_lookup (book->by_id, &id);

  return entry ? &entry->cgroup : NULL;
}

gboolean
ph_cgroup_book_need (PhCgroupBook *book, guint64 id, guint32 now, gint64 time_us)
{
  Entry *entry = g_hash_table_lookup (book->by_id, &id);
  gboolean fresh;

  if (!entry)
    {
      entry = g_new0 (Entry, 1);
      entry->id = id;
      entry->cgroup.is_root = id == ROOT_ID;
      entry->cgroup.asked_us = G_MININT64 / 2;
      g_hash_table_insert (book->by_id, &entry->id, entry);
    }
  if (entry->cgroup.needed_at == now)
    return FALSE;
  entry->cgroup.needed_at = now;
  if (entry->cgroup.is_root)
    return FALSE;
  fresh = time_us - entry->cgroup.asked_us < (entry->cgroup.unit ? FRESH_US : UNKNOWN_US);
  if (!fresh)
    entry->cgroup.asked_us = time_us;
  return !fresh;
}

void
ph_cgroup_book_take (PhCgroupBook *book, const void *bytes, gsize length)
{
  PhFrameCgroup head;
  const char *path;
  PhCgroup *cgroup;

  if (length < sizeof head)
    return;
  memcpy (&head, bytes, sizeof head);
  if ((guint64) head.n_pids * sizeof (gint32) + head.path_length != length - sizeof head)
    return;
  cgroup = ph_cgroup_book_find (book, head.id);
  if (!cgroup)
    return;

  path = (const char *) bytes + sizeof head + head.n_pids * sizeof (gint32);
  cgroup->single_pid = 0;
  if (head.n_pids == 1)
    memcpy (&cgroup->single_pid, (const char *) bytes + sizeof head, sizeof cgroup->single_pid);
  cgroup->single_pid = MAX (cgroup->single_pid, 0);
  cgroup->is_root = head.id == ROOT_ID || (head.path_length == 1 && *path == '/');

  /* The same object while nothing changes: records stay equal. */
  {
    PhUnit *unit = ph_unit_parse (path, head.path_length);

    if (unit && cgroup->unit && strcmp (unit->path, cgroup->unit->path) == 0)
      ph_unit_unref (unit);
    else
      {
        ph_unit_unref (cgroup->unit);
        cgroup->unit = unit;
      }
  }
}

void
ph_cgroup_book_single_pids (PhCgroupBook *book, guint32 now, GArray *pids)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, book->by_id);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      const Entry *entry = value;
      guint64 pid = (guint64) entry->cgroup.single_pid;

      if (entry->cgroup.needed_at == now && pid != 0)
        g_array_append_val (pids, pid);
    }
}

const PhUnit *
ph_cgroup_book_lend (PhCgroup *cgroup, PhSnapshot *snapshot, guint32 now)
{
  if (cgroup->unit && cgroup->kept_at != now)
    {
      cgroup->kept_at = now;
      ph_snapshot_keep (snapshot, ph_unit_ref (cgroup->unit), (GDestroyNotify) ph_unit_unref);
    }
  return cgroup->unit;
}

static gboolean
is_unused (gpointer key, gpointer value, gpointer data)
{
  const Entry *entry = value;

  return GPOINTER_TO_UINT (data) - entry->cgroup.needed_at > UNUSED_MAX;
}

void
ph_cgroup_book_sweep (PhCgroupBook *book, guint32 now)
{
  g_hash_table_foreach_remove (book->by_id, is_unused, GUINT_TO_POINTER (now));
}
