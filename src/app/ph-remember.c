/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Bindings of GSettings would not do: they write at once what they find, also what only the command line asked for. */
#include "ph-remember.h"

#include "ph-settings.h"

struct _PhRemember
{
  GObject parent_instance;

  GSettings *settings;
  gboolean resting;
};

G_DEFINE_FINAL_TYPE (PhRemember, ph_remember, G_TYPE_OBJECT)

/* What a handler needs to know; the key lives as long as the program. */
typedef struct
{
  PhRemember *self;
  GSettings *settings;
  const char *key;
  const char *wanted; /* NULL: always */
} Saving;

static void
saving_free (gpointer data, GClosure *closure)
{
  Saving *saving = data;

  g_object_unref (saving->settings);
  g_object_unref (saving->self);
  g_free (saving);
}

static gboolean
is_wanted (const PhRemember *self, const char *wanted)
{
  return !wanted || (self->settings && g_settings_get_boolean (self->settings, wanted));
}

static void
save_property (GObject *object, GParamSpec *property, Saving *saving)
{
  g_auto (GValue) value = G_VALUE_INIT;
  GSettings *settings = saving->settings;

  if (saving->self->resting || !is_wanted (saving->self, saving->wanted))
    return;
  g_object_get_property (object, property->name, &value);
  if (G_VALUE_HOLDS_UINT (&value))
    g_settings_set_uint (settings, saving->key, g_value_get_uint (&value));
  else if (G_VALUE_HOLDS_BOOLEAN (&value))
    g_settings_set_boolean (settings, saving->key, g_value_get_boolean (&value));
  else if (G_VALUE_HOLDS_STRING (&value))
    g_settings_set_string (settings, saving->key, g_value_get_string (&value));
  else if (G_VALUE_HOLDS_VARIANT (&value))
    g_settings_set_value (settings, saving->key, g_value_get_variant (&value));
  else
    g_settings_set_strv (settings, saving->key, g_value_get_boxed (&value));
}

static void
load_property (GSettings *settings, const char *key, GObject *object, const char *property)
{
  GParamSpec *pspec = g_object_class_find_property (G_OBJECT_GET_CLASS (object), property);

  if (G_IS_PARAM_SPEC_VARIANT (pspec))
    {
      g_autoptr (GVariant) value = g_settings_get_value (settings, key);

      g_object_set (object, property, value, NULL);
      return;
    }
  g_settings_bind (settings, key, object, property, G_SETTINGS_BIND_GET | G_SETTINGS_BIND_GET_NO_CHANGES);
  g_settings_unbind (object, property);
}

static void
wanted_changed (GSettings *settings, const char *wanted, GSettings *kept)
{
  if (!g_settings_get_boolean (settings, wanted))
    g_settings_reset (kept, g_object_get_data (G_OBJECT (kept), wanted));
}

static void
keep_property (
    PhRemember *self, GSettings *settings, const char *wanted, const char *key, GObject *object, const char *property)
{
  g_autofree char *signal = g_strconcat ("notify::", property, NULL);
  Saving *saving = g_new (Saving, 1);

  if (is_wanted (self, wanted))
    load_property (settings, key, object, property);
  else
    g_settings_reset (settings, key);
  *saving = (Saving){ .self = g_object_ref (self), .settings = g_object_ref (settings), .key = key, .wanted = wanted };
  g_signal_connect_data (object, signal, G_CALLBACK (save_property), saving, saving_free, 0);
}

void
ph_remember_property (PhRemember *self, const char *key, GObject *object, const char *property)
{
  if (self->settings)
    keep_property (self, self->settings, NULL, key, object, property);
}

typedef struct
{
  GObject *object;      /* borrowed: it lives as long as this is called */
  const char *property; /* static */
} Following;

static void
following_free (gpointer following, GClosure *closure)
{
  g_free (following);
}

static void
preferred (GSettings *settings, const char *key, Following *following)
{
  load_property (settings, key, following->object, following->property);
}

void
ph_remember_and_follow (PhRemember *self, const char *key, GObject *object, const char *property)
{
  g_autofree char *signal = g_strconcat ("changed::", key, NULL);
  Following *following;
  GClosure *closure;

  ph_remember_property (self, key, object, property);
  if (!self->settings)
    return;
  following = g_new (Following, 1);
  *following = (Following){ object, g_intern_string (property) };
  closure = g_cclosure_new (G_CALLBACK (preferred), following, following_free);
  g_object_watch_closure (object, closure);
  g_signal_connect_closure (self->settings, signal, closure, FALSE);
}

void
ph_remember_of_table (PhRemember *self, const char *table, const char *key, GObject *object, const char *property)
{
  g_autoptr (GSettings) settings = ph_settings_new_of_table (table);

  if (settings)
    keep_property (self, settings, NULL, key, object, property);
}

void
ph_remember_of_table_if (
    PhRemember *self, const char *wanted, const char *table, const char *key, GObject *object, const char *property)
{
  g_autoptr (GSettings) settings = ph_settings_new_of_table (table);
  g_autofree char *signal = g_strconcat ("changed::", wanted, NULL);

  if (!settings || !self->settings)
    return;
  keep_property (self, settings, wanted, key, object, property);
  g_object_set_data (G_OBJECT (settings), wanted, (gpointer) key);
  g_signal_connect_object (self->settings, signal, G_CALLBACK (wanted_changed), settings, 0);
}

GSettings *
ph_remember_get_settings (PhRemember *self)
{
  return self->settings;
}

void
ph_remember_set_resting (PhRemember *self, gboolean resting)
{
  self->resting = resting;
}

static void
ph_remember_finalize (GObject *object)
{
  g_clear_object (&PH_REMEMBER (object)->settings);
  G_OBJECT_CLASS (ph_remember_parent_class)->finalize (object);
}

static void
ph_remember_class_init (PhRememberClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = ph_remember_finalize;
}

static void
ph_remember_init (PhRemember *self)
{
  self->settings = ph_settings_new ();
}

PhRemember *
ph_remember_new (void)
{
  return g_object_new (PH_TYPE_REMEMBER, NULL);
}
