/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The table against a hash, under random comings and goings: every row is where it says it is, is the same object as
 * long as its key lives, reads the facts of today, and reads its last ones when it is gone.
 */
#include "ph-row-private.h"
#include "ph-table-private.h"
#include "points.h"

#define MAX_ID 400

typedef struct
{
  Points points;
  PhTable *table;
  GPtrArray *shadow;   /* the store, as its items-changed tell it */
  GHashTable *known;   /* id → row */
  GPtrArray *departed; /* gone rows that somebody still holds */
  guint n_changes;
} Fixture;

static void
store_changed (GListModel *store, guint position, guint removed, guint added, gpointer data)
{
  Fixture *f = data;

  g_assert_cmpuint (position + removed, <=, f->shadow->len);
  g_assert_true (removed > 0 || added > 0);
  if (removed > 0)
    g_ptr_array_remove_range (f->shadow, position, removed);
  for (guint i = 0; i < added; i++)
    g_ptr_array_insert (f->shadow, position + i, g_list_model_get_item (store, position + i));
  f->n_changes++;
}

static void
set_up (Fixture *f, gconstpointer data)
{
  points_init (&f->points);
  f->table = ph_table_new (&point_schema);
  f->shadow = g_ptr_array_new_with_free_func (g_object_unref);
  f->known = g_hash_table_new_full (NULL, NULL, NULL, g_object_unref);
  f->departed = g_ptr_array_new_with_free_func (g_object_unref);
  g_signal_connect (ph_table_get_store (f->table), "items-changed", G_CALLBACK (store_changed), f);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  g_ptr_array_unref (f->shadow);
  g_hash_table_unref (f->known);
  g_object_unref (f->table);
  g_ptr_array_unref (f->departed);
  points_clear (&f->points);
}

static void
check_store (Fixture *f)
{
  GListModel *store = G_LIST_MODEL (ph_table_get_store (f->table));

  g_assert_cmpuint (g_list_model_get_n_items (store), ==, g_hash_table_size (f->points.points));
  g_assert_cmpuint (f->shadow->len, ==, g_hash_table_size (f->points.points));

  for (guint i = 0; i < f->shadow->len; i++)
    {
      g_autoptr (PhRow) row = g_list_model_get_item (store, i);
      const Point *record = ph_row_get_record (row);
      const Point *point = points_get (&f->points, record->id);

      g_assert_true (row == f->shadow->pdata[i]);
      g_assert_cmpuint (row->position, ==, i);
      g_assert_true (ph_row_is_alive (row));
      g_assert_true (ph_table_get_row (f->table, record->head.slot) == row);
      g_assert_true (ph_table_find (f->table, &record->id) == row);

      g_assert_nonnull (point);
      g_assert_cmpuint (record->a, ==, point->a);
      g_assert_cmpuint (record->b, ==, point->b);
    }
}

/* Rows live and die with their keys; the last number b of a point tells whether a gone row reads what was its last. */
static void
check_identity (Fixture *f)
{
  GHashTableIter iter;
  gpointer id, row;

  g_hash_table_iter_init (&iter, f->known);
  while (g_hash_table_iter_next (&iter, &id, &row))
    {
      PhRow *now = ph_table_find (f->table, &(guint32){ GPOINTER_TO_UINT (id) });

      if (now != NULL)
        g_assert_true (now == row);
      else
        {
          g_assert_false (ph_row_is_alive (row));
          g_ptr_array_add (f->departed, g_object_ref (row));
          g_hash_table_iter_remove (&iter);
        }
    }

  g_hash_table_iter_init (&iter, f->points.points);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    {
      PhRow *now = ph_table_find (f->table, &(guint32){ GPOINTER_TO_UINT (id) });

      if (g_hash_table_lookup (f->known, id) == NULL)
        g_hash_table_insert (f->known, id, g_object_ref (now));
    }

  for (guint i = 0; i < f->departed->len; i++)
    {
      const Point *last = ph_row_get_record (f->departed->pdata[i]);
      g_assert_cmpuint (last->b, ==, last->id + last->a);
    }
  while (f->departed->len > 50)
    g_ptr_array_remove_index_fast (f->departed, g_random_int_range (0, f->departed->len));
}

static void
put (Fixture *f, guint32 id, guint32 a)
{
  points_put (&f->points, id, a, id + a);
}

static void
look (Fixture *f)
{
  g_autoptr (PhSnapshot) snapshot = points_look (&f->points);

  ph_table_sync (f->table, snapshot);
  g_assert_true (ph_table_get_snapshot (f->table) == snapshot);
}

static void
test_random (Fixture *f, gconstpointer data)
{
  for (guint i = 0; i < 10000; i++)
    {
      int what = g_random_int_range (0, 100);
      guint32 id = g_random_int_range (1, MAX_ID);

      if (what < 40)
        put (f, id, g_random_int_range (0, 1000));
      else if (what < 70)
        points_remove (&f->points, id);
      else if (what < 72)
        for (guint32 n = 0; n < 100; n++)
          points_remove (&f->points, g_random_int_range (1, MAX_ID));
      else if (what < 74)
        for (guint32 n = 0; n < 100; n++)
          put (f, g_random_int_range (1, MAX_ID), n);
      else if (what < 75)
        g_hash_table_remove_all (f->points.points);
      else if (what < 78)
        points_change_linker (&f->points);
      else if (what < 82)
        ph_snapshot_unref (points_look (&f->points)); /* one that the table never sees */
      else
        {
          look (f);
          check_store (f);
          check_identity (f);
        }
    }
}

static void
count (PhTable *table, guint *n)
{
  ++*n;
}

/* The work of a sync is that of what came and went. */
static void
test_work (Fixture *f, gconstpointer data)
{
  guint n_synced = 0;

  g_signal_connect (f->table, "synced", G_CALLBACK (count), &n_synced);
  for (guint32 id = 1; id <= 1000; id++)
    put (f, id, 0);
  look (f);
  g_assert_cmpuint (f->n_changes, ==, 1);

  /* All facts change, no row does. */
  for (guint32 id = 1; id <= 1000; id++)
    put (f, id, 1);
  f->n_changes = 0;
  look (f);
  g_assert_cmpuint (f->n_changes, ==, 0);
  check_store (f);

  for (guint32 id = 1; id <= 10; id++)
    points_remove (&f->points, id * 97);
  put (f, 2000, 0);
  look (f);
  g_assert_cmpuint (f->n_changes, <=, 11);
  check_store (f);

  /* The same one again. */
  f->n_changes = 0;
  ph_table_sync (f->table, ph_table_get_snapshot (f->table));
  g_assert_cmpuint (f->n_changes, ==, 0);
  g_assert_cmpuint (n_synced, ==, 4);
}

/* Two linkers count alike, and fill the same slots, but not with the same. */
static void
test_coincidence (Fixture *f, gconstpointer data)
{
  put (f, 1, 10);
  look (f);
  g_autoptr (PhRow) one = g_object_ref (ph_table_find (f->table, &(guint32){ 1 }));

  points_change_linker (&f->points);
  points_remove (&f->points, 1);
  put (f, 2, 20);
  ph_snapshot_unref (points_look (&f->points));
  put (f, 3, 30);
  look (f);
  check_store (f);
  g_assert_false (ph_row_is_alive (one));
  g_assert_cmpuint (((const Point *) ph_row_get_record (one))->a, ==, 10);
}

/* A row can be read when its table is no more. */
static void
test_outlives (void)
{
  Points points;
  PhTable *table = ph_table_new (&point_schema);

  points_init (&points);
  points_put (&points, 7, 8, 9);
  g_assert_null (ph_table_get_snapshot (table));
  g_assert_null (ph_table_find (table, &(guint32){ 7 }));

  PhSnapshot *snapshot = points_look (&points);
  ph_table_sync (table, snapshot);
  ph_snapshot_unref (snapshot);
  g_autoptr (PhRow) row = g_object_ref (ph_table_find (table, &(guint32){ 7 }));

  g_object_unref (table);
  points_clear (&points);
  g_assert_false (ph_row_is_alive (row));
  g_assert_cmpuint (((const Point *) ph_row_get_record (row))->b, ==, 9);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/table/random", Fixture, NULL, set_up, test_random, tear_down);
  g_test_add ("/table/work", Fixture, NULL, set_up, test_work, tear_down);
  g_test_add ("/table/coincidence", Fixture, NULL, set_up, test_coincidence, tear_down);
  g_test_add_func ("/table/outlives", test_outlives);
  return g_test_run ();
}
