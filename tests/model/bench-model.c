/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * bench-model [--json]: what the main loop pays for a table of 10,000 and of 100,000 sockets, one in a hundred of which
 * comes and goes from one look to the next: syncing the table, and taking over the order that a worker has found.
 * Figures, no verdict. With --json the medians of what grows with the table, ms: {"sync": [at 10,000, at 100,000],
 * ...}.
 */
#include <stdlib.h>
#include <string.h>

#include "ph-linker.h"
#include "ph-socket.h"
#include "ph-view.h"

#define ROUNDS 21

/* What a table is said to grow by. */
typedef enum
{
  SYNC,
  SORT,
  FILTER,
  N_KINDS
} Kind;

static const char *const kind_names[] = { "sync", "sort", "filter" };

typedef struct
{
  guint n;
  guint64 next_cookie;
  guint64 *cookies;
  gint64 time;
  PhLinker *linker;
} World;

static void
fill (PhSnapshot *snapshot, PhSocket *socket, guint64 cookie)
{
  guint32 mixed = cookie * 2654435761u;
  const guint8 here[4] = { 127, 0, 0, 1 };
  const guint8 there[4] = { 10, mixed, mixed >> 8, mixed >> 16 };
  PhTcp *info = ph_arena_alloc (ph_snapshot_arena (snapshot), sizeof *info);

  socket->head.request = PH_REQUEST_TCP4;
  socket->key.cookie = cookie;
  socket->key.family = PH_SOCKET_FAMILY_INET;
  socket->key.protocol = PH_PROTOCOL_TCP;
  ph_address_set (&socket->local, PH_FAMILY_IPV4, here);
  ph_address_set (&socket->remote, PH_FAMILY_IPV4, there);
  socket->local_port = 1024 + cookie % 60000;
  socket->remote_port = mixed >> 16;
  socket->state = PH_STATE_ESTABLISHED;
  socket->recv_q = mixed % 7;
  info->bytes_received = cookie * 1000;
  socket->tcp = info;
}

static PhSnapshot *
look (World *world)
{
  PhSnapshot *snapshot = ph_snapshot_new (&ph_socket_schema, world->time += G_USEC_PER_SEC);

  for (guint i = 0; i < world->n; i++)
    fill (snapshot, ph_snapshot_add (snapshot), world->cookies[i]);
  ph_snapshot_edit_look (snapshot, PH_REQUEST_TCP4)->look = PH_LOOK_GOOD;
  ph_linker_link (world->linker, snapshot);
  return snapshot;
}

static void
churn (World *world)
{
  for (guint i = 0; i < world->n / 100; i++)
    world->cookies[g_random_int_range (0, world->n)] = world->next_cookie++;
}

static gboolean quiet;

static int
compare (const void *a, const void *b)
{
  const gint64 *x = a, *y = b;

  return (*x > *y) - (*x < *y);
}

static void
report (const char *what, guint n, gint64 times[ROUNDS])
{
  qsort (times, ROUNDS, sizeof *times, compare);
  if (!quiet)
    g_print ("%-34s %7u rows: median %8.2f ms, worst %8.2f ms\n", what, n, times[ROUNDS / 2] / 1000.0,
             times[ROUNDS - 1] / 1000.0);
}

/* Until the order is in force; *@worst gets the longest that the main loop was away. */
static gint64
settle (PhView *view, gint64 *worst)
{
  gint64 began = g_get_monotonic_time ();

  *worst = 0;
  while (ph_view_is_busy (view))
    {
      gint64 before = g_get_monotonic_time ();

      if (g_main_context_iteration (NULL, FALSE))
        *worst = MAX (*worst, g_get_monotonic_time () - before);
      else
        g_usleep (50);
    }
  return g_get_monotonic_time () - began;
}

/* @medians: µs, by Kind. */
static void
bench (guint n, gint64 medians[N_KINDS])
{
  World world
      = { .n = n, .next_cookie = 1, .cookies = g_new (guint64, n), .linker = ph_linker_new (&ph_socket_schema) };
  g_autoptr (PhTable) table = ph_table_new (&ph_socket_schema);
  g_autoptr (PhView) view = ph_view_new (table);
  const PhColumn *port = ph_schema_find_column (&ph_socket_schema, "remote_port");
  const PhColumn *address = ph_schema_find_column (&ph_socket_schema, "remote_address");
  const PhColumn *columns[] = { port, address, NULL };
  gint64 syncs[ROUNDS], waits[ROUNDS], applies[ROUNDS], began;

  for (guint i = 0; i < n; i++)
    world.cookies[i] = world.next_cookie++;
  ph_view_set_context (view, columns, &(PhStyle){ .numeric = TRUE });
  ph_view_set_sort (view, &(PhSortKey){ address, FALSE }, 1);

  PhSnapshot *snapshot = look (&world), *before = NULL;
  began = g_get_monotonic_time ();
  ph_table_sync (table, snapshot);
  if (!quiet)
    g_print ("%-34s %7u rows:        %8.2f ms\n", "first sync", n, (g_get_monotonic_time () - began) / 1000.0);
  settle (view, &applies[0]);

  for (guint i = 0; i < ROUNDS; i++)
    {
      churn (&world);
      g_clear_pointer (&before, ph_snapshot_unref);
      before = snapshot;
      snapshot = look (&world);
      began = g_get_monotonic_time ();
      ph_table_sync (table, snapshot);
      syncs[i] = g_get_monotonic_time () - began;
      waits[i] = settle (view, &applies[i]);
    }
  report ("sync, 1 % came and went", n, syncs);
  medians[SYNC] = syncs[ROUNDS / 2];
  report ("from sync to the new order", n, waits);
  report ("of that on the main loop", n, applies);

  for (guint i = 0; i < ROUNDS; i++)
    {
      ph_view_set_sort (view, &(PhSortKey){ i % 2 ? port : address, i % 3 == 0 }, 1);
      waits[i] = settle (view, &applies[i]);
    }
  report ("another sort column", n, waits);
  medians[SORT] = waits[ROUNDS / 2];
  report ("of that on the main loop", n, applies);

  for (guint i = 0; i < ROUNDS; i++)
    {
      g_autofree char *text = g_strdup_printf ("10.%u", i);
      g_autoptr (PhFilter) filter = ph_filter_parse (&ph_socket_schema, text, NULL, NULL);

      ph_view_set_filter (view, 1, filter);
      waits[i] = settle (view, &applies[i]);
    }
  report ("another word in the filter", n, waits);
  medians[FILTER] = waits[ROUNDS / 2];
  report ("of that on the main loop", n, applies);

  g_clear_pointer (&before, ph_snapshot_unref);
  ph_snapshot_unref (snapshot);
  ph_linker_free (world.linker);
  g_free (world.cookies);
}

int
main (int argc, char **argv)
{
  gint64 small[N_KINDS], large[N_KINDS];

  quiet = argc > 1 && strcmp (argv[1], "--json") == 0;
  bench (10000, small);
  bench (100000, large);
  for (Kind kind = 0; quiet && kind < N_KINDS; kind++)
    g_print ("%s\"%s\": [%.3f, %.3f]%s", kind == 0 ? "{" : ", ", kind_names[kind], small[kind] / 1000.0,
             large[kind] / 1000.0, kind + 1 == N_KINDS ? "}\n" : "");
  return EXIT_SUCCESS;
}
