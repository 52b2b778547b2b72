/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Keys of listeners as text for files. The owner comes last and takes the rest of the line, blanks and all; names have
 * no line ends in them, because they are fit to show (ph-text.h).
 */
#include "ph-listener.h"

#include <string.h>

#include "ph-port-range.h"
#include "ph-text.h"

#define PROGRAM "program "
#define UNIT    "unit "
#define UNKNOWN "unknown"

void
ph_listener_owner_append (const PhListenerOwner *owner, GString *text)
{
  switch (owner->kind)
    {
    case PH_LISTENER_OWNER_PROGRAM:
      g_string_append (text, PROGRAM);
      break;
    case PH_LISTENER_OWNER_UNIT:
      g_string_append (text, UNIT);
      break;
    case PH_LISTENER_OWNER_UNKNOWN:
      g_string_append (text, UNKNOWN);
      return;
    }
  g_string_append (text, owner->name);
}

gboolean
ph_listener_owner_parse (const char *text, PhListenerOwner *owner)
{
  PhListenerOwner found;
  gsize length;

  if (strcmp (text, UNKNOWN) == 0)
    {
      *owner = (PhListenerOwner){ PH_LISTENER_OWNER_UNKNOWN, "" };
      return TRUE;
    }
  if (g_str_has_prefix (text, PROGRAM))
    found = (PhListenerOwner){ PH_LISTENER_OWNER_PROGRAM, text + strlen (PROGRAM) };
  else if (g_str_has_prefix (text, UNIT))
    found = (PhListenerOwner){ PH_LISTENER_OWNER_UNIT, text + strlen (UNIT) };
  else
    return FALSE;
  length = strlen (found.name);
  if (length == 0 || length > PH_LISTENER_OWNER_MAX || ph_text_fit (found.name, length) != length)
    return FALSE;
  *owner = found;
  return TRUE;
}

PhProtocol
ph_listener_protocol_parse (const char *text)
{
  static const PhProtocol watched[] = { PH_PROTOCOL_TCP, PH_PROTOCOL_UDP, PH_PROTOCOL_UDPLITE, PH_PROTOCOL_SCTP };

  for (guint i = 0; i < G_N_ELEMENTS (watched); i++)
    if (strcmp (text, ph_protocol_name (watched[i])) == 0)
      return watched[i];
  return PH_PROTOCOL_NONE;
}

void
ph_listener_key_append (const PhListenerKey *key, GString *text)
{
  char address[PH_ADDRESS_TEXT_MAX];

  if (key->exposure == PH_EXPOSURE_ONE)
    ph_address_format (&key->address, address);
  else
    g_strlcpy (address, ph_exposure_name (key->exposure), sizeof address);
  g_string_append_printf (text, "%s %s %u ", ph_protocol_name (key->protocol), address, key->port);
  ph_listener_owner_append (&key->owner, text);
}

static gboolean
parse_place (const char *text, PhListenerKey *key)
{
  for (PhExposure exposure = PH_EXPOSURE_LOCAL; exposure <= PH_EXPOSURE_EVERY; exposure++)
    if (exposure != PH_EXPOSURE_ONE && strcmp (text, ph_exposure_name (exposure)) == 0)
      {
        key->exposure = (guint8) exposure;
        return TRUE;
      }

  key->exposure = PH_EXPOSURE_ONE;
  if (!ph_address_parse (text, &key->address, NULL) || ph_address_is_mapped (&key->address))
    return FALSE;
  key->address.scope = 0;
  switch (ph_address_scope (&key->address))
    {
    case PH_SCOPE_LOCAL:
    case PH_SCOPE_INTERNET:
      return TRUE;
    default:
      return FALSE; /* has a word of its own */
    }
}

PhListenerKey *
ph_listener_key_parse (const char *text)
{
  g_auto (GStrv) words = g_strsplit (text, " ", 4);
  PhListenerKey key = { 0 };
  PhPortRange port;

  if (g_strv_length (words) != 4)
    return NULL;
  key.protocol = (guint8) ph_listener_protocol_parse (words[0]);
  if (key.protocol == PH_PROTOCOL_NONE || !parse_place (words[1], &key))
    return NULL;
  if (!ph_port_range_parse (words[2], &port) || port.low != port.high || port.low == 0)
    return NULL;
  key.port = port.low;
  if (!ph_listener_owner_parse (words[3], &key.owner))
    return NULL;
  return ph_listener_key_copy (&key);
}

const char *
ph_listener_protocol_name (PhProtocol protocol)
{
  switch (protocol)
    {
    case PH_PROTOCOL_UDP:
      return "UDP";
    case PH_PROTOCOL_UDPLITE:
      return "UDP-Lite";
    case PH_PROTOCOL_SCTP:
      return "SCTP";
    default:
      return "TCP";
    }
}
