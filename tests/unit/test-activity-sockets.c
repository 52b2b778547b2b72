/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is told of ports and connections: from looks, from destroy messages, and once where both know. */
#include "activity-world.h"

static PhSocket
listener (const char *address, guint16 port)
{
  PhSocket socket
      = sample_socket (PH_PROTOCOL_TCP, address, port, strchr (address, ':') ? "::" : "0.0.0.0", 0, PH_STATE_LISTEN);

  socket.owner = (PhOwnership){ sample_owners, 1, PH_OWNER_PROCESS, { 0 }, &sample_unit };
  return socket;
}

/* Points at nothing, so that a failed look can bring it along. */
static PhSocket
kernels_own (const char *address, guint16 port)
{
  PhSocket socket = listener (address, port);

  socket.owner = (PhOwnership){ .note = PH_OWNER_KERNEL };
  return socket;
}

static PhSocket
connection (guint16 local_port, guint16 remote_port)
{
  PhSocket socket
      = sample_socket (PH_PROTOCOL_TCP, "192.0.2.1", local_port, "198.51.100.7", remote_port, PH_STATE_ESTABLISHED);

  socket.owner = (PhOwnership){ sample_owners, 1, PH_OWNER_PROCESS, { 0 }, &sample_unit };
  socket.tcp = &sample_tcp;
  return socket;
}

/* --- ports --- */

static void
test_port (void)
{
  g_autoptr (World) world = world_new ();
  const PhActivity *told;
  guint64 cookie;

  world_open (world, listener ("0.0.0.0", 22));
  world_look (world);
  g_assert_cmpuint (world->told->len, ==, 0); /* it was there */

  cookie = world_open (world, listener ("127.0.0.1", 8000));
  world_look (world);
  told = world_told (world, 0, 1);
  g_assert_cmpuint (told->kind, ==, PH_ACTIVITY_PORT_OPENED);
  g_assert_cmpint (told->time_us, ==, world_clock (world));
  g_assert_cmpuint (told->local_port, ==, 8000);
  g_assert_cmpuint (told->remote.family, ==, PH_FAMILY_NONE);
  g_assert_cmpuint (told->exposure, ==, PH_EXPOSURE_LOCAL);
  g_assert_cmpuint (told->socket.cookie, ==, cookie);
  g_assert_cmpstr (told->process, ==, "nginx");
  g_assert_cmpstr (told->exe, ==, "/usr/sbin/nginx");
  g_assert_cmpstr (told->unit, ==, "nginx.service");
  g_assert_cmpint (told->pid, ==, 812);
  g_assert_cmpint (told->duration_us, ==, PH_ACTIVITY_UNKNOWN_US);

  world_look (world);
  world_close (world, cookie);
  world_look (world);
  told = world_told (world, 1, 2);
  g_assert_cmpuint (told->kind, ==, PH_ACTIVITY_PORT_CLOSED);
  g_assert_cmpint (told->duration_us, ==, 2 * G_USEC_PER_SEC);
  g_assert_cmpstr (told->process, ==, "nginx");
}

/* Workers share a port by SO_REUSEPORT: it is opened with the first socket and closed with the last. One that was there
 * at the start has no duration. */
static void
test_shared_port (void)
{
  g_autoptr (World) world = world_new ();
  guint64 first, second;

  first = world_open (world, listener ("0.0.0.0", 80));
  world_look (world);
  second = world_open (world, listener ("0.0.0.0", 80));
  world_look (world);
  world_close (world, first);
  world_look (world);
  g_assert_cmpuint (world->told->len, ==, 0);
  world_close (world, second);
  world_look (world);
  g_assert_cmpuint (world_told (world, 0, 1)->kind, ==, PH_ACTIVITY_PORT_CLOSED);
  g_assert_cmpint (world_told (world, 0, 1)->duration_us, ==, PH_ACTIVITY_UNKNOWN_US);
}

/* Two looks pass before a port is told without its owner; one that goes before that is told all the same. */
static void
test_wait_for_owner (void)
{
  g_autoptr (World) world = world_new ();
  PhSocket unknown = listener ("::", 443);
  guint64 cookie;
  gint64 seen;

  unknown.owner = (PhOwnership){ 0 };
  world_look (world);
  cookie = world_open (world, unknown);
  world_look (world);
  seen = world_clock (world);
  world_look (world);
  g_assert_cmpuint (world->told->len, ==, 0);
  world_find (world, cookie)->owner = (PhOwnership){ sample_owners, 1, PH_OWNER_PROCESS, { 0 }, NULL };
  world_look (world);
  g_assert_cmpstr (world_told (world, 0, 1)->process, ==, "nginx");
  g_assert_cmpint (world_told (world, 0, 1)->time_us, ==, seen);

  unknown.local_port = 444;
  unknown.key.cookie += 1000;
  world_open (world, unknown);
  for (guint i = 0; i < 3; i++)
    {
      g_assert_cmpuint (world->told->len, ==, 1);
      world_look (world);
    }
  g_assert_null (world_told (world, 1, 2)->process);

  unknown.local_port = 445;
  unknown.key.cookie += 1000;
  cookie = world_open (world, unknown);
  world_look (world);
  world_close (world, cookie);
  world_look (world);
  g_assert_cmpuint (world_told (world, 2, 4)->kind, ==, PH_ACTIVITY_PORT_OPENED);
  g_assert_cmpuint (world_told (world, 3, 4)->kind, ==, PH_ACTIVITY_PORT_CLOSED);
}

static void
test_udp (void)
{
  g_autoptr (World) world = world_new ();

  world_look (world);
  world_open (world, sample_socket (PH_PROTOCOL_UDP, "0.0.0.0", 40000, "0.0.0.0", 0, PH_STATE_CLOSE));
  world_open (world, sample_socket (PH_PROTOCOL_UDP, "0.0.0.0", 50, "192.0.2.9", 53, PH_STATE_ESTABLISHED));
  world_open (world, sample_socket (PH_PROTOCOL_UDP, "0.0.0.0", 0, "0.0.0.0", 0, PH_STATE_CLOSE));
  for (guint i = 0; i < 4; i++)
    world_look (world);
  g_assert_cmpuint (world->told->len, ==, 0);
  world_open (world, sample_socket (PH_PROTOCOL_UDP, "::", 5353, "::", 0, PH_STATE_CLOSE));
  for (guint i = 0; i < 4; i++)
    world_look (world);
  g_assert_cmpuint (world_told (world, 0, 1)->local_port, ==, 5353);
  ph_activity_from_sockets_set_ephemeral (world->from, 32768, 60999, TRUE);
  for (guint i = 0; i < 4; i++)
    world_look (world);
  g_assert_cmpuint (world_told (world, 1, 2)->local_port, ==, 40000);
}

/* A request that failed or was not asked says nothing; the first that is answered is silent. */
static void
test_not_asked (void)
{
  g_autoptr (World) world = world_new ();
  guint64 port;

  world->looks[PH_REQUEST_TCP6] = PH_LOOK_NOT_ASKED;
  port = world_open (world, kernels_own ("0.0.0.0", 25));
  world_open (world, kernels_own ("::", 25));
  world_look (world);
  world->looks[PH_REQUEST_TCP4] = PH_LOOK_FAILED;
  world_close (world, port);
  world_look (world);
  world->looks[PH_REQUEST_TCP4] = PH_LOOK_NOT_ASKED;
  world->looks[PH_REQUEST_TCP6] = PH_LOOK_GOOD;
  world_look (world);
  g_assert_cmpuint (world->told->len, ==, 0);
  world->looks[PH_REQUEST_TCP4] = PH_LOOK_GOOD;
  world_look (world);
  g_assert_cmpuint (world_told (world, 0, 1)->kind, ==, PH_ACTIVITY_PORT_CLOSED);

  ph_activity_from_sockets_forget (world->from);
  world_open (world, kernels_own ("0.0.0.0", 26));
  world_look (world);
  g_assert_cmpuint (world->told->len, ==, 1);
}

/* --- connections by looks --- */

static void
test_connection (void)
{
  g_autoptr (World) world = world_new ();
  const PhActivity *told;
  guint64 old, cookie;

  old = world_open (world, connection (40000, 443));
  world_look (world);
  cookie = world_open (world, connection (40001, 443));
  world_look (world);
  told = world_told (world, 0, 1);
  g_assert_cmpuint (told->kind, ==, PH_ACTIVITY_CONNECTION_OPENED);
  g_assert_cmpuint (told->remote_port, ==, 443);
  g_assert_cmpuint (told->rx_bytes, ==, PH_ACTIVITY_UNKNOWN_BYTES);
  g_assert_cmpuint (told->exposure, ==, PH_EXPOSURE_NONE);

  world_find (world, cookie)->state = PH_STATE_CLOSE_WAIT;
  world_find (world, cookie)->flags |= PH_SOCKET_SIGN_ACKED; /* it was we who connected */
  world_look (world);
  world_close (world, cookie);
  world_close (world, old);
  world_look (world);
  for (guint i = 1; i < 3; i++)
    {
      told = world_told (world, i, 3);
      g_assert_cmpuint (told->kind, ==, PH_ACTIVITY_CONNECTION_CLOSED);
      g_assert_cmpuint (told->rx_bytes, ==, sample_tcp.bytes_received);
      g_assert_cmpuint (told->tx_bytes, ==, sample_tcp.bytes_acked - (told->local_port == 40001 ? 1 : 0));
      if (told->local_port == 40001)
        {
          g_assert_cmpint (told->duration_us, ==, 2 * G_USEC_PER_SEC);
          g_assert_cmpuint (told->ended, ==, PH_ENDED_PEER);
        }
      else
        {
          g_assert_cmpint (told->duration_us, ==, PH_ACTIVITY_UNKNOWN_US);
          g_assert_cmpuint (told->ended, ==, PH_ENDED_UNKNOWN);
        }
    }
}

/* The same slot and key, but not yet, or not any more, a connection. What stands in for a closed one has a cookie of
 * its own. */
static void
test_states (void)
{
  g_autoptr (World) world = world_new ();
  PhSocket socket = connection (40002, 443), rest = connection (40002, 443);
  guint64 cookie;

  world_look (world);
  socket.state = PH_STATE_SYN_SENT;
  cookie = world_open (world, socket);
  world_look (world);
  g_assert_cmpuint (world->told->len, ==, 0);
  world_find (world, cookie)->state = PH_STATE_ESTABLISHED;
  world_look (world);
  g_assert_cmpuint (world_told (world, 0, 1)->kind, ==, PH_ACTIVITY_CONNECTION_OPENED);

  world_close (world, cookie);
  rest.state = PH_STATE_FIN_WAIT2;
  rest.timer = PH_TIMER_TIMEWAIT;
  rest.inode = 0;
  cookie = world_open (world, rest);
  world_look (world);
  g_assert_cmpuint (world_told (world, 1, 2)->kind, ==, PH_ACTIVITY_CONNECTION_CLOSED);
  world_find (world, cookie)->state = PH_STATE_TIME_WAIT;
  world_look (world);
  world_close (world, cookie);
  world_look (world);
  g_assert_cmpuint (world->told->len, ==, 2);
}

/* Looks may be another table's: of another linker, with listeners only. */
static void
test_other_looks (void)
{
  g_autoptr (World) world = world_new ();
  g_autoptr (PhSnapshot) listeners = NULL;
  PhLinker *linker;
  guint64 cookie, other;

  cookie = world_open (world, connection (40003, 443));
  world_look (world);
  listeners = ph_snapshot_new (&ph_socket_schema, world->now);
  ph_snapshot_edit_look (listeners, PH_REQUEST_TCP4)->look = PH_LOOK_GOOD;
  linker = ph_linker_new (&ph_socket_schema);
  ph_linker_link (linker, listeners);
  ph_activity_from_sockets_look (world->from, listeners, TRUE, 0, world_tell, world);
  g_assert_cmpuint (world->told->len, ==, 0);
  ph_linker_free (linker);

  ph_linker_free (world->linker);
  world->linker = ph_linker_new (&ph_socket_schema);
  other = world_open (world, connection (40004, 443));
  world_look (world);
  g_assert_cmpuint (world_told (world, 0, 1)->local_port, ==, 40004);
  world_close (world, cookie);
  ph_linker_free (world->linker);
  world->linker = ph_linker_new (&ph_socket_schema);
  world_look (world);
  g_assert_cmpuint (world_told (world, 1, 2)->local_port, ==, 40003);
  world_close (world, other);
  world_look (world);
  g_assert_cmpuint (world_told (world, 2, 3)->local_port, ==, 40004);
  g_assert_cmpint (world_told (world, 2, 3)->duration_us, ==,
                   PH_ACTIVITY_UNKNOWN_US); /* longer than this linker knows */

  /* A look that was interrupted each time brings and takes nothing. */
  world->looks[PH_REQUEST_TCP4] = PH_LOOK_PARTIAL;
  world_look (world);
  world->looks[PH_REQUEST_TCP4] = PH_LOOK_GOOD;
  world_look (world);
  g_assert_cmpuint (world->told->len, ==, 3);

  /* Nobody wants to know. */
  ph_activity_from_sockets_set_connections (world->from, FALSE);
  world_open (world, connection (40005, 443));
  world_look (world);
  g_assert_cmpuint (world->told->len, ==, 3);
}

/* --- destroy messages --- */

/* As two ends of one connection reported it: 1,000 bytes there, 500 back. */
static PhTcpInfo
last_numbers (guint64 sent, guint64 signs, guint64 received)
{
  return (PhTcpInfo){ .bytes_sent = sent,
                      .bytes_acked = sent + signs,
                      .bytes_received = received,
                      .data_segs_in = received > 1,
                      .rtt_us = 20,
                      .snd_wnd = 65536,
                      .segs_in = 5 };
}

/* One that no look has seen: the owner is who listens on its port. */
static void
test_short (void)
{
  g_autoptr (World) world = world_new ();
  PhSocket accepted = connection (8000, 50000), made = connection (50001, 443);
  PhTcpInfo info = last_numbers (500, 1, 1000);
  const PhActivity *told;

  world_open (world, listener ("0.0.0.0", 8000));
  world_look (world);
  world_destroyed (world, &accepted, &info);
  told = world_told (world, 0, 1);
  g_assert_cmpuint (told->kind, ==, PH_ACTIVITY_CONNECTION_CLOSED);
  g_assert_cmpuint (told->tx_bytes, ==, 500);
  g_assert_cmpuint (told->rx_bytes, ==, 1000);
  g_assert_cmpuint (told->ended, ==, PH_ENDED_ORDERLY);
  g_assert_cmpuint (told->note, ==, PH_OWNER_BY_SERVICE);
  g_assert_cmpstr (told->unit, ==, "nginx.service");
  g_assert_cmpint (told->pid, ==, 0);
  g_assert_cmpint (told->duration_us, ==, PH_ACTIVITY_UNKNOWN_US);
  g_assert_cmpuint (told->socket.cookie, ==, accepted.key.cookie);
  g_assert_true (memcmp (&told->remote, &accepted.remote, sizeof told->remote) == 0);

  world_destroyed (world, &accepted, &info); /* the kernel does not, but who knows */
  info = last_numbers (1000, 2, 500);
  world_destroyed (world, &made, &info);
  told = world_told (world, 1, 2);
  g_assert_cmpuint (told->note, ==, PH_OWNER_GONE);
  g_assert_null (told->process);
  g_assert_cmpuint (told->tx_bytes, ==, 1000);
}

/* Known from a look: owner and duration. */
static void
test_seen (void)
{
  g_autoptr (World) world = world_new ();
  PhSocket socket = connection (50002, 443);
  PhTcpInfo info = last_numbers (1000, 2, 501);
  const PhActivity *told;

  world_look (world);
  world_open (world, socket);
  world_look (world);
  world->now += G_USEC_PER_SEC / 2;
  world_find (world, socket.key.cookie)->state = PH_STATE_LAST_ACK;
  {
    g_autoptr (PhSnapshot) snapshot = world_dump (world);
    world_look_at (world, snapshot);
  }
  world->now += G_USEC_PER_SEC / 4;
  world_destroyed (world, &socket, &info);
  told = world_told (world, 1, 2);
  g_assert_cmpstr (told->process, ==, "nginx");
  g_assert_cmpint (told->pid, ==, 812);
  g_assert_cmpint (told->duration_us, ==, 3 * G_USEC_PER_SEC / 4);
  g_assert_cmpuint (told->ended, ==, PH_ENDED_PEER);
  g_assert_cmpuint (told->rx_bytes, ==, 500); /* without the FIN */
}

/* The look may have been under way when the message came, or have been first. Told once in either order. */
static void
test_once (void)
{
  const PhTcpInfo info = last_numbers (1, 2, 1);

  for (guint order = 0; order < 3; order++)
    {
      g_autoptr (World) world = world_new ();
      PhSocket socket = connection (50003, 443);

      world_look (world);
      world_open (world, socket);
      if (order > 0)
        world_look (world);
      {
        g_autoptr (PhSnapshot) under_way = world_dump (world);

        if (order < 2)
          world_destroyed (world, &socket, &info);
        world_look_at (world, under_way);
      }
      world_look (world); /* a socket that is closing stays a while, where its process has the descriptor */
      world_close (world, socket.key.cookie);
      world_look (world);
      world_look (world);
      if (order == 2)
        world_destroyed (world, &socket, &info);
      world_look (world);
      g_assert_cmpuint (world->told->len, ==, order > 0 ? 2 : 1);
      g_assert_cmpuint (world_told (world, order > 0, order > 0 ? 2 : 1)->kind, ==, PH_ACTIVITY_CONNECTION_CLOSED);
    }
}

static void
test_lost (void)
{
  g_autoptr (World) world = world_new ();

  for (guint i = 0; i < 2; i++) /* when it begins, and when it is over */
    ph_activity_from_sockets_take (world->from, PH_FRAME_LOST, NULL, 0, world_clock (world), world->now, world_tell,
                                   world);
  g_assert_cmpuint (world_told (world, 0, 1)->kind, ==, PH_ACTIVITY_EVENTS_LOST);
  world->now += 2 * G_USEC_PER_SEC;
  ph_activity_from_sockets_take (world->from, PH_FRAME_LOST, NULL, 0, world_clock (world), world->now, world_tell,
                                 world);
  g_assert_cmpuint (world->told->len, ==, 2);
}

/* A message cut at every length, and others that are none of it. */
static void
test_hostile (void)
{
  g_autoptr (World) world = world_new ();
  PhSocket socket = connection (50004, 443);
  const PhTcpInfo info = last_numbers (1, 2, 1);
  DestroyMessage message, other;
  guint malformed = 0;

  world_destroy_message (&message, &socket, &info);
  for (guint length = 0; length < message.header.nlmsg_len; length++)
    {
      world_take (world, &message, length); /* says that it is longer than what there is */
      other = message;
      other.header.nlmsg_len = length;
      world_take (world, &other, MAX (length, sizeof other.header));
    }
  g_assert_cmpuint (world->told->len, <=, 1); /* cut in the middle of tcp_info it is an older kernel's */
  g_assert_cmpuint (ph_activity_from_sockets_malformed (world->from), >, malformed);

  other = message;
  other.header.nlmsg_type = SOCK_DIAG_BY_FAMILY + 1;
  world_take (world, &other, other.header.nlmsg_len);
  other = message;
  ((struct inet_diag_msg *) mnl_nlmsg_get_payload (&other.header))->idiag_family = AF_UNIX;
  world_take (world, &other, other.header.nlmsg_len);
  g_assert_cmpuint (world->told->len, <=, 1);
}

/* --- how it ended --- */

static const struct
{
  const char *what;
  guint64 sent, acked;
  guint32 unread, unacked;
  guint8 retransmits;
  gboolean accepted;
  guint8 state;
  guint8 ended;
} ends[] = {
  { "connected, closed in order", 1000, 1002, 0, 0, 0, FALSE, 0, PH_ENDED_ORDERLY },
  { "connected, seen in FIN_WAIT2", 1000, 1002, 0, 0, 0, FALSE, PH_STATE_FIN_WAIT2, PH_ENDED_HERE },
  { "connected, seen in CLOSE_WAIT", 1000, 1002, 0, 0, 0, FALSE, PH_STATE_CLOSE_WAIT, PH_ENDED_PEER },
  { "accepted, closed in order", 500, 501, 0, 0, 0, TRUE, 0, PH_ENDED_ORDERLY },
  { "one sign of either", 500, 501, 0, 0, 0, FALSE, 0, PH_ENDED_UNKNOWN },
  { "accepted, no FIN", 500, 500, 0, 0, 0, TRUE, 0, PH_ENDED_RESET },
  { "no sign at all", 500, 500, 0, 0, 0, FALSE, 0, PH_ENDED_RESET },
  { "data unread", 0, 1, 500, 0, 0, FALSE, 0, PH_ENDED_RESET },
  { "FIN not acknowledged", 500, 500, 0, 1, 0, TRUE, 0, PH_ENDED_RESET },
  { "silence", 500, 300, 0, 200, 15, TRUE, 0, PH_ENDED_TIMED_OUT },
  { "some silence", 500, 300, 0, 200, 2, TRUE, 0, PH_ENDED_UNKNOWN },
  { "numbers that do not add up", 500, 5000, 0, 0, 0, FALSE, 0, PH_ENDED_UNKNOWN },
};

static void
test_ends (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    {
      g_autoptr (World) world = world_new ();
      PhSocket socket = connection (ends[i].accepted ? 8000 : 50005, 443);
      PhTcpInfo info = last_numbers (ends[i].sent, 0, 1000);

      info.bytes_acked = ends[i].acked;
      info.retransmits = ends[i].retransmits;
      world_open (world, listener ("0.0.0.0", 8000));
      if (ends[i].state)
        {
          socket.state = ends[i].state;
          world_open (world, socket);
        }
      world_look (world);
      socket.recv_q = ends[i].unread;
      socket.send_q = ends[i].unacked;
      world_destroyed (world, &socket, &info);
      g_test_message ("%s", ends[i].what);
      g_assert_cmpuint (world_told (world, 0, 1)->ended, ==, ends[i].ended);
    }
}

/* Those that never were connections, and those of which the kernel has forgotten it. */
static void
test_never (void)
{
  g_autoptr (World) world = world_new ();
  PhSocket socket = connection (50006, 9);
  PhSocket forgotten = sample_socket (PH_PROTOCOL_TCP, "192.0.2.1", 50007, "0.0.0.0", 0, PH_STATE_CLOSE);
  PhSocket unused = sample_socket (PH_PROTOCOL_TCP, "0.0.0.0", 0, "0.0.0.0", 0, PH_STATE_CLOSE);
  PhTcpInfo info = { .segs_in = 1 };

  world_look (world);
  socket.send_q = 1;
  world_destroyed (world, &socket, &info);
  g_assert_cmpuint (world_told (world, 0, 1)->ended, ==, PH_ENDED_REFUSED);
  info = (PhTcpInfo){ .retransmits = 6 };
  socket.key.cookie += 1000;
  world_destroyed (world, &socket, &info);
  g_assert_cmpuint (world_told (world, 1, 2)->ended, ==, PH_ENDED_TIMED_OUT);

  info = (PhTcpInfo){ .snd_wnd = 70656 };
  forgotten.send_q = 70658;
  world_destroyed (world, &forgotten, &info);
  g_assert_cmpuint (world_told (world, 2, 3)->ended, ==, PH_ENDED_RESET);
  g_assert_cmpuint (world_told (world, 2, 3)->rx_bytes, ==, PH_ACTIVITY_UNKNOWN_BYTES);
  g_assert_cmpuint (world_told (world, 2, 3)->remote.family, ==, PH_FAMILY_NONE);

  info = (PhTcpInfo){ 0 };
  world_destroyed (world, &unused, &info);
  g_assert_cmpuint (world->told->len, ==, 3);
}

/* --- everything at random --- */

typedef struct
{
  PhSocket socket;
  guint n_opened, n_closed;
  gboolean destroyed; /* but the message has not come yet */
  guint n_waited;     /* looks */
} Life;

/* A message may wait for some looks, but not for ever. */
static void
deliver (World *world, GPtrArray *lives, guint n_looks, const PhTcpInfo *info)
{
  for (guint i = 0; i < lives->len; i++)
    {
      Life *life = g_ptr_array_index (lives, i);

      if (!life->destroyed || life->n_waited++ < n_looks)
        continue;
      world_destroyed (world, &life->socket, info);
      life->destroyed = FALSE;
    }
}

static void
count (World *world, GPtrArray *lives)
{
  for (guint i = 0; i < world->told->len; i++)
    {
      const PhActivity *told = &g_array_index (world->told, PhActivity, i);

      for (guint k = 0; k < lives->len; k++)
        {
          Life *life = g_ptr_array_index (lives, k);

          if (life->socket.key.cookie != told->socket.cookie)
            continue;
          g_assert_cmpuint (life->n_closed, ==, 0); /* nothing after the end */
          life->n_opened += told->kind == PH_ACTIVITY_CONNECTION_OPENED;
          life->n_closed += told->kind == PH_ACTIVITY_CONNECTION_CLOSED;
        }
    }
  g_array_set_size (world->told, 0);
}

static void
test_random (void)
{
  const PhTcpInfo info = last_numbers (1000, 2, 500);

  for (guint run = 0; run < 200; run++)
    {
      g_autoptr (World) world = world_new ();
      g_autoptr (GPtrArray) lives = g_ptr_array_new_with_free_func (g_free);
      PhSnapshot *under_way = NULL;
      gboolean seen_all = FALSE;

      world_look (world);
      for (guint step = 0; step < 100; step++)
        {
          Life *life
              = lives->len > 0 ? g_ptr_array_index (lives, g_test_rand_int_range (0, (gint32) lives->len)) : NULL;

          world->now += 1000;
          switch (g_test_rand_int_range (0, 6))
            {
            case 0:
            case 1:
              life = g_new0 (Life, 1);
              life->socket = connection ((guint16) g_test_rand_int_range (10000, 60000), 443);
              world_open (world, life->socket);
              g_ptr_array_add (lives, life);
              break;
            case 2: /* the socket goes; its message is on the way */
              if (life && world_find (world, life->socket.key.cookie))
                {
                  world_close (world, life->socket.key.cookie);
                  life->destroyed = TRUE;
                }
              break;
            case 3:
              if (life && life->destroyed)
                {
                  world_destroyed (world, &life->socket, &info);
                  life->destroyed = FALSE;
                }
              break;
            case 4:
              if (!under_way)
                under_way = world_dump (world);
              break;
            case 5:
              deliver (world, lives, 3, &info);
              if (under_way)
                world_look_at (world, under_way);
              g_clear_pointer (&under_way, ph_snapshot_unref);
              break;
            default:
              g_assert_not_reached ();
            }
          count (world, lives);
        }
      g_clear_pointer (&under_way, ph_snapshot_unref);
      deliver (world, lives, 0, &info);
      world_look (world);
      count (world, lives);
      for (guint i = 0; i < lives->len; i++)
        {
          const Life *life = g_ptr_array_index (lives, i);
          const gboolean lives_on = world_find (world, life->socket.key.cookie) != NULL;

          g_assert_cmpuint (life->n_opened, <=, 1);
          g_assert_cmpuint (life->n_closed, ==, !lives_on);
          if (lives_on)
            g_assert_cmpuint (life->n_opened, ==, 1);
          seen_all |= life->n_opened > 0;
        }
      g_assert_true (seen_all || lives->len == 0);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/activity-sockets/port", test_port);
  g_test_add_func ("/activity-sockets/shared-port", test_shared_port);
  g_test_add_func ("/activity-sockets/wait-for-owner", test_wait_for_owner);
  g_test_add_func ("/activity-sockets/udp", test_udp);
  g_test_add_func ("/activity-sockets/not-asked", test_not_asked);
  g_test_add_func ("/activity-sockets/connection", test_connection);
  g_test_add_func ("/activity-sockets/states", test_states);
  g_test_add_func ("/activity-sockets/other-looks", test_other_looks);
  g_test_add_func ("/activity-sockets/short", test_short);
  g_test_add_func ("/activity-sockets/seen", test_seen);
  g_test_add_func ("/activity-sockets/once", test_once);
  g_test_add_func ("/activity-sockets/lost", test_lost);
  g_test_add_func ("/activity-sockets/hostile", test_hostile);
  g_test_add_func ("/activity-sockets/ends", test_ends);
  g_test_add_func ("/activity-sockets/never", test_never);
  g_test_add_func ("/activity-sockets/random", test_random);
  return g_test_run ();
}
