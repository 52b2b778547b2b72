/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The filter language, the same in the window and on the command line: words, and "field:value" terms, and-ed.
 *
 *   filter  := term*                 term  := ["-"] (word | field ":" value ("," value)*)
 *   word    := bare or "quoted"      value := text | number | low-high | (">" | ">=" | "<" | "<=") number | address["/"
 * bits]
 *
 * A word matches where any of the shown columns contains it. A field is a column id or one of the aliases below; "is:"
 * takes the schema's words. Matching ignores case. A leading "-" excludes. Parsing is total and takes linear time.
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

/* The flags of the columns that its fields name (PhColumnFlags): what must be collected for it to match. */
guint ph_filter_flags (const PhFilter *filter);

/* Thread-safe on one filter. */
gboolean ph_filter_match (const PhFilter *filter, const PhFilterContext *context, gconstpointer record);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PhFilter, ph_filter_unref)
