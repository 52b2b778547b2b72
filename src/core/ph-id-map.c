/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Removal shifts the entries behind the gap back, as far as their own place allows (Knuth 6.4, algorithm R). */
#include "ph-id-map.h"

#define SMALLEST 16

static guint32
place (const PhIdMap *map, guint64 id)
{
  /* Inodes and pids come in runs: multiply by 2^64 / φ and take the upper bits, so that runs spread evenly. */
  return (guint32) ((id * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15)) >> 32) & map->mask;
}

/* Where @id is, or the free entry where it would be. */
static guint32
probe (const PhIdMap *map, guint64 id)
{
  guint32 at = place (map, id);

  while (map->entries[at].number != 0 && map->entries[at].id != id)
    at = (at + 1) & map->mask;
  return at;
}

/* To the next size that holds @n. */
static void
grow (PhIdMap *map, guint32 n)
{
  PhIdMap larger = { .mask = map->entries ? map->mask * 2 + 1 : SMALLEST - 1, .n = map->n };

  while (n >= larger.mask / 3 * 2)
    larger.mask = larger.mask * 2 + 1;
  larger.entries = g_new0 (PhIdMapEntry, (gsize) larger.mask + 1);
  for (guint32 i = 0; map->entries && i <= map->mask; i++)
    if (map->entries[i].number != 0)
      larger.entries[probe (&larger, map->entries[i].id)] = map->entries[i];
  g_free (map->entries);
  *map = larger;
}

void
ph_id_map_reserve (PhIdMap *map, guint32 n)
{
  if (!map->entries || n >= map->mask / 3 * 2)
    grow (map, n);
}

guint32
ph_id_map_find (const PhIdMap *map, guint64 id)
{
  return map->entries ? map->entries[probe (map, id)].number - 1 : PH_ID_MAP_NONE;
}

void
ph_id_map_set (PhIdMap *map, guint64 id, guint32 number)
{
  PhIdMapEntry *entry;

  ph_id_map_reserve (map, map->n);
  entry = &map->entries[probe (map, id)];
  map->n += entry->number == 0;
  *entry = (PhIdMapEntry){ .id = id, .number = number + 1 };
}

void
ph_id_map_remove (PhIdMap *map, guint64 id)
{
  guint32 gap, at;

  if (!map->entries)
    return;
  gap = probe (map, id);
  if (map->entries[gap].number == 0)
    return;
  map->n--;
  for (at = (gap + 1) & map->mask; map->entries[at].number != 0; at = (at + 1) & map->mask)
    {
      guint32 own = place (map, map->entries[at].id);

      /* It may move into the gap unless its own place lies between the gap and where it is. */
      if (((at - own) & map->mask) >= ((at - gap) & map->mask))
        {
          map->entries[gap] = map->entries[at];
          gap = at;
        }
    }
  map->entries[gap].number = 0;
}

void
ph_id_map_clear (PhIdMap *map)
{
  g_free (map->entries);
  *map = (PhIdMap){ 0 };
}
