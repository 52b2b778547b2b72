/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who owns what, on a machine made of arrays: carried over, guessed, hunted for, told by service, or why not. */
#include "fake-world.h"

typedef struct
{
  FakeWorld *world;
  PhCollector *collector;
  PhSnapshot *snapshot; /* of the last look */
} Fixture;

static void
setup (Fixture *f, gconstpointer data)
{
  f->world = fake_world_new ();
  f->collector = ph_collector_new (&ph_socket_topic);
  fake_spawn (f->world, 10, "ten");
  fake_spawn (f->world, 20, "twenty");
}

static void
teardown (Fixture *f, gconstpointer data)
{
  g_clear_pointer (&f->snapshot, ph_snapshot_unref);
  ph_collector_free (f->collector);
  fake_world_free (f->world);
}

static void
look (Fixture *f)
{
  g_clear_pointer (&f->snapshot, ph_snapshot_unref);
  f->snapshot = fake_collect (f->world, f->collector, NULL);
}

static const PhOwnership *
owner (Fixture *f, guint64 inode)
{
  const PhSocket *socket = fake_find (f->snapshot, inode);

  g_assert_nonnull (socket);
  return &socket->owner;
}

#define assert_note(f, inode, expected)                                                                                \
  g_assert_cmpstr (ph_owner_note_name (owner (f, inode)->note), ==, ph_owner_note_name (expected))

#define assert_owner(f, inode, name, descriptor)                                                                       \
  G_STMT_START                                                                                                         \
  {                                                                                                                    \
    assert_note (f, inode, PH_OWNER_PROCESS);                                                                          \
    g_assert_cmpuint (owner (f, inode)->n_owners, ==, 1);                                                              \
    g_assert_cmpstr (owner (f, inode)->owners[0].process->comm, ==, name);                                             \
    g_assert_cmpint (owner (f, inode)->owners[0].fd, ==, descriptor);                                                  \
  }                                                                                                                    \
  G_STMT_END

static guint
n_walks (Fixture *f)
{
  return f->world->n_full + f->world->n_whole;
}

static guint
n_owner_requests (Fixture *f)
{
  return f->world->n_asked[PH_REQUEST_OWNERS];
}

static void
test_found (Fixture *f, gconstpointer data)
{
  fake_process (f->world, 20)->cgroup = "0::/system.slice/twenty.service\n";
  fake_open (f->world, 101, 10);
  fake_open (f->world, 102, 10);
  fake_open (f->world, 201, 20);
  look (f);
  assert_owner (f, 101, "ten", 0);
  assert_owner (f, 102, "ten", 1);
  assert_owner (f, 201, "twenty", 0);
  g_assert_null (owner (f, 101)->unit);
  g_assert_cmpstr (owner (f, 201)->unit->name, ==, "twenty.service");
  g_assert_cmpuint (f->world->n_whole, ==, 1);
  g_assert_cmpint (ph_collector_owners_us (f->collector), >=, f->world->walk_us);
}

/* Nothing missing: nothing searched, only asked whether the owners live, in one question. */
static void
test_carried_over (Fixture *f, gconstpointer data)
{
  const PhProcess *before;

  fake_open (f->world, 101, 10);
  fake_open (f->world, 102, 10);
  fake_open (f->world, 201, 20);
  look (f);
  before = owner (f, 101)->owners[0].process;
  for (guint i = 0; i < 5; i++)
    {
      PhSnapshot *keeps_before_alive = ph_snapshot_ref (f->snapshot);

      look (f);
      assert_owner (f, 101, "ten", 0);
      assert_owner (f, 201, "twenty", 0);
      g_assert_true (owner (f, 101)->owners[0].process == before);
      g_assert_true (owner (f, 102)->owners[0].process == before);
      ph_snapshot_unref (keeps_before_alive);
    }
  g_assert_cmpuint (n_owner_requests (f), ==, 1);
  g_assert_cmpuint (f->world->n_light, ==, 5);
  g_assert_cmpuint (f->world->n_asked[PH_REQUEST_PROCESSES], ==, 7);
  g_assert_cmpuint (f->world->n_asked[PH_REQUEST_USERS], ==, 1);
}

/* From now on no walk is worth it: one of each kind was seen to take very long. */
static void
make_walks_dear (Fixture *f)
{
  f->world->walk_us = 1000 * G_USEC_PER_SEC;
  fake_open (f->world, 1, 0);
  look (f);
  look (f);
  g_assert_cmpuint (f->world->n_full, ==, 1);
  f->world->n_full = f->world->n_whole = f->world->n_narrow = f->world->n_links_read = 0;
}

/* Where a socket was closed the next one is found, with a few links read. */
static void
test_guessed (Fixture *f, gconstpointer data)
{
  for (guint i = 0; i < 40; i++)
    fake_open (f->world, 100 + i, 10);
  look (f);
  make_walks_dear (f);

  for (guint round = 0; round < 20; round++)
    {
      fake_close (f->world, 100 + round);
      fake_close (f->world, 102 + round);
      fake_open (f->world, 200 + 2 * round, 10);
      fake_open (f->world, 201 + 2 * round, 10);
      look (f);
      g_assert_cmpuint (owner (f, 200 + 2 * round)->n_owners, ==, 1);
      g_assert_cmpuint (owner (f, 201 + 2 * round)->n_owners, ==, 1);
      if (round == 0)
        {
          assert_owner (f, 200, "ten", 0);
          assert_owner (f, 201, "ten", 2);
        }
      fake_close (f->world, 200 + 2 * round);
      fake_close (f->world, 201 + 2 * round);
      fake_open (f->world, 1000 + round, 10);
      look (f);
      g_assert_cmpuint (owner (f, 1000 + round)->n_owners, ==, 1);
    }
  g_assert_cmpuint (n_walks (f), ==, 0);
  g_assert_cmpuint (f->world->n_narrow, ==, 40);
  g_assert_cmpuint (f->world->n_links_read, <=, 40 * 16);
}

/* One more than before: above the highest descriptor. */
static void
test_guessed_above (Fixture *f, gconstpointer data)
{
  fake_open (f->world, 101, 10);
  look (f);
  make_walks_dear (f);
  fake_open (f->world, 102, 10);
  look (f);
  assert_owner (f, 102, "ten", 1);
  g_assert_cmpuint (n_walks (f), ==, 0);
}

static void
test_new_process (Fixture *f, gconstpointer data)
{
  fake_open (f->world, 101, 10);
  look (f);
  fake_spawn (f->world, 30, "thirty");
  fake_open (f->world, 301, 30);
  look (f);
  assert_owner (f, 301, "thirty", 0);
}

/* A process that is newer than all others is found though no walk is worth it; an old one that had no socket is not. */
static void
test_new_process_narrow (Fixture *f, gconstpointer data)
{
  fake_open (f->world, 201, 20);
  look (f);
  make_walks_dear (f);
  fake_spawn (f->world, 30, "thirty");
  fake_open (f->world, 301, 30);
  fake_open (f->world, 101, 10);
  look (f);
  assert_owner (f, 301, "thirty", 0);
  assert_note (f, 101, PH_OWNER_UNKNOWN);
  g_assert_cmpuint (n_walks (f), ==, 0);

  f->world->time_us += (gint64) 100000 * G_USEC_PER_SEC;
  look (f);
  assert_owner (f, 101, "ten", 0);
}

/* It had a socket, has none, and has one again. */
static void
test_again (Fixture *f, gconstpointer data)
{
  fake_open (f->world, 101, 10);
  fake_open (f->world, 201, 20);
  look (f);
  make_walks_dear (f);
  fake_close (f->world, 101);
  look (f);
  fake_open (f->world, 102, 10);
  look (f);
  assert_owner (f, 102, "ten", 0);
  g_assert_cmpuint (n_walks (f), ==, 0);
}

/* The same pid, another process: never the old name. */
static void
test_pid_reused (Fixture *f, gconstpointer data)
{
  FakeProcess *process;

  fake_open (f->world, 101, 10);
  look (f);
  fake_kill (f->world, 10);
  process = fake_spawn (f->world, 10, "other");
  process->start_ticks = 9999;
  look (f);
  assert_note (f, 101, PH_OWNER_GONE);
  g_assert_cmpuint (owner (f, 101)->n_owners, ==, 0);
  look (f);
  assert_note (f, 101, PH_OWNER_KERNEL);

  fake_process (f->world, 10)->fds[5] = 101;
  fake_process (f->world, 10)->fds[6] = 0;
  for (guint i = 0; i < 4; i++)
    look (f);
  assert_owner (f, 101, "other", 5);
}

/* execve(2): the same process by another name. It is noticed within the time that facts are believed. */
static void
test_exec (Fixture *f, gconstpointer data)
{
  fake_open (f->world, 101, 10);
  look (f);
  assert_owner (f, 101, "ten", 0);
  fake_process (f->world, 10)->comm = "exec";
  for (guint i = 0; i < 12; i++)
    look (f);
  assert_owner (f, 101, "exec", 0);
}

static void
test_owner_dies_socket_lives (Fixture *f, gconstpointer data)
{
  fake_open (f->world, 101, 10);
  look (f);
  fake_process (f->world, 20)->fds[7] = 101; /* passed on */
  fake_kill (f->world, 10);
  look (f);
  assert_owner (f, 101, "twenty", 7);
}

/* Between the walk and the reading of its facts. */
static void
test_dies_when_found (Fixture *f, gconstpointer data)
{
  fake_open (f->world, 101, 10);
  fake_open (f->world, 201, 20);
  f->world->dies_found = 10;
  look (f);
  assert_note (f, 101, PH_OWNER_GONE);
  g_assert_cmpuint (owner (f, 101)->n_owners, ==, 0);
  assert_owner (f, 201, "twenty", 0);
}

/* Where a long walk is dear it is not begun for what may have gone by the time it ends, but for what stays. */
static void
test_lasting (Fixture *f, gconstpointer data)
{
  f->world->walk_us = 100 * 1000;
  fake_open (f->world, 201, 20);
  look (f);
  g_assert_cmpuint (f->world->n_whole, ==, 1);

  fake_open (f->world, 101, 10); /* an older process, which had none */
  for (guint i = 1; i <= 3; i++)
    {
      f->world->time_us += 2 * G_USEC_PER_SEC;
      look (f);
      g_assert_cmpuint (f->world->n_narrow, ==, MIN (i, 2));
      g_assert_cmpuint (f->world->n_whole, ==, i < 3 ? 1 : 2);
      g_assert_cmpuint (owner (f, 101)->n_owners, ==, i < 3 ? 0 : 1);
    }
  assert_owner (f, 101, "ten", 0);
  g_assert_cmpuint (f->world->n_full, ==, 0);
}

/* Searched in vain: at the 1st look, and then at the multiples of 1, 2, 4, 8, 16 and 32 that follow. */
static void
test_backoff (Fixture *f, gconstpointer data)
{
  g_autoptr (GString) looks = g_string_new (NULL);

  fake_open (f->world, 101, 10);
  fake_open (f->world, 1, 0);
  for (guint i = 1; i <= 200; i++)
    {
      guint before = f->world->n_whole;

      f->world->walk_us = 1;
      look (f);
      if (f->world->n_whole > before)
        g_string_append_printf (looks, "%u ", i);
      assert_note (f, 1, i == 1 ? PH_OWNER_GONE : PH_OWNER_KERNEL);
      assert_owner (f, 101, "ten", 0);
      g_assert_cmpuint (f->world->n_narrow, ==, 0);
    }
  g_assert_true (g_str_has_prefix (looks->str, "1 2 4 8 "));
  g_assert_cmpuint (f->world->n_whole, <=, 11);
}

/* Many such sockets, come at different times, share their searches in the end. */
static void
test_backoff_shared (Fixture *f, gconstpointer data)
{
  guint before;

  f->world->walk_us = 1;
  fake_open (f->world, 101, 10);
  for (guint i = 0; i < 40; i++)
    {
      fake_open (f->world, 1 + i, 0);
      look (f);
    }
  for (guint i = 0; i < 64; i++)
    look (f);
  before = f->world->n_whole;
  for (guint i = 0; i < 64; i++)
    look (f);
  g_assert_cmpuint (f->world->n_whole - before, <=, 2);
}

/* A walk that takes a second may come only every twenty-first second, whatever is missing. */
static void
test_walks_have_a_share (Fixture *f, gconstpointer data)
{
  fake_open (f->world, 101, 10);
  look (f);
  f->world->walk_us = G_USEC_PER_SEC;
  for (guint i = 0; i < 200; i++)
    {
      fake_open (f->world, 1000 + i, 0); /* always one that is gone when it is searched for */
      look (f);
      fake_close (f->world, 1000 + i);
    }
  g_assert_cmpuint (f->world->n_whole, <=, 12);
  g_assert_cmpuint (f->world->n_full, <=, 5);
  g_assert_cmpuint (f->world->n_full, >=, 1);
}

/* A fork shares its sockets: the slower full walk completes the list, and takes back what was passed on. */
static void
test_shared (Fixture *f, gconstpointer data)
{
  const PhOwnership *who;

  fake_open (f->world, 101, 20);
  look (f);
  assert_owner (f, 101, "twenty", 0);
  fake_process (f->world, 10)->fds[3] = 101;
  fake_spawn (f->world, 5, "five");
  fake_process (f->world, 5)->fds[4] = 101;
  for (guint i = 0; i < 12; i++)
    look (f);
  g_assert_cmpuint (f->world->n_full, ==, 1);
  who = owner (f, 101);
  g_assert_cmpuint (who->n_owners, ==, 3);
  g_assert_cmpint (who->owners[0].process->pid, ==, 5);
  g_assert_cmpint (who->owners[1].process->pid, ==, 10);
  g_assert_cmpint (who->owners[2].process->pid, ==, 20);
  g_assert_cmpint (who->owners[0].fd, ==, 4);

  fake_process (f->world, 20)->fds[0] = 0;
  fake_process (f->world, 5)->fds[4] = 0;
  for (guint i = 0; i < 12; i++)
    look (f);
  assert_owner (f, 101, "ten", 3);
}

static void
test_shared_one_dies (Fixture *f, gconstpointer data)
{
  const PhPlan all = { .requests = 1u << PH_REQUEST_TCP4, .owners = TRUE, .full_owners = TRUE };

  fake_open (f->world, 101, 20);
  fake_process (f->world, 10)->fds[3] = 101;
  f->snapshot = fake_collect (f->world, f->collector, &all);
  g_assert_cmpuint (owner (f, 101)->n_owners, ==, 2);
  fake_kill (f->world, 10);
  look (f);
  assert_owner (f, 101, "twenty", 0);
  g_assert_cmpuint (n_owner_requests (f), ==, 1);
}

/* The command line: one walk over everything, at once, which names no socket; a process counts once. */
static void
test_full (Fixture *f, gconstpointer data)
{
  const PhPlan all = { .requests = 1u << PH_REQUEST_TCP4, .owners = TRUE, .full_owners = TRUE };

  fake_open (f->world, 101, 10);
  fake_process (f->world, 20)->fds[0] = 101;
  fake_process (f->world, 20)->fds[1] = 101; /* dup(2) */
  fake_open (f->world, 0, 0)->state = PH_STATE_TIME_WAIT;
  f->snapshot = fake_collect (f->world, f->collector, &all);
  g_assert_cmpuint (f->world->n_full, ==, 1);
  g_assert_cmpuint (n_owner_requests (f), ==, 1);
  g_assert_cmpuint (f->world->n_light, ==, 0);
  g_assert_cmpuint (f->world->n_ids, ==, 0);
  g_assert_cmpuint (owner (f, 101)->n_owners, ==, 2);
}

static void
test_not_asked_for (Fixture *f, gconstpointer data)
{
  const PhPlan none = { .requests = 1u << PH_REQUEST_TCP4 };

  fake_open (f->world, 101, 10);
  f->snapshot = fake_collect (f->world, f->collector, &none);
  assert_note (f, 101, PH_OWNER_UNKNOWN);
  g_assert_cmpuint (f->world->n_asked[PH_REQUEST_PROCESSES] + n_owner_requests (f), ==, 0);
  g_assert_cmpint (ph_collector_owners_us (f->collector), ==, 0);
}

/* --- why nobody is known --- */

static void
test_kernel_states (Fixture *f, gconstpointer data)
{
  static const guint8 states[] = { PH_STATE_TIME_WAIT, PH_STATE_SYN_RECV, PH_STATE_NEW_SYN_RECV, PH_STATE_FIN_WAIT1,
                                   PH_STATE_FIN_WAIT2, PH_STATE_LAST_ACK, PH_STATE_ESTABLISHED };

  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    {
      f->world->sockets->len = 0;
      fake_open (f->world, 0, 0)->state = states[i];
      look (f);
      assert_note (f, 0, PH_OWNER_KERNEL_STATE);
    }
  f->world->sockets->len = 0;
  fake_open (f->world, 0, 0)->state = PH_STATE_CLOSE;
  look (f);
  assert_note (f, 0, PH_OWNER_KERNEL);
  g_assert_cmpuint (n_owner_requests (f), ==, 0);
}

/* Another user's processes may not be looked into; their sockets are told by uid, and rarely searched for. */
static void
test_other_user (Fixture *f, gconstpointer data)
{
  FakeProcess *root = fake_spawn (f->world, 30, "root");
  guint walks;

  root->uid = 0;
  root->unreadable = TRUE;
  fake_open (f->world, 101, 10);
  fake_open (f->world, 301, 30)->uid = 0;
  look (f);
  assert_owner (f, 101, "ten", 0);
  assert_note (f, 301, PH_OWNER_OTHER_USER);

  walks = n_walks (f);
  for (guint i = 0; i < 32; i++)
    {
      fake_open (f->world, 400 + i, 0)->uid = 0;
      look (f);
      assert_note (f, 400 + i, PH_OWNER_OTHER_USER);
    }
  g_assert_cmpuint (n_walks (f) - walks, <=, 8);

  /* Privilege comes: they are found. */
  fake_process (f->world, 30)->unreadable = FALSE;
  for (guint i = 0; i < 32; i++)
    look (f);
  assert_owner (f, 301, "root", 0);
}

/* Our own user has no socket at first: the first one is not taken for another's. */
static void
test_first_own (Fixture *f, gconstpointer data)
{
  FakeProcess *root = fake_spawn (f->world, 30, "root");

  root->uid = 0;
  root->unreadable = TRUE;
  fake_open (f->world, 301, 30)->uid = 0;
  look (f);
  look (f);
  assert_note (f, 301, PH_OWNER_OTHER_USER);
  fake_open (f->world, 101, 10);
  look (f);
  assert_owner (f, 101, "ten", 0);
}

/* Our own user's, but not dumpable. */
static void
test_protected (Fixture *f, gconstpointer data)
{
  fake_spawn (f->world, 30, "ssh-agent")->unreadable = TRUE;
  fake_open (f->world, 101, 10);
  fake_open (f->world, 301, 30);
  fake_open (f->world, 303, 30)->state = PH_STATE_LISTEN;
  look (f);
  assert_note (f, 301, PH_OWNER_UNKNOWN); /* or is it gone? */
  assert_note (f, 303, PH_OWNER_PROTECTED);

  fake_open (f->world, 302, 0); /* came and went */
  look (f);
  assert_note (f, 302, PH_OWNER_GONE);
  assert_note (f, 301, PH_OWNER_PROTECTED);
}

/* In a PID namespace nobody refuses, and the sockets of those outside have no holder. */
static void
test_other_namespace (Fixture *f, gconstpointer data)
{
  f->world->sees_kernel = FALSE;
  fake_open (f->world, 101, 10);
  fake_open (f->world, 1, 0);
  fake_open (f->world, 2, 0)->uid = 65534;
  fake_open (f->world, 3, 0)->uid = 33;
  look (f);
  assert_note (f, 1, PH_OWNER_OTHER_NETNS);
  assert_note (f, 2, PH_OWNER_OTHER_NETNS);
  assert_note (f, 3, PH_OWNER_OTHER_USER); /* hidepid */
}

static void
test_came_and_stays (Fixture *f, gconstpointer data)
{
  fake_open (f->world, 101, 10);
  look (f);
  fake_open (f->world, 1, 0);
  look (f);
  assert_note (f, 1, PH_OWNER_GONE);
  look (f);
  assert_note (f, 1, PH_OWNER_KERNEL);
}

/* A kind of socket that is looked at for the first time: nothing of it came lately. */
static void
test_first_look_at_a_kind (Fixture *f, gconstpointer data)
{
  const PhPlan udp = { .requests = 1u << PH_REQUEST_UDP4, .owners = TRUE };

  fake_open (f->world, 1, 0)->uid = 0;
  f->snapshot = fake_collect (f->world, f->collector, &udp);
  look (f);
  assert_note (f, 1, PH_OWNER_UNKNOWN);
  look (f);
  assert_note (f, 1, PH_OWNER_KERNEL);
}

/* --- by service --- */

static void
test_service_single (Fixture *f, gconstpointer data)
{
  FakeProcess *sshd = fake_spawn (f->world, 30, "sshd");

  sshd->unreadable = TRUE;
  sshd->uid = 0;
  fake_cgroup (f->world, 77, "/system.slice/ssh.service", 30, 0);
  fake_open (f->world, 301, 30)->cgroup_id = 77;
  fake_socket (f->world, 301)->uid = 0;
  look (f);
  assert_note (f, 301, PH_OWNER_BY_SERVICE);
  g_assert_cmpstr (owner (f, 301)->unit->name, ==, "ssh.service");
  g_assert_cmpuint (owner (f, 301)->n_owners, ==, 1);
  g_assert_cmpstr (owner (f, 301)->owners[0].process->comm, ==, "sshd");
  g_assert_cmpint (owner (f, 301)->owners[0].fd, ==, -1);

  for (guint i = 0; i < 4; i++)
    look (f);
  g_assert_cmpuint (f->world->n_asked[PH_REQUEST_CGROUPS], ==, 1);
  g_assert_cmpuint (owner (f, 301)->n_owners, ==, 1);

  /* A second process: who of them, nobody can tell. It is noticed within the time that an answer is believed. */
  g_array_index (f->world->cgroups, FakeCgroup, 0).pids[1] = 31;
  for (guint i = 0; i < 6; i++)
    look (f);
  assert_note (f, 301, PH_OWNER_BY_SERVICE);
  g_assert_cmpuint (owner (f, 301)->n_owners, ==, 0);
}

static void
test_service_many (Fixture *f, gconstpointer data)
{
  fake_cgroup (f->world, 77, "/system.slice/nginx.service", 30, 31);
  fake_open (f->world, 1, 0)->cgroup_id = 77;
  look (f);
  assert_note (f, 1, PH_OWNER_BY_SERVICE);
  g_assert_cmpstr (owner (f, 1)->unit->name, ==, "nginx.service");
  g_assert_cmpuint (owner (f, 1)->n_owners, ==, 0);
}

/* The only process of the cgroup was looked into, and does not have it. */
static void
test_service_single_has_it_not (Fixture *f, gconstpointer data)
{
  fake_cgroup (f->world, 77, "/system.slice/ten.service", 10, 0);
  fake_open (f->world, 101, 10);
  fake_open (f->world, 1, 0)->cgroup_id = 77;
  look (f);
  assert_note (f, 1, PH_OWNER_BY_SERVICE);
  g_assert_cmpuint (owner (f, 1)->n_owners, ==, 0);
}

static void
test_service_root_cgroup (Fixture *f, gconstpointer data)
{
  fake_cgroup (f->world, 1, "/", 1, 0);
  fake_cgroup (f->world, 2, "/", 1, 0);
  for (guint i = 1; i <= 4; i++)
    {
      fake_open (f->world, i, 0)->cgroup_id = MIN (i, 3);
      fake_socket (f->world, i)->uid = i == 2 || i == 4 ? 0 : 1000;
    }
  fake_socket (f->world, 4)->cgroup_id = 1;
  look (f);
  assert_note (f, 1, PH_OWNER_GONE); /* the kernel would have made it as root */
  assert_note (f, 2, PH_OWNER_UNKNOWN);
  assert_note (f, 3, PH_OWNER_GONE); /* a process's, once: its cgroup is gone too */
  assert_note (f, 4, PH_OWNER_UNKNOWN);
  g_assert_null (owner (f, 2)->unit);
  look (f);
  for (guint i = 1; i <= 4; i++)
    assert_note (f, i, PH_OWNER_KERNEL);
}

/* One that cannot be seen is asked for again after ten seconds, not before. */
static void
test_service_unknown (Fixture *f, gconstpointer data)
{
  fake_open (f->world, 1, 0)->cgroup_id = 3;
  for (guint i = 0; i < 10; i++)
    look (f);
  g_assert_cmpuint (f->world->n_asked[PH_REQUEST_CGROUPS], ==, 1);
  fake_cgroup (f->world, 3, "/late.service", 1, 2);
  look (f);
  g_assert_cmpuint (f->world->n_asked[PH_REQUEST_CGROUPS], ==, 2);
  assert_note (f, 1, PH_OWNER_BY_SERVICE);
}

/* A connection that no process has any more: held by the kernel, but it is told whose it was. */
static void
test_service_of_orphan (Fixture *f, gconstpointer data)
{
  fake_cgroup (f->world, 77, "/system.slice/nginx.service", 30, 0);
  fake_open (f->world, 0, 0)->cgroup_id = 77;
  fake_socket (f->world, 0)->state = PH_STATE_FIN_WAIT2;
  look (f);
  assert_note (f, 0, PH_OWNER_KERNEL_STATE);
  g_assert_cmpuint (owner (f, 0)->n_owners, ==, 0);
  g_assert_cmpstr (owner (f, 0)->unit->name, ==, "nginx.service");
}

/* In a PID namespace a cgroup's other processes may not be seen. */
static void
test_service_in_namespace (Fixture *f, gconstpointer data)
{
  f->world->sees_kernel = FALSE;
  fake_cgroup (f->world, 77, "/system.slice/x.service", 20, 0);
  fake_open (f->world, 101, 10);
  fake_open (f->world, 1, 0)->cgroup_id = 77;
  look (f);
  assert_note (f, 1, PH_OWNER_BY_SERVICE);
  g_assert_cmpuint (owner (f, 1)->n_owners, ==, 0);
}

/* --- mishaps --- */

static void
test_search_fails (Fixture *f, gconstpointer data)
{
  fake_open (f->world, 101, 10);
  fake_open (f->world, 1, 0);
  f->world->fail = PH_REQUEST_OWNERS;
  f->world->fail_errno = EMFILE;
  look (f);
  assert_owner (f, 101, "ten", 0); /* what was found before it failed is true */
  assert_note (f, 1, PH_OWNER_UNKNOWN);
  f->world->fail = 0;
  look (f);
  assert_note (f, 1, PH_OWNER_KERNEL);
}

/* Whether they live cannot be told: so their facts are asked for, and nothing is forgotten. */
static void
test_lives_fail (Fixture *f, gconstpointer data)
{
  fake_open (f->world, 101, 10);
  look (f);
  f->world->fail = PH_REQUEST_PROCESSES;
  f->world->fail_errno = EMFILE;
  look (f);
  assert_owner (f, 101, "ten", 0);
  g_assert_cmpuint (n_owner_requests (f), ==, 1);
}

/* An inode comes again: for another socket, of another process. */
static void
test_inode_reused (Fixture *f, gconstpointer data)
{
  fake_open (f->world, 101, 10);
  look (f);
  fake_close (f->world, 101);
  look (f);
  fake_open (f->world, 101, 20);
  look (f);
  assert_owner (f, 101, "twenty", 0);

  fake_close (f->world, 101);
  fake_open (f->world, 101, 10)->life = 1; /* between two looks */
  look (f);
  assert_owner (f, 101, "ten", 0);
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *path;
    void (*test) (Fixture *, gconstpointer);
  } tests[] = {
    { "/owners/found", test_found },
    { "/owners/carried-over", test_carried_over },
    { "/owners/guessed", test_guessed },
    { "/owners/guessed-above", test_guessed_above },
    { "/owners/new-process", test_new_process },
    { "/owners/new-process-narrow", test_new_process_narrow },
    { "/owners/again", test_again },
    { "/owners/pid-reused", test_pid_reused },
    { "/owners/exec", test_exec },
    { "/owners/owner-dies-socket-lives", test_owner_dies_socket_lives },
    { "/owners/dies-when-found", test_dies_when_found },
    { "/owners/lasting", test_lasting },
    { "/owners/backoff", test_backoff },
    { "/owners/backoff-shared", test_backoff_shared },
    { "/owners/walks-have-a-share", test_walks_have_a_share },
    { "/owners/shared", test_shared },
    { "/owners/shared-one-dies", test_shared_one_dies },
    { "/owners/full", test_full },
    { "/owners/not-asked-for", test_not_asked_for },
    { "/owners/why/kernel-states", test_kernel_states },
    { "/owners/why/other-user", test_other_user },
    { "/owners/why/first-own", test_first_own },
    { "/owners/why/protected", test_protected },
    { "/owners/why/other-namespace", test_other_namespace },
    { "/owners/why/came-and-stays", test_came_and_stays },
    { "/owners/why/first-look-at-a-kind", test_first_look_at_a_kind },
    { "/owners/service/single", test_service_single },
    { "/owners/service/many", test_service_many },
    { "/owners/service/single-has-it-not", test_service_single_has_it_not },
    { "/owners/service/root-cgroup", test_service_root_cgroup },
    { "/owners/service/unknown", test_service_unknown },
    { "/owners/service/of-orphan", test_service_of_orphan },
    { "/owners/service/in-namespace", test_service_in_namespace },
    { "/owners/mishap/search-fails", test_search_fails },
    { "/owners/mishap/lives-fail", test_lives_fail },
    { "/owners/mishap/inode-reused", test_inode_reused },
  };

  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, setup, tests[i].test, teardown);
  return g_test_run ();
}
