/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The ports that are listened on, from one look at the sockets to the next, and what is to be told of them: opened,
 * with the first socket on it, and closed, with the last.
 *
 * The book keeps facts, not snapshots, so that it costs little while only listeners are looked at, and knows them
 * through looks that did not ask for some.
 */
#pragma once

#include "ph-activity.h"
#include "ph-snapshot.h"

typedef struct _PhPortBook PhPortBook;

PhPortBook *ph_port_book_new (void);
void ph_port_book_free (PhPortBook *book);

/* See ph_activity_from_sockets_set_ephemeral(). */
void ph_port_book_set_ephemeral (PhPortBook *book, guint16 low, guint16 high, gboolean all);

void ph_port_book_take_settings (PhPortBook *book, const PhPortBook *from);

/* Takes the next look. What each request finds when it is first answered is silently learned. */
void ph_port_book_look (PhPortBook *book, PhSnapshot *snapshot, gint64 time_us, PhActivityTell tell, gpointer user);

/* What is known of a TCP port that is listened on, at whatever address; NULL: none is. Valid until the next look. */
const PhActivity *ph_port_book_find_tcp (const PhPortBook *book, guint16 port);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PhPortBook, ph_port_book_free)
