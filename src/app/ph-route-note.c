/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Like PhNotice, the text stays while the note slides shut, and then it is hidden from the keyboard. Icons differ in
 * their outlines, so that nothing depends on a colour. */
#include "ph-route-note.h"

#include <glib/gi18n.h>

struct _PhRouteNote
{
  AdwBin parent_instance;

  GtkRevealer *revealer;
  GtkImage *icon;
  GtkLabel *headline;
  GtkLabel *line;
  GtkLabel *remark;
};

G_DEFINE_FINAL_TYPE (PhRouteNote, ph_route_note, ADW_TYPE_BIN)

/* By PhRouteVerdict. */
static const struct
{
  const char *icon;
  gboolean bad;
} verdicts[] = {
  [PH_ROUTE_SENT] = { "object-select-symbolic", FALSE },      [PH_ROUTE_DELIVERED] = { "user-home-symbolic", FALSE },
  [PH_ROUTE_REFUSED] = { "changes-prevent-symbolic", TRUE },  [PH_ROUTE_NONE] = { "dialog-warning-symbolic", TRUE },
  [PH_ROUTE_UNKNOWN] = { "dialog-question-symbolic", FALSE },
};

static void
show (PhRouteNote *self, const char *icon, gboolean bad, const char *headline, const char *line)
{
  gtk_image_set_from_icon_name (self->icon, icon);
  gtk_label_set_text (self->headline, headline);
  gtk_label_set_text (self->line, line ? line : "");
  gtk_widget_set_visible (GTK_WIDGET (self->line), line != NULL);
  ph_route_note_set_remark (self, NULL);
  if (bad)
    gtk_widget_add_css_class (GTK_WIDGET (self), "ph-bad");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "ph-bad");
  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
  gtk_revealer_set_reveal_child (self->revealer, TRUE);
}

void
ph_route_note_show_waiting (PhRouteNote *self, const char *address)
{
  /* Translators: an address or a name */
  g_autofree char *headline = g_strdup_printf (_ ("Looking for %s…"), address);

  show (self, "content-loading-symbolic", FALSE, headline, NULL);
}

void
ph_route_note_show_answer (PhRouteNote *self, const PhRouteExplanation *explanation)
{
  const char *line = explanation->line && *explanation->line ? explanation->line : NULL;

  g_return_if_fail (explanation->verdict < G_N_ELEMENTS (verdicts));
  show (self, verdicts[explanation->verdict].icon, verdicts[explanation->verdict].bad, explanation->headline, line);
}

void
ph_route_note_show_error (PhRouteNote *self, const char *message)
{
  show (self, "dialog-error-symbolic", TRUE, message, NULL);
}

void
ph_route_note_hide (PhRouteNote *self)
{
  gtk_revealer_set_reveal_child (self->revealer, FALSE);
}

void
ph_route_note_set_remark (PhRouteNote *self, const char *remark)
{
  gtk_label_set_text (self->remark, remark ? remark : "");
  gtk_widget_set_visible (GTK_WIDGET (self->remark), remark != NULL);
}

const char *
ph_route_note_get_headline (PhRouteNote *self)
{
  return gtk_revealer_get_reveal_child (self->revealer) ? gtk_label_get_text (self->headline) : NULL;
}

const char *
ph_route_note_get_line (PhRouteNote *self)
{
  return gtk_label_get_text (self->line);
}

static void
revealed_changed (PhRouteNote *self)
{
  if (!gtk_revealer_get_child_revealed (self->revealer) && !gtk_revealer_get_reveal_child (self->revealer))
    gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

static void
close_note (PhRouteNote *self)
{
  ph_route_note_hide (self);
}

static void
ph_route_note_dispose (GObject *object)
{
  adw_bin_set_child (ADW_BIN (object), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), PH_TYPE_ROUTE_NOTE);
  G_OBJECT_CLASS (ph_route_note_parent_class)->dispose (object);
}

static void
ph_route_note_class_init (PhRouteNoteClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ph_route_note_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/porthole/Porthole/ph-route-note.ui");
  gtk_widget_class_bind_template_child (widget_class, PhRouteNote, revealer);
  gtk_widget_class_bind_template_child (widget_class, PhRouteNote, icon);
  gtk_widget_class_bind_template_child (widget_class, PhRouteNote, headline);
  gtk_widget_class_bind_template_child (widget_class, PhRouteNote, line);
  gtk_widget_class_bind_template_child (widget_class, PhRouteNote, remark);
  gtk_widget_class_bind_template_callback (widget_class, revealed_changed);
  gtk_widget_class_bind_template_callback (widget_class, close_note);
}

static void
ph_route_note_init (PhRouteNote *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}
