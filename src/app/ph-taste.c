/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Read when it is asked for: a few look-ups in GSettings' own cache, and no copy that could be another. */
#include "ph-taste.h"

#include "ph-settings.h"

struct _PhTaste
{
  GObject parent_instance;

  GSettings *settings; /* NULL: nothing can be remembered */
};

G_DEFINE_FINAL_TYPE (PhTaste, ph_taste, G_TYPE_OBJECT)

enum
{
  SIGNAL_UNITS,
  SIGNAL_COLORS,
  SIGNAL_MARKS,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

static gboolean
is (PhTaste *self, const char *key, const char *choice)
{
  g_autofree char *chosen = self->settings ? g_settings_get_string (self->settings, key) : NULL;

  return g_strcmp0 (chosen, choice) == 0;
}

static PhUnits
get_prefixes (PhTaste *self)
{
  return is (self, "prefixes", "iec") ? PH_UNITS_IEC : 0;
}

PhUnits
ph_taste_get_units (PhTaste *self)
{
  return get_prefixes (self) | (is (self, "rates", "bits") ? PH_UNITS_BITS : 0);
}

PhUnits
ph_taste_get_graph_units (PhTaste *self)
{
  return get_prefixes (self) | (is (self, "rates", "bytes") ? 0 : PH_UNITS_BITS);
}

PhColors
ph_taste_get_colors (PhTaste *self)
{
  return is (self, "colors", "safe") ? PH_COLORS_SAFE : is (self, "colors", "none") ? PH_COLORS_NONE : PH_COLORS_USUAL;
}

gint64
ph_taste_get_mark_us (PhTaste *self)
{
  if (!self->settings)
    return 3 * G_USEC_PER_SEC;
  return g_settings_get_boolean (self->settings, "mark-changes")
             ? g_settings_get_uint (self->settings, "mark-seconds") * G_USEC_PER_SEC
             : 0;
}

PhCsvFlags
ph_taste_get_csv (PhTaste *self)
{
  PhCsvFlags flags = is (self, "csv-separator", "semicolon") ? PH_CSV_SEMICOLON
                     : is (self, "csv-separator", "tab")     ? PH_CSV_TAB
                                                             : 0;

  if (!self->settings || g_settings_get_boolean (self->settings, "csv-safe"))
    flags |= PH_CSV_SAFE;
  return flags;
}

/* --- life --- */

static void
ph_taste_finalize (GObject *object)
{
  g_clear_object (&PH_TASTE (object)->settings);
  G_OBJECT_CLASS (ph_taste_parent_class)->finalize (object);
}

static void
ph_taste_class_init (PhTasteClass *klass)
{
  static const char *const names[N_SIGNALS] = { "units", "colors", "marks" };

  G_OBJECT_CLASS (klass)->finalize = ph_taste_finalize;
  for (guint i = 0; i < N_SIGNALS; i++)
    signals[i] = g_signal_new (names[i], PH_TYPE_TASTE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
changed (PhTaste *self, const char *key)
{
  static const struct
  {
    const char *key;
    guint signal;
  } keys[] = {
    { "rates", SIGNAL_UNITS },        { "prefixes", SIGNAL_UNITS },     { "colors", SIGNAL_COLORS },
    { "mark-changes", SIGNAL_MARKS }, { "mark-seconds", SIGNAL_MARKS },
  };

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    if (g_str_equal (key, keys[i].key))
      g_signal_emit (self, signals[keys[i].signal], 0);
}

static void
ph_taste_init (PhTaste *self)
{
  self->settings = ph_settings_new ();
  if (self->settings)
    g_signal_connect_object (self->settings, "changed", G_CALLBACK (changed), self, G_CONNECT_SWAPPED);
}

PhTaste *
ph_taste_get_default (void)
{
  static PhTaste *taste;

  if (!taste)
    taste = g_object_new (PH_TYPE_TASTE, NULL);
  return taste;
}
