/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A long list comes a few rows at a time, from its beginning, until it is whole; a short one at once. */
#include "ph-gradual.h"
#include "widget.h"

#define LONG  1000
#define A_FEW 100 /* more than the first rows, fewer than all */

typedef struct
{
  GtkWindow *window;
  GListStore *model;
  GListModel *gradual;
  guint n_told; /* as items-changed says */
  guint changes;
} Fixture;

static void
set_length (Fixture *f, guint n)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < n; i++)
    g_ptr_array_add (items, g_object_new (G_TYPE_OBJECT, NULL));
  g_list_store_splice (f->model, 0, g_list_model_get_n_items (G_LIST_MODEL (f->model)), items->pdata, n);
}

static void
changed (GListModel *gradual, guint position, guint removed, guint added, Fixture *f)
{
  g_assert_cmpuint (position + removed, <=, f->n_told);
  f->n_told = f->n_told - removed + added;
  f->changes++;
  g_assert_cmpuint (f->n_told, ==, g_list_model_get_n_items (gradual));
}

static guint
length (Fixture *f)
{
  return g_list_model_get_n_items (f->gradual);
}

static void
set_up (Fixture *f, gconstpointer data)
{
  f->window = widget_show (gtk_label_new (""), 200, 200);
  f->model = g_list_store_new (G_TYPE_OBJECT);
  f->gradual = ph_gradual_new (G_LIST_MODEL (f->model), GTK_WIDGET (f->window));
  g_signal_connect (f->gradual, "items-changed", G_CALLBACK (changed), f);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  g_assert_finalize_object (f->gradual);
  g_assert_finalize_object (f->model);
  if (f->window)
    widget_close (f->window);
}

static void
test_short (Fixture *f, gconstpointer data)
{
  set_length (f, 5);
  g_assert_cmpuint (length (f), ==, 5);
  set_length (f, 0);
  g_assert_cmpuint (length (f), ==, 0);
}

static void
test_grows (Fixture *f, gconstpointer data)
{
  guint before = 0;

  set_length (f, LONG);
  while (length (f) < LONG)
    {
      g_autoptr (GObject) last = g_list_model_get_item (f->gradual, length (f) - 1);
      g_autoptr (GObject) same = g_list_model_get_item (G_LIST_MODEL (f->model), length (f) - 1);

      g_assert_true (last == same);
      g_assert_cmpuint (length (f), >=, before);
      before = length (f);
      g_assert_cmpuint (before, <=, A_FEW * 3);
      g_main_context_iteration (NULL, TRUE);
    }
  g_assert_cmpuint (f->changes, >=, 4);
  g_assert_cmpuint (f->n_told, ==, LONG);

  /* Once whole it stays so. */
  set_length (f, LONG + 1);
  g_assert_cmpuint (length (f), ==, LONG + 1);
}

/* A filter that leaves a few, and is taken away: all that comes back does not come at once either. */
static void
test_short_and_long_again (Fixture *f, gconstpointer data)
{
  set_length (f, LONG);
  g_assert_cmpuint (length (f), <, A_FEW);
  RUN_UNTIL (length (f) == LONG);
  set_length (f, 10);
  g_assert_cmpuint (length (f), ==, 10);
  set_length (f, LONG);
  g_assert_cmpuint (length (f), <, A_FEW);
  RUN_UNTIL (length (f) == LONG);

  /* In the middle of it. */
  set_length (f, 10);
  set_length (f, LONG);
  loop_run_for (20);
  set_length (f, 3);
  g_assert_cmpuint (length (f), ==, 3);
  loop_run_for (100);
  g_assert_cmpuint (length (f), ==, 3);
}

/* The list may outlive its widget, and is then as long as it had become. */
static void
test_without_widget (Fixture *f, gconstpointer data)
{
  guint n;

  set_length (f, LONG);
  gtk_window_destroy (g_steal_pointer (&f->window));
  loop_run_for (50);
  n = length (f);
  g_assert_cmpuint (n, >, 0);
  g_assert_cmpuint (n, <, LONG);
  set_length (f, LONG * 2);
  loop_run_for (50);
  g_assert_cmpuint (length (f), ==, n);
  set_length (f, 2);
  g_assert_cmpuint (length (f), ==, 2);
}

int
main (int argc, char **argv)
{
  widget_init (&argc, &argv);
  g_test_add ("/gradual/short", Fixture, NULL, set_up, test_short, tear_down);
  g_test_add ("/gradual/grows", Fixture, NULL, set_up, test_grows, tear_down);
  g_test_add ("/gradual/short-and-long-again", Fixture, NULL, set_up, test_short_and_long_again, tear_down);
  g_test_add ("/gradual/without-widget", Fixture, NULL, set_up, test_without_widget, tear_down);
  return g_test_run ();
}
