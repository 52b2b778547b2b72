/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What makes a table: the size and key of its records, how they age, and its columns.
 *
 * One static PhSchema per table. Snapshot, linker, filter, sorting, export and every view are written against it and
 * know nothing of sockets.
 */
#pragma once

#include "ph-column.h"
#include "ph-record.h"

typedef struct _PhSchema PhSchema;
typedef struct _PhSnapshot PhSnapshot;

/*
 * A filter field that is more than one column's id: several columns at once, a closed set of words, or a list of values
 * (any of which may match). Fields are looked up before column ids, so that one may replace a column's own way.
 */
typedef struct
{
  const char *name;
  const char *columns[3]; /* ids: matches where one of these columns does; unused ones NULL */

  /* Or: the value is one of @words (NULL-terminated, at most 64), or a beginning of some. Case, - and _ do not count.
   */
  const char *const *words;
  gboolean (*is) (gconstpointer record, guint word);

  /* Or: the values that a record has, numbered from 0. FALSE: there is no such value any more. */
  gboolean (*nth) (gconstpointer record, guint n, PhValue *value);
  guint8 kind; /* PhValueKind of these */

  const char *help; /* N_(), one line; NULL: that of the column with its name, or of its only one */
} PhFilterField;

/* One of a field's words, as people read it. */
typedef struct
{
  const char *word;
  const char *label; /* N_(); NULL: it stands for no value at all */
} PhFacetWord;

/* A field of the filter whose values are worth counting beside the table; see ph-facet.h. */
typedef struct
{
  const char *field;
  const char *title; /* N_() */

  /* Of a field with a closed set of words: those that are counted. */
  const PhFacetWord *words;
  guint n_words;

  const char *nothing; /* N_(): what rows without a value are called; NULL: "None" */

  /* What nth() lists are names of one thing: the last one stands for it. */
  gboolean names;
} PhFacetField;

/* A record in another program's words, "as ss filter": what finds the same thing there. */
typedef struct
{
  const char *title;                   /* N_(), "ss Filter"; NULL: the list ends here */
  char *(*dup) (gconstpointer record); /* NULL: there are no words for it; else free with g_free() */
} PhDialect;

struct _PhSchema
{
  const char *id; /* "sockets": settings, messages */
  gsize record_size;

  /* The key: bytes inside the record that tell it from all others, padding zeroed. It orders records last, so that
   * every sort is total. */
  gsize key_offset;
  gsize key_size;

  /* Copies @source, a record of another snapshot, into @target, a record of @snapshot (record_size bytes), and with it
   * what it points at: to the snapshot's arena or by ph_snapshot_keep(). NULL where records point at nothing. */
  void (*copy) (PhSnapshot *snapshot, gpointer target, gconstpointer source);

  /* Fills what only two looks can tell: rates. @previous is the same key @elapsed_us ago (> 0). A counter that went
   * back restarts: its rate is unknown this time. NULL where there is none. */
  void (*advance) (gpointer record, gconstpointer previous, gint64 elapsed_us);

  /* TRUE: the record is part of another, as a next hop of its route, and is sorted with it whatever its own values are.
   * @key (key_size bytes) gets that one's key. Parts follow by their own keys. NULL: there are none. */
  gboolean (*whole) (gconstpointer record, gpointer key);

  const PhColumn *columns;
  guint n_columns;

  /* "is:WORD" in a filter: @word is one of @words (NULL-terminated). */
  const char *const *words;
  gboolean (*is) (gconstpointer record, guint word);

  /* Further fields of the filter language; may be NULL. */
  const PhFilterField *fields;
  guint n_fields;

  /* What the side list counts, the most useful first; may be NULL. */
  const PhFacetField *facets;
  guint n_facets;

  const PhDialect *dialects; /* NULL: none */

  /* A filter's term that lets through all that is of the same owner; free with g_free(). NULL: nobody is known, or the
   * table has no owners. */
  char *(*dup_owner_term) (gconstpointer record);
};

/* NULL if there is none with that id. */
const PhColumn *ph_schema_find_column (const PhSchema *schema, const char *id);

static inline gconstpointer
ph_schema_key (const PhSchema *schema, gconstpointer record)
{
  return (const guint8 *) record + schema->key_offset;
}
