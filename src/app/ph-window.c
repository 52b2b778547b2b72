/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Most of its start is making widgets, so what is opened now and then is made when it is opened: menu, shortcuts.
 *
 * Window actions speak to the page in sight. The settings are loaded once and saved when the user changes something in
 * this window; what came by the command line holds for this window alone.
 */
#include "ph-window.h"

#include <string.h>

#include "ph-compat.h"
#include "ph-settings.h"

struct _PhWindow
{
  AdwApplicationWindow parent_instance;

  GtkWidget *stack;
  GtkMenuButton *menu_button;
  GMenuModel *main_menu;
  PhConnectionsPage *connections;

  GSettings *settings; /* NULL: nothing is remembered */
  gboolean applying;   /* what changes now is not to be remembered */
};

G_DEFINE_FINAL_TYPE (PhWindow, ph_window, ADW_TYPE_APPLICATION_WINDOW)

/* Setting, and the property of the connections page that it is. */
static const char *const remembered[][2] = {
  { "refresh-interval", "interval" },
  { "numeric", "numeric" },
  { "scope", "scope" },
  { "connections-columns", "columns" },
};

/* Bindings would not do: they write at once what they find, also what only the command line asked for. */
static void
save_property (PhWindow *self, GParamSpec *property, GObject *page)
{
  g_auto (GValue) value = G_VALUE_INIT;
  const char *key = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (remembered); i++)
    if (strcmp (remembered[i][1], property->name) == 0)
      key = remembered[i][0];
  if (!key || self->applying)
    return;
  g_object_get_property (page, property->name, &value);
  if (G_VALUE_HOLDS_UINT (&value))
    g_settings_set_uint (self->settings, key, g_value_get_uint (&value));
  else if (G_VALUE_HOLDS_BOOLEAN (&value))
    g_settings_set_boolean (self->settings, key, g_value_get_boolean (&value));
  else if (G_VALUE_HOLDS_STRING (&value))
    g_settings_set_string (self->settings, key, g_value_get_string (&value));
  else
    g_settings_set_strv (self->settings, key, g_value_get_boxed (&value));
}

static void
load_settings (PhWindow *self)
{
  self->settings = ph_settings_new ();
  if (!self->settings)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (remembered); i++)
    {
      g_settings_bind (self->settings, remembered[i][0], self->connections, remembered[i][1],
                       G_SETTINGS_BIND_GET | G_SETTINGS_BIND_GET_NO_CHANGES);
      g_settings_unbind (self->connections, remembered[i][1]);
    }
  g_signal_connect_object (self->connections, "notify", G_CALLBACK (save_property), self, G_CONNECT_SWAPPED);

  gtk_window_set_default_size (GTK_WINDOW (self), g_settings_get_int (self->settings, "window-width"),
                               g_settings_get_int (self->settings, "window-height"));
  if (g_settings_get_boolean (self->settings, "window-maximized"))
    gtk_window_maximize (GTK_WINDOW (self));
}

static void
save_size (PhWindow *self)
{
  int width, height;

  if (!self->settings)
    return;
  gtk_window_get_default_size (GTK_WINDOW (self), &width, &height);
  g_settings_set_int (self->settings, "window-width", width);
  g_settings_set_int (self->settings, "window-height", height);
  g_settings_set_boolean (self->settings, "window-maximized", gtk_window_is_maximized (GTK_WINDOW (self)));
}

void
ph_window_apply_options (PhWindow *self, const PhOptions *options)
{
  self->applying = TRUE;
  ph_table_page_apply_options (PH_TABLE_PAGE (self->connections), options);
  self->applying = FALSE;
}

PhConnectionsPage *
ph_window_get_connections (PhWindow *self)
{
  return self->connections;
}

static void
tell_page (GtkWidget *widget, const char *name, GVariant *parameter)
{
  PhWindow *self = PH_WINDOW (widget);
  /* "win.refresh" is "page.refresh" of the page in sight. */
  g_autofree char *action = g_strconcat ("page", strchr (name, '.'), NULL);
  GtkWidget *page = adw_view_stack_get_visible_child (ADW_VIEW_STACK (self->stack));

  if (page)
    gtk_widget_activate_action_variant (page, action, parameter);
}

static void
add_property_action (PhWindow *self, const char *name, const char *property)
{
  g_autoptr (GPropertyAction) action = g_property_action_new (name, self->connections, property);

  g_action_map_add_action (G_ACTION_MAP (self), G_ACTION (action));
}

/* --- what is made when it is opened --- */

static void
make_menu (GtkMenuButton *button, gpointer self)
{
  if (!gtk_menu_button_get_popover (button))
    gtk_menu_button_set_menu_model (button, PH_WINDOW (self)->main_menu);
}

static void
show_help_overlay (GSimpleAction *action, GVariant *parameter, gpointer self)
{
  if (!gtk_application_window_get_help_overlay (self))
    {
      g_autoptr (GtkBuilder) builder = gtk_builder_new_from_resource ("/org/porthole/Porthole/ph-help-overlay.ui");

      gtk_application_window_set_help_overlay (self,
                                               GTK_SHORTCUTS_WINDOW (gtk_builder_get_object (builder, "help_overlay")));
    }
  gtk_window_present (GTK_WINDOW (gtk_application_window_get_help_overlay (self)));
}

/* --- life --- */

static void
sight_changed (PhWindow *self)
{
  g_object_set (self->connections, "in-sight", ph_compat_can_be_seen (GTK_WINDOW (self)), NULL);
}

static void
ph_window_realize (GtkWidget *widget)
{
  PhWindow *self = PH_WINDOW (widget);

  GTK_WIDGET_CLASS (ph_window_parent_class)->realize (widget);
  g_signal_connect_object (gtk_native_get_surface (GTK_NATIVE (self)), "notify::state", G_CALLBACK (sight_changed),
                           self, G_CONNECT_SWAPPED);
  sight_changed (self);
}

static gboolean
ph_window_close_request (GtkWindow *window)
{
  save_size (PH_WINDOW (window));
  return GTK_WINDOW_CLASS (ph_window_parent_class)->close_request (window);
}

static void
ph_window_dispose (GObject *object)
{
  PhWindow *self = PH_WINDOW (object);

  g_clear_object (&self->settings);
  gtk_widget_dispose_template (GTK_WIDGET (self), PH_TYPE_WINDOW);
  G_OBJECT_CLASS (ph_window_parent_class)->dispose (object);
}

static void
ph_window_class_init (PhWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ph_window_dispose;
  widget_class->realize = ph_window_realize;
  GTK_WINDOW_CLASS (klass)->close_request = ph_window_close_request;

  g_type_ensure (PH_TYPE_CONNECTIONS_PAGE);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/porthole/Porthole/ph-window.ui");
  gtk_widget_class_bind_template_child (widget_class, PhWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, PhWindow, connections);
  gtk_widget_class_bind_template_child (widget_class, PhWindow, menu_button);
  gtk_widget_class_bind_template_child (widget_class, PhWindow, main_menu);
  gtk_widget_class_install_action (widget_class, "win.refresh", NULL, tell_page);
  gtk_widget_class_install_action (widget_class, "win.export", NULL, tell_page);
}

static void
ph_window_init (PhWindow *self)
{
  const GActionEntry actions[] = { { "show-help-overlay", show_help_overlay } };

  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_menu_button_set_create_popup_func (self->menu_button, make_menu, self, NULL);
  g_action_map_add_action_entries (G_ACTION_MAP (self), actions, G_N_ELEMENTS (actions), self);
  add_property_action (self, "search", "search-mode");
  add_property_action (self, "pause", "paused");
  add_property_action (self, "numeric", "numeric");
  add_property_action (self, "interval", "interval");
  load_settings (self);
}

PhWindow *
ph_window_new (GtkApplication *application)
{
  return g_object_new (PH_TYPE_WINDOW, "application", application, NULL);
}
