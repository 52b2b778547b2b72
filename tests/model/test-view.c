/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The view against a naive filter and sort, while points come, go and change, questions are changed half-way, and syncs
 * overtake arrangements. Every items-changed is replayed on a shadow list, which must be the view at every moment.
 */
#include "ph-row-private.h"
#include "ph-view.h"
#include "points.h"

#define MAX_ID 400

typedef struct
{
  const char *text;
  guint32 min_a, max_a, min_b, max_b;
} Wish;

static const Wish wishes[] = {
  { "", 0, G_MAXUINT32, 0, G_MAXUINT32 },  { "a:>50", 51, G_MAXUINT32, 0, G_MAXUINT32 },
  { "a:10-20", 10, 20, 0, G_MAXUINT32 },   { "b:<=30", 0, G_MAXUINT32, 0, 30 },
  { "b:>5 a:<90", 0, 89, 6, G_MAXUINT32 }, { "a:1000", 1000, 1000, 0, G_MAXUINT32 },
};

typedef struct
{
  Points points;
  GHashTable *facts; /* id → Point, as of the last sync */
  PhTable *table;
  PhView *view;

  GPtrArray *shadow;
  guint n_changes;
  guint n_arranged;

  const Wish *wishes[2];
  PhSortKey keys[2];
  guint n_keys;
  guint holds;

  GPtrArray *selected; /* rows that somebody holds */
} Fixture;

static const PhColumn *all[] = { NULL, NULL, NULL, NULL };

static void
view_changed (GListModel *view, guint position, guint removed, guint added, gpointer data)
{
  Fixture *f = data;

  g_assert_true (removed > 0 || added > 0);
  g_assert_cmpuint (position + removed, <=, f->shadow->len);
  g_assert_cmpuint (f->shadow->len - removed + added, ==, g_list_model_get_n_items (view));

  /* No wider than it must be. */
  if (removed > 0 && added > 0)
    {
      g_autoptr (PhRow) first = g_list_model_get_item (view, position);
      g_autoptr (PhRow) last = g_list_model_get_item (view, position + added - 1);

      g_assert_true (first != f->shadow->pdata[position]);
      g_assert_true (last != f->shadow->pdata[position + removed - 1]);
    }

  if (removed > 0)
    g_ptr_array_remove_range (f->shadow, position, removed);
  for (guint i = 0; i < added; i++)
    g_ptr_array_insert (f->shadow, position + i, g_list_model_get_item (view, position + i));
  f->n_changes++;
}

static void
view_arranged (PhView *view, Fixture *f)
{
  f->n_arranged++;
}

static void
set_up (Fixture *f, gconstpointer data)
{
  for (guint i = 0; i < 3; i++)
    all[i] = &point_schema.columns[i];

  points_init (&f->points);
  f->facts = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  f->table = ph_table_new (&point_schema);
  f->view = ph_view_new (f->table);
  f->shadow = g_ptr_array_new_with_free_func (g_object_unref);
  f->selected = g_ptr_array_new_with_free_func (g_object_unref);
  f->wishes[0] = f->wishes[1] = &wishes[0];
  ph_view_set_context (f->view, all, &(PhStyle){ .numeric = TRUE });
  g_signal_connect (f->view, "items-changed", G_CALLBACK (view_changed), f);
  g_signal_connect (f->view, "arranged", G_CALLBACK (view_arranged), f);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  g_ptr_array_unref (f->shadow);
  g_ptr_array_unref (f->selected);
  g_hash_table_unref (f->facts);
  g_assert_finalize_object (f->view);
  g_assert_finalize_object (f->table);
  points_clear (&f->points);
}

static void
look (Fixture *f)
{
  g_autoptr (PhSnapshot) snapshot = points_look (&f->points);
  GHashTableIter iter;
  gpointer id, point;

  ph_table_sync (f->table, snapshot);

  g_hash_table_remove_all (f->facts);
  g_hash_table_iter_init (&iter, f->points.points);
  while (g_hash_table_iter_next (&iter, &id, &point))
    g_hash_table_insert (f->facts, id, g_memdup2 (point, sizeof (Point)));
}

static void
wish (Fixture *f, guint which, const Wish *what)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PhFilter) filter = ph_filter_parse (&point_schema, what->text, NULL, &error);

  g_assert_no_error (error);
  f->wishes[which] = what;
  ph_view_set_filter (f->view, which, what == &wishes[0] && g_random_boolean () ? NULL : filter);
}

static void
sort (Fixture *f, guint n_keys, const PhSortKey *keys)
{
  f->n_keys = n_keys;
  for (guint i = 0; i < n_keys; i++)
    f->keys[i] = keys[i];
  ph_view_set_sort (f->view, keys, n_keys);
}

/* The shadow and the view are one at any time, and every row can be read. */
static void
check_shadow (Fixture *f)
{
  GListModel *view = G_LIST_MODEL (f->view);

  g_assert_cmpuint (g_list_model_get_n_items (view), ==, f->shadow->len);
  for (guint i = 0; i < f->shadow->len; i++)
    {
      g_autoptr (PhRow) row = g_list_model_get_item (view, i);

      g_assert_true (row == f->shadow->pdata[i]);
      g_assert_nonnull (ph_row_get_record (row));
    }
  g_assert_null (g_list_model_get_item (view, f->shadow->len));
}

static gboolean
wanted (Fixture *f, const Point *point)
{
  for (guint i = 0; i < G_N_ELEMENTS (f->wishes); i++)
    {
      const Wish *w = f->wishes[i];

      if (point->a < w->min_a || point->a > w->max_a || point->b < w->min_b || point->b > w->max_b)
        return FALSE;
    }
  return TRUE;
}

static guint32
number_of (const Point *point, const PhColumn *column)
{
  return column == &point_schema.columns[0] ? point->id : column == &point_schema.columns[1] ? point->a : point->b;
}

static int
compare (gconstpointer x, gconstpointer y, gpointer data)
{
  const Point *a = *(const Point *const *) x, *b = *(const Point *const *) y;
  Fixture *f = data;

  for (guint i = 0; i < f->n_keys; i++)
    {
      guint32 m = number_of (a, f->keys[i].column), n = number_of (b, f->keys[i].column);

      if (m != n)
        return (m < n) == !f->keys[i].descending ? -1 : 1;
    }
  /* Then the bytes of the key, which is a number in this machine's order. */
  return memcmp (&a->id, &b->id, sizeof a->id);
}

static GPtrArray *
expected (Fixture *f)
{
  GPtrArray *points = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer point;

  g_hash_table_iter_init (&iter, f->facts);
  while (g_hash_table_iter_next (&iter, NULL, &point))
    {
      if (wanted (f, point))
        g_ptr_array_add (points, point);
    }
  g_ptr_array_sort_with_data (points, compare, f);
  return points;
}

static void
settle (Fixture *f)
{
  while (ph_view_is_busy (f->view))
    g_main_context_iteration (NULL, TRUE);
}

static void
check (Fixture *f)
{
  g_autoptr (GPtrArray) points = expected (f);

  check_shadow (f);
  g_assert_cmpuint (points->len, ==, f->shadow->len);
  for (guint i = 0; i < points->len; i++)
    {
      const Point *want = points->pdata[i], *have = ph_row_get_record (f->shadow->pdata[i]);

      g_assert_cmpuint (have->id, ==, want->id);
      g_assert_cmpuint (have->a, ==, want->a);
      g_assert_cmpuint (have->b, ==, want->b);
      g_assert_true (ph_table_find (f->table, &want->id) == f->shadow->pdata[i]);
    }
}

/* What a selection does: it holds rows, and asks where they are. */
static void
check_selected (Fixture *f)
{
  for (guint i = 0; i < f->selected->len; i++)
    {
      PhRow *row = f->selected->pdata[i];
      const Point *point = ph_row_get_record (row);
      guint position = ph_view_find (f->view, row);

      if (!ph_row_is_alive (row) || !wanted (f, point))
        g_assert_cmpuint (position, ==, G_MAXUINT);
      else
        g_assert_true (f->shadow->pdata[position] == row);
    }

  g_ptr_array_set_size (f->selected, 0);
  for (guint i = 0; i < 20 && f->shadow->len > 0; i++)
    g_ptr_array_add (f->selected, g_object_ref (f->shadow->pdata[g_random_int_range (0, f->shadow->len)]));
}

static void
change_points (Fixture *f)
{
  int n = g_random_int_range (0, 10) == 0 ? 100 : 1;

  for (int i = 0; i < n; i++)
    {
      guint32 id = g_random_int_range (1, MAX_ID);

      if (g_random_int_range (0, 5) < 2)
        points_remove (&f->points, id);
      else
        points_put (&f->points, id, g_random_int_range (0, 100), g_random_int_range (0, 40));
    }
}

static void
change_sort (Fixture *f)
{
  PhSortKey keys[2];

  for (guint i = 0; i < 2; i++)
    keys[i] = (PhSortKey){ &point_schema.columns[g_random_int_range (0, 3)], g_random_boolean () };
  sort (f, g_random_int_range (0, 3), keys);
}

static void
hold (Fixture *f)
{
  if (f->holds < 3 && g_random_boolean ())
    {
      ph_view_hold (f->view);
      f->holds++;
    }
  else if (f->holds > 0)
    {
      ph_view_release (f->view);
      f->holds--;
    }
}

static void
test_random (Fixture *f, gconstpointer data)
{
  for (guint i = 0; i < 10000; i++)
    {
      int what = g_random_int_range (0, 100);

      if (what < 45)
        change_points (f);
      else if (what < 65)
        look (f);
      else if (what < 70)
        wish (f, g_random_int_range (0, 2), &wishes[g_random_int_range (0, G_N_ELEMENTS (wishes))]);
      else if (what < 75)
        change_sort (f);
      else if (what < 79)
        hold (f);
      else if (what < 80)
        points_change_linker (&f->points);
      else if (what < 92)
        g_main_context_iteration (NULL, g_random_boolean () && ph_view_is_busy (f->view));
      else
        {
          while (f->holds > 0)
            {
              ph_view_release (f->view);
              f->holds--;
            }
          settle (f);
          check (f);
          check_selected (f);
        }
      check_shadow (f);
    }
}

static void
fill (Fixture *f, guint32 n)
{
  for (guint32 id = 1; id <= n; id++)
    points_put (&f->points, id, id % 10, 0);
  look (f);
  settle (f);
}

/* A refresh that changes no order announces none. */
static void
test_quiet (Fixture *f, gconstpointer data)
{
  sort (f, 1, &(PhSortKey){ &point_schema.columns[1], TRUE });
  fill (f, 1000);
  check (f);
  g_assert_cmpuint (f->n_changes, ==, 1);

  for (guint32 id = 1; id <= 1000; id++)
    points_put (&f->points, id, id % 10, 1);
  f->n_arranged = 0;
  look (f);
  settle (f);
  check (f);
  g_assert_cmpuint (f->n_arranged, ==, 1);
  g_assert_cmpuint (f->n_changes, ==, 1);
}

/* A thousand changes here and there are one. */
static void
test_coarse (Fixture *f, gconstpointer data)
{
  fill (f, 5000);
  for (guint32 id = 1; id <= 5000; id += 5)
    points_remove (&f->points, id);
  f->n_changes = 0;
  look (f);
  settle (f);
  check (f);
  g_assert_cmpuint (f->n_changes, ==, 1);
}

/* While held nothing moves but what was asked for; on release all is caught up with. */
static void
test_hold (Fixture *f, gconstpointer data)
{
  fill (f, 100);
  f->n_changes = f->n_arranged = 0;

  ph_view_hold (f->view);
  ph_view_hold (f->view);
  points_remove (&f->points, 50);
  look (f);
  g_assert_false (ph_view_is_busy (f->view));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (f->view)), ==, 100);

  /* The gone one is still there, and can be read. */
  guint n_gone = 0;
  for (guint i = 0; i < 100; i++)
    {
      PhRow *row = f->shadow->pdata[i];

      n_gone += !ph_row_is_alive (row);
      g_assert_true (ph_row_is_alive (row) || ((const Point *) ph_row_get_record (row))->id == 50);
    }
  g_assert_cmpuint (n_gone, ==, 1);

  ph_view_release (f->view);
  g_assert_false (ph_view_is_busy (f->view));
  ph_view_release (f->view);
  settle (f);
  check (f);
  g_assert_cmpuint (f->n_changes, ==, 1);

  ph_view_hold (f->view);
  wish (f, 1, &wishes[2]);
  settle (f);
  check (f);
  ph_view_release (f->view);
  wish (f, 1, &wishes[0]);
  settle (f);

  /* One that had begun before the hold does not arrive in it. */
  points_remove (&f->points, 10);
  look (f);
  g_main_context_iteration (NULL, FALSE);
  ph_view_hold (f->view);
  f->n_arranged = 0;
  settle (f);
  g_assert_cmpuint (f->n_arranged, ==, 0);
  ph_view_release (f->view);
  settle (f);
  check (f);
}

/* Where there is no row, none can be moved away: nobody waits for the first ones. */
static void
test_hold_empty (Fixture *f, gconstpointer data)
{
  ph_view_hold (f->view);
  fill (f, 100);
  check (f);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (f->view)), ==, 100);

  points_put (&f->points, 101, 1, 0);
  look (f);
  settle (f);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (f->view)), ==, 100);
  ph_view_release (f->view);
  settle (f);
  check (f);
}

/* A wish that is granted in a hold takes the facts along that it has met, and later ones still wait. */
static void
test_hold_and_wish (Fixture *f, gconstpointer data)
{
  fill (f, 100);
  ph_view_hold (f->view);
  points_remove (&f->points, 50);
  look (f);
  sort (f, 1, &(PhSortKey){ &point_schema.columns[1], TRUE });
  settle (f);
  check (f);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (f->view)), ==, 99);

  points_remove (&f->points, 51);
  look (f);
  settle (f);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (f->view)), ==, 99);
  ph_view_release (f->view);
  settle (f);
  check (f);
}

/* Wishes that come together are answered together; the same again is no wish. */
static void
test_folded (Fixture *f, gconstpointer data)
{
  fill (f, 1000);
  f->n_arranged = 0;
  for (guint i = 0; i < 50; i++)
    {
      wish (f, 0, &wishes[1 + i % 2]);
      look (f);
      sort (f, 1, &(PhSortKey){ &point_schema.columns[i % 3], FALSE });
    }
  settle (f);
  check (f);
  g_assert_cmpuint (f->n_arranged, ==, 1);

  sort (f, 1, &f->keys[0]);
  ph_view_set_context (f->view, all, &(PhStyle){ .numeric = TRUE, .now = 5 });
  g_assert_false (ph_view_is_busy (f->view));
}

/* However fast snapshots come, orders arrive. */
static void
test_no_starving (Fixture *f, gconstpointer data)
{
  fill (f, 2000);
  f->n_arranged = 0;
  for (guint i = 0; i < 500 && f->n_arranged < 3; i++)
    {
      points_put (&f->points, 3000 + i, 1, 1);
      look (f);
      g_main_context_iteration (NULL, TRUE);
    }
  g_assert_cmpuint (f->n_arranged, >=, 3);
}

/* Runs until an arrangement is under way in its worker. */
static void
begin (Fixture *f)
{
  g_assert_true (ph_view_is_busy (f->view));
  g_main_context_iteration (NULL, FALSE);
  g_assert_true (ph_view_is_busy (f->view));
  f->n_arranged = 0;
}

static void
run_until_arranged (Fixture *f)
{
  while (f->n_arranged == 0)
    g_main_context_iteration (NULL, TRUE);
}

/* A slot may have got another row by the time that the answer comes: that one was not meant. */
static void
test_overtaken (Fixture *f, gconstpointer data)
{
  wish (f, 0, &wishes[1]);
  points_put (&f->points, 1, 60, 0);
  points_put (&f->points, 2, 60, 0);
  look (f);
  guint32 slot = ((const Point *) ph_row_get_record (ph_table_find (f->table, &(guint32){ 1 })))->head.slot;
  begin (f);

  points_remove (&f->points, 1);
  for (guint32 id = 10; ph_table_get_row (f->table, slot) == NULL || id < 12; id++)
    {
      look (f);
      points_put (&f->points, id, 0, 0);
      g_assert_cmpuint (id, <, 20);
    }
  run_until_arranged (f);
  g_assert_cmpuint (f->shadow->len, ==, 1);
  g_assert_true (f->shadow->pdata[0] == ph_table_find (f->table, &(guint32){ 2 }));
  settle (f);
  check (f);
}

/* Slots of another linker say nothing. Held or not, the question is asked again. */
static void
test_relinked (Fixture *f, gconstpointer data)
{
  for (guint round = 0; round < 2; round++)
    {
      for (guint32 id = 1; id <= 100; id++)
        points_put (&f->points, id, id % 2 ? 60 : 0, 0);
      look (f);
      settle (f);
      if (round == 1)
        ph_view_hold (f->view);
      wish (f, 0, &wishes[1 + round]);
      begin (f);

      points_change_linker (&f->points);
      for (guint32 id = 1; id <= 100; id += 3)
        points_remove (&f->points, id);
      look (f);
      run_until_arranged (f);
      check (f);
      if (round == 1)
        ph_view_release (f->view);
      settle (f);
      check (f);
    }
}

/* The answer to yesterday's question is not shown. */
static void
test_superseded (Fixture *f, gconstpointer data)
{
  fill (f, 100);
  wish (f, 0, &wishes[1]);
  begin (f);
  wish (f, 0, &wishes[2]);
  f->n_changes = 0;
  settle (f);
  check (f);
  g_assert_cmpuint (f->n_arranged, ==, 1);
  g_assert_cmpuint (f->n_changes, ==, 1);
}

/* What is shown is there, even if nobody else holds it; and no longer than it is shown. */
static void
test_gone (Fixture *f, gconstpointer data)
{
  fill (f, 3);
  PhRow *row = ph_table_find (f->table, &(guint32){ 2 });
  guint position = ph_view_find (f->view, row);

  g_signal_handlers_disconnect_by_data (f->view, f);
  g_ptr_array_set_size (f->shadow, 0);
  g_object_add_weak_pointer (G_OBJECT (row), (gpointer *) &row);

  points_remove (&f->points, 2);
  look (f);
  look (f);
  g_assert_nonnull (row);
  g_autoptr (PhRow) shown = g_list_model_get_item (G_LIST_MODEL (f->view), position);
  g_assert_true (shown == row);
  g_assert_cmpuint (((const Point *) ph_row_get_record (shown))->id, ==, 2);
  g_clear_object (&shown);

  settle (f);
  g_assert_null (row);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (f->view)), ==, 2);
}

/* A view may go while its arrangement is under way. */
static void
test_dropped (Fixture *f, gconstpointer data)
{
  for (guint i = 0; i < 100; i++)
    {
      PhView *view = ph_view_new (f->table);

      points_put (&f->points, i + 1, i, i);
      look (f);
      for (guint n = i % 3; n > 0; n--)
        g_main_context_iteration (NULL, FALSE);
      g_assert_finalize_object (view);
    }
  settle (f);
  check (f);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, test) g_test_add ("/view/" name, Fixture, NULL, set_up, test, tear_down)
  ADD ("random", test_random);
  ADD ("quiet", test_quiet);
  ADD ("coarse", test_coarse);
  ADD ("hold", test_hold);
  ADD ("hold-empty", test_hold_empty);
  ADD ("hold-and-wish", test_hold_and_wish);
  ADD ("folded", test_folded);
  ADD ("no-starving", test_no_starving);
  ADD ("overtaken", test_overtaken);
  ADD ("relinked", test_relinked);
  ADD ("superseded", test_superseded);
  ADD ("gone", test_gone);
  ADD ("dropped", test_dropped);
  return g_test_run ();
}
