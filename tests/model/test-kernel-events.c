/* SPDX-License-Identifier: GPL-3.0-or-later */
/* News of a network of the test's own, as the main loop hears them: at once, not too often, and none that is not
 * wanted. */
#include "own-network.h"

#include <sys/resource.h>

#include "loop.h"
#include "ph-kernel-events.h"

#define INTERVAL_US (G_USEC_PER_SEC / 10)

typedef struct
{
  PhKernelEvents *events;
  guint n_told;
  guint kinds;   /* of all that was told */
  guint n_notes; /* of "lost" */
} Stage;

static void
on_changed (PhKernelEvents *events, guint kinds, Stage *stage)
{
  g_assert_cmpuint (kinds, !=, 0);
  stage->n_told++;
  stage->kinds |= kinds;
}

static void
on_lost (PhKernelEvents *events, GParamSpec *property, Stage *stage)
{
  stage->n_notes++;
}

static void
set_up (Stage *stage, gconstpointer kinds)
{
  g_autoptr (GError) error = NULL;

  stage->events = ph_kernel_events_new (GPOINTER_TO_UINT (kinds));
  g_signal_connect (stage->events, "changed", G_CALLBACK (on_changed), stage);
  g_signal_connect (stage->events, "notify::lost", G_CALLBACK (on_lost), stage);
  g_assert_true (ph_kernel_events_set_active (stage->events, TRUE, &error));
  g_assert_no_error (error);
}

static void
tear_down (Stage *stage, gconstpointer kinds)
{
  g_clear_object (&stage->events);
  g_assert_true (loop_is_asleep ());
}

static guint
lost (Stage *stage)
{
  guint lost;

  g_object_get (stage->events, "lost", &lost, NULL);
  return lost;
}

static void
change_route (gboolean add)
{
  own_network_route (add, "192.0.2.1", RTN_BLACKHOLE, RT_TABLE_MAIN);
}

static void
change_rule (gboolean add)
{
  own_network_rule (add, AF_INET, 10, 1, NULL, FR_ACT_BLACKHOLE, 0);
}

/* The first is told without waiting for anything but the loop, and then nothing keeps the loop awake. */
static void
test_at_once (Stage *stage, gconstpointer kinds)
{
  g_assert_true (loop_is_asleep ());
  change_rule (TRUE);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpuint (stage->n_told, ==, 1);
  g_assert_cmphex (stage->kinds, ==, PH_EVENT_RULES);
  g_assert_true (loop_is_asleep ());

  change_rule (FALSE);
  RUN_UNTIL (stage->n_told == 2);
  g_assert_true (loop_is_asleep ());
  g_assert_cmpuint (lost (stage), ==, 0);
}

/* What is not wanted is not told, and does not even wake the loop. */
static void
test_kinds (Stage *stage, gconstpointer kinds)
{
  change_route (TRUE);
  change_route (FALSE);
  g_assert_true (loop_is_asleep ());
  g_assert_cmpuint (stage->n_told, ==, 0);
  change_rule (TRUE);
  change_rule (FALSE);
  RUN_UNTIL (stage->n_told > 0);
  g_assert_cmphex (stage->kinds, ==, PH_EVENT_RULES);
}

/* The routes over a link go with it, and the kernel does not say so: the link's news are theirs. */
static void
test_silent_routes (Stage *stage, gconstpointer kinds)
{
  own_network_address (TRUE, OWN_NETWORK_LO, "192.0.2.9");
  RUN_UNTIL (stage->n_told > 0);
  while (!loop_is_asleep ())
    g_main_context_iteration (NULL, TRUE);
  stage->n_told = 0;
  own_network_up (OWN_NETWORK_LO, FALSE);
  RUN_UNTIL (stage->n_told > 0);
  g_assert_cmphex (stage->kinds, ==, PH_EVENT_ROUTES);
  own_network_up (OWN_NETWORK_LO, TRUE);
  own_network_address (FALSE, OWN_NETWORK_LO, "192.0.2.9");
}

/* However much happens, it is told at most once in each tenth of a second, and the last is told too. */
static void
test_not_too_often (Stage *stage, gconstpointer kinds)
{
  const gint64 begin_us = g_get_monotonic_time ();
  gint64 took_us = 0;

  while (took_us < 7 * INTERVAL_US)
    {
      change_route (TRUE);
      change_route (FALSE);
      while (g_main_context_iteration (NULL, FALSE))
        ;
      took_us = g_get_monotonic_time () - begin_us;
      g_assert_cmpuint (stage->n_told, <=, 1 + took_us / INTERVAL_US);
    }
  g_assert_cmpuint (stage->n_told, >=, 1);

  change_rule (TRUE);
  change_rule (FALSE);
  RUN_UNTIL (stage->kinds & PH_EVENT_RULES);
  took_us = g_get_monotonic_time () - begin_us;
  g_assert_cmpuint (stage->n_told, <=, 1 + took_us / INTERVAL_US);
  g_assert_true (loop_is_asleep ());
}

/* What the kernel could not keep may have been anything. */
static void
test_lost (Stage *stage, gconstpointer kinds)
{
  for (guint i = 0; i < 3000; i++)
    {
      change_route (TRUE);
      change_route (FALSE);
    }
  RUN_UNTIL (lost (stage) > 0 && stage->n_told > 0);
  g_assert_cmpuint (stage->n_notes, >, 0);
  g_assert_cmphex (stage->kinds, ==, PH_EVENT_ALL_ROUTING);
  while (!loop_is_asleep ())
    g_main_context_iteration (NULL, TRUE);

  stage->kinds = stage->n_told = 0;
  change_rule (TRUE);
  change_rule (FALSE);
  RUN_UNTIL (stage->n_told > 0);
  g_assert_cmphex (stage->kinds, ==, PH_EVENT_RULES);
}

/* What happens while it is not active is not told, not even later; nor what was waiting to be told. */
static void
test_inactive (Stage *stage, gconstpointer kinds)
{
  g_assert_true (ph_kernel_events_set_active (stage->events, TRUE, NULL)); /* as it is already */
  change_route (TRUE);
  RUN_UNTIL (stage->n_told == 1);
  change_route (FALSE);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_true (ph_kernel_events_set_active (stage->events, FALSE, NULL));
  g_assert_true (ph_kernel_events_set_active (stage->events, FALSE, NULL));
  stage->n_told = 0;
  change_route (TRUE);
  change_route (FALSE);
  g_assert_true (loop_is_asleep ());
  g_assert_true (ph_kernel_events_set_active (stage->events, TRUE, NULL));
  g_assert_true (loop_is_asleep ());
  g_assert_cmpuint (stage->n_told, ==, 0);

  change_rule (TRUE);
  change_rule (FALSE);
  RUN_UNTIL (stage->n_told > 0);
}

static void
stop_it (PhKernelEvents *events, guint kinds, gpointer user)
{
  g_assert_true (ph_kernel_events_set_active (events, FALSE, NULL));
}

static void
stop_it_when_lost (PhKernelEvents *events, GParamSpec *property, gpointer user)
{
  g_assert_true (ph_kernel_events_set_active (events, FALSE, NULL));
}

static void
drop_it (PhKernelEvents *events, guint kinds, Stage *stage)
{
  g_clear_object (&stage->events);
}

/* It may be stopped, and let go of, while it tells: at once, or later by its clock. */
static void
test_stopped_meanwhile (Stage *stage, gconstpointer kinds)
{
  g_signal_connect (stage->events, "changed", G_CALLBACK (stop_it), NULL);
  for (guint round = 0; round < 2; round++)
    {
      g_assert_true (ph_kernel_events_set_active (stage->events, TRUE, NULL));
      change_route (TRUE);
      change_route (FALSE);
      RUN_UNTIL (stage->n_told == round + 1);
      g_assert_true (loop_is_asleep ());
    }
}

static void
test_stopped_when_lost (Stage *stage, gconstpointer kinds)
{
  g_signal_connect (stage->events, "notify::lost", G_CALLBACK (stop_it_when_lost), NULL);
  for (guint i = 0; i < 3000; i++)
    {
      change_route (TRUE);
      change_route (FALSE);
    }
  RUN_UNTIL (stage->n_notes > 0);
  g_assert_true (loop_is_asleep ());
}

static void
test_dropped_meanwhile (Stage *stage, gconstpointer kinds)
{
  g_signal_connect (stage->events, "changed", G_CALLBACK (drop_it), stage);
  change_route (TRUE);
  change_route (FALSE);
  RUN_UNTIL (stage->events == NULL);
}

static void
test_refused (void)
{
  g_autoptr (PhKernelEvents) events = ph_kernel_events_new (PH_EVENT_ALL_ROUTING);
  g_autoptr (GError) error = NULL;
  struct rlimit limit, none;

  g_assert_cmpint (getrlimit (RLIMIT_NOFILE, &limit), ==, 0);
  none = limit;
  none.rlim_cur = 0;
  g_assert_cmpint (setrlimit (RLIMIT_NOFILE, &none), ==, 0);
  g_assert_false (ph_kernel_events_set_active (events, TRUE, &error));
  g_assert_cmpint (setrlimit (RLIMIT_NOFILE, &limit), ==, 0);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_TOO_MANY_OPEN_FILES);
  g_assert_true (ph_kernel_events_set_active (events, TRUE, NULL));
}

static void
add (const char *path, guint kinds, void (*test) (Stage *, gconstpointer))
{
  g_autofree char *full = g_strconcat ("/kernel-events/", path, NULL);

  g_test_add (full, Stage, GUINT_TO_POINTER (kinds), set_up, test, tear_down);
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
  add ("at-once", PH_EVENT_RULES, test_at_once);
  add ("kinds", PH_EVENT_RULES, test_kinds);
  add ("silent-routes", PH_EVENT_ROUTES, test_silent_routes);
  add ("not-too-often", PH_EVENT_ALL_ROUTING, test_not_too_often);
  add ("lost", PH_EVENT_ALL_ROUTING, test_lost);
  add ("inactive", PH_EVENT_ALL_ROUTING, test_inactive);
  add ("stopped/meanwhile", PH_EVENT_ALL_ROUTING, test_stopped_meanwhile);
  add ("stopped/when-lost", PH_EVENT_ALL_ROUTING, test_stopped_when_lost);
  add ("stopped/dropped", PH_EVENT_ALL_ROUTING, test_dropped_meanwhile);
  g_test_add_func ("/kernel-events/refused", test_refused);
  return g_test_run ();
}
