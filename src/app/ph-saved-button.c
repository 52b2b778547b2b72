/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows are made each time that it is opened: there are few, and they may have changed in another window. */
#include "ph-saved-button.h"

#include <glib/gi18n.h>

#include "ph-label.h"
#include "ph-saved-dialog.h"

#define WIDTH 340 /* px, where the window has so much */

struct _PhSavedButton
{
  AdwBin parent_instance;

  GtkMenuButton *button;
  GtkPopover *popover;
  GtkWidget *content;
  GtkWidget *save_box;
  GtkLabel *present;
  GtkEditable *name;
  GtkWidget *save_button;
  GtkWidget *replaces;
  GtkWidget *list_box;
  GtkListBox *list;
  GtkWidget *none;

  PhSavedFilters *saved;
  char *text; /* NULL: no filter, or a wrong one */
};

G_DEFINE_FINAL_TYPE (PhSavedButton, ph_saved_button, ADW_TYPE_BIN)

static guint chosen_signal;

static int
find_present (PhSavedButton *self)
{
  return self->text ? ph_saved_filters_find_text (self->saved, self->text) : -1;
}

/* Not by the star alone. */
static void
update_star (PhSavedButton *self)
{
  int at = find_present (self);
  g_autofree char *tip = at >= 0 ? g_strdup_printf (_ ("Saved as “%s”"), ph_saved_filters_get_name (self->saved, at))
                                 : g_strdup (_ ("Saved Filters"));

  gtk_menu_button_set_icon_name (self->button, at >= 0 ? "starred-symbolic" : "non-starred-symbolic");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->button), tip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  at >= 0 ? tip : "", -1);
}

void
ph_saved_button_set_text (PhSavedButton *self, const char *text, gboolean valid)
{
  g_autofree char *stripped = g_strstrip (g_strdup (text));

  g_free (self->text);
  self->text = valid && *stripped ? g_steal_pointer (&stripped) : NULL;
  update_star (self);
}

/* --- the list --- */

static GtkWidget *
make_label (const char *text, const char *style)
{
  GtkWidget *label = ph_label_new (text, style);

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  return label;
}

static void
add_row (PhSavedButton *self, guint n, gboolean is_present)
{
  const char *name = ph_saved_filters_get_name (self->saved, n);
  const char *text = ph_saved_filters_get_text (self->saved, n);
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *below = make_label (text, "monospace");

  gtk_widget_add_css_class (below, "dim-label");
  gtk_widget_add_css_class (below, "caption");
  gtk_widget_set_hexpand (box, TRUE);
  gtk_box_append (GTK_BOX (box), make_label (name, NULL));
  gtk_box_append (GTK_BOX (box), below);
  gtk_box_append (GTK_BOX (line), box);
  if (is_present)
    gtk_box_append (GTK_BOX (line), gtk_image_new_from_icon_name ("object-select-symbolic"));
  gtk_widget_add_css_class (row, "ph-proposal");
  gtk_widget_set_tooltip_text (row, text);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), line);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text, -1);
  gtk_list_box_append (self->list, row);
}

static void
name_changed (PhSavedButton *self)
{
  const char *name = gtk_editable_get_text (self->name);
  g_autofree char *stripped = g_strstrip (g_strdup (name));

  gtk_widget_set_sensitive (self->save_button, *stripped != '\0');
  gtk_widget_set_visible (self->replaces, ph_saved_filters_find_name (self->saved, name) >= 0);
}

/* What it is now; no wider than the window, which may be narrow. */
static void
fill (PhSavedButton *self)
{
  GtkWidget *window = GTK_WIDGET (gtk_widget_get_root (GTK_WIDGET (self)));
  guint n = ph_saved_filters_get_n (self->saved);
  int present = find_present (self);
  gboolean can_save = self->text && present < 0;
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (self->list, 0)))
    gtk_list_box_remove (self->list, GTK_WIDGET (row));
  for (guint i = 0; i < n; i++)
    add_row (self, i, (int) i == present);
  gtk_widget_set_visible (self->save_box, can_save);
  gtk_widget_set_visible (self->list_box, n > 0);
  gtk_widget_set_visible (self->none, n == 0 && !can_save);
  gtk_label_set_text (self->present, self->text ? self->text : "");
  gtk_editable_set_text (self->name, "");
  name_changed (self);
  gtk_widget_set_size_request (self->content, window ? CLAMP (gtk_widget_get_width (window) - 60, 100, WIDTH) : WIDTH,
                               -1);
}

/* --- what is done --- */

static void
row_activated (PhSavedButton *self, GtkListBoxRow *row)
{
  g_autofree char *text = g_strdup (ph_saved_filters_get_text (self->saved, (guint) gtk_list_box_row_get_index (row)));

  gtk_menu_button_popdown (self->button);
  if (text)
    g_signal_emit (self, chosen_signal, 0, text);
}

static void
save (PhSavedButton *self)
{
  if (self->text && ph_saved_filters_save (self->saved, gtk_editable_get_text (self->name), self->text))
    gtk_menu_button_popdown (self->button);
}

static void
edit (PhSavedButton *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  gtk_menu_button_popdown (self->button);
  gtk_window_present (GTK_WINDOW (ph_saved_dialog_new (root ? GTK_WINDOW (root) : NULL, self->saved)));
}

void
ph_saved_button_open (PhSavedButton *self)
{
  gtk_menu_button_popup (self->button);
  if (gtk_widget_get_visible (self->save_box))
    gtk_widget_grab_focus (GTK_WIDGET (self->name));
  else if (gtk_widget_get_visible (self->list_box))
    gtk_widget_grab_focus (GTK_WIDGET (gtk_list_box_get_row_at_index (self->list, 0)));
}

/* --- life --- */

static void
ph_saved_button_dispose (GObject *object)
{
  adw_bin_set_child (ADW_BIN (object), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), PH_TYPE_SAVED_BUTTON);
  g_clear_object (&PH_SAVED_BUTTON (object)->saved);
  G_OBJECT_CLASS (ph_saved_button_parent_class)->dispose (object);
}

static void
ph_saved_button_finalize (GObject *object)
{
  g_free (PH_SAVED_BUTTON (object)->text);
  G_OBJECT_CLASS (ph_saved_button_parent_class)->finalize (object);
}

static void
ph_saved_button_class_init (PhSavedButtonClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ph_saved_button_dispose;
  G_OBJECT_CLASS (klass)->finalize = ph_saved_button_finalize;
  chosen_signal = g_signal_new ("chosen", PH_TYPE_SAVED_BUTTON, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                G_TYPE_STRING);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/porthole/Porthole/ph-saved-button.ui");
  gtk_widget_class_bind_template_child (widget_class, PhSavedButton, button);
  gtk_widget_class_bind_template_child (widget_class, PhSavedButton, popover);
  gtk_widget_class_bind_template_child (widget_class, PhSavedButton, content);
  gtk_widget_class_bind_template_child (widget_class, PhSavedButton, save_box);
  gtk_widget_class_bind_template_child (widget_class, PhSavedButton, present);
  gtk_widget_class_bind_template_child (widget_class, PhSavedButton, name);
  gtk_widget_class_bind_template_child (widget_class, PhSavedButton, save_button);
  gtk_widget_class_bind_template_child (widget_class, PhSavedButton, replaces);
  gtk_widget_class_bind_template_child (widget_class, PhSavedButton, list_box);
  gtk_widget_class_bind_template_child (widget_class, PhSavedButton, list);
  gtk_widget_class_bind_template_child (widget_class, PhSavedButton, none);
  gtk_widget_class_bind_template_callback (widget_class, fill);
  gtk_widget_class_bind_template_callback (widget_class, name_changed);
  gtk_widget_class_bind_template_callback (widget_class, save);
  gtk_widget_class_bind_template_callback (widget_class, row_activated);
  gtk_widget_class_bind_template_callback (widget_class, edit);
}

static void
ph_saved_button_init (PhSavedButton *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
ph_saved_button_new (PhSavedFilters *saved)
{
  PhSavedButton *self = g_object_new (PH_TYPE_SAVED_BUTTON, NULL);

  self->saved = g_object_ref (saved);
  g_signal_connect_object (saved, "changed", G_CALLBACK (update_star), self, G_CONNECT_SWAPPED);
  update_star (self);
  return GTK_WIDGET (self);
}
