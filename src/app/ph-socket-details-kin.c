/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What belongs to the socket, each a way to go there: its connections, its listener, its peer, and what else its
 * process has open. */
#include "ph-socket-details-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "ph-filter-complete.h"
#include "ph-label.h"
#include "ph-socket-words.h"

static void
show_tie (AdwActionRow *row, const PhSocket *other, PhSocketKey *key)
{
  g_autofree char *owner = NULL;
  g_autofree char *words = NULL;
  g_autoptr (GString) ends = g_string_new (NULL);

  gtk_widget_set_visible (GTK_WIDGET (row), other != NULL);
  if (!other)
    return;
  *key = other->key;
  owner = ph_socket_dup_owner (other);
  ph_socket_print_local (other, ends);
  words = g_strdup_printf ("%s\n%s", owner, ends->str);
  if (g_strcmp0 (adw_action_row_get_subtitle (row), words) != 0)
    adw_action_row_set_subtitle (row, words);
}

/* What lets the connections of a listener through, and little else. */
static char *
connections_filter (const PhSocket *listener)
{
  GString *text = g_string_new (NULL);
  char address[PH_ADDRESS_TEXT_MAX];

  if (listener->key.protocol == PH_PROTOCOL_UNIX)
    {
      g_autofree char *path = ph_filter_quote (listener->path ? listener->path : "");

      g_string_append_printf (text, "proto:unix path:=%s -is:listening", path);
    }
  else
    {
      g_string_append_printf (text, "proto:%s lport:%u -is:listening", ph_protocol_name (listener->key.protocol),
                              listener->local_port);
      if (!ph_address_is_any (&listener->local))
        {
          ph_address_format (&listener->local, address);
          g_string_append_printf (text, " local:%s", address);
        }
    }
  return g_string_free (text, FALSE);
}

static void
show_connections (PhSocketDetails *self, const PhSocket *socket, const PhSocketKin *kin)
{
  gboolean listens = socket->state == PH_STATE_LISTEN || (socket->flags & PH_SOCKET_LISTENING);
  g_autofree char *words
      = g_strdup_printf (ngettext ("%'u connection", "%'u connections", kin->n_connections), kin->n_connections);

  gtk_widget_set_visible (GTK_WIDGET (self->connections), listens);
  if (g_strcmp0 (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (self->connections)), words) != 0)
    adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->connections), words);
  gtk_widget_set_sensitive (GTK_WIDGET (self->connections), kin->n_connections > 0);
  adw_action_row_set_subtitle (self->connections, kin->n_connections > 0 ? _ ("Show in the table") : "");
  g_free (self->connections_filter);
  self->connections_filter = connections_filter (socket);
}

static void
show_others (PhSocketDetails *self, const PhSocketKin *kin, PhSnapshot *snapshot, const PhSocket *socket)
{
  g_autofree char *title = NULL;

  g_clear_pointer (&self->all_filter, g_free);
  if (self->process)
    {
      title = g_strdup_printf (
          ngettext ("The %'u Socket of This Process", "All %'u Sockets of This Process", kin->n_sockets),
          kin->n_sockets);
      self->all_filter = g_strdup_printf ("pid:%d", self->process->pid);
    }
  else if (socket->owner.unit)
    {
      g_autofree char *unit = ph_filter_quote (socket->owner.unit->name);

      title = g_strdup_printf (
          ngettext ("The %'u Socket of This Service", "All %'u Sockets of This Service", kin->n_sockets),
          kin->n_sockets);
      self->all_filter = g_strdup_printf ("unit:=%s", unit);
    }
  gtk_widget_set_visible (self->others, title && kin->n_sockets > 0);
  if (!title)
    return;
  ph_label_say (self->others_title, title);
  ph_socket_list_show (self->list, snapshot, kin->slots, kin->n_slots, &self->key);
}

void
ph_socket_details_show_kin (PhSocketDetails *self, const PhSocket *socket, const PhSocketKin *kin, PhSnapshot *snapshot)
{
  const PhSocket *listener = kin->listener == PH_NO_SLOT ? NULL : ph_snapshot_at (snapshot, kin->listener);
  const PhSocket *peer = kin->peer == PH_NO_SLOT ? NULL : ph_snapshot_at (snapshot, kin->peer);

  if (!self->shows || memcmp (&self->key, &socket->key, sizeof self->key) != 0)
    return;
  show_connections (self, socket, kin);
  show_tie (self->listener, listener, &self->listener_key);
  show_tie (self->peer, peer, &self->peer_key);
  gtk_widget_set_visible (GTK_WIDGET (self->ties),
                          listener || peer || gtk_widget_get_visible (GTK_WIDGET (self->connections)));
  show_others (self, kin, snapshot, socket);
}

static void
tie_activated (PhSocketDetails *self, GtkListBoxRow *row)
{
  if ((gpointer) row == self->connections)
    g_signal_emit_by_name (self, "filter", self->connections_filter);
  else
    g_signal_emit_by_name (self, "go", (gpointer) row == self->listener ? &self->listener_key : &self->peer_key);
}

static void
list_go (PhSocketDetails *self, gpointer key)
{
  g_signal_emit_by_name (self, "go", key);
}

static void
all_clicked (PhSocketDetails *self)
{
  if (self->all_filter)
    g_signal_emit_by_name (self, "filter", self->all_filter);
}

void
ph_socket_details_add_kin_callbacks (GtkBuilderCScope *scope)
{
  gtk_builder_cscope_add_callback (scope, tie_activated);
  gtk_builder_cscope_add_callback (scope, list_go);
  gtk_builder_cscope_add_callback (scope, all_clicked);
}
