/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of PhOptions share: the table of options. Parser and usage text are both driven by it. */
#pragma once

#include "ph-options.h"

typedef enum
{
  PH_OPTION_HEADING,  /* no option: a line of the usage text, @help */
  PH_OPTION_FLAG,     /* a gboolean */
  PH_OPTION_COUNT,    /* a guint: how often */
  PH_OPTION_TABLE,    /* the table is @table */
  PH_OPTION_PROGRAMS, /* a gboolean, or PhOptions.protos where names of protocols follow */
  PH_OPTION_ACCEPTED, /* nothing: here it is always so, or never is */

  PH_OPTION_TEXT,   /* a char *, with a value */
  PH_OPTION_FORMAT, /* a PhOutput, with a value */
  PH_OPTION_TIME,   /* a double, with a value in seconds */
  PH_OPTION_FAMILY, /* address families, with a value */
  PH_OPTION_EVENTS, /* a guint: bits of PhActivityWord, with a value */
} PhOptionKind;

typedef enum
{
  PH_OPTION_WINDOW_ONLY = 1 << 0, /* the other program does not know it */
  PH_OPTION_SLASH = 1 << 1,       /* Windows has this letter, and with this meaning */
  PH_OPTION_QUIET = 1 << 2,       /* for those who know it already: not in the usage text */
  PH_OPTION_LISTING = 1 << 3,     /* of a listing: -e beside it is not the Ethernet totals */
  PH_OPTION_CLI_ONLY = 1 << 4,    /* the window does not know it */
} PhOptionFlags;

typedef struct
{
  PhOptionKind kind;
  char letter;          /* 0: none */
  const char *name;     /* NULL: none */
  gsize offset;         /* of its field in PhOptions */
  const char *argument; /* N_() */
  const char *help;     /* N_() */
  guint8 flags;         /* PhOptionFlags */
  guint8 table;         /* PhTableId */
} PhOption;

extern const PhOption ph_options_table[];
extern const guint ph_n_options;

static inline gboolean
ph_option_has_value (const PhOption *option)
{
  return option->kind >= PH_OPTION_TEXT;
}

/* NULL: there is none. No letter is for one program alone. */
const PhOption *ph_option_by_letter (char letter);

/* The option of that name, or the only one whose name begins so. */
const PhOption *ph_option_by_name (PhProgram program, const char *name, gsize length);

/* Reads @value into the option's field. */
gboolean ph_option_set_value (const PhOption *option, PhOptions *options, const char *value, GError **error);

/* Digits with at most one '.', whatever the locale; above 0, and at most a year. */
gboolean ph_option_read_seconds (const char *text, double *seconds);

/* "tcp", "ICMPv6"... FALSE: it is none. */
gboolean ph_option_read_proto (const char *text, PhProto *proto);

/* @argument made fit for a message: no control characters, valid UTF-8, not endless. */
char *ph_option_quote (const char *argument);
