/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is asked about one socket: a kernel played by the test, then the real one about a connection of this very
 * program. */
#include "ph-socket-inquiry.h"

#include <linux/inet_diag.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include "ph-collector.h"
#include "ph-probe.h"
#include "socket-samples.h"

/* --- played --- */

static void
give (PhSocketInquiry *inquiry, PhFrameKind kind, const void *bytes, gsize length)
{
  const PhFrameBegin begin
      = { .format = kind == PH_FRAME_NETLINK ? PH_FORMAT_NETLINK : PH_FORMAT_FACTS, .time_us = 77 };
  const PhFrameEnd end = { 0 };

  ph_socket_inquiry_sink (inquiry, PH_FRAME_BEGIN, &begin, sizeof begin);
  if (bytes)
    ph_socket_inquiry_sink (inquiry, kind, bytes, length);
  ph_socket_inquiry_sink (inquiry, PH_FRAME_END, &end, sizeof end);
}

static void
give_process (PhSocketInquiry *inquiry, gint32 pid, gint32 ppid, guint64 start)
{
  struct
  {
    PhFrameProcess head;
    char comm[4];
  } frame = { { .pid = pid, .ppid = ppid, .start_ticks = start, .comm_length = 4 }, "name" };
  gsize length = sizeof frame.head + 4;
  g_autofree guint8 *bytes = g_malloc (length);

  memcpy (bytes, &frame.head, sizeof frame.head);
  memcpy (bytes + sizeof frame.head, frame.comm, 4);
  give (inquiry, PH_FRAME_PROCESS, bytes, length);
}

static void
assert_asks_for (PhSocketInquiry *inquiry, guint64 pid)
{
  PhRequest request;

  g_assert_true (ph_socket_inquiry_next (inquiry, &request));
  g_assert_cmpint (request.name, ==, PH_REQUEST_PROCESSES);
  g_assert_cmpuint (request.n_ids, ==, 1);
  g_assert_cmpuint (request.ids[0], ==, pid);
}

static void
test_lineage (void)
{
  const PhSocket listener = sample_socket (PH_PROTOCOL_TCP, "0.0.0.0", 80, "0.0.0.0", 0, PH_STATE_LISTEN);
  g_autoptr (PhSocketInquiry) inquiry = ph_socket_inquiry_new (&listener, 500);
  g_autoptr (PhSocketReport) report = NULL;
  PhRequest request;

  assert_asks_for (inquiry, 500);
  give_process (inquiry, 500, 40, 900);
  assert_asks_for (inquiry, 40);
  give_process (inquiry, 40, 1, 300);
  assert_asks_for (inquiry, 1);
  give_process (inquiry, 1, 0, 1);
  g_assert_false (ph_socket_inquiry_next (inquiry, &request));
  report = ph_socket_inquiry_end (inquiry);
  g_assert_cmpuint (report->lineage->len, ==, 3);
  g_assert_cmpint (((PhProcess *) g_ptr_array_index (report->lineage, 2))->pid, ==, 1);
  g_assert_cmpuint (report->info_length, ==, 0);
}

/* A chain ends where it makes no sense, and never goes round in circles. */
static void
test_broken_lineage (void)
{
  static const struct
  {
    gint32 pid, ppid;
    guint64 start;
    guint length; /* of the chain in the end */
  } seconds[] = {
    { 40, 1, 901, 1 },                    /* younger than its child: the number is another's by now */
    { 41, 1, 300, 1 },                    /* was not asked for */
    { 40, 500, 900, 2 },                  /* its parent is its child */
    { 40, 40, 10, 2 },                    /* its own */
    { 40, -5, 10, 2 },   { 40, 1, 0, 1 }, /* gone */
  };

  for (guint i = 0; i < G_N_ELEMENTS (seconds); i++)
    {
      const PhSocket unix_socket = sample_socket (PH_PROTOCOL_UNIX, "", 0, "", 0, PH_STATE_ESTABLISHED);
      g_autoptr (PhSocketInquiry) inquiry = ph_socket_inquiry_new (&unix_socket, 500);
      g_autoptr (PhSocketReport) report = NULL;
      PhRequest request;
      guint asked = 0;

      assert_asks_for (inquiry, 500);
      give_process (inquiry, 500, 40, 900);
      assert_asks_for (inquiry, 40);
      give_process (inquiry, seconds[i].pid, seconds[i].ppid, seconds[i].start);
      for (; ph_socket_inquiry_next (inquiry, &request); asked++)
        give_process (inquiry, 500, 40, 900);
      g_assert_cmpuint (asked, <=, 1);
      report = ph_socket_inquiry_end (inquiry);
      g_assert_cmpuint (report->lineage->len, ==, seconds[i].length);
    }
}

static void
test_endless_lineage (void)
{
  const PhSocket unix_socket = sample_socket (PH_PROTOCOL_UNIX, "", 0, "", 0, PH_STATE_ESTABLISHED);
  g_autoptr (PhSocketInquiry) inquiry = ph_socket_inquiry_new (&unix_socket, 1000);
  g_autoptr (PhSocketReport) report = NULL;
  PhRequest request;
  gint32 pid = 1000;

  for (; ph_socket_inquiry_next (inquiry, &request); pid++)
    give_process (inquiry, pid, pid + 1, 5);
  report = ph_socket_inquiry_end (inquiry);
  g_assert_cmpuint (report->lineage->len, ==, PH_LINEAGE_MAX);
}

static void
test_nothing_comes (void)
{
  const PhSocket connection = sample_socket (PH_PROTOCOL_TCP, "10.0.0.1", 80, "10.0.0.2", 81, PH_STATE_ESTABLISHED);
  g_autoptr (PhSocketInquiry) inquiry = ph_socket_inquiry_new (&connection, 500);
  g_autoptr (PhSocketReport) report = NULL;
  static const guint8 rubbish[64] = { 0xff, 0xff, 0xff };
  PhRequest request;

  g_assert_true (ph_socket_inquiry_next (inquiry, &request));
  g_assert_cmpint (request.name, ==, PH_REQUEST_SOCKET);
  g_assert_cmpuint (request.socket->cookie, ==, connection.key.cookie);
  give (inquiry, PH_FRAME_NETLINK, rubbish, sizeof rubbish);
  assert_asks_for (inquiry, 500);
  give (inquiry, PH_FRAME_PROCESS, NULL, 0);
  g_assert_false (ph_socket_inquiry_next (inquiry, &request));
  report = ph_socket_inquiry_end (inquiry);
  g_assert_cmpint (report->time_us, ==, 0);
  g_assert_cmpuint (report->info_length, ==, 0);
  g_assert_cmpuint (report->lineage->len, ==, 0);
}

/* Only what the kernel has numbered can be found again. */
static void
test_ids (void)
{
  PhSocket socket = sample_socket (PH_PROTOCOL_TCP, "2001:db8::1", 80, "2001:db8::2", 81, PH_STATE_ESTABLISHED);
  PhSocketId id;

  socket.interface = 3;
  g_assert_true (ph_socket_get_id (&socket, &id));
  g_assert_cmpuint (id.family, ==, AF_INET6);
  g_assert_cmpuint (id.protocol, ==, IPPROTO_TCP);
  g_assert_cmpuint (id.local_port, ==, 80);
  g_assert_cmpuint (id.remote_port, ==, 81);
  g_assert_cmpuint (id.interface, ==, 3);
  g_assert_cmpmem (id.local, 16, socket.local.bytes, 16);
  g_assert_cmpmem (id.remote, 16, socket.remote.bytes, 16);

  socket.key.cookie |= G_GUINT64_CONSTANT (1) << 63;
  g_assert_false (ph_socket_get_id (&socket, &id));
  socket.key.cookie = 5;
  socket.flags = PH_SOCKET_FROM_PROC;
  g_assert_false (ph_socket_get_id (&socket, &id));
  socket = sample_socket (PH_PROTOCOL_UNIX, "", 0, "", 0, PH_STATE_ESTABLISHED);
  g_assert_false (ph_socket_get_id (&socket, &id));
}

/* --- the real one --- */

static PhSnapshot *
collect (PhProbe *probe)
{
  g_autoptr (PhCollector) collector = ph_collector_new (&ph_socket_topic);
  const PhPlan plan = { .requests = (1 << PH_REQUEST_TCP4) | (1 << PH_REQUEST_TCP6), .want = PH_WANT_TCP_INFO };
  PhRequest request;

  ph_collector_begin (collector, &plan);
  while (ph_collector_next (collector, &request))
    ph_probe_ask (probe, &request, ph_collector_sink, collector, NULL, NULL);
  return ph_collector_end (collector);
}

static const PhSocket *
find (PhSnapshot *snapshot, guint16 local_port, guint16 remote_port)
{
  for (guint i = 0; i < ph_snapshot_n_records (snapshot); i++)
    {
      const PhSocket *socket = ph_snapshot_record (snapshot, i);

      if (socket->local_port == local_port && socket->remote_port == remote_port)
        return socket;
    }
  return NULL;
}

static PhSocketReport *
ask (PhProbe *probe, const PhSocket *socket, gint32 pid)
{
  g_autoptr (PhSocketInquiry) inquiry = ph_socket_inquiry_new (socket, pid);
  PhRequest request;

  while (ph_socket_inquiry_next (inquiry, &request))
    ph_probe_ask (probe, &request, ph_socket_inquiry_sink, inquiry, NULL, NULL);
  return ph_socket_inquiry_end (inquiry);
}

static guint16
port_of (int fd)
{
  struct sockaddr_in6 address;
  socklen_t length = sizeof address;

  g_assert_cmpint (getsockname (fd, (struct sockaddr *) &address, &length), ==, 0);
  return g_ntohs (address.sin6_port); /* where IPv4 has it, too */
}

static void
test_real (gconstpointer family)
{
  int domain = GPOINTER_TO_INT (family);
  union
  {
    struct sockaddr any;
    struct sockaddr_in ipv4;
    struct sockaddr_in6 ipv6;
  } address = { .any = { .sa_family = (sa_family_t) domain } };
  socklen_t length = domain == AF_INET ? sizeof address.ipv4 : sizeof address.ipv6;
  int listener = socket (domain, SOCK_STREAM | SOCK_CLOEXEC, 0), calling, called;
  PhProbe *probe;
  PhSocketReport *report;
  g_autoptr (PhSnapshot) snapshot = NULL;
  const PhSocket *record;
  char bytes[3000] = { 0 };

  if (domain == AF_INET)
    address.ipv4.sin_addr.s_addr = htonl (INADDR_LOOPBACK);
  else
    address.ipv6.sin6_addr = in6addr_loopback;
  if (listener < 0 || bind (listener, &address.any, length) != 0)
    {
      g_test_skip ("no such address here");
      if (listener >= 0)
        close (listener);
      return;
    }
  g_assert_cmpint (listen (listener, 1), ==, 0);
  g_assert_cmpint (getsockname (listener, &address.any, &length), ==, 0);
  calling = socket (domain, SOCK_STREAM | SOCK_CLOEXEC, 0);
  g_assert_cmpint (connect (calling, &address.any, length), ==, 0);
  called = accept (listener, NULL, NULL);
  g_assert_cmpint (write (calling, bytes, sizeof bytes), ==, (gssize) sizeof bytes);
  g_assert_cmpint (recv (called, bytes, sizeof bytes, MSG_WAITALL), ==, (gssize) sizeof bytes);

  probe = ph_probe_new ();
  snapshot = collect (probe);
  record = find (snapshot, port_of (called), port_of (calling));
  g_assert_nonnull (record);
  if (record->flags & PH_SOCKET_FROM_PROC)
    {
      g_test_skip ("this kernel has no tcp_diag");
      goto out;
    }
  report = ask (probe, record, getpid ());
  g_assert_cmpint (report->time_us, >, 0);
  g_assert_cmpuint (report->info_length, >=, 136);
  g_assert_cmpuint (report->info.bytes_received, ==, sizeof bytes);
  g_assert_cmpuint (report->info.state, ==, PH_STATE_ESTABLISHED);
  g_assert_cmpstr (report->congestion, ==, record->congestion);
  g_assert_cmpuint (report->lineage->len, >=, 1);
  g_assert_cmpint (((PhProcess *) g_ptr_array_index (report->lineage, 0))->pid, ==, getpid ());
  if (report->lineage->len > 1)
    g_assert_cmpint (((PhProcess *) g_ptr_array_index (report->lineage, 1))->pid, ==, getppid ());
  ph_socket_report_free (report);

  /* Gone, with a reset and no TIME_WAIT: no error, and nothing is told. */
  {
    struct linger now = { .l_onoff = 1 };
    gint64 until = g_get_monotonic_time () + 5 * G_USEC_PER_SEC;

    setsockopt (called, SOL_SOCKET, SO_LINGER, &now, sizeof now);
    close (called);
    called = -1;
    do
      {
        report = ask (probe, record, 0);
        length = (socklen_t) report->info_length;
        g_assert_cmpuint (report->lineage->len, ==, 0);
        ph_socket_report_free (report);
      }
    while (length > 0 && g_get_monotonic_time () < until);
    g_assert_cmpuint (length, ==, 0);
  }

out:
  ph_probe_free (probe);
  close (listener);
  close (calling);
  if (called >= 0)
    close (called);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/socket-inquiry/lineage", test_lineage);
  g_test_add_func ("/socket-inquiry/broken-lineage", test_broken_lineage);
  g_test_add_func ("/socket-inquiry/endless-lineage", test_endless_lineage);
  g_test_add_func ("/socket-inquiry/nothing-comes", test_nothing_comes);
  g_test_add_func ("/socket-inquiry/ids", test_ids);
  g_test_add_data_func ("/socket-inquiry/real/ipv4", GINT_TO_POINTER (AF_INET), test_real);
  g_test_add_data_func ("/socket-inquiry/real/ipv6", GINT_TO_POINTER (AF_INET6), test_real);
  return g_test_run ();
}
