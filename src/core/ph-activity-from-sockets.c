/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Ports are the port book's. Connections are compared from look to look: first by slot, which is where those that stay
 * are if both looks are of one linker, and reads both snapshots from front to back; else by key.
 *
 * A connection may be missed by a look (its destroy message was first) or by the destroy messages (they were lost, or
 * nobody listened). So those that were told as closed are remembered for some looks: by then neither a look that was
 * under way nor a message that was waiting can bring them back.
 */
#include "ph-activity-from-sockets.h"

#include <string.h>

#include "ph-destroyed.h"
#include "ph-port-book.h"

#define CLOSED_MAX    65536 /* some MB; where so many close between two looks one may be told twice */
#define LOOKS_TO_KEEP 4
#define LOST_AGAIN    G_USEC_PER_SEC
#define IP_REQUESTS   2

static const guint8 requests[IP_REQUESTS] = { PH_REQUEST_TCP4, PH_REQUEST_TCP6 };

struct _PhActivityFromSockets
{
  PhPortBook *ports;
  gboolean connections;

  PhSnapshot *last;             /* of all connections; NULL: there was none */
  gint64 since_us[IP_REQUESTS]; /* when each request was first answered, without a pause since; NEVER */
  guint now;                    /* number of the look */
  GHashTable *closed;           /* cookies told as closed → the look in which they were last told or seen */
  gint64 lost_us;               /* when it was last told that some were lost, since 1970 */
  guint malformed;
};

#define NEVER G_MININT64

/* Where entries go. */
typedef struct
{
  PhActivityTell tell;
  gpointer user;
  gint64 time_us;
} Told;

PhActivityFromSockets *
ph_activity_from_sockets_new (void)
{
  PhActivityFromSockets *self = g_new0 (PhActivityFromSockets, 1);

  self->ports = ph_port_book_new ();
  self->closed = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  self->lost_us = NEVER;
  for (guint i = 0; i < IP_REQUESTS; i++)
    self->since_us[i] = NEVER;
  return self;
}

void
ph_activity_from_sockets_free (PhActivityFromSockets *self)
{
  if (!self)
    return;
  ph_port_book_free (self->ports);
  ph_snapshot_unref (self->last);
  g_hash_table_unref (self->closed);
  g_free (self);
}

static void
forget_connections (PhActivityFromSockets *self)
{
  g_clear_pointer (&self->last, ph_snapshot_unref);
  g_hash_table_remove_all (self->closed);
  for (guint i = 0; i < IP_REQUESTS; i++)
    self->since_us[i] = NEVER;
}

void
ph_activity_from_sockets_forget (PhActivityFromSockets *self)
{
  PhPortBook *ports = ph_port_book_new ();

  ph_port_book_take_settings (ports, self->ports);
  ph_port_book_free (self->ports);
  self->ports = ports;
  forget_connections (self);
}

void
ph_activity_from_sockets_set_connections (PhActivityFromSockets *self, gboolean connections)
{
  self->connections = connections;
  if (!connections)
    forget_connections (self);
}

void
ph_activity_from_sockets_set_ephemeral (PhActivityFromSockets *self, guint16 low, guint16 high, gboolean all)
{
  ph_port_book_set_ephemeral (self->ports, low, high, all);
}

guint
ph_activity_from_sockets_malformed (const PhActivityFromSockets *self)
{
  return self->malformed;
}

/* --- connections that were told as closed --- */

static gboolean
is_told_closed (const PhActivityFromSockets *self, guint64 cookie)
{
  return g_hash_table_contains (self->closed, &cookie);
}

static void
note_closed (PhActivityFromSockets *self, guint64 cookie)
{
  if (g_hash_table_size (self->closed) >= CLOSED_MAX)
    g_hash_table_remove_all (self->closed);
  g_hash_table_insert (self->closed, g_memdup2 (&cookie, sizeof cookie), GUINT_TO_POINTER (self->now));
}

static gboolean
is_seen (const PhSnapshot *snapshot, guint64 cookie)
{
  PhSocketKey key = { .cookie = cookie, .protocol = PH_PROTOCOL_TCP, .family = PH_SOCKET_FAMILY_INET };

  if (ph_snapshot_find (snapshot, &key))
    return TRUE;
  key.family = PH_SOCKET_FAMILY_INET6;
  return ph_snapshot_find (snapshot, &key) != NULL;
}

static void
forget_closed (PhActivityFromSockets *self, const PhSnapshot *snapshot)
{
  GHashTableIter iter;
  gpointer cookie, look;

  g_hash_table_iter_init (&iter, self->closed);
  while (g_hash_table_iter_next (&iter, &cookie, &look))
    if (is_seen (snapshot, *(const guint64 *) cookie))
      g_hash_table_iter_replace (&iter, GUINT_TO_POINTER (self->now));
    else if (self->now - GPOINTER_TO_UINT (look) >= LOOKS_TO_KEEP)
      g_hash_table_iter_remove (&iter);
}

/* --- from look to look --- */

/* A connection proper: open at both ends once, and still the socket it was. What is left of one in TIME_WAIT, or in
 * FIN_WAIT2 without a process, is another entry of the kernel's, with a cookie of its own. */
static gboolean
is_connection (const PhSocket *socket)
{
  if (socket->key.protocol != PH_PROTOCOL_TCP || socket->head.mark == PH_MARK_CLOSED
      || socket->timer == PH_TIMER_TIMEWAIT)
    return FALSE;
  switch (socket->state)
    {
    case PH_STATE_ESTABLISHED:
    case PH_STATE_FIN_WAIT1:
    case PH_STATE_FIN_WAIT2:
    case PH_STATE_CLOSE_WAIT:
    case PH_STATE_LAST_ACK:
    case PH_STATE_CLOSING:
      return TRUE;
    default:
      return FALSE;
    }
}

/* The same socket in another look; NULL: it is not there. */
static const PhSocket *
find_other (const PhSnapshot *other, const PhSnapshot *own, const PhSocket *socket)
{
  const PhSocket *found = NULL;

  if (ph_snapshot_linker (other) == ph_snapshot_linker (own))
    found = ph_snapshot_at (other, socket->head.slot);
  if (found && memcmp (&found->key, &socket->key, sizeof socket->key) == 0)
    return found;
  return ph_snapshot_find (other, &socket->key);
}

static guint
request_index (const PhSocket *socket)
{
  return socket->head.request == PH_REQUEST_TCP6;
}

/* One that was interrupted each time may lack some that the next one has. */
static gboolean
is_partial (const PhSnapshot *snapshot)
{
  for (guint i = 0; i < IP_REQUESTS; i++)
    if (ph_snapshot_look (snapshot, requests[i])->look == PH_LOOK_PARTIAL)
      return TRUE;
  return FALSE;
}

/* Since when it was there; what was there at the first look may be older. */
static gint64
duration (const PhActivityFromSockets *self, const PhSocket *socket, gint64 monotonic_us)
{
  if (socket->head.first_seen <= self->since_us[request_index (socket)])
    return PH_ACTIVITY_UNKNOWN_US;
  return MAX (monotonic_us - socket->head.first_seen, 0);
}

static PhActivityEnd
seen_end (const PhSocket *socket)
{
  switch (socket->state)
    {
    case PH_STATE_FIN_WAIT1:
    case PH_STATE_FIN_WAIT2:
      return PH_ENDED_HERE;
    case PH_STATE_CLOSE_WAIT:
    case PH_STATE_LAST_ACK:
      return PH_ENDED_PEER;
    default:
      return PH_ENDED_UNKNOWN;
    }
}

/* Data alone, as a destroy message has it: who tells first is a matter of luck. */
static guint64
sent_data (const PhSocket *socket)
{
  guint signs = socket->flags & PH_SOCKET_SIGNS_ACKED ? 2 : socket->flags & PH_SOCKET_SIGN_ACKED ? 1 : 0;

  return socket->tcp->bytes_acked - signs;
}

static void
tell_opened (PhActivityFromSockets *self, const PhSnapshot *snapshot, const Told *told)
{
  for (guint i = 0; i < ph_snapshot_n_records (snapshot); i++)
    {
      const PhSocket *socket = ph_snapshot_record (snapshot, i);
      const PhSocket *before;
      PhActivity entry;

      if (!is_connection (socket) || self->since_us[request_index (socket)] == NEVER)
        continue;
      before = self->last ? find_other (self->last, snapshot, socket) : NULL;
      if ((before && is_connection (before)) || is_told_closed (self, socket->key.cookie))
        continue;
      ph_activity_init (&entry, PH_ACTIVITY_CONNECTION_OPENED, told->time_us);
      ph_activity_set_socket (&entry, socket);
      told->tell (told->user, &entry);
    }
}

static void
tell_closed (PhActivityFromSockets *self, const PhSnapshot *snapshot, const Told *told)
{
  for (guint i = 0; i < ph_snapshot_n_records (self->last); i++)
    {
      const PhSocket *socket = ph_snapshot_record (self->last, i);
      const PhSocket *now;
      PhActivity entry;

      if (!is_connection (socket) || ph_snapshot_look (snapshot, socket->head.request)->look != PH_LOOK_GOOD)
        continue;
      now = find_other (snapshot, self->last, socket);
      if ((now && is_connection (now)) || is_told_closed (self, socket->key.cookie))
        continue;
      ph_activity_init (&entry, PH_ACTIVITY_CONNECTION_CLOSED, told->time_us);
      ph_activity_set_socket (&entry, socket);
      entry.ended = (guint8) seen_end (socket);
      entry.duration_us = duration (self, socket, ph_snapshot_time (snapshot));
      if (socket->tcp)
        {
          entry.rx_bytes = socket->tcp->bytes_received;
          entry.tx_bytes = sent_data (socket);
        }
      note_closed (self, socket->key.cookie);
      told->tell (told->user, &entry);
    }
}

/* Another linker has first seen everything later than it was there. */
static void
note_since (PhActivityFromSockets *self, const PhSnapshot *snapshot)
{
  const gboolean other = self->last && ph_snapshot_linker (self->last) != ph_snapshot_linker (snapshot);

  for (guint i = 0; i < IP_REQUESTS; i++)
    {
      const PhLook look = ph_snapshot_look (snapshot, requests[i])->look;

      if (look == PH_LOOK_GOOD && (other || self->since_us[i] == NEVER))
        self->since_us[i] = ph_snapshot_time (snapshot);
      else if (look != PH_LOOK_GOOD && look != PH_LOOK_FAILED)
        self->since_us[i] = NEVER;
    }
}

static void
look_at_connections (PhActivityFromSockets *self, PhSnapshot *snapshot, const Told *told)
{
  self->now++;
  tell_opened (self, snapshot, told);
  if (self->last)
    tell_closed (self, snapshot, told);
  forget_closed (self, snapshot);
  note_since (self, snapshot);
  ph_snapshot_unref (self->last);
  self->last = ph_snapshot_ref (snapshot);
}

void
ph_activity_from_sockets_look (PhActivityFromSockets *self,
                               PhSnapshot *snapshot,
                               gboolean listeners_only,
                               gint64 time_us,
                               PhActivityTell tell,
                               gpointer user)
{
  const Told told = { tell, user, time_us };

  ph_port_book_look (self->ports, snapshot, time_us, tell, user);
  if (self->connections && !listeners_only && !is_partial (snapshot))
    look_at_connections (self, snapshot, &told);
}

/* --- what the kernel tells --- */

/* Who has the port that it came to most likely had the connection. */
static void
guess_owner (PhActivity *entry, const PhActivity *port)
{
  entry->note = PH_OWNER_GONE;
  if (!port || (!port->unit && !port->process))
    return;
  entry->note = PH_OWNER_BY_SERVICE;
  entry->process = port->process;
  entry->exe = port->exe;
  entry->unit = port->unit;
}

static void
tell_destroyed (PhActivityFromSockets *self, const PhSocket *socket, gint64 monotonic_us, const Told *told)
{
  const PhActivity *port = ph_port_book_find_tcp (self->ports, socket->local_port);
  const PhSocket *seen = self->last ? ph_snapshot_find (self->last, &socket->key) : NULL;
  const PhSocketState state = seen ? seen->state : PH_STATE_UNKNOWN;
  PhActivity entry;

  if (!ph_destroyed_is_connection (socket) && !(seen && seen->remote_port != 0))
    return;
  ph_activity_init (&entry, PH_ACTIVITY_CONNECTION_CLOSED, told->time_us);
  ph_activity_set_socket (&entry, seen ? seen : socket);
  if (entry.note == PH_OWNER_UNKNOWN || entry.note == PH_OWNER_GONE)
    guess_owner (&entry, port);
  entry.ended = (guint8) ph_destroyed_end (socket, port != NULL, state);
  entry.rx_bytes = ph_destroyed_rx_bytes (socket, entry.ended, state);
  entry.tx_bytes = ph_destroyed_tx_bytes (socket);
  if (seen)
    entry.duration_us = duration (self, seen, monotonic_us);
  note_closed (self, socket->key.cookie);
  told->tell (told->user, &entry);
}

static void
tell_lost (PhActivityFromSockets *self, const Told *told)
{
  PhActivity entry;

  /* The kernel's word comes twice: when it begins to drop, and when it has stopped. */
  if (self->lost_us != NEVER && ABS (told->time_us - self->lost_us) < LOST_AGAIN)
    return;
  self->lost_us = told->time_us;
  ph_activity_init (&entry, PH_ACTIVITY_EVENTS_LOST, told->time_us);
  entry.detail = "connections closed";
  told->tell (told->user, &entry);
}

void
ph_activity_from_sockets_take (PhActivityFromSockets *self,
                               PhFrameKind kind,
                               gconstpointer bytes,
                               gsize length,
                               gint64 time_us,
                               gint64 monotonic_us,
                               PhActivityTell tell,
                               gpointer user)
{
  const Told told = { tell, user, time_us };
  const struct nlmsghdr *message;
  const guint8 *at = bytes;
  g_autoptr (PhArena) arena = NULL;

  if (!self->connections)
    return;
  if (kind == PH_FRAME_LOST)
    tell_lost (self, &told);
  if (kind != PH_FRAME_NETLINK)
    return;

  arena = ph_arena_new ();
  while ((message = ph_message_next (&at, &length)))
    {
      PhSocket socket = { 0 };

      if (message->nlmsg_type < NLMSG_MIN_TYPE)
        continue;
      if (!ph_decode_destroyed (message, arena, &socket))
        self->malformed++;
      else if (!is_told_closed (self, socket.key.cookie))
        tell_destroyed (self, &socket, monotonic_us, &told);
    }
  self->malformed += length > 0;
}
