/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Everything counts at once. The lists of ports are only made when their page is looked at. */
#include "ph-preferences.h"

#include <glib/gi18n.h>

#include "ph-autostart.h"
#include "ph-choice.h"
#include "ph-known-list.h"
#include "ph-mute-list.h"
#include "ph-toast.h"

struct _PhPreferences
{
  AdwPreferencesWindow parent_instance;

  GtkSwitch *marks, *numeric, *remember_filter, *csv_safe;
  GtkAdjustment *refresh_adjustment, *mark_adjustment;
  AdwComboRow *csv_separator, *colors, *rates, *prefixes;
  AdwPreferencesGroup *alerts_group;
  GtkSwitch *alerts, *ephemeral, *background, *login, *history_ports, *history_connections;
  GtkAdjustment *interval_adjustment, *days_adjustment, *size_adjustment;
  AdwPreferencesPage *ports_page;

  PhLookout *lookout;
  GSettings *settings; /* NULL: nothing can be remembered */
  gboolean has_lists;
  gboolean reverting; /* the switch goes back: no wish of the user's */
};

G_DEFINE_FINAL_TYPE (PhPreferences, ph_preferences, ADW_TYPE_PREFERENCES_WINDOW)

/* --- settings --- */

static gboolean
to_seconds (GValue *value, GVariant *variant, gpointer data)
{
  g_value_set_double (value, g_variant_get_uint32 (variant) / 1000.0);
  return TRUE;
}

static GVariant *
to_milliseconds (const GValue *value, const GVariantType *type, gpointer data)
{
  return g_variant_new_uint32 ((guint32) (g_value_get_double (value) * 1000 + 0.5));
}

static void
bind_settings (PhPreferences *self)
{
  const struct
  {
    const char *key;
    gpointer object;
    const char *property;
  } bound[] = {
    { "mark-changes", self->marks, "active" },
    { "mark-seconds", self->mark_adjustment, "value" },
    { "numeric", self->numeric, "active" },
    { "remember-filter", self->remember_filter, "active" },
    { "csv-safe", self->csv_safe, "active" },
    { "alerts", self->alerts, "active" },
    { "alert-ephemeral-udp", self->ephemeral, "active" },
    { "background", self->background, "active" },
    { "history-ports", self->history_ports, "active" },
    { "history-connections", self->history_connections, "active" },
    { "history-days", self->days_adjustment, "value" },
    { "activity-size", self->size_adjustment, "value" },
  };

  const struct
  {
    const char *key;
    GtkAdjustment *seconds;
  } times[] = {
    { "refresh-interval", self->refresh_adjustment },
    { "watch-interval", self->interval_adjustment },
  };
  const struct
  {
    const char *key;
    AdwComboRow *row;
  } choices[] = {
    { "csv-separator", self->csv_separator },
    { "colors", self->colors },
    { "rates", self->rates },
    { "prefixes", self->prefixes },
  };

  for (guint i = 0; i < G_N_ELEMENTS (bound); i++)
    g_settings_bind (self->settings, bound[i].key, bound[i].object, bound[i].property, G_SETTINGS_BIND_DEFAULT);
  for (guint i = 0; i < G_N_ELEMENTS (times); i++)
    g_settings_bind_with_mapping (self->settings, times[i].key, times[i].seconds, "value", G_SETTINGS_BIND_DEFAULT,
                                  to_seconds, to_milliseconds, NULL, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (choices); i++)
    ph_choice_bind (self->settings, choices[i].key, choices[i].row);
}

/* --- start at login --- */

static void
say_failed (PhPreferences *self, const GError *error)
{
  g_autofree char *text = g_strdup_printf (_ ("Could not be set: %s"), error->message);

  adw_preferences_window_add_toast (ADW_PREFERENCES_WINDOW (self), ph_toast_new (text));
}

static void
show_login (PhPreferences *self)
{
  self->reverting = TRUE;
  gtk_switch_set_active (self->login, self->settings && g_settings_get_boolean (self->settings, "start-at-login"));
  self->reverting = FALSE;
}

/* The answer may take as long as the desktop's question is open, and this window may be closed before. */
typedef struct
{
  GWeakRef window;
  GSettings *settings; /* NULL: nothing can be remembered */
  gboolean on;
} Wish;

static Wish *
wish_new (PhPreferences *self, gboolean on)
{
  Wish *wish = g_new0 (Wish, 1);

  g_weak_ref_init (&wish->window, self);
  g_set_object (&wish->settings, self->settings);
  wish->on = on;
  return wish;
}

static void
wish_free (Wish *wish)
{
  g_weak_ref_clear (&wish->window);
  g_clear_object (&wish->settings);
  g_free (wish);
}

static void
login_set (GObject *source, GAsyncResult *result, gpointer data)
{
  Wish *wish = data;
  g_autoptr (PhPreferences) self = g_weak_ref_get (&wish->window);
  g_autoptr (GError) error = NULL;
  gboolean set = ph_autostart_set_finish (result, &error);

  if (set && wish->settings)
    g_settings_set_boolean (wish->settings, "start-at-login", wish->on);
  wish_free (wish);
  if (!self || !self->lookout) /* closed */
    return;
  gtk_widget_set_sensitive (GTK_WIDGET (self->login), TRUE);
  if (!set)
    {
      say_failed (self, error);
      show_login (self);
    }
}

static void
set_login (PhPreferences *self, gboolean on)
{
  gtk_widget_set_sensitive (GTK_WIDGET (self->login), FALSE); /* one wish at a time */
  ph_autostart_set_async (on, NULL, login_set, wish_new (self, on));
}

static void
login_changed (PhPreferences *self)
{
  if (!self->reverting)
    set_login (self, gtk_switch_get_active (self->login));
}

/* In a sandbox the desktop is asked whether the program may stay. */
static void
background_changed (PhPreferences *self)
{
  if (ph_autostart_in_sandbox () && gtk_switch_get_active (self->background))
    set_login (self, gtk_switch_get_active (self->login));
}

/* --- what is said --- */

/* A description is markup. */
static void
update_trouble (PhPreferences *self)
{
  const char *trouble = ph_notifier_get_trouble (ph_lookout_get_notifier (self->lookout));
  g_autofree char *markup = trouble ? g_markup_escape_text (trouble, -1) : NULL;

  adw_preferences_group_set_description (self->alerts_group, markup);
}

static void
ports_shown (PhPreferences *self)
{
  if (self->has_lists)
    return;
  self->has_lists = TRUE;
  adw_preferences_page_add (self->ports_page, g_object_new (PH_TYPE_MUTE_LIST, NULL));
  adw_preferences_page_add (self->ports_page, g_object_new (PH_TYPE_KNOWN_LIST, NULL));
}

/* --- life --- */

static void
ph_preferences_dispose (GObject *object)
{
  PhPreferences *self = PH_PREFERENCES (object);

  g_clear_object (&self->lookout);
  gtk_widget_dispose_template (GTK_WIDGET (object), PH_TYPE_PREFERENCES);
  G_OBJECT_CLASS (ph_preferences_parent_class)->dispose (object);
}

static void
ph_preferences_class_init (PhPreferencesClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ph_preferences_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/porthole/Porthole/ph-preferences.ui");
  gtk_widget_class_bind_template_child (widget_class, PhPreferences, marks);
  gtk_widget_class_bind_template_child (widget_class, PhPreferences, numeric);
  gtk_widget_class_bind_template_child (widget_class, PhPreferences, remember_filter);
  gtk_widget_class_bind_template_child (widget_class, PhPreferences, csv_safe);
  gtk_widget_class_bind_template_child (widget_class, PhPreferences, refresh_adjustment);
  gtk_widget_class_bind_template_child (widget_class, PhPreferences, mark_adjustment);
  gtk_widget_class_bind_template_child (widget_class, PhPreferences, csv_separator);
  gtk_widget_class_bind_template_child (widget_class, PhPreferences, colors);
  gtk_widget_class_bind_template_child (widget_class, PhPreferences, rates);
  gtk_widget_class_bind_template_child (widget_class, PhPreferences, prefixes);
  gtk_widget_class_bind_template_child (widget_class, PhPreferences, alerts_group);
  gtk_widget_class_bind_template_child (widget_class, PhPreferences, alerts);
  gtk_widget_class_bind_template_child (widget_class, PhPreferences, ephemeral);
  gtk_widget_class_bind_template_child (widget_class, PhPreferences, background);
  gtk_widget_class_bind_template_child (widget_class, PhPreferences, login);
  gtk_widget_class_bind_template_child (widget_class, PhPreferences, interval_adjustment);
  gtk_widget_class_bind_template_child (widget_class, PhPreferences, ports_page);
  gtk_widget_class_bind_template_child (widget_class, PhPreferences, history_ports);
  gtk_widget_class_bind_template_child (widget_class, PhPreferences, history_connections);
  gtk_widget_class_bind_template_child (widget_class, PhPreferences, days_adjustment);
  gtk_widget_class_bind_template_child (widget_class, PhPreferences, size_adjustment);
  gtk_widget_class_bind_template_callback (widget_class, ports_shown);
}

static void
ph_preferences_init (PhPreferences *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

PhPreferences *
ph_preferences_new (GtkWindow *parent, PhLookout *lookout)
{
  PhPreferences *self = g_object_new (PH_TYPE_PREFERENCES, "transient-for", parent, "application",
                                      g_application_get_default (), "modal", FALSE, NULL);

  self->lookout = g_object_ref (lookout);
  self->settings = ph_lookout_get_settings (lookout);
  if (self->settings)
    bind_settings (self);
  show_login (self);
  update_trouble (self);
  g_signal_connect_swapped (self->login, "notify::active", G_CALLBACK (login_changed), self);
  g_signal_connect_swapped (self->background, "notify::active", G_CALLBACK (background_changed), self);
  g_signal_connect_object (ph_lookout_get_notifier (lookout), "notify::available", G_CALLBACK (update_trouble), self,
                           G_CONNECT_SWAPPED);
  return self;
}
