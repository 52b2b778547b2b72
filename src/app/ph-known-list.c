/* SPDX-License-Identifier: GPL-3.0-or-later */
/* There may be thousands, and each row is a dozen widgets: so many are made as one looks at, and then as many more. */
#include "ph-known-list.h"

#include <glib/gi18n.h>
#include <string.h>

#include "ph-alert-words.h"
#include "ph-lookout.h"
#include "ph-row-button.h"
#include "ph-row-focus.h"

#define AT_ONCE 50

struct _PhKnownList
{
  AdwPreferencesGroup parent_instance;

  GtkWidget *search;
  GPtrArray *rows; /* borrowed, in the group */
  guint limit;
};

G_DEFINE_FINAL_TYPE (PhKnownList, ph_known_list, ADW_TYPE_PREFERENCES_GROUP)

static void update (PhKnownList *self);

static PhKnown *
get_known (void)
{
  PhLookout *lookout = ph_lookout_get_default ();

  return lookout ? ph_watcher_get_known (ph_lookout_get_watcher (lookout)) : NULL;
}

static char *
who (const PhListenerKey *key)
{
  switch (key->owner.kind)
    {
    case PH_LISTENER_OWNER_PROGRAM:
      return g_path_get_basename (key->owner.name);
    case PH_LISTENER_OWNER_UNIT:
      return g_strdup (key->owner.name);
    case PH_LISTENER_OWNER_UNKNOWN:
    default:
      return g_strdup (_ ("An unknown program"));
    }
}

/* --- what is done with one --- */

static const PhListenerKey *
key_of (gpointer row)
{
  return g_object_get_data (row, "key");
}

static void
mute_clicked (GtkWidget *row)
{
  if (ph_lookout_get_default ())
    ph_watcher_mute (ph_lookout_get_watcher (ph_lookout_get_default ()), key_of (row));
}

static void
remove_clicked (GtkWidget *row)
{
  PhKnown *known = get_known ();
  g_autoptr (PhKnown) changed = known ? ph_known_remove (known, key_of (row)) : NULL;

  if (changed)
    ph_watcher_set_known (ph_lookout_get_watcher (ph_lookout_get_default ()), changed);
}

static void
more_clicked (PhKnownList *self)
{
  self->limit += AT_ONCE;
  update (self);
}

/* --- rows --- */

static char *
dup_title (const PhListenerKey *key)
{
  g_autofree char *name = who (key);
  g_autofree char *place = ph_listener_place (key);

  return g_strdup_printf ("%s · %s", name, place);
}

static gboolean
matches (const PhListenerKey *key, const char *words)
{
  g_autofree char *title = dup_title (key);
  g_autofree char *all = g_strdup_printf ("%s %s", title, key->owner.name);

  return *words == '\0' || g_str_match_string (words, all, TRUE) || strstr (all, words) != NULL;
}

static char *
dup_subtitle (const PhKnownEntry *entry)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_local (entry->first_seen);
  g_autofree char *day = time ? g_date_time_format (time, "%x") : g_strdup ("");
  /* Translators: a date */
  g_autofree char *since = g_strdup_printf (_ ("known since %s"), day);

  return entry->key->owner.kind == PH_LISTENER_OWNER_PROGRAM
             ? g_strdup_printf ("%s · %s", entry->key->owner.name, since)
             : g_strdup (since);
}

static GtkWidget *
make_row (const PhKnown *known, const PhKnownEntry *entry)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *title = dup_title (entry->key);
  g_autofree char *subtitle = dup_subtitle (entry);

  /* First: of both at once it would hear in another order. */
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  g_object_set_data_full (G_OBJECT (row), "key", ph_listener_key_copy (entry->key),
                          (GDestroyNotify) ph_listener_key_free);
  if (!ph_known_is_muted (known, entry->key))
    ph_row_button_add (row, "audio-volume-muted-symbolic", _ ("Mute"), title, G_CALLBACK (mute_clicked));
  ph_row_button_add (row, "user-trash-symbolic", _ ("Forget"), title, G_CALLBACK (remove_clicked));
  return row;
}

static void
add_row (PhKnownList *self, GtkWidget *row)
{
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);
  g_ptr_array_add (self->rows, row);
}

static void
add_note (PhKnownList *self, const char *text)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), text);
  gtk_widget_set_sensitive (row, FALSE);
  add_row (self, row);
}

static void
add_more (PhKnownList *self, guint n)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *text = g_strdup_printf (ngettext ("Show %u More", "Show %u More", n), n);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), text);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_signal_connect_swapped (row, "activated", G_CALLBACK (more_clicked), self);
  add_row (self, row);
}

static void
update (PhKnownList *self)
{
  g_autoptr (PhKnown) known = get_known () ? ph_known_ref (get_known ()) : NULL;
  g_autofree char *words = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->search))));
  guint n = known ? ph_known_n_entries (known) : 0;
  guint found = 0;
  PhRowFocus focus;

  ph_row_focus_note (&focus, self->rows);
  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self), g_ptr_array_index (self->rows, i));
  g_ptr_array_set_size (self->rows, 0);
  for (guint i = 0; i < n; i++)
    if (matches (ph_known_entry (known, i)->key, words) && found++ < self->limit)
      add_row (self, make_row (known, ph_known_entry (known, i)));
  if (found > self->limit)
    add_more (self, found - self->limit);
  if (!known)
    add_note (self, _ ("Not Read Yet"));
  else if (found == 0)
    add_note (self, n > 0 ? _ ("Nothing Like That Is Known") : _ ("Nothing Is Known Yet"));
  ph_row_focus_restore (&focus, self->rows, self->search);
}

static void
search_changed (PhKnownList *self)
{
  self->limit = AT_ONCE;
  update (self);
}

/* --- life --- */

static void
ph_known_list_finalize (GObject *object)
{
  g_ptr_array_unref (PH_KNOWN_LIST (object)->rows);
  G_OBJECT_CLASS (ph_known_list_parent_class)->finalize (object);
}

static void
ph_known_list_class_init (PhKnownListClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = ph_known_list_finalize;
}

static void
ph_known_list_init (PhKnownList *self)
{
  PhLookout *lookout = ph_lookout_get_default ();

  self->rows = g_ptr_array_new ();
  self->limit = AT_ONCE;
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self), _ ("Known Listening Ports"));
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (self),
                                         _ ("Seen before, and not told of again. What is forgotten is told of when it "
                                            "is next opened."));
  self->search = adw_entry_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->search), _ ("Search"));
  adw_entry_row_add_prefix (ADW_ENTRY_ROW (self->search), gtk_image_new_from_icon_name ("system-search-symbolic"));
  g_signal_connect_swapped (self->search, "changed", G_CALLBACK (search_changed), self);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), self->search);
  if (lookout)
    g_signal_connect_object (ph_lookout_get_watcher (lookout), "known-changed", G_CALLBACK (update), self,
                             G_CONNECT_SWAPPED);
  update (self);
}
