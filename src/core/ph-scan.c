/* SPDX-License-Identifier: GPL-3.0-or-later */
/* See ph-scan.h. */
#include "ph-scan.h"

static gboolean
is_blank (char c)
{
  return c == ' ' || c == '\t';
}

gboolean
ph_scan_more (PhScan *scan)
{
  while (scan->at < scan->end && is_blank (*scan->at))
    scan->at++;
  return scan->at < scan->end;
}

void
ph_scan_char (PhScan *scan, char c)
{
  if (!scan->failed && scan->at < scan->end && *scan->at == c)
    scan->at++;
  else
    scan->failed = TRUE;
}

static guint64
scan_number (PhScan *scan, guint base, guint64 max)
{
  const char *start;
  guint64 sum = 0;

  ph_scan_more (scan);
  for (start = scan->at; !scan->failed && scan->at < scan->end; scan->at++)
    {
      int digit = g_ascii_xdigit_value (*scan->at);

      if (digit < 0 || (guint) digit >= base)
        break;
      if ((guint) digit > max || sum > (max - (guint) digit) / base)
        scan->failed = TRUE;
      else
        sum = sum * base + (guint) digit;
    }
  if (scan->at == start)
    scan->failed = TRUE;
  return scan->failed ? 0 : sum;
}

guint64
ph_scan_decimal (PhScan *scan, guint64 max)
{
  return scan_number (scan, 10, max);
}

guint64
ph_scan_hex (PhScan *scan, guint64 max)
{
  return scan_number (scan, 16, max);
}

guint32
ph_scan_digits (PhScan *scan, guint n)
{
  guint32 sum = 0;

  for (; n > 0 && !scan->failed; n--)
    {
      int digit = scan->at < scan->end ? g_ascii_xdigit_value (*scan->at) : -1;

      scan->failed = digit < 0;
      sum = sum << 4 | (guint) (digit & 15);
      scan->at += !scan->failed;
    }
  return scan->failed ? 0 : sum;
}

void
ph_scan_skip (PhScan *scan, guint n)
{
  gsize length;

  for (; n > 0 && !scan->failed; n--)
    ph_scan_word (scan, &length);
}

const char *
ph_scan_word (PhScan *scan, gsize *length)
{
  const char *word;

  ph_scan_more (scan);
  word = scan->at;
  while (scan->at < scan->end && !is_blank (*scan->at))
    scan->at++;
  *length = (gsize) (scan->at - word);
  if (*length == 0)
    scan->failed = TRUE;
  return scan->failed ? NULL : word;
}
