/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Known processes by number, and where their next sockets will turn up; see ph-process-book.h. */
#include "ph-process-book.h"

#include <string.h>

#include "ph-id-map.h"

#define FREE_FDS_MAX 65536 /* descriptors above are not remembered */
#define DOUBTS_MAX   4     /* so often a free descriptor was passed over: it is none */
#define ABOVE        4     /* guesses above the highest known descriptor */
#define GUESSES_MAX  8192
#define REMEMBERED   16 /* collections: a process without sockets may soon have one again */

struct _PhProcessBook
{
  GArray *entries; /* PhBookEntry */
  GArray *unused;  /* guint32: free entries */
  PhIdMap by_pid;  /* those that live */
};

PhProcessBook *
ph_process_book_new (void)
{
  PhProcessBook *book = g_new0 (PhProcessBook, 1);

  book->entries = g_array_new (FALSE, TRUE, sizeof (PhBookEntry));
  book->unused = g_array_new (FALSE, FALSE, sizeof (guint32));
  return book;
}

static void
clear_entry (PhBookEntry *entry)
{
  ph_process_unref (entry->process);
  g_free (entry->free_fds);
  memset (entry, 0, sizeof *entry);
}

void
ph_process_book_free (PhProcessBook *book)
{
  if (!book)
    return;
  for (guint i = 0; i < book->entries->len; i++)
    clear_entry (ph_process_book_entry (book, i));
  g_array_unref (book->entries);
  g_array_unref (book->unused);
  ph_id_map_clear (&book->by_pid);
  g_free (book);
}

guint32
ph_process_book_length (const PhProcessBook *book)
{
  return book->entries->len;
}

PhBookEntry *
ph_process_book_entry (PhProcessBook *book, guint32 number)
{
  return &g_array_index (book->entries, PhBookEntry, number);
}

guint32
ph_process_book_find (const PhProcessBook *book, gint32 pid)
{
  return ph_id_map_find (&book->by_pid, (guint64) pid);
}

guint32
ph_process_book_add (PhProcessBook *book, gint32 pid)
{
  guint32 number = ph_process_book_find (book, pid);
  PhBookEntry *entry;

  if (number != PH_BOOK_NONE)
    return number;
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
  entry = ph_process_book_entry (book, number);
  entry->pid = pid;
  entry->highest_fd = -1;
  entry->gained_fd = -1;
  ph_id_map_set (&book->by_pid, (guint64) pid, number);
  return number;
}

void
ph_process_book_bury (PhProcessBook *book, guint32 number)
{
  PhBookEntry *entry = ph_process_book_entry (book, number);

  if (!entry->dead)
    ph_id_map_remove (&book->by_pid, (guint64) entry->pid);
  entry->dead = TRUE;
}

void
ph_process_book_take_life (PhProcessBook *book, const PhFrameProcess *frame, guint32 now)
{
  guint32 number = ph_process_book_find (book, frame->pid);
  PhBookEntry *entry;

  if (number == PH_BOOK_NONE)
    return;
  entry = ph_process_book_entry (book, number);
  if (frame->start_ticks == 0 || (entry->start_ticks != 0 && frame->start_ticks != entry->start_ticks))
    ph_process_book_bury (book, number);
  else
    entry->confirmed_at = now;
}

void
ph_process_book_take_facts (PhProcessBook *book, const void *bytes, gsize length, guint32 now, gint64 time_us)
{
  PhFrameProcess head;
  g_autoptr (PhProcess) process = NULL;
  PhBookEntry *entry;

  if (length < sizeof head)
    return;
  memcpy (&head, bytes, sizeof head);
  ph_process_book_take_life (book, &head, now);
  if (ph_process_book_find (book, head.pid) == PH_BOOK_NONE)
    return;
  entry = ph_process_book_entry (book, ph_process_book_find (book, head.pid));
  process = ph_process_decode (bytes, length, NULL);
  if (!process)
    return;

  entry->start_ticks = process->start_ticks;
  entry->read_us = time_us;
  if (entry->process && ph_process_equal (entry->process, process))
    return; /* the same object as before: records stay equal */
  ph_process_unref (entry->process);
  entry->process = g_steal_pointer (&process);
}

gboolean
ph_process_book_is_good (const PhBookEntry *entry, guint32 now)
{
  return !entry->dead && entry->process && entry->confirmed_at == now;
}

const PhProcess *
ph_process_book_lend (PhProcessBook *book, guint32 number, PhSnapshot *snapshot, guint32 now)
{
  PhBookEntry *entry = ph_process_book_entry (book, number);

  if (entry->kept_at != now)
    {
      entry->kept_at = now;
      ph_snapshot_keep (snapshot, ph_process_ref (entry->process), (GDestroyNotify) ph_process_unref);
    }
  return entry->process;
}

void
ph_process_book_hold (PhProcessBook *book, guint32 number, gint32 fd, guint32 now)
{
  PhBookEntry *entry = ph_process_book_entry (book, number);

  entry->n_holds++;
  entry->changed_at = now;
  entry->highest_fd = MAX (entry->highest_fd, fd);
  entry->gained_fd = MAX (entry->gained_fd, fd);
  if (fd >= 0 && fd < entry->n_free_fds)
    entry->free_fds[fd] = 0;
}

void
ph_process_book_release (PhProcessBook *book, guint32 number, gint32 fd, guint32 now)
{
  PhBookEntry *entry = ph_process_book_entry (book, number);

  entry->n_holds--;
  entry->changed_at = now;
  entry->n_lost++;
  if (entry->dead || fd < 0 || fd >= FREE_FDS_MAX)
    return;
  if (fd >= entry->n_free_fds)
    {
      gint32 n = MAX (fd + 1, MIN (entry->n_free_fds * 2, FREE_FDS_MAX));

      entry->free_fds = g_realloc (entry->free_fds, (gsize) n);
      memset (entry->free_fds + entry->n_free_fds, 0, (gsize) (n - entry->n_free_fds));
      entry->n_free_fds = n;
    }
  entry->free_fds[fd] = 1;
}

static int
compare_recent (gconstpointer a, gconstpointer b, gpointer data)
{
  PhProcessBook *book = data;
  const PhBookEntry *x = ph_process_book_entry (book, *(const guint32 *) a);
  const PhBookEntry *y = ph_process_book_entry (book, *(const guint32 *) b);

  if (x->changed_at != y->changed_at)
    return x->changed_at < y->changed_at ? 1 : -1;
  if (x->n_holds != y->n_holds)
    return x->n_holds < y->n_holds ? 1 : -1;
  return (x->pid > y->pid) - (x->pid < y->pid);
}

/* The numbers of those that live: what changed lately first. */
static GArray *
rank (PhProcessBook *book)
{
  GArray *numbers = g_array_new (FALSE, FALSE, sizeof (guint32));

  for (guint32 i = 0; i < book->entries->len; i++)
    {
      const PhBookEntry *entry = ph_process_book_entry (book, i);

      if (entry->pid != 0 && !entry->dead)
        g_array_append_val (numbers, i);
    }
  g_array_sort_with_data (numbers, compare_recent, book);
  return numbers;
}

void
ph_process_book_guess (PhProcessBook *book, guint n_missing, GArray *guesses)
{
  g_autoptr (GArray) numbers = rank (book);
  guint limit = MIN (256 + 16 * n_missing, GUESSES_MAX);
  guint share = numbers->len > 0 ? 4 + 2 * n_missing / numbers->len : 0;

  for (guint i = 0; i < numbers->len && guesses->len < limit; i++)
    {
      const PhBookEntry *entry = ph_process_book_entry (book, g_array_index (numbers, guint32, i));
      guint left = MIN (share + entry->n_lost, limit - guesses->len);
      PhFdRef guess = { .pid = entry->pid };

      for (guess.fd = 0; guess.fd < entry->n_free_fds && left > 0; guess.fd++)
        if (entry->free_fds[guess.fd] != 0)
          {
            g_array_append_val (guesses, guess);
            left--;
          }
      for (guint above = 1; above <= ABOVE && guesses->len < limit && entry->highest_fd < G_MAXINT32 - ABOVE; above++)
        {
          guess.fd = entry->highest_fd + (gint32) above;
          g_array_append_val (guesses, guess);
        }
    }
}

void
ph_process_book_rank (PhProcessBook *book, guint32 since, guint max_holds, GArray *pids)
{
  g_autoptr (GArray) numbers = rank (book);
  guint n_holds = 0;

  for (guint i = 0; i < numbers->len; i++)
    {
      const PhBookEntry *entry = ph_process_book_entry (book, g_array_index (numbers, guint32, i));

      if (entry->changed_at < since || entry->n_holds > max_holds - n_holds)
        break;
      n_holds += entry->n_holds;
      g_array_append_val (pids, entry->pid);
    }
}

gint32
ph_process_book_newest (PhProcessBook *book)
{
  gint32 newest = 0;

  for (guint32 i = 0; i < book->entries->len; i++)
    if (!ph_process_book_entry (book, i)->dead)
      newest = MAX (newest, ph_process_book_entry (book, i)->pid);
  return newest;
}

void
ph_process_book_sweep (PhProcessBook *book, guint32 now)
{
  for (guint32 i = 0; i < book->entries->len; i++)
    {
      PhBookEntry *entry = ph_process_book_entry (book, i);

      if (entry->pid == 0)
        continue;
      if (entry->n_holds == 0 && !entry->wanted && (entry->dead || now - entry->changed_at > REMEMBERED))
        {
          ph_process_book_bury (book, i);
          clear_entry (entry);
          g_array_append_val (book->unused, i);
          continue;
        }
      for (gint32 fd = MIN (entry->gained_fd, entry->n_free_fds) - 1; fd >= 0; fd--)
        if (entry->free_fds[fd] != 0 && ++entry->free_fds[fd] > DOUBTS_MAX)
          entry->free_fds[fd] = 0;
      entry->gained_fd = -1;
      entry->n_lost = 0;
      entry->wanted = FALSE;
    }
}
