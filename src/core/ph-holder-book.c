/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Known sockets and their holders; see ph-holder-book.h. */
#include "ph-holder-book.h"

#include <stdlib.h>
#include <string.h>

#include "ph-id-map.h"

struct _PhHolderBook
{
  PhProcessBook *processes;
  GArray *entries; /* PhHeld */
  GArray *unused;  /* guint32: free entries */
  PhIdMap by_inode;
};

PhHolderBook *
ph_holder_book_new (PhProcessBook *processes)
{
  PhHolderBook *book = g_new0 (PhHolderBook, 1);

  book->processes = processes;
  book->entries = g_array_new (FALSE, TRUE, sizeof (PhHeld));
  book->unused = g_array_new (FALSE, FALSE, sizeof (guint32));
  return book;
}

void
ph_holder_book_free (PhHolderBook *book)
{
  if (!book)
    return;
  for (guint32 i = 0; i < book->entries->len; i++)
    {
      PhHeld *held = ph_holder_book_entry (book, i);

      if (held->n_holders > 1)
        g_free (held->many);
    }
  g_array_unref (book->entries);
  g_array_unref (book->unused);
  ph_id_map_clear (&book->by_inode);
  g_free (book);
}

PhHeld *
ph_holder_book_entry (PhHolderBook *book, guint32 number)
{
  return &g_array_index (book->entries, PhHeld, number);
}

guint32
ph_holder_book_find (const PhHolderBook *book, guint64 inode)
{
  return ph_id_map_find (&book->by_inode, inode);
}

guint32
ph_holder_book_length (const PhHolderBook *book)
{
  return book->entries->len;
}

static void
set_holders (PhHeld *held, const PhHolder *holders, guint n)
{
  PhHolder *many = n > 1 ? g_memdup2 (holders, n * sizeof *holders) : NULL;

  if (n == 1)
    {
      PhHolder one = *holders; /* it may lie in what is freed next */

      if (held->n_holders > 1)
        g_free (held->many);
      held->one = one;
    }
  else
    {
      if (held->n_holders > 1)
        g_free (held->many);
      held->many = many;
    }
  held->n_holders = n;
}

static void
release_all (PhHolderBook *book, PhHeld *held, guint32 now)
{
  const PhHolder *holders = ph_held_holders (held);

  for (guint i = 0; i < held->n_holders; i++)
    ph_process_book_release (book->processes, holders[i].process, holders[i].fd, now);
  set_holders (held, NULL, 0);
}

static guint32
add_entry (PhHolderBook *book, guint64 inode)
{
  guint32 number;

  if (book->unused->len > 0)
    {
      number = g_array_index (book->unused, guint32, book->unused->len - 1);
      g_array_set_size (book->unused, book->unused->len - 1);
    }
  else
    {
      number = book->entries->len;
      g_array_set_size (book->entries, number + 1);
    }
  ph_id_map_set (&book->by_inode, inode, number);
  return number;
}

void
ph_holder_book_reserve (PhHolderBook *book, guint n)
{
  guint length = book->entries->len;

  ph_id_map_reserve (&book->by_inode, n);
  if (n <= length)
    return;
  g_array_set_size (book->entries, n);
  g_array_set_size (book->entries, length);
}

guint32
ph_holder_book_see (PhHolderBook *book, const PhSocket *socket, guint32 now)
{
  guint32 number;
  PhHeld *held;

  if (socket->inode == 0)
    return PH_HELD_NONE;
  number = ph_holder_book_find (book, socket->inode);
  if (number == PH_ID_MAP_NONE)
    number = add_entry (book, socket->inode);
  held = ph_holder_book_entry (book, number);

  /* The same number may come again for another socket, after four thousand million others. */
  if (held->inode == 0 || held->cookie != socket->key.cookie)
    {
      release_all (book, held, now);
      *held = (PhHeld){ .inode = socket->inode, .cookie = socket->key.cookie, .since = now };
    }
  held->seen_at = now;
  held->uid = socket->uid;
  held->request = socket->head.request;
  return number;
}

void
ph_holder_book_add (PhHolderBook *book, PhHeld *held, PhHolder holder, guint32 now)
{
  PhHolder *holders = ph_held_holders (held);
  guint n = held->n_holders;

  for (guint i = 0; i < n; i++)
    if (holders[i].process == holder.process)
      return;
  ph_process_book_hold (book->processes, holder.process, holder.fd, now);
  if (n == 0)
    set_holders (held, &holder, 1);
  else
    {
      PhHolder *many = g_new (PhHolder, n + 1);

      memcpy (many, holders, n * sizeof *many);
      many[n] = holder;
      if (n > 1)
        g_free (held->many);
      held->many = many;
      held->n_holders = n + 1;
    }
}

static int
compare (const void *a, const void *b)
{
  const PhHolder *x = a, *y = b;

  if (x->process != y->process)
    return x->process < y->process ? -1 : 1;
  return (x->fd > y->fd) - (x->fd < y->fd);
}

void
ph_holder_book_replace (PhHolderBook *book, PhHeld *held, PhHolder *holders, guint n, guint32 now)
{
  PhHolder *old = ph_held_holders (held);
  guint n_old = held->n_holders;
  guint n_distinct = 0;

  if (n > 1)
    qsort (holders, n, sizeof *holders, compare);
  for (guint i = 0; i < n; i++)
    if (i == 0 || holders[i].process != holders[i - 1].process)
      holders[n_distinct++] = holders[i];
  n = n_distinct;
  if (n_old > 1)
    qsort (old, n_old, sizeof *old, compare);
  if (n == n_old && (n == 0 || memcmp (old, holders, n * sizeof *old) == 0))
    return;

  for (guint i = 0, j = 0; i < n || j < n_old;)
    {
      int order = i == n ? 1 : j == n_old ? -1 : compare (&holders[i], &old[j]);

      if (order < 0)
        ph_process_book_hold (book->processes, holders[i].process, holders[i].fd, now);
      else if (order > 0)
        ph_process_book_release (book->processes, old[j].process, old[j].fd, now);
      i += order <= 0;
      j += order >= 0;
    }
  set_holders (held, holders, n);
}

void
ph_holder_book_prune (PhHolderBook *book, PhHeld *held, guint32 now)
{
  PhHolder *holders = ph_held_holders (held);
  guint n = 0;

  for (guint i = 0; i < held->n_holders; i++)
    {
      if (ph_process_book_entry (book->processes, holders[i].process)->dead)
        ph_process_book_release (book->processes, holders[i].process, holders[i].fd, now);
      else
        holders[n++] = holders[i];
    }
  if (n == held->n_holders)
    return;
  set_holders (held, holders, n);
  if (n == 0)
    {
      held->n_vain = 0;
      held->retry_at = now;
      held->lost_at = now;
    }
}

void
ph_holder_book_sweep (PhHolderBook *book, guint64 kept, guint32 now)
{
  for (guint32 i = 0; i < book->entries->len; i++)
    {
      PhHeld *held = ph_holder_book_entry (book, i);

      if (held->inode == 0 || held->seen_at == now || (kept & (G_GUINT64_CONSTANT (1) << held->request)))
        continue;
      release_all (book, held, now);
      ph_id_map_remove (&book->by_inode, held->inode);
      memset (held, 0, sizeof *held);
      g_array_append_val (book->unused, i);
    }
}
