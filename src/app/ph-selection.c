/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The set holds bare pointers with a weak reference each: an item that dies leaves by itself, and neither syncing nor
 * sorting ever walks the set.
 */
#include "ph-selection.h"

struct _PhSelection
{
  GObject parent_instance;

  GListModel *model;
  GHashTable *items; /* the selected ones, borrowed */
  gulong items_changed_id;
};

static void ph_selection_list_model_init (GListModelInterface *iface);
static void ph_selection_selection_model_init (GtkSelectionModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (PhSelection,
                               ph_selection,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, ph_selection_list_model_init)
                                   G_IMPLEMENT_INTERFACE (GTK_TYPE_SELECTION_MODEL, ph_selection_selection_model_init))

static void
item_died (gpointer data, GObject *item)
{
  PhSelection *self = data;

  g_hash_table_remove (self->items, item);
}

static void
add (PhSelection *self, guint position)
{
  g_autoptr (GObject) item = g_list_model_get_item (self->model, position);

  if (item && g_hash_table_add (self->items, item))
    g_object_weak_ref (item, item_died, self);
}

static void
drop (PhSelection *self, guint position)
{
  g_autoptr (GObject) item = g_list_model_get_item (self->model, position);

  if (item && g_hash_table_remove (self->items, item))
    g_object_weak_unref (item, item_died, self);
}

static void
drop_all (PhSelection *self)
{
  GHashTableIter iter;
  gpointer item;

  g_hash_table_iter_init (&iter, self->items);
  while (g_hash_table_iter_next (&iter, &item, NULL))
    {
      g_object_weak_unref (item, item_died, self);
      g_hash_table_iter_remove (&iter);
    }
}

static gboolean
is_selected (PhSelection *self, guint position)
{
  if (g_hash_table_size (self->items) == 0)
    return FALSE;
  g_autoptr (GObject) item = g_list_model_get_item (self->model, position);
  return item && g_hash_table_contains (self->items, item);
}

static GType
get_item_type (GListModel *list)
{
  return g_list_model_get_item_type (PH_SELECTION (list)->model);
}

static guint
get_n_items (GListModel *list)
{
  return g_list_model_get_n_items (PH_SELECTION (list)->model);
}

static gpointer
get_item (GListModel *list, guint position)
{
  return g_list_model_get_item (PH_SELECTION (list)->model, position);
}

static void
ph_selection_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

static gboolean
model_is_selected (GtkSelectionModel *model, guint position)
{
  return is_selected (PH_SELECTION (model), position);
}

static GtkBitset *
get_selection_in_range (GtkSelectionModel *model, guint position, guint n_items)
{
  PhSelection *self = PH_SELECTION (model);
  GtkBitset *set = gtk_bitset_new_empty ();
  guint end = MIN ((guint64) position + n_items, g_list_model_get_n_items (self->model));

  if (g_hash_table_size (self->items) > 0)
    for (guint i = position; i < end; i++)
      if (is_selected (self, i))
        gtk_bitset_add (set, i);
  return set;
}

static gboolean
set_selection (GtkSelectionModel *model, GtkBitset *selected, GtkBitset *mask)
{
  PhSelection *self = PH_SELECTION (model);
  guint n = g_list_model_get_n_items (self->model);
  GtkBitsetIter iter;
  guint position;

  /* A mask over everything in sight means a new selection: what is out of sight is forgotten too. */
  if (n > 0 && gtk_bitset_get_size_in_range (mask, 0, n - 1) == n)
    drop_all (self);

  for (gboolean more = gtk_bitset_iter_init_first (&iter, mask, &position); more && position < n;
       more = gtk_bitset_iter_next (&iter, &position))
    {
      if (gtk_bitset_contains (selected, position))
        add (self, position);
      else
        drop (self, position);
    }

  if (!gtk_bitset_is_empty (mask) && gtk_bitset_get_minimum (mask) < n)
    {
      guint first = gtk_bitset_get_minimum (mask);
      gtk_selection_model_selection_changed (model, first, MIN (gtk_bitset_get_maximum (mask), n - 1) - first + 1);
    }
  return TRUE;
}

static gboolean
select_range (GtkSelectionModel *model, guint position, guint n_items, gboolean unselect_rest)
{
  PhSelection *self = PH_SELECTION (model);
  guint n = g_list_model_get_n_items (self->model);
  guint end = MIN ((guint64) position + n_items, n);

  if (unselect_rest)
    drop_all (self);
  for (guint i = position; i < end; i++)
    add (self, i);

  if (unselect_rest && n > 0)
    gtk_selection_model_selection_changed (model, 0, n);
  else if (end > position)
    gtk_selection_model_selection_changed (model, position, end - position);
  return TRUE;
}

static gboolean
select_item (GtkSelectionModel *model, guint position, gboolean unselect_rest)
{
  return select_range (model, position, 1, unselect_rest);
}

static gboolean
select_all (GtkSelectionModel *model)
{
  return select_range (model, 0, g_list_model_get_n_items (G_LIST_MODEL (model)), TRUE);
}

static gboolean
unselect_range (GtkSelectionModel *model, guint position, guint n_items)
{
  PhSelection *self = PH_SELECTION (model);
  guint end = MIN ((guint64) position + n_items, g_list_model_get_n_items (self->model));

  for (guint i = position; i < end; i++)
    drop (self, i);
  if (end > position)
    gtk_selection_model_selection_changed (model, position, end - position);
  return TRUE;
}

static gboolean
unselect_item (GtkSelectionModel *model, guint position)
{
  return unselect_range (model, position, 1);
}

static gboolean
unselect_all (GtkSelectionModel *model)
{
  PhSelection *self = PH_SELECTION (model);
  guint n = g_list_model_get_n_items (self->model);

  drop_all (self);
  if (n > 0)
    gtk_selection_model_selection_changed (model, 0, n);
  return TRUE;
}

static void
ph_selection_selection_model_init (GtkSelectionModelInterface *iface)
{
  iface->is_selected = model_is_selected;
  iface->get_selection_in_range = get_selection_in_range;
  iface->select_item = select_item;
  iface->unselect_item = unselect_item;
  iface->select_range = select_range;
  iface->unselect_range = unselect_range;
  iface->select_all = select_all;
  iface->unselect_all = unselect_all;
  iface->set_selection = set_selection;
}

static void
ph_selection_dispose (GObject *object)
{
  PhSelection *self = PH_SELECTION (object);

  drop_all (self);
  if (self->model)
    g_clear_signal_handler (&self->items_changed_id, self->model);
  g_clear_object (&self->model);
  G_OBJECT_CLASS (ph_selection_parent_class)->dispose (object);
}

static void
ph_selection_finalize (GObject *object)
{
  PhSelection *self = PH_SELECTION (object);

  g_hash_table_unref (self->items);
  G_OBJECT_CLASS (ph_selection_parent_class)->finalize (object);
}

static void
ph_selection_class_init (PhSelectionClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = ph_selection_dispose;
  G_OBJECT_CLASS (klass)->finalize = ph_selection_finalize;
}

static void
ph_selection_init (PhSelection *self)
{
  self->items = g_hash_table_new (NULL, NULL);
}

PhSelection *
ph_selection_new (GListModel *model)
{
  PhSelection *self = g_object_new (PH_TYPE_SELECTION, NULL);

  self->model = g_object_ref (model);
  self->items_changed_id
      = g_signal_connect_swapped (model, "items-changed", G_CALLBACK (g_list_model_items_changed), self);
  return self;
}

gboolean
ph_selection_is_empty (PhSelection *self)
{
  return g_hash_table_size (self->items) == 0;
}
