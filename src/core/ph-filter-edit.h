/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A filter's text is changed by a click: what it has, and the text that has one value more or less. Whatever else
 * stands in the text stays as it was typed. Pure and total: the text may be wrong, as it is while somebody types.
 *
 * A value is given as it is written after the colon ("=nginx", "listen", "443", "=\"two words\""). Two are the same
 * where they mean the same to their field, and fields where they are names of the same one: "lport:443" has
 * (local_port, =443).
 */
#pragma once

#include "ph-filter.h"

typedef enum
{
  PH_FILTER_OPEN = 0, /* the text does not name it */
  PH_FILTER_INCLUDED,
  PH_FILTER_EXCLUDED,
} PhFilterChoice;

/* A value or word: bytes of the text, and what they stand for. */
typedef struct
{
  gsize start, end;
  char *text;     /* without quotation marks and = */
  gboolean exact; /* there was one */
} PhFilterPiece;

/* A term: "-process:=sh,=bash". */
typedef struct
{
  gsize start, end; /* with its sign */
  gboolean exclude;
  char *field;           /* in lower case; NULL: a word, and then it has one piece */
  PhFilterPiece *pieces; /* in order; at least one, which may be empty */
  guint n_pieces;
} PhFilterSpan;

/* PhFilterSpan, in order, which the array frees. @text: valid UTF-8, here and below. */
GPtrArray *ph_filter_edit_split (const char *text);

PhFilterChoice ph_filter_edit_get (const PhSchema *schema, const char *text, const char *field, const char *value);

/* The text with that value included, excluded, or not named. A second value joins the first term of its field and
 * sign; a term that loses its last one goes. @field: one that the schema has. Free with g_free(), as all below. */
char *ph_filter_edit_set (
    const PhSchema *schema, const char *text, const char *field, const char *value, PhFilterChoice choice);

/* The same, and no other value of the field is included any more: "show only this". */
char *ph_filter_edit_only (const PhSchema *schema, const char *text, const char *field, const char *value);

/* Without its @n-th term. */
char *ph_filter_edit_remove (const char *text, guint n);
