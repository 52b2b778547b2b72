/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Arranging against a naive sort, on random sockets, by every column and by chains of them. */
#include "cpu-time.h"
#include "socket-samples.h"

#include "ph-arrange.h"
#include "ph-linker.h"

static const PhStyle numeric = { .numeric = TRUE };
static const PhColumn *const no_columns[] = { NULL };
static const PhFilterContext context = { no_columns, &numeric };

static PhSnapshot *
random_snapshot (GRand *rand, PhLinker *linker, guint n)
{
  PhSnapshot *snapshot = ph_snapshot_new (&ph_socket_schema, 1);

  for (guint i = 0; i < n; i++)
    {
      PhSocket *socket = ph_snapshot_add (snapshot);

      sample_random (rand, socket);
      if (g_rand_int_range (rand, 0, 4) == 0) /* cookies in no order */
        socket->key.cookie = (guint64) g_rand_int (rand) << 32 | g_rand_int (rand);
    }
  ph_linker_link (linker, snapshot);
  return snapshot;
}

typedef struct
{
  const PhSnapshot *snapshot;
  const PhArrangement *how;
} Naive;

/* The order as the header promises it, written down directly. */
static int
naive_compare (gconstpointer a, gconstpointer b, gpointer user_data)
{
  const Naive *naive = user_data;
  const PhSocket *first = ph_snapshot_at (naive->snapshot, *(const guint32 *) a);
  const PhSocket *second = ph_snapshot_at (naive->snapshot, *(const guint32 *) b);

  for (guint i = 0; i < naive->how->n_keys; i++)
    {
      const PhColumn *column = naive->how->keys[i].column;
      gboolean no_first = ph_column_rank (column, first) == PH_RANK_ABSENT;
      gboolean no_second = ph_column_rank (column, second) == PH_RANK_ABSENT;
      int order = no_first || no_second ? no_first - no_second : ph_column_compare (column, first, second);

      if (order != 0)
        return naive->how->keys[i].descending && !no_first && !no_second ? -order : order;
    }
  return memcmp (&first->key, &second->key, sizeof first->key);
}

static void
check (const PhSnapshot *snapshot, const PhArrangement *how)
{
  Naive naive = { snapshot, how };
  g_autoptr (GArray) expected = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_autofree guint32 *slots = NULL;
  guint n;

  for (guint32 slot = 0; slot < ph_snapshot_n_slots (snapshot); slot++)
    {
      gconstpointer record = ph_snapshot_at (snapshot, slot);
      gboolean in = record != NULL;

      for (guint i = 0; i < G_N_ELEMENTS (how->filters); i++)
        in = in && (!how->filters[i] || ph_filter_match (how->filters[i], &context, record));
      if (in)
        g_array_append_val (expected, slot);
    }
  g_qsort_with_data (expected->data, (gint) expected->len, sizeof (guint32), naive_compare, &naive);

  slots = ph_arrange (snapshot, how, &context, NULL, &n);
  g_assert_nonnull (slots);
  g_assert_cmpuint (n, ==, expected->len);
  for (guint i = 0; i < n; i++)
    if (slots[i] != g_array_index (expected, guint32, i))
      g_error ("by %s: position %u differs", how->n_keys ? how->keys[0].column->id : "nothing", i);
}

static void
test_every_column (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);
  g_autoptr (PhLinker) linker = ph_linker_new (&ph_socket_schema);
  g_autoptr (PhSnapshot) snapshot = random_snapshot (rand, linker, 1500);

  for (guint i = 0; i < ph_socket_schema.n_columns; i++)
    for (int descending = 0; descending <= 1; descending++)
      {
        PhArrangement how = { .keys = { { &ph_socket_schema.columns[i], descending } }, .n_keys = 1 };

        check (snapshot, &how);
      }
}

static void
test_chains (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (2);
  g_autoptr (PhLinker) linker = ph_linker_new (&ph_socket_schema);

  for (guint n = 0; n < 150; n++)
    {
      static const guint sizes[] = { 0, 1, 2, 30, 48, 49, 300, 1000 };
      static const char *const filters[] = { "proto:tcp", "is:active", "-process:nginx", "port:443" };
      g_autoptr (PhSnapshot) snapshot = random_snapshot (rand, linker, sizes[n % G_N_ELEMENTS (sizes)]);
      PhArrangement how = { .n_keys = (guint) g_rand_int_range (rand, 0, 5) };

      for (guint i = 0; i < how.n_keys; i++)
        {
          how.keys[i].column = &ph_socket_schema.columns[g_rand_int_range (rand, 0, (gint) ph_socket_schema.n_columns)];
          how.keys[i].descending = g_rand_boolean (rand);
        }
      for (guint i = 0; i < G_N_ELEMENTS (how.filters); i++)
        if (g_rand_boolean (rand))
          how.filters[i] = ph_filter_parse (&ph_socket_schema, filters[g_rand_int_range (rand, 0, 4)], NULL, NULL);
      check (snapshot, &how);
      for (guint i = 0; i < G_N_ELEMENTS (how.filters); i++)
        g_clear_pointer (&how.filters[i], ph_filter_unref);
    }
}

/* Texts that agree in their first eight bytes, and ranks with all bytes in use. */
static void
test_long_texts (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (3);
  g_autoptr (PhLinker) linker = ph_linker_new (&ph_socket_schema);
  g_autoptr (PhSnapshot) snapshot = ph_snapshot_new (&ph_socket_schema, 1);
  PhArrangement how = { .keys = { { ph_schema_find_column (&ph_socket_schema, "path") },
                                  { ph_schema_find_column (&ph_socket_schema, "inode"), TRUE } },
                        .n_keys = 2 };

  for (guint i = 0; i < 3000; i++)
    {
      PhSocket *socket = ph_snapshot_add (snapshot);
      char path[32];

      g_snprintf (path, sizeof path, "/run/user/%s%d", g_rand_boolean (rand) ? "A" : "a",
                  g_rand_int_range (rand, 0, 200));
      *socket = sample_socket (PH_PROTOCOL_UNIX, "", 0, "", 0, PH_STATE_LISTEN);
      socket->head.slot = PH_NO_SLOT;
      socket->path = ph_arena_string (ph_snapshot_arena (snapshot), path);
      socket->inode = (guint64) g_rand_int (rand) << 32 | g_rand_int (rand);
    }
  ph_linker_link (linker, snapshot);
  check (snapshot, &how);
  how.keys[0].descending = TRUE;
  check (snapshot, &how);
}

static void
test_stop (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (4);
  g_autoptr (PhLinker) linker = ph_linker_new (&ph_socket_schema);
  g_autoptr (PhSnapshot) snapshot = random_snapshot (rand, linker, 100);
  PhArrangement how = { .n_keys = 0 };
  gint stop = 0;
  guint n;

  g_free (ph_arrange (snapshot, &how, &context, &stop, &n));
  g_assert_cmpuint (n, ==, 100);
  stop = 1;
  g_assert_null (ph_arrange (snapshot, &how, &context, &stop, &n));
  g_assert_cmpuint (n, ==, 0);
}

static gint64
measure (const PhSnapshot *snapshot, const PhArrangement *how)
{
  gint64 best = G_MAXINT64;

  for (int i = 0; i < 5; i++)
    {
      gint64 start = cpu_time ();
      guint n;

      g_free (ph_arrange (snapshot, how, &context, NULL, &n));
      best = MIN (best, cpu_time () - start);
    }
  return best;
}

/* Prints what a hundred thousand rows cost by each column; run with -m perf. */
static void
test_speed (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (5);
  g_autoptr (PhLinker) linker = ph_linker_new (&ph_socket_schema);
  g_autoptr (PhSnapshot) few = random_snapshot (rand, linker, 10000);
  g_autoptr (PhLinker) other = ph_linker_new (&ph_socket_schema);
  g_autoptr (PhSnapshot) many = random_snapshot (rand, other, 100000);
  PhFilter *word = ph_filter_parse (&ph_socket_schema, "nginx", NULL, NULL);
  PhFilter *port = ph_filter_parse (&ph_socket_schema, "proto:tcp port:443", NULL, NULL);

  for (guint i = 0; i < ph_socket_schema.n_columns + 2; i++)
    {
      guint column = MIN (i, ph_socket_schema.n_columns - 1);
      PhArrangement how = { .keys = { { &ph_socket_schema.columns[column] } }, .n_keys = 1 };
      gint64 small, large;

      how.filters[0] = i == ph_socket_schema.n_columns ? word : i > ph_socket_schema.n_columns ? port : NULL;
      small = measure (few, &how);
      large = measure (many, &how);
      g_test_message ("%-14s %s 10,000: %5.1f ms  100,000: %5.1f ms  ratio %.1f", how.keys[0].column->id,
                      how.filters[0] == word ? "filtered by a word"
                      : how.filters[0]       ? "filtered by fields"
                                             : "",
                      (double) small / 1000, (double) large / 1000, (double) large / (double) small);
    }
  ph_filter_unref (word);
  ph_filter_unref (port);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/arrange/every-column", test_every_column);
  g_test_add_func ("/arrange/chains", test_chains);
  g_test_add_func ("/arrange/long-texts", test_long_texts);
  g_test_add_func ("/arrange/stop", test_stop);
  if (g_test_perf ())
    g_test_add_func ("/arrange/speed", test_speed);
  return g_test_run ();
}
