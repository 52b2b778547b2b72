/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Finds small numbers by large ones: inode → entry, pid → process. An open-addressing hash with linear probing, at most
 * two thirds full; what is removed leaves no gap behind, so it may live for weeks.
 */
#pragma once

#include <glib.h>

#define PH_ID_MAP_NONE G_MAXUINT32

typedef struct
{
  guint64 id;
  guint32 number; /* plus 1; 0: free */
} PhIdMapEntry;

typedef struct
{
  PhIdMapEntry *entries; /* NULL while empty; all zero is an empty map */
  guint32 mask;
  guint32 n;
} PhIdMap;

/* Makes room for more than @n at once. */
void ph_id_map_reserve (PhIdMap *map, guint32 n);

/* PH_ID_MAP_NONE if it is not there. */
guint32 ph_id_map_find (const PhIdMap *map, guint64 id);

/* Replaces what was there. @number is less than PH_ID_MAP_NONE. */
void ph_id_map_set (PhIdMap *map, guint64 id, guint32 number);
void ph_id_map_remove (PhIdMap *map, guint64 id);

/* Gives its memory back; it is empty then. */
void ph_id_map_clear (PhIdMap *map);
