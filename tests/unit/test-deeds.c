/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What stands in the way of a deed, what goes with a process, what systemd does then, and how all of it is said. */
#include <errno.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include "ph-deed-words.h"
#include "socket-samples.h"

static const PhMeans root = { .may_close = TRUE, .may_signal = TRUE, .has_pidfd = TRUE, .pid = 500 };
static const PhMeans user = { .has_pidfd = TRUE, .uid = 1000, .real_uid = 1000, .pid = 500 };

/* --- obstacles --- */

static PhSocket
connection (void)
{
  return sample_socket (PH_PROTOCOL_TCP, "192.0.2.1", 5000, "198.51.100.2", 443, PH_STATE_ESTABLISHED);
}

static void
test_close (void)
{
  PhSocket socket = connection ();
  const PhSocket unix_socket = sample_socket (PH_PROTOCOL_UNIX, "", 0, "", 0, PH_STATE_ESTABLISHED);
  const PhSocket lite = sample_socket (PH_PROTOCOL_UDPLITE, "::1", 1, "", 0, PH_STATE_CLOSE);

  g_assert_cmpint (ph_obstacle_to_close (&socket, &root, FALSE), ==, PH_OBSTACLE_NONE);
  g_assert_cmpint (ph_obstacle_to_close (&socket, &user, FALSE), ==, PH_OBSTACLE_PRIVILEGE);
  g_assert_cmpint (ph_obstacle_to_close (&socket, &user, TRUE), ==, PH_OBSTACLE_SANDBOX);
  g_assert_cmpint (ph_obstacle_to_close (&unix_socket, &root, FALSE), ==, PH_OBSTACLE_PROTOCOL);
  g_assert_cmpint (ph_obstacle_to_close (&lite, &root, FALSE), ==, PH_OBSTACLE_PROTOCOL);

  socket.flags |= PH_SOCKET_FROM_PROC;
  g_assert_cmpint (ph_obstacle_to_close (&socket, &root, FALSE), ==, PH_OBSTACLE_NO_COOKIE);
  socket.flags = 0;
  socket.key.net_ns = 1;
  g_assert_cmpint (ph_obstacle_to_close (&socket, &root, FALSE), ==, PH_OBSTACLE_OTHER_NETNS);
  socket.head.mark = PH_MARK_CLOSED;
  g_assert_cmpint (ph_obstacle_to_close (&socket, &root, FALSE), ==, PH_OBSTACLE_CLOSED);
}

/* Every field that the kernel looks the socket up by. */
static void
test_close_deed (void)
{
  PhSocket socket = connection ();
  PhDeed deed;

  socket.interface = 3;
  socket.key.cookie = 0x1122334455667788;
  g_assert_true (ph_socket_to_close (&socket, &deed));
  g_assert_cmpint (deed.name, ==, PH_DEED_CLOSE);
  g_assert_cmpint (deed.socket.family, ==, AF_INET);
  g_assert_cmpint (deed.socket.protocol, ==, IPPROTO_TCP);
  g_assert_cmpint (deed.socket.local_port, ==, 5000);
  g_assert_cmpint (deed.socket.remote_port, ==, 443);
  g_assert_cmpint (deed.socket.interface, ==, 3);
  g_assert_cmphex (deed.socket.cookie, ==, 0x1122334455667788);
  g_assert_cmpmem (deed.socket.local, 4, "\300\000\002\001", 4);
  g_assert_cmpmem (deed.socket.remote, 4, "\306\063\144\002", 4);

  socket.key.cookie = 0;
  g_assert_false (ph_socket_to_close (&socket, &deed));
  socket.key.cookie = G_MAXUINT64;
  g_assert_false (ph_socket_to_close (&socket, &deed));
}

static PhObstacle
signal_obstacle (gint32 pid, guint32 uid, PhOwnerNote note, const PhMeans *means)
{
  const PhProcess process = { .pid = pid, .uid = uid, .start_ticks = 9, .comm = "x", .exe = "", .cmdline = "" };
  const PhOwner owner = { &process, 3 };
  PhSocket socket = connection ();

  socket.owner = (PhOwnership){ .owners = &owner, .n_owners = 1, .note = (guint8) note };
  return ph_obstacle_to_signal (&socket, 0, means);
}

static void
test_signal (void)
{
  PhSocket nobody = connection ();
  PhMeans old = root;

  old.has_pidfd = FALSE;
  g_assert_cmpint (signal_obstacle (77, 1000, PH_OWNER_PROCESS, &user), ==, PH_OBSTACLE_NONE);
  g_assert_cmpint (signal_obstacle (77, 0, PH_OWNER_PROCESS, &user), ==, PH_OBSTACLE_OTHER_USER);
  g_assert_cmpint (signal_obstacle (77, 1000, PH_OWNER_PROCESS, &root), ==, PH_OBSTACLE_NONE);
  g_assert_cmpint (signal_obstacle (77, 1000, PH_OWNER_BY_SERVICE, &root), ==, PH_OBSTACLE_LIKELY);
  g_assert_cmpint (signal_obstacle (1, 0, PH_OWNER_PROCESS, &root), ==, PH_OBSTACLE_INIT);
  g_assert_cmpint (signal_obstacle (0, 0, PH_OWNER_PROCESS, &root), ==, PH_OBSTACLE_INIT);
  g_assert_cmpint (signal_obstacle (500, 0, PH_OWNER_PROCESS, &root), ==, PH_OBSTACLE_OURSELVES);
  g_assert_cmpint (signal_obstacle (77, 0, PH_OWNER_PROCESS, &old), ==, PH_OBSTACLE_NO_PIDFD);
  g_assert_cmpint (ph_obstacle_to_signal (&nobody, 0, &root), ==, PH_OBSTACLE_NO_PROCESS);
  nobody.owner.note = PH_OWNER_OTHER_USER;
  g_assert_cmpint (ph_obstacle_to_signal (&nobody, 0, &user), ==, PH_OBSTACLE_OTHER_USER);
  nobody.owner.note = PH_OWNER_KERNEL_STATE;
  g_assert_cmpint (ph_obstacle_to_signal (&nobody, 0, &root), ==, PH_OBSTACLE_KERNEL);
}

static void
test_obstacle_words (void)
{
  g_assert_null (ph_obstacle_label (PH_OBSTACLE_NONE));
  g_assert_null (ph_obstacle_sentence (PH_OBSTACLE_NONE));
  for (PhObstacle obstacle = PH_OBSTACLE_NONE + 1; obstacle < PH_N_OBSTACLES; obstacle++)
    {
      g_assert_cmpint (g_utf8_strlen (ph_obstacle_label (obstacle), -1), <=, 24); /* a menu is narrow */
      g_assert_true (g_str_has_suffix (ph_obstacle_sentence (obstacle), "."));
    }
}

/* --- what goes --- */

static void
add (PhSnapshot *snapshot, PhSocket socket, const PhOwner *owners, guint n_owners)
{
  PhSocket *record = ph_snapshot_add (snapshot);

  socket.owner = (PhOwnership){ .owners = owners, .n_owners = n_owners, .note = PH_OWNER_PROCESS };
  *record = socket;
}

static void
test_toll (void)
{
  static const PhOwner alone[] = { { &sample_nginx, 6 } }, twice[] = { { &sample_nginx, 6 }, { &sample_nginx, 7 } },
                       other[] = { { &sample_nginx_2, 6 } };
  g_autoptr (PhSnapshot) snapshot = ph_snapshot_new (&ph_socket_schema, 0);
  g_autoptr (PhToll) toll = NULL;
  g_autoptr (PhToll) later = NULL;
  g_autofree char *text = NULL;
  g_autofree char *nothing = NULL;

  add (snapshot, sample_socket (PH_PROTOCOL_TCP, "0.0.0.0", 443, "0.0.0.0", 0, PH_STATE_LISTEN), alone, 1);
  add (snapshot, sample_socket (PH_PROTOCOL_TCP, "::", 443, "::", 0, PH_STATE_LISTEN), twice, 2);
  add (snapshot, sample_socket (PH_PROTOCOL_TCP, "::", 80, "::", 0, PH_STATE_LISTEN), alone, 1);
  add (snapshot, sample_socket (PH_PROTOCOL_UDP, "::", 443, "::", 0, PH_STATE_CLOSE), alone, 1);
  add (snapshot, sample_socket (PH_PROTOCOL_TCP, "::", 8443, "::", 0, PH_STATE_LISTEN), sample_owners, 3);
  for (guint i = 0; i < 14; i++)
    add (snapshot, connection (), alone, 1);
  add (snapshot, connection (), other, 1);
  add (snapshot, sample_socket (PH_PROTOCOL_UNIX, "", 0, "", 0, PH_STATE_ESTABLISHED), alone, 1);

  toll = ph_toll_new (snapshot, sample_nginx.pid, sample_nginx.start_ticks);
  g_assert_true (toll->process == &sample_nginx);
  g_assert_cmpuint (toll->ports->len, ==, 3);
  g_assert_cmpuint (toll->n_connections, ==, 14);
  g_assert_cmpuint (toll->n_others, ==, 1);
  g_assert_cmpuint (toll->n_shared, ==, 1);
  text = ph_toll_to_text (toll);
  g_assert_cmpstr (text, ==,
                   "It stops listening on 3 ports: TCP 80, TCP 443, UDP 443.\n"
                   "It drops 14 connections.\n"
                   "It closes 1 other socket.\n"
                   "1 socket stays open: another process holds it too.");

  /* The same PID, another process: nothing of it is counted. */
  later = ph_toll_new (snapshot, sample_nginx.pid, sample_nginx.start_ticks + 1);
  g_assert_null (later->process);
  nothing = ph_toll_to_text (later);
  g_assert_cmpstr (nothing, ==, "It has no sockets open any more.");
}

static void
test_toll_many (void)
{
  static const PhOwner alone[] = { { &sample_nginx, 6 } };
  g_autoptr (PhSnapshot) snapshot = ph_snapshot_new (&ph_socket_schema, 0);
  g_autoptr (PhToll) toll = NULL;
  g_autofree char *text = NULL;

  for (guint16 i = 0; i < 100; i++)
    add (snapshot, sample_socket (PH_PROTOCOL_TCP, "::", (guint16) (9000 - i), "::", 0, PH_STATE_LISTEN), alone, 1);
  toll = ph_toll_new (snapshot, sample_nginx.pid, sample_nginx.start_ticks);
  text = ph_toll_to_text (toll);
  g_assert_cmpstr (text, ==,
                   "It stops listening on 100 ports: TCP 8901, TCP 8902, TCP 8903, TCP 8904, TCP 8905, TCP 8906….");
}

/* --- systemd --- */

static void
test_service (void)
{
  static const struct
  {
    const char *path;
    const char *service;
    guint32 manager;
  } cases[] = {
    { "/system.slice/nginx.service", "nginx.service", PH_RESTART_SYSTEM },
    { "/system.slice/system-getty.slice/getty@tty1.service", "getty@tty1.service", PH_RESTART_SYSTEM },
    { "/system.slice/a.service/payload/b.service", "a.service", PH_RESTART_SYSTEM },
    { "/user.slice/user-1000.slice/user@1000.service/app.slice/b.service", "b.service", 1000 },
    { "/user.slice/user-1000.slice/user@1000.service/app.slice/app-gnome-x-12.scope", NULL, 1000 },
    { "/user.slice/user-1000.slice/user@1000.service", "user@1000.service", PH_RESTART_SYSTEM },
    { "/user.slice/user-1000.slice/session-2.scope", NULL, PH_RESTART_SYSTEM },
    { "/system.slice/user@x.service/b.service", "user@x.service", PH_RESTART_SYSTEM },
    { "/init.scope", NULL, PH_RESTART_SYSTEM },
    { "/", NULL, PH_RESTART_SYSTEM },
    { "", NULL, PH_RESTART_SYSTEM },
  };
  const PhUnit container = { PH_UNIT_CONTAINER, "docker 1", "/system.slice/docker.service/docker/1" };
  guint32 manager;

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const PhUnit unit = { PH_UNIT_SERVICE, "", cases[i].path };
      g_autofree char *service = ph_restart_service (&unit, &manager);

      g_assert_cmpstr (service, ==, cases[i].service);
      g_assert_cmpuint (manager, ==, cases[i].manager);
    }
  g_assert_null (ph_restart_service (NULL, &manager));
  g_assert_null (ph_restart_service (&container, &manager));
}

static void
test_expect (void)
{
  static const struct
  {
    const char *policy;
    PhRestart end, kill;
  } cases[] = {
    { "no", PH_RESTART_WILL_NOT, PH_RESTART_WILL_NOT },
    { "always", PH_RESTART_WILL, PH_RESTART_WILL },
    { "on-success", PH_RESTART_WILL, PH_RESTART_WILL_NOT },
    { "on-failure", PH_RESTART_MAY, PH_RESTART_WILL },
    { "on-abnormal", PH_RESTART_WILL_NOT, PH_RESTART_WILL },
    { "on-abort", PH_RESTART_WILL_NOT, PH_RESTART_WILL },
    { "on-watchdog", PH_RESTART_WILL_NOT, PH_RESTART_WILL_NOT },
    { "on-full-moon", PH_RESTART_MAY, PH_RESTART_MAY },
    { NULL, PH_RESTART_MAY, PH_RESTART_MAY },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_assert_cmpint (ph_restart_expect (cases[i].policy, 77, 77, PH_DEED_END), ==, cases[i].end);
      g_assert_cmpint (ph_restart_expect (cases[i].policy, 77, 77, PH_DEED_KILL), ==, cases[i].kill);
      g_assert_cmpint (ph_restart_expect (cases[i].policy, 76, 77, PH_DEED_KILL), ==, PH_RESTART_PART);
      g_assert_cmpint (ph_restart_expect (cases[i].policy, 0, 77, PH_DEED_KILL), ==, PH_RESTART_MAY);
    }
}

/* --- words --- */

static void
test_question (void)
{
  static const PhOwner alone[] = { { &sample_nginx, 6 } };
  g_autoptr (PhSnapshot) snapshot = ph_snapshot_new (&ph_socket_schema, 0);
  g_autoptr (PhToll) toll = NULL;
  g_autofree char *heading = ph_deed_heading (PH_DEED_END, NULL, &sample_nginx);
  g_autofree char *kill = ph_deed_heading (PH_DEED_KILL, NULL, &sample_nginx);
  g_autofree char *body = NULL;
  g_auto (GStrv) lines = NULL;

  add (snapshot, connection (), alone, 1);
  toll = ph_toll_new (snapshot, sample_nginx.pid, sample_nginx.start_ticks);
  g_assert_cmpstr (heading, ==, "End nginx?");
  g_assert_cmpstr (kill, ==, "Kill nginx?");
  body = ph_deed_process_body (PH_DEED_KILL, &sample_nginx, 1000000, 1000000 + 3 * 3600, toll, PH_RESTART_WILL,
                               "nginx.service");
  lines = g_strsplit (body, "\n", -1);
  g_assert_cmpstr (lines[0], ==, "nginx (PID 812)");
  g_assert_cmpstr (lines[1], ==, "/usr/sbin/nginx");
  g_assert_true (g_str_has_prefix (lines[2], "Started 3 h ago ("));
  g_assert_cmpstr (lines[3], ==, "");
  g_assert_cmpstr (lines[4], ==, "It is not asked first, and cannot save anything.");
  g_assert_cmpstr (lines[6], ==, "It drops 1 connection.");
  g_assert_cmpstr (lines[8], ==, "systemd will restart nginx.service.");
  g_assert_null (lines[9]);
}

/* A name is a name, whatever it holds, and no longer than a line. */
static void
test_hostile (void)
{
  g_autofree char *long_name = g_strnfill (4000, 'x');
  const PhProcess process = { .pid = 9, .start_ticks = 9, .comm = "\u202cא", .exe = long_name, .cmdline = "" };
  g_autofree char *heading = ph_deed_heading (PH_DEED_END, NULL, &sample_evil);
  g_autofree char *isolated = ph_deed_heading (PH_DEED_END, NULL, &process);
  g_autofree char *words = ph_process_words (&process, 0, 0);

  g_assert_cmpstr (heading, ==, "End =cmd|\"x\",<b>?");
  g_assert_true (g_str_has_suffix (isolated, "\u2069?"));
  g_assert_cmpuint (strlen (words), <, 200);
}

static void
test_socket_question (void)
{
  PhSocket socket = connection ();
  PhSocket listener = sample_socket (PH_PROTOCOL_TCP, "::", 443, "::", 0, PH_STATE_LISTEN);
  const PhSocket udp = sample_socket (PH_PROTOCOL_UDP, "127.0.0.1", 53, "", 0, PH_STATE_CLOSE);
  g_autofree char *heading = ph_deed_heading (PH_DEED_CLOSE, &socket, NULL);
  g_autofree char *listening = ph_deed_heading (PH_DEED_CLOSE, &listener, NULL);
  g_autofree char *body = ph_deed_socket_body (&socket, NULL, 0, 0);
  g_autofree char *idle = ph_deed_socket_body (&listener, NULL, 0, 0);
  g_autofree char *waiting = NULL;
  g_autofree char *datagrams = ph_deed_socket_body (&udp, &sample_nginx, 0, 0);

  listener.recv_q = 3;
  waiting = ph_deed_socket_body (&listener, NULL, 0, 0);
  g_assert_cmpstr (heading, ==, "Close This Connection?");
  g_assert_cmpstr (listening, ==, "Stop Listening on TCP 443?");
  g_assert_cmpstr (ph_deed_verb (PH_DEED_CLOSE, &listener), ==, "St_op Listening");
  g_assert_true (g_str_has_prefix (body, "\u2066TCP 192.0.2.1:5000 ↔ 198.51.100.2:443\u2069\n\n"));
  g_assert_true (g_str_has_prefix (idle, "\u2066TCP [::]:443\u2069\n\n"));
  g_assert_nonnull (strstr (waiting, "3 connections that wait to be accepted are dropped."));
  g_assert_true (g_str_has_prefix (datagrams, "\u2066UDP 127.0.0.1:53\u2069\n\nnginx (PID 812)\n"));
}

static void
test_outcomes (void)
{
  for (PhVerdict verdict = PH_VERDICT_DONE; verdict <= PH_VERDICT_FAILED; verdict++)
    for (guint sandboxed = 0; sandboxed < 2; sandboxed++)
      {
        const PhOutcome outcome = { verdict, EIO };
        g_autofree char *closed = ph_outcome_sentence (PH_DEED_CLOSE, &outcome, NULL, sandboxed != 0);
        g_autofree char *ended = ph_outcome_sentence (PH_DEED_END, &outcome, "nginx", sandboxed != 0);
        g_autofree char *killed = ph_outcome_sentence (PH_DEED_KILL, &outcome, "nginx", sandboxed != 0);

        g_assert_cmpint (*closed, !=, '\0');
        g_assert_nonnull (strstr (ended, "nginx"));
        g_assert_nonnull (strstr (killed, "nginx"));
        g_assert_cmpint (g_str_equal (ended, killed), ==, verdict != PH_VERDICT_DONE);
        g_assert_cmpint (g_str_equal (closed, "Closed"), ==, verdict == PH_VERDICT_DONE);
      }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/deeds/close", test_close);
  g_test_add_func ("/deeds/close-deed", test_close_deed);
  g_test_add_func ("/deeds/signal", test_signal);
  g_test_add_func ("/deeds/obstacle-words", test_obstacle_words);
  g_test_add_func ("/deeds/toll", test_toll);
  g_test_add_func ("/deeds/toll-many", test_toll_many);
  g_test_add_func ("/deeds/service", test_service);
  g_test_add_func ("/deeds/expect", test_expect);
  g_test_add_func ("/deeds/question", test_question);
  g_test_add_func ("/deeds/hostile", test_hostile);
  g_test_add_func ("/deeds/socket-question", test_socket_question);
  g_test_add_func ("/deeds/outcomes", test_outcomes);
  return g_test_run ();
}
