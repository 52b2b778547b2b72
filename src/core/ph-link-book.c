/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A name book that knows how links are asked for, and what to call one that has no name. */
#include "ph-link-book.h"

#include "ph-link-names.h"
#include "ph-name-book.h"

#define LINKS_MAX 4096
#define FRESH_US  (60 * G_USEC_PER_SEC)
#define NONE_US   (10 * G_USEC_PER_SEC)

struct _PhLinkBook
{
  PhNameBook *names;
};

PhLinkBook *
ph_link_book_new (void)
{
  PhLinkBook *book = g_new (PhLinkBook, 1);

  book->names = ph_name_book_new (LINKS_MAX, FRESH_US, NONE_US);
  return book;
}

void
ph_link_book_free (PhLinkBook *book)
{
  if (!book)
    return;
  ph_name_book_free (book->names);
  g_free (book);
}

void
ph_link_book_begin (PhLinkBook *book)
{
  ph_name_book_begin (book->names);
}

gboolean
ph_link_book_need (PhLinkBook *book, guint32 index, gint64 time_us)
{
  return index != 0 && ph_name_book_need (book->names, index, time_us);
}

static void
take_link (guint32 index, const char *name, gpointer data)
{
  PhLinkBook *book = data;

  ph_name_book_set (book->names, index, *name != '\0' ? name : NULL);
}

void
ph_link_book_take (PhLinkBook *book, const void *bytes, gsize length)
{
  ph_decode_link_frame (bytes, length, take_link, book);
}

const char *
ph_link_book_lend (PhLinkBook *book, guint32 index, PhSnapshot *snapshot)
{
  const char *name;
  char text[16];

  if (index == 0)
    return NULL;
  name = ph_name_book_lend (book->names, index, snapshot);
  if (name)
    return name;
  g_snprintf (text, sizeof text, "if%u", index);
  return ph_arena_string (ph_snapshot_arena (snapshot), text);
}
