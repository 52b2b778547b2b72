/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Collecting this machine's sockets in a worker: one at a time, to be broken off at any moment. */
#include "ph-source.h"

#include <netinet/in.h>

#include "crowd.h"
#include "loop.h"
#include "ph-socket.h"

typedef struct
{
  gboolean done;
  PhSnapshot *snapshot;
  GError *error;
  gint64 collect_us, owners_us;
} Outcome;

static void
collected (GObject *source, GAsyncResult *result, gpointer data)
{
  Outcome *outcome = data;

  outcome->snapshot = ph_source_collect_finish (PH_SOURCE (source), result, &outcome->collect_us, &outcome->owners_us,
                                                &outcome->error);
  g_assert_true ((outcome->snapshot == NULL) == (outcome->error != NULL));
  outcome->done = TRUE;
}

static void
outcome_clear (Outcome *outcome)
{
  g_clear_pointer (&outcome->snapshot, ph_snapshot_unref);
  g_clear_error (&outcome->error);
  outcome->done = FALSE;
}

#define BIT(name) (G_GUINT64_CONSTANT (1) << (name))

static const PhPlan plan = { .requests = BIT (PH_REQUEST_TCP4) | BIT (PH_REQUEST_UNIX), .want = PH_WANT_TCP_INFO };
static const PhPlan full_plan = {
  .requests = BIT (PH_REQUEST_TCP4) | BIT (PH_REQUEST_UNIX),
  .want = PH_WANT_TCP_INFO,
  .owners = TRUE,
  .full_owners = TRUE,
  .names = TRUE,
};

/* A listener on 127.0.0.1; its port comes back. */
static int
open_listener (guint16 *port)
{
  struct sockaddr_in address = { .sin_family = AF_INET, .sin_addr.s_addr = htonl (INADDR_LOOPBACK) };
  socklen_t length = sizeof address;
  int fd = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

  g_assert_no_errno (fd);
  g_assert_no_errno (bind (fd, (struct sockaddr *) &address, sizeof address));
  g_assert_no_errno (listen (fd, 5));
  g_assert_no_errno (getsockname (fd, (struct sockaddr *) &address, &length));
  *port = ntohs (address.sin_port);
  return fd;
}

static const PhSocket *
find_listener (PhSnapshot *snapshot, guint16 port)
{
  for (guint i = 0; i < ph_snapshot_n_records (snapshot); i++)
    {
      const PhSocket *socket = ph_snapshot_record (snapshot, i);

      if (socket->key.protocol == PH_PROTOCOL_TCP && socket->state == PH_STATE_LISTEN && socket->local_port == port)
        return socket;
    }
  return NULL;
}

static void
test_real (void)
{
  g_autoptr (PhSource) source = ph_source_new (&ph_socket_topic, NULL);
  Outcome outcome = { 0 };
  guint16 port;
  int fd = open_listener (&port);
  char name[64];

  ph_source_collect_async (source, &full_plan, NULL, collected, &outcome);
  g_assert_false (outcome.done);
  RUN_UNTIL (outcome.done);
  g_assert_no_error (outcome.error);
  g_assert_cmpint (outcome.collect_us, >, 0);
  g_assert_cmpint (outcome.owners_us, >=, 0);
  g_assert_cmpint (outcome.owners_us, <=, outcome.collect_us);

  const PhSocket *socket = find_listener (outcome.snapshot, port);
  g_assert_nonnull (socket);
  g_assert_cmpuint (socket->send_q, ==, 5);
  g_assert_cmpuint (socket->owner.n_owners, ==, 1);
  g_assert_cmpint (socket->owner.owners[0].process->pid, ==, getpid ());
  g_assert_cmpint (socket->owner.owners[0].fd, ==, fd);

  if (g_file_test ("/etc/services", G_FILE_TEST_EXISTS))
    {
      g_assert_true (ph_names_service (ph_source_get_names (source), "tcp", 22, name, sizeof name));
      g_assert_cmpstr (name, ==, "ssh");
    }

  /* The next one goes on where this one was. */
  guint64 serial = ph_snapshot_serial (outcome.snapshot);
  guint32 slot = socket->head.slot;
  outcome_clear (&outcome);
  ph_source_collect_async (source, &plan, NULL, collected, &outcome);
  RUN_UNTIL (outcome.done);
  g_assert_no_error (outcome.error);
  g_assert_cmpuint (ph_snapshot_previous_serial (outcome.snapshot), ==, serial);
  g_assert_cmpuint (find_listener (outcome.snapshot, port)->head.slot, ==, slot);
  outcome_clear (&outcome);

  close (fd);
  ph_source_collect_async (source, &plan, NULL, collected, &outcome);
  RUN_UNTIL (outcome.done);
  g_assert_null (find_listener (outcome.snapshot, port));
  outcome_clear (&outcome);
}

static void
test_pending (void)
{
  g_autoptr (PhSource) source = ph_source_new (&ph_socket_topic, NULL);
  Outcome first = { 0 }, second = { 0 }, third = { 0 };

  ph_source_collect_async (source, &plan, NULL, collected, &first);
  ph_source_collect_async (source, &plan, NULL, collected, &second);
  g_assert_false (second.done);
  RUN_UNTIL (first.done && second.done);
  g_assert_no_error (first.error);
  g_assert_error (second.error, G_IO_ERROR, G_IO_ERROR_PENDING);
  g_assert_cmpint (second.collect_us, ==, 0);

  ph_source_collect_async (source, &plan, NULL, collected, &third);
  RUN_UNTIL (third.done);
  g_assert_no_error (third.error);
  outcome_clear (&first);
  outcome_clear (&second);
  outcome_clear (&third);
}

/* Before it begins, at many moments of it, and after it. Whatever happens, the next one is whole, and goes on where the
 * last whole one was. */
static void
test_cancel (void)
{
  g_autoptr (PhSource) source = ph_source_new (&ph_socket_topic, NULL);
  Outcome outcome = { 0 };
  guint16 port;
  int fd = open_listener (&port);
  guint64 serial = 0;

  for (guint i = 0; i < 60; i++)
    {
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();

      if (i == 0)
        g_cancellable_cancel (cancellable);
      ph_source_collect_async (source, &full_plan, cancellable, collected, &outcome);
      g_usleep (g_random_int_range (0, 3000));
      g_cancellable_cancel (cancellable);
      RUN_UNTIL (outcome.done);
      g_assert_error (outcome.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      outcome_clear (&outcome);

      if (i % 10 == 0)
        {
          ph_source_collect_async (source, &plan, NULL, collected, &outcome);
          RUN_UNTIL (outcome.done);
          g_assert_no_error (outcome.error);
          g_assert_nonnull (find_listener (outcome.snapshot, port));
          /* Unless one was cancelled in its last moment: it was whole, and nobody saw it. */
          g_assert_cmpuint (ph_snapshot_serial (outcome.snapshot), >, serial);
          serial = ph_snapshot_serial (outcome.snapshot);
          outcome_clear (&outcome);
        }
    }
  close (fd);
}

/* Called off, it does end. */
static void
test_stop (void)
{
  g_autoptr (PhSource) source = ph_source_new (&ph_socket_topic, NULL);
  int fds[16000];
  guint n = crowd_open (fds, G_N_ELEMENTS (fds));
  gint64 whole, best = G_MAXINT64;
  Outcome outcome = { 0 };

  if (n < 8000)
    g_test_skip ("May not open enough sockets");
  else
    {
      ph_source_collect_async (source, &full_plan, NULL, collected, &outcome);
      RUN_UNTIL (outcome.done);
      g_assert_no_error (outcome.error);
      whole = outcome.collect_us;
      guint64 serial = ph_snapshot_serial (outcome.snapshot);
      outcome_clear (&outcome);

      for (guint i = 0; i < 5; i++)
        {
          g_autoptr (GCancellable) cancellable = g_cancellable_new ();
          gint64 began = g_get_monotonic_time ();

          ph_source_collect_async (source, &full_plan, cancellable, collected, &outcome);
          g_usleep (whole / 20);
          g_cancellable_cancel (cancellable);
          RUN_UNTIL (outcome.done);
          g_assert_error (outcome.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
          best = MIN (best, g_get_monotonic_time () - began);
          outcome_clear (&outcome);
        }
      g_assert_cmpint (best, <, whole / 2);

      /* What was stopped counts for nothing. */
      ph_source_collect_async (source, &full_plan, NULL, collected, &outcome);
      RUN_UNTIL (outcome.done);
      g_assert_no_error (outcome.error);
      g_assert_cmpuint (ph_snapshot_previous_serial (outcome.snapshot), ==, serial);
      outcome_clear (&outcome);
    }
  crowd_close (fds, n);
}

/* The last reference may be dropped at any moment; the callback still comes. */
static void
test_dropped (void)
{
  for (guint i = 0; i < 20; i++)
    {
      PhSource *source = ph_source_new (&ph_socket_topic, NULL);
      Outcome outcome = { 0 };

      ph_source_collect_async (source, &plan, NULL, collected, &outcome);
      g_usleep (g_random_int_range (0, 2000));
      g_object_unref (source);
      RUN_UNTIL (outcome.done);
      g_assert_no_error (outcome.error);
      outcome_clear (&outcome);
    }
}

/* Who asks for the same gets what was collected before; who asks for something else gets that. */
static void
test_ahead (void)
{
  PhPlan other = plan;
  guint16 port, later_port;
  int fd = open_listener (&port), later_fd;

  other.requests = BIT (PH_REQUEST_TCP4);
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (PhSource) source = ph_source_new (&ph_socket_topic, NULL);
      Outcome outcome = { 0 };
      gint64 end;

      ph_source_collect_ahead (source, &plan);
      for (end = g_get_monotonic_time () + G_USEC_PER_SEC; g_get_monotonic_time () < end;)
        g_usleep (10000);
      later_fd = open_listener (&later_port);
      ph_source_collect_async (source, i == 0 ? &plan : &other, NULL, collected, &outcome);
      RUN_UNTIL (outcome.done);
      g_assert_no_error (outcome.error);
      g_assert_cmpint (outcome.collect_us, >, 0);
      g_assert_nonnull (find_listener (outcome.snapshot, port));
      g_assert_true ((find_listener (outcome.snapshot, later_port) != NULL) == (i == 1));
      outcome_clear (&outcome);

      /* The one after it is new in any case. */
      ph_source_collect_async (source, &plan, NULL, collected, &outcome);
      RUN_UNTIL (outcome.done);
      g_assert_nonnull (find_listener (outcome.snapshot, later_port));
      outcome_clear (&outcome);
      close (later_fd);
    }
  close (fd);
}

/* Nobody ever asks. */
static void
test_ahead_in_vain (void)
{
  PhSource *source = ph_source_new (&ph_socket_topic, NULL);

  ph_source_collect_ahead (source, &plan);
  g_object_unref (source);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/source/real", test_real);
  g_test_add_func ("/source/pending", test_pending);
  g_test_add_func ("/source/cancel", test_cancel);
  g_test_add_func ("/source/stop", test_stop);
  g_test_add_func ("/source/dropped", test_dropped);
  g_test_add_func ("/source/ahead", test_ahead);
  g_test_add_func ("/source/ahead-in-vain", test_ahead_in_vain);
  return g_test_run ();
}
