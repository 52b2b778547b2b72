/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ph-lookup-hit-view.h"

#include <glib/gi18n.h>

struct _PhLookupHitView
{
  AdwBin parent_instance;

  GtkLabel *title;
  GtkLabel *note;
  GtkWidget *all;
  GtkListBox *list;

  GArray *keys; /* PhSocketKey of each row */
  char *filter;
};

G_DEFINE_FINAL_TYPE (PhLookupHitView, ph_lookup_hit_view, ADW_TYPE_BIN)

enum
{
  SIGNAL_SOCKET_CHOSEN,
  SIGNAL_ALL_CHOSEN,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

static void
row_activated (PhLookupHitView *self, GtkListBoxRow *row)
{
  PhSocketKey key = g_array_index (self->keys, PhSocketKey, gtk_list_box_row_get_index (row));

  g_signal_emit (self, signals[SIGNAL_SOCKET_CHOSEN], 0, &key);
}

static void
all_clicked (PhLookupHitView *self)
{
  g_autofree char *filter = g_strdup (self->filter);

  g_signal_emit (self, signals[SIGNAL_ALL_CHOSEN], 0, filter);
}

static void
add_row (PhLookupHitView *self, const PhLookupSocket *socket)
{
  GtkWidget *row = g_object_new (ADW_TYPE_ACTION_ROW, "title-lines", 2, "subtitle-lines", 2, "activatable", TRUE, NULL);

  /* Its labels hear of it before they hear of the texts: while it is made the order would be another. */
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), socket->title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), socket->detail);
  gtk_list_box_append (self->list, row);
  g_array_append_val (self->keys, socket->key);
}

void
ph_lookup_hit_view_append_rows (PhLookupHitView *self, GPtrArray *rows)
{
  for (int i = 0; i < (int) self->keys->len; i++)
    g_ptr_array_add (rows, gtk_list_box_get_row_at_index (self->list, i));
}

static void
ph_lookup_hit_view_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), PH_TYPE_LOOKUP_HIT_VIEW);
  G_OBJECT_CLASS (ph_lookup_hit_view_parent_class)->dispose (object);
}

static void
ph_lookup_hit_view_finalize (GObject *object)
{
  PhLookupHitView *self = PH_LOOKUP_HIT_VIEW (object);

  g_array_unref (self->keys);
  g_free (self->filter);
  G_OBJECT_CLASS (ph_lookup_hit_view_parent_class)->finalize (object);
}

static void
ph_lookup_hit_view_class_init (PhLookupHitViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ph_lookup_hit_view_dispose;
  G_OBJECT_CLASS (klass)->finalize = ph_lookup_hit_view_finalize;

  signals[SIGNAL_SOCKET_CHOSEN] = g_signal_new ("socket-chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                                NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  signals[SIGNAL_ALL_CHOSEN] = g_signal_new ("all-chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                             NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/porthole/Porthole/ph-lookup-hit.ui");
  gtk_widget_class_bind_template_child (widget_class, PhLookupHitView, title);
  gtk_widget_class_bind_template_child (widget_class, PhLookupHitView, note);
  gtk_widget_class_bind_template_child (widget_class, PhLookupHitView, all);
  gtk_widget_class_bind_template_child (widget_class, PhLookupHitView, list);
  gtk_widget_class_bind_template_callback (widget_class, row_activated);
  gtk_widget_class_bind_template_callback (widget_class, all_clicked);
}

static void
ph_lookup_hit_view_init (PhLookupHitView *self)
{
  self->keys = g_array_new (FALSE, FALSE, sizeof (PhSocketKey));
  gtk_widget_init_template (GTK_WIDGET (self));
}

PhLookupHitView *
ph_lookup_hit_view_new (const PhLookupHit *hit, guint max)
{
  PhLookupHitView *self = g_object_new (PH_TYPE_LOOKUP_HIT_VIEW, NULL);
  g_autofree char *all
      = g_strdup_printf (ngettext ("Show %u Socket", "Show All %u Sockets", hit->n_sockets), hit->n_sockets);

  self->filter = g_strdup (hit->filter);
  gtk_label_set_text (self->title, hit->title);
  gtk_label_set_text (self->note, hit->note ? hit->note : "");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->note), hit->note);
  gtk_widget_set_visible (GTK_WIDGET (self->note), hit->note != NULL);
  gtk_button_set_label (GTK_BUTTON (self->all), all);
  gtk_widget_set_visible (self->all, hit->n_sockets > 1);
  for (guint i = 0; i < MIN (hit->sockets->len, max); i++)
    add_row (self, g_ptr_array_index (hit->sockets, i));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, hit->title, -1);
  return self;
}
