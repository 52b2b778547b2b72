/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ph-mute-words.h"

#include <glib/gi18n.h>
#include <string.h>

#include "ph-socket-enums.h"

char *
ph_mute_who (const PhMute *mute)
{
  switch (mute->owner.kind)
    {
    case PH_LISTENER_OWNER_PROGRAM:
      return g_path_get_basename (mute->owner.name);
    case PH_LISTENER_OWNER_UNIT:
      return g_strdup (mute->owner.name);
    case PH_LISTENER_OWNER_UNKNOWN:
    default:
      return g_strdup (_ ("Any program"));
    }
}

char *
ph_mute_where (const PhMute *mute)
{
  gboolean any = mute->ports.low <= 1 && mute->ports.high == G_MAXUINT16;
  g_autofree char *protocol
      = mute->protocol != PH_PROTOCOL_NONE ? g_ascii_strup (ph_protocol_name (mute->protocol), -1) : NULL;

  if (any)
    /* Translators: the name of a protocol: “Any TCP port” */
    return protocol ? g_strdup_printf (_ ("Any %s port"), protocol) : g_strdup (_ ("Any port"));
  if (mute->ports.low == mute->ports.high)
    /* Translators: a protocol and a port: “TCP port 8000” */
    return protocol ? g_strdup_printf (_ ("%s port %u"), protocol, mute->ports.low)
                    : g_strdup_printf (_ ("Port %u"), mute->ports.low);
  return protocol ? g_strdup_printf (_ ("%s ports %u–%u"), protocol, mute->ports.low, mute->ports.high)
                  : g_strdup_printf (_ ("Ports %u–%u"), mute->ports.low, mute->ports.high);
}

/* What one types between two numbers may be any kind of dash. */
static char *
with_plain_dashes (const char *text)
{
  g_autoptr (GString) plain = g_string_new (NULL);

  for (; *text; text = g_utf8_next_char (text))
    {
      gunichar c = g_utf8_get_char (text);

      if (g_unichar_type (c) == G_UNICODE_DASH_PUNCTUATION)
        g_string_append_c (plain, '-');
      else if (!g_unichar_isspace (c))
        g_string_append_unichar (plain, c);
    }
  return g_string_free (g_steal_pointer (&plain), FALSE);
}

gboolean
ph_mute_parse_ports (const char *text, PhPortRange *ports, const char **why)
{
  g_autofree char *plain = with_plain_dashes (text);
  PhPortRange read;

  if (*plain == '\0')
    {
      *ports = PH_PORT_RANGE_ALL;
      return TRUE;
    }
  if (!ph_port_range_parse (plain, &read) || (read.high == 0 && strcmp (plain, "*") != 0))
    {
      *why = _ ("A port is a number from 1 to 65535; a range is two of them, the lower one first, as in 8000-8010.");
      return FALSE;
    }
  *ports = read;
  return TRUE;
}

static gboolean
is_unit (const char *text)
{
  static const char *const ends[] = { ".service", ".socket", ".scope", ".slice" };

  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    if (g_str_has_suffix (text, ends[i]) && strlen (text) > strlen (ends[i]))
      return TRUE;
  return FALSE;
}

/* What was pasted may hold anything; only what a file gives back as it was can be kept. */
static gboolean
can_be_kept (const PhListenerOwner *owner)
{
  g_autoptr (GString) text = g_string_new (NULL);
  PhListenerOwner read;

  ph_listener_owner_append (owner, text);
  return ph_listener_owner_parse (text->str, &read) && ph_listener_owner_equal (owner, &read);
}

gboolean
ph_mute_parse_owner (const char *text, PhListenerOwner *owner, const char **why)
{
  if (*text == '\0')
    *owner = (PhListenerOwner){ PH_LISTENER_OWNER_UNKNOWN, "" };
  else if (strlen (text) > PH_LISTENER_OWNER_MAX)
    {
      *why = _ ("This is too long for the path of a program.");
      return FALSE;
    }
  else if (text[0] == '/' && text[1] != '\0')
    *owner = (PhListenerOwner){ PH_LISTENER_OWNER_PROGRAM, text };
  else if (is_unit (text) && !strchr (text, '/') && !strchr (text, ' '))
    *owner = (PhListenerOwner){ PH_LISTENER_OWNER_UNIT, text };
  else
    {
      *why = _ ("A program is written with its whole path, as in /usr/bin/python3; a unit as in named.service.");
      return FALSE;
    }
  if (!can_be_kept (owner))
    {
      *why = _ ("There are characters in it that cannot be shown.");
      return FALSE;
    }
  return TRUE;
}
