/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The kernel does not tell which listener a connection came through, so addresses have to: the same port, and the
 * address that it listens at, the most exact one where several would do. */
#include "ph-socket-kin.h"

#include <string.h>

typedef struct
{
  const PhSnapshot *snapshot;
  const PhSocket *socket;
  const PhProcess *process;
  PhSocketKin *kin;
  GArray *slots;
  gboolean exact; /* the listener that was found has the very address */
} Search;

/* --- owners --- */

static gboolean
belongs (const Search *search, const PhSocket *other)
{
  const PhOwnership *mine = &search->socket->owner;
  const PhOwnership *owner = &other->owner;

  if (!search->process)
    return mine->note == PH_OWNER_BY_SERVICE && mine->unit && owner->unit
           && strcmp (mine->unit->path, owner->unit->path) == 0;
  for (guint i = 0; i < owner->n_owners; i++)
    if (owner->owners[i].process == search->process
        || (owner->owners[i].process->pid == search->process->pid
            && owner->owners[i].process->start_ticks == search->process->start_ticks))
      return TRUE;
  return FALSE;
}

static int
compare (gconstpointer a, gconstpointer b, gpointer snapshot)
{
  const PhSocket *x = ph_snapshot_at (snapshot, *(const guint32 *) a);
  const PhSocket *y = ph_snapshot_at (snapshot, *(const guint32 *) b);
  gboolean x_listens = ph_socket_is (x, PH_SOCKET_IS_LISTENING);
  gboolean y_listens = ph_socket_is (y, PH_SOCKET_IS_LISTENING);
  int order;

  if (x_listens != y_listens)
    return x_listens ? -1 : 1;
  if (x->key.protocol != y->key.protocol)
    return x->key.protocol < y->key.protocol ? -1 : 1;
  if (x->local_port != y->local_port)
    return x->local_port < y->local_port ? -1 : 1;
  order = ph_address_compare (&x->remote, &y->remote);
  return order != 0 ? order : memcmp (&x->key, &y->key, sizeof x->key);
}

/* --- addresses --- */

static gboolean
same_address (const PhAddress *a, const PhAddress *b)
{
  PhAddress x = ph_address_plain (a), y = ph_address_plain (b);

  return ph_address_compare (&x, &y) == 0;
}

/* Whether @listener hears what comes for @address. */
static gboolean
hears (const PhSocket *listener, const PhAddress *address)
{
  PhAddress wanted = ph_address_plain (address);

  if (!ph_address_is_any (&listener->local))
    return same_address (&listener->local, address);
  if (listener->local.family == PH_FAMILY_IPV4)
    return wanted.family == PH_FAMILY_IPV4;
  return wanted.family == PH_FAMILY_IPV6 || !(listener->flags & PH_SOCKET_V6ONLY);
}

static gboolean
is_connection (const PhSocket *socket)
{
  if (socket->key.protocol == PH_PROTOCOL_UNIX)
    return socket->state == PH_STATE_ESTABLISHED;
  return socket->remote.family != PH_FAMILY_NONE && socket->remote_port != 0 && socket->state != PH_STATE_LISTEN;
}

static gboolean
is_listener (const PhSocket *socket)
{
  return ph_socket_is (socket, PH_SOCKET_IS_LISTENING) && socket->state != PH_STATE_CLOSE;
}

/* A connection has the name of what it came to. */
static gboolean
came_to (const PhSocket *connection, const PhSocket *listener)
{
  if (connection->key.protocol != listener->key.protocol)
    return FALSE;
  if (listener->key.protocol == PH_PROTOCOL_UNIX)
    return connection->path && listener->path && strcmp (connection->path, listener->path) == 0;
  return connection->local_port == listener->local_port && connection->local_port != 0
         && hears (listener, &connection->local);
}

static gboolean
is_peer (const PhSocket *socket, const PhSocket *other)
{
  if (socket->key.protocol != other->key.protocol)
    return FALSE;
  if (socket->key.protocol == PH_PROTOCOL_UNIX)
    return socket->peer_inode != 0 && other->inode == socket->peer_inode;
  return is_connection (other) && socket->local_port == other->remote_port && socket->remote_port == other->local_port
         && same_address (&socket->local, &other->remote) && same_address (&socket->remote, &other->local);
}

/* --- the pass --- */

static void
look_at (Search *search, const PhSocket *other)
{
  const PhSocket *socket = search->socket;
  PhSocketKin *kin = search->kin;

  if (belongs (search, other))
    g_array_append_val (search->slots, other->head.slot);
  if (is_listener (socket))
    kin->n_connections += is_connection (other) && came_to (other, socket) ? 1 : 0;
  else if (is_connection (socket))
    {
      if (is_peer (socket, other))
        kin->peer = other->head.slot;
      if (is_listener (other) && !search->exact && came_to (socket, other))
        {
          kin->listener = other->head.slot;
          search->exact = !ph_address_is_any (&other->local);
        }
    }
}

void
ph_socket_kin_find (const PhSnapshot *snapshot, const PhSocket *socket, const PhProcess *process, PhSocketKin *kin)
{
  Search search = { snapshot, socket, process, kin, g_array_new (FALSE, FALSE, sizeof (guint32)), FALSE };

  *kin = (PhSocketKin){ .listener = PH_NO_SLOT, .peer = PH_NO_SLOT };
  for (guint i = 0; i < ph_snapshot_n_records (snapshot); i++)
    {
      const PhSocket *other = ph_snapshot_record (snapshot, i);

      if (other->head.mark != PH_MARK_CLOSED)
        look_at (&search, other);
    }
  g_array_sort_with_data (search.slots, compare, (gpointer) snapshot);
  kin->n_sockets = search.slots->len;
  g_array_set_size (search.slots, MIN (search.slots->len, PH_SOCKET_KIN_MAX));
  kin->n_slots = search.slots->len;
  kin->slots = (guint32 *) (gpointer) g_array_free (search.slots, FALSE);
}

void
ph_socket_kin_clear (PhSocketKin *kin)
{
  g_clear_pointer (&kin->slots, g_free);
  kin->n_slots = kin->n_sockets = kin->n_connections = 0;
  kin->listener = kin->peer = PH_NO_SLOT;
}
