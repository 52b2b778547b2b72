/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is wrong is said as soon as it is typed; an empty rule cannot be saved, but need not be complained about. */
#include "ph-mute-editor.h"

#include <glib/gi18n.h>

#include "ph-mute-words.h"

struct _PhMuteEditor
{
  AdwWindow parent_instance;

  AdwEntryRow *owner;
  AdwEntryRow *ports;
  AdwComboRow *protocol;
  GtkLabel *error;
  GtkWidget *save;
};

G_DEFINE_FINAL_TYPE (PhMuteEditor, ph_mute_editor, ADW_TYPE_WINDOW)

static guint done_signal;

/* In the order of the template's list. */
static const PhProtocol protocols[]
    = { PH_PROTOCOL_NONE, PH_PROTOCOL_TCP, PH_PROTOCOL_UDP, PH_PROTOCOL_UDPLITE, PH_PROTOCOL_SCTP };

/* NULL: not yet a rule; @why, where it is not NULL then, says what is wrong. */
static PhMute *
read_mute (PhMuteEditor *self, const char **why, GtkWidget **where)
{
  g_autofree char *owner_text = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->owner))));
  guint selected = adw_combo_row_get_selected (self->protocol);
  PhListenerOwner owner;
  PhPortRange ports;

  *why = NULL;
  *where = GTK_WIDGET (self->owner);
  if (!ph_mute_parse_owner (owner_text, &owner, why))
    return NULL;
  *where = GTK_WIDGET (self->ports);
  if (!ph_mute_parse_ports (gtk_editable_get_text (GTK_EDITABLE (self->ports)), &ports, why))
    return NULL;
  return ph_mute_new (protocols[selected < G_N_ELEMENTS (protocols) ? selected : 0], ports, &owner);
}

static void
changed (PhMuteEditor *self)
{
  const char *why;
  GtkWidget *where;
  g_autoptr (PhMute) mute = read_mute (self, &why, &where);

  gtk_label_set_text (self->error, why ? why : "");
  gtk_widget_remove_css_class (GTK_WIDGET (self->owner), "error");
  gtk_widget_remove_css_class (GTK_WIDGET (self->ports), "error");
  if (why)
    gtk_widget_add_css_class (where, "error");
  gtk_widget_set_sensitive (self->save, mute != NULL);
}

static void
save_clicked (PhMuteEditor *self)
{
  const char *why;
  GtkWidget *where;
  g_autoptr (PhMute) mute = read_mute (self, &why, &where);

  if (!mute)
    return;
  g_signal_emit (self, done_signal, 0, mute);
  gtk_window_close (GTK_WINDOW (self));
}

static void
set_mute (PhMuteEditor *self, const PhMute *mute)
{
  g_autoptr (GString) ports = g_string_new (NULL);

  if (mute->ports.low > 1 || mute->ports.high < G_MAXUINT16)
    ph_port_range_append (mute->ports, ports);
  gtk_editable_set_text (GTK_EDITABLE (self->owner), mute->owner.name);
  gtk_editable_set_text (GTK_EDITABLE (self->ports), ports->str);
  for (guint i = 0; i < G_N_ELEMENTS (protocols); i++)
    if (protocols[i] == mute->protocol)
      adw_combo_row_set_selected (self->protocol, i);
}

static void
ph_mute_editor_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), PH_TYPE_MUTE_EDITOR);
  G_OBJECT_CLASS (ph_mute_editor_parent_class)->dispose (object);
}

static void
ph_mute_editor_class_init (PhMuteEditorClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ph_mute_editor_dispose;
  done_signal = g_signal_new ("done", PH_TYPE_MUTE_EDITOR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                              G_TYPE_POINTER);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/porthole/Porthole/ph-mute-editor.ui");
  gtk_widget_class_bind_template_child (widget_class, PhMuteEditor, owner);
  gtk_widget_class_bind_template_child (widget_class, PhMuteEditor, ports);
  gtk_widget_class_bind_template_child (widget_class, PhMuteEditor, protocol);
  gtk_widget_class_bind_template_child (widget_class, PhMuteEditor, error);
  gtk_widget_class_bind_template_child (widget_class, PhMuteEditor, save);
  gtk_widget_class_bind_template_callback (widget_class, changed);
  gtk_widget_class_bind_template_callback (widget_class, save_clicked);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
ph_mute_editor_init (PhMuteEditor *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

PhMuteEditor *
ph_mute_editor_new (GtkWindow *parent, const PhMute *mute)
{
  PhMuteEditor *self = g_object_new (PH_TYPE_MUTE_EDITOR, "transient-for", parent, NULL);

  if (mute)
    set_mute (self, mute);
  changed (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->owner));
  return self;
}
