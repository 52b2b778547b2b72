/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Memory that is taken in small pieces and given back all at once, with the snapshot that owns it.
 *
 * Pieces never move, are zeroed and aligned for any type.
 */
#pragma once

#include <glib.h>

typedef struct _PhArena PhArena;

PhArena *ph_arena_new (void);
void ph_arena_free (PhArena *arena);
gpointer ph_arena_alloc (PhArena *arena, gsize size);

/* A NUL-terminated copy of @length bytes made fit to show: valid UTF-8 with no control characters. Bytes that are not
 * become \xNN, so that nothing is lost and nothing is obeyed; a backslash stays as it is. Never NULL. */
const char *ph_arena_text (PhArena *arena, const char *bytes, gsize length);

/* A plain copy of a string that is already fit; NULL gives NULL. */
const char *ph_arena_string (PhArena *arena, const char *string);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PhArena, ph_arena_free)
