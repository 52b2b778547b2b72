/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Blocks of memory that are filled from the front. The first is small, so that a snapshot of a few sockets costs
 * little; each next one doubles, up to BLOCK_MAX. What would waste much of a block gets one of its own.
 *
 * Pieces are zeroed when they are taken, not the block when it is made: what is never taken is never touched, and so
 * never becomes resident.
 */
#include "ph-arena.h"

#include <stddef.h>
#include <string.h>

#include "ph-block.h"
#include "ph-text.h"

#define BLOCK_MIN (8 * 1024)
#define BLOCK_MAX (256 * 1024)
#define ALIGNMENT _Alignof(max_align_t)

typedef struct _Block Block;

struct _Block
{
  Block *next;
  gsize size; /* with this */
  max_align_t bytes[];
};

struct _PhArena
{
  Block *blocks;
  guint8 *free; /* in the block that is being filled */
  gsize n_free;
  gsize next_size;
};

PhArena *
ph_arena_new (void)
{
  PhArena *arena = g_new0 (PhArena, 1);

  arena->next_size = BLOCK_MIN;
  return arena;
}

void
ph_arena_free (PhArena *arena)
{
  if (arena == NULL)
    return;

  while (arena->blocks)
    {
      Block *block = arena->blocks;

      arena->blocks = block->next;
      ph_block_give (block, block->size);
    }
  g_free (arena);
}

static guint8 *
add_block (PhArena *arena, gsize size)
{
  Block *block = ph_block_take (sizeof (Block) + size);

  block->size = sizeof (Block) + size;
  block->next = arena->blocks;
  arena->blocks = block;
  return (guint8 *) block->bytes;
}

/* Uninitialised; @alignment 1 is for strings, which then stand close together. */
static gpointer
take (PhArena *arena, gsize size, gsize alignment)
{
  gsize padding = -GPOINTER_TO_SIZE (arena->free) & (alignment - 1);
  guint8 *piece;

  if (G_UNLIKELY (size > arena->n_free || padding > arena->n_free - size))
    {
      if (size > arena->next_size / 4)
        return add_block (arena, size);

      arena->free = add_block (arena, arena->next_size - sizeof (Block));
      arena->n_free = arena->next_size - sizeof (Block);
      arena->next_size = MIN (arena->next_size * 2, BLOCK_MAX);
      padding = 0;
    }

  piece = arena->free + padding;
  arena->free = piece + size;
  arena->n_free -= padding + size;
  return piece;
}

gpointer
ph_arena_alloc (PhArena *arena, gsize size)
{
  g_return_val_if_fail (size <= G_MAXSSIZE, NULL);

  return memset (take (arena, size, ALIGNMENT), 0, size);
}

static const char *
copy (PhArena *arena, const char *bytes, gsize length)
{
  char *text = take (arena, length + 1, 1);

  memcpy (text, bytes, length);
  text[length] = '\0';
  return text;
}

const char *
ph_arena_text (PhArena *arena, const char *bytes, gsize length)
{
  g_autoptr (GString) text = NULL;

  if (length == 0)
    return "";
  if (ph_text_fit (bytes, length) == length)
    return copy (arena, bytes, length);

  text = g_string_sized_new (length * 2);
  ph_text_sanitize (bytes, length, text);
  return copy (arena, text->str, text->len);
}

const char *
ph_arena_string (PhArena *arena, const char *string)
{
  return string ? copy (arena, string, strlen (string)) : NULL;
}
