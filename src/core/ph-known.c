/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A sorted array of entries that are shared between one set and the next. A change copies the array of pointers: a few
 * kilobytes, and only when something new listens, or an hour has passed.
 */
#include "ph-known-private.h"

#include <string.h>

struct _PhKnown
{
  GPtrArray *entries; /* PhKnownEntry, sorted by key */
  GPtrArray *mutes;   /* PhMute */
  guint64 learned;
  guint64 learned_ephemeral;
};

/* --- entries --- */

PhKnownEntry *
ph_known_entry_new (PhListenerKey *key, gint64 first_seen, gint64 last_seen)
{
  PhKnownEntry *entry = g_atomic_rc_box_new (PhKnownEntry);

  *entry = (PhKnownEntry){ key, first_seen, last_seen };
  return entry;
}

static void
clear_entry (gpointer data)
{
  PhKnownEntry *entry = data;

  ph_listener_key_free ((PhListenerKey *) entry->key);
}

void
ph_known_entry_unref (PhKnownEntry *entry)
{
  g_atomic_rc_box_release_full (entry, clear_entry);
}

static gpointer
share_entry (gconstpointer entry, gpointer unused)
{
  (void) unused;
  return g_atomic_rc_box_acquire ((gpointer) entry);
}

static gpointer
share_mute (gconstpointer mute, gpointer unused)
{
  (void) unused;
  return ph_mute_ref (mute);
}

static gint
by_key (gconstpointer a, gconstpointer b)
{
  const PhKnownEntry *first = *(PhKnownEntry *const *) a;
  const PhKnownEntry *second = *(PhKnownEntry *const *) b;

  return ph_listener_key_compare (first->key, second->key);
}

/* What is there, then what was there lately; of these, what has been known for longer. */
static gint
worthiest_first (gconstpointer a, gconstpointer b)
{
  const PhKnownEntry *first = *(PhKnownEntry *const *) a;
  const PhKnownEntry *second = *(PhKnownEntry *const *) b;

  if (first->last_seen != second->last_seen)
    return first->last_seen > second->last_seen ? -1 : 1;
  if (first->first_seen != second->first_seen)
    return first->first_seen < second->first_seen ? -1 : 1;
  return by_key (a, b);
}

/* Where @key is, or would be. */
static gboolean
locate (const GPtrArray *entries, const PhListenerKey *key, guint *index)
{
  guint low = 0, high = entries->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;
      const PhKnownEntry *entry = g_ptr_array_index (entries, middle);
      int order = ph_listener_key_compare (entry->key, key);

      if (order == 0)
        {
          *index = middle;
          return TRUE;
        }
      if (order < 0)
        low = middle + 1;
      else
        high = middle;
    }
  *index = low;
  return FALSE;
}

/* --- sets --- */

PhKnown *
ph_known_new_from (GPtrArray *entries, GPtrArray *mutes, guint64 learned, guint64 learned_ephemeral)
{
  PhKnown *known = g_atomic_rc_box_new (PhKnown);

  *known = (PhKnown){ entries, mutes, learned, learned_ephemeral };
  g_ptr_array_sort (entries, by_key);
  return known;
}

PhKnown *
ph_known_new (void)
{
  return ph_known_new_from (g_ptr_array_new_with_free_func ((GDestroyNotify) ph_known_entry_unref),
                            g_ptr_array_new_with_free_func ((GDestroyNotify) ph_mute_unref), 0, 0);
}

PhKnown *
ph_known_ref (const PhKnown *known)
{
  return g_atomic_rc_box_acquire ((PhKnown *) known);
}

static void
clear (gpointer data)
{
  PhKnown *known = data;

  g_ptr_array_unref (known->entries);
  g_ptr_array_unref (known->mutes);
}

void
ph_known_unref (PhKnown *known)
{
  if (known)
    g_atomic_rc_box_release_full (known, clear);
}

/* The same, to be changed before anybody sees it. */
static PhKnown *
derive (const PhKnown *known)
{
  PhKnown *next = g_atomic_rc_box_dup (sizeof *known, (PhKnown *) known);

  g_ptr_array_ref (next->entries);
  g_ptr_array_ref (next->mutes);
  return next;
}

static GPtrArray *
own_entries (PhKnown *known)
{
  GPtrArray *shared = known->entries;

  known->entries = g_ptr_array_copy (shared, share_entry, NULL);
  g_ptr_array_unref (shared);
  return known->entries;
}

/* --- listeners --- */

guint
ph_known_n_entries (const PhKnown *known)
{
  return known->entries->len;
}

const PhKnownEntry *
ph_known_entry (const PhKnown *known, guint index)
{
  return g_ptr_array_index (known->entries, index);
}

const PhKnownEntry *
ph_known_find (const PhKnown *known, const PhListenerKey *key)
{
  guint index;

  return locate (known->entries, key, &index) ? g_ptr_array_index (known->entries, index) : NULL;
}

static void
see (GPtrArray *entries, const PhListenerKey *key, gint64 now)
{
  guint index;
  gboolean found = locate (entries, key, &index);
  const PhKnownEntry *old = found ? g_ptr_array_index (entries, index) : NULL;
  PhKnownEntry *fresh = ph_known_entry_new (ph_listener_key_copy (key), old ? old->first_seen : now,
                                            old ? MAX (old->last_seen, now) : now);

  if (!found)
    {
      g_ptr_array_insert (entries, (gint) index, fresh);
      return;
    }
  ph_known_entry_unref (entries->pdata[index]);
  entries->pdata[index] = fresh;
}

/* A flood of new listeners does not push out those that are still there. */
static void
make_room (GPtrArray *entries, const GPtrArray *keys, gint64 now)
{
  for (guint i = 0; i < keys->len; i++)
    see (entries, g_ptr_array_index (keys, i), now);
  g_ptr_array_sort (entries, worthiest_first);
  g_ptr_array_set_size (entries, PH_KNOWN_MAX);
  g_ptr_array_sort (entries, by_key);
}

PhKnown *
ph_known_learn (const PhKnown *known, const GPtrArray *keys, gint64 now)
{
  PhKnown *next = NULL;

  now = CLAMP (now, 0, PH_KNOWN_TIME_MAX);
  for (guint i = 0; i < keys->len; i++)
    {
      const PhListenerKey *key = g_ptr_array_index (keys, i);
      const PhKnownEntry *old = ph_known_find (next ? next : known, key);

      if (old && now - old->last_seen < PH_KNOWN_FRESH_S)
        continue;
      if (!next)
        {
          next = derive (known);
          own_entries (next);
        }
      see (next->entries, key, now);
    }
  if (!next)
    return ph_known_ref (known);
  if (next->entries->len > PH_KNOWN_MAX)
    make_room (next->entries, keys, now);
  return next;
}

PhKnown *
ph_known_remove (const PhKnown *known, const PhListenerKey *key)
{
  PhKnown *next;
  guint index;

  if (!locate (known->entries, key, &index))
    return ph_known_ref (known);
  next = derive (known);
  g_ptr_array_remove_index (own_entries (next), index);
  return next;
}

PhKnown *
ph_known_forget (const PhKnown *known, gint64 time)
{
  PhKnown *next = NULL;

  for (guint i = known->entries->len; i-- > 0;) /* from the end: those before keep their places */
    {
      const PhKnownEntry *entry = g_ptr_array_index (known->entries, i);

      if (entry->last_seen >= time)
        continue;
      if (!next)
        {
          next = derive (known);
          own_entries (next);
        }
      g_ptr_array_remove_index (next->entries, i);
    }
  return next ? next : ph_known_ref (known);
}

/* --- rules --- */

guint
ph_known_n_mutes (const PhKnown *known)
{
  return known->mutes->len;
}

const PhMute *
ph_known_mute (const PhKnown *known, guint index)
{
  return g_ptr_array_index (known->mutes, index);
}

gboolean
ph_known_is_muted (const PhKnown *known, const PhListenerKey *key)
{
  for (guint i = 0; i < known->mutes->len; i++)
    if (ph_mute_matches (g_ptr_array_index (known->mutes, i), key))
      return TRUE;
  return FALSE;
}

static gboolean
find_mute (const GPtrArray *mutes, const PhMute *mute, guint *index)
{
  for (*index = 0; mute && *index < mutes->len; (*index)++)
    if (ph_mute_equal (g_ptr_array_index (mutes, *index), mute))
      return TRUE;
  return FALSE;
}

PhKnown *
ph_known_change_mutes (const PhKnown *known, const PhMute *without, const PhMute *with)
{
  g_autoptr (GPtrArray) mutes = g_ptr_array_copy (known->mutes, share_mute, NULL);
  gboolean changed = FALSE;
  guint place, twin;
  PhKnown *next;

  if (without && with && ph_mute_equal (without, with))
    without = NULL;
  if (find_mute (mutes, without, &place))
    {
      g_ptr_array_remove_index (mutes, place);
      changed = TRUE;
    }
  else
    place = mutes->len;
  if (with && !find_mute (mutes, with, &twin) && mutes->len < PH_KNOWN_MUTES_MAX)
    {
      g_ptr_array_insert (mutes, (gint) place, ph_mute_ref (with));
      changed = TRUE;
    }
  if (!changed)
    return ph_known_ref (known);
  next = derive (known);
  g_ptr_array_unref (next->mutes);
  next->mutes = g_steal_pointer (&mutes);
  return next;
}

/* --- what has been looked at --- */

guint64
ph_known_learned (const PhKnown *known)
{
  return known->learned;
}

guint64
ph_known_learned_ephemeral (const PhKnown *known)
{
  return known->learned_ephemeral;
}

PhKnown *
ph_known_set_learned (const PhKnown *known, guint64 learned, guint64 ephemeral)
{
  PhKnown *next;

  if (known->learned == learned && known->learned_ephemeral == ephemeral)
    return ph_known_ref (known);
  next = derive (known);
  next->learned = learned;
  next->learned_ephemeral = ephemeral;
  return next;
}
