/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One hash from protocol and port to name; the names lie in one string chunk. */
#include "ph-services.h"

#include <string.h>

#include "ph-text.h"

#define NAME_MAX_BYTES 63

struct _PhServices
{
  GHashTable *names; /* protocol number << 16 | port → name */
  GStringChunk *chunk;
};

typedef struct
{
  const char *start;
  gsize length;
} Token;

/* -1: none that a socket can have. */
static int
protocol_number (const char *name, gsize length)
{
  static const char *const names[] = { "tcp", "udp", "sctp", "dccp" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (strlen (names[i]) == length && memcmp (names[i], name, length) == 0)
      return (int) i;
  return -1;
}

static gboolean
is_blank (char c)
{
  return c == ' ' || c == '\t' || c == '\r' || c == '\f' || c == '\v';
}

static Token
next_token (const char **at, const char *end)
{
  Token token;

  while (*at < end && is_blank (**at))
    (*at)++;
  token.start = *at;
  while (*at < end && !is_blank (**at))
    (*at)++;
  token.length = (gsize) (*at - token.start);
  return token;
}

/* "443/tcp" */
static gboolean
parse_port (Token token, guint32 *key)
{
  guint port = 0;
  gsize i = 0;
  int protocol;

  for (; i < token.length && g_ascii_isdigit (token.start[i]); i++)
    {
      port = port * 10 + (guint) (token.start[i] - '0');
      if (port > G_MAXUINT16)
        return FALSE;
    }
  if (port == 0 || i == token.length || token.start[i] != '/')
    return FALSE;
  protocol = protocol_number (token.start + i + 1, token.length - i - 1);
  if (protocol < 0)
    return FALSE;
  *key = (guint32) protocol << 16 | port;
  return TRUE;
}

static void
parse_line (PhServices *services, const char *line, const char *end)
{
  const char *comment = memchr (line, '#', (gsize) (end - line));
  Token name, port;
  guint32 key;

  if (comment)
    end = comment;
  name = next_token (&line, end);
  port = next_token (&line, end);
  if (name.length == 0 || name.length > NAME_MAX_BYTES || ph_text_fit (name.start, name.length) != name.length)
    return;
  if (!parse_port (port, &key) || g_hash_table_contains (services->names, GUINT_TO_POINTER (key)))
    return;
  g_hash_table_insert (services->names, GUINT_TO_POINTER (key),
                       g_string_chunk_insert_len (services->chunk, name.start, (gssize) name.length));
}

PhServices *
ph_services_parse (const char *text, gsize length)
{
  PhServices *services = g_new0 (PhServices, 1);
  const char *end = text + length;

  services->names = g_hash_table_new (NULL, NULL);
  services->chunk = g_string_chunk_new (4096);
  while (text < end)
    {
      const char *newline = memchr (text, '\n', (gsize) (end - text));
      const char *line_end = newline ? newline : end;

      parse_line (services, text, line_end);
      text = newline ? newline + 1 : end;
    }
  return services;
}

void
ph_services_free (PhServices *services)
{
  if (!services)
    return;
  g_hash_table_unref (services->names);
  g_string_chunk_free (services->chunk);
  g_free (services);
}

const char *
ph_services_find (const PhServices *services, const char *protocol, guint16 port)
{
  int number = protocol_number (protocol, strlen (protocol));

  if (number < 0)
    return NULL;
  return g_hash_table_lookup (services->names, GUINT_TO_POINTER ((guint32) number << 16 | port));
}
