/* SPDX-License-Identifier: GPL-3.0-or-later */
/* When facets are counted: after each arrangement and no oftener, only while somebody wants them, and what is asked
 * meanwhile once it is asked. */
#include "../unit/socket-samples.h"

#include "loop.h"
#include "ph-facet-counter.h"
#include "ph-linker.h"

typedef struct
{
  PhTable *table;
  PhView *view;
  PhLinker *linker;
  PhFacetCounter *counter;
  GRand *rand;
  gint64 time;
  guint n_counted;
  guint n_arranged;
} Fixture;

static void
note (guint *n)
{
  ++*n;
}

static void
set_up (Fixture *f, gconstpointer data)
{
  f->table = ph_table_new (&ph_socket_schema);
  f->view = ph_view_new (f->table);
  f->linker = ph_linker_new (&ph_socket_schema);
  f->counter = ph_facet_counter_new (f->view);
  f->rand = g_rand_new_with_seed (4);
  g_signal_connect_swapped (f->counter, "counted", G_CALLBACK (note), &f->n_counted);
  g_signal_connect_swapped (f->view, "arranged", G_CALLBACK (note), &f->n_arranged);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  RUN_UNTIL (!ph_view_is_busy (f->view));
  g_object_unref (f->counter); /* a count may be under way */
  g_object_unref (f->view);
  g_object_unref (f->table);
  ph_linker_free (f->linker);
  g_rand_free (f->rand);
  loop_run_for (50);
}

static void
sync_sockets (Fixture *f, guint n)
{
  g_autoptr (PhSnapshot) snapshot = ph_snapshot_new (&ph_socket_schema, ++f->time);

  for (guint i = 0; i < n; i++)
    {
      PhSocket *socket = ph_snapshot_add (snapshot);

      sample_random (f->rand, socket);
      socket->key.cookie = i + 1;
    }
  ph_linker_link (f->linker, snapshot);
  ph_table_sync (f->table, snapshot);
}

static guint
total (Fixture *f)
{
  const PhFacet *facet = &ph_facet_counter_get_facets (f->counter)->facets[0];
  guint n = 0;

  g_assert_cmpstr (facet->field->field, ==, "proto");
  for (guint i = 0; i < facet->n_values; i++)
    n += facet->values[i].count;
  return n;
}

static void
set_text (Fixture *f, const char *text)
{
  g_autoptr (PhFilter) filter = ph_filter_parse (&ph_socket_schema, text, NULL, NULL);

  ph_view_set_filter (f->view, 1, filter);
  ph_facet_counter_set_text (f->counter, text);
}

/* Few are counted at once, many in a worker. */
static void
test_when (Fixture *f, gconstpointer data)
{
  const guint n = GPOINTER_TO_UINT (data);

  sync_sockets (f, n);
  RUN_UNTIL (f->n_arranged == 1 && !ph_view_is_busy (f->view));
  loop_run_for (50);
  g_assert_cmpuint (f->n_counted, ==, 0);
  g_assert_null (ph_facet_counter_get_facets (f->counter));

  ph_facet_counter_set_wanted (f->counter, 3);
  RUN_UNTIL (f->n_counted == 1);
  g_assert_cmpuint (ph_facet_counter_get_facets (f->counter)->n_facets, ==, 2);
  g_assert_cmpuint (total (f), ==, n);
  g_assert_cmpint (ph_facet_counter_get_took (f->counter), >=, 0);

  for (guint i = 0; i < 5; i++)
    {
      sync_sockets (f, n + i);
      RUN_UNTIL (f->n_arranged == 2 + i && f->n_counted == 2 + i);
      g_assert_cmpuint (total (f), ==, n + i);
    }

  set_text (f, "-proto:unix state:listen");
  RUN_UNTIL (f->n_counted == 7);
  loop_run_for (100);
  g_assert_cmpuint (f->n_counted, ==, 7);
  g_assert_cmpuint (total (f), <, n);

  ph_facet_counter_set_wanted (f->counter, 0);
  g_assert_null (ph_facet_counter_get_facets (f->counter));
  sync_sockets (f, n);
  RUN_UNTIL (f->n_arranged == 8 && !ph_view_is_busy (f->view));
  loop_run_for (100);
  g_assert_cmpuint (f->n_counted, ==, 7);
}

/* Syncs that come faster than counts are folded together; the last answer is about the last snapshot. */
static void
test_hurry (Fixture *f, gconstpointer data)
{
  ph_facet_counter_set_wanted (f->counter, G_MAXUINT64);
  for (guint i = 0; i < 20; i++)
    {
      sync_sockets (f, 3000 + i);
      if (i % 3 == 0)
        set_text (f, i % 2 ? "is:inet" : "process:nginx");
      while (g_main_context_iteration (NULL, FALSE))
        ;
    }
  set_text (f, "");
  RUN_UNTIL (!ph_view_is_busy (f->view) && f->n_counted > 0 && ph_facet_counter_get_facets (f->counter)
             && total (f) == 3019);
  g_assert_cmpuint (f->n_counted, <=, f->n_arranged + 20);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/facet-counter/few", Fixture, GUINT_TO_POINTER (300), set_up, test_when, tear_down);
  g_test_add ("/facet-counter/many", Fixture, GUINT_TO_POINTER (5000), set_up, test_when, tear_down);
  g_test_add ("/facet-counter/hurry", Fixture, NULL, set_up, test_hurry, tear_down);
  return g_test_run ();
}
