/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The filter language, the same in the window and on the command line: words, and "field:value" terms, and-ed.
 *
 *   filter  := term*            term  := ["-"] (word | field ":" value ("," value)*)
 *   word    := text             value := text | number | low "-" high | (">" | ">=" | "<" | "<=") number
 *                                             | address ["/" bits] | "=" [text]
 *   number  := digits ["." digits] ["k" | "M" | "G" | "T"]      powers of 1000
 *
 * Text ends at a space, in a value also at a comma, unless it stands in double quotes; inside them \" and \\ are a
 * quotation mark and a backslash.
 *
 * A word matches where any of the shown columns contains it. A field is a column id, "is" with the schema's words, or
 * one of the schema's own fields (for sockets: port, lport, rport, addr, local, remote, iface, recvq, sendq, scope and
 * those of ph-socket-fields.c). A field with a closed set of words takes them whole or begun: "state:fin" is FIN_WAIT1
 * and FIN_WAIT2. Numbers and addresses are compared as such; any other text matches where the value or the cell
 * contains it. After an = it is the whole value or cell ("process:=sh" is not bash), the whole word, one number; with
 * nothing after it the record has no value there. An = in quotes is a sign like others. Matching ignores case, in all
 * of Unicode. A leading "-" excludes. Parsing is total and takes linear time.
 */
#pragma once

#include "ph-schema.h"

typedef struct _PhFilter PhFilter;

#define PH_FILTER_ERROR (ph_filter_error_quark ())
GQuark ph_filter_error_quark (void);

typedef enum
{
  PH_FILTER_ERROR_FIELD,  /* no such field */
  PH_FILTER_ERROR_VALUE,  /* not a value of that field */
  PH_FILTER_ERROR_SYNTAX, /* an open quote, a field with no value */
} PhFilterErrorCode;

/* What a match depends on besides the record. */
typedef struct
{
  const PhColumn *const *columns; /* the shown ones, NULL-terminated: words look in these */
  const PhStyle *style;
} PhFilterContext;

/* @position, where not NULL, gets the byte offset of the error in @text. The empty text matches everything. */
PhFilter *ph_filter_parse (const PhSchema *schema, const char *text, gsize *position, GError **error);
PhFilter *ph_filter_ref (PhFilter *filter);
void ph_filter_unref (PhFilter *filter);
gboolean ph_filter_is_empty (const PhFilter *filter);

/* What of @text a mistake at @position is about, for marking it: not empty unless @text is. Byte offsets, as all are;
 * g_utf8_pointer_to_offset() makes characters of them. */
void ph_filter_error_span (const char *text, gsize position, gsize *start, gsize *end);

/* The flags of the columns that its fields name (PhColumnFlags): what must be collected for it to match. */
guint ph_filter_flags (const PhFilter *filter);

/* Thread-safe on one filter. */
gboolean ph_filter_match (const PhFilter *filter, const PhFilterContext *context, gconstpointer record);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PhFilter, ph_filter_unref)
