/* SPDX-License-Identifier: GPL-3.0-or-later */
/* PhSelection against a naive model: a set of numbers that are selected. No display. */
#include "ph-selection.h"

#define N_STEPS 10000

/* An item that knows its number. */
static GObject *
item_new (guint number)
{
  GObject *item = g_object_new (G_TYPE_OBJECT, NULL);

  g_object_set_data (item, "number", GUINT_TO_POINTER (number + 1));
  return item;
}

static guint
number_of (gpointer item)
{
  return GPOINTER_TO_UINT (g_object_get_data (item, "number")) - 1;
}

static guint
number_at (GListStore *store, guint position)
{
  g_autoptr (GObject) item = g_list_model_get_item (G_LIST_MODEL (store), position);

  return number_of (item);
}

typedef struct
{
  GListStore *store;
  PhSelection *selection;
  GPtrArray *hidden; /* items out of sight that will come back */
  GHashTable *naive; /* numbers that are selected, in sight or not */
  guint next;
  guint changed_from, changed_to; /* union of what selection-changed told */
  gboolean list_changed;
} Fixture;

static void
selection_changed (GtkSelectionModel *model, guint position, guint n_items, Fixture *f)
{
  g_assert_cmpuint (n_items, >, 0);
  g_assert_cmpuint (position + n_items, <=, g_list_model_get_n_items (G_LIST_MODEL (f->store)));
  f->changed_from = MIN (f->changed_from, position);
  f->changed_to = MAX (f->changed_to, position + n_items);
}

static void
items_changed (Fixture *f)
{
  f->list_changed = TRUE;
}

static void
set_up (Fixture *f)
{
  *f = (Fixture){ 0 };
  f->store = g_list_store_new (G_TYPE_OBJECT);
  f->selection = ph_selection_new (G_LIST_MODEL (f->store));
  f->hidden = g_ptr_array_new_with_free_func (g_object_unref);
  f->naive = g_hash_table_new (NULL, NULL);
  g_signal_connect (f->selection, "selection-changed", G_CALLBACK (selection_changed), f);
  g_signal_connect_swapped (f->selection, "items-changed", G_CALLBACK (items_changed), f);
}

static void
tear_down (Fixture *f)
{
  g_object_unref (f->selection);
  g_object_unref (f->store);
  g_ptr_array_unref (f->hidden);
  g_hash_table_unref (f->naive);
}

static void
select_naively (Fixture *f, guint position, guint n, gboolean on)
{
  for (guint i = position; i < position + n; i++)
    {
      gpointer key = GUINT_TO_POINTER (number_at (f->store, i));

      if (on)
        g_hash_table_add (f->naive, key);
      else
        g_hash_table_remove (f->naive, key);
    }
}

static int
by_random (gconstpointer a, gconstpointer b, gpointer salt)
{
  guint x = (number_of ((gpointer) a) + 1) * GPOINTER_TO_UINT (salt),
        y = (number_of ((gpointer) b) + 1) * GPOINTER_TO_UINT (salt);

  return x < y ? -1 : x > y;
}

static void
check (Fixture *f)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (f->store));
  g_autoptr (GtkBitset) set = gtk_selection_model_get_selection (GTK_SELECTION_MODEL (f->selection));
  guint in_sight = 0;

  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (f->selection)), ==, n);
  for (guint i = 0; i < n; i++)
    {
      gboolean expected = g_hash_table_contains (f->naive, GUINT_TO_POINTER (number_at (f->store, i)));

      g_assert_cmpint (gtk_selection_model_is_selected (GTK_SELECTION_MODEL (f->selection), i), ==, expected);
      g_assert_cmpint (gtk_bitset_contains (set, i), ==, expected);
      in_sight += expected;
    }
  g_assert_cmpuint (gtk_bitset_get_size (set), ==, in_sight);
  g_assert_cmpint (ph_selection_is_empty (f->selection), ==, g_hash_table_size (f->naive) == 0);
}

static void
step (Fixture *f)
{
  GtkSelectionModel *model = GTK_SELECTION_MODEL (f->selection);
  guint n = g_list_model_get_n_items (G_LIST_MODEL (f->store));
  guint position = n > 0 ? g_random_int_range (0, n) : 0;
  guint count = n > 0 ? g_random_int_range (1, n - position + 1) : 0;
  gboolean rest = g_random_boolean ();

  f->changed_from = G_MAXUINT;
  f->changed_to = 0;
  switch (n == 0 ? 0 : g_random_int_range (0, 11))
    {
    case 0: /* new ones */
      for (guint i = 0; i < 5; i++)
        {
          g_autoptr (GObject) item = item_new (f->next++);
          g_list_store_insert (f->store, position, item);
        }
      break;
    case 1: /* gone for good */
      select_naively (f, position, 1, FALSE);
      g_list_store_remove (f->store, position);
      break;
    case 2: /* out of sight */
      g_ptr_array_add (f->hidden, g_list_model_get_item (G_LIST_MODEL (f->store), position));
      g_list_store_remove (f->store, position);
      break;
    case 3: /* and back */
      if (f->hidden->len > 0)
        {
          g_list_store_insert (f->store, position, g_ptr_array_index (f->hidden, f->hidden->len - 1));
          g_ptr_array_set_size (f->hidden, f->hidden->len - 1);
        }
      break;
    case 4: /* sorted: one coarse items-changed */
      g_list_store_sort (f->store, by_random, GUINT_TO_POINTER (g_random_int () | 1));
      break;
    case 5:
      gtk_selection_model_select_item (model, position, rest);
      if (rest)
        g_hash_table_remove_all (f->naive);
      select_naively (f, position, 1, TRUE);
      break;
    case 6:
      gtk_selection_model_unselect_item (model, position);
      select_naively (f, position, 1, FALSE);
      break;
    case 7:
      gtk_selection_model_select_range (model, position, count, rest);
      if (rest)
        g_hash_table_remove_all (f->naive);
      select_naively (f, position, count, TRUE);
      break;
    case 8:
      gtk_selection_model_unselect_range (model, position, count);
      select_naively (f, position, count, FALSE);
      break;
    case 9:
      g_hash_table_remove_all (f->naive);
      if (rest)
        gtk_selection_model_unselect_all (model);
      else
        {
          gtk_selection_model_select_all (model);
          select_naively (f, 0, n, TRUE);
        }
      break;
    case 10:
      {
        g_autoptr (GtkBitset) selected = gtk_bitset_new_empty ();
        g_autoptr (GtkBitset) mask = gtk_bitset_new_range (rest ? 0 : position, rest ? n : count);

        for (guint i = 0; i < n; i++)
          if (g_random_boolean ())
            gtk_bitset_add (selected, i);
        gtk_selection_model_set_selection (model, selected, mask);
        if (gtk_bitset_get_size (mask) == n)
          g_hash_table_remove_all (f->naive);
        for (guint i = 0; i < n; i++)
          if (gtk_bitset_contains (mask, i))
            select_naively (f, i, 1, gtk_bitset_contains (selected, i));
      }
      break;
    }
}

static void
test_random (void)
{
  Fixture f;

  set_up (&f);
  for (guint i = 0; i < N_STEPS; i++)
    {
      step (&f);
      check (&f);
      if (g_list_model_get_n_items (G_LIST_MODEL (f.store)) > 60)
        {
          for (guint p = 0; p < 30; p++)
            select_naively (&f, p, 1, FALSE);
          g_list_store_splice (f.store, 0, 30, NULL, 0);
        }
    }
  tear_down (&f);
}

/* Every position whose state changes is inside what selection-changed tells: what GTK redraws. */
static void
test_signal_covers_change (void)
{
  Fixture f;
  gboolean before[200];

  set_up (&f);
  for (guint i = 0; i < N_STEPS / 10; i++)
    {
      guint n = g_list_model_get_n_items (G_LIST_MODEL (f.store));

      if (n > 100)
        {
          for (guint p = 0; p < n; p++)
            select_naively (&f, p, 1, FALSE);
          g_list_store_remove_all (f.store);
          n = 0;
        }
      for (guint p = 0; p < n; p++)
        before[p] = gtk_selection_model_is_selected (GTK_SELECTION_MODEL (f.selection), p);
      f.list_changed = FALSE;
      step (&f);
      if (f.list_changed)
        continue; /* GTK asks again anyway */
      for (guint p = 0; p < n; p++)
        if (before[p] != gtk_selection_model_is_selected (GTK_SELECTION_MODEL (f.selection), p))
          g_assert_true (p >= f.changed_from && p < f.changed_to);
    }
  tear_down (&f);
}

/* A row that was filtered out is selected again when it comes back; another selection forgets it. */
static void
test_out_of_sight (void)
{
  Fixture f;
  GtkSelectionModel *model;
  g_autoptr (GObject) item = item_new (0);
  g_autoptr (GObject) other = item_new (1);

  set_up (&f);
  model = GTK_SELECTION_MODEL (f.selection);
  g_list_store_append (f.store, item);
  g_list_store_append (f.store, other);
  gtk_selection_model_select_item (model, 0, TRUE);
  g_list_store_remove (f.store, 0);
  g_assert_false (gtk_selection_model_is_selected (model, 0));
  g_list_store_append (f.store, item);
  g_assert_true (gtk_selection_model_is_selected (model, 1));

  g_list_store_remove (f.store, 1);
  gtk_selection_model_select_item (model, 0, TRUE);
  g_list_store_append (f.store, item);
  g_assert_false (gtk_selection_model_is_selected (model, 1));
  tear_down (&f);
}

/* An item that ceases to be leaves no trace, and an item that happens to get its address is not selected. */
static void
test_item_dies (void)
{
  Fixture f;
  GObject *item = item_new (0);

  set_up (&f);
  g_list_store_append (f.store, item);
  gtk_selection_model_select_all (GTK_SELECTION_MODEL (f.selection));
  g_assert_false (ph_selection_is_empty (f.selection));
  g_list_store_remove_all (f.store);
  g_object_unref (item);
  g_assert_true (ph_selection_is_empty (f.selection));
  tear_down (&f);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/selection/random", test_random);
  g_test_add_func ("/selection/signal-covers-change", test_signal_covers_change);
  g_test_add_func ("/selection/out-of-sight", test_out_of_sight);
  g_test_add_func ("/selection/item-dies", test_item_dies);
  return g_test_run ();
}
