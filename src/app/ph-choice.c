/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The words are the schema's: nobody else has a list of them. */
#include "ph-choice.h"

static char **
dup_words (GSettings *settings, const char *key)
{
  g_autoptr (GSettingsSchema) schema = NULL;
  g_autoptr (GSettingsSchemaKey) description = NULL;
  g_autoptr (GVariant) range = NULL, words = NULL;
  const char *kind;

  g_object_get (settings, "settings-schema", &schema, NULL);
  description = g_settings_schema_get_key (schema, key);
  range = g_settings_schema_key_get_range (description); /* ("enum", <["usual", "safe"]>) */
  g_variant_get (range, "(&sv)", &kind, &words);
  g_return_val_if_fail (g_str_equal (kind, "enum"), NULL);
  return g_variant_dup_strv (words, NULL);
}

static gboolean
to_index (GValue *value, GVariant *variant, gpointer words)
{
  const char *word = g_variant_get_string (variant, NULL);

  for (guint i = 0; ((char **) words)[i]; i++)
    if (g_str_equal (word, ((char **) words)[i]))
      {
        g_value_set_uint (value, i);
        return TRUE;
      }
  return FALSE;
}

static GVariant *
to_word (const GValue *value, const GVariantType *type, gpointer words)
{
  guint i = g_value_get_uint (value);

  return i < g_strv_length (words) ? g_variant_new_string (((char **) words)[i]) : NULL;
}

void
ph_choice_bind (GSettings *settings, const char *key, AdwComboRow *row)
{
  char **words = dup_words (settings, key);

  g_return_if_fail (words && g_strv_length (words) == g_list_model_get_n_items (adw_combo_row_get_model (row)));
  g_settings_bind_with_mapping (settings, key, row, "selected", G_SETTINGS_BIND_DEFAULT, to_index, to_word, words,
                                (GDestroyNotify) g_strfreev);
}
