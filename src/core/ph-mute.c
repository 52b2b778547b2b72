/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rules about what is not to be told, see ph-mute.h. */
#include "ph-mute.h"

#include <string.h>

#define ANY "*"

PhMute *
ph_mute_new (PhProtocol protocol, PhPortRange ports, const PhListenerOwner *owner)
{
  PhMute *mute;

  if (owner->kind == PH_LISTENER_OWNER_UNKNOWN && ports.low == 0 && ports.high == G_MAXUINT16)
    return NULL;
  mute = g_atomic_rc_box_new0 (PhMute);
  mute->protocol = (guint8) protocol;
  mute->ports = ports;
  mute->owner.kind = owner->kind;
  mute->owner.name = g_strdup (owner->name);
  return mute;
}

PhMute *
ph_mute_new_for (const PhListenerKey *key)
{
  gboolean known = key->owner.kind != PH_LISTENER_OWNER_UNKNOWN;

  return ph_mute_new (known ? PH_PROTOCOL_NONE : key->protocol, (PhPortRange){ key->port, key->port }, &key->owner);
}

PhMute *
ph_mute_ref (const PhMute *mute)
{
  return g_atomic_rc_box_acquire ((PhMute *) mute);
}

static void
clear (gpointer data)
{
  PhMute *mute = data;

  g_free ((char *) mute->owner.name);
}

void
ph_mute_unref (PhMute *mute)
{
  if (mute)
    g_atomic_rc_box_release_full (mute, clear);
}

gboolean
ph_mute_matches (const PhMute *mute, const PhListenerKey *key)
{
  if (mute->protocol != PH_PROTOCOL_NONE && mute->protocol != key->protocol)
    return FALSE;
  if (!ph_port_range_has (mute->ports, key->port))
    return FALSE;
  return mute->owner.kind == PH_LISTENER_OWNER_UNKNOWN || ph_listener_owner_equal (&mute->owner, &key->owner);
}

gboolean
ph_mute_equal (const PhMute *a, const PhMute *b)
{
  return a->protocol == b->protocol && a->ports.low == b->ports.low && a->ports.high == b->ports.high
         && ph_listener_owner_equal (&a->owner, &b->owner);
}

void
ph_mute_append (const PhMute *mute, GString *text)
{
  g_string_append (text, mute->protocol == PH_PROTOCOL_NONE ? ANY : ph_protocol_name (mute->protocol));
  g_string_append_c (text, ' ');
  ph_port_range_append (mute->ports, text);
  g_string_append_c (text, ' ');
  if (mute->owner.kind == PH_LISTENER_OWNER_UNKNOWN)
    g_string_append (text, ANY);
  else
    ph_listener_owner_append (&mute->owner, text);
}

PhMute *
ph_mute_parse (const char *text)
{
  g_auto (GStrv) words = g_strsplit (text, " ", 3);
  PhListenerOwner owner = { PH_LISTENER_OWNER_UNKNOWN, "" };
  PhProtocol protocol = PH_PROTOCOL_NONE;
  PhPortRange ports;

  if (g_strv_length (words) != 3)
    return NULL;
  if (strcmp (words[0], ANY) != 0)
    {
      protocol = ph_listener_protocol_parse (words[0]);
      if (protocol == PH_PROTOCOL_NONE)
        return NULL;
    }
  if (!ph_port_range_parse (words[1], &ports))
    return NULL;
  if (strcmp (words[2], ANY) != 0
      && (!ph_listener_owner_parse (words[2], &owner) || owner.kind == PH_LISTENER_OWNER_UNKNOWN))
    return NULL;
  return ph_mute_new (protocol, ports, &owner);
}
