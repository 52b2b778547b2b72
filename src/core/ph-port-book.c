/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Ports in the order in which they were first seen, and an index by what tells them apart. */
#include "ph-port-book.h"

#include <string.h>

#define LOOKS_TO_WAIT  2 /* for the owner */
#define EPHEMERAL_LOW  32768
#define EPHEMERAL_HIGH 60999

typedef struct
{
  PhAddress local;
  guint32 interface;
  guint16 port;
  guint8 protocol;
  guint8 family; /* PhSocketFamily */
} PortKey;

G_STATIC_ASSERT (sizeof (PortKey) == sizeof (PhAddress) + 8); /* no padding: it is hashed as bytes */

typedef struct
{
  PortKey key;
  PhActivity facts; /* as of the last look that found it; its strings are its own */
  PhRequestName request;
  gint64 first_us; /* µs, CLOCK_MONOTONIC; PH_ACTIVITY_UNKNOWN_US: it was there before */
  gint64 time_us;  /* when that was, since 1970 */
  guint seen_at;
  guint8 n_looks;
  gboolean told; /* that it was opened */
} Port;

struct _PhPortBook
{
  GPtrArray *ports;   /* Port */
  GHashTable *by_key; /* &Port.key → Port */
  GHashTable *tcp;    /* port number → Port: one of those with it */
  guint64 known;      /* bit (1 << PhRequestName): has been answered */
  guint now;          /* number of the look */
  guint16 ephemeral_low;
  guint16 ephemeral_high;
  gboolean ephemeral_too;
};

/* --- ports --- */

static guint
hash_key (gconstpointer key)
{
  const guint8 *bytes = key;
  guint hash = 5381;

  for (gsize i = 0; i < sizeof (PortKey); i++)
    hash = hash * 33 + bytes[i];
  return hash;
}

static gboolean
equal_keys (gconstpointer a, gconstpointer b)
{
  return memcmp (a, b, sizeof (PortKey)) == 0;
}

static void
clear_strings (PhActivity *facts)
{
  g_free ((gpointer) facts->process);
  g_free ((gpointer) facts->exe);
  g_free ((gpointer) facts->unit);
  g_free ((gpointer) facts->interface_name);
}

static void
port_free (gpointer data)
{
  Port *port = data;

  clear_strings (&port->facts);
  g_free (port);
}

/* What was known of the owner is not forgotten because one look did not find out. */
static void
take_facts (Port *port, const PhSocket *socket)
{
  PhActivity facts;

  if (socket->owner.note == PH_OWNER_UNKNOWN && port->facts.note != PH_OWNER_UNKNOWN)
    return;
  ph_activity_init (&facts, PH_ACTIVITY_PORT_OPENED, port->time_us);
  ph_activity_set_socket (&facts, socket);
  facts.exposure = (guint8) ph_socket_exposure (socket);
  facts.process = g_strdup (facts.process);
  facts.exe = g_strdup (facts.exe);
  facts.unit = g_strdup (facts.unit);
  facts.interface_name = g_strdup (facts.interface_name);
  clear_strings (&port->facts);
  port->facts = facts;
}

/* --- the book --- */

PhPortBook *
ph_port_book_new (void)
{
  PhPortBook *book = g_new0 (PhPortBook, 1);

  book->ports = g_ptr_array_new_with_free_func (port_free);
  book->by_key = g_hash_table_new (hash_key, equal_keys);
  book->tcp = g_hash_table_new (NULL, NULL);
  ph_port_book_set_ephemeral (book, EPHEMERAL_LOW, EPHEMERAL_HIGH, FALSE);
  return book;
}

void
ph_port_book_free (PhPortBook *book)
{
  if (!book)
    return;
  g_hash_table_unref (book->tcp);
  g_hash_table_unref (book->by_key);
  g_ptr_array_unref (book->ports);
  g_free (book);
}

void
ph_port_book_set_ephemeral (PhPortBook *book, guint16 low, guint16 high, gboolean all)
{
  book->ephemeral_low = low;
  book->ephemeral_high = high;
  book->ephemeral_too = all;
}

void
ph_port_book_take_settings (PhPortBook *book, const PhPortBook *from)
{
  ph_port_book_set_ephemeral (book, from->ephemeral_low, from->ephemeral_high, from->ephemeral_too);
}

const PhActivity *
ph_port_book_find_tcp (const PhPortBook *book, guint16 number)
{
  const Port *port = g_hash_table_lookup (book->tcp, GUINT_TO_POINTER (number));

  return port ? &port->facts : NULL;
}

/* --- a look --- */

static gboolean
is_port (const PhPortBook *book, const PhSocket *socket)
{
  switch (socket->key.protocol)
    {
    case PH_PROTOCOL_TCP:
    case PH_PROTOCOL_SCTP:
    case PH_PROTOCOL_DCCP:
      break;
    case PH_PROTOCOL_UDP:
    case PH_PROTOCOL_UDPLITE:
      if (!book->ephemeral_too && socket->local_port >= book->ephemeral_low
          && socket->local_port <= book->ephemeral_high)
        return FALSE;
      break;
    default:
      return FALSE;
    }
  return socket->local_port != 0 && socket->head.mark != PH_MARK_CLOSED && socket->head.mark != PH_MARK_STALE
         && ph_socket_is (socket, PH_SOCKET_IS_LISTENING);
}

static gboolean
is_known (const PhPortBook *book, guint request)
{
  return (book->known & (G_GUINT64_CONSTANT (1) << request)) != 0;
}

static Port *
find_or_add (PhPortBook *book, const PhSocket *socket, gint64 time_us)
{
  const PortKey key = { .local = socket->local,
                        .interface = socket->interface,
                        .port = socket->local_port,
                        .protocol = (guint8) socket->key.protocol,
                        .family = socket->key.family };
  Port *port = g_hash_table_lookup (book->by_key, &key);

  if (port)
    return port;
  port = g_new0 (Port, 1);
  port->key = key;
  port->request = socket->head.request;
  port->time_us = time_us;
  port->told = !is_known (book, socket->head.request);
  port->first_us = port->told ? PH_ACTIVITY_UNKNOWN_US : socket->head.first_seen;
  g_hash_table_insert (book->by_key, &port->key, port);
  g_ptr_array_add (book->ports, port);
  return port;
}

static void
tell_opened (Port *port, PhActivityTell tell, gpointer user)
{
  if (!port->told)
    tell (user, &port->facts);
  port->told = TRUE;
}

static void
tell_closed (Port *port, gint64 monotonic_us, gint64 time_us, PhActivityTell tell, gpointer user)
{
  PhActivity closed = port->facts;

  tell_opened (port, tell, user);
  closed.kind = PH_ACTIVITY_PORT_CLOSED;
  closed.time_us = time_us;
  if (port->first_us != PH_ACTIVITY_UNKNOWN_US)
    closed.duration_us = MAX (monotonic_us - port->first_us, 0);
  tell (user, &closed);
}

static void
index_tcp (PhPortBook *book)
{
  g_hash_table_remove_all (book->tcp);
  for (guint i = 0; i < book->ports->len; i++)
    {
      Port *port = g_ptr_array_index (book->ports, i);

      if (port->key.protocol == PH_PROTOCOL_TCP)
        g_hash_table_insert (book->tcp, GUINT_TO_POINTER (port->key.port), port);
    }
}

/* A look that was partial, or failed, or did not ask, cannot tell that something is gone. */
static void
sweep (PhPortBook *book, PhSnapshot *snapshot, gint64 time_us, PhActivityTell tell, gpointer user)
{
  guint n_kept = 0;

  g_ptr_array_set_free_func (book->ports, NULL);
  for (guint i = 0; i < book->ports->len; i++)
    {
      Port *port = g_ptr_array_index (book->ports, i);

      if (port->seen_at != book->now && ph_snapshot_look (snapshot, port->request)->look == PH_LOOK_GOOD)
        {
          tell_closed (port, ph_snapshot_time (snapshot), time_us, tell, user);
          g_hash_table_remove (book->by_key, &port->key);
          port_free (port);
          continue;
        }
      if (port->seen_at == book->now && (port->facts.note != PH_OWNER_UNKNOWN || port->n_looks++ >= LOOKS_TO_WAIT))
        tell_opened (port, tell, user);
      g_ptr_array_index (book->ports, n_kept++) = port;
    }
  g_ptr_array_set_size (book->ports, n_kept);
  g_ptr_array_set_free_func (book->ports, port_free);
}

void
ph_port_book_look (PhPortBook *book, PhSnapshot *snapshot, gint64 time_us, PhActivityTell tell, gpointer user)
{
  book->now++;
  for (guint i = 0; i < ph_snapshot_n_records (snapshot); i++)
    {
      const PhSocket *socket = ph_snapshot_record (snapshot, i);
      Port *port;

      if (!is_port (book, socket))
        continue;
      port = find_or_add (book, socket, time_us);
      if (port->seen_at != book->now)
        take_facts (port, socket);
      port->seen_at = book->now;
    }
  sweep (book, snapshot, time_us, tell, user);
  index_tcp (book);
  for (guint i = 0; i < PH_N_REQUESTS; i++)
    {
      const PhLook look = ph_snapshot_look (snapshot, i)->look;

      if (look == PH_LOOK_GOOD || look == PH_LOOK_PARTIAL)
        book->known |= G_GUINT64_CONSTANT (1) << i;
    }
}
