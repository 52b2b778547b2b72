/* SPDX-License-Identifier: GPL-3.0-or-later */
/* See ph-route-query.h. */
#include "ph-route-query.h"

#include <string.h>
#include <sys/socket.h>

#include "ph-i18n.h"
#include "ph-text.h"

#define SHOWN_MAX 64 /* bytes of what was typed that a message repeats */

G_DEFINE_QUARK (ph_route_query_error_quark, ph_route_query_error)

static gboolean
is_said (const char *text)
{
  return text && text[strspn (text, " \t")] != '\0';
}

/* "fe80::1" and "eth0" of " [fe80::1%eth0] ": what is typed without blanks, brackets and zone, and the zone, which is
 * part of the same piece of memory; NULL: none. */
static char *
split (const char *text, char **zone)
{
  g_autofree char *typed = g_strstrip (g_strdup (text));
  const gsize length = strlen (typed);
  const gboolean bracketed = length > 2 && typed[0] == '[' && typed[length - 1] == ']' && strchr (typed, ':');
  char *inner = bracketed ? g_strndup (typed + 1, length - 2) : g_steal_pointer (&typed);

  *zone = strchr (inner, ':') ? strchr (inner, '%') : NULL;
  if (*zone)
    *(*zone)++ = '\0';
  return inner;
}

gboolean
ph_route_query_address (const char *text, PhAddress *address)
{
  char *zone;
  g_autofree char *inner = split (text, &zone);

  return ph_address_parse (inner, address, NULL) && (!zone || *zone != '\0');
}

char *
ph_route_query_interface (const PhRouteQuestion *question)
{
  char *zone = NULL;
  /* What @zone points into. */
  g_autofree G_GNUC_UNUSED char *inner = question->address ? split (question->address, &zone) : NULL;
  const char *typed = is_said (question->interface) ? question->interface : zone;
  g_autofree char *name = typed ? g_strstrip (g_strdup (typed)) : NULL;
  GString *text;

  if (!name || *name == '\0')
    return NULL;
  text = g_string_new (NULL);
  ph_text_sanitize (name, strlen (name), text);
  return g_string_free (text, FALSE);
}

/* @format has one %s, for what was typed. */
static gboolean
refuse (GError **error, PhRouteQueryErrorCode code, const char *format, const char *typed)
{
  g_autoptr (GString) shown = g_string_new (NULL);
  gsize length = strlen (typed);

  ph_text_sanitize (typed, MIN (length, SHOWN_MAX), shown);
  if (length > SHOWN_MAX)
    g_string_append (shown, "…");
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  g_set_error (error, PH_ROUTE_QUERY_ERROR, code, format, shown->str);
#pragma GCC diagnostic pop
  return FALSE;
}

static gboolean
parse_mark (const char *text, guint32 *mark)
{
  g_autofree char *inner = g_strstrip (g_strdup (text));
  gboolean hex = inner[0] == '0' && (inner[1] | 0x20) == 'x';
  guint64 number;

  if (!g_ascii_string_to_unsigned (hex ? inner + 2 : inner, hex ? 16 : 10, 0, G_MAXUINT32, &number, NULL))
    return FALSE;
  *mark = (guint32) number;
  return TRUE;
}

gboolean
ph_route_query_parse (const PhRouteQuestion *question, PhRouteQuery *query, GError **error)
{
  const char *typed = question->address ? question->address : "";
  PhAddress destination, source;

  *query = (PhRouteQuery){ 0 };
  if (!ph_route_query_address (typed, &destination))
    return refuse (error, PH_ROUTE_QUERY_ERROR_ADDRESS, _ ("“%s” is not an address"), typed);
  query->family = destination.family == PH_FAMILY_IPV4 ? AF_INET : AF_INET6;
  memcpy (query->destination, destination.bytes, sizeof query->destination);

  if (is_said (question->source))
    {
      if (!ph_route_query_address (question->source, &source))
        return refuse (error, PH_ROUTE_QUERY_ERROR_SOURCE, _ ("The source “%s” is not an address"), question->source);
      if (source.family != destination.family)
        return refuse (error, PH_ROUTE_QUERY_ERROR_SOURCE,
                       destination.family == PH_FAMILY_IPV4 ? _ ("The source “%s” is not an IPv4 address")
                                                            : _ ("The source “%s” is not an IPv6 address"),
                       question->source);
      query->has_source = true;
      memcpy (query->source, source.bytes, sizeof query->source);
    }
  if (is_said (question->mark) && !parse_mark (question->mark, &query->mark))
    return refuse (error, PH_ROUTE_QUERY_ERROR_MARK, _ ("The mark “%s” is not a number of 32 bits"), question->mark);
  return TRUE;
}
