/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A set of 64-bit numbers, filled once and then asked from any thread: open addressing, at most half full.
 *
 * Zero is never in it: no inode, cgroup or process has that number.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ph-alloc.h"

typedef struct
{
  uint64_t *slots; /* 0: free */
  size_t mask;     /* number of slots, a power of two, less one */
  size_t n;        /* distinct numbers in it */
} PhIdSet;

#define PH_ID_SET_NONE SIZE_MAX

static inline size_t
ph_id_set_probe (const PhIdSet *set, uint64_t id)
{
  /* Inodes come in runs: Fibonacci hashing spreads them. */
  size_t slot = (size_t) ((id * UINT64_C (0x9E3779B97F4A7C15)) >> 32) & set->mask;

  while (set->slots[slot] != 0 && set->slots[slot] != id)
    slot = (slot + 1) & set->mask;
  return slot;
}

/* The slot of @id, the same as long as the set lives; or PH_ID_SET_NONE. */
static inline size_t
ph_id_set_find (const PhIdSet *set, uint64_t id)
{
  const size_t slot = ph_id_set_probe (set, id);

  return set->slots[slot] == id && id != 0 ? slot : PH_ID_SET_NONE;
}

/* Room for @capacity numbers, and no more. */
static inline void
ph_id_set_init (PhIdSet *set, size_t capacity)
{
  size_t n_slots = 16;

  while (n_slots / 2 < capacity)
    n_slots *= 2;
  set->slots = ph_alloc (n_slots, sizeof *set->slots);
  set->mask = n_slots - 1;
  set->n = 0;
}

static inline void
ph_id_set_add (PhIdSet *set, uint64_t id)
{
  const size_t slot = ph_id_set_probe (set, id);

  if (id == 0 || set->slots[slot] == id)
    return;
  set->slots[slot] = id;
  set->n++;
}

static inline void
ph_id_set_clear (PhIdSet *set)
{
  free (set->slots);
  set->slots = NULL;
}
