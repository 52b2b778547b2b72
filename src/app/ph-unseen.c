/* SPDX-License-Identifier: GPL-3.0-or-later */
/* There is a timer only while something is new and somebody could be reading it. */
#include "ph-unseen.h"

#include "ph-socket.h"

typedef struct
{
  PhTablePage *page; /* owns this */
  PhWatcher *watcher;
  GHashTable *seconds; /* PhRow → for how long it has been in sight */
  GHashTable *before;  /* likewise, a second ago; only within a tick */
  GtkWindow *window;   /* whose focus is heard of; borrowed, NULL: none */
  guint tick_id;
} Unseen;

static G_DEFINE_QUARK (ph_unseen, unseen)

static PhTableView *
table_view (Unseen *self)
{
  return ph_table_page_get_table_view (self->page);
}

static PhMark
marker (gconstpointer record, gpointer data)
{
  Unseen *self = data;

  return ph_watcher_is_unseen (self->watcher, record) ? PH_MARK_UNSEEN : PH_MARK_NONE;
}

static gboolean
can_be_read (Unseen *self)
{
  return ph_watcher_get_unseen (self->watcher) > 0 && self->window && gtk_window_is_active (self->window)
         && gtk_widget_get_mapped (GTK_WIDGET (self->page));
}

static void
count (PhRow *row, gpointer data)
{
  Unseen *self = data;
  const PhSocket *socket = ph_row_get_record (row);
  guint seconds;

  if (!ph_row_is_alive (row) || !ph_watcher_is_unseen (self->watcher, socket))
    return;
  seconds = GPOINTER_TO_UINT (g_hash_table_lookup (self->before, row)) + 1;
  if (seconds > PH_UNSEEN_SECONDS)
    ph_watcher_mark_socket_seen (self->watcher, socket);
  else
    g_hash_table_insert (self->seconds, g_object_ref (row), GUINT_TO_POINTER (seconds));
}

static GHashTable *
new_counts (void)
{
  return g_hash_table_new_full (NULL, NULL, g_object_unref, NULL);
}

static gboolean
tick (gpointer data)
{
  Unseen *self = data;

  self->before = self->seconds;
  self->seconds = new_counts ();
  ph_table_view_each_in_sight (table_view (self), count, self);
  g_clear_pointer (&self->before, g_hash_table_unref);
  if (can_be_read (self))
    return G_SOURCE_CONTINUE;
  self->tick_id = 0;
  return G_SOURCE_REMOVE;
}

static void
update (Unseen *self)
{
  if (!can_be_read (self))
    {
      g_clear_handle_id (&self->tick_id, g_source_remove);
      g_hash_table_remove_all (self->seconds);
    }
  else if (!self->tick_id)
    self->tick_id = g_timeout_add (1000, tick, self);
}

static void
unseen_changed (Unseen *self)
{
  ph_table_view_refresh_cells (table_view (self));
  update (self);
}

static void
window_changed (Unseen *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self->page));

  if (self->window)
    g_signal_handlers_disconnect_by_data (self->window, self);
  self->window = root && GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL;
  if (self->window)
    g_signal_connect_swapped (self->window, "notify::is-active", G_CALLBACK (update), self);
  update (self);
}

static void
selection_changed (GtkSelectionModel *selection, guint position, guint n, Unseen *self)
{
  if (ph_watcher_get_unseen (self->watcher) == 0)
    return;
  n = MIN (n, g_list_model_get_n_items (G_LIST_MODEL (selection)) - position);
  for (guint i = position; i < position + n; i++)
    if (gtk_selection_model_is_selected (selection, i))
      {
        g_autoptr (PhRow) row = g_list_model_get_item (G_LIST_MODEL (selection), i);

        ph_watcher_mark_socket_seen (self->watcher, ph_row_get_record (row));
      }
}

static void
unseen_free (gpointer data)
{
  Unseen *self = data;

  g_clear_handle_id (&self->tick_id, g_source_remove);
  g_signal_handlers_disconnect_by_data (self->watcher, self);
  if (self->window)
    g_signal_handlers_disconnect_by_data (self->window, self);
  g_object_unref (self->watcher);
  g_hash_table_unref (self->seconds);
  g_free (self);
}

void
ph_unseen_attach (PhTablePage *page, PhWatcher *watcher)
{
  Unseen *self = g_new0 (Unseen, 1);

  self->page = page;
  self->watcher = g_object_ref (watcher);
  self->seconds = new_counts ();
  g_object_set_qdata_full (G_OBJECT (page), unseen_quark (), self, unseen_free);
  ph_table_view_set_marker (table_view (self), marker, self);
  g_signal_connect_swapped (watcher, "notify::unseen", G_CALLBACK (unseen_changed), self);
  g_signal_connect (ph_table_view_get_selection (table_view (self)), "selection-changed",
                    G_CALLBACK (selection_changed), self);
  g_signal_connect_swapped (page, "notify::root", G_CALLBACK (window_changed), self);
  g_signal_connect_swapped (page, "map", G_CALLBACK (update), self);
  g_signal_connect_swapped (page, "unmap", G_CALLBACK (update), self);
  window_changed (self);
}
