/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names by number; see ph-name-book.h. */
#include "ph-name-book.h"

typedef struct
{
  guint64 id;
  char *name; /* NULL: none */
  gint64 asked_us;
  guint32 needed_at;
  guint32 lent_at;  /* number of the collection whose snapshot has the copy */
  const char *copy; /* in its arena */
} Entry;

struct _PhNameBook
{
  GHashTable *by_id; /* guint64, inside the value → Entry */
  guint max;
  gint64 fresh_us;
  gint64 none_us;
  guint32 now; /* number of the collection */
};

static void
entry_free (gpointer data)
{
  Entry *entry = data;

  g_free (entry->name);
  g_free (entry);
}

PhNameBook *
ph_name_book_new (guint max, gint64 fresh_us, gint64 none_us)
{
  PhNameBook *book = g_new0 (PhNameBook, 1);

  book->by_id = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, entry_free);
  book->max = max;
  book->fresh_us = fresh_us;
  book->none_us = none_us;
  return book;
}

void
ph_name_book_free (PhNameBook *book)
{
  if (!book)
    return;
  g_hash_table_unref (book->by_id);
  g_free (book);
}

void
ph_name_book_begin (PhNameBook *book)
{
  book->now++;
  if (g_hash_table_size (book->by_id) >= book->max)
    g_hash_table_remove_all (book->by_id);
}

gboolean
ph_name_book_need (PhNameBook *book, guint64 id, gint64 time_us)
{
  Entry *entry = g_hash_table_lookup (book->by_id, &id);

  if (!entry)
    {
      if (g_hash_table_size (book->by_id) >= book->max)
        return FALSE;
      entry = g_new0 (Entry, 1);
      entry->id = id;
      entry->asked_us = G_MININT64 / 2;
      g_hash_table_insert (book->by_id, &entry->id, entry);
    }
  if (entry->needed_at == book->now)
    return FALSE;
  entry->needed_at = book->now;
  if (time_us - entry->asked_us < (entry->name ? book->fresh_us : book->none_us))
    return FALSE;
  entry->asked_us = time_us;
  return TRUE;
}

void
ph_name_book_set (PhNameBook *book, guint64 id, const char *name)
{
  Entry *entry = g_hash_table_lookup (book->by_id, &id);

  if (!entry)
    return;
  g_free (entry->name);
  entry->name = g_strdup (name);
}

const char *
ph_name_book_lend (PhNameBook *book, guint64 id, PhSnapshot *snapshot)
{
  Entry *entry = g_hash_table_lookup (book->by_id, &id);

  if (!entry)
    return NULL;
  if (entry->lent_at != book->now)
    {
      entry->lent_at = book->now;
      entry->copy = ph_arena_string (ph_snapshot_arena (snapshot), entry->name);
    }
  return entry->copy;
}
