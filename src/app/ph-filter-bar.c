/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The chips scroll sideways where they are wider than the window. */
#include "ph-filter-bar.h"

struct _PhFilterBar
{
  AdwBin parent_instance;

  GtkWidget *search_bar;
  GtkEditable *entry;
  GtkLabel *error;
  GtkWidget *row;
  GtkViewport *chips;
};

G_DEFINE_FINAL_TYPE (PhFilterBar, ph_filter_bar, ADW_TYPE_BIN)

enum
{
  PROP_SEARCH_MODE = 1,
  N_PROPS
};
static GParamSpec *props[N_PROPS];

enum
{
  SIGNAL_TEXT_CHANGED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

static void
text_changed (PhFilterBar *self)
{
  g_signal_emit (self, signals[SIGNAL_TEXT_CHANGED], 0);
}

const char *
ph_filter_bar_get_text (PhFilterBar *self)
{
  return gtk_editable_get_text (self->entry);
}

void
ph_filter_bar_set_text (PhFilterBar *self, const char *text)
{
  gtk_editable_set_text (self->entry, text);
  gtk_editable_set_position (self->entry, -1);
  gtk_search_bar_set_search_mode (GTK_SEARCH_BAR (self->search_bar), *text != '\0');
}

void
ph_filter_bar_set_error (PhFilterBar *self, const char *message)
{
  gtk_label_set_text (self->error, message ? message : "");
  gtk_widget_set_visible (GTK_WIDGET (self->error), message != NULL);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_STATE_INVALID,
                               message ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
  if (message)
    gtk_widget_add_css_class (GTK_WIDGET (self->entry), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->entry), "error");
}

const char *
ph_filter_bar_get_error (PhFilterBar *self)
{
  return gtk_widget_get_visible (GTK_WIDGET (self->error)) ? gtk_label_get_text (self->error) : NULL;
}

void
ph_filter_bar_clear (PhFilterBar *self)
{
  ph_filter_bar_set_text (self, "");
  /* Not after the entry's delay: whoever asked for everything wants it now. */
  text_changed (self);
}

void
ph_filter_bar_set_hint (PhFilterBar *self, const char *hint)
{
  g_object_set (self->entry, "placeholder-text", hint, NULL);
}

void
ph_filter_bar_set_chips (PhFilterBar *self, GtkWidget *chips)
{
  gtk_viewport_set_child (self->chips, chips);
  gtk_widget_set_visible (self->row, chips != NULL);
}

GtkWidget *
ph_filter_bar_get_chips (PhFilterBar *self)
{
  return gtk_viewport_get_child (self->chips);
}

void
ph_filter_bar_capture_keys (PhFilterBar *self, GtkWidget *widget)
{
  gtk_search_bar_set_key_capture_widget (GTK_SEARCH_BAR (self->search_bar), widget);
}

static void
search_mode_changed (PhFilterBar *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_SEARCH_MODE]);
}

/* --- life --- */

static void
ph_filter_bar_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  PhFilterBar *self = PH_FILTER_BAR (object);

  g_value_set_boolean (value, gtk_search_bar_get_search_mode (GTK_SEARCH_BAR (self->search_bar)));
}

static void
ph_filter_bar_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  PhFilterBar *self = PH_FILTER_BAR (object);
  gboolean on = g_value_get_boolean (value);

  gtk_search_bar_set_search_mode (GTK_SEARCH_BAR (self->search_bar), on);
  if (on)
    gtk_widget_grab_focus (GTK_WIDGET (self->entry));
}

static void
ph_filter_bar_dispose (GObject *object)
{
  PhFilterBar *self = PH_FILTER_BAR (object);

  if (self->search_bar)
    gtk_search_bar_set_key_capture_widget (GTK_SEARCH_BAR (self->search_bar), NULL);
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), PH_TYPE_FILTER_BAR);
  G_OBJECT_CLASS (ph_filter_bar_parent_class)->dispose (object);
}

static void
ph_filter_bar_class_init (PhFilterBarClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = ph_filter_bar_get_property;
  object_class->set_property = ph_filter_bar_set_property;
  object_class->dispose = ph_filter_bar_dispose;

  props[PROP_SEARCH_MODE] = g_param_spec_boolean ("search-mode", NULL, NULL, FALSE,
                                                  G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);

  signals[SIGNAL_TEXT_CHANGED]
      = g_signal_new ("text-changed", PH_TYPE_FILTER_BAR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/porthole/Porthole/ph-filter-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, PhFilterBar, search_bar);
  gtk_widget_class_bind_template_child (widget_class, PhFilterBar, entry);
  gtk_widget_class_bind_template_child (widget_class, PhFilterBar, error);
  gtk_widget_class_bind_template_child (widget_class, PhFilterBar, row);
  gtk_widget_class_bind_template_child (widget_class, PhFilterBar, chips);
  gtk_widget_class_bind_template_callback (widget_class, text_changed);
  gtk_widget_class_bind_template_callback (widget_class, search_mode_changed);
}

static void
ph_filter_bar_init (PhFilterBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_search_bar_connect_entry (GTK_SEARCH_BAR (self->search_bar), self->entry);
}
