/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How connections ended and what they carried, as the kernel lets one know: real ones, over in a moment, in a network
 * namespace of the test's own. */
#include "own-network.h"

#include <poll.h>

#include "ph-activity-from-sockets.h"
#include "ph-arena.h"
#include "ph-event-socket.h"
#include "ph-linker.h"
#include "short-connection.h"

#define QUESTION 700
#define ANSWER   300

typedef enum
{
  CLIENT_FIRST,
  SERVER_FIRST,
  SERVER_FIRST_EOF_READ, /* the client reads to the end before it closes */
  HALF_CLOSED,           /* the client says that it has no more, and waits for the server to close */
  CLIENT_RESETS,
  SERVER_RESETS,
  UNREAD, /* the server closes with the question unread */
} Way;

static const struct
{
  const char *what;
  Way way;
  PhActivityEnd client, server;
} ways[] = {
  { "client closes first", CLIENT_FIRST, PH_ENDED_ORDERLY, PH_ENDED_ORDERLY },
  { "server closes first", SERVER_FIRST, PH_ENDED_ORDERLY, PH_ENDED_ORDERLY },
  { "server closes first, client reads to the end", SERVER_FIRST_EOF_READ, PH_ENDED_ORDERLY, PH_ENDED_ORDERLY },
  { "client has no more to send", HALF_CLOSED, PH_ENDED_ORDERLY, PH_ENDED_ORDERLY },
  { "client resets", CLIENT_RESETS, PH_ENDED_RESET, PH_ENDED_RESET },
  { "server resets", SERVER_RESETS, PH_ENDED_UNKNOWN, PH_ENDED_RESET },
  { "server closes with data unread", UNREAD, PH_ENDED_UNKNOWN, PH_ENDED_RESET },
};

typedef struct
{
  PhActivityFromSockets *from;
  PhEventSocket *events;
  GArray *told; /* PhActivity, strings void */
  guint lost;
} World;

static void
tell (gpointer user, const PhActivity *entry)
{
  World *world = user;

  if (entry->kind == PH_ACTIVITY_EVENTS_LOST)
    world->lost++;
  g_array_append_val (world->told, *entry);
}

static void
take_frame (void *user, PhFrameKind kind, const void *bytes, size_t length)
{
  World *world = user;

  ph_activity_from_sockets_take (world->from, kind, bytes, length, g_get_real_time (), g_get_monotonic_time (), tell,
                                 world);
}

/* Until nothing comes any more. */
static void
listen_to_kernel (World *world)
{
  struct pollfd fd = { .fd = ph_event_socket_fd (world->events), .events = POLLIN };

  while (poll (&fd, 1, 200) > 0)
    g_assert_true (ph_event_socket_take (world->events, take_frame, world, NULL));
}

/* It is known that @server listens. */
static void
world_init (World *world, int server)
{
  g_autoptr (PhLinker) linker = ph_linker_new (&ph_socket_schema);
  g_autoptr (PhSnapshot) snapshot = ph_snapshot_new (&ph_socket_schema, g_get_monotonic_time ());
  struct sockaddr_in address;
  socklen_t length = sizeof address;
  PhSocket *socket = ph_snapshot_add (snapshot);

  g_assert_no_errno (getsockname (server, (struct sockaddr *) &address, &length));
  socket->key = (PhSocketKey){ .cookie = short_connection_cookie (server),
                               .family = PH_SOCKET_FAMILY_INET,
                               .protocol = PH_PROTOCOL_TCP };
  socket->head.request = PH_REQUEST_TCP4;
  socket->state = PH_STATE_LISTEN;
  socket->local_port = g_ntohs (address.sin_port);
  ph_address_set (&socket->local, PH_FAMILY_IPV4, &address.sin_addr);
  ph_snapshot_edit_look (snapshot, PH_REQUEST_TCP4)->look = PH_LOOK_GOOD;
  ph_linker_link (linker, snapshot);

  world->from = ph_activity_from_sockets_new ();
  ph_activity_from_sockets_set_connections (world->from, TRUE);
  world->told = g_array_new (FALSE, FALSE, sizeof (PhActivity));
  world->lost = 0;
  world->events = ph_event_socket_new (PH_EVENT_DESTROYED, NULL);
  g_assert_nonnull (world->events);
  ph_activity_from_sockets_look (world->from, snapshot, FALSE, g_get_real_time (), tell, world);
}

static void
world_clear (World *world)
{
  ph_activity_from_sockets_free (world->from);
  ph_event_socket_free (world->events);
  g_array_unref (world->told);
}

static void
reset (int fd)
{
  const struct linger at_once = { .l_onoff = 1 };

  g_assert_no_errno (setsockopt (fd, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once));
  close (fd);
}

static void
read_end (int fd)
{
  guint8 byte;

  g_assert_cmpint (recv (fd, &byte, 1, 0), ==, 0);
}

static void
make (int server, Way way)
{
  struct sockaddr_in address;
  socklen_t length = sizeof address;
  int client, peer;

  g_assert_no_errno (getsockname (server, (struct sockaddr *) &address, &length));
  client = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  g_assert_no_errno (connect (client, (struct sockaddr *) &address, length));
  peer = accept4 (server, NULL, NULL, SOCK_CLOEXEC);
  if (way == UNREAD)
    g_assert_cmpint (send (client, (guint8[QUESTION]){ 0 }, QUESTION, 0), ==, QUESTION);
  else
    {
      short_connection_send (client, peer, QUESTION);
      short_connection_send (peer, client, ANSWER);
    }
  switch (way)
    {
    case CLIENT_FIRST:
      close (client);
      read_end (peer);
      close (peer);
      break;
    case SERVER_FIRST:
      close (peer);
      close (client);
      break;
    case SERVER_FIRST_EOF_READ:
      close (peer);
      read_end (client);
      close (client);
      break;
    case HALF_CLOSED:
      shutdown (client, SHUT_WR);
      read_end (peer);
      close (peer);
      read_end (client);
      close (client);
      break;
    case CLIENT_RESETS:
      reset (client);
      close (peer);
      break;
    case SERVER_RESETS:
      reset (peer);
      close (client);
      break;
    case UNREAD:
      close (peer);
      close (client);
      break;
    default:
      g_assert_not_reached ();
    }
}

/* What is sent is exact. What is received may have the other end's FIN in it, where nobody can tell. */
static void
check (const PhActivity *entry, guint64 sent, guint64 received, PhActivityEnd end)
{
  g_assert_cmpuint (entry->kind, ==, PH_ACTIVITY_CONNECTION_CLOSED);
  g_assert_cmpstr (ph_activity_end_name (entry->ended), ==, ph_activity_end_name (end));
  if (entry->rx_bytes == PH_ACTIVITY_UNKNOWN_BYTES) /* reset by this end itself */
    {
      g_assert_cmpuint (entry->ended, ==, PH_ENDED_RESET);
      g_assert_cmpuint (entry->tx_bytes, ==, PH_ACTIVITY_UNKNOWN_BYTES);
      return;
    }
  g_assert_cmpuint (entry->tx_bytes, ==, sent);
  g_assert_cmpuint (entry->rx_bytes, >=, received);
  g_assert_cmpuint (entry->rx_bytes, <=, received + 1);
}

static void
test_ways (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (ways); i++)
    {
      const gboolean unread = ways[i].way == UNREAD;
      const int server = short_connection_listen (AF_INET);
      struct sockaddr_in address;
      socklen_t length = sizeof address;
      World world;

      g_test_message ("%s", ways[i].what);
      g_assert_no_errno (getsockname (server, (struct sockaddr *) &address, &length));
      world_init (&world, server);
      make (server, ways[i].way);
      listen_to_kernel (&world);
      g_assert_cmpuint (world.told->len, ==, 2);
      for (guint k = 0; k < 2; k++)
        {
          const PhActivity *entry = &g_array_index (world.told, PhActivity, k);

          if (entry->local_port == g_ntohs (address.sin_port))
            check (entry, unread ? 0 : ANSWER, QUESTION, ways[i].server);
          else
            check (entry, QUESTION, unread ? 0 : ANSWER, ways[i].client);
        }
      g_assert_cmpuint (ph_activity_from_sockets_malformed (world.from), ==, 0);
      world_clear (&world);
      close (server);
    }
}

/* Nothing listens there; and what was never used is not worth a word. */
static void
test_refused (void)
{
  const int server = short_connection_listen (AF_INET);
  const int client = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  struct sockaddr_in address;
  socklen_t length = sizeof address;
  World world;

  g_assert_no_errno (getsockname (server, (struct sockaddr *) &address, &length));
  world_init (&world, server);
  close (server);
  close (socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
  connect (client, (struct sockaddr *) &address, length); /* refused by now, which nobody has been told */
  close (client);
  listen_to_kernel (&world);
  g_assert_cmpuint (world.told->len, ==, 1);
  g_assert_cmpuint (g_array_index (world.told, PhActivity, 0).ended, ==, PH_ENDED_REFUSED);
  world_clear (&world);
}

/* A thousand, each told once for each end, with its bytes. */
static void
test_many (void)
{
  const int server = short_connection_listen (AF_INET);
  guint64 sent = 0;
  World world;

  world_init (&world, server);
  for (guint i = 0; i < 1000; i++)
    {
      short_connection_make (server, i % 1000, 17, 0, NULL);
      if (i % 100 == 99)
        listen_to_kernel (&world);
    }
  g_assert_cmpuint (world.told->len, ==, 2000);
  for (guint i = 0; i < world.told->len; i++)
    sent += g_array_index (world.told, PhActivity, i).tx_bytes;
  g_assert_cmpuint (sent, ==, 999 * 1000 / 2 + 17 * 1000);
  g_assert_cmpuint (world.lost, ==, 0);
  world_clear (&world);
  close (server);
}

int
main (int argc, char **argv)
{
  if (!own_network_enter ())
    {
      g_printerr ("no network namespace of our own: %s\n", g_strerror (errno));
      return 77;
    }
  own_network_up (OWN_NETWORK_LO, TRUE);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/activity-ends/ways", test_ways);
  g_test_add_func ("/activity-ends/refused", test_refused);
  g_test_add_func ("/activity-ends/many", test_many);
  return g_test_run ();
}
