/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Set after every look; only what differs is drawn. */
#include "ph-status-bar.h"

struct _PhStatusBar
{
  AdwBin parent_instance;

  GtkLabel *label;
  GtkWidget *notes_button;
  GtkLabel *notes;
};

G_DEFINE_FINAL_TYPE (PhStatusBar, ph_status_bar, ADW_TYPE_BIN)

void
ph_status_bar_set_text (PhStatusBar *self, const char *text)
{
  if (g_strcmp0 (text, gtk_label_get_text (self->label)) != 0)
    gtk_label_set_text (self->label, text);
}

/* Only where the window is so narrow that the line is cut. */
static gboolean
query_tooltip (PhStatusBar *self, int x, int y, gboolean keyboard, GtkTooltip *tooltip)
{
  gtk_tooltip_set_text (tooltip, gtk_label_get_text (self->label));
  return pango_layout_is_ellipsized (gtk_label_get_layout (self->label));
}

const char *
ph_status_bar_get_text (PhStatusBar *self)
{
  return gtk_label_get_text (self->label);
}

void
ph_status_bar_set_notes (PhStatusBar *self, const char *notes)
{
  if (notes && g_strcmp0 (notes, gtk_label_get_text (self->notes)) != 0)
    gtk_label_set_text (self->notes, notes);
  gtk_widget_set_visible (self->notes_button, notes != NULL);
}

static void
ph_status_bar_dispose (GObject *object)
{
  adw_bin_set_child (ADW_BIN (object), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), PH_TYPE_STATUS_BAR);
  G_OBJECT_CLASS (ph_status_bar_parent_class)->dispose (object);
}

static void
ph_status_bar_class_init (PhStatusBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ph_status_bar_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/porthole/Porthole/ph-status-bar.ui");
  gtk_widget_class_bind_template_callback (widget_class, query_tooltip);
  gtk_widget_class_bind_template_child (widget_class, PhStatusBar, label);
  gtk_widget_class_bind_template_child (widget_class, PhStatusBar, notes_button);
  gtk_widget_class_bind_template_child (widget_class, PhStatusBar, notes);
}

static void
ph_status_bar_init (PhStatusBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
