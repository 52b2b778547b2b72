/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The processes that are known to hold sockets, from one collection to the next: their facts, whether they still live,
 * and which of their descriptors have become free.
 *
 * A process is (pid, start time). Once its pid is seen with another start time, or not at all, the entry is dead: it
 * keeps its number until nothing refers to it, while the pid may get a new entry.
 *
 * Free descriptors matter because open(2) and its like take the lowest free one: what a process closed is where its
 * next socket will be found, with one readlink instead of thousands.
 */
#pragma once

#include "ph-process.h"
#include "ph-request.h"
#include "ph-snapshot.h"

#define PH_BOOK_NONE G_MAXUINT32

typedef struct
{
  gint32 pid; /* 0: the entry is free */
  gboolean dead;
  gboolean wanted; /* is to stay in the book though it holds nothing */
  guint64 start_ticks;
  PhProcess *process;   /* NULL until its facts were read */
  gint64 read_us;       /* when that was */
  guint32 confirmed_at; /* number of the collection that last saw it alive */
  guint32 changed_at;   /* number of the collection in which it last gained or lost a socket */
  guint32 kept_at;      /* number of the collection whose snapshot holds a reference */
  guint32 n_holds;      /* sockets: references to this number */
  guint32 n_lost;       /* sockets lost since the last sweep */
  gint32 gained_fd;     /* the highest with a socket gained since the last sweep, or -1 */
  gint32 highest_fd;    /* the highest with a socket ever, or -1 */
  guint8 *free_fds;     /* a byte for each descriptor: 0: unknown; else a socket was there, and is gone */
  gint32 n_free_fds;    /* bytes in it */
} PhBookEntry;

typedef struct _PhProcessBook PhProcessBook;

PhProcessBook *ph_process_book_new (void);
void ph_process_book_free (PhProcessBook *book);

/* The living entry of a pid, or PH_BOOK_NONE. */
guint32 ph_process_book_find (const PhProcessBook *book, gint32 pid);
/* The same, made where there is none. */
guint32 ph_process_book_add (PhProcessBook *book, gint32 pid);

guint32 ph_process_book_length (const PhProcessBook *book); /* numbers are below it; some may be free */
PhBookEntry *ph_process_book_entry (PhProcessBook *book, guint32 number);

/* Takes the answer to a PROCESSES request in collection @now. Frames about other processes are ignored. */
void ph_process_book_take_life (PhProcessBook *book, const PhFrameProcess *frame, guint32 now);
void ph_process_book_take_facts (PhProcessBook *book, const void *bytes, gsize length, guint32 now, gint64 time_us);
void ph_process_book_bury (PhProcessBook *book, guint32 number); /* it is no more */

/* Is alive in collection @now, and its facts are known. */
gboolean ph_process_book_is_good (const PhBookEntry *entry, guint32 now);

/* What a record may point at as long as @snapshot lives. */
const PhProcess *ph_process_book_lend (PhProcessBook *book, guint32 number, PhSnapshot *snapshot, guint32 now);

/* A process has a socket there; has one no more. */
void ph_process_book_hold (PhProcessBook *book, guint32 number, gint32 fd, guint32 now);
void ph_process_book_release (PhProcessBook *book, guint32 number, gint32 fd, guint32 now);

/* Appends where (PhFdRef) @n_missing sockets may be: for those processes first whose sockets changed lately, the
 * descriptors that became free, as many as it lost sockets and a few more, the lowest first; then some above the
 * highest. */
void ph_process_book_guess (PhProcessBook *book, guint n_missing, GArray *guesses);

/* Appends the pids (gint32) of processes whose sockets changed in collection @since or later, the latest first, as long
 * as they hold no more than @max_holds sockets together. */
void ph_process_book_rank (PhProcessBook *book, guint32 since, guint max_holds, GArray *pids);

/* The highest pid of all that live; 0: none. */
gint32 ph_process_book_newest (PhProcessBook *book);

/* Forgets the processes that have held nothing for a while, and what was gained and lost until now. Free descriptors
 * that were passed over by new sockets time and again are no longer believed to be free. */
void ph_process_book_sweep (PhProcessBook *book, guint32 now);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PhProcessBook, ph_process_book_free)
