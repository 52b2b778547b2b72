/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Brings a page to show something: what the command line asks for, and what somebody has heard of elsewhere. */
#include "ph-window-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "ph-activity-page.h"
#include "ph-filter-undo.h"
#include "ph-lookup-dialog.h"
#include "ph-routes-section.h"
#include "ph-socket-show.h"
#include "ph-toast.h"

static void
ask_route (PhWindow *self, const char *address, const char *interface)
{
  ph_window_show_table (self, PH_TABLE_ROUTES);
  ph_routes_section_ask (PH_ROUTES_SECTION (ph_window_get_content (self)), address, interface);
}

/* In sight or not. */
static PhTablePage *
ensure_connections (PhWindow *self)
{
  return PH_TABLE_PAGE (ph_window_ensure_content (self, "connections"));
}

/* --- what others have heard of --- */

static void
found (gboolean is_there, const PhListenerKey *listener, gpointer data)
{
  PhWindow *self = data;

  if (is_there)
    ph_window_show_table (self, PH_TABLE_SOCKETS);
  else if (listener)
    {
      ph_activity_page_show (PH_ACTIVITY_PAGE (ph_window_show_table (self, PH_TABLE_ACTIVITY)), listener);
      ph_window_add_toast (self, ph_toast_new (_ ("It Does Not Listen Any More")));
    }
  else
    ph_window_add_toast (self, ph_toast_new (_ ("This Socket Is Gone")));
}

void
ph_window_show_socket (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gsize n;
  gconstpointer bytes = g_variant_get_fixed_array (parameter, &n, 1);
  PhSocketKey key;

  if (n != sizeof key)
    return;
  memcpy (&key, bytes, sizeof key);
  ph_socket_show (ensure_connections (PH_WINDOW (widget)), &key, found, widget);
}

void
ph_window_show_listener (PhWindow *self, const PhListenerKey *key)
{
  ph_socket_show_listener (ensure_connections (self), key, found, self);
}

/* --- looking up --- */

static void
socket_chosen (PhWindow *self, const PhSocketKey *key)
{
  ph_socket_show (ensure_connections (self), key, found, self);
}

static void
all_chosen (PhWindow *self, const char *filter)
{
  PhTablePage *page = ph_window_show_table (self, PH_TABLE_SOCKETS);
  PhFilterUndo *undo = ph_filter_undo_new (page);

  gtk_widget_activate_action (GTK_WIDGET (page), "page.clear-filters", NULL);
  ph_table_page_set_text (page, filter);
  ph_filter_undo_offer (undo, _ ("Only What Was Looked Up Is Shown"));
}

static PhLookupDialog *
open_lookup (PhWindow *self)
{
  PhLookupDialog *dialog = ph_lookup_dialog_new (GTK_WINDOW (self), ensure_connections (self));

  g_signal_connect_object (dialog, "socket-chosen", G_CALLBACK (socket_chosen), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (dialog, "all-chosen", G_CALLBACK (all_chosen), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
  return dialog;
}

void
ph_window_look_up (GtkWidget *widget, const char *name, GVariant *parameter)
{
  open_lookup (PH_WINDOW (widget));
}

/* --- the command line --- */

void
ph_window_apply_options (PhWindow *self, const PhOptions *options)
{
  ph_remember_set_resting (self->remember, TRUE);
  ph_table_page_apply_options (ph_window_show_table (self, options->table), options);
  if (options->route_to)
    ask_route (self, options->route_to, NULL);
  if (options->look_up)
    ph_lookup_dialog_look_up (open_lookup (self), options->look_up);
  ph_remember_set_resting (self->remember, FALSE);
}

void
ph_window_route_to (GtkWidget *widget, const char *name, GVariant *parameter)
{
  const char *address, *interface;

  g_variant_get (parameter, "(&s&s)", &address, &interface);
  ask_route (PH_WINDOW (widget), address, interface);
}
