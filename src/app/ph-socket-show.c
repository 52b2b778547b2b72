/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The page may not have looked yet, or long ago: it looks once more before anything is found or said to be gone. Chips
 * also choose what is looked at, so that what is not found behind them is looked for without them.
 */
#include "ph-socket-show.h"

#include <glib/gi18n.h>

#include "ph-filter-undo.h"
#include "ph-reveal.h"

#define PATIENCE 5 /* arrangements that do not have the row yet */

typedef struct
{
  PhTablePage *page; /* owns this */
  PhView *view;
  PhSocketKey socket;
  PhListenerKey *listener; /* NULL: the socket is wanted */
  PhSocketFound found;
  gpointer user_data;

  gboolean cleared;   /* the filters */
  PhFilterUndo *undo; /* that; NULL: it is not cleared, or said so */
  PhRow *row;         /* found; NULL: not yet */
  guint attempts;
} Show;

static G_DEFINE_QUARK (ph_socket_show, show)

static void arranged (Show *self);
static void synced (Show *self);

static PhTableView *
table_view (Show *self)
{
  return ph_table_page_get_table_view (self->page);
}

static void
show_free (gpointer data)
{
  Show *self = data;

  g_signal_handlers_disconnect_by_data (self->view, self);
  g_signal_handlers_disconnect_by_data (ph_view_get_table (self->view), self);
  g_signal_handlers_disconnect_by_data (self->page, self);
  g_object_unref (self->view);
  g_clear_pointer (&self->listener, ph_listener_key_free);
  g_clear_object (&self->row);
  g_clear_pointer (&self->undo, ph_filter_undo_free);
  g_free (self);
}

static void
end (Show *self)
{
  g_object_set_qdata (G_OBJECT (self->page), show_quark (), NULL);
}

/* The page is about to go with its window: nobody waits any more. */
static void
root_changed (Show *self)
{
  if (!gtk_widget_get_root (GTK_WIDGET (self->page)))
    end (self);
}

/* --- finding --- */

static const PhSocket *
find_listener (const PhSnapshot *snapshot, const PhListenerKey *key)
{
  const PhSocket *there = NULL;

  for (guint i = 0; i < ph_snapshot_n_records (snapshot); i++)
    {
      const PhSocket *socket = ph_snapshot_record (snapshot, i);

      if (!ph_listener_is_watched (socket))
        continue;
      if (ph_listener_key_covers (key, socket))
        return socket;
      /* Where no column needs owners nobody has looked for them. */
      if (!there && socket->owner.n_owners == 0 && ph_listener_key_is_at (key, socket))
        there = socket;
    }
  return there;
}

static PhRow *
find (Show *self)
{
  PhSnapshot *snapshot = ph_table_page_get_snapshot (self->page);
  const PhSocket *socket
      = self->listener ? find_listener (snapshot, self->listener) : ph_snapshot_find (snapshot, &self->socket);

  if (!socket || socket->head.mark == PH_MARK_CLOSED)
    return NULL;
  return ph_table_get_row (ph_view_get_table (self->view), socket->head.slot);
}

static void
clear_filters (Show *self)
{
  self->cleared = TRUE;
  self->undo = ph_filter_undo_new (self->page);
  gtk_widget_activate_action (GTK_WIDGET (self->page), "page.clear-filters", NULL);
}

static void
say_cleared (Show *self)
{
  ph_filter_undo_offer (g_steal_pointer (&self->undo), _ ("Filters Cleared to Show It"));
}

static void
synced (Show *self)
{
  PhRow *row;

  if (self->row)
    return;
  row = find (self);
  if (row)
    {
      self->row = g_object_ref (row);
      if (self->cleared)
        say_cleared (self);
      self->found (TRUE, self->listener, self->user_data);
      arranged (self);
    }
  else if (!self->cleared && ph_table_page_is_filtered (self->page))
    {
      clear_filters (self);
      ph_poller_refresh (ph_table_page_get_poller (self->page));
    }
  else
    {
      PhSocketFound found = self->found;
      gpointer user_data = self->user_data;
      g_autoptr (PhListenerKey) listener = g_steal_pointer (&self->listener);

      if (self->undo)
        ph_filter_undo_apply (self->undo);
      end (self);
      found (FALSE, listener, user_data);
    }
}

/* --- showing --- */

static void
arranged (Show *self)
{
  if (!self->row)
    return;
  if (ph_reveal_go_to (table_view (self), self->row) || ++self->attempts > PATIENCE)
    end (self);
  else if (!ph_view_is_busy (self->view) && !self->cleared)
    {
      clear_filters (self);
      say_cleared (self);
    }
}

static void
start (Show *self)
{
  self->view = g_object_ref (ph_table_view_get_view (table_view (self)));
  g_object_set_qdata_full (G_OBJECT (self->page), show_quark (), self, show_free);
  g_signal_connect_swapped (ph_view_get_table (self->view), "synced", G_CALLBACK (synced), self);
  g_signal_connect_swapped (self->view, "arranged", G_CALLBACK (arranged), self);
  g_signal_connect_swapped (self->page, "notify::root", G_CALLBACK (root_changed), self);
  ph_poller_refresh (ph_table_page_get_poller (self->page));
}

void
ph_socket_show (PhTablePage *page, const PhSocketKey *socket, PhSocketFound found, gpointer user_data)
{
  Show *self = g_new0 (Show, 1);

  self->page = page;
  self->socket = *socket;
  self->found = found;
  self->user_data = user_data;
  start (self);
}

void
ph_socket_show_listener (PhTablePage *page, const PhListenerKey *key, PhSocketFound found, gpointer user_data)
{
  Show *self = g_new0 (Show, 1);

  self->page = page;
  self->listener = ph_listener_key_copy (key);
  self->found = found;
  self->user_data = user_data;
  start (self);
}
