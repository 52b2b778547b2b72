/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What follows an option: read, or refused in words that are fit to show. */
#include "ph-options-private.h"

#include <string.h>

#include "ph-activity.h"
#include "ph-i18n.h"
#include "ph-text.h"

#define SHOWN_MAX 60              /* characters of an argument that a message quotes */
#define TIME_MAX  (366 * 86400.0) /* a year; anything longer is a slip of the finger */

static const char *const output_names[] = { "text", "csv", "json" }; /* by PhOutput */

static const char *const proto_names[PH_N_PROTOS]
    = { "tcp", "udp", "icmp", "ip", "tcpv6", "udpv6", "icmpv6", "ipv6" }; /* by PhProto */

char *
ph_option_quote (const char *argument)
{
  GString *text = g_string_new (NULL);

  ph_text_sanitize (argument, strnlen (argument, SHOWN_MAX * 4), text);
  if (g_utf8_strlen (text->str, text->len) > SHOWN_MAX)
    {
      g_string_truncate (text, g_utf8_offset_to_pointer (text->str, SHOWN_MAX) - text->str);
      g_string_append (text, "…");
    }
  return g_string_free (text, FALSE);
}

gboolean
ph_option_read_seconds (const char *text, double *seconds)
{
  char *end = NULL;

  if (*text == '\0' || strspn (text, "0123456789.") != strlen (text))
    return FALSE;
  *seconds = g_ascii_strtod (text, &end);
  return *end == '\0' && *seconds > 0 && *seconds <= TIME_MAX;
}

gboolean
ph_option_read_proto (const char *text, PhProto *proto)
{
  for (guint i = 0; i < PH_N_PROTOS; i++)
    if (g_ascii_strcasecmp (text, proto_names[i]) == 0)
      {
        *proto = i;
        return TRUE;
      }
  return FALSE;
}

static gboolean
set_text (const PhOption *option, PhOptions *options, const char *value, GError **error)
{
  char **field = &G_STRUCT_MEMBER (char *, options, option->offset);

  if (!g_utf8_validate (value, -1, NULL))
    {
      g_set_error (error, PH_OPTIONS_ERROR, PH_OPTIONS_ERROR_VALUE, _ ("The value of “--%s” is not valid UTF-8"),
                   option->name);
      return FALSE;
    }
  g_free (*field);
  *field = g_strdup (value);
  return TRUE;
}

static gboolean
set_format (const PhOption *option, PhOptions *options, const char *value, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (output_names); i++)
    if (strcmp (value, output_names[i]) == 0)
      {
        G_STRUCT_MEMBER (PhOutput, options, option->offset) = i;
        return TRUE;
      }

  g_autofree char *text = ph_option_quote (value);
  g_set_error (error, PH_OPTIONS_ERROR, PH_OPTIONS_ERROR_VALUE, _ ("“%s” is not a format; text, csv and json are"),
               text);
  return FALSE;
}

static gboolean
set_time (const PhOption *option, PhOptions *options, const char *value, GError **error)
{
  if (ph_option_read_seconds (value, &G_STRUCT_MEMBER (double, options, option->offset)))
    return TRUE;

  g_autofree char *text = ph_option_quote (value);
  g_set_error (error, PH_OPTIONS_ERROR, PH_OPTIONS_ERROR_VALUE, _ ("“%s” is not a time in seconds"), text);
  return FALSE;
}

/* "inet,unix": those of netstat's families that there are tables of. */
static gboolean
set_families (PhOptions *options, const char *value, GError **error)
{
  for (const char *start = value;;)
    {
      const char *end = strchrnul (start, ',');
      gsize length = end - start;

      if (length == 4 && memcmp (start, "inet", 4) == 0)
        options->ipv4 = TRUE;
      else if (length == 5 && memcmp (start, "inet6", 5) == 0)
        options->ipv6 = TRUE;
      else if (length == 4 && memcmp (start, "unix", 4) == 0)
        options->unix_ = TRUE;
      else
        {
          g_autofree char *raw = g_strndup (start, length);
          g_autofree char *text = ph_option_quote (raw);

          g_set_error (error, PH_OPTIONS_ERROR, PH_OPTIONS_ERROR_VALUE,
                       _ ("“%s” is not an address family; inet, inet6 and unix are"), text);
          return FALSE;
        }
      if (*end == '\0')
        return TRUE;
      start = end + 1;
    }
}

/* "ports,links": by the filter's own words. The addresses of links belong to them, and to routes the neighbours that
 * they lead to; each may be named alone. */
static gboolean
set_events (const PhOption *option, PhOptions *options, const char *value, GError **error)
{
  guint *events = &G_STRUCT_MEMBER (guint, options, option->offset);
  g_auto (GStrv) names = g_strsplit (value, ",", -1);

  for (guint i = 0; names[i] || i == 0; i++)
    {
      guint word = PH_ACTIVITY_IS_PORTS;

      while (word < PH_ACTIVITY_IS_LOST && g_strcmp0 (names[i], ph_activity_schema.words[word]) != 0)
        word++;
      if (word == PH_ACTIVITY_IS_LOST)
        {
          g_autofree char *text = ph_option_quote (names[i] ? names[i] : "");

          g_set_error (error, PH_OPTIONS_ERROR, PH_OPTIONS_ERROR_VALUE,
                       _ ("“%s” is not a kind of event; ports, connections, links and routes are"), text);
          return FALSE;
        }
      *events |= 1u << word;
      if (word == PH_ACTIVITY_IS_LINKS)
        *events |= 1u << PH_ACTIVITY_IS_ADDRESSES;
      if (word == PH_ACTIVITY_IS_ROUTES)
        *events |= 1u << PH_ACTIVITY_IS_NEIGHBOURS;
    }
  return TRUE;
}

gboolean
ph_option_set_value (const PhOption *option, PhOptions *options, const char *value, GError **error)
{
  switch (option->kind)
    {
    case PH_OPTION_FORMAT:
      return set_format (option, options, value, error);
    case PH_OPTION_TIME:
      return set_time (option, options, value, error);
    case PH_OPTION_FAMILY:
      return set_families (options, value, error);
    case PH_OPTION_EVENTS:
      return set_events (option, options, value, error);
    default:
      return set_text (option, options, value, error);
    }
}
