/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What belongs to a socket: its process's others, its connections, its listener, its other end. */
#include "ph-socket-kin.h"

#include "ph-linker.h"
#include "socket-samples.h"

static PhLinker *linker;
static PhSnapshot *snapshot;
static GArray *sockets; /* PhSocket, as they were added */

static void
begin (void)
{
  linker = ph_linker_new (&ph_socket_schema);
  snapshot = ph_snapshot_new (&ph_socket_schema, G_USEC_PER_SEC);
  sockets = g_array_new (FALSE, FALSE, sizeof (PhSocket));
}

/* Returns its number. */
static guint
add (PhSocket socket)
{
  PhSocket *record = ph_snapshot_add (snapshot);

  *record = socket;
  g_array_append_val (sockets, socket);
  return sockets->len - 1;
}

static const PhSocket *
at (guint number)
{
  return ph_snapshot_find (snapshot, &g_array_index (sockets, PhSocket, number).key);
}

static PhSocketKin
find (guint number, const PhProcess *process)
{
  PhSocketKin kin;

  ph_socket_kin_find (snapshot, at (number), process, &kin);
  return kin;
}

static void
end (void)
{
  ph_snapshot_unref (snapshot);
  ph_linker_free (linker);
  g_array_unref (sockets);
}

static PhSocket
tcp (const char *local, guint16 local_port, const char *remote, guint16 remote_port, PhSocketState state)
{
  return sample_socket (PH_PROTOCOL_TCP, local, local_port, remote, remote_port, state);
}

static PhSocket
owned (PhSocket socket, const PhOwner *owners, guint n)
{
  socket.owner.owners = owners;
  socket.owner.n_owners = n;
  socket.owner.note = PH_OWNER_PROCESS;
  return socket;
}

static void
test_process (void)
{
  static const PhProcess later = { .pid = 812, .start_ticks = 99, .comm = "other", .exe = "", .cmdline = "" };
  static const PhOwner reused[] = { { &later, 3 } };
  PhSocketKin kin;
  guint connection, listener;

  begin ();
  connection = add (owned (tcp ("10.0.0.1", 443, "10.0.0.9", 50000, PH_STATE_ESTABLISHED), sample_owners, 3));
  listener = add (owned (tcp ("0.0.0.0", 443, "0.0.0.0", 0, PH_STATE_LISTEN), sample_owners, 1));
  add (owned (tcp ("10.0.0.1", 80, "10.0.0.9", 50001, PH_STATE_ESTABLISHED), reused,
              1)); /* the number, not the process */
  add (tcp ("10.0.0.1", 443, "10.0.0.9", 50002, PH_STATE_TIME_WAIT));
  ph_linker_link (linker, snapshot);

  kin = find (connection, &sample_nginx);
  g_assert_cmpuint (kin.n_sockets, ==, 2);
  g_assert_cmpuint (kin.n_slots, ==, 2);
  g_assert_cmpuint (kin.slots[0], ==, at (listener)->head.slot); /* what listens comes first */
  g_assert_cmpuint (kin.listener, ==, at (listener)->head.slot);
  g_assert_cmpuint (kin.peer, ==, PH_NO_SLOT);
  ph_socket_kin_clear (&kin);

  kin = find (connection, &sample_nginx_2); /* a worker: it has not the listener */
  g_assert_cmpuint (kin.n_sockets, ==, 1);
  ph_socket_kin_clear (&kin);
  kin = find (connection, NULL);
  g_assert_cmpuint (kin.n_sockets, ==, 0);
  ph_socket_kin_clear (&kin);

  kin = find (listener, &sample_nginx);
  g_assert_cmpuint (kin.n_connections, ==, 2); /* the one in TIME_WAIT, too */
  g_assert_cmpuint (kin.listener, ==, PH_NO_SLOT);
  ph_socket_kin_clear (&kin);
  end ();
}

static void
test_service (void)
{
  PhSocket one = tcp ("0.0.0.0", 80, "0.0.0.0", 0, PH_STATE_LISTEN);
  PhSocket two = tcp ("0.0.0.0", 443, "0.0.0.0", 0, PH_STATE_LISTEN);
  PhSocketKin kin;

  one.owner = two.owner = (PhOwnership){ .note = PH_OWNER_BY_SERVICE, .unit = &sample_unit };
  begin ();
  add (one);
  add (two);
  add (tcp ("0.0.0.0", 22, "0.0.0.0", 0, PH_STATE_LISTEN));
  ph_linker_link (linker, snapshot);
  kin = find (0, NULL);
  g_assert_cmpuint (kin.n_sockets, ==, 2);
  ph_socket_kin_clear (&kin);
  end ();
}

/* One address is more exact than every address; an IPv6 socket hears IPv4 unless it says otherwise. */
static void
test_listeners (void)
{
  static const struct
  {
    const char *address;
    gboolean v6only;
    const char *local;
    gboolean hears;
  } cases[] = {
    { "0.0.0.0", FALSE, "10.0.0.1", TRUE },        { "0.0.0.0", FALSE, "2001:db8::1", FALSE },
    { "0.0.0.0", FALSE, "::ffff:10.0.0.1", TRUE }, { "::", FALSE, "10.0.0.1", TRUE },
    { "::", FALSE, "::ffff:10.0.0.1", TRUE },      { "::", TRUE, "::ffff:10.0.0.1", FALSE },
    { "::", TRUE, "2001:db8::1", TRUE },           { "10.0.0.1", FALSE, "10.0.0.1", TRUE },
    { "10.0.0.1", FALSE, "10.0.0.2", FALSE },      { "10.0.0.1", FALSE, "::ffff:10.0.0.1", TRUE },
    { "2001:db8::1", FALSE, "2001:db8::1", TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      PhSocket listener
          = tcp (cases[i].address, 443, strchr (cases[i].address, ':') ? "::" : "0.0.0.0", 0, PH_STATE_LISTEN);
      PhSocketKin kin;
      guint number;

      listener.flags |= cases[i].v6only ? PH_SOCKET_V6ONLY | PH_SOCKET_V6ONLY_KNOWN : 0;
      begin ();
      number = add (listener);
      add (tcp (cases[i].local, 443, cases[i].local, 50000, PH_STATE_ESTABLISHED));
      add (tcp (cases[i].local, 444, cases[i].local, 50001, PH_STATE_ESTABLISHED)); /* another port */
      ph_linker_link (linker, snapshot);
      kin = find (number, NULL);
      g_assert_cmpuint (kin.n_connections, ==, cases[i].hears ? 1 : 0);
      ph_socket_kin_clear (&kin);
      kin = find (1, NULL);
      g_assert_cmpuint (kin.listener, ==, cases[i].hears ? at (number)->head.slot : PH_NO_SLOT);
      ph_socket_kin_clear (&kin);
      end ();
    }
}

static void
test_most_exact (void)
{
  for (guint turn = 0; turn < 2; turn++)
    {
      PhSocketKin kin;
      guint every, one, connection;

      begin ();
      if (turn == 0)
        one = add (tcp ("10.0.0.1", 53, "0.0.0.0", 0, PH_STATE_LISTEN));
      every = add (tcp ("0.0.0.0", 53, "0.0.0.0", 0, PH_STATE_LISTEN));
      if (turn == 1)
        one = add (tcp ("10.0.0.1", 53, "0.0.0.0", 0, PH_STATE_LISTEN));
      connection = add (tcp ("10.0.0.1", 53, "10.0.0.7", 40000, PH_STATE_ESTABLISHED));
      ph_linker_link (linker, snapshot);
      kin = find (connection, NULL);
      g_assert_cmpuint (kin.listener, ==, at (one)->head.slot);
      g_assert_cmpuint (kin.listener, !=, at (every)->head.slot);
      ph_socket_kin_clear (&kin);
      end ();
    }
}

static void
test_peers (void)
{
  PhSocket left = sample_socket (PH_PROTOCOL_UNIX, "", 0, "", 0, PH_STATE_ESTABLISHED);
  PhSocket right = sample_socket (PH_PROTOCOL_UNIX, "", 0, "", 0, PH_STATE_ESTABLISHED);
  PhSocket door = sample_socket (PH_PROTOCOL_UNIX, "", 0, "", 0, PH_STATE_LISTEN);
  PhSocketKin kin;
  guint client, server, l, r, d;

  left.inode = 70;
  left.peer_inode = 71;
  right.inode = 71;
  right.peer_inode = 70;
  right.path = door.path = "/run/door";
  door.flags = PH_SOCKET_LISTENING;
  begin ();
  client = add (tcp ("127.0.0.1", 50000, "127.0.0.1", 443, PH_STATE_ESTABLISHED));
  server = add (tcp ("::ffff:127.0.0.1", 443, "::ffff:127.0.0.1", 50000, PH_STATE_ESTABLISHED));
  l = add (left);
  r = add (right);
  d = add (door);
  ph_linker_link (linker, snapshot);

  kin = find (client, NULL);
  g_assert_cmpuint (kin.peer, ==, at (server)->head.slot);
  ph_socket_kin_clear (&kin);
  kin = find (server, NULL);
  g_assert_cmpuint (kin.peer, ==, at (client)->head.slot);
  ph_socket_kin_clear (&kin);
  kin = find (l, NULL);
  g_assert_cmpuint (kin.peer, ==, at (r)->head.slot);
  g_assert_cmpuint (kin.listener, ==, PH_NO_SLOT);
  ph_socket_kin_clear (&kin);
  kin = find (r, NULL);
  g_assert_cmpuint (kin.peer, ==, at (l)->head.slot);
  g_assert_cmpuint (kin.listener, ==, at (d)->head.slot);
  ph_socket_kin_clear (&kin);
  kin = find (d, NULL);
  g_assert_cmpuint (kin.n_connections, ==, 1);
  ph_socket_kin_clear (&kin);
  end ();
}

static void
test_many (void)
{
  PhSocketKin kin;

  begin ();
  for (guint i = 0; i < 3 * PH_SOCKET_KIN_MAX; i++)
    add (owned (tcp ("10.0.0.1", (guint16) (65000 - i), "10.0.0.2", 443, PH_STATE_ESTABLISHED), sample_owners, 1));
  ph_linker_link (linker, snapshot);
  kin = find (5, &sample_nginx);
  g_assert_cmpuint (kin.n_sockets, ==, 3 * PH_SOCKET_KIN_MAX);
  g_assert_cmpuint (kin.n_slots, ==, PH_SOCKET_KIN_MAX);
  for (guint i = 1; i < kin.n_slots; i++)
    {
      const PhSocket *one = ph_snapshot_at (snapshot, kin.slots[i - 1]);
      const PhSocket *next = ph_snapshot_at (snapshot, kin.slots[i]);

      g_assert_cmpuint (one->local_port, <, next->local_port);
    }
  ph_socket_kin_clear (&kin);
  end ();
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/socket-kin/process", test_process);
  g_test_add_func ("/socket-kin/service", test_service);
  g_test_add_func ("/socket-kin/listeners", test_listeners);
  g_test_add_func ("/socket-kin/most-exact", test_most_exact);
  g_test_add_func ("/socket-kin/peers", test_peers);
  g_test_add_func ("/socket-kin/many", test_many);
  return g_test_run ();
}
