/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Each change writes the whole list, and what the settings then say is read again, whoever has changed it. */
#include "ph-saved-filters.h"

#include "ph-settings.h"

#define KEY "saved-filters"

typedef struct
{
  char *name;
  char *text;
} Saved;

struct _PhSavedFilters
{
  GObject parent_instance;

  GSettings *settings; /* NULL: they live as long as this */
  GPtrArray *list;     /* Saved */
};

G_DEFINE_FINAL_TYPE (PhSavedFilters, ph_saved_filters, G_TYPE_OBJECT)

static guint changed_signal;

static void
saved_free (gpointer data)
{
  Saved *saved = data;

  g_free (saved->name);
  g_free (saved->text);
  g_free (saved);
}

static Saved *
saved_new (const char *name, const char *text)
{
  Saved *saved = g_new (Saved, 1);

  saved->name = g_strdup (name);
  saved->text = g_strdup (text);
  return saved;
}

/* @name as it is kept; NULL: there is nothing in it, or too much. */
static char *
dup_name (const char *name)
{
  g_autofree char *stripped = g_strstrip (g_strdup (name));

  if (*stripped == '\0' || g_utf8_strlen (stripped, -1) > PH_SAVED_NAME_MAX)
    return NULL;
  return g_steal_pointer (&stripped);
}

/* --- settings --- */

/* Somebody else may have written them: what is no name is left out. */
static void
load (PhSavedFilters *self)
{
  g_autoptr (GVariant) list = g_settings_get_value (self->settings, KEY);
  GVariantIter iter;
  const char *name, *text;

  g_ptr_array_set_size (self->list, 0);
  g_variant_iter_init (&iter, list);
  while (g_variant_iter_next (&iter, "(&s&s)", &name, &text))
    {
      g_autofree char *kept = dup_name (name);

      if (kept && ph_saved_filters_find_name (self, kept) < 0)
        g_ptr_array_add (self->list, saved_new (kept, text));
    }
}

static void
settings_changed (PhSavedFilters *self)
{
  load (self);
  g_signal_emit (self, changed_signal, 0);
}

static void
store (PhSavedFilters *self)
{
  GVariantBuilder list;

  if (!self->settings)
    {
      g_signal_emit (self, changed_signal, 0);
      return;
    }
  g_variant_builder_init (&list, G_VARIANT_TYPE ("a(ss)"));
  for (guint i = 0; i < self->list->len; i++)
    {
      const Saved *saved = self->list->pdata[i];

      g_variant_builder_add (&list, "(ss)", saved->name, saved->text);
    }
  g_settings_set_value (self->settings, KEY, g_variant_builder_end (&list));
}

/* --- the list --- */

guint
ph_saved_filters_get_n (PhSavedFilters *self)
{
  return self->list->len;
}

const char *
ph_saved_filters_get_name (PhSavedFilters *self, guint n)
{
  return n < self->list->len ? ((const Saved *) self->list->pdata[n])->name : NULL;
}

const char *
ph_saved_filters_get_text (PhSavedFilters *self, guint n)
{
  return n < self->list->len ? ((const Saved *) self->list->pdata[n])->text : NULL;
}

int
ph_saved_filters_find_name (PhSavedFilters *self, const char *name)
{
  g_autofree char *kept = dup_name (name);
  g_autofree char *folded = kept ? g_utf8_casefold (kept, -1) : NULL;

  for (guint i = 0; folded && i < self->list->len; i++)
    {
      g_autofree char *other = g_utf8_casefold (ph_saved_filters_get_name (self, i), -1);

      if (g_str_equal (folded, other))
        return (int) i;
    }
  return -1;
}

int
ph_saved_filters_find_text (PhSavedFilters *self, const char *text)
{
  g_autofree char *wanted = g_strstrip (g_strdup (text));

  for (guint i = 0; i < self->list->len; i++)
    {
      g_autofree char *other = g_strstrip (g_strdup (ph_saved_filters_get_text (self, i)));

      if (g_str_equal (wanted, other))
        return (int) i;
    }
  return -1;
}

gboolean
ph_saved_filters_save (PhSavedFilters *self, const char *name, const char *text)
{
  g_autofree char *kept = dup_name (name);
  int at = ph_saved_filters_find_name (self, name);

  if (!kept)
    return FALSE;
  if (at < 0)
    return ph_saved_filters_insert (self, self->list->len, name, text);
  saved_free (self->list->pdata[at]);
  self->list->pdata[at] = saved_new (kept, text);
  store (self);
  return TRUE;
}

gboolean
ph_saved_filters_rename (PhSavedFilters *self, guint n, const char *name)
{
  g_autofree char *kept = dup_name (name);
  int other = ph_saved_filters_find_name (self, name);
  Saved *saved;

  if (!kept || n >= self->list->len || (other >= 0 && other != (int) n))
    return FALSE;
  saved = self->list->pdata[n];
  if (g_str_equal (saved->name, kept))
    return TRUE;
  g_free (saved->name);
  saved->name = g_steal_pointer (&kept);
  store (self);
  return TRUE;
}

gboolean
ph_saved_filters_insert (PhSavedFilters *self, guint n, const char *name, const char *text)
{
  g_autofree char *kept = dup_name (name);

  if (!kept || ph_saved_filters_find_name (self, name) >= 0)
    return FALSE;
  g_ptr_array_insert (self->list, (int) MIN (n, self->list->len), saved_new (kept, text));
  store (self);
  return TRUE;
}

void
ph_saved_filters_remove (PhSavedFilters *self, guint n)
{
  if (n >= self->list->len)
    return;
  g_ptr_array_remove_index (self->list, n);
  store (self);
}

void
ph_saved_filters_move (PhSavedFilters *self, guint from, guint to)
{
  if (from >= self->list->len || to >= self->list->len || from == to)
    return;
  g_ptr_array_insert (self->list, (int) to, g_ptr_array_steal_index (self->list, from));
  store (self);
}

/* --- life --- */

static void
ph_saved_filters_finalize (GObject *object)
{
  PhSavedFilters *self = PH_SAVED_FILTERS (object);

  g_ptr_array_unref (self->list);
  g_clear_object (&self->settings);
  G_OBJECT_CLASS (ph_saved_filters_parent_class)->finalize (object);
}

static void
ph_saved_filters_class_init (PhSavedFiltersClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = ph_saved_filters_finalize;
  changed_signal
      = g_signal_new ("changed", PH_TYPE_SAVED_FILTERS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
ph_saved_filters_init (PhSavedFilters *self)
{
  self->list = g_ptr_array_new_with_free_func (saved_free);
}

PhSavedFilters *
ph_saved_filters_new (const char *table)
{
  PhSavedFilters *self = g_object_new (PH_TYPE_SAVED_FILTERS, NULL);

  self->settings = ph_settings_new_of_table (table);
  if (!self->settings)
    return self;
  g_signal_connect_object (self->settings, "changed::" KEY, G_CALLBACK (settings_changed), self, G_CONNECT_SWAPPED);
  load (self);
  return self;
}
