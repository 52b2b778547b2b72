/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lines of /proc/net/igmp (net/ipv4/igmp.c) and /proc/net/igmp6 (net/ipv6/mcast.c). */
#include "ph-group.h"

#include <linux/if.h>
#include <string.h>

#include "ph-scan.h"
#include "ph-text.h"

#define PART_IGMP6 1

/* What stands up to a blank or colon, neither of which a name can hold (net/core/dev.c dev_valid_name()). */
static void
scan_name (PhScan *scan, char name[PH_LINK_NAME_MAX])
{
  g_autoptr (GString) text = NULL;
  const char *start;
  gsize length;

  ph_scan_more (scan);
  start = scan->at;
  while (scan->at < scan->end && *scan->at != ' ' && *scan->at != '\t' && *scan->at != ':')
    scan->at++;
  length = (gsize) (scan->at - start);
  if (length == 0 || length >= IFNAMSIZ)
    {
      scan->failed = TRUE;
      return;
    }
  text = g_string_new (NULL);
  ph_text_sanitize (start, length, text);
  g_strlcpy (name, text->str, PH_LINK_NAME_MAX);
}

/* index TAB name : count querier */
static void
read_interface (PhScan *scan, PhGroupReader *reader)
{
  guint32 index = (guint32) ph_scan_decimal (scan, G_MAXINT32);
  char name[PH_LINK_NAME_MAX];

  scan_name (scan, name);
  ph_scan_more (scan);
  ph_scan_char (scan, ':');
  if (index == 0)
    scan->failed = TRUE;
  if (scan->failed)
    return;
  reader->interface = index;
  memcpy (reader->name, name, sizeof name);
}

/* TAB TAB TAB TAB group users timer reporter: the group as %08X of its bytes read as a number of this machine */
static void
read_group4 (PhScan *scan, PhGroupKey *key, guint32 *users)
{
  guint32 word;

  ph_scan_more (scan);
  word = ph_scan_digits (scan, 8);
  *users = (guint32) ph_scan_decimal (scan, G_MAXINT32);
  ph_address_set (&key->address, PH_FAMILY_IPV4, &word);
}

/* index name group users flags timer: the group as 32 digits, in the order of its bytes */
static void
read_group6 (PhScan *scan, PhGroupKey *key, guint32 *users, char name[PH_LINK_NAME_MAX])
{
  guint8 bytes[16];

  key->interface = (guint32) ph_scan_decimal (scan, G_MAXINT32);
  scan_name (scan, name);
  ph_scan_more (scan);
  for (guint i = 0; i < sizeof bytes; i++)
    bytes[i] = (guint8) ph_scan_digits (scan, 2);
  *users = (guint32) ph_scan_decimal (scan, G_MAXINT32);
  if (key->interface == 0)
    scan->failed = TRUE;
  ph_address_set (&key->address, PH_FAMILY_IPV6, bytes);
}

/* FALSE: it could not be understood. */
static gboolean
read_line (PhGroupReader *reader, guint part, const char *line, gsize length, PhGroupFunc func, gpointer user_data)
{
  PhScan scan = ph_scan_begin (line, length);
  PhGroupKey key = { 0 };
  guint32 users;

  if (part == PART_IGMP6)
    {
      char name[PH_LINK_NAME_MAX];

      read_group6 (&scan, &key, &users, name);
      if (!scan.failed)
        func (&key, users, name, user_data);
      return !scan.failed;
    }
  if (length >= 3 && memcmp (line, "Idx", 3) == 0)
    return TRUE;
  if (*line != '\t')
    {
      *reader = (PhGroupReader){ 0 };
      read_interface (&scan, reader);
      return !scan.failed;
    }
  key.interface = reader->interface;
  read_group4 (&scan, &key, &users);
  if (scan.failed || key.interface == 0)
    return FALSE;
  func (&key, users, reader->name, user_data);
  return TRUE;
}

guint
ph_decode_groups (
    PhGroupReader *reader, guint part, const void *bytes, gsize length, PhGroupFunc func, gpointer user_data)
{
  const char *line = bytes;
  const char *end = length > 0 ? line + length : line; /* no bytes: NULL, to which nothing may be added */
  guint malformed = 0;

  while (line < end)
    {
      const char *newline = memchr (line, '\n', (gsize) (end - line));
      gsize line_length = (gsize) ((newline ? newline : end) - line);

      if (line_length > 0 && !read_line (reader, part, line, line_length, func, user_data))
        malformed++;
      line += line_length + 1;
    }
  return malformed;
}
