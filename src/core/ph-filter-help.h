/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What can be said in a table's filter, for people: its fields, its words and examples, made from the same schema that
 * the parser reads, so that neither can know what the other does not. For "--filter help", and for the window.
 */
#pragma once

#include "ph-schema.h"

typedef enum
{
  PH_FILTER_TAKES_TEXT,
  PH_FILTER_TAKES_NUMBER,
  PH_FILTER_TAKES_ADDRESS,
  PH_FILTER_TAKES_WORDS, /* a closed set of them */
} PhFilterTakes;

#define PH_FILTER_NAMES_MAX 4

/* A field; all strings are the schema's. */
typedef struct
{
  const char *names[PH_FILTER_NAMES_MAX + 1]; /* that mean the same, the usual one first; NULL-terminated */
  const char *help;                           /* N_(), one line */
  PhFilterTakes takes;
  const char *const *words; /* NULL-terminated where @takes says so, else NULL */
} PhFilterFieldHelp;

typedef struct
{
  const char *text; /* a whole filter */
  const char *help; /* N_(): what it leaves */
} PhFilterExample;

/* All fields, each once, "is" first where the schema has words; free with g_free(). */
PhFilterFieldHelp *ph_filter_help_fields (const PhSchema *schema, guint *n_fields);

/* Static; none for a schema that is no table's. */
const PhFilterExample *ph_filter_help_examples (const PhSchema *schema, guint *n_examples);

/* "text", "number", "address", "word"; translated. */
const char *ph_filter_takes_name (PhFilterTakes takes);

/* Adds "a, b, c" in lines of up to @width characters, all but the first indented by @indent; no newline at the end. */
void ph_filter_help_append_words (GString *text, const char *const *words, guint indent, guint width);

/* All of it as text for a terminal, translated; free with g_free(). */
char *ph_filter_help (const PhSchema *schema);
