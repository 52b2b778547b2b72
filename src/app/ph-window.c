/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Most of its start is making widgets, so what is opened now and then is made when it is opened: pages, menu,
 * shortcuts.
 *
 * Window actions speak to the page in sight.
 */
#include "ph-window-private.h"

#include "ph-compat.h"
#include "ph-lookout.h"

#define NARROW 400 /* px */

G_DEFINE_FINAL_TYPE (PhWindow, ph_window, ADW_TYPE_APPLICATION_WINDOW)

enum
{
  PROP_PAUSED = 1,
  PROP_NUMERIC,
  PROP_INTERVAL,
  PROP_IN_SIGHT,
  PROP_PAGE,
  PROP_SEARCH_MODE,
  PROP_SHOW_DETAILS,
  PROP_SHOW_FACETS,
  N_PROPS
};
static GParamSpec *props[N_PROPS];

/* --- what nobody has looked at yet --- */

static void
unseen_changed (PhWindow *self)
{
  PhLookout *lookout = ph_lookout_get_default ();
  guint unseen = lookout ? ph_watcher_get_unseen (ph_lookout_get_watcher (lookout)) : 0;

  adw_view_stack_page_set_badge_number (self->connections, unseen);
  adw_view_stack_page_set_needs_attention (self->connections, unseen > 0);
}

static void
count_unseen (PhWindow *self)
{
  PhLookout *lookout = ph_lookout_get_default ();

  if (!lookout)
    return;
  g_signal_connect_object (ph_lookout_get_watcher (lookout), "notify::unseen", G_CALLBACK (unseen_changed), self,
                           G_CONNECT_SWAPPED);
  unseen_changed (self);
}

/* --- what is made when it is opened --- */

static void
make_menu (GtkMenuButton *button, gpointer self)
{
  if (gtk_menu_button_get_popover (button))
    return;
  gtk_menu_button_set_menu_model (button, PH_WINDOW (self)->main_menu);
  /* Closed from within a submenu, a popover of GTK 4.8 keeps the focus, and with it every key. */
  g_signal_connect_object (gtk_menu_button_get_popover (button), "closed", G_CALLBACK (gtk_widget_grab_focus), button,
                           G_CONNECT_SWAPPED);
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

/* For buttons of the header bar that have keys and a menu item, too. The default width follows the user's hand. */
static gboolean
has_room (gpointer self, gboolean can_be_used, int width)
{
  return can_be_used && width > NARROW;
}

/* --- what is remembered --- */

static void
load_settings (PhWindow *self)
{
  GSettings *settings = ph_remember_get_settings (self->remember);

  ph_remember_and_follow (self->remember, "refresh-interval", G_OBJECT (self), "interval");
  ph_remember_and_follow (self->remember, "numeric", G_OBJECT (self), "numeric");
  ph_remember_property (self->remember, "page", G_OBJECT (self), "page");
  if (!settings)
    return;
  gtk_window_set_default_size (GTK_WINDOW (self), g_settings_get_int (settings, "window-width"),
                               g_settings_get_int (settings, "window-height"));
  if (g_settings_get_boolean (settings, "window-maximized"))
    gtk_window_maximize (GTK_WINDOW (self));
}

static void
save_size (PhWindow *self)
{
  GSettings *settings = ph_remember_get_settings (self->remember);
  int width, height;

  if (!settings)
    return;
  gtk_window_get_default_size (GTK_WINDOW (self), &width, &height);
  g_settings_set_int (settings, "window-width", width);
  g_settings_set_int (settings, "window-height", height);
  g_settings_set_boolean (settings, "window-maximized", gtk_window_is_maximized (GTK_WINDOW (self)));
}

/* --- life --- */

static void
sight_changed (PhWindow *self)
{
  g_object_set (self, "in-sight", ph_compat_can_be_seen (GTK_WINDOW (self)), NULL);
}

static void
ph_window_realize (GtkWidget *widget)
{
  PhWindow *self = PH_WINDOW (widget);

  ph_window_get_content (self);
  ph_window_page_changed (self);
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
ph_window_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  PhWindow *self = PH_WINDOW (object);

  switch (id)
    {
    case PROP_PAUSED:
      g_value_set_boolean (value, self->paused);
      break;
    case PROP_NUMERIC:
      g_value_set_boolean (value, self->numeric);
      break;
    case PROP_INTERVAL:
      g_value_set_uint (value, self->interval);
      break;
    case PROP_IN_SIGHT:
      g_value_set_boolean (value, self->in_sight);
      break;
    case PROP_PAGE:
      g_value_set_string (value, self->stack ? adw_view_stack_get_visible_child_name (self->stack) : NULL);
      break;
    case PROP_SEARCH_MODE:
      if (ph_window_has_content (self))
        g_object_get_property (G_OBJECT (ph_window_get_page (self)), "search-mode", value);
      break;
    case PROP_SHOW_DETAILS:
      if (ph_window_has_content (self))
        g_object_get_property (G_OBJECT (ph_window_get_page (self)), "show-details", value);
      break;
    case PROP_SHOW_FACETS:
      if (ph_window_has_content (self))
        g_object_get_property (G_OBJECT (ph_window_get_page (self)), "show-facets", value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
set_flag (PhWindow *self, gboolean *flag, const GValue *value, GParamSpec *pspec)
{
  if (g_value_get_boolean (value) == *flag)
    return;
  *flag = g_value_get_boolean (value);
  g_object_notify_by_pspec (G_OBJECT (self), pspec);
}

static void
ph_window_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  PhWindow *self = PH_WINDOW (object);

  switch (id)
    {
    case PROP_PAUSED:
      set_flag (self, &self->paused, value, pspec);
      break;
    case PROP_NUMERIC:
      set_flag (self, &self->numeric, value, pspec);
      break;
    case PROP_INTERVAL:
      if (g_value_get_uint (value) == self->interval)
        break;
      self->interval = g_value_get_uint (value);
      g_object_notify_by_pspec (object, pspec);
      break;
    case PROP_IN_SIGHT:
      set_flag (self, &self->in_sight, value, pspec);
      break;
    case PROP_PAGE:
      ph_window_go_to (self, g_value_get_string (value));
      break;
    case PROP_SEARCH_MODE:
      g_object_set_property (G_OBJECT (ph_window_get_page (self)), "search-mode", value);
      break;
    case PROP_SHOW_DETAILS:
      gtk_widget_activate_action (GTK_WIDGET (ph_window_get_page (self)), "page.details", NULL);
      break;
    case PROP_SHOW_FACETS:
      g_object_set_property (G_OBJECT (ph_window_get_page (self)), "show-facets", value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
ph_window_dispose (GObject *object)
{
  PhWindow *self = PH_WINDOW (object);

  /* It changes once more while it goes. */
  if (self->stack)
    g_signal_handlers_disconnect_by_data (self->stack, self);
  gtk_widget_dispose_template (GTK_WIDGET (self), PH_TYPE_WINDOW);
  g_clear_object (&self->remember);
  G_OBJECT_CLASS (ph_window_parent_class)->dispose (object);
}

static void
ph_window_class_init (PhWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = ph_window_get_property;
  object_class->set_property = ph_window_set_property;
  object_class->dispose = ph_window_dispose;
  widget_class->realize = ph_window_realize;
  GTK_WINDOW_CLASS (klass)->close_request = ph_window_close_request;

  props[PROP_PAUSED] = g_param_spec_boolean ("paused", NULL, NULL, FALSE, flags);
  props[PROP_NUMERIC] = g_param_spec_boolean ("numeric", NULL, NULL, FALSE, flags);
  props[PROP_INTERVAL] = g_param_spec_uint ("interval", NULL, NULL, 100, 3600000, 1000, flags);
  props[PROP_IN_SIGHT] = g_param_spec_boolean ("in-sight", NULL, NULL, FALSE, flags);
  props[PROP_PAGE] = g_param_spec_string ("page", NULL, NULL, NULL, flags);
  props[PROP_SEARCH_MODE] = g_param_spec_boolean ("search-mode", NULL, NULL, FALSE, flags);
  props[PROP_SHOW_DETAILS] = g_param_spec_boolean ("show-details", NULL, NULL, FALSE, flags);
  props[PROP_SHOW_FACETS] = g_param_spec_boolean ("show-facets", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/porthole/Porthole/ph-window.ui");
  gtk_widget_class_bind_template_child (widget_class, PhWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, PhWindow, connections);
  gtk_widget_class_bind_template_child (widget_class, PhWindow, menu_button);
  gtk_widget_class_bind_template_child (widget_class, PhWindow, main_menu);
  gtk_widget_class_bind_template_callback (widget_class, ph_window_place_changed);
  gtk_widget_class_bind_template_callback (widget_class, has_room);
  /* Of the class, not GPropertyActions: those would keep the window that has them. */
  gtk_widget_class_install_property_action (widget_class, "win.pause", "paused");
  gtk_widget_class_install_property_action (widget_class, "win.numeric", "numeric");
  gtk_widget_class_install_property_action (widget_class, "win.interval", "interval");
  gtk_widget_class_install_property_action (widget_class, "win.page", "page");
  gtk_widget_class_install_property_action (widget_class, "win.search", "search-mode");
  gtk_widget_class_install_property_action (widget_class, "win.details", "show-details");
  gtk_widget_class_install_property_action (widget_class, "win.facets", "show-facets");
  gtk_widget_class_install_action (widget_class, "win.refresh", NULL, ph_window_tell_page);
  gtk_widget_class_install_action (widget_class, "win.export", NULL, ph_window_tell_page);
  gtk_widget_class_install_action (widget_class, "win.columns", NULL, ph_window_tell_page);
  gtk_widget_class_install_action (widget_class, "win.route-to", "(ss)", ph_window_route_to);
  gtk_widget_class_install_action (widget_class, "win.look-up", NULL, ph_window_look_up);
  gtk_widget_class_install_action (widget_class, "win.show-socket", "ay", ph_window_show_socket);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F4, 0, "win.columns", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_l, GDK_CONTROL_MASK, "win.look-up", NULL);
}

static void
ph_window_init (PhWindow *self)
{
  const GActionEntry actions[] = { { "show-help-overlay", show_help_overlay } };

  self->interval = 1000;
  self->remember = ph_remember_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_menu_button_set_create_popup_func (self->menu_button, make_menu, self, NULL);
  g_action_map_add_action_entries (G_ACTION_MAP (self), actions, G_N_ELEMENTS (actions), self);
  load_settings (self);
  count_unseen (self);
}

PhWindow *
ph_window_new (GtkApplication *application)
{
  return g_object_new (PH_TYPE_WINDOW, "application", application, NULL);
}
