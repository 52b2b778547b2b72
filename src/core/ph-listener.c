/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From a socket to what listens, see ph-listener.h. */
#include "ph-listener.h"

#include <string.h>

/* What proc(5) puts behind the path of an executable that was replaced or deleted: after an upgrade the same program
 * must not be another listener. */
#define DELETED " (deleted)"

gboolean
ph_listener_is_watched (const PhSocket *socket)
{
  if (socket->key.net_ns != 0 || socket->local_port == 0 || socket->head.mark == PH_MARK_CLOSED)
    return FALSE;
  switch (socket->key.protocol)
    {
    case PH_PROTOCOL_TCP:
    case PH_PROTOCOL_SCTP:
    case PH_PROTOCOL_UDP:
    case PH_PROTOCOL_UDPLITE:
      return ph_socket_exposure (socket) != PH_EXPOSURE_NONE;
    default:
      return FALSE;
    }
}

/* --- owners --- */

/* @text as a name, in place where it may stay as it is. */
static void
set_name (PhListenerOwner *owner, PhListenerOwnerKind kind, const char *text, gsize length, GString *buffer)
{
  owner->kind = kind;
  owner->name = text;
  if (length > PH_LISTENER_OWNER_MAX)
    {
      length = PH_LISTENER_OWNER_MAX;
      while (((guint8) text[length] & 0xc0) == 0x80)
        length--; /* no half characters */
    }
  if (text[length] == '\0')
    return;
  g_string_truncate (buffer, 0);
  g_string_append_len (buffer, text, (gssize) length);
  owner->name = buffer->str;
}

gboolean
ph_listener_owner_nth (const PhSocket *socket, guint n, GString *buffer, PhListenerOwner *owner)
{
  const char *exe;
  gsize length;

  *owner = (PhListenerOwner){ PH_LISTENER_OWNER_UNKNOWN, "" };
  if (socket->owner.note != PH_OWNER_PROCESS || n >= socket->owner.n_owners)
    return FALSE;
  exe = socket->owner.owners[n].process->exe;
  length = strlen (exe);
  if (g_str_has_suffix (exe, DELETED))
    length -= strlen (DELETED);
  if (length > 0)
    set_name (owner, PH_LISTENER_OWNER_PROGRAM, exe, length, buffer);
  return TRUE;
}

/* Returns the process that is meant; NULL: none. */
static const PhProcess *
find_owner (const PhSocket *socket, GString *buffer, PhListenerOwner *owner)
{
  const PhOwnership *held = &socket->owner;

  for (guint n = 0; ph_listener_owner_nth (socket, n, buffer, owner); n++)
    if (owner->kind == PH_LISTENER_OWNER_PROGRAM)
      return held->owners[n].process;
  if (held->unit && *held->unit->name)
    set_name (owner, PH_LISTENER_OWNER_UNIT, held->unit->name, strlen (held->unit->name), buffer);
  return held->n_owners > 0 ? held->owners[0].process : NULL;
}

/* --- keys of sockets --- */

static void
find_place (const PhSocket *socket, PhListenerKey *key)
{
  memset (key, 0, sizeof *key);
  key->protocol = (guint8) socket->key.protocol;
  key->exposure = (guint8) ph_socket_exposure (socket);
  key->port = socket->local_port;
  if (key->exposure == PH_EXPOSURE_ONE)
    key->address = ph_address_plain (&socket->local);
  key->owner.name = "";
}

static int
compare_places (const PhListenerKey *a, const PhListenerKey *b)
{
  if (a->port != b->port)
    return a->port < b->port ? -1 : 1;
  if (a->protocol != b->protocol)
    return a->protocol < b->protocol ? -1 : 1;
  if (a->exposure != b->exposure)
    return a->exposure < b->exposure ? -1 : 1;
  return ph_address_compare (&a->address, &b->address);
}

gboolean
ph_listener_key_is_at (const PhListenerKey *key, const PhSocket *socket)
{
  PhListenerKey other;

  if (socket->local_port != key->port || !ph_listener_is_watched (socket))
    return FALSE;
  find_place (socket, &other);
  return compare_places (key, &other) == 0;
}

gboolean
ph_listener_key_covers (const PhListenerKey *key, const PhSocket *socket)
{
  g_autoptr (GString) buffer = NULL;
  PhListenerOwner owner;

  if (!ph_listener_key_is_at (key, socket))
    return FALSE;
  buffer = g_string_new (NULL);
  if (key->owner.kind == PH_LISTENER_OWNER_PROGRAM)
    {
      for (guint n = 0; ph_listener_owner_nth (socket, n, buffer, &owner); n++)
        if (ph_listener_owner_equal (&key->owner, &owner))
          return TRUE;
      return FALSE;
    }
  find_owner (socket, buffer, &owner);
  return ph_listener_owner_equal (&key->owner, &owner);
}

/* --- keys --- */

gboolean
ph_listener_owner_equal (const PhListenerOwner *a, const PhListenerOwner *b)
{
  return a->kind == b->kind && strcmp (a->name, b->name) == 0;
}

int
ph_listener_key_compare (const PhListenerKey *a, const PhListenerKey *b)
{
  int order = compare_places (a, b);

  if (order != 0)
    return order;
  if (a->owner.kind != b->owner.kind)
    return a->owner.kind < b->owner.kind ? -1 : 1;
  return strcmp (a->owner.name, b->owner.name);
}

gboolean
ph_listener_key_equal (gconstpointer a, gconstpointer b)
{
  return ph_listener_key_compare (a, b) == 0;
}

guint
ph_listener_key_hash (gconstpointer data)
{
  const PhListenerKey *key = data;
  guint hash = g_str_hash (key->owner.name) * 33 + key->owner.kind;

  hash = hash * 33 + key->port;
  hash = hash * 33 + key->protocol;
  hash = hash * 33 + key->exposure;
  for (gsize i = 0; key->exposure == PH_EXPOSURE_ONE && i < sizeof key->address.bytes; i++)
    hash = hash * 33 + key->address.bytes[i];
  return hash;
}

PhListenerKey *
ph_listener_key_copy (const PhListenerKey *key)
{
  PhListenerKey *copy = g_memdup2 (key, sizeof *key);

  copy->owner.name = g_strdup (key->owner.name);
  return copy;
}

void
ph_listener_key_free (PhListenerKey *key)
{
  if (!key)
    return;
  g_free ((char *) key->owner.name);
  g_free (key);
}

/* --- listeners --- */

static const char *
service_of (const PhListenerKey *key, const PhServices *services)
{
  switch (key->protocol)
    {
    case PH_PROTOCOL_TCP:
      return ph_services_find (services, "tcp", key->port);
    case PH_PROTOCOL_UDP:
    case PH_PROTOCOL_UDPLITE: /* RFC 3828: the ports of UDP */
      return ph_services_find (services, "udp", key->port);
    case PH_PROTOCOL_SCTP:
      return ph_services_find (services, "sctp", key->port);
    default:
      return NULL;
    }
}

static char *
copy_text (const char *text)
{
  return g_strdup (text ? text : "");
}

PhListener *
ph_listener_new (const PhSocket *socket, const PhServices *services)
{
  g_autoptr (GString) buffer = g_string_new (NULL);
  PhListener *listener = g_atomic_rc_box_new0 (PhListener);
  const PhOwnership *owner = &socket->owner;
  const PhProcess *process;

  find_place (socket, &listener->key);
  process = find_owner (socket, buffer, &listener->key.owner);
  listener->key.owner.name = g_strdup (listener->key.owner.name);
  listener->socket = socket->key;
  listener->note = owner->note;
  listener->process = copy_text (process ? process->comm : NULL);
  listener->unit = copy_text (owner->unit ? owner->unit->name : NULL);
  listener->service = copy_text (services ? service_of (&listener->key, services) : NULL);
  if (socket->user || socket->uid == PH_UID_UNKNOWN)
    listener->user = copy_text (socket->user);
  else
    listener->user = g_strdup_printf ("%u", socket->uid);
  return listener;
}

PhListener *
ph_listener_ref (const PhListener *listener)
{
  return g_atomic_rc_box_acquire ((PhListener *) listener);
}

static void
clear (gpointer data)
{
  PhListener *listener = data;

  g_free ((char *) listener->key.owner.name);
  g_free ((char *) listener->process);
  g_free ((char *) listener->unit);
  g_free ((char *) listener->service);
  g_free ((char *) listener->user);
}

void
ph_listener_unref (PhListener *listener)
{
  if (listener)
    g_atomic_rc_box_release_full (listener, clear);
}
