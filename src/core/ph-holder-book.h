/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The sockets that are known, by inode, and who holds each: what is remembered of owners from one collection to the
 * next. A holder is a process by its number in the process book, and a descriptor.
 *
 * Nearly every socket has one holder, which lies in the entry itself; so 80,000 sockets take no allocation of their
 * own.
 */
#pragma once

#include "ph-process-book.h"
#include "ph-socket.h"

typedef struct
{
  guint32 process; /* its number in the PhProcessBook */
  gint32 fd;
} PhHolder;

typedef struct
{
  guint64 inode; /* 0: the entry is free */
  guint64 cookie;
  guint32 uid;
  guint32 seen_at;  /* number of the collection that saw it last */
  guint32 since;    /* number of the collection that saw it first */
  guint32 lost_at;  /* number of the collection in which its last holder died */
  guint32 retry_at; /* not to be searched for in an earlier one */
  guint16 request;  /* PhRequestName */
  guint8 n_vain;    /* searches in vain since it last had a holder */
  guint8 looked;    /* PhLooked */
  guint32 n_holders;
  union
  {
    PhHolder one; /* n_holders is 1 */
    PhHolder *many;
  };
} PhHeld;

/* How the last search for it went. */
typedef enum
{
  PH_LOOKED_NOT = 0, /* there was none yet */
  PH_LOOKED_ALL,     /* nothing was refused */
  PH_LOOKED_DENIED,  /* some processes may not be looked into */
} PhLooked;

#define PH_HELD_NONE G_MAXUINT32

typedef struct _PhHolderBook PhHolderBook;

PhHolderBook *ph_holder_book_new (PhProcessBook *processes); /* borrowed */
void ph_holder_book_free (PhHolderBook *book);

/* Makes room for @n sockets at once. */
void ph_holder_book_reserve (PhHolderBook *book, guint n);

/* Notes that collection @now saw the socket; its number, valid until the next sweep. PH_HELD_NONE: it has no inode. */
guint32 ph_holder_book_see (PhHolderBook *book, const PhSocket *socket, guint32 now);

PhHeld *ph_holder_book_entry (PhHolderBook *book, guint32 number);
guint32 ph_holder_book_find (const PhHolderBook *book, guint64 inode);
guint32 ph_holder_book_length (const PhHolderBook *book); /* numbers are below it; some may be free */

static inline PhHolder *
ph_held_holders (PhHeld *held)
{
  return held->n_holders > 1 ? held->many : &held->one;
}

/* A process that is known to hold it is not added twice, whatever the descriptor. */
void ph_holder_book_add (PhHolderBook *book, PhHeld *held, PhHolder holder, guint32 now);

/* All holders at once, the truth of a full walk: what stays is not touched. @holders is sorted in place; of a process
 * that is in it with several descriptors the lowest counts. */
void ph_holder_book_replace (PhHolderBook *book, PhHeld *held, PhHolder *holders, guint n, guint32 now);

/* Drops the holders that are dead. */
void ph_holder_book_prune (PhHolderBook *book, PhHeld *held, guint32 now);

/* Forgets the sockets that collection @now did not see, but for those whose request is in @kept: bit
 * (1 << PhRequestName) for each that failed. */
void ph_holder_book_sweep (PhHolderBook *book, guint64 kept, guint32 now);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PhHolderBook, ph_holder_book_free)
