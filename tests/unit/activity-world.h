/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A machine whose sockets a test opens and closes, the destroy messages that its kernel would send, and what is told of
 * it all. */
#pragma once

#include <libmnl/libmnl.h>
#include <linux/inet_diag.h>
#include <linux/sock_diag.h>
#include <netinet/in.h>

#include "ph-activity-from-sockets.h"
#include "ph-linker.h"
#include "socket-samples.h"

#define WORLD_START G_GINT64_CONSTANT (1764000000000000) /* the wall clock of the first look, µs */

typedef struct
{
  GArray *sockets; /* PhSocket */
  PhLinker *linker;
  PhActivityFromSockets *from;
  gint64 now; /* µs, CLOCK_MONOTONIC */
  PhLook looks[PH_N_REQUESTS];

  GArray *told; /* PhActivity; strings in @arena */
  PhArena *arena;
} World;

static inline World *
world_new (void)
{
  World *world = g_new0 (World, 1);

  world->sockets = g_array_new (FALSE, FALSE, sizeof (PhSocket));
  world->linker = ph_linker_new (&ph_socket_schema);
  world->from = ph_activity_from_sockets_new ();
  ph_activity_from_sockets_set_connections (world->from, TRUE);
  world->told = g_array_new (FALSE, FALSE, sizeof (PhActivity));
  world->arena = ph_arena_new ();
  world->now = 1000000;
  for (guint i = PH_REQUEST_TCP4; i <= PH_REQUEST_UDP6; i++)
    world->looks[i] = PH_LOOK_GOOD;
  return world;
}

static inline void
world_free (World *world)
{
  g_array_unref (world->sockets);
  ph_linker_free (world->linker);
  ph_activity_from_sockets_free (world->from);
  g_array_unref (world->told);
  ph_arena_free (world->arena);
  g_free (world);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (World, world_free)

static inline PhRequestName
world_request (const PhSocket *socket)
{
  const gboolean six = socket->key.family == PH_SOCKET_FAMILY_INET6;

  if (socket->key.protocol == PH_PROTOCOL_UDP)
    return six ? PH_REQUEST_UDP6 : PH_REQUEST_UDP4;
  return six ? PH_REQUEST_TCP6 : PH_REQUEST_TCP4;
}

/* Returns its cookie. */
static inline guint64
world_open (World *world, PhSocket socket)
{
  socket.head.request = (guint16) world_request (&socket);
  g_array_append_val (world->sockets, socket);
  return socket.key.cookie;
}

static inline PhSocket *
world_find (World *world, guint64 cookie)
{
  for (guint i = 0; i < world->sockets->len; i++)
    {
      PhSocket *socket = &g_array_index (world->sockets, PhSocket, i);

      if (socket->key.cookie == cookie)
        return socket;
    }
  return NULL;
}

static inline void
world_close (World *world, guint64 cookie)
{
  PhSocket *socket = world_find (world, cookie);

  g_assert_nonnull (socket);
  g_array_remove_index_fast (world->sockets, (guint) (socket - (PhSocket *) (gpointer) world->sockets->data));
}

/* A PhActivityTell. */
static inline void
world_tell (gpointer user, const PhActivity *entry)
{
  World *world = user;
  PhActivity told = *entry;

  told.process = ph_arena_string (world->arena, entry->process);
  told.exe = ph_arena_string (world->arena, entry->exe);
  told.unit = ph_arena_string (world->arena, entry->unit);
  told.interface_name = ph_arena_string (world->arena, entry->interface_name);
  told.detail = ph_arena_string (world->arena, entry->detail);
  g_array_append_val (world->told, told);
}

/* A dump, which others may learn of later. */
static inline PhSnapshot *
world_dump (World *world)
{
  PhSnapshot *snapshot = ph_snapshot_new (&ph_socket_schema, world->now);

  for (guint i = 0; i < PH_N_REQUESTS; i++)
    ph_snapshot_edit_look (snapshot, i)->look = world->looks[i];
  for (guint i = 0; i < world->sockets->len; i++)
    {
      const PhSocket *socket = &g_array_index (world->sockets, PhSocket, i);

      if (world->looks[socket->head.request] == PH_LOOK_GOOD)
        *(PhSocket *) ph_snapshot_add (snapshot) = *socket; /* what it points at is static */
    }
  ph_linker_link (world->linker, snapshot);
  return snapshot;
}

static inline gint64
world_clock (const World *world)
{
  return WORLD_START + world->now;
}

static inline void
world_look_at (World *world, PhSnapshot *snapshot)
{
  ph_activity_from_sockets_look (world->from, snapshot, FALSE, world_clock (world), world_tell, world);
}

/* A second passes, then a look. */
static inline void
world_look (World *world)
{
  g_autoptr (PhSnapshot) snapshot = NULL;

  world->now += G_USEC_PER_SEC;
  snapshot = world_dump (world);
  world_look_at (world, snapshot);
}

typedef union
{
  struct nlmsghdr header;
  guint8 bytes[1024];
} DestroyMessage;

/* What the kernel sends when @socket is destroyed with these numbers. */
static inline void
world_destroy_message (DestroyMessage *message, const PhSocket *socket, const PhTcpInfo *info)
{
  struct inet_diag_msg *diag;

  memset (message, 0, sizeof *message);
  mnl_nlmsg_put_header (message->bytes);
  message->header.nlmsg_type = SOCK_DIAG_BY_FAMILY;
  diag = mnl_nlmsg_put_extra_header (&message->header, sizeof *diag);
  diag->idiag_family = socket->key.family == PH_SOCKET_FAMILY_INET6 ? AF_INET6 : AF_INET;
  diag->idiag_state = PH_STATE_CLOSE;
  diag->id.idiag_sport = g_htons (socket->local_port);
  diag->id.idiag_dport = g_htons (socket->remote_port);
  memcpy (diag->id.idiag_src, socket->local.bytes, 16);
  memcpy (diag->id.idiag_dst, socket->remote.bytes, 16);
  diag->id.idiag_cookie[0] = (guint32) socket->key.cookie;
  diag->id.idiag_cookie[1] = (guint32) (socket->key.cookie >> 32);
  diag->idiag_rqueue = socket->recv_q;
  diag->idiag_wqueue = socket->send_q;
  mnl_attr_put_u8 (&message->header, INET_DIAG_PROTOCOL, IPPROTO_TCP);
  mnl_attr_put (&message->header, INET_DIAG_INFO, sizeof *info, info);
}

static inline void
world_take (World *world, gconstpointer message, gsize length)
{
  g_autofree guint8 *copy = g_memdup2 (message, length); /* so that a sanitizer sees one byte too many */

  ph_activity_from_sockets_take (world->from, PH_FRAME_NETLINK, copy, length, world_clock (world), world->now,
                                 world_tell, world);
}

static inline void
world_destroyed (World *world, const PhSocket *socket, const PhTcpInfo *info)
{
  DestroyMessage message;

  world_destroy_message (&message, socket, info);
  world_take (world, &message, message.header.nlmsg_len);
}

/* The entry told as number @n, and that there are @n_all. */
static inline const PhActivity *
world_told (const World *world, guint n, guint n_all)
{
  g_assert_cmpuint (world->told->len, ==, n_all);
  g_assert_cmpuint (n, <, n_all);
  return &g_array_index (world->told, PhActivity, n);
}
