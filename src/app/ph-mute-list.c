/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ph-mute-list.h"

#include <glib/gi18n.h>

#include "ph-lookout.h"
#include "ph-mute-editor.h"
#include "ph-mute-words.h"
#include "ph-row-button.h"
#include "ph-row-focus.h"

struct _PhMuteList
{
  AdwPreferencesGroup parent_instance;

  GtkWidget *add;
  GPtrArray *rows;  /* borrowed, in the group */
  PhMute *changing; /* what the editor is open with; NULL: a new one */
};

G_DEFINE_FINAL_TYPE (PhMuteList, ph_mute_list, ADW_TYPE_PREFERENCES_GROUP)

static void
change (const PhMute *without, const PhMute *with)
{
  if (ph_lookout_get_default ())
    ph_lookout_change_mutes (ph_lookout_get_default (), without, with);
}

/* --- the editor --- */

static void
edited (PhMuteEditor *editor, const PhMute *mute, PhMuteList *self)
{
  change (self->changing, mute);
}

static void
open_editor (PhMuteList *self, const PhMute *mute)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  PhMuteEditor *editor = ph_mute_editor_new (root ? GTK_WINDOW (root) : NULL, mute);

  g_clear_pointer (&self->changing, ph_mute_unref);
  self->changing = mute ? ph_mute_ref ((PhMute *) mute) : NULL;
  g_signal_connect_object (editor, "done", G_CALLBACK (edited), self, 0);
  gtk_window_present (GTK_WINDOW (editor));
}

static void
add_clicked (PhMuteList *self)
{
  open_editor (self, NULL);
}

/* --- rows --- */

static const PhMute *
mute_of (gpointer row)
{
  return g_object_get_data (row, "mute");
}

static void
edit_clicked (GtkWidget *row)
{
  open_editor (PH_MUTE_LIST (gtk_widget_get_ancestor (row, PH_TYPE_MUTE_LIST)), mute_of (row));
}

static void
remove_clicked (GtkWidget *row)
{
  change (mute_of (row), NULL);
}

static GtkWidget *
make_row (const PhMute *mute)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *who = ph_mute_who (mute);
  g_autofree char *where = ph_mute_where (mute);
  g_autofree char *title = g_strdup_printf ("%s · %s", who, where);

  /* First: of both at once it would hear in another order. */
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  if (mute->owner.kind == PH_LISTENER_OWNER_PROGRAM)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), mute->owner.name);
  g_object_set_data_full (G_OBJECT (row), "mute", ph_mute_ref ((PhMute *) mute), (GDestroyNotify) ph_mute_unref);
  ph_row_button_add (row, "document-edit-symbolic", _ ("Change"), title, G_CALLBACK (edit_clicked));
  ph_row_button_add (row, "user-trash-symbolic", _ ("Remove"), title, G_CALLBACK (remove_clicked));
  return row;
}

static void
clear_rows (PhMuteList *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self), g_ptr_array_index (self->rows, i));
  g_ptr_array_set_size (self->rows, 0);
}

static void
add_row (PhMuteList *self, GtkWidget *row)
{
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);
  g_ptr_array_add (self->rows, row);
}

static void
update (PhMuteList *self)
{
  PhLookout *lookout = ph_lookout_get_default ();
  PhKnown *known = lookout ? ph_watcher_get_known (ph_lookout_get_watcher (lookout)) : NULL;
  guint n = known ? ph_known_n_mutes (known) : 0;
  PhRowFocus focus;

  ph_row_focus_note (&focus, self->rows);
  clear_rows (self);
  for (guint i = 0; i < n; i++)
    add_row (self, make_row (ph_known_mute (known, i)));
  if (n == 0)
    {
      GtkWidget *row = adw_action_row_new ();

      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ ("Nothing Is Muted"));
      gtk_widget_set_sensitive (row, FALSE);
      add_row (self, row);
    }
  ph_row_focus_restore (&focus, self->rows, self->add);
}

/* --- life --- */

static void
ph_mute_list_dispose (GObject *object)
{
  g_clear_pointer (&PH_MUTE_LIST (object)->changing, ph_mute_unref);
  G_OBJECT_CLASS (ph_mute_list_parent_class)->dispose (object);
}

static void
ph_mute_list_finalize (GObject *object)
{
  g_ptr_array_unref (PH_MUTE_LIST (object)->rows);
  G_OBJECT_CLASS (ph_mute_list_parent_class)->finalize (object);
}

static void
ph_mute_list_class_init (PhMuteListClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = ph_mute_list_dispose;
  G_OBJECT_CLASS (klass)->finalize = ph_mute_list_finalize;
}

static void
ph_mute_list_init (PhMuteList *self)
{
  PhLookout *lookout = ph_lookout_get_default ();
  GtkWidget *add = gtk_button_new_from_icon_name ("list-add-symbolic");

  self->add = add;
  self->rows = g_ptr_array_new ();
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self), _ ("Muted"));
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (self), _ ("Never told of, also when it is new."));
  gtk_widget_add_css_class (add, "flat");
  gtk_widget_set_valign (add, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (add, _ ("Mute Something"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (add), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Mute Something"), -1);
  g_signal_connect_swapped (add, "clicked", G_CALLBACK (add_clicked), self);
  adw_preferences_group_set_header_suffix (ADW_PREFERENCES_GROUP (self), add);
  if (lookout)
    g_signal_connect_object (ph_lookout_get_watcher (lookout), "known-changed", G_CALLBACK (update), self,
                             G_CONNECT_SWAPPED);
  update (self);
}
