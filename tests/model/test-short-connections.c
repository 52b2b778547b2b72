/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A thousand connections that are over before anybody looks: what the kernel says of their ends is heard, though the
 * main loop is busy meanwhile; and where the reader is, it is heard that something was lost. */
#include "own-network.h"

#include <stdio.h>

#include "event-stage.h"
#include "nobody.h"

#define N_CONNECTIONS 1000
#define LASTS_US      1000 /* each of them, and then some */
#define PATIENCE_US                                                                                                    \
  (60 * G_USEC_PER_SEC) /* the kernel has one queue for all its networks, and works it off at its leisure */
#define N_FLOOD 16384   /* more than twice what the buffer holds */

/* All of them while the main loop does something else; each with the right bytes. */
static void
check_connections (EventStage *stage, int family)
{
  const int server = short_connection_listen (family);
  g_autofree ShortConnectionEnd *made = g_new (ShortConnectionEnd, 2 * N_CONNECTIONS);
  g_autoptr (GHashTable) told = g_hash_table_new (g_int64_hash, g_int64_equal);
  const gint64 begin_us = g_get_monotonic_time ();
  guint n_right = 0;

  for (guint i = 0; i < N_CONNECTIONS; i++)
    short_connection_make (server, i % 7 * 200, i % 11 * 100, LASTS_US, &made[2 * i]);
  g_test_message ("%u connections in %.1f s", N_CONNECTIONS,
                  (gdouble) (g_get_monotonic_time () - begin_us) / G_USEC_PER_SEC);
  while (stage->n_destroyed < 2 * N_CONNECTIONS && g_get_monotonic_time () - begin_us < PATIENCE_US)
    loop_run_for (10);
  RUN_UNTIL (stage->n_told > 0);
  event_stage_stop (stage);
  g_assert_cmpuint (stage->n_lost, ==, 0);

  for (guint i = 0; i < stage->ends->len; i++)
    {
      ShortConnectionEnd *end = &g_array_index (stage->ends, ShortConnectionEnd, i);

      g_assert_true (g_hash_table_insert (told, &end->cookie, end)); /* none comes twice */
    }
  for (guint i = 0; i < 2 * N_CONNECTIONS; i++)
    {
      const ShortConnectionEnd *end = g_hash_table_lookup (told, &made[i].cookie);

      if (end == NULL)
        continue;
      short_connection_check (end, &made[i], i % 2 == 0);
      n_right++;
    }
  g_test_message ("%u of %u ends", n_right, 2 * N_CONNECTIONS);
  g_assert_cmpuint (n_right, >=, 2 * N_CONNECTIONS - 1);
  close (server);
}

static void
test_ipv4 (EventStage *stage, gconstpointer kinds)
{
  check_connections (stage, AF_INET);
}

static void
test_ipv6 (EventStage *stage, gconstpointer kinds)
{
  check_connections (stage, AF_INET6);
}

/* The thread that reads has no privilege, nor had who opened its socket. */
static void
test_unprivileged (EventStage *stage, gconstpointer kinds)
{
  event_stage_stop (stage);
  nobody_be (TRUE);
  event_stage_start (stage);
  nobody_be (FALSE);
  check_connections (stage, AF_INET);
}

/* How many events of sockets the kernel has dropped, of all who listen here. */
static guint
count_dropped (void)
{
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  guint protocol, dropped, n = 0;

  g_assert_true (g_file_get_contents ("/proc/self/net/netlink", &text, NULL, NULL));
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 1; lines[i] != NULL; i++)
    if (sscanf (lines[i], "%*s %u %*s %*s %*s %*s %*s %*s %u", &protocol, &dropped) == 2
        && protocol == NETLINK_SOCK_DIAG)
      n += dropped;
  return n;
}

/* A reader that does not read: what finds no room is lost, and that is heard; all else is heard, and afterwards all is
 * as before. */
static void
test_stalled (EventStage *stage, gconstpointer kinds)
{
  guint n;

  atomic_store (&stage->stalled, true);
  own_network_rule (TRUE, AF_INET, 10, 1, NULL, FR_ACT_BLACKHOLE, 0); /* so that it stalls */
  short_connection_flood (N_FLOOD);
  while (count_dropped () == 0)
    g_usleep (1000);
  atomic_store (&stage->stalled, false);
  RUN_UNTIL (stage->n_lost >= 2 && stage->n_told > 0);
  while (stage->n_destroyed + count_dropped () < N_FLOOD)
    loop_run_for (10);

  n = stage->n_destroyed;
  short_connection_flood (1);
  RUN_UNTIL (stage->n_destroyed > n);
  own_network_rule (FALSE, AF_INET, 10, 1, NULL, FR_ACT_BLACKHOLE, 0);
}

static void
add (const char *path, guint kinds, void (*test) (EventStage *, gconstpointer))
{
  g_autofree char *full = g_strconcat ("/short-connections/", path, NULL);

  g_test_add (full, EventStage, GUINT_TO_POINTER (kinds), event_stage_set_up, test, event_stage_tear_down);
}

int
main (int argc, char **argv)
{
  const guint both = PH_EVENT_DESTROYED | PH_EVENT_RULES;

  if (!own_network_enter ())
    {
      g_printerr ("no network namespace of our own: %s\n", g_strerror (errno));
      return 77;
    }
  own_network_up (OWN_NETWORK_LO, TRUE);
  g_test_init (&argc, &argv, NULL);
  add ("ipv4", PH_EVENT_DESTROYED, test_ipv4);
  add ("ipv6", both, test_ipv6);
  add ("unprivileged", PH_EVENT_DESTROYED, test_unprivileged);
  add ("stalled", both, test_stalled);
  return g_test_run ();
}
