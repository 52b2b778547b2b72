/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The watch, case by case: what is told, once, and what is not. */
#include "watch-world.h"

#define PYTHON "/usr/bin/python3"
#define NGINX  "/usr/sbin/nginx"

typedef struct
{
  WatchWorld *world;
} Fixture;

static void
setup (Fixture *f, gconstpointer data)
{
  f->world = watch_world_new ();
}

/* The first look ever is over. */
static void
setup_learned (Fixture *f, gconstpointer data)
{
  f->world = watch_world_new ();
  assert_told (f->world, "");
}

static void
teardown (Fixture *f, gconstpointer data)
{
  watch_world_free (f->world);
}

/* --- what is new --- */

static void
test_first_look (Fixture *f, gconstpointer data)
{
  watch_tcp (f->world, "0.0.0.0", 22, "/usr/sbin/sshd");
  watch_tcp (f->world, "127.0.0.1", 631, NULL);
  for (guint i = 0; i < 5; i++)
    assert_told (f->world, "");
  g_assert_true (watch_knows (f->world, "tcp any 22 program /usr/sbin/sshd"));
  g_assert_true (watch_knows (f->world, "tcp loopback 631 unknown"));
  g_assert_cmphex (ph_known_learned (f->world->known), ==, PH_WATCH_REQUESTS);

  watch_tcp (f->world, "0.0.0.0", 8000, PYTHON);
  assert_told (f->world, "tcp any 8000 program " PYTHON "\n");
  for (guint i = 0; i < 5; i++)
    assert_told (f->world, "");
}

/* Only sockets that listen are looked at. */
static void
test_not_listening (Fixture *f, gconstpointer data)
{
  watch_tcp (f->world, "192.0.2.1", 8000, PYTHON)->socket.state = PH_STATE_ESTABLISHED;
  watch_tcp (f->world, "192.0.2.1", 8001, PYTHON)->socket.state = PH_STATE_BOUND_INACTIVE;
  watch_tcp (f->world, "192.0.2.1", 8002, PYTHON)->socket.head.mark = PH_MARK_CLOSED;
  watch_tcp (f->world, "192.0.2.1", 8003, PYTHON)->socket.key.net_ns = 7;
  watch_open (f->world, PH_PROTOCOL_UDP, "192.0.2.1", 8004, PYTHON)->socket.state = PH_STATE_ESTABLISHED;
  watch_open (f->world, PH_PROTOCOL_UDP, "192.0.2.1", 0, PYTHON);
  watch_open (f->world, PH_PROTOCOL_RAW, "0.0.0.0", 1, PYTHON)->socket.state = PH_STATE_CLOSE;
  watch_open (f->world, PH_PROTOCOL_MPTCP, "0.0.0.0", 8005, PYTHON);
  watch_open (f->world, PH_PROTOCOL_UNIX, "", 8006, PYTHON);
  for (guint i = 0; i < 4; i++)
    assert_told (f->world, "");
  g_assert_cmpuint (ph_known_n_entries (f->world->known), ==, 0);
}

static void
test_restart (Fixture *f, gconstpointer data)
{
  WatchSocket *socket = watch_tcp (f->world, "0.0.0.0", 80, NGINX);

  assert_told (f->world, "tcp any 80 program " NGINX "\n");
  for (guint i = 0; i < 20; i++)
    {
      watch_close (f->world, socket);
      if (i % 2 == 0)
        assert_told (f->world, "");
      socket = watch_tcp (f->world, "0.0.0.0", 80, NGINX); /* another cookie, inode and PID */
      assert_told (f->world, "");
    }
  g_assert_cmpuint (ph_known_n_entries (f->world->known), ==, 1);
}

/* Which of the processes that hold a socket comes first changes when PIDs wrap. */
static void
test_several_owners (Fixture *f, gconstpointer data)
{
  WatchSocket *socket = watch_tcp (f->world, "0.0.0.0", 80, "/usr/lib/systemd/systemd");

  assert_told (f->world, "tcp any 80 program /usr/lib/systemd/systemd\n");
  socket->second_exe = NGINX;
  assert_told (f->world, "");
  socket->exe = NGINX;
  socket->second_exe = "/usr/lib/systemd/systemd";
  assert_told (f->world, "");

  watch_close (f->world, socket);
  socket = watch_tcp (f->world, "0.0.0.0", 80, NGINX);
  socket->second_exe = "/usr/lib/systemd/systemd";
  assert_told (f->world, "");
  socket->second_exe = NULL; /* now it is another program's alone */
  assert_told (f->world, "tcp any 80 program " NGINX "\n");
}

/* A program that was replaced by an upgrade while it runs is the same, before and after. */
static void
test_deleted_program (Fixture *f, gconstpointer data)
{
  WatchSocket *socket = watch_tcp (f->world, "0.0.0.0", 80, NGINX);

  assert_told (f->world, "tcp any 80 program " NGINX "\n");
  socket->exe = NGINX " (deleted)";
  assert_told (f->world, "");
  watch_close (f->world, socket);
  watch_tcp (f->world, "::", 80, NGINX " (deleted)");
  assert_told (f->world, "");
}

static void
test_other_place (Fixture *f, gconstpointer data)
{
  WatchSocket *socket = watch_tcp (f->world, "0.0.0.0", 80, NGINX);

  assert_told (f->world, "tcp any 80 program " NGINX "\n");
  watch_close (f->world, socket);
  watch_tcp (f->world, "192.0.2.1", 80, NGINX);
  assert_told (f->world, "tcp 192.0.2.1 80 program " NGINX "\n");
  watch_tcp (f->world, "192.0.2.2", 80, NGINX);
  assert_told (f->world, "tcp 192.0.2.2 80 program " NGINX "\n");
  watch_tcp (f->world, "127.0.0.1", 80, NGINX);
  assert_told (f->world, "tcp loopback 80 program " NGINX "\n");
  watch_tcp (f->world, "0.0.0.0", 81, NGINX);
  assert_told (f->world, "tcp any 81 program " NGINX "\n");
  watch_open (f->world, PH_PROTOCOL_UDP, "0.0.0.0", 80, NGINX);
  assert_told (f->world, "udp any 80 program " NGINX "\n");
  watch_tcp (f->world, "0.0.0.0", 80, NGINX);
  assert_told (f->world, "");
}

/* The very same socket, bound to another port, is another listener, whoever has it. */
static void
test_rebound (Fixture *f, gconstpointer data)
{
  WatchSocket *named = watch_tcp (f->world, "0.0.0.0", 1, PYTHON);
  WatchSocket *nameless = watch_tcp (f->world, "0.0.0.0", 2, NULL);

  assert_told (f->world, "tcp any 1 program " PYTHON "\n");
  assert_told (f->world, "");
  assert_told (f->world, "tcp any 2 unknown\n");
  named->socket.local_port = 3;
  nameless->socket.local_port = 4;
  assert_told (f->world, "tcp any 3 program " PYTHON "\n");
  nameless->socket.local_port = 5;
  assert_told (f->world, "tcp any 4 unknown gone\n");
  assert_told (f->world, "");
  assert_told (f->world, "tcp any 5 unknown\n");
}

static void
test_pairs (Fixture *f, gconstpointer data)
{
  watch_tcp (f->world, "0.0.0.0", 80, NGINX);
  watch_tcp (f->world, "::", 80, NGINX);
  for (guint i = 0; i < 4; i++)
    watch_tcp (f->world, "0.0.0.0", 80, NGINX); /* SO_REUSEPORT */
  assert_told (f->world, "tcp any 80 program " NGINX "\n");
  watch_tcp (f->world, "::1", 631, "/usr/sbin/cupsd");
  assert_told (f->world, "tcp loopback 631 program /usr/sbin/cupsd\n");
  watch_tcp (f->world, "127.0.0.1", 631, "/usr/sbin/cupsd");
  assert_told (f->world, "");
  watch_tcp (f->world, "::ffff:192.0.2.1", 80, NGINX);
  assert_told (f->world, "tcp 192.0.2.1 80 program " NGINX "\n");
  watch_tcp (f->world, "192.0.2.1", 80, NGINX);
  assert_told (f->world, "");
  watch_tcp (f->world, "2001:db8::1", 80, NGINX);
  assert_told (f->world, "tcp 2001:db8::1 80 program " NGINX "\n");

  /* Two programs at one port are two. */
  watch_tcp (f->world, "::", 80, PYTHON);
  assert_told (f->world, "tcp any 80 program " PYTHON "\n");
}

static void
test_burst (Fixture *f, gconstpointer data)
{
  g_autofree char *told = NULL;
  g_auto (GStrv) lines = NULL;

  for (guint16 port = 1000; port < 2000; port++)
    {
      watch_tcp (f->world, "0.0.0.0", port, PYTHON);
      watch_tcp (f->world, "::", port, PYTHON);
    }
  told = watch_look (f->world);
  lines = g_strsplit (told, "\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, 1001);
  for (guint i = 0; i < 1000; i++)
    {
      g_autofree char *expected = g_strdup_printf ("tcp any %u program " PYTHON, 1000 + i);

      g_assert_cmpstr (lines[i], ==, expected);
    }
  assert_told (f->world, "");
}

/* --- rules --- */

static void
test_mutes (Fixture *f, gconstpointer data)
{
  watch_mute (f->world, "* * program " PYTHON);
  watch_mute (f->world, "* 53 *");
  watch_mute (f->world, "tcp 8000-8010 *");
  watch_mute (f->world, "* 80 unit nginx.service");
  watch_tcp (f->world, "0.0.0.0", 1, PYTHON);
  watch_tcp (f->world, "0.0.0.0", 53, "/usr/sbin/named");
  watch_open (f->world, PH_PROTOCOL_UDP, "0.0.0.0", 53, "/usr/sbin/named");
  watch_tcp (f->world, "0.0.0.0", 8000, NGINX);
  watch_tcp (f->world, "0.0.0.0", 8010, NGINX);
  assert_told (f->world, "");
  g_assert_cmpuint (ph_known_n_entries (f->world->known), ==, 5);

  watch_tcp (f->world, "0.0.0.0", 8011, NGINX);
  watch_open (f->world, PH_PROTOCOL_UDP, "0.0.0.0", 8000, NGINX);
  assert_told (f->world, "tcp any 8011 program " NGINX "\nudp any 8000 program " NGINX "\n");

  watch_tcp (f->world, "0.0.0.0", 80, NULL)->unit = "nginx.service";
  watch_tcp (f->world, "0.0.0.0", 81, NULL)->unit = "nginx.service";
  assert_told (f->world, "");
  assert_told (f->world, "");
  assert_told (f->world, "tcp any 81 unit nginx.service\n");

  /* Learned all the same: without the rule there is nothing to tell. */
  while (ph_known_n_mutes (f->world->known) > 0)
    {
      PhKnown *known = ph_known_change_mutes (f->world->known, ph_known_mute (f->world->known, 0), NULL);

      ph_known_unref (f->world->known);
      f->world->known = known;
    }
  assert_told (f->world, "");
  watch_tcp (f->world, "0.0.0.0", 2, PYTHON);
  assert_told (f->world, "tcp any 2 program " PYTHON "\n");
}

/* --- owners --- */

static void
test_owner_late (Fixture *f, gconstpointer data)
{
  WatchSocket *first = watch_tcp (f->world, "0.0.0.0", 1, NULL);
  WatchSocket *second = watch_tcp (f->world, "0.0.0.0", 2, NULL);

  second->unit = "two.service";
  assert_told (f->world, "");
  g_assert_cmpuint (ph_watch_n_waiting (f->world->watch), ==, 2);
  first->exe = PYTHON;
  assert_told (f->world, "tcp any 1 program " PYTHON "\n");
  g_assert_cmpuint (ph_watch_n_waiting (f->world->watch), ==, 1);
  second->exe = NGINX;
  assert_told (f->world, "tcp any 2 program " NGINX "\n");
  g_assert_cmpuint (ph_watch_n_waiting (f->world->watch), ==, 0);
  assert_told (f->world, "");
  g_assert_cmpuint (ph_known_n_entries (f->world->known), ==, 2);
}

/* The best that was known counts, whatever is known at the end. */
static void
test_owner_never (Fixture *f, gconstpointer data)
{
  WatchSocket *other = watch_tcp (f->world, "0.0.0.0", 2, NULL);

  watch_tcp (f->world, "0.0.0.0", 1, NULL)->note = PH_OWNER_OTHER_USER;
  other->unit = "two.service";
  assert_told (f->world, "");
  other->unit = NULL;
  assert_told (f->world, "");
  assert_told (f->world, "tcp any 2 unit two.service\ntcp any 1 unknown\n");
  for (guint i = 0; i < 5; i++)
    assert_told (f->world, "");
}

/* What was told without its program is not told again with it, but known by it at the next start. */
static void
test_owner_after_all (Fixture *f, gconstpointer data)
{
  WatchSocket *socket = watch_tcp (f->world, "0.0.0.0", 1, NULL);

  assert_told (f->world, "");
  assert_told (f->world, "");
  assert_told (f->world, "tcp any 1 unknown\n");
  socket->unit = "one.service";
  assert_told (f->world, "");
  socket->exe = PYTHON;
  assert_told (f->world, "");
  g_assert_true (watch_knows (f->world, "tcp any 1 program " PYTHON));
  socket->exe = NULL;
  assert_told (f->world, "");
  watch_close (f->world, socket);
  assert_told (f->world, "");
  watch_tcp (f->world, "0.0.0.0", 1, PYTHON);
  assert_told (f->world, "");
}

/* A socket that is handed to another program, or whose process becomes one, is another listener. */
static void
test_owner_changes (Fixture *f, gconstpointer data)
{
  WatchSocket *socket = watch_tcp (f->world, "0.0.0.0", 1, PYTHON);

  assert_told (f->world, "tcp any 1 program " PYTHON "\n");
  socket->exe = NGINX;
  assert_told (f->world, "tcp any 1 program " NGINX "\n");
  socket->exe = PYTHON;
  assert_told (f->world, "");
  socket->exe = NGINX;
  assert_told (f->world, "");
}

static void
test_gone_before_named (Fixture *f, gconstpointer data)
{
  WatchSocket *socket = watch_tcp (f->world, "0.0.0.0", 1, NULL);

  assert_told (f->world, "");
  watch_close (f->world, socket);
  assert_told (f->world, "tcp any 1 unknown gone\n");
  assert_told (f->world, "");

  /* One that is known and has been started again is silent, as short as it may live. */
  watch_tcp (f->world, "0.0.0.0", 2, PYTHON);
  assert_told (f->world, "tcp any 2 program " PYTHON "\n");
  socket = watch_tcp (f->world, "0.0.0.0", 1, NULL);
  assert_told (f->world, "");
  watch_close (f->world, socket);
  assert_told (f->world, "");
}

/* --- looks that go wrong --- */

static void
test_failed_first (Fixture *f, gconstpointer data)
{
  f->world->looks[PH_REQUEST_TCP6] = PH_LOOK_FAILED;
  f->world->looks[PH_REQUEST_UDP4] = PH_LOOK_NOT_ASKED;
  f->world->looks[PH_REQUEST_TCP4] = PH_LOOK_PARTIAL;
  f->world->looks[PH_REQUEST_SCTP4] = PH_LOOK_UNSUPPORTED;
  watch_tcp (f->world, "::", 80, NGINX);
  watch_tcp (f->world, "0.0.0.0", 81, NGINX);
  watch_open (f->world, PH_PROTOCOL_UDP, "0.0.0.0", 53, NULL);
  assert_told (f->world, "");
  g_assert_cmphex (ph_known_learned (f->world->known) & 1 << PH_REQUEST_TCP4, ==, 0);
  g_assert_cmphex (ph_known_learned (f->world->known) & 1 << PH_REQUEST_UDP4, ==, 0);
  g_assert_true (watch_knows (f->world, "tcp any 81 program " NGINX));

  watch_tcp (f->world, "0.0.0.0", 82, NGINX); /* was it left out, or is it new? */
  for (guint i = 0; i < PH_N_REQUESTS; i++)
    f->world->looks[i] = (PH_WATCH_REQUESTS >> i) & 1 ? PH_LOOK_GOOD : PH_LOOK_NOT_ASKED;
  watch_open (f->world, PH_PROTOCOL_SCTP, "0.0.0.0", 9, NGINX); /* there was none before: it is new */
  assert_told (f->world, "sctp any 9 program " NGINX "\n");

  /* What comes while those of the first look are still to be named is no longer of it. */
  watch_open (f->world, PH_PROTOCOL_UDP, "0.0.0.0", 54, NGINX);
  assert_told (f->world, "udp any 54 program " NGINX "\n");
  g_assert_cmphex (ph_known_learned (f->world->known) & 1 << PH_REQUEST_UDP4, ==, 0);
  assert_told (f->world, "");
  assert_told (f->world, "");
  g_assert_cmphex (ph_known_learned (f->world->known), ==, PH_WATCH_REQUESTS);
  g_assert_true (watch_knows (f->world, "udp any 53 unknown"));
}

/* Rows that are missing from a look that failed, or was cut short, have not gone, and are not new after it. */
static void
test_bad_looks (Fixture *f, gconstpointer data)
{
  static const PhLook bad[] = { PH_LOOK_FAILED, PH_LOOK_NOT_ASKED, PH_LOOK_PARTIAL };

  watch_tcp (f->world, "0.0.0.0", 80, NGINX);
  assert_told (f->world, "tcp any 80 program " NGINX "\n");
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      guint16 port = (guint16) (100 + i);
      g_autofree char *expected = g_strdup_printf ("tcp any %u unknown\n", port);
      g_autoptr (PhSnapshot) empty = NULL;
      g_autofree char *told = NULL;
      WatchSocket *socket = watch_tcp (f->world, "0.0.0.0", port, NULL);

      assert_told (f->world, "");
      f->world->looks[PH_REQUEST_TCP4] = bad[i];
      empty = watch_snapshot_new (f->world);
      told = watch_look_at (f->world, empty);
      g_assert_cmpstr (told, ==, "");
      f->world->looks[PH_REQUEST_TCP4] = PH_LOOK_GOOD;
      assert_told (f->world, expected);

      /* It does not wait for ever either. */
      watch_close (f->world, socket);
      socket = watch_tcp (f->world, "0.0.0.0", (guint16) (port + 100), NULL);
      assert_told (f->world, "");
      f->world->looks[PH_REQUEST_TCP4] = bad[i];
      g_clear_pointer (&told, g_free);
      told = watch_look_at (f->world, empty);
      g_assert_cmpstr (told, ==, "");
      g_clear_pointer (&told, g_free);
      told = watch_look_at (f->world, empty);
      g_clear_pointer (&told, g_free);
      f->world->looks[PH_REQUEST_TCP4] = PH_LOOK_GOOD;
      assert_told (f->world, "");
      watch_close (f->world, socket);
    }
}

/* The rows of last time, as a linker keeps them, tell nothing either; a row twice is one. */
static void
test_stale (Fixture *f, gconstpointer data)
{
  WatchSocket *socket = watch_tcp (f->world, "0.0.0.0", 1, NULL);
  g_autoptr (PhSnapshot) snapshot = NULL;
  g_autofree char *told = NULL;

  f->world->looks[PH_REQUEST_TCP4] = PH_LOOK_PARTIAL;
  snapshot = watch_snapshot_new (f->world);
  for (guint i = 0; i < 5; i++)
    watch_put (f->world, snapshot, socket);
  told = watch_look_at (f->world, snapshot);
  g_assert_cmpstr (told, ==, "");
  g_assert_cmpuint (ph_watch_n_waiting (f->world->watch), ==, 1);
  f->world->looks[PH_REQUEST_TCP4] = PH_LOOK_GOOD;
  socket->socket.head.mark = PH_MARK_STALE;
  assert_told (f->world, "");
  assert_told (f->world, "tcp any 1 unknown\n");
}

/* --- UDP and SCTP --- */

static void
test_protocols (Fixture *f, gconstpointer data)
{
  watch_open (f->world, PH_PROTOCOL_UDP, "0.0.0.0", 5353, "/usr/sbin/avahi-daemon");
  watch_open (f->world, PH_PROTOCOL_UDP, "::", 5353, "/usr/sbin/avahi-daemon");
  watch_open (f->world, PH_PROTOCOL_UDPLITE, "::1", 7, PYTHON);
  watch_open (f->world, PH_PROTOCOL_SCTP, "0.0.0.0", 9, PYTHON);
  watch_open (f->world, PH_PROTOCOL_UDP, "224.0.0.251", 5353, "/usr/sbin/avahi-daemon");
  assert_told (f->world, "udp any 5353 program /usr/sbin/avahi-daemon\n"
                         "udplite loopback 7 program " PYTHON "\n"
                         "sctp any 9 program " PYTHON "\n"
                         "udp 224.0.0.251 5353 program /usr/sbin/avahi-daemon\n");
}

static void
test_ephemeral (Fixture *f, gconstpointer data)
{
  WatchSocket *socket = watch_open (f->world, PH_PROTOCOL_UDP, "0.0.0.0", 32768, PYTHON);

  watch_open (f->world, PH_PROTOCOL_UDP, "0.0.0.0", 60999, PYTHON);
  watch_open (f->world, PH_PROTOCOL_UDP, "0.0.0.0", 32767, PYTHON);
  watch_open (f->world, PH_PROTOCOL_UDP, "::", 61000, PYTHON);
  watch_tcp (f->world, "0.0.0.0", 40000, PYTHON);
  assert_told (f->world, "udp any 32767 program " PYTHON "\nudp any 61000 program " PYTHON "\n"
                         "tcp any 40000 program " PYTHON "\n");

  /* Those that are there when the setting is made are no news. */
  f->world->settings.ephemeral_udp = TRUE;
  assert_told (f->world, "");
  g_assert_true (watch_knows (f->world, "udp any 32768 program " PYTHON));
  watch_open (f->world, PH_PROTOCOL_UDP, "0.0.0.0", 40000, PYTHON);
  assert_told (f->world, "udp any 40000 program " PYTHON "\n");
  watch_world_restart (f->world);
  watch_open (f->world, PH_PROTOCOL_UDP, "0.0.0.0", 40001, PYTHON);
  assert_told (f->world, "udp any 40001 program " PYTHON " away\n");

  /* What waits when the setting goes is not told. */
  watch_close (f->world, socket);
  socket = watch_open (f->world, PH_PROTOCOL_UDP, "0.0.0.0", 40002, NULL);
  assert_told (f->world, "");
  f->world->settings.ephemeral_udp = FALSE;
  for (guint i = 0; i < 4; i++)
    assert_told (f->world, "");
  watch_open (f->world, PH_PROTOCOL_UDP, "0.0.0.0", 40003, PYTHON);
  assert_told (f->world, "");
  f->world->settings.ephemeral_udp = TRUE;
  assert_told (f->world, "");
  f->world->settings.ephemeral_udp = FALSE;
  f->world->settings.ephemeral = (PhPortRange){ 1024, 2048 };
  watch_open (f->world, PH_PROTOCOL_UDP, "0.0.0.0", 50000, PYTHON);
  watch_open (f->world, PH_PROTOCOL_UDP, "0.0.0.0", 2000, PYTHON);
  assert_told (f->world, "udp any 50000 program " PYTHON "\n");
}

/* --- from one run to the next --- */

static void
test_away (Fixture *f, gconstpointer data)
{
  WatchSocket *late;

  watch_tcp (f->world, "0.0.0.0", 80, NGINX);
  assert_told (f->world, "tcp any 80 program " NGINX "\n");
  watch_world_restart (f->world);
  assert_told (f->world, "");

  /* All of it in one go, when the last is named; what comes meanwhile does not wait. */
  watch_world_restart (f->world);
  watch_tcp (f->world, "0.0.0.0", 1, PYTHON);
  late = watch_tcp (f->world, "::", 2, NULL);
  watch_tcp (f->world, "0.0.0.0", 80, NGINX);
  assert_told (f->world, "");
  watch_tcp (f->world, "0.0.0.0", 3, PYTHON);
  assert_told (f->world, "tcp any 3 program " PYTHON "\n");
  late->exe = PYTHON;
  assert_told (f->world, "tcp any 1 program " PYTHON " away\ntcp any 2 program " PYTHON " away\n");
  watch_tcp (f->world, "0.0.0.0", 4, PYTHON);
  assert_told (f->world, "tcp any 4 program " PYTHON "\n");
  watch_world_restart (f->world);
  assert_told (f->world, "");
}

static void
test_forget (Fixture *f, gconstpointer data)
{
  const gint64 day = 24 * 3600;
  WatchSocket *socket;

  f->world->settings.forget_days = PH_WATCH_FORGET_DAYS;
  socket = watch_tcp (f->world, "0.0.0.0", 1, PYTHON);
  watch_tcp (f->world, "0.0.0.0", 2, PYTHON);
  assert_told (f->world, "tcp any 1 program " PYTHON "\ntcp any 2 program " PYTHON "\n");
  watch_close (f->world, socket);
  for (guint i = 0; i < PH_WATCH_FORGET_DAYS; i++)
    {
      g_assert_true (watch_knows (f->world, "tcp any 1 program " PYTHON));
      f->world->now += day;
      assert_told (f->world, "");
    }
  assert_told (f->world, "");
  f->world->now += 3600;
  assert_told (f->world, "");
  g_assert_false (watch_knows (f->world, "tcp any 1 program " PYTHON));
  g_assert_true (watch_knows (f->world, "tcp any 2 program " PYTHON));
  watch_tcp (f->world, "0.0.0.0", 1, PYTHON);
  assert_told (f->world, "tcp any 1 program " PYTHON "\n");

  f->world->settings.forget_days = 0;
  f->world->now += 10000 * day;
  watch_world_restart (f->world);
  g_ptr_array_set_size (f->world->sockets, 0);
  assert_told (f->world, "");
  g_assert_cmpuint (ph_known_n_entries (f->world->known), ==, 2);
}

/* What somebody has taken from the list is told when it is opened the next time. */
static void
test_removed (Fixture *f, gconstpointer data)
{
  g_autoptr (PhListenerKey) key = ph_listener_key_parse ("tcp any 1 program " PYTHON);
  WatchSocket *socket = watch_tcp (f->world, "0.0.0.0", 1, PYTHON);
  PhKnown *known;

  assert_told (f->world, "tcp any 1 program " PYTHON "\n");
  known = ph_known_remove (f->world->known, key);
  ph_known_unref (f->world->known);
  f->world->known = known;
  f->world->now += 2 * PH_KNOWN_FRESH_S;
  assert_told (f->world, "");
  g_assert_cmpuint (ph_known_n_entries (f->world->known), ==, 0);
  watch_close (f->world, socket);
  watch_tcp (f->world, "0.0.0.0", 1, PYTHON);
  assert_told (f->world, "tcp any 1 program " PYTHON "\n");
}

/* Nothing to save where nothing has changed; last_seen is renewed once an hour. */
static void
test_unchanged (Fixture *f, gconstpointer data)
{
  const PhKnown *before;
  const PhKnownEntry *entry;

  watch_tcp (f->world, "0.0.0.0", 1, PYTHON);
  assert_told (f->world, "tcp any 1 program " PYTHON "\n");
  before = f->world->known;
  for (guint i = 0; i < 100; i++)
    {
      assert_told (f->world, "");
      g_assert_true (f->world->known == before);
    }
  f->world->now += PH_KNOWN_FRESH_S;
  assert_told (f->world, "");
  entry = ph_known_entry (f->world->known, 0);
  g_assert_cmpint (entry->first_seen, ==, WATCH_START + 2);
  g_assert_cmpint (entry->last_seen, ==, f->world->now - 2);
}

/* What is told can be found again, and has its facts. */
static void
test_facts (Fixture *f, gconstpointer data)
{
  static const char services_text[] = "domain 53/udp\nhttp 80/tcp\n";
  g_autoptr (PhServices) services = ph_services_parse (services_text, strlen (services_text));
  WatchSocket *socket = watch_tcp (f->world, "0.0.0.0", 80, NGINX);
  g_autoptr (PhSnapshot) snapshot = watch_snapshot_new (f->world);
  PhWatchResult result;
  const PhListener *listener;

  socket->unit = "nginx.service";
  f->world->settings.services = services;
  watch_put (f->world, snapshot, socket);
  ph_watch_look (f->world->watch, f->world->known, snapshot, &f->world->settings, f->world->now, &result);
  g_assert_cmpuint (result.news->len, ==, 1);
  listener = g_ptr_array_index (result.news, 0);
  g_assert_cmpmem (&listener->socket, sizeof listener->socket, &socket->socket.key, sizeof socket->socket.key);
  g_assert_cmpstr (listener->process, ==, "nginx");
  g_assert_cmpstr (listener->unit, ==, "nginx.service");
  g_assert_cmpstr (listener->service, ==, "http");
  g_assert_cmpstr (listener->user, ==, "1000");
  g_assert_cmpint (listener->note, ==, PH_OWNER_PROCESS);
  g_assert_true (ph_listener_key_covers (&listener->key, ph_snapshot_record (snapshot, 0)));
  ph_watch_result_clear (&result);
  f->world->settings.services = NULL;
}

#define ADD(name, prepare, function) g_test_add ("/watch/" name, Fixture, NULL, prepare, function, teardown)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("first-look", setup, test_first_look);
  ADD ("not-listening", setup_learned, test_not_listening);
  ADD ("restart", setup_learned, test_restart);
  ADD ("several-owners", setup_learned, test_several_owners);
  ADD ("deleted-program", setup_learned, test_deleted_program);
  ADD ("other-place", setup_learned, test_other_place);
  ADD ("rebound", setup_learned, test_rebound);
  ADD ("pairs", setup_learned, test_pairs);
  ADD ("burst", setup_learned, test_burst);
  ADD ("mutes", setup_learned, test_mutes);
  ADD ("owner-late", setup_learned, test_owner_late);
  ADD ("owner-never", setup_learned, test_owner_never);
  ADD ("owner-after-all", setup_learned, test_owner_after_all);
  ADD ("owner-changes", setup_learned, test_owner_changes);
  ADD ("gone-before-named", setup_learned, test_gone_before_named);
  ADD ("failed-first", setup, test_failed_first);
  ADD ("bad-looks", setup_learned, test_bad_looks);
  ADD ("stale", setup_learned, test_stale);
  ADD ("protocols", setup_learned, test_protocols);
  ADD ("ephemeral", setup_learned, test_ephemeral);
  ADD ("away", setup_learned, test_away);
  ADD ("forget", setup_learned, test_forget);
  ADD ("removed", setup_learned, test_removed);
  ADD ("unchanged", setup_learned, test_unchanged);
  ADD ("facts", setup_learned, test_facts);
  return g_test_run ();
}
