/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table of cases, see ph-watch-case.h. */
#include "ph-watch-case.h"

#include <string.h>

static guint
hash_socket (gconstpointer data)
{
  const PhSocketKey *key = data;
  guint64 mixed = key->cookie ^ (guint64) key->protocol << 48 ^ (guint64) key->family << 40;

  return g_int64_hash (&mixed);
}

static gboolean
equal_sockets (gconstpointer a, gconstpointer b)
{
  return memcmp (a, b, sizeof (PhSocketKey)) == 0; /* padding is zeroed */
}

static void
free_case (gpointer data)
{
  PhWatchCase *c = data;

  ph_listener_unref (c->listener);
  g_free (c);
}

GHashTable *
ph_watch_cases_new (void)
{
  return g_hash_table_new_full (hash_socket, equal_sockets, NULL, free_case);
}

static gint
in_order (gconstpointer a, gconstpointer b)
{
  const PhWatchCase *first = *(PhWatchCase *const *) a;
  const PhWatchCase *second = *(PhWatchCase *const *) b;

  return (first->number > second->number) - (first->number < second->number);
}

GPtrArray *
ph_watch_cases_missing (GHashTable *cases, guint64 look)
{
  GPtrArray *missing = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, cases);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    if (((const PhWatchCase *) value)->look != look)
      g_ptr_array_add (missing, value);
  g_ptr_array_sort (missing, in_order);
  return missing;
}
