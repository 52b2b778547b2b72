/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A thousand connections that come and go between two looks are in the activity, with their bytes; and what the kernel
 * had to drop is an entry, whatever else is going on. */
#include "own-network.h"

#include "short-connection.h"
#include "watch-stage.h"

#define N_CONNECTIONS 1000
#define LASTS_US      2000
#define PATIENCE_US   (20 * G_USEC_PER_SEC)
#define N_FLOOD       40000 /* some times what the buffer holds */

typedef struct
{
  GHashTable *made; /* ShortConnectionEnd by its cookie */
  guint n_right;
  guint n_lost;
} Tally;

static void
tally_one (gpointer user, const PhActivity *entry)
{
  Tally *tally = user;
  const ShortConnectionEnd *end;

  tally->n_lost += entry->kind == PH_ACTIVITY_EVENTS_LOST;
  if (entry->kind != PH_ACTIVITY_CONNECTION_CLOSED)
    return;
  end = g_hash_table_lookup (tally->made, &entry->socket.cookie);
  g_assert_nonnull (end);
  g_assert_cmpuint (entry->local_port, ==, end->local_port);
  g_assert_cmpuint (entry->remote_port, ==, end->remote_port);
  g_assert_cmpuint (entry->rx_bytes, ==, end->received);
  g_assert_cmpuint (entry->tx_bytes, ==, end->sent);
  g_assert_true (g_hash_table_remove (tally->made, &entry->socket.cookie)); /* each is told once */
  tally->n_right++;
}

/* The main loop runs as it does in the window, or stands still all the time. */
static void
check (WatchStage *stage, int family, gboolean busy)
{
  const int server = short_connection_listen (family);
  g_autofree ShortConnectionEnd *ends = g_new (ShortConnectionEnd, 2 * N_CONNECTIONS);
  Tally tally = { .made = g_hash_table_new (g_int64_hash, g_int64_equal) };
  const gint64 begin_us = g_get_monotonic_time ();

  g_object_set (stage->watcher, "attended", TRUE, "interval", 1000, NULL);
  watch_stage_start (stage);
  for (guint i = 0; i < N_CONNECTIONS; i++)
    {
      short_connection_make (server, i % 7 * 200, i % 11 * 100, LASTS_US, &ends[2 * i]);
      while (!busy && g_main_context_iteration (NULL, FALSE))
        ;
    }
  for (guint i = 0; i < 2 * N_CONNECTIONS; i++)
    g_hash_table_insert (tally.made, &ends[i].cookie, &ends[i]);
  while (watch_stage_count (stage, PH_ACTIVITY_CONNECTION_CLOSED, 0) < 2 * N_CONNECTIONS
         && g_get_monotonic_time () - begin_us < PATIENCE_US)
    loop_run_for (50);
  watch_stage_look (stage, 2); /* nothing is told twice by a later look */

  ph_activity_log_each (ph_watcher_get_log (stage->watcher), 0, tally_one, &tally);
  g_test_message ("%u of %u ends, %u times lost", tally.n_right, 2 * N_CONNECTIONS, tally.n_lost);
  g_assert_cmpuint (tally.n_right, >=, 2 * (N_CONNECTIONS - 1));
  g_assert_cmpuint (tally.n_lost, ==, 0);
  g_hash_table_unref (tally.made);
  close (server);
}

static void
test_ipv4 (WatchStage *stage, gconstpointer files)
{
  check (stage, AF_INET, FALSE);
}

static void
test_ipv6 (WatchStage *stage, gconstpointer files)
{
  check (stage, AF_INET6, FALSE);
}

static void
test_busy (WatchStage *stage, gconstpointer files)
{
  check (stage, AF_INET, TRUE);
}

static gpointer
flood (gpointer data)
{
  short_connection_flood (N_FLOOD);
  return NULL;
}

/* More than the kernel keeps, quicker than anybody reads: from threads, as often as it takes. */
static void
test_lost (WatchStage *stage, gconstpointer files)
{
  const gint64 begin_us = g_get_monotonic_time ();
  guint16 port = 0;
  guint n;
  int fd;

  g_object_set (stage->watcher, "attended", TRUE, NULL);
  watch_stage_start (stage);
  while (watch_stage_count (stage, PH_ACTIVITY_EVENTS_LOST, 0) == 0 && g_get_monotonic_time () - begin_us < PATIENCE_US)
    {
      GThread *threads[4];

      for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
        threads[i] = g_thread_new ("flood", flood, NULL);
      for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
        g_thread_join (threads[i]);
      loop_run_for (200);
    }
  n = watch_stage_count (stage, PH_ACTIVITY_EVENTS_LOST, 0);
  if (n == 0)
    {
      g_test_skip ("the reader keeps up with whatever this kernel has to tell");
      return;
    }

  /* Afterwards all is as before. */
  fd = watch_stage_listen (&port);
  RUN_UNTIL (watch_stage_count (stage, PH_ACTIVITY_PORT_OPENED, port) == 1);
  /* The kernel drops what comes until its queue has been read empty: the first ones may still be lost. */
  while (watch_stage_count (stage, PH_ACTIVITY_CONNECTION_CLOSED, port) == 0
         && g_get_monotonic_time () - begin_us < 3 * PATIENCE_US)
    {
      short_connection_make (fd, 100, 200, 0, NULL);
      loop_run_for (200);
    }
  g_assert_cmpuint (watch_stage_count (stage, PH_ACTIVITY_CONNECTION_CLOSED, port), >=, 1);
  close (fd);
}

static void
add (const char *name, void (*test) (WatchStage *, gconstpointer))
{
  g_autofree char *path = g_strconcat ("/watched-connections/", name, NULL);

  g_test_add (path, WatchStage, NULL, watch_stage_set_up, test, watch_stage_tear_down);
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
  add ("ipv4", test_ipv4);
  add ("ipv6", test_ipv6);
  add ("busy", test_busy);
  add ("lost", test_lost);
  return g_test_run ();
}
