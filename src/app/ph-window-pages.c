/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pages are made when they are first visited. What all have in common (paused, numeric, interval) are properties of the
 * window, and each page that is made is bound to them. */
#include "ph-window-private.h"

#include <string.h>

#include "ph-pages.h"

/* Actions ask for properties early, while the template is being made, and that must not make a page. */
gboolean
ph_window_has_content (PhWindow *self)
{
  GtkWidget *place = self->stack ? adw_view_stack_get_visible_child (self->stack) : NULL;

  return place && adw_bin_get_child (ADW_BIN (place));
}

/* The page in sight is another, or what it shows. */
void
ph_window_page_changed (PhWindow *self)
{
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.details",
                                 ph_window_has_content (self) && ph_table_page_has_details (ph_window_get_page (self)));
  g_object_notify (G_OBJECT (self), "search-mode");
  g_object_notify (G_OBJECT (self), "show-details");
  g_object_notify (G_OBJECT (self), "show-facets");
}

static void
adopt (PhWindow *self, PhTablePage *page)
{
  static const char *const shared[] = { "paused", "numeric", "interval", "in-sight" };
  static const char *const own[] = { "notify::search-mode", "notify::show-details", "notify::show-facets" };

  for (guint i = 0; i < G_N_ELEMENTS (shared); i++)
    g_object_bind_property (self, shared[i], page, shared[i], G_BINDING_BIDIRECTIONAL | G_BINDING_SYNC_CREATE);
  for (guint i = 0; i < G_N_ELEMENTS (own); i++)
    g_signal_connect_object (page, own[i], G_CALLBACK (ph_window_page_changed), self, G_CONNECT_SWAPPED);
  ph_table_page_remember (page, self->remember);
}

/* What is in the place with this name: a PhTablePage or a PhSection of some. */
GtkWidget *
ph_window_ensure_content (PhWindow *self, const char *name)
{
  AdwBin *place = ADW_BIN (adw_view_stack_get_child_by_name (self->stack, name));
  GtkWidget *content = adw_bin_get_child (place);

  if (content)
    return content;
  content = ph_pages_make (name);
  if (PH_IS_SECTION (content))
    {
      g_signal_connect_object (content, "page-made", G_CALLBACK (adopt), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (content, "notify::page", G_CALLBACK (ph_window_page_changed), self, G_CONNECT_SWAPPED);
    }
  else
    adopt (self, PH_TABLE_PAGE (content));
  adw_bin_set_child (place, content);
  return content;
}

GtkWidget *
ph_window_get_content (PhWindow *self)
{
  return ph_window_ensure_content (self, adw_view_stack_get_visible_child_name (self->stack));
}

PhTablePage *
ph_window_get_page (PhWindow *self)
{
  GtkWidget *content = ph_window_get_content (self);

  return PH_IS_SECTION (content) ? ph_section_get_page (PH_SECTION (content)) : PH_TABLE_PAGE (content);
}

PhTablePage *
ph_window_show_table (PhWindow *self, PhTableId table)
{
  GtkWidget *content;

  adw_view_stack_set_visible_child_name (self->stack, ph_pages_home (table));
  content = ph_window_get_content (self);
  if (PH_IS_SECTION (content))
    ph_section_show (PH_SECTION (content), table);
  return ph_window_get_page (self);
}

void
ph_window_place_changed (PhWindow *self)
{
  if (gtk_widget_get_realized (GTK_WIDGET (self)))
    ph_window_get_content (self);
  ph_window_page_changed (self);
  g_object_notify (G_OBJECT (self), "page");
}

void
ph_window_go_to (PhWindow *self, const char *name)
{
  GtkWidget *page;

  if (!adw_view_stack_get_child_by_name (self->stack, name))
    return;
  adw_view_stack_set_visible_child_name (self->stack, name);
  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  page = GTK_WIDGET (ph_window_get_page (self));
  if (!gtk_widget_grab_focus (GTK_WIDGET (ph_table_page_get_table_view (PH_TABLE_PAGE (page)))))
    gtk_widget_child_focus (page, GTK_DIR_TAB_FORWARD); /* it has no rows, but says why */
}

void
ph_window_tell_page (GtkWidget *widget, const char *name, GVariant *parameter)
{
  /* "win.refresh" is "page.refresh" of the page in sight. */
  g_autofree char *action = g_strconcat ("page", strchr (name, '.'), NULL);

  gtk_widget_activate_action_variant (GTK_WIDGET (ph_window_get_page (PH_WINDOW (widget))), action, parameter);
}

void
ph_window_add_toast (PhWindow *self, AdwToast *toast)
{
  ph_table_page_add_toast (ph_window_get_page (self), toast);
}
