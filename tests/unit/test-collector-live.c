/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The collector with the real probe, on sockets of the test's own. Needs no privilege. */
#include <arpa/inet.h>
#include <signal.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include "ph-collector.h"
#include "ph-probe.h"
#include "ph-socket.h"

typedef struct
{
  PhProbe *probe;
  PhCollector *collector;
  PhSnapshot *snapshot;
} Fixture;

static void
setup (Fixture *f, gconstpointer data)
{
  f->probe = ph_probe_new ();
  f->collector = ph_collector_new (&ph_socket_topic);
}

static void
teardown (Fixture *f, gconstpointer data)
{
  g_clear_pointer (&f->snapshot, ph_snapshot_unref);
  ph_collector_free (f->collector);
  ph_probe_free (f->probe);
}

static void
look (Fixture *f, gboolean full)
{
  const PhPlan plan = { .requests = 1ull << PH_REQUEST_TCP4 | 1ull << PH_REQUEST_UDP4 | 1ull << PH_REQUEST_UNIX,
                        .owners = TRUE,
                        .full_owners = full,
                        .names = TRUE };
  PhRequest request;

  g_clear_pointer (&f->snapshot, ph_snapshot_unref);
  ph_collector_begin (f->collector, &plan);
  while (ph_collector_next (f->collector, &request))
    ph_probe_ask (f->probe, &request, ph_collector_sink, f->collector, NULL, NULL);
  f->snapshot = ph_collector_end (f->collector);
  g_assert_nonnull (f->snapshot);
}

static int
listen_on_loopback (guint16 *port)
{
  struct sockaddr_in address = { .sin_family = AF_INET, .sin_addr.s_addr = htonl (INADDR_LOOPBACK) };
  socklen_t length = sizeof address;
  int fd = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

  g_assert_cmpint (fd, >=, 0);
  g_assert_no_errno (bind (fd, (struct sockaddr *) &address, sizeof address));
  g_assert_no_errno (listen (fd, 8));
  g_assert_no_errno (getsockname (fd, (struct sockaddr *) &address, &length));
  *port = ntohs (address.sin_port);
  return fd;
}

static const PhSocket *
find_port (Fixture *f, guint16 port)
{
  for (guint i = 0; i < ph_snapshot_n_records (f->snapshot); i++)
    {
      const PhSocket *socket = ph_snapshot_record (f->snapshot, i);

      if (socket->key.protocol == PH_PROTOCOL_TCP && socket->local_port == port && socket->state == PH_STATE_LISTEN
          && socket->head.mark != PH_MARK_CLOSED)
        return socket;
    }
  return NULL;
}

static void
assert_mine (const PhSocket *socket, int fd)
{
  const PhOwnership *owner = &socket->owner;

  g_assert_nonnull (socket);
  g_assert_cmpstr (ph_owner_note_name (owner->note), ==, "process");
  g_assert_cmpuint (owner->n_owners, ==, 1);
  g_assert_cmpint (owner->owners[0].process->pid, ==, getpid ());
  g_assert_cmpint (owner->owners[0].process->ppid, ==, getppid ());
  g_assert_cmpint (owner->owners[0].fd, ==, fd);
  g_assert_cmpuint (owner->owners[0].process->uid, ==, geteuid ());
  g_assert_true (g_str_has_prefix (owner->owners[0].process->comm, "test-collector"));
  g_assert_nonnull (strstr (owner->owners[0].process->exe, "test-collector-live"));
  g_assert_nonnull (strstr (owner->owners[0].process->cmdline, "test-collector-live"));
  g_assert_cmpuint (owner->owners[0].process->start_ticks, >, 0);
}

static void
test_own_listener (Fixture *f, gconstpointer data)
{
  guint16 port;
  int fd = listen_on_loopback (&port);

  look (f, FALSE);
  assert_mine (find_port (f, port), fd);
  look (f, FALSE); /* carried over */
  assert_mine (find_port (f, port), fd);
  close (fd);
  look (f, FALSE);
  g_assert_null (find_port (f, port));

  /* Where the other one was. By now this process has no socket that is known, and where others have started since it is
   * not among the newest: then it takes a long walk, which comes after two looks in vain and not at any time. */
  fd = listen_on_loopback (&port);
  look (f, FALSE);
  for (guint i = 0; i < 200 && find_port (f, port)->owner.n_owners == 0; i++)
    {
      g_usleep (50 * 1000);
      look (f, FALSE);
    }
  assert_mine (find_port (f, port), fd);
  close (fd);
}

static void
test_full (Fixture *f, gconstpointer data)
{
  guint16 port;
  int fd = listen_on_loopback (&port);

  look (f, TRUE);
  assert_mine (find_port (f, port), fd);
  close (fd);
}

static pid_t
fork_sleeper (void)
{
  pid_t pid = fork ();

  g_assert_cmpint (pid, >=, 0);
  if (pid == 0)
    {
      alarm (60); /* never outlives the test for long */
      for (;;)
        pause ();
    }
  return pid;
}

static void
end_sleeper (pid_t pid)
{
  g_assert_no_errno (kill (pid, SIGKILL));
  g_assert_cmpint (waitpid (pid, NULL, 0), ==, pid);
}

/* A child shares the listener; the parent closes it; the child ends. */
static void
test_fork_shares (Fixture *f, gconstpointer data)
{
  guint16 port;
  int fd = listen_on_loopback (&port);
  pid_t child = fork_sleeper ();
  const PhOwnership *owner;
  gboolean child_last = child > getpid ();

  look (f, TRUE);
  owner = &find_port (f, port)->owner;
  g_assert_cmpuint (owner->n_owners, ==, 2);
  g_assert_cmpint (owner->owners[child_last ? 0 : 1].process->pid, ==, getpid ());
  g_assert_cmpint (owner->owners[child_last ? 1 : 0].process->pid, ==, child);
  g_assert_cmpint (owner->owners[0].process->pid, <, owner->owners[1].process->pid);

  close (fd);
  look (f, TRUE);
  owner = &find_port (f, port)->owner;
  g_assert_cmpuint (owner->n_owners, ==, 1);
  g_assert_cmpint (owner->owners[0].process->pid, ==, child);

  end_sleeper (child);
  look (f, TRUE);
  g_assert_null (find_port (f, port));
}

/* The known owner ends, the socket lives on in another process. */
static void
test_owner_ends (Fixture *f, gconstpointer data)
{
  guint16 port;
  int fd = listen_on_loopback (&port);
  pid_t child = fork_sleeper ();

  look (f, TRUE);
  g_assert_cmpuint (find_port (f, port)->owner.n_owners, ==, 2);
  end_sleeper (child);
  look (f, FALSE);
  assert_mine (find_port (f, port), fd);
  close (fd);
}

static void
test_waits_to_be_accepted (Fixture *f, gconstpointer data)
{
  guint16 port;
  int fd = listen_on_loopback (&port), client = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  struct sockaddr_in address
      = { .sin_family = AF_INET, .sin_addr.s_addr = htonl (INADDR_LOOPBACK), .sin_port = htons (port) };
  guint n = 0;

  g_assert_no_errno (connect (client, (struct sockaddr *) &address, sizeof address));
  look (f, FALSE);
  for (guint i = 0; i < ph_snapshot_n_records (f->snapshot); i++)
    {
      const PhSocket *socket = ph_snapshot_record (f->snapshot, i);

      if (socket->key.protocol != PH_PROTOCOL_TCP || socket->state != PH_STATE_ESTABLISHED)
        continue;
      if (socket->local_port == port)
        {
          g_assert_cmpstr (ph_owner_note_name (socket->owner.note), ==, "kernel-state");
          n++;
        }
      else if (socket->remote_port == port)
        {
          assert_mine (socket, client);
          n++;
        }
    }
  g_assert_cmpuint (n, ==, 2);
  close (client);
  close (fd);
}

static void
test_unix (Fixture *f, gconstpointer data)
{
  struct sockaddr_un address = { .sun_family = AF_UNIX };
  int fd = socket (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const PhSocket *found = NULL;
  g_autofree char *name = g_strdup_printf ("@porthole-test-%d", getpid ());

  memcpy (address.sun_path + 1, name + 1, strlen (name) - 1);
  g_assert_no_errno (bind (fd, (struct sockaddr *) &address,
                           (socklen_t) (G_STRUCT_OFFSET (struct sockaddr_un, sun_path) + strlen (name))));
  g_assert_no_errno (listen (fd, 1));
  look (f, FALSE);
  for (guint i = 0; i < ph_snapshot_n_records (f->snapshot); i++)
    {
      const PhSocket *socket = ph_snapshot_record (f->snapshot, i);

      if (socket->path && strcmp (socket->path, name) == 0)
        found = socket;
    }
  assert_mine (found, fd);
  close (fd);
}

/* The one who asks is told to stop before it began. */
static void
test_stopped (Fixture *f, gconstpointer data)
{
  const PhPlan plan = { .requests = 1ull << PH_REQUEST_TCP4, .owners = TRUE };
  atomic_bool stop = TRUE;
  PhRequest request;

  ph_collector_begin (f->collector, &plan);
  while (ph_collector_next (f->collector, &request))
    ph_probe_ask (f->probe, &request, ph_collector_sink, f->collector, &stop, NULL);
  g_assert_null (ph_collector_end (f->collector));
  look (f, FALSE);
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *path;
    void (*test) (Fixture *, gconstpointer);
  } tests[] = {
    { "/live/own-listener", test_own_listener },
    { "/live/full", test_full },
    { "/live/fork-shares", test_fork_shares },
    { "/live/owner-ends", test_owner_ends },
    { "/live/waits-to-be-accepted", test_waits_to_be_accepted },
    { "/live/unix", test_unix },
    { "/live/stopped", test_stopped },
  };

  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, setup, tests[i].test, teardown);
  return g_test_run ();
}
