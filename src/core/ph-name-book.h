/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Names for numbers that stay for long: login names, interface names. Bounded; answers age and are then asked for
 * again.
 */
#pragma once

#include "ph-snapshot.h"

typedef struct _PhNameBook PhNameBook;

/* Remembers up to @max numbers. A name is believed for @fresh_us, that there is none for @none_us. */
PhNameBook *ph_name_book_new (guint max, gint64 fresh_us, gint64 none_us);
void ph_name_book_free (PhNameBook *book);

/* Begins the next collection; forgets all where there is too much. */
void ph_name_book_begin (PhNameBook *book);

/* The number is needed. TRUE: it is to be asked for; that is said once in a collection. */
gboolean ph_name_book_need (PhNameBook *book, guint64 id, gint64 time_us);

/* An answer; NULL: it has no name. @name is fit to show. */
void ph_name_book_set (PhNameBook *book, guint64 id, const char *name);

/* The name, living as long as @snapshot; NULL: none is known. */
const char *ph_name_book_lend (PhNameBook *book, guint64 id, PhSnapshot *snapshot);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PhNameBook, ph_name_book_free)
