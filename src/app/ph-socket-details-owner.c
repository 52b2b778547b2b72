/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whose socket it is: of several owners one is told about, and the user says which. */
#include "ph-socket-details-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "ph-app-finder.h"

static void
app_found (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (PhSocketDetails) self = data;
  g_autoptr (GAppInfo) app = ph_app_find_finish (result);
  GIcon *icon = app ? g_app_info_get_icon (app) : NULL;

  if (g_cancellable_is_cancelled (g_task_get_cancellable (G_TASK (result))) || !self->shows)
    return;
  if (icon)
    gtk_image_set_from_gicon (self->icon, icon);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->icon), app ? g_app_info_get_name (app) : NULL);
}

static void
find_app (PhSocketDetails *self)
{
  g_cancellable_cancel (self->finding);
  g_clear_object (&self->finding);
  gtk_image_set_from_icon_name (self->icon, "application-x-executable-symbolic");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->icon), NULL);
  if (!self->process)
    return;
  self->finding = g_cancellable_new ();
  ph_app_find_async (self->process, self->finding, app_found, g_object_ref (self));
}

static gboolean
same_process (const PhProcess *a, const PhProcess *b)
{
  return a == b || (a && b && a->pid == b->pid && a->start_ticks == b->start_ticks && strcmp (a->exe, b->exe) == 0);
}

void
ph_socket_details_choose_process (PhSocketDetails *self, const PhSocket *socket)
{
  const PhOwnership *owner = &socket->owner;
  const PhProcess *process = NULL;
  gboolean same;

  if (self->owner >= owner->n_owners)
    self->owner = 0;
  if (owner->n_owners > 0)
    process = owner->owners[self->owner].process;
  same = same_process (process, self->process);
  if (process)
    ph_process_ref (process);
  ph_process_unref (self->process);
  self->process = (PhProcess *) process;
  if (!same)
    {
      find_app (self);
      gtk_widget_set_visible (self->others, FALSE);
    }
}

/* The choice between several; made anew only where they are others than before. */
void
ph_socket_details_show_owners (PhSocketDetails *self, const PhSocket *socket)
{
  const PhOwnership *owner = &socket->owner;
  g_autoptr (GtkStringList) names = NULL;
  g_autoptr (GString) all = g_string_new (NULL);

  gtk_widget_set_visible (GTK_WIDGET (self->owners), owner->n_owners > 1);
  if (owner->n_owners <= 1)
    return;
  names = gtk_string_list_new (NULL);
  for (guint i = 0; i < owner->n_owners; i++)
    {
      const PhProcess *process = owner->owners[i].process;
      g_autofree char *name = NULL;

      if (owner->owners[i].fd >= 0)
        name = g_strdup_printf (_ ("%s, PID %d, descriptor %d"), process->comm, process->pid, owner->owners[i].fd);
      else
        name = g_strdup_printf (_ ("%s, PID %d"), process->comm, process->pid);
      gtk_string_list_append (names, name);
      g_string_append_printf (all, "%s\n", name);
    }
  if (g_strcmp0 (all->str, self->owner_words) == 0)
    return;
  g_free (self->owner_words);
  self->owner_words = g_strdup (all->str);
  gtk_drop_down_set_model (self->owners, G_LIST_MODEL (names));
  gtk_drop_down_set_selected (self->owners, self->owner);
}

static void
owner_selected (PhSocketDetails *self)
{
  guint selected = gtk_drop_down_get_selected (self->owners);

  if (!self->shows || selected == GTK_INVALID_LIST_POSITION || selected == self->owner)
    return;
  self->owner = selected;
  g_signal_emit_by_name (self, "owner-chosen");
}

void
ph_socket_details_add_owner_callbacks (GtkBuilderCScope *scope)
{
  gtk_builder_cscope_add_callback (scope, owner_selected);
}
