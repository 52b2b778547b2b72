/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads what was typed as everything that it can be read as; what says itself what it is, only as that. */
#include "ph-lookup-query.h"

#include <string.h>

#include "ph-text.h"

#define TYPED_MAX 512 /* bytes */

#define BIT(kind) (1u << PH_LOOKUP_##kind)
#define PORTS     (BIT (LOCAL_PORT) | BIT (REMOTE_PORT))
#define ADDRESSES (BIT (LOCAL_ADDRESS) | BIT (REMOTE_ADDRESS))
#define INODES    (BIT (INODE) | BIT (PEER))
#define NAMES     (BIT (PROCESS) | BIT (UNIT) | BIT (PATH))

static const struct
{
  const char *word;
  guint kinds;
} words[] = {
  { "pid", BIT (PROCESS) },
  { "process", BIT (PROCESS) },
  { "program", BIT (PROCESS) },
  { "port", PORTS },
  { "lport", BIT (LOCAL_PORT) },
  { "rport", BIT (REMOTE_PORT) },
  { "local_port", BIT (LOCAL_PORT) },
  { "remote_port", BIT (REMOTE_PORT) },
  { "addr", ADDRESSES },
  { "address", ADDRESSES },
  { "local", BIT (LOCAL_ADDRESS) },
  { "remote", BIT (REMOTE_ADDRESS) },
  { "local_address", BIT (LOCAL_ADDRESS) },
  { "remote_address", BIT (REMOTE_ADDRESS) },
  { "inode", INODES },
  { "socket", INODES },
  { "peer", BIT (PEER) },
  { "unit", BIT (UNIT) },
  { "path", BIT (PATH) },
};

/* --- numbers --- */

/* All of it is digits. One that is too large for any of these is a number all the same, which nothing has. */
static gboolean
parse_number (const char *text, guint64 *number)
{
  if (!*text || strspn (text, "0123456789") != strlen (text))
    return FALSE;
  if (!g_ascii_string_to_unsigned (text, 10, 0, G_MAXUINT64, number, NULL))
    *number = G_MAXUINT64;
  return TRUE;
}

static gboolean
parse_port (const char *text, guint16 *port)
{
  guint64 number;

  if (!parse_number (text, &number) || number == 0 || number > G_MAXUINT16)
    return FALSE;
  *port = (guint16) number;
  return TRUE;
}

/* --- addresses --- */

/* "192.168.1", "10.": the network that begins so. */
static gboolean
parse_beginning (const char *text, PhLookupQuery *query)
{
  g_auto (GStrv) parts = g_strsplit (text, ".", -1);
  guint8 bytes[4] = { 0 };
  guint n = 0;

  while (parts[n] && *parts[n])
    {
      guint64 number;

      if (n == 3 || !parse_number (parts[n], &number) || number > 255)
        return FALSE;
      bytes[n++] = (guint8) number;
    }
  /* A lone number is none; nor is one that ends in two points. */
  if (n == 0 || (parts[n] ? parts[n + 1] != NULL : n < 2))
    return FALSE;
  ph_address_set (&query->address, PH_FAMILY_IPV4, bytes);
  query->prefix = n * 8;
  return TRUE;
}

static gboolean
parse_plain_address (const char *text, PhLookupQuery *query)
{
  /* "fe80::1%eth0": the interface is shown with the row, and not needed to find it. */
  g_autofree char *number = g_strndup (text, strcspn (text, "%"));

  return ph_address_parse (number, &query->address, &query->prefix) || parse_beginning (number, query);
}

/* ADDRESS, ADDRESS/BITS, IPV4:PORT, [IPV6], [IPV6]:PORT, *:PORT. */
static gboolean
parse_address (const char *text, PhLookupQuery *query)
{
  const char *close = *text == '[' ? strchr (text, ']') : NULL;
  const char *colon = strrchr (text, ':');
  g_autofree char *host = NULL;

  if (close)
    {
      host = g_strndup (text + 1, (gsize) (close - text - 1));
      return parse_plain_address (host, query)
             && (close[1] == '\0' || (close[1] == ':' && parse_port (close + 2, &query->port)));
    }
  if (parse_plain_address (text, query))
    return TRUE;
  if (!colon || strchr (text, ':') != colon)
    return FALSE;
  host = g_strndup (text, (gsize) (colon - text));
  return parse_plain_address (host, query) && parse_port (colon + 1, &query->port);
}

/* --- the whole --- */

/* ":443", "*:443": netstat's way to write a port at any address. */
static const char *
skip_any (const char *text)
{
  const char *rest = *text == '*' ? text + 1 : text;
  guint16 port;

  return *rest == ':' && parse_port (rest + 1, &port) ? rest + 1 : NULL;
}

/* "pid:", "pid " and "socket:[" at the beginning. Returns what follows, or NULL; @kinds: what it is to be. */
static const char *
skip_word (const char *text, guint *kinds)
{
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      gsize length = strlen (words[i].word);
      const char *rest;
      gboolean colon;

      if (g_ascii_strncasecmp (text, words[i].word, length) != 0)
        continue;
      rest = text + length;
      colon = *rest == ':' || *rest == '=';
      if (!colon && *rest != ' ')
        continue;
      rest += strspn (rest, ":= ");
      /* "port city" is a name, "port 443" is not. */
      if (!*rest || (!colon && !g_ascii_isdigit (*rest)))
        continue;
      *kinds = words[i].kinds;
      return rest;
    }
  return NULL;
}

/* socket:[4711], as /proc/PID/fd has it. */
static void
strip_brackets (GString *text)
{
  guint64 number;

  if (text->len > 2 && text->str[0] == '[' && text->str[text->len - 1] == ']')
    {
      g_autofree char *inside = g_strndup (text->str + 1, text->len - 2);

      if (parse_number (inside, &number))
        g_string_assign (text, inside);
    }
}

static guint
kinds_of_number (guint64 number)
{
  return INODES | (number > 0 && number <= PH_LOOKUP_PID_MAX ? BIT (PROCESS) : 0)
         | (number > 0 && number <= G_MAXUINT16 ? PORTS : 0);
}

static void
read_kinds (PhLookupQuery *query, const char *text, guint wanted)
{
  if (parse_number (text, &query->number))
    {
      query->is_number = TRUE;
      query->kinds = kinds_of_number (query->number) & wanted;
    }
  else if (parse_address (text, query))
    query->kinds = ADDRESSES & wanted;
  else
    {
      memset (&query->address, 0, sizeof query->address);
      query->kinds = (NAMES | PORTS) & wanted;
    }
  /* "port 70000": it is none of what it says it is, and so nothing will be found. */
  if (query->kinds == 0)
    query->kinds = wanted & ((1u << PH_LOOKUP_N_KINDS) - 1);
}

PhLookupQuery *
ph_lookup_query_parse (const char *text)
{
  PhLookupQuery *query = g_new0 (PhLookupQuery, 1);
  g_autoptr (GString) fit = g_string_new (NULL);
  g_autofree char *stripped = NULL;
  const char *rest, *any;
  guint wanted = ~0u;

  ph_text_sanitize (text, strnlen (text, TYPED_MAX), fit);
  stripped = g_strstrip (g_strdup (fit->str));
  rest = skip_word (stripped, &wanted);
  query->named = rest != NULL;
  g_string_assign (fit, rest ? rest : stripped);
  if (query->named && wanted & INODES)
    strip_brackets (fit);
  any = query->named ? NULL : skip_any (fit->str);
  if (any)
    {
      g_string_erase (fit, 0, any - fit->str);
      query->named = TRUE;
      wanted = PORTS;
    }

  if (fit->len > 0)
    read_kinds (query, fit->str, wanted);
  if (fit->len > 0 && !query->is_number && query->address.family == PH_FAMILY_NONE)
    query->folded = g_utf8_casefold (fit->str, (gssize) fit->len);
  else
    query->folded = g_strdup ("");
  query->typed = g_strdup (fit->str);
  return query;
}

void
ph_lookup_query_free (PhLookupQuery *query)
{
  g_free (query->typed);
  g_free (query->folded);
  g_free (query);
}

gint32
ph_lookup_query_pid (const PhLookupQuery *query)
{
  if (!query->is_number || !ph_lookup_query_may_be (query, PH_LOOKUP_PROCESS) || query->number == 0
      || query->number > PH_LOOKUP_PID_MAX)
    return 0;
  return (gint32) query->number;
}
