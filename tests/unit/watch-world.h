/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A machine with listeners that a test opens and closes, and a watch that looks at it. */
#pragma once

#include "ph-arena.h"
#include "ph-watch.h"
#include "socket-samples.h"

#define WATCH_START G_GINT64_CONSTANT (1764000000) /* the wall clock of the first look */

/* One socket. Strings are static. */
typedef struct
{
  PhSocket socket;
  const char *exe;        /* NULL: its program is not known */
  const char *second_exe; /* of another process that holds it too */
  const char *unit;
  PhOwnerNote note; /* where nobody is known */
} WatchSocket;

typedef struct
{
  GPtrArray *sockets; /* WatchSocket */
  PhLook looks[PH_N_REQUESTS];
  PhWatch *watch;
  PhKnown *known;
  PhWatchSettings settings;
  gint64 now;
  gint32 pid; /* of the last process; every socket of every look has another one */
} WatchWorld;

static inline WatchWorld *
watch_world_new (void)
{
  WatchWorld *world = g_new0 (WatchWorld, 1);

  world->sockets = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < PH_N_REQUESTS; i++)
    world->looks[i] = (PH_WATCH_REQUESTS >> i) & 1 ? PH_LOOK_GOOD : PH_LOOK_NOT_ASKED;
  world->watch = ph_watch_new ();
  world->known = ph_known_new ();
  world->settings.ephemeral = PH_PORT_RANGE_EPHEMERAL;
  world->now = WATCH_START;
  return world;
}

static inline void
watch_world_free (WatchWorld *world)
{
  g_ptr_array_unref (world->sockets);
  ph_watch_free (world->watch);
  ph_known_unref (world->known);
  g_free (world);
}

/* The program is started anew: what is known has been in a file. */
static inline void
watch_world_restart (WatchWorld *world)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  gsize length;

  text = ph_known_to_text (world->known, &length);
  ph_known_unref (world->known);
  world->known = ph_known_parse (text, length, &error);
  g_assert_no_error (error);
  ph_watch_free (world->watch);
  world->watch = ph_watch_new ();
}

static inline PhRequestName
watch_request (PhProtocol protocol, PhFamily family)
{
  PhRequestName name = protocol == PH_PROTOCOL_TCP       ? PH_REQUEST_TCP4
                       : protocol == PH_PROTOCOL_UDP     ? PH_REQUEST_UDP4
                       : protocol == PH_PROTOCOL_UDPLITE ? PH_REQUEST_UDPLITE4
                                                         : PH_REQUEST_SCTP4;

  return family == PH_FAMILY_IPV6 ? name + 1 : name;
}

/* Opens a socket that listens; the world's own. @exe may be NULL. */
static inline WatchSocket *
watch_open (WatchWorld *world, PhProtocol protocol, const char *address, guint16 port, const char *exe)
{
  gboolean datagrams = protocol == PH_PROTOCOL_UDP || protocol == PH_PROTOCOL_UDPLITE;
  WatchSocket *opened = g_new0 (WatchSocket, 1);

  opened->socket = sample_socket (protocol, address, port, "", 0, datagrams ? PH_STATE_CLOSE : PH_STATE_LISTEN);
  opened->socket.head.request = (guint16) watch_request (protocol, opened->socket.local.family);
  opened->exe = exe;
  opened->note = PH_OWNER_UNKNOWN;
  g_ptr_array_add (world->sockets, opened);
  return opened;
}

static inline WatchSocket *
watch_tcp (WatchWorld *world, const char *address, guint16 port, const char *exe)
{
  return watch_open (world, PH_PROTOCOL_TCP, address, port, exe);
}

static inline void
watch_close (WatchWorld *world, WatchSocket *socket)
{
  g_assert_true (g_ptr_array_remove (world->sockets, socket));
}

static inline void
watch_put (WatchWorld *world, PhSnapshot *snapshot, const WatchSocket *from)
{
  PhArena *arena = ph_snapshot_arena (snapshot);
  const char *const programs[] = { from->exe, from->second_exe };
  PhSocket *socket = ph_snapshot_add (snapshot);
  PhOwner *owners = ph_arena_alloc (arena, sizeof *owners * G_N_ELEMENTS (programs));
  guint n = 0;

  *socket = from->socket;
  for (guint i = 0; i < G_N_ELEMENTS (programs); i++)
    if (programs[i])
      {
        const char *slash = strrchr (programs[i], '/');
        PhProcess *process = ph_arena_alloc (arena, sizeof *process);

        process->pid = ++world->pid;
        process->comm = slash ? slash + 1 : programs[i];
        process->exe = programs[i];
        process->cmdline = "";
        owners[n++].process = process;
      }
  socket->owner.note = (guint8) (n > 0 ? PH_OWNER_PROCESS : from->note);
  socket->owner.owners = n > 0 ? owners : NULL;
  socket->owner.n_owners = n;
  if (from->unit)
    {
      PhUnit *unit = ph_arena_alloc (arena, sizeof *unit);

      *unit = (PhUnit){ PH_UNIT_SERVICE, from->unit, from->unit };
      socket->owner.unit = unit;
      if (n == 0)
        socket->owner.note = PH_OWNER_BY_SERVICE;
    }
}

static inline PhSnapshot *
watch_snapshot_new (WatchWorld *world)
{
  PhSnapshot *snapshot = ph_snapshot_new (&ph_socket_schema, 1);

  for (guint i = 0; i < PH_N_REQUESTS; i++)
    ph_snapshot_edit_look (snapshot, i)->look = world->looks[i];
  return snapshot;
}

/* Looks at @snapshot, takes over what is known, and gives what is told, one "KEY [gone] [away]" a line. */
static inline char *
watch_look_at (WatchWorld *world, const PhSnapshot *snapshot)
{
  GString *text = g_string_new (NULL);
  PhWatchResult result;

  ph_watch_look (world->watch, world->known, snapshot, &world->settings, world->now, &result);
  for (guint i = 0; i < result.news->len; i++)
    {
      const PhListener *listener = g_ptr_array_index (result.news, i);

      ph_listener_key_append (&listener->key, text);
      g_string_append_printf (text, "%s%s\n", listener->gone ? " gone" : "", listener->away ? " away" : "");
    }
  ph_known_unref (world->known);
  world->known = ph_known_ref (result.known);
  ph_watch_result_clear (&result);
  world->now += 2;
  return g_string_free (text, FALSE);
}

static inline char *
watch_look (WatchWorld *world)
{
  g_autoptr (PhSnapshot) snapshot = watch_snapshot_new (world);

  for (guint i = 0; i < world->sockets->len; i++)
    {
      const WatchSocket *socket = g_ptr_array_index (world->sockets, i);
      PhLook look = world->looks[socket->socket.head.request];

      if (look == PH_LOOK_GOOD || look == PH_LOOK_PARTIAL)
        watch_put (world, snapshot, socket);
    }
  return watch_look_at (world, snapshot);
}

/* What this look tells. */
#define assert_told(world, expected)                                                                                   \
  G_STMT_START                                                                                                         \
  {                                                                                                                    \
    g_autofree char *told_ = watch_look (world);                                                                       \
    g_assert_cmpstr (told_, ==, expected);                                                                             \
  }                                                                                                                    \
  G_STMT_END

static inline gboolean
watch_knows (const WatchWorld *world, const char *text)
{
  g_autoptr (PhListenerKey) key = ph_listener_key_parse (text);

  g_assert_nonnull (key);
  return ph_known_find (world->known, key) != NULL;
}

static inline void
watch_mute (WatchWorld *world, const char *rule)
{
  g_autoptr (PhMute) mute = ph_mute_parse (rule);
  PhKnown *known;

  g_assert_nonnull (mute);
  known = ph_known_change_mutes (world->known, NULL, mute);
  ph_known_unref (world->known);
  world->known = known;
}
