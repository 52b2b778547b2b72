/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The details of a socket are fed from three sides: its record, at each look; what the study works out of all of them;
 * and what is asked about it alone. */
#include "ph-connections-page-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "ph-filter-undo.h"
#include "ph-socket-ask.h"
#include "ph-socket-show.h"
#include "ph-toast.h"

static const PhSocket *
shown_socket (PhConnectionsPage *self)
{
  return self->row ? ph_row_get_record (self->row) : NULL;
}

static void
show_socket (PhConnectionsPage *self)
{
  PhTablePage *page = PH_TABLE_PAGE (self);

  ph_socket_details_show (self->details, shown_socket (self), ph_table_page_get_snapshot (page),
                          ph_table_view_get_style (ph_table_page_get_table_view (page)));
}

static void
answered (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (PhConnectionsPage) self = data;
  PhSocketReport *report = ph_socket_ask_finish (result);

  if (!report || g_task_get_cancellable (G_TASK (result)) != self->asking)
    {
      ph_socket_report_free (report);
      return;
    }
  g_clear_object (&self->asking);
  ph_socket_details_take_report (self->details, report);
  show_socket (self);
}

void
ph_connections_page_stop_asking (PhConnectionsPage *self)
{
  g_cancellable_cancel (self->asking);
  g_clear_object (&self->asking);
  self->asked_us = 0;
}

/* Once at each look, and not before the last answer has come. What is closed has nothing more to tell. */
static void
ask (PhConnectionsPage *self)
{
  const PhSocket *socket = shown_socket (self);
  const PhProcess *process = ph_socket_details_get_process (self->details);
  gint64 time_us = ph_snapshot_time (ph_table_page_get_snapshot (PH_TABLE_PAGE (self)));

  if (self->asking || time_us == self->asked_us || socket->head.mark == PH_MARK_CLOSED)
    return;
  self->asked_us = time_us;
  self->asking = g_cancellable_new ();
  ph_socket_ask_async (socket, process ? process->pid : 0, self->asking, answered, g_object_ref (self));
}

static void
study (PhConnectionsPage *self)
{
  const PhSocket *socket = shown_socket (self);
  PhSnapshot *snapshot = ph_table_page_get_snapshot (PH_TABLE_PAGE (self));

  ph_socket_study_set_subject (self->study, socket ? &socket->key : NULL,
                               socket ? ph_socket_details_get_process (self->details) : NULL);
  if (socket)
    ph_socket_study_add (self->study, snapshot);
}

void
ph_connections_page_show_details (PhTablePage *page, PhRow *row)
{
  PhConnectionsPage *self = PH_CONNECTIONS_PAGE (page);
  gboolean other = row != self->row;
  gboolean opened = (row != NULL) != (self->row != NULL);
  const PhProcess *process = ph_socket_details_get_process (self->details);
  gint32 pid = process ? process->pid : 0;

  if (!row && !self->row)
    return;
  g_set_object (&self->row, row);
  if (other)
    ph_connections_page_stop_asking (self);
  show_socket (self);
  if (row)
    ask (self);
  /* An owner may be found later than its socket. */
  process = ph_socket_details_get_process (self->details);
  if (other || pid != (process ? process->pid : 0))
    study (self);
  if (opened)
    ph_table_page_chips_changed (page); /* other sockets are asked for */
}

static void
found (PhConnectionsPage *self)
{
  const PhSocket *socket = shown_socket (self);
  PhSocketKin kin;
  PhSocketKey key;
  PhSnapshot *snapshot = ph_socket_study_get_found (self->study, &key);

  if (!socket || !snapshot || memcmp (&key, &socket->key, sizeof key) != 0)
    return;
  ph_socket_details_take_past (self->details, ph_socket_study_steal_past (self->study));
  ph_socket_study_steal_kin (self->study, &kin);
  ph_socket_details_show_kin (self->details, socket, &kin, snapshot);
  ph_socket_kin_clear (&kin);
  show_socket (self);
}

/* Of several owners another one: whose parents, whose sockets. */
static void
owner_chosen (PhConnectionsPage *self)
{
  ph_connections_page_stop_asking (self);
  show_socket (self);
  ask (self);
  study (self);
}

static void
went (gboolean there, const PhListenerKey *listener, gpointer page)
{
  if (!there)
    ph_table_page_add_toast (page, ph_toast_new (_ ("It Is Closed by Now")));
}

static void
go_to (PhConnectionsPage *self, gpointer key)
{
  ph_socket_show (PH_TABLE_PAGE (self), key, went, self);
}

static void
filter_wanted (PhConnectionsPage *self, const char *text)
{
  PhFilterUndo *undo = ph_filter_undo_new (PH_TABLE_PAGE (self));

  ph_connections_page_clear_chips (PH_TABLE_PAGE (self));
  ph_table_page_edit_text (PH_TABLE_PAGE (self), text);
  ph_filter_undo_offer (undo, _ ("Only These Are Shown"));
}

static void
menu_wanted (PhConnectionsPage *self, GMenu *menu)
{
  if (self->row)
    ph_connections_page_append_menu (PH_TABLE_PAGE (self), self->row, menu);
}

void
ph_connections_page_make_details (PhConnectionsPage *self)
{
  self->details = g_object_new (PH_TYPE_SOCKET_DETAILS, "visible", FALSE, NULL);
  g_signal_connect_object (self->study, "found", G_CALLBACK (found), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->details, "owner-chosen", G_CALLBACK (owner_chosen), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->details, "menu", G_CALLBACK (menu_wanted), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->details, "go", G_CALLBACK (go_to), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->details, "filter", G_CALLBACK (filter_wanted), self, G_CONNECT_SWAPPED);
}
