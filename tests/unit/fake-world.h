/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A machine made of a few arrays, which answers requests with frames as the probe does: for tests of the collector and
 * of the hunt for owners. It counts what it is asked.
 */
#pragma once

#include <errno.h>
#include <linux/inet_diag.h>
#include <linux/netlink.h>
#include <linux/sock_diag.h>
#include <string.h>

#include "ph-collector.h"
#include "ph-socket.h"

#define FAKE_FDS 64

typedef struct
{
  gint32 pid;
  guint64 start_ticks;
  guint32 uid;
  const char *comm;
  const char *cgroup; /* the text of /proc/PID/cgroup */
  gboolean unreadable;
  guint64 fds[FAKE_FDS]; /* inode of the socket, or 0 */
} FakeProcess;

typedef struct
{
  guint64 inode;
  guint32 uid;
  guint8 state;
  guint64 cgroup_id;
  guint32 interface;
  guint32 life; /* tells two sockets with one inode apart */
} FakeSocket;

typedef struct
{
  guint64 id;
  const char *path;
  gint32 pids[4];
} FakeCgroup;

typedef struct _FakeWorld FakeWorld;

struct _FakeWorld
{
  GArray *processes;
  GArray *sockets;
  GArray *cgroups;
  gboolean sees_kernel;
  gint64 time_us;
  gint64 walk_us; /* what a walk through all processes takes */

  /* Mishaps. */
  guint fail;        /* PhRequestName that fails */
  guint fail_errno;  /* with this; ECANCELED stops the collection */
  gboolean restart;  /* each dump is begun anew after half of it */
  gboolean mute;     /* END never comes */
  gint32 dies_found; /* a process that ends once its sockets were found */
  PhEndFlags flags;  /* of each dump */

  /* What it was asked. */
  guint n_asked[PH_N_REQUESTS];
  guint n_full, n_whole, n_narrow, n_light;
  guint n_links_read; /* descriptors looked at */
  guint n_ids;        /* of the last OWNERS request */
};

static FakeWorld *
fake_world_new (void)
{
  FakeWorld *world = g_new0 (FakeWorld, 1);

  world->processes = g_array_new (FALSE, TRUE, sizeof (FakeProcess));
  world->sockets = g_array_new (FALSE, TRUE, sizeof (FakeSocket));
  world->cgroups = g_array_new (FALSE, TRUE, sizeof (FakeCgroup));
  world->sees_kernel = TRUE;
  world->time_us = 1000 * G_USEC_PER_SEC;
  world->walk_us = 1000;
  return world;
}

static void
fake_world_free (FakeWorld *world)
{
  g_array_unref (world->processes);
  g_array_unref (world->sockets);
  g_array_unref (world->cgroups);
  g_free (world);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FakeWorld, fake_world_free)

static FakeProcess *
fake_process (FakeWorld *world, gint32 pid)
{
  for (guint i = 0; i < world->processes->len; i++)
    {
      FakeProcess *process = &g_array_index (world->processes, FakeProcess, i);

      if (process->pid == pid)
        return process;
    }
  return NULL;
}

static FakeProcess *
fake_spawn (FakeWorld *world, gint32 pid, const char *comm)
{
  FakeProcess process
      = { .pid = pid, .start_ticks = 100 + (guint64) pid, .uid = 1000, .comm = comm, .cgroup = "0::/\n" };

  g_array_append_val (world->processes, process);
  return fake_process (world, pid);
}

G_GNUC_UNUSED static void
fake_kill (FakeWorld *world, gint32 pid)
{
  for (guint i = 0; i < world->processes->len; i++)
    if (g_array_index (world->processes, FakeProcess, i).pid == pid)
      g_array_remove_index (world->processes, i);
}

static FakeSocket *
fake_socket (FakeWorld *world, guint64 inode)
{
  for (guint i = 0; i < world->sockets->len; i++)
    if (g_array_index (world->sockets, FakeSocket, i).inode == inode)
      return &g_array_index (world->sockets, FakeSocket, i);
  return NULL;
}

/* A socket, held by @pid at the lowest free descriptor; pid 0: by nobody. */
static FakeSocket *
fake_open (FakeWorld *world, guint64 inode, gint32 pid)
{
  FakeSocket socket = { .inode = inode, .uid = 1000, .state = PH_STATE_ESTABLISHED };

  g_array_append_val (world->sockets, socket);
  if (pid != 0)
    {
      FakeProcess *process = fake_process (world, pid);
      guint fd = 0;

      while (process->fds[fd] != 0)
        fd++;
      process->fds[fd] = inode;
    }
  return fake_socket (world, inode);
}

G_GNUC_UNUSED static void
fake_close (FakeWorld *world, guint64 inode)
{
  for (guint i = 0; i < world->processes->len; i++)
    for (guint fd = 0; fd < FAKE_FDS; fd++)
      if (g_array_index (world->processes, FakeProcess, i).fds[fd] == inode)
        g_array_index (world->processes, FakeProcess, i).fds[fd] = 0;
  for (guint i = 0; i < world->sockets->len; i++)
    if (g_array_index (world->sockets, FakeSocket, i).inode == inode)
      g_array_remove_index (world->sockets, i);
}

G_GNUC_UNUSED static void
fake_cgroup (FakeWorld *world, guint64 id, const char *path, gint32 pid, gint32 second)
{
  FakeCgroup cgroup = { .id = id, .path = path, .pids = { pid, second } };

  g_array_append_val (world->cgroups, cgroup);
}

/* --- answers --- */

static void
fake_dump_one (const FakeSocket *socket, PhCollector *collector)
{
  struct
  {
    struct nlmsghdr head;
    struct inet_diag_msg diag;
    struct nlattr attribute;
    guint64 cgroup_id;
  } __attribute__ ((packed, aligned (8))) message = { 0 };

  message.head.nlmsg_len = sizeof message.head + sizeof message.diag;
  message.head.nlmsg_type = SOCK_DIAG_BY_FAMILY;
  message.diag.idiag_family = 2; /* AF_INET */
  message.diag.idiag_state = socket->state;
  message.diag.idiag_inode = (guint32) socket->inode;
  message.diag.idiag_uid = socket->uid;
  message.diag.id.idiag_if = socket->interface;
  message.diag.id.idiag_cookie[0] = (guint32) (socket->inode + 5000);
  message.diag.id.idiag_cookie[1] = socket->life;
  message.diag.id.idiag_sport = g_htons ((guint16) socket->inode);
  if (socket->cgroup_id != 0)
    {
      message.attribute.nla_len = sizeof message.attribute + sizeof message.cgroup_id;
      message.attribute.nla_type = INET_DIAG_CGROUP_ID;
      message.cgroup_id = socket->cgroup_id;
      message.head.nlmsg_len += message.attribute.nla_len;
    }
  ph_collector_sink (collector, PH_FRAME_NETLINK, &message, message.head.nlmsg_len);
}

static void
fake_dump (FakeWorld *world, PhCollector *collector)
{
  guint half = world->sockets->len / 2;

  if (world->restart)
    {
      for (guint i = 0; i < half; i++)
        fake_dump_one (&g_array_index (world->sockets, FakeSocket, i), collector);
      ph_collector_sink (collector, PH_FRAME_NETLINK, "broken", 6);
      ph_collector_sink (collector, PH_FRAME_RESTART, NULL, 0);
    }
  for (guint i = 0; i < world->sockets->len; i++)
    fake_dump_one (&g_array_index (world->sockets, FakeSocket, i), collector);
}

typedef struct
{
  FakeWorld *world;
  PhCollector *collector;
  const PhRequest *request;
  GHashTable *missing;
  gboolean denied;
} FakeWalk;

static void
fake_look (FakeWalk *walk, const FakeProcess *process, gint32 fd)
{
  PhFrameOwner owner = { .inode = process->fds[fd], .pid = process->pid, .fd = fd };

  walk->world->n_links_read++;
  if (owner.inode == 0)
    return;
  if (walk->request->want & PH_WANT_FULL_WALK && walk->request->n_ids == 0)
    ph_collector_sink (walk->collector, PH_FRAME_OWNERS, &owner, sizeof owner);
  for (size_t i = 0; i < walk->request->n_ids; i++)
    if (walk->request->ids[i] == owner.inode)
      {
        ph_collector_sink (walk->collector, PH_FRAME_OWNERS, &owner, sizeof owner);
        g_hash_table_remove (walk->missing, GSIZE_TO_POINTER (owner.inode));
      }
}

static gboolean
fake_is_done (const FakeWalk *walk)
{
  return !(walk->request->want & PH_WANT_FULL_WALK) && g_hash_table_size (walk->missing) == 0;
}

static void
fake_look_through (FakeWalk *walk, const FakeProcess *process)
{
  if (process->unreadable)
    {
      walk->denied = TRUE;
      return;
    }
  for (gint32 fd = 0; fd < FAKE_FDS && !fake_is_done (walk); fd++)
    fake_look (walk, process, fd);
}

static void
fake_owners (FakeWorld *world, const PhRequest *request, PhCollector *collector, PhFrameEnd *end)
{
  g_autoptr (GHashTable) missing = g_hash_table_new (NULL, NULL);
  FakeWalk walk = { world, collector, request, missing, FALSE };

  world->n_full += (request->want & PH_WANT_FULL_WALK) != 0;
  world->n_narrow += (request->want & PH_WANT_NARROW) != 0;
  world->n_whole += (request->want & (PH_WANT_FULL_WALK | PH_WANT_NARROW)) == 0;
  world->n_ids = (guint) request->n_ids;
  for (size_t i = 0; i < request->n_ids; i++)
    g_hash_table_add (missing, GSIZE_TO_POINTER (request->ids[i]));

  for (size_t i = 0; i < request->n_guesses && !fake_is_done (&walk); i++)
    {
      const FakeProcess *process = fake_process (world, request->guesses[i].pid);

      if (process && !process->unreadable && request->guesses[i].fd >= 0 && request->guesses[i].fd < FAKE_FDS)
        fake_look (&walk, process, request->guesses[i].fd);
    }
  for (size_t i = 0; i < request->n_pids && !fake_is_done (&walk); i++)
    if (fake_process (world, request->pids[i]))
      fake_look_through (&walk, fake_process (world, request->pids[i]));
  for (guint i = 0; i < world->processes->len && !fake_is_done (&walk); i++)
    {
      const FakeProcess *process = &g_array_index (world->processes, FakeProcess, i);

      if (!(request->want & PH_WANT_NARROW) || process->pid > request->newer_than)
        fake_look_through (&walk, process);
    }
  if (walk.denied)
    end->flags |= PH_END_DENIED;
  if (!(request->want & PH_WANT_NARROW))
    end->took_us = (uint32_t) world->walk_us;
  if (world->dies_found != 0)
    fake_kill (world, world->dies_found);
}

static void
fake_facts (const FakeProcess *process, gboolean light, PhCollector *collector)
{
  g_autoptr (GByteArray) frame = g_byte_array_new ();
  PhFrameProcess head = { .pid = process->pid, .start_ticks = process->start_ticks, .ppid = process->pid == 2 ? 0 : 1 };

  if (!light)
    {
      head.uid = process->uid;
      head.comm_length = (guint16) strlen (process->comm);
      head.cgroup_length = (guint32) strlen (process->cgroup);
    }
  g_byte_array_append (frame, (const guint8 *) &head, sizeof head);
  if (!light)
    {
      g_byte_array_append (frame, (const guint8 *) process->comm, head.comm_length);
      g_byte_array_append (frame, (const guint8 *) process->cgroup, head.cgroup_length);
    }
  ph_collector_sink (collector, PH_FRAME_PROCESS, frame->data, frame->len);
}

static void
fake_processes (FakeWorld *world, const PhRequest *request, PhCollector *collector)
{
  gboolean light = (request->want & PH_WANT_LIGHT) != 0;
  const FakeProcess kernel = { .pid = 2, .start_ticks = 1, .comm = "kthreadd", .cgroup = "0::/\n" };

  world->n_light += light;
  for (size_t i = 0; i < request->n_ids; i++)
    {
      const FakeProcess *process = fake_process (world, (gint32) request->ids[i]);
      PhFrameProcess gone = { .pid = (gint32) request->ids[i] };
      const FakeProcess self = { .pid = 9, .start_ticks = 9, .uid = 1000, .comm = "self", .cgroup = "0::/\n" };

      if (!process && request->ids[i] == 2 && world->sees_kernel)
        process = &kernel;
      if (request->ids[i] == 0)
        process = &self;
      if (process)
        fake_facts (process, light, collector);
      else
        ph_collector_sink (collector, PH_FRAME_PROCESS, &gone, sizeof gone);
    }
}

static void
fake_cgroups (FakeWorld *world, const PhRequest *request, PhCollector *collector)
{
  for (size_t i = 0; i < request->n_ids; i++)
    {
      g_autoptr (GByteArray) frame = g_byte_array_new ();
      PhFrameCgroup head = { .id = request->ids[i] };
      const FakeCgroup *cgroup = NULL;

      for (guint j = 0; j < world->cgroups->len; j++)
        if (g_array_index (world->cgroups, FakeCgroup, j).id == head.id)
          cgroup = &g_array_index (world->cgroups, FakeCgroup, j);
      while (cgroup && head.n_pids < G_N_ELEMENTS (cgroup->pids) && cgroup->pids[head.n_pids] != 0)
        head.n_pids++;
      head.path_length = cgroup ? (uint32_t) strlen (cgroup->path) : 0;
      g_byte_array_append (frame, (const guint8 *) &head, sizeof head);
      if (cgroup)
        {
          g_byte_array_append (frame, (const guint8 *) cgroup->pids, (guint) (head.n_pids * sizeof (gint32)));
          g_byte_array_append (frame, (const guint8 *) cgroup->path, head.path_length);
        }
      ph_collector_sink (collector, PH_FRAME_CGROUP, frame->data, frame->len);
    }
}

/* Everybody is called after their number, but 0 who is root and 65534 who is nameless. */
static void
fake_users (const PhRequest *request, PhCollector *collector)
{
  for (size_t i = 0; i < request->n_ids; i++)
    {
      g_autoptr (GByteArray) frame = g_byte_array_new ();
      g_autofree char *name = request->ids[i] == 0       ? g_strdup ("root")
                              : request->ids[i] == 65534 ? g_strdup ("")
                                                         : g_strdup_printf ("user%u", (guint) request->ids[i]);
      PhFrameName head = { .id = request->ids[i], .name_length = (uint32_t) strlen (name) };

      g_byte_array_append (frame, (const guint8 *) &head, sizeof head);
      g_byte_array_append (frame, (const guint8 *) name, head.name_length);
      ph_collector_sink (collector, PH_FRAME_NAME, frame->data, frame->len);
    }
}

static void
fake_ask (FakeWorld *world, const PhRequest *request, PhCollector *collector)
{
  PhFrameBegin begin = { .request = (uint16_t) request->name, .time_us = world->time_us };
  PhFrameEnd end = { .took_us = 10 };

  world->n_asked[request->name]++;
  ph_collector_sink (collector, PH_FRAME_BEGIN, &begin, sizeof begin);
  if (ph_request_is_sockets (request->name))
    {
      if (request->name == PH_REQUEST_TCP4)
        fake_dump (world, collector);
      end.flags = world->flags;
    }
  else if (request->name == PH_REQUEST_OWNERS)
    fake_owners (world, request, collector, &end);
  else if (request->name == PH_REQUEST_PROCESSES)
    fake_processes (world, request, collector);
  else if (request->name == PH_REQUEST_CGROUPS)
    fake_cgroups (world, request, collector);
  else if (request->name == PH_REQUEST_USERS)
    fake_users (request, collector);

  if (world->fail == (guint) request->name)
    {
      end.code = world->fail_errno == ENOENT ? PH_ERROR_UNSUPPORTED : PH_ERROR_SYSTEM;
      end.errnum = (int32_t) world->fail_errno;
    }
  world->time_us += end.took_us;
  if (!world->mute || world->fail != (guint) request->name)
    ph_collector_sink (collector, PH_FRAME_END, &end, sizeof end);
}

/* One collection of the TCP sockets, a second after the last one; NULL if it was broken off. */
static PhSnapshot *
fake_collect (FakeWorld *world, PhCollector *collector, const PhPlan *plan)
{
  static const PhPlan usual = { .requests = 1u << PH_REQUEST_TCP4, .owners = TRUE, .names = TRUE };
  PhRequest request;
  guint n = 0;

  world->time_us += G_USEC_PER_SEC;
  ph_collector_begin (collector, plan ? plan : &usual);
  while (ph_collector_next (collector, &request))
    {
      fake_ask (world, &request, collector);
      g_assert_cmpuint (++n, <, 64);
    }
  return ph_collector_end (collector);
}

static const PhSocket *
fake_find (PhSnapshot *snapshot, guint64 inode)
{
  for (guint i = 0; i < ph_snapshot_n_records (snapshot); i++)
    {
      const PhSocket *socket = ph_snapshot_record (snapshot, i);

      if (socket->inode == inode && socket->head.mark != PH_MARK_CLOSED)
        return socket;
    }
  return NULL;
}
