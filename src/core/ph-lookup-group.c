/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Found by name, a socket with several owners counts for the first of them, so that the workers of one server are not
 * listed as so many servers; a group tells the number of all that its process has open, for that is what its filter
 * shows.
 */
#include "ph-lookup-private.h"

#include <string.h>

#include "ph-socket-columns.h"

static guint
group_hash (gconstpointer data)
{
  const PhLookupGroup *group = data;
  guint64 bytes[2];

  memcpy (bytes, group->address.bytes, sizeof bytes);
  bytes[0] ^= group->number * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15) ^ bytes[1];
  return (guint) (bytes[0] >> 32 ^ bytes[0]) * 31 + group->kind;
}

static gboolean
group_equal (gconstpointer a, gconstpointer b)
{
  const PhLookupGroup *one = a, *two = b;

  return one->kind == two->kind && one->number == two->number
         && memcmp (&one->address, &two->address, sizeof one->address) == 0;
}

static void
group_free (gpointer data)
{
  PhLookupGroup *group = data;

  g_free (group->service);
  g_free (group);
}

void
ph_lookup_groups_init (PhLookupGroups *groups)
{
  groups->all = g_ptr_array_new_with_free_func (group_free);
  groups->by_number = g_hash_table_new (group_hash, group_equal);
  for (guint i = 0; i < G_N_ELEMENTS (groups->by_name); i++)
    groups->by_name[i] = g_hash_table_new (g_str_hash, g_str_equal);
}

void
ph_lookup_groups_clear (PhLookupGroups *groups)
{
  for (guint i = 0; i < G_N_ELEMENTS (groups->by_name); i++)
    g_hash_table_unref (groups->by_name[i]);
  g_hash_table_unref (groups->by_number);
  g_ptr_array_unref (groups->all);
}

static PhLookupGroup *
new_group (PhLookupGroups *groups, const PhLookupGroup *like)
{
  PhLookupGroup *group = g_memdup2 (like, sizeof *like);

  g_ptr_array_add (groups->all, group);
  return group;
}

PhLookupGroup *
ph_lookup_groups_numbered (PhLookupGroups *groups, const PhLookupGroup *like)
{
  PhLookupGroup *group = g_hash_table_lookup (groups->by_number, like);

  if (!group)
    {
      group = new_group (groups, like);
      g_hash_table_add (groups->by_number, group);
    }
  return group;
}

PhLookupGroup *
ph_lookup_groups_named (PhLookupGroups *groups, PhLookupKind kind, const char *name, guint quality)
{
  GHashTable *names = groups->by_name[kind == PH_LOOKUP_PATH];
  PhLookupGroup *group = g_hash_table_lookup (names, name);

  if (!group)
    {
      group = new_group (groups, &(PhLookupGroup){ .kind = kind, .name = name, .quality = quality });
      g_hash_table_insert (names, (gpointer) name, group);
    }
  group->quality = MIN (group->quality, quality);
  return group;
}

/* What tells most comes first: who can be reached, then who talks; by port. */
static guint32
score (const PhSocket *socket)
{
  gboolean inet = socket->local.family != PH_FAMILY_NONE;
  guint rank;

  if (ph_socket_is (socket, PH_SOCKET_IS_LISTENING))
    rank = inet ? 0 : 3;
  else if (inet)
    rank = socket->state == PH_STATE_ESTABLISHED ? 1 : 2;
  else
    rank = socket->path ? 4 : 5;
  return rank << 16 | socket->local_port;
}

static void
add_who (PhLookupGroup *group, const PhSocket *socket)
{
  const char *who = ph_lookup_socket_who (socket);

  /* A unit is named already. */
  if (!who || g_strcmp0 (who, group->name) == 0 || group->n_who > PH_LOOKUP_WHO)
    return;
  for (guint i = 0; i < group->n_who; i++)
    if (strcmp (group->who[i], who) == 0)
      return;
  group->who[group->n_who++] = who;
}

void
ph_lookup_group_add (PhLookupGroup *group, const PhSocket *socket)
{
  guint32 value = score (socket);
  guint n = MIN (group->n, PH_LOOKUP_SOCKETS), at;

  group->n++;
  if (group->kind != PH_LOOKUP_PROCESS)
    add_who (group, socket);
  for (at = n; at > 0 && group->scores[at - 1] > value; at--)
    ;
  if (at == PH_LOOKUP_SOCKETS)
    return;
  n = MIN (n, PH_LOOKUP_SOCKETS - 1);
  memmove (group->top + at + 1, group->top + at, (n - at) * sizeof group->top[0]);
  memmove (group->scores + at + 1, group->scores + at, (n - at) * sizeof group->scores[0]);
  group->top[at] = socket;
  group->scores[at] = value;
}

/* What a process of several shares with others is told with the first of them. */
static void
drop_followers (PhLookupGroups *groups)
{
  for (guint i = groups->all->len; i > 0; i--)
    {
      const PhLookupGroup *group = g_ptr_array_index (groups->all, i - 1);

      if (group->kind == PH_LOOKUP_PROCESS && group->n_first == 0)
        g_ptr_array_remove_index_fast (groups->all, i - 1);
    }
}

static int
best_first (gconstpointer a, gconstpointer b)
{
  const PhLookupGroup *one = *(PhLookupGroup *const *) a;
  const PhLookupGroup *two = *(PhLookupGroup *const *) b;

  if (one->quality != two->quality)
    return one->quality < two->quality ? -1 : 1;
  if (one->kind != two->kind)
    return one->kind < two->kind ? -1 : 1;
  if (one->n != two->n)
    return one->n > two->n ? -1 : 1;
  if (one->number != two->number)
    return one->number < two->number ? -1 : 1;
  if (one->name && two->name && one->name != two->name)
    return strcmp (one->name, two->name);
  return ph_address_compare (&one->address, &two->address);
}

void
ph_lookup_groups_settle (PhLookupGroups *groups, gboolean by_name)
{
  g_hash_table_remove_all (groups->by_number); /* its keys are the groups themselves */
  if (by_name)
    drop_followers (groups);
  g_ptr_array_sort (groups->all, best_first);
}
