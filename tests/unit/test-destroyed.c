/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the kernel tells of TCP sockets that are no more, in a network of the test's own: with privilege and without,
 * and when it is too much. */
#include "own-network.h"

#include <poll.h>

#include "frame-log.h"
#include "nobody.h"
#include "ph-event-socket.h"
#include "short-connection.h"

#define ROOM     (4 << 20) /* what the socket asks for */
#define QUIET_MS 200       /* in which the kernel tells of what is no more */

static PhEventSocket *
open_events (guint32 kinds)
{
  PhError error;
  PhEventSocket *events = ph_event_socket_new (kinds, &error);

  g_assert_nonnull (events);
  return events;
}

/* Up to @timeout_ms, -1: for ever; then meson ends the test. */
static gboolean
wait_for (PhEventSocket *events, int timeout_ms)
{
  struct pollfd fd = { .fd = ph_event_socket_fd (events), .events = POLLIN };

  return poll (&fd, 1, timeout_ms) > 0;
}

static void
take (PhEventSocket *events, FrameLog *log)
{
  PhError error;

  g_assert_true (ph_event_socket_take (events, frame_log_sink, log, &error));
}

static void
take_n (PhEventSocket *events, FrameLog *log, guint n)
{
  while (log->frames->len < n && wait_for (events, -1))
    take (events, log);
}

/* Until nothing comes any more: the kernel tells when it finds the time. */
static void
take_all (PhEventSocket *events, FrameLog *log)
{
  while (wait_for (events, QUIET_MS))
    take (events, log);
}

/* The message about the socket with this cookie; fails the test unless there is just one. */
static ShortConnectionEnd
find (const FrameLog *log, guint64 cookie)
{
  ShortConnectionEnd end, found = { 0 };
  guint n = 0;

  for (guint i = 0; i < frame_log_count (log, PH_FRAME_NETLINK); i++)
    {
      gsize length;
      const struct nlmsghdr *message = frame_log_get (log, PH_FRAME_NETLINK, i, &length);

      g_assert_true (mnl_nlmsg_ok (message, (int) length));
      g_assert_cmpuint (message->nlmsg_len, ==, length);
      short_connection_decode (message, &end);
      if (end.cookie != cookie)
        continue;
      found = end;
      n++;
    }
  g_assert_cmpuint (n, ==, 1);
  return found;
}

static int
room_of (int fd)
{
  int room;
  socklen_t length = sizeof room;

  g_assert_no_errno (getsockopt (fd, SOL_SOCKET, SO_RCVBUF, &room, &length));
  return room;
}

/* How many the kernel has dropped since the socket was opened. */
static guint
dropped (int fd)
{
  guint32 info[SK_MEMINFO_VARS];
  socklen_t length = sizeof info;

  g_assert_no_errno (getsockopt (fd, SOL_SOCKET, SO_MEMINFO, info, &length));
  return info[SK_MEMINFO_DROPS];
}

/* Whether one may have more than net.core.rmem_max. */
static gboolean
may_force (void)
{
  const int fd = socket (AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE), size = ROOM;
  const gboolean may = setsockopt (fd, SOL_SOCKET, SO_RCVBUFFORCE, &size, sizeof size) == 0;

  close (fd);
  return may;
}

static void
check_connection (PhEventSocket *events, int family)
{
  const int server = short_connection_listen (family);
  const guint64 cookie = short_connection_cookie (server);
  ShortConnectionEnd made[2], told;
  FrameLog log = frame_log_new ();

  short_connection_make (server, 1000, 300, 0, made);
  close (server);
  take_n (events, &log, 3);
  for (guint i = 0; i < 2; i++)
    {
      told = find (&log, made[i].cookie);
      short_connection_check (&told, &made[i], i == 0);
    }
  told = find (&log, cookie);
  g_assert_cmpuint (told.local_port, ==, made[1].local_port);
  g_assert_cmpuint (told.remote_port, ==, 0);
  take_all (events, &log);
  g_assert_cmpuint (log.frames->len, ==, 3);
  frame_log_clear (&log);
}

static void
test_ends (void)
{
  PhEventSocket *events = open_events (PH_EVENT_DESTROYED);

  check_connection (events, AF_INET);
  check_connection (events, AF_INET6);
  if (may_force ())
    g_assert_cmpint (room_of (ph_event_socket_fd (events)), >=, ROOM);
  ph_event_socket_free (events);
}

static void
test_unprivileged (void)
{
  const int plain = socket (AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE);
  PhEventSocket *events;

  nobody_be (TRUE);
  g_assert_false (may_force ());
  events = open_events (PH_EVENT_DESTROYED);
  g_assert_cmpint (room_of (ph_event_socket_fd (events)), >=, room_of (plain));
  check_connection (events, AF_INET);
  check_connection (events, AF_INET6);
  ph_event_socket_free (events);
  nobody_be (FALSE);
  close (plain);
}

/* Sockets of other protocols are not told of; nor are routes, nor to who asked for routes what is told here. */
static void
test_kinds (void)
{
  PhEventSocket *events = open_events (PH_EVENT_DESTROYED);
  PhEventSocket *others = open_events (PH_EVENT_ALL_ROUTING);
  FrameLog log = frame_log_new ();

  close (socket (AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0));
  close (socket (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
  own_network_route (TRUE, "198.51.100.1", RTN_BLACKHOLE, RT_TABLE_MAIN);
  own_network_route (FALSE, "198.51.100.1", RTN_BLACKHOLE, RT_TABLE_MAIN);
  take_all (events, &log);
  g_assert_cmpuint (log.frames->len, ==, 0);

  take_all (others, &log);
  frame_log_reset (&log);
  check_connection (events, AF_INET);
  take_all (others, &log);
  g_assert_cmpuint (log.frames->len, ==, 0);
  frame_log_clear (&log);
  ph_event_socket_free (events);
  ph_event_socket_free (others);
}

static void
test_two_protocols (void)
{
  PhError error;

  g_assert_null (ph_event_socket_new (PH_EVENT_DESTROYED | PH_EVENT_LINKS, &error));
  g_assert_cmpint (error.code, ==, PH_ERROR_SYSTEM);
  g_assert_cmpint (error.errnum, ==, EINVAL);
  g_assert_null (ph_event_socket_new (PH_EVENT_DESTROYED | PH_EVENT_ALL_ROUTING, NULL));
}

/* Another one may not speak in the kernel's name, not even root. */
static void
test_stranger (void)
{
  PhEventSocket *events = open_events (PH_EVENT_DESTROYED);
  struct sockaddr_nl to = { 0 };
  socklen_t length = sizeof to;
  const struct nlmsghdr message = { .nlmsg_len = sizeof message, .nlmsg_type = SOCK_DIAG_BY_FAMILY };
  const int stranger = socket (AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_SOCK_DIAG);
  FrameLog log = frame_log_new ();

  g_assert_no_errno (getsockname (ph_event_socket_fd (events), (struct sockaddr *) &to, &length));
  if (sendto (stranger, &message, sizeof message, 0, (struct sockaddr *) &to, length) > 0)
    g_assert_true (wait_for (events, -1));
  take_all (events, &log);
  g_assert_cmpuint (log.frames->len, ==, 0);
  frame_log_clear (&log);
  close (stranger);
  ph_event_socket_free (events);
}

/* What finds no room is told as lost, before the rest; no taking is endless, and afterwards all is as before. */
static void
test_flood (void)
{
  PhEventSocket *events = open_events (PH_EVENT_DESTROYED);
  const guint n = (guint) room_of (ph_event_socket_fd (events)) / 512; /* each takes at least so much of the room */
  const int fd = ph_event_socket_fd (events);
  FrameLog log = frame_log_new ();

  short_connection_flood (n);
  while (dropped (fd) == 0)
    g_usleep (1000);
  take (events, &log);
  g_assert_cmpint (g_array_index (log.frames, LoggedFrame, 0).kind, ==, PH_FRAME_LOST);
  g_assert_cmpuint (log.frames->len, <=, 256);
  while (frame_log_count (&log, PH_FRAME_NETLINK) + dropped (fd) < n)
    if (wait_for (events, QUIET_MS))
      take (events, &log);
  take_all (events, &log);
  g_assert_cmpuint (frame_log_count (&log, PH_FRAME_NETLINK), ==, n - dropped (fd));
  g_assert_cmpuint (frame_log_count (&log, PH_FRAME_LOST), >=, 2);
  frame_log_clear (&log);

  check_connection (events, AF_INET);
  ph_event_socket_free (events);
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
  g_test_add_func ("/destroyed/ends", test_ends);
  g_test_add_func ("/destroyed/unprivileged", test_unprivileged);
  g_test_add_func ("/destroyed/kinds", test_kinds);
  g_test_add_func ("/destroyed/two-protocols", test_two_protocols);
  g_test_add_func ("/destroyed/stranger", test_stranger);
  g_test_add_func ("/destroyed/flood", test_flood);
  return g_test_run ();
}
