/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Interface names by index, for the records of every table that points at an interface: remembered from one collection
 * to the next, and asked for again when they age, for an interface can be renamed.
 */
#pragma once

#include "ph-snapshot.h"

typedef struct _PhLinkBook PhLinkBook;

PhLinkBook *ph_link_book_new (void);
void ph_link_book_free (PhLinkBook *book);

/* The next collection begins. */
void ph_link_book_begin (PhLinkBook *book);

/* The index is needed (0: none). TRUE: PH_REQUEST_LINKS is to be asked; one such is enough, for all names come at once.
 */
gboolean ph_link_book_need (PhLinkBook *book, guint32 index, gint64 time_us);

/* A NETLINK frame of the answer. */
void ph_link_book_take (PhLinkBook *book, const void *bytes, gsize length);

/* The name, living as long as @snapshot: "if7" where the index has none, NULL for 0. */
const char *ph_link_book_lend (PhLinkBook *book, guint32 index, PhSnapshot *snapshot);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PhLinkBook, ph_link_book_free)
