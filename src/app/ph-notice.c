/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The text stays in the label while the bar slides shut, so that it does not collapse first. */
#include "ph-notice.h"

struct _PhNotice
{
  AdwBin parent_instance;

  GtkRevealer *revealer;
  GtkLabel *label;
};

G_DEFINE_FINAL_TYPE (PhNotice, ph_notice, ADW_TYPE_BIN)

void
ph_notice_set_text (PhNotice *self, const char *text)
{
  if (text && g_strcmp0 (text, gtk_label_get_text (self->label)) != 0)
    gtk_label_set_text (self->label, text);
  /* Hidden altogether when shut, so that its button is not in the way of the keyboard. */
  if (text)
    gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
  gtk_revealer_set_reveal_child (self->revealer, text != NULL);
}

const char *
ph_notice_get_text (PhNotice *self)
{
  return gtk_revealer_get_reveal_child (self->revealer) ? gtk_label_get_text (self->label) : NULL;
}

static void
revealed_changed (PhNotice *self)
{
  if (!gtk_revealer_get_child_revealed (self->revealer) && !gtk_revealer_get_reveal_child (self->revealer))
    gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

static void
ph_notice_dispose (GObject *object)
{
  adw_bin_set_child (ADW_BIN (object), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), PH_TYPE_NOTICE);
  G_OBJECT_CLASS (ph_notice_parent_class)->dispose (object);
}

static void
ph_notice_class_init (PhNoticeClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ph_notice_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/porthole/Porthole/ph-notice.ui");
  gtk_widget_class_bind_template_child (widget_class, PhNotice, revealer);
  gtk_widget_class_bind_template_child (widget_class, PhNotice, label);
  gtk_widget_class_bind_template_callback (widget_class, revealed_changed);
}

static void
ph_notice_init (PhNotice *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}
