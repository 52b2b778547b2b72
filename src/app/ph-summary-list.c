/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A row is a box of an icon and a label; rows are kept and reused. */
#include "ph-summary-list.h"

#include <string.h>

#include "ph-severity.h"

struct _PhSummaryList
{
  GtkWidget parent_instance;

  guint n; /* how many of the children are in use */
};

G_DEFINE_FINAL_TYPE (PhSummaryList, ph_summary_list, GTK_TYPE_WIDGET)

static GtkWidget *
nth_row (PhSummaryList *self, guint n)
{
  GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (self));

  while (row && n-- > 0)
    row = gtk_widget_get_next_sibling (row);
  return row;
}

static GtkLabel *
label_of (GtkWidget *row)
{
  return GTK_LABEL (gtk_widget_get_last_child (row));
}

static GtkWidget *
make_row (PhSummaryList *self)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *icon = gtk_image_new ();
  GtkWidget *label = gtk_label_new (NULL);

  gtk_widget_set_valign (icon, GTK_ALIGN_START);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (row), icon);
  gtk_box_append (GTK_BOX (row), label);
  gtk_widget_insert_before (row, GTK_WIDGET (self), NULL);
  return row;
}

static void
show_severity (GtkWidget *icon, PhCounterSeverity severity)
{
  static const char *const classes[] = { "warning", "error" };
  const char *name = ph_severity_icon (severity);
  const char *css_class = ph_severity_class (severity);

  if (g_strcmp0 (gtk_image_get_icon_name (GTK_IMAGE (icon)), name) == 0)
    return;
  gtk_image_set_from_icon_name (GTK_IMAGE (icon), name);
  for (guint i = 0; i < G_N_ELEMENTS (classes); i++)
    gtk_widget_remove_css_class (icon, classes[i]);
  if (css_class)
    gtk_widget_add_css_class (icon, css_class);
  gtk_widget_set_tooltip_text (icon, ph_severity_words (severity));
  gtk_accessible_update_property (GTK_ACCESSIBLE (icon), GTK_ACCESSIBLE_PROPERTY_LABEL, ph_severity_words (severity),
                                  -1);
}

void
ph_summary_list_begin (PhSummaryList *self)
{
  self->n = 0;
}

void
ph_summary_list_add (PhSummaryList *self, PhCounterSeverity severity, const char *sentence)
{
  GtkWidget *row = nth_row (self, self->n++);

  if (!row)
    row = make_row (self);
  show_severity (gtk_widget_get_first_child (row), severity);
  if (strcmp (gtk_label_get_text (label_of (row)), sentence) != 0)
    gtk_label_set_text (label_of (row), sentence);
  gtk_widget_set_visible (row, TRUE);
}

void
ph_summary_list_end (PhSummaryList *self)
{
  for (GtkWidget *row = nth_row (self, self->n); row; row = gtk_widget_get_next_sibling (row))
    gtk_widget_set_visible (row, FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self), self->n > 0);
}

guint
ph_summary_list_count (PhSummaryList *self)
{
  return self->n;
}

const char *
ph_summary_list_get (PhSummaryList *self, guint n)
{
  return n < self->n ? gtk_label_get_text (label_of (nth_row (self, n))) : NULL;
}

static void
ph_summary_list_dispose (GObject *object)
{
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (object))))
    gtk_widget_unparent (row);
  PH_SUMMARY_LIST (object)->n = 0;
  G_OBJECT_CLASS (ph_summary_list_parent_class)->dispose (object);
}

static void
ph_summary_list_class_init (PhSummaryListClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ph_summary_list_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
ph_summary_list_init (PhSummaryList *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), 4);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}
