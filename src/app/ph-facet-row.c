/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Told anew after each look, and mostly the same: only what has changed touches the widgets. */
#include "ph-facet-row.h"

#include <glib/gi18n.h>

struct _PhFacetRow
{
  GtkListBoxRow parent_instance;

  GtkImage *icon;
  GtkLabel *label, *count;

  const char *nothing; /* what no value is called */
  PhFacetValue shown;
};

G_DEFINE_FINAL_TYPE (PhFacetRow, ph_facet_row, GTK_TYPE_LIST_BOX_ROW)

static const struct
{
  const char *icon;
  const char *words; /* N_() */
} choices[] = {
  [PH_FILTER_OPEN] = { NULL, NULL },
  [PH_FILTER_INCLUDED] = { "object-select-symbolic", N_ ("Included") },
  [PH_FILTER_EXCLUDED] = { "action-unavailable-symbolic", N_ ("Excluded") },
};

static const char *
text_of (PhFacetRow *self)
{
  return self->shown.label ? self->shown.label : self->nothing;
}

static void
say (PhFacetRow *self)
{
  const char *choice = choices[self->shown.choice].words;
  const char *text = text_of (self);
  /* Translators: a value, and how many rows of the table have it */
  g_autofree char *name
      = g_strdup_printf (ngettext ("%s, %'u row", "%s, %'u rows", self->shown.count), text, self->shown.count);
  g_autofree char *tip
      = g_strdup_printf ("%s\n%s", text, _ ("Click to show only such rows, Ctrl+click to leave them out"));

  /* Which is its description, too. */
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), tip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, choice ? _ (choice) : "", -1);
}

static void
set_class (GtkWidget *widget, const char *name, gboolean on)
{
  if (on)
    gtk_widget_add_css_class (widget, name);
  else
    gtk_widget_remove_css_class (widget, name);
}

static void
show_choice (PhFacetRow *self)
{
  PhFilterChoice choice = self->shown.choice;

  if (choice == PH_FILTER_OPEN)
    gtk_image_clear (self->icon);
  else
    gtk_image_set_from_icon_name (self->icon, choices[choice].icon);
  set_class (GTK_WIDGET (self), "ph-included", choice == PH_FILTER_INCLUDED);
  set_class (GTK_WIDGET (self), "ph-excluded", choice == PH_FILTER_EXCLUDED);
}

void
ph_facet_row_set (PhFacetRow *self, const PhFacetValue *value)
{
  gboolean other = g_strcmp0 (value->value, self->shown.value) != 0;
  gboolean counted = other || value->count != self->shown.count;
  gboolean chosen = other || value->choice != self->shown.choice;

  if (!counted && !chosen)
    return;
  if (other)
    {
      g_free (self->shown.value);
      g_free (self->shown.label);
      self->shown.value = g_strdup (value->value);
      self->shown.label = g_strdup (value->label);
      gtk_label_set_text (self->label, text_of (self));
    }
  self->shown.count = value->count;
  self->shown.choice = value->choice;
  if (counted)
    {
      g_autofree char *count = g_strdup_printf ("%'u", value->count);

      gtk_label_set_text (self->count, count);
      set_class (GTK_WIDGET (self->label), "dim-label", !value->label || value->count == 0);
    }
  if (chosen)
    show_choice (self);
  say (self);
}

const char *
ph_facet_row_get_value (PhFacetRow *self)
{
  return self->shown.value;
}

PhFilterChoice
ph_facet_row_get_choice (PhFacetRow *self)
{
  return self->shown.choice;
}

static void
ph_facet_row_finalize (GObject *object)
{
  PhFacetRow *self = PH_FACET_ROW (object);

  g_free (self->shown.value);
  g_free (self->shown.label);
  G_OBJECT_CLASS (ph_facet_row_parent_class)->finalize (object);
}

static void
ph_facet_row_class_init (PhFacetRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = ph_facet_row_finalize;
}

static void
ph_facet_row_init (PhFacetRow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  /* As wide whatever it says: the table beside it must not move. */
  self->icon = GTK_IMAGE (gtk_image_new ());
  self->label = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0f, "hexpand", TRUE, "ellipsize", PANGO_ELLIPSIZE_END,
                              "width-chars", 17, "max-width-chars", 17, NULL);
  self->count = g_object_new (GTK_TYPE_LABEL, "xalign", 1.0f, "width-chars", 4, NULL);
  gtk_widget_add_css_class (GTK_WIDGET (self->count), "dim-label");
  gtk_widget_add_css_class (GTK_WIDGET (self->count), "numeric");
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->icon));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->label));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->count));
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), box);
  gtk_widget_add_css_class (GTK_WIDGET (self), "ph-facet");
}

GtkWidget *
ph_facet_row_new (const PhFacetField *field)
{
  PhFacetRow *self = g_object_new (PH_TYPE_FACET_ROW, NULL);

  self->nothing = field->nothing ? _ (field->nothing) : _ ("None");
  return GTK_WIDGET (self);
}
