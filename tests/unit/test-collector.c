/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The sequence of a collection, and what becomes of one that goes wrong. */
#include "fake-world.h"

#include <linux/rtnetlink.h>

typedef struct
{
  FakeWorld *world;
  PhCollector *collector;
} Fixture;

static void
setup (Fixture *f, gconstpointer data)
{
  f->world = fake_world_new ();
  f->collector = ph_collector_new (&ph_socket_topic);
  fake_spawn (f->world, 10, "ten");
  for (guint i = 0; i < 10; i++)
    fake_open (f->world, 100 + i, 10);
}

static void
teardown (Fixture *f, gconstpointer data)
{
  ph_collector_free (f->collector);
  fake_world_free (f->world);
}

static void
test_sequence (Fixture *f, gconstpointer data)
{
  static const PhRequestName expected[]
      = { PH_REQUEST_TCP4,      PH_REQUEST_UDP6,   PH_REQUEST_UNIX,      PH_REQUEST_LINKS,
          PH_REQUEST_PROCESSES, PH_REQUEST_OWNERS, PH_REQUEST_PROCESSES, PH_REQUEST_USERS };
  const PhPlan plan = { .requests = 1u << PH_REQUEST_TCP4 | 1u << PH_REQUEST_UDP6 | 1u << PH_REQUEST_UNIX,
                        .want = PH_WANT_TCP_INFO | PH_WANT_FULL_WALK,
                        .owners = TRUE,
                        .names = TRUE };
  PhRequest request;
  guint n = 0;

  fake_socket (f->world, 105)->interface = 7;
  ph_collector_begin (f->collector, &plan);
  while (ph_collector_next (f->collector, &request))
    {
      g_assert_cmpuint (n, <, G_N_ELEMENTS (expected));
      g_assert_cmpstr (ph_request_name (request.name), ==, ph_request_name (expected[n]));
      if (ph_request_is_sockets (request.name))
        g_assert_cmpuint (request.want, ==, PH_WANT_TCP_INFO);
      fake_ask (f->world, &request, f->collector);
      n++;
    }
  g_assert_cmpuint (n, ==, G_N_ELEMENTS (expected));
  ph_snapshot_unref (ph_collector_end (f->collector));
}

static void
test_result (Fixture *f, gconstpointer data)
{
  g_autoptr (PhSnapshot) snapshot = NULL;

  fake_socket (f->world, 101)->interface = 7;
  fake_socket (f->world, 102)->uid = 0;
  fake_socket (f->world, 103)->uid = 65534;
  snapshot = fake_collect (f->world, f->collector, NULL);
  g_assert_cmpuint (ph_snapshot_n_records (snapshot), ==, 10);
  g_assert_cmpint (ph_snapshot_look (snapshot, PH_REQUEST_TCP4)->look, ==, PH_LOOK_GOOD);
  g_assert_cmpint (ph_snapshot_look (snapshot, PH_REQUEST_TCP6)->look, ==, PH_LOOK_NOT_ASKED);
  g_assert_cmpint (ph_snapshot_time (snapshot), ==, 1001 * G_USEC_PER_SEC);
  g_assert_cmpuint (ph_snapshot_serial (snapshot), ==, 1);
  g_assert_cmpstr (fake_find (snapshot, 100)->user, ==, "user1000");
  g_assert_cmpstr (fake_find (snapshot, 102)->user, ==, "root");
  g_assert_null (fake_find (snapshot, 103)->user);
  g_assert_null (fake_find (snapshot, 100)->interface_name);
  g_assert_cmpstr (fake_find (snapshot, 101)->interface_name, ==, "if7");
  g_assert_cmpuint (fake_find (snapshot, 101)->head.request, ==, PH_REQUEST_TCP4);
}

static void
test_links (Fixture *f, gconstpointer data)
{
  struct
  {
    struct nlmsghdr head;
    struct ifinfomsg info;
    struct nlattr attribute;
    char name[8];
  } link = { .head = { .nlmsg_len = sizeof link, .nlmsg_type = RTM_NEWLINK },
             .info = { .ifi_index = 7 },
             .attribute = { .nla_len = sizeof link.attribute + 5, .nla_type = IFLA_IFNAME },
             .name = "eth0" };
  const PhPlan plan = { .requests = 1u << PH_REQUEST_TCP4 };
  PhRequest request;

  fake_socket (f->world, 101)->interface = 7;
  fake_socket (f->world, 102)->interface = 8;
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (PhSnapshot) snapshot = NULL;
      guint n_links = 0;

      ph_collector_begin (f->collector, &plan);
      while (ph_collector_next (f->collector, &request))
        {
          PhFrameBegin begin = { .request = (uint16_t) request.name, .time_us = f->world->time_us };
          PhFrameEnd end = { 0 };

          if (request.name != PH_REQUEST_LINKS)
            {
              fake_ask (f->world, &request, f->collector);
              continue;
            }
          n_links++;
          ph_collector_sink (f->collector, PH_FRAME_BEGIN, &begin, sizeof begin);
          ph_collector_sink (f->collector, PH_FRAME_NETLINK, &link, sizeof link);
          ph_collector_sink (f->collector, PH_FRAME_END, &end, sizeof end);
        }
      snapshot = ph_collector_end (f->collector);
      g_assert_cmpstr (fake_find (snapshot, 101)->interface_name, ==, "eth0");
      g_assert_cmpstr (fake_find (snapshot, 102)->interface_name, ==, "if8");
      g_assert_cmpuint (n_links, ==, i == 0); /* the missing one not again so soon */
    }
}

static void
test_restart (Fixture *f, gconstpointer data)
{
  g_autoptr (PhSnapshot) snapshot = NULL;

  f->world->restart = TRUE;
  snapshot = fake_collect (f->world, f->collector, NULL);
  g_assert_cmpuint (ph_snapshot_n_records (snapshot), ==, 10);
  g_assert_cmpuint (ph_snapshot_look (snapshot, PH_REQUEST_TCP4)->malformed, ==, 0);
  g_assert_cmpuint (fake_find (snapshot, 109)->owner.n_owners, ==, 1);
}

/* Only what this request delivered is forgotten. */
static void
test_restart_of_second (Fixture *f, gconstpointer data)
{
  const PhPlan plan = { .requests = 1u << PH_REQUEST_TCP4 | 1u << PH_REQUEST_TCP6 };
  g_autoptr (PhSnapshot) snapshot = NULL;
  PhRequest request;

  ph_collector_begin (f->collector, &plan);
  g_assert_true (ph_collector_next (f->collector, &request));
  fake_ask (f->world, &request, f->collector);
  g_assert_true (ph_collector_next (f->collector, &request));
  {
    PhFrameBegin begin = { .request = PH_REQUEST_TCP6, .time_us = 1 };
    PhFrameEnd end = { 0 };

    ph_collector_sink (f->collector, PH_FRAME_BEGIN, &begin, sizeof begin);
    fake_dump (f->world, f->collector);
    ph_collector_sink (f->collector, PH_FRAME_RESTART, NULL, 0);
    ph_collector_sink (f->collector, PH_FRAME_END, &end, sizeof end);
  }
  g_assert_false (ph_collector_next (f->collector, &request));
  snapshot = ph_collector_end (f->collector);
  g_assert_cmpuint (ph_snapshot_n_records (snapshot), ==, 10);
}

static void
test_partial (Fixture *f, gconstpointer data)
{
  g_autoptr (PhSnapshot) snapshot = NULL;

  f->world->flags = PH_END_PARTIAL;
  snapshot = fake_collect (f->world, f->collector, NULL);
  g_assert_cmpint (ph_snapshot_look (snapshot, PH_REQUEST_TCP4)->look, ==, PH_LOOK_PARTIAL);
  g_assert_cmpuint (ph_snapshot_n_records (snapshot), ==, 10);
}

/* The rows of last time come back, marked, with their owners; and are not searched for anew afterwards. */
static void
test_failed (Fixture *f, gconstpointer data)
{
  g_autoptr (PhSnapshot) first = fake_collect (f->world, f->collector, NULL);
  g_autoptr (PhSnapshot) second = NULL, third = NULL;
  const PhSocket *socket;

  g_clear_pointer (&first, ph_snapshot_unref);
  f->world->fail = PH_REQUEST_TCP4;
  f->world->fail_errno = ENOBUFS;
  second = fake_collect (f->world, f->collector, NULL);
  g_assert_cmpint (ph_snapshot_look (second, PH_REQUEST_TCP4)->look, ==, PH_LOOK_FAILED);
  g_assert_cmpint (ph_snapshot_look (second, PH_REQUEST_TCP4)->error.errnum, ==, ENOBUFS);
  g_assert_cmpuint (ph_snapshot_look (second, PH_REQUEST_TCP4)->error.request, ==, PH_REQUEST_TCP4);
  g_assert_cmpuint (ph_snapshot_n_records (second), ==, 10);
  socket = fake_find (second, 104);
  g_assert_cmpint (socket->head.mark, ==, PH_MARK_STALE);
  g_assert_cmpstr (socket->owner.owners[0].process->comm, ==, "ten");

  f->world->fail = 0;
  third = fake_collect (f->world, f->collector, NULL);
  g_assert_cmpint (fake_find (third, 104)->head.mark, ==, PH_MARK_NONE);
  g_assert_cmpstr (fake_find (third, 104)->owner.owners[0].process->comm, ==, "ten");
  g_assert_cmpuint (f->world->n_asked[PH_REQUEST_OWNERS], ==, 1);
}

static void
test_unsupported (Fixture *f, gconstpointer data)
{
  g_autoptr (PhSnapshot) snapshot = NULL;

  f->world->fail = PH_REQUEST_TCP4;
  f->world->fail_errno = ENOENT;
  f->world->sockets->len = 0;
  snapshot = fake_collect (f->world, f->collector, NULL);
  g_assert_cmpint (ph_snapshot_look (snapshot, PH_REQUEST_TCP4)->look, ==, PH_LOOK_UNSUPPORTED);
  g_assert_cmpuint (ph_snapshot_n_records (snapshot), ==, 0);
}

/* The other side goes away in the middle of an answer, or before it. */
static void
test_no_end (Fixture *f, gconstpointer data)
{
  const PhPlan plan = { .requests = 1u << PH_REQUEST_TCP4 | 1u << PH_REQUEST_TCP6 };
  g_autoptr (PhSnapshot) snapshot = NULL;
  PhRequest request;

  f->world->mute = TRUE;
  f->world->fail = PH_REQUEST_TCP4;
  ph_collector_begin (f->collector, &plan);
  g_assert_true (ph_collector_next (f->collector, &request));
  fake_ask (f->world, &request, f->collector);
  g_assert_true (ph_collector_next (f->collector, &request));
  g_assert_cmpuint (request.name, ==, PH_REQUEST_TCP6);
  g_assert_false (ph_collector_next (f->collector, &request));
  snapshot = ph_collector_end (f->collector);
  g_assert_cmpint (ph_snapshot_look (snapshot, PH_REQUEST_TCP4)->look, ==, PH_LOOK_FAILED);
  g_assert_cmpint (ph_snapshot_look (snapshot, PH_REQUEST_TCP4)->error.code, ==, PH_ERROR_TRUNCATED);
  g_assert_cmpint (ph_snapshot_look (snapshot, PH_REQUEST_TCP6)->look, ==, PH_LOOK_FAILED);
  g_assert_cmpuint (ph_snapshot_n_records (snapshot), ==, 0);
}

/* Broken off at each possible place: no result, and the next one is linked to the last good one, with all that was
 * known. */
static void
test_cancelled (Fixture *f, gconstpointer data)
{
  g_autoptr (PhSnapshot) first = fake_collect (f->world, f->collector, NULL);
  const PhPlan plan = { .requests = 1u << PH_REQUEST_TCP4, .owners = TRUE, .names = TRUE };
  guint64 serial = ph_snapshot_serial (first);

  for (guint steps = 0; steps < 4; steps++)
    {
      g_autoptr (PhSnapshot) next = NULL;
      PhRequest request;
      guint32 slot = fake_find (first, 100)->head.slot;

      fake_open (f->world, 200 + steps, 10);
      ph_collector_begin (f->collector, &plan);
      for (guint i = 0; i < steps; i++)
        {
          g_assert_true (ph_collector_next (f->collector, &request));
          fake_ask (f->world, &request, f->collector);
        }
      if (steps % 2 == 0)
        ph_collector_cancel (f->collector);
      g_assert_null (ph_collector_end (f->collector));

      next = fake_collect (f->world, f->collector, NULL);
      g_assert_cmpuint (ph_snapshot_previous_serial (next), ==, serial);
      g_assert_cmpuint (fake_find (next, 100)->head.slot, ==, slot);
      g_assert_cmpstr (fake_find (next, 100)->owner.owners[0].process->comm, ==, "ten");
      g_assert_cmpstr (fake_find (next, 200 + steps)->owner.owners[0].process->comm, ==, "ten");
      serial = ph_snapshot_serial (next);
    }
}

/* The one who asks was told to stop: the answer says so. */
static void
test_stopped (Fixture *f, gconstpointer data)
{
  static const guint names[] = { PH_REQUEST_TCP4, PH_REQUEST_OWNERS, PH_REQUEST_PROCESSES, PH_REQUEST_USERS };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (PhCollector) collector = ph_collector_new (&ph_socket_topic);
      g_autoptr (PhSnapshot) snapshot = NULL;

      f->world->fail = names[i];
      f->world->fail_errno = ECANCELED;
      g_assert_null (fake_collect (f->world, collector, NULL));
      f->world->fail = 0;
      snapshot = fake_collect (f->world, collector, NULL);
      g_assert_cmpuint (fake_find (snapshot, 100)->owner.n_owners, ==, 1);
      g_assert_cmpuint (ph_snapshot_previous_serial (snapshot), ==, 0);
    }
}

/* Frames that nobody asked for, of another request, too short or too long. */
static void
test_odd_frames (Fixture *f, gconstpointer data)
{
  const PhPlan plan = { .requests = 1u << PH_REQUEST_TCP4 };
  PhFrameBegin other = { .request = PH_REQUEST_TCP6 }, begin = { .request = PH_REQUEST_TCP4, .time_us = 5 };
  PhFrameEnd end = { 0 };
  g_autoptr (PhSnapshot) snapshot = NULL;
  PhRequest request;

  ph_collector_sink (f->collector, PH_FRAME_BEGIN, &begin, sizeof begin);
  ph_collector_sink (f->collector, PH_FRAME_END, &end, sizeof end);
  ph_collector_begin (f->collector, &plan);
  ph_collector_sink (f->collector, PH_FRAME_NETLINK, "x", 1);
  g_assert_true (ph_collector_next (f->collector, &request));
  ph_collector_sink (f->collector, PH_FRAME_END, &end, sizeof end); /* before it began */
  ph_collector_sink (f->collector, PH_FRAME_BEGIN, &other, sizeof other);
  fake_dump (f->world, f->collector);
  ph_collector_sink (f->collector, PH_FRAME_BEGIN, &begin, sizeof begin - 1);
  fake_dump (f->world, f->collector);
  ph_collector_sink (f->collector, PH_FRAME_BEGIN, &begin, sizeof begin);
  ph_collector_sink (f->collector, PH_FRAME_OWNERS, "1234567", 7);
  ph_collector_sink (f->collector, PH_FRAME_PROCESS, "1234567", 7);
  ph_collector_sink (f->collector, PH_FRAME_CGROUP, "1234567", 7);
  ph_collector_sink (f->collector, PH_FRAME_NAME, "1234567", 7);
  ph_collector_sink (f->collector, (PhFrameKind) 99, "1234567", 7);
  ph_collector_sink (f->collector, PH_FRAME_END, &end, sizeof end + 1);
  fake_dump (f->world, f->collector);
  ph_collector_sink (f->collector, PH_FRAME_END, &end, sizeof end);
  fake_dump (f->world, f->collector); /* after the end */
  g_assert_false (ph_collector_next (f->collector, &request));
  snapshot = ph_collector_end (f->collector);
  g_assert_cmpuint (ph_snapshot_n_records (snapshot), ==, 10);
  g_assert_cmpint (ph_snapshot_look (snapshot, PH_REQUEST_TCP4)->look, ==, PH_LOOK_GOOD);
}

/* A request that /proc serves from two files begins twice; a restart forgets both. */
static void
test_parts (Fixture *f, gconstpointer data)
{
  const PhPlan plan = { .requests = 1u << PH_REQUEST_TCP4 };
  PhFrameBegin begin = { .request = PH_REQUEST_TCP4, .time_us = 5 };
  PhFrameEnd end = { 0 };

  for (guint restart = 0; restart < 2; restart++)
    {
      g_autoptr (PhSnapshot) snapshot = NULL;
      PhRequest request;

      ph_collector_begin (f->collector, &plan);
      g_assert_true (ph_collector_next (f->collector, &request));
      begin.part = 0;
      ph_collector_sink (f->collector, PH_FRAME_BEGIN, &begin, sizeof begin);
      fake_dump (f->world, f->collector);
      begin.part = 1;
      ph_collector_sink (f->collector, PH_FRAME_BEGIN, &begin, sizeof begin);
      if (restart)
        ph_collector_sink (f->collector, PH_FRAME_RESTART, NULL, 0);
      ph_collector_sink (f->collector, PH_FRAME_END, &end, sizeof end);
      g_assert_false (ph_collector_next (f->collector, &request));
      snapshot = ph_collector_end (f->collector);
      g_assert_cmpuint (ph_snapshot_n_records (snapshot), ==, restart ? 0 : 10);
    }
}

static void
test_empty_plan (Fixture *f, gconstpointer data)
{
  const PhPlan plan = { 0 };
  g_autoptr (PhSnapshot) snapshot = NULL;
  PhRequest request;

  ph_collector_begin (f->collector, &plan);
  g_assert_false (ph_collector_next (f->collector, &request));
  snapshot = ph_collector_end (f->collector);
  g_assert_cmpuint (ph_snapshot_n_records (snapshot), ==, 0);
  g_assert_null (ph_collector_end (f->collector)); /* there was no begin */
}

/* A snapshot outlives the collector and every later collection. */
static void
test_lifetime (Fixture *f, gconstpointer data)
{
  g_autoptr (PhCollector) collector = ph_collector_new (&ph_socket_topic);
  g_autoptr (PhSnapshot) snapshot = NULL;

  fake_process (f->world, 10)->cgroup = "0::/a.service\n";
  fake_cgroup (f->world, 77, "/b.service", 10, 11);
  fake_open (f->world, 1, 0)->cgroup_id = 77;
  snapshot = fake_collect (f->world, collector, NULL);
  fake_kill (f->world, 10);
  f->world->sockets->len = 0;
  for (guint i = 0; i < 3; i++)
    ph_snapshot_unref (fake_collect (f->world, collector, NULL));
  g_clear_pointer (&collector, ph_collector_free);
  g_assert_cmpstr (fake_find (snapshot, 100)->owner.owners[0].process->comm, ==, "ten");
  g_assert_cmpstr (fake_find (snapshot, 100)->owner.unit->name, ==, "a.service");
  g_assert_cmpstr (fake_find (snapshot, 1)->owner.unit->name, ==, "b.service");
  g_assert_cmpstr (fake_find (snapshot, 100)->user, ==, "user1000");
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *path;
    void (*test) (Fixture *, gconstpointer);
  } tests[] = {
    { "/collector/sequence", test_sequence },
    { "/collector/result", test_result },
    { "/collector/links", test_links },
    { "/collector/restart", test_restart },
    { "/collector/restart-of-second", test_restart_of_second },
    { "/collector/partial", test_partial },
    { "/collector/failed", test_failed },
    { "/collector/unsupported", test_unsupported },
    { "/collector/no-end", test_no_end },
    { "/collector/cancelled", test_cancelled },
    { "/collector/stopped", test_stopped },
    { "/collector/odd-frames", test_odd_frames },
    { "/collector/parts", test_parts },
    { "/collector/empty-plan", test_empty_plan },
    { "/collector/lifetime", test_lifetime },
  };

  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, setup, tests[i].test, teardown);
  return g_test_run ();
}
