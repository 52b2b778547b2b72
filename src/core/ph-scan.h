/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A reader of one line of text, field by field, that never looks beyond its end and never wraps a number around.
 *
 * Failure sticks: after the first field that is not what was asked for, everything reads as zero. So a caller takes all
 * the fields of a line and looks at @failed once.
 */
#pragma once

#include <glib.h>

typedef struct
{
  const char *at;
  const char *end;
  gboolean failed;
} PhScan;

static inline PhScan
ph_scan_begin (const char *line, gsize length)
{
  return (PhScan){ line, line + length, FALSE };
}

/* Passes over blanks. TRUE: there is more. */
gboolean ph_scan_more (PhScan *scan);

/* This very character comes next. */
void ph_scan_char (PhScan *scan, char c);

/* Numbers after any blanks, at most @max. */
guint64 ph_scan_decimal (PhScan *scan, guint64 max);
guint64 ph_scan_hex (PhScan *scan, guint64 max);

/* Exactly @n hexadecimal digits, at most eight, with no blanks before them. */
guint32 ph_scan_digits (PhScan *scan, guint n);

/* Passes over @n words. */
void ph_scan_skip (PhScan *scan, guint n);

/* What stands up to the next blank. NULL: nothing, or failed. */
const char *ph_scan_word (PhScan *scan, gsize *length);
