/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A column: everything about one, in one place. View, sort, filter, CSV, JSON and text output are driven by tables of
 * these; a new column is one new entry.
 */
#pragma once

#include "ph-style.h"
#include "ph-trace.h"
#include "ph-value.h"

typedef enum
{
  PH_ALIGN_START,
  PH_ALIGN_END, /* numbers: tabular figures, right-aligned */
} PhAlign;

typedef enum
{
  PH_COLUMN_SHOWN = 1 << 0,            /* shown until the user says otherwise */
  PH_COLUMN_ELLIPSIZE_MIDDLE = 1 << 1, /* both ends matter: paths */
  PH_COLUMN_EXPAND = 1 << 2,           /* takes what width is left */
  PH_COLUMN_TCP_INFO = 1 << 3,         /* needs PH_WANT_TCP_INFO */
  PH_COLUMN_OWNER = 1 << 4,            /* needs owners */
  PH_COLUMN_TWICE = 1 << 5,            /* needs two looks: rates */
  PH_COLUMN_MEMORY = 1 << 6,           /* needs PH_WANT_MEMORY */
  PH_COLUMN_EXPORT_ONLY = 1 << 7,      /* csv and json only, never in a view: "owners" */
  PH_COLUMN_RANK_EXACT = 1 << 8,       /* equal ranks are equal values: ties need no compare() */
  PH_COLUMN_NAMES = 1 << 9,            /* a number or address that may be shown with its name (PH_NAME_SEPARATOR) */
} PhColumnFlags;

/* Between a number and its name. Numbers that stand at the end of their cell come last ("https · 443"), others first
 * ("192.0.2.7 · www.example.org"): they line up, and what is cut where space lacks is the name. */
#define PH_NAME_SEPARATOR " · "

typedef struct _PhColumn PhColumn;

/* The rank of an absent value: last. */
#define PH_RANK_ABSENT G_MAXUINT64

struct _PhColumn
{
  const char *id;    /* stable: csv, json, --columns, settings, filter field */
  const char *title; /* N_(), netstat's own name where it has one */
  const char *help;  /* N_(), one line: --columns help, header tooltip */
  PhAlign align;
  guint8 width;  /* characters that usually suffice */
  guint16 flags; /* PhColumnFlags */
  guint8 kind;   /* PhValueKind of its values: lets a filter say at once that "fast" is no number. NONE: any */

  /* The typed value: JSON, comparisons in filters, the default for all below. Absent stays PH_VALUE_NONE. */
  void (*value) (gconstpointer record, PhValue *value);

  /* Appends what people read. NULL: the value as text. Appends nothing for an absent value: the view shows a dim dash,
   * or nothing where is_none(). */
  void (*format) (gconstpointer record, const PhStyle *style, GString *text);

  /* Appends the whole story for the tooltip: flags spelled out, why a value is absent. NULL: the cell's text. */
  void (*explain) (gconstpointer record, const PhStyle *style, GString *text);

  /* An order-preserving prefix of the value: rank(a) < rank(b) implies a sorts before b; PH_RANK_ABSENT for an absent
   * value and for no other. NULL: made from the value. */
  guint64 (*rank) (gconstpointer record);

  /* Decides between equal ranks. NULL: by value. */
  int (*compare) (gconstpointer a, gconstpointer b);

  /* A small graph instead of text in the window: one or two lines, drawn to the same scale. @second stays NULL where
   * there is one. NULL: text. The column still has a value (the last rate) for sorting, export and screen readers. */
  void (*traces) (gconstpointer record, const PhTrace **first, const PhTrace **second);

  /* Of a record whose value is absent. TRUE: it has none, as a Unix socket has no port, and the cell is left blank.
   * FALSE: it is not known, which the view shows as a dash, and explain() says why. NULL: absent is never none. */
  gboolean (*is_none) (gconstpointer record);
};

/* TRUE: what is absent is none, in every record. For PhColumn.is_none. */
gboolean ph_column_absent_is_none (gconstpointer record);

/* Whether the record, whose value is absent, has none. */
static inline gboolean
ph_column_is_none (const PhColumn *column, gconstpointer record)
{
  return column->is_none && column->is_none (record);
}

/* Value → text, with the defaults above applied. @text is appended to. */
void ph_column_format (const PhColumn *column, gconstpointer record, const PhStyle *style, GString *text);
void ph_column_explain (const PhColumn *column, gconstpointer record, const PhStyle *style, GString *text);
guint64 ph_column_rank (const PhColumn *column, gconstpointer record);

/* TRUE where two records of this rank are equal in this column: by PH_COLUMN_RANK_EXACT; an address that is IPv4; a
 * text whose rank ends in a zero byte, because then it holds all of the text. A rank() of these kinds must keep that.
 */
gboolean ph_column_rank_is_exact (const PhColumn *column, guint64 rank);

/* The whole order: by rank() where there is one, then by compare(). */
int ph_column_compare (const PhColumn *column, gconstpointer a, gconstpointer b);

/* Ranks of plain values, for rank() functions; may reach PH_RANK_ABSENT: cap them where that can be. */
guint64 ph_rank_int (gint64 number);
guint64 ph_rank_real (double number);
guint64 ph_rank_text (const char *text); /* its first eight bytes, ASCII letters folded */
