/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Enter asks, in each of the entries. */
#include "ph-route-entry.h"

#include <glib/gi18n.h>

struct _PhRouteEntry
{
  AdwBin parent_instance;

  GtkEditable *address;
  GtkMenuButton *more;
  GtkEditable *source;
  GtkEditable *mark;
  GtkEditable *interface;
};

G_DEFINE_FINAL_TYPE (PhRouteEntry, ph_route_entry, ADW_TYPE_BIN)

enum
{
  SIGNAL_ASKED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

void
ph_route_entry_get_question (PhRouteEntry *self, PhRouteQuestion *question)
{
  *question = (PhRouteQuestion){
    .address = gtk_editable_get_text (self->address),
    .source = gtk_editable_get_text (self->source),
    .mark = gtk_editable_get_text (self->mark),
    .interface = gtk_editable_get_text (self->interface),
  };
}

void
ph_route_entry_set (PhRouteEntry *self, const char *address, const char *interface)
{
  gtk_editable_set_text (self->address, address);
  gtk_editable_set_position (self->address, -1);
  gtk_editable_set_text (self->source, "");
  gtk_editable_set_text (self->mark, "");
  gtk_editable_set_text (self->interface, interface);
}

void
ph_route_entry_set_wrong (PhRouteEntry *self, gboolean wrong)
{
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->address), GTK_ACCESSIBLE_STATE_INVALID,
                               wrong ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
  if (wrong)
    gtk_widget_add_css_class (GTK_WIDGET (self->address), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->address), "error");
}

static void
ask (PhRouteEntry *self)
{
  gtk_menu_button_popdown (self->more);
  if (*gtk_editable_get_text (self->address) == '\0')
    gtk_widget_grab_focus (GTK_WIDGET (self->address));
  else
    g_signal_emit (self, signals[SIGNAL_ASKED], 0);
}

/* The button shows that there is something behind it that counts. */
static void
more_changed (PhRouteEntry *self)
{
  gboolean any = *gtk_editable_get_text (self->source) != '\0' || *gtk_editable_get_text (self->mark) != '\0'
                 || *gtk_editable_get_text (self->interface) != '\0';

  if (any)
    gtk_widget_add_css_class (GTK_WIDGET (self->more), "ph-chosen");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->more), "ph-chosen");
}

static void
ph_route_entry_dispose (GObject *object)
{
  adw_bin_set_child (ADW_BIN (object), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), PH_TYPE_ROUTE_ENTRY);
  G_OBJECT_CLASS (ph_route_entry_parent_class)->dispose (object);
}

static void
ph_route_entry_class_init (PhRouteEntryClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ph_route_entry_dispose;

  signals[SIGNAL_ASKED]
      = g_signal_new ("asked", PH_TYPE_ROUTE_ENTRY, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/porthole/Porthole/ph-route-entry.ui");
  gtk_widget_class_bind_template_child (widget_class, PhRouteEntry, address);
  gtk_widget_class_bind_template_child (widget_class, PhRouteEntry, more);
  gtk_widget_class_bind_template_child (widget_class, PhRouteEntry, source);
  gtk_widget_class_bind_template_child (widget_class, PhRouteEntry, mark);
  gtk_widget_class_bind_template_child (widget_class, PhRouteEntry, interface);
  gtk_widget_class_bind_template_callback (widget_class, ask);
  gtk_widget_class_bind_template_callback (widget_class, more_changed);
}

static void
ph_route_entry_init (PhRouteEntry *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
