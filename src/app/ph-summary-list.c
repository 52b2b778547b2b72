/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A row is a box of an icon and a label; rows are kept and reused. */
#include "ph-summary-list.h"

#include <glib/gi18n.h>
#include <string.h>

#include "ph-severity.h"

struct _PhSummaryList
{
  AdwBin parent_instance;

  GtkWidget *rows;
  GtkToggleButton *more;
  guint n; /* how many of the rows are in use */
};

G_DEFINE_FINAL_TYPE (PhSummaryList, ph_summary_list, ADW_TYPE_BIN)

static GtkWidget *
nth_row (PhSummaryList *self, guint n)
{
  GtkWidget *row = gtk_widget_get_first_child (self->rows);

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
  gtk_box_append (GTK_BOX (self->rows), row);
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
}

static void
update_visible (PhSummaryList *self)
{
  guint shown = gtk_toggle_button_get_active (self->more) ? self->n : MIN (self->n, PH_SUMMARY_LIST_FEW);
  guint hidden = self->n - MIN (self->n, PH_SUMMARY_LIST_FEW);
  g_autofree char *label = NULL;
  guint i = 0;

  for (GtkWidget *row = nth_row (self, 0); row; row = gtk_widget_get_next_sibling (row))
    gtk_widget_set_visible (row, i++ < shown);
  if (gtk_toggle_button_get_active (self->more))
    label = g_strdup (_ ("Fewer"));
  else
    label = g_strdup_printf (ngettext ("%u More", "%u More", hidden), hidden);
  gtk_button_set_label (GTK_BUTTON (self->more), label);
  gtk_widget_set_visible (GTK_WIDGET (self->more), hidden > 0);
}

void
ph_summary_list_end (PhSummaryList *self)
{
  update_visible (self);
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
ph_summary_list_class_init (PhSummaryListClass *klass)
{
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
ph_summary_list_init (PhSummaryList *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  GtkWidget *more = gtk_toggle_button_new ();

  self->rows = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  self->more = GTK_TOGGLE_BUTTON (more);
  gtk_widget_set_halign (more, GTK_ALIGN_START);
  gtk_widget_add_css_class (more, "flat");
  gtk_widget_add_css_class (more, "ph-segment");
  g_signal_connect_object (more, "toggled", G_CALLBACK (update_visible), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (box), self->rows);
  gtk_box_append (GTK_BOX (box), more);
  adw_bin_set_child (ADW_BIN (self), box);
  /* GTK asks hidden widgets, too, whether their height depends on their width, and keeps the answer until they are
   * shown: it must not find an empty list. */
  gtk_widget_set_visible (make_row (self), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}
