/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ph-help-row.h"

#include <glib/gi18n.h>
#include <string.h>

struct _PhHelpRow
{
  GtkListBoxRow parent_instance;

  GtkLabel *spelling;
  GtkLabel *where;
  GtkLabel *help;
  GtkWidget *arrow;

  const PhOptionClick *click;
  char *heading;
  char *folded; /* all that it says, to search in */
};

G_DEFINE_FINAL_TYPE (PhHelpRow, ph_help_row, GTK_TYPE_LIST_BOX_ROW)

gboolean
ph_help_row_matches (PhHelpRow *self, const char *folded)
{
  g_auto (GStrv) words = g_strsplit_set (folded, " \t", -1);

  for (guint i = 0; words[i]; i++)
    if (!strstr (self->folded, words[i]))
      return FALSE;
  return TRUE;
}

const PhOptionClick *
ph_help_row_get_click (PhHelpRow *self)
{
  return self->click;
}

const char *
ph_help_row_get_heading (PhHelpRow *self)
{
  return self->heading;
}

static void
show_text (GtkLabel *label, const char *text)
{
  gtk_label_set_text (label, text ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (label), text != NULL);
}

PhHelpRow *
ph_help_row_new (const PhOptionEntry *entry, const PhOptionClick *click, const char *heading)
{
  PhHelpRow *self = g_object_new (PH_TYPE_HELP_ROW, NULL);
  const char *where = click ? _ (click->where) : NULL;
  const char *spelling = *entry->spelling ? entry->spelling : entry->id;
  g_autofree char *texts = g_strjoin (" ", spelling, where ? where : "", entry->help ? entry->help : "", NULL);
  gboolean does = click && (click->arguments || click->action);

  self->click = does ? click : NULL;
  self->heading = g_strdup (heading);
  self->folded = g_utf8_casefold (texts, -1);
  show_text (self->spelling, spelling);
  show_text (self->where, where);
  show_text (self->help, entry->help);
  gtk_widget_set_visible (self->arrow, does);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self), does);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, texts, -1);
  return self;
}

static void
ph_help_row_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), PH_TYPE_HELP_ROW);
  G_OBJECT_CLASS (ph_help_row_parent_class)->dispose (object);
}

static void
ph_help_row_finalize (GObject *object)
{
  g_free (PH_HELP_ROW (object)->heading);
  g_free (PH_HELP_ROW (object)->folded);
  G_OBJECT_CLASS (ph_help_row_parent_class)->finalize (object);
}

static void
ph_help_row_class_init (PhHelpRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ph_help_row_dispose;
  G_OBJECT_CLASS (klass)->finalize = ph_help_row_finalize;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/porthole/Porthole/ph-help-row.ui");
  gtk_widget_class_bind_template_child (widget_class, PhHelpRow, spelling);
  gtk_widget_class_bind_template_child (widget_class, PhHelpRow, where);
  gtk_widget_class_bind_template_child (widget_class, PhHelpRow, help);
  gtk_widget_class_bind_template_child (widget_class, PhHelpRow, arrow);
}

static void
ph_help_row_init (PhHelpRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
