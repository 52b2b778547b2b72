/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What can be asked of a socket record, and how one is carried from a snapshot into the next. */
#include "ph-socket.h"

#include <string.h>

#include "ph-i18n.h"
#include "ph-socket-columns.h"
#include "ph-snapshot.h"

static gboolean
is_listening (const PhSocket *socket)
{
  switch (socket->key.protocol)
    {
    case PH_PROTOCOL_UDP:
    case PH_PROTOCOL_UDPLITE:
    case PH_PROTOCOL_RAW:
      return socket->state == PH_STATE_CLOSE;
    case PH_PROTOCOL_UNIX:
      return socket->state == PH_STATE_LISTEN || (socket->flags & PH_SOCKET_LISTENING);
    default:
      return socket->state == PH_STATE_LISTEN;
    }
}

static gboolean
is_closing (const PhSocket *socket)
{
  switch (socket->state)
    {
    case PH_STATE_FIN_WAIT1:
    case PH_STATE_FIN_WAIT2:
    case PH_STATE_CLOSE_WAIT:
    case PH_STATE_LAST_ACK:
    case PH_STATE_CLOSING:
    case PH_STATE_TIME_WAIT:
      return TRUE;
    default:
      return FALSE;
    }
}

gboolean
ph_socket_is (const PhSocket *socket, PhSocketWord word)
{
  switch (word)
    {
    case PH_SOCKET_IS_LISTENING:
      return is_listening (socket);
    case PH_SOCKET_IS_ACTIVE:
      return !is_listening (socket);
    case PH_SOCKET_IS_ESTABLISHED:
      return socket->state == PH_STATE_ESTABLISHED;
    case PH_SOCKET_IS_CLOSING:
      return is_closing (socket);
    case PH_SOCKET_IS_IPV4:
      return socket->key.family == PH_SOCKET_FAMILY_INET;
    case PH_SOCKET_IS_IPV6:
      return socket->key.family == PH_SOCKET_FAMILY_INET6;
    case PH_SOCKET_IS_INET:
      return socket->key.family == PH_SOCKET_FAMILY_INET || socket->key.family == PH_SOCKET_FAMILY_INET6;
    case PH_SOCKET_IS_UNIX:
      return socket->key.family == PH_SOCKET_FAMILY_UNIX;
    case PH_SOCKET_IS_NEW:
      return socket->head.mark == PH_MARK_NEW;
    case PH_SOCKET_IS_CLOSED:
      return socket->head.mark == PH_MARK_CLOSED;
    case PH_SOCKET_IS_STALE:
      return socket->head.mark == PH_MARK_STALE;
    }
  return FALSE;
}

PhExposure
ph_socket_exposure (const PhSocket *socket)
{
  if (socket->local.family == PH_FAMILY_NONE || !is_listening (socket))
    return PH_EXPOSURE_NONE;
  switch (ph_address_scope (&socket->local))
    {
    case PH_SCOPE_ANY:
      return PH_EXPOSURE_EVERY;
    case PH_SCOPE_LOOPBACK:
      return PH_EXPOSURE_LOCAL;
    default:
      return PH_EXPOSURE_ONE;
    }
}

const char *
ph_exposure_name (PhExposure exposure)
{
  switch (exposure)
    {
    case PH_EXPOSURE_LOCAL:
      return "loopback";
    case PH_EXPOSURE_ONE:
      return "address";
    case PH_EXPOSURE_EVERY:
      return "any";
    case PH_EXPOSURE_NONE:
      break;
    }
  return NULL;
}

const char *
ph_exposure_sentence (PhExposure exposure)
{
  switch (exposure)
    {
    case PH_EXPOSURE_LOCAL:
      return _ ("This computer only");
    case PH_EXPOSURE_ONE:
      return _ ("One address");
    case PH_EXPOSURE_EVERY:
      return _ ("Every address");
    case PH_EXPOSURE_NONE:
      break;
    }
  return NULL;
}

static const PhOwner *
copy_owners (PhSnapshot *snapshot, const PhOwnership *source)
{
  PhOwner *owners;

  if (source->n_owners == 0)
    return NULL;
  owners = ph_arena_alloc (ph_snapshot_arena (snapshot), source->n_owners * sizeof *owners);
  for (guint i = 0; i < source->n_owners; i++)
    {
      PhProcess *process = ph_process_ref (source->owners[i].process);

      owners[i] = source->owners[i];
      ph_snapshot_keep (snapshot, process, (GDestroyNotify) ph_process_unref);
    }
  return owners;
}

void
ph_socket_copy (PhSnapshot *snapshot, gpointer target, gconstpointer source)
{
  PhArena *arena = ph_snapshot_arena (snapshot);
  const PhSocket *from = source;
  PhSocket *to = target;

  *to = *from;
  if (from->tcp)
    {
      PhTcp *tcp = ph_arena_alloc (arena, sizeof *tcp);

      *tcp = *from->tcp;
      to->tcp = tcp;
    }
  if (from->tcp_info)
    {
      PhTcpInfo *info = ph_arena_alloc (arena, sizeof *info);

      *info = *from->tcp_info;
      to->tcp_info = info;
    }
  if (from->memory)
    {
      guint32 *memory = ph_arena_alloc (arena, PH_SOCKET_N_MEMORY * sizeof *memory);

      memcpy (memory, from->memory, PH_SOCKET_N_MEMORY * sizeof *memory);
      to->memory = memory;
    }
  to->congestion = ph_arena_string (arena, from->congestion);
  to->path = ph_arena_string (arena, from->path);
  to->interface_name = ph_arena_string (arena, from->interface_name);
  to->user = ph_arena_string (arena, from->user);
  to->owner.owners = copy_owners (snapshot, &from->owner);
  if (from->owner.unit)
    ph_snapshot_keep (snapshot, ph_unit_ref (from->owner.unit), (GDestroyNotify) ph_unit_unref);
}

static guint32
rate (guint64 now, guint64 before, gint64 elapsed_us)
{
  double per_second;

  if (now < before) /* another socket's counter, or a wrapped one: it starts anew */
    return PH_RATE_UNKNOWN;
  per_second = (double) (now - before) * G_USEC_PER_SEC / (double) elapsed_us;
  return per_second < PH_RATE_UNKNOWN - 1 ? (guint32) (per_second + 0.5) : PH_RATE_UNKNOWN - 1;
}

void
ph_socket_advance (gpointer record, gconstpointer previous, gint64 elapsed_us)
{
  PhSocket *socket = record;
  const PhSocket *before = previous;

  if (!socket->tcp || !before->tcp || elapsed_us <= 0)
    {
      socket->rx_rate = PH_RATE_UNKNOWN;
      socket->tx_rate = PH_RATE_UNKNOWN;
      return;
    }
  socket->rx_rate = rate (socket->tcp->bytes_received, before->tcp->bytes_received, elapsed_us);
  socket->tx_rate = rate (socket->tcp->bytes_acked, before->tcp->bytes_acked, elapsed_us);
}
