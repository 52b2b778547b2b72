/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two books of names, read from the lines of iproute2's files. */
#include "ph-route-names.h"

#include <linux/rtnetlink.h>
#include <string.h>

#include "ph-scan.h"
#include "ph-text.h"

#define FRESH_US        (60 * G_USEC_PER_SEC)
#define NAMES_MAX       4096 /* in one book */
#define NAME_LENGTH_MAX 128  /* bytes of a name in the file */
#define NEVER           (G_MININT64 / 2)

typedef struct
{
  PhRequestName request;
  guint32 max; /* number */
  gint64 asked_us;
  GHashTable *names;  /* number → char * */
  GHashTable *coming; /* of the answer that is being read; NULL between answers */

  /* The last number that was lent: rows of one table come one after the other. */
  guint32 lent_at; /* number of the collection */
  guint32 lent;
  const char *lent_name;
} Book;

struct _PhRouteNames
{
  gboolean wanted;
  guint32 now; /* number of the collection */
  Book tables;
  Book protocols;
};

static void
book_init (Book *book, PhRequestName request, guint32 max)
{
  book->request = request;
  book->max = max;
  book->asked_us = NEVER;
  book->names = g_hash_table_new_full (NULL, NULL, NULL, g_free);
}

static void
book_clear (Book *book)
{
  g_hash_table_unref (book->names);
  g_clear_pointer (&book->coming, g_hash_table_unref);
}

PhRouteNames *
ph_route_names_new (void)
{
  PhRouteNames *names = g_new0 (PhRouteNames, 1);

  book_init (&names->tables, PH_REQUEST_ROUTE_TABLES, G_MAXUINT32);
  book_init (&names->protocols, PH_REQUEST_ROUTE_PROTOCOLS, G_MAXUINT8);
  return names;
}

void
ph_route_names_free (PhRouteNames *names)
{
  if (!names)
    return;
  book_clear (&names->tables);
  book_clear (&names->protocols);
  g_free (names);
}

void
ph_route_names_begin (PhRouteNames *names, gboolean wanted)
{
  names->wanted = wanted;
  names->now++;
}

/* --- asking --- */

static gboolean
book_next (Book *book, gint64 time_us, PhRequest *request)
{
  if (time_us - book->asked_us < FRESH_US)
    return FALSE;
  book->asked_us = time_us;
  *request = (PhRequest){ .name = book->request };
  return TRUE;
}

gboolean
ph_route_names_next (PhRouteNames *names, gint64 time_us, PhRequest *request)
{
  if (!names->wanted)
    return FALSE;
  return book_next (&names->tables, time_us, request) || book_next (&names->protocols, time_us, request);
}

/* --- reading --- */

/* Decimal, or hexadecimal with its sign. */
static guint64
scan_number (PhScan *scan, guint64 max)
{
  if (ph_scan_more (scan) && scan->end - scan->at > 2 && scan->at[0] == '0' && (scan->at[1] | 0x20) == 'x')
    {
      scan->at += 2;
      return ph_scan_hex (scan, max);
    }
  return ph_scan_decimal (scan, max);
}

static void
take_line (Book *book, const char *line, gsize length)
{
  PhScan scan = ph_scan_begin (line, length);
  guint32 number = (guint32) scan_number (&scan, book->max);
  gboolean apart = scan.at < scan.end && g_ascii_isspace (*scan.at);
  gsize name_length = 0;
  const char *name = ph_scan_word (&scan, &name_length);
  g_autoptr (GString) text = NULL;

  if (scan.failed || !apart || !name || name[0] == '#' || name_length > NAME_LENGTH_MAX)
    return;
  if (g_hash_table_size (book->coming) >= NAMES_MAX)
    return;
  text = g_string_new (NULL);
  ph_text_sanitize (name, name_length, text);
  g_hash_table_replace (book->coming, GUINT_TO_POINTER (number), g_string_free (g_steal_pointer (&text), FALSE));
}

static void
take_text (Book *book, const char *line, gsize length)
{
  const char *end = length > 0 ? line + length : line;

  while (line < end)
    {
      const char *newline = memchr (line, '\n', (gsize) (end - line));
      gsize line_length = (gsize) ((newline ? newline : end) - line);

      take_line (book, line, line_length);
      line += line_length + (newline != NULL);
    }
}

static void
book_take (Book *book, PhFrameKind kind, const void *bytes, gsize length)
{
  if (kind == PH_FRAME_RESTART)
    g_clear_pointer (&book->coming, g_hash_table_unref);
  if (!book->coming)
    book->coming = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  if (kind == PH_FRAME_TEXT)
    take_text (book, bytes, length);
  if (kind == PH_FRAME_END)
    {
      g_hash_table_unref (book->names);
      book->names = g_steal_pointer (&book->coming);
    }
}

void
ph_route_names_take (PhRouteNames *names, const PhAsked *asked, PhFrameKind kind, const void *bytes, gsize length)
{
  if (asked->request == PH_REQUEST_ROUTE_TABLES)
    book_take (&names->tables, kind, bytes, length);
  else if (asked->request == PH_REQUEST_ROUTE_PROTOCOLS)
    book_take (&names->protocols, kind, bytes, length);
}

/* --- giving --- */

const char *
ph_number_text (guint8 number)
{
  static char texts[G_MAXUINT8 + 1][4];
  static gsize done;

  if (g_once_init_enter (&done))
    {
      for (guint i = 0; i <= G_MAXUINT8; i++)
        g_snprintf (texts[i], sizeof texts[i], "%u", i);
      g_once_init_leave (&done, 1);
    }
  return texts[number];
}

static const char *
number_text (guint32 number, PhSnapshot *snapshot)
{
  char text[16];

  if (number <= G_MAXUINT8)
    return ph_number_text ((guint8) number);
  g_snprintf (text, sizeof text, "%u", number);
  return ph_arena_string (ph_snapshot_arena (snapshot), text);
}

static const char *
book_lend (Book *book, guint32 now, guint32 number, const char *builtin, PhSnapshot *snapshot)
{
  const char *name;

  if (book->lent_at == now && book->lent == number)
    return book->lent_name;
  name = g_hash_table_lookup (book->names, GUINT_TO_POINTER (number));
  book->lent_at = now;
  book->lent = number;
  book->lent_name = name      ? ph_arena_string (ph_snapshot_arena (snapshot), name)
                    : builtin ? builtin
                              : number_text (number, snapshot);
  return book->lent_name;
}

static const char *
builtin_table (guint32 number)
{
  switch (number)
    {
    case RT_TABLE_DEFAULT:
      return "default";
    case RT_TABLE_MAIN:
      return "main";
    case RT_TABLE_LOCAL:
      return "local";
    default:
      return NULL;
    }
}

static const char *
builtin_protocol (guint8 number)
{
  static const char *const protocols[G_MAXUINT8 + 1] = {
    [RTPROT_UNSPEC] = "unspec",
    [RTPROT_REDIRECT] = "redirect",
    [RTPROT_KERNEL] = "kernel",
    [RTPROT_BOOT] = "boot",
    [RTPROT_STATIC] = "static",
    [RTPROT_GATED] = "gated",
    [RTPROT_RA] = "ra",
    [RTPROT_MRT] = "mrt",
    [RTPROT_ZEBRA] = "zebra",
    [RTPROT_BIRD] = "bird",
    [RTPROT_DNROUTED] = "dnrouted",
    [RTPROT_XORP] = "xorp",
    [RTPROT_NTK] = "ntk",
    [RTPROT_DHCP] = "dhcp",
    [RTPROT_MROUTED] = "mrouted",
    [RTPROT_BABEL] = "babel",
    [RTPROT_KEEPALIVED] = "keepalived",
    [RTPROT_OPENR] = "openr",
    [RTPROT_BGP] = "bgp",
    [RTPROT_ISIS] = "isis",
    [RTPROT_OSPF] = "ospf",
    [RTPROT_RIP] = "rip",
    [RTPROT_EIGRP] = "eigrp",
  };

  return protocols[number];
}

const char *
ph_route_names_table (PhRouteNames *names, guint32 number, PhSnapshot *snapshot)
{
  return book_lend (&names->tables, names->now, number, builtin_table (number), snapshot);
}

const char *
ph_route_names_protocol (PhRouteNames *names, guint8 number, PhSnapshot *snapshot)
{
  return book_lend (&names->protocols, names->now, number, builtin_protocol (number), snapshot);
}
