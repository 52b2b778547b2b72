/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The template gives the frame; the chips of protocols are made from ph_kinds, the first few as pills in the row, the
 * others as checks behind "More". */
#include "ph-filter-bar.h"

#include <glib/gi18n.h>

#define N_PILLS (PH_KIND_UNIX + 1) /* kinds that have a chip of their own */

struct _PhFilterBar
{
  AdwBin parent_instance;

  GtkWidget *search_bar;
  GtkEditable *entry;
  GtkLabel *error;
  GtkToggleButton *show_buttons[3]; /* by PhShow */
  GtkBox *kinds_box;
  GtkMenuButton *more_button;
  GtkBox *more_box;
  GtkToggleButton *ipv4, *ipv6, *established, *closing;

  GtkWidget *kinds[PH_N_KINDS]; /* toggle buttons, then check buttons: both have "active" */
  gboolean setting;
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
  SIGNAL_CHIPS_CHANGED,
  SIGNAL_TEXT_CHANGED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

static gboolean
is_active (gpointer button)
{
  gboolean active;

  g_object_get (button, "active", &active, NULL);
  return active;
}

/* --- chips --- */

static void
update_more (PhFilterBar *self)
{
  g_autofree char *label = NULL;
  guint n = 0;

  for (guint kind = N_PILLS; kind < PH_N_KINDS; kind++)
    n += is_active (self->kinds[kind]);
  /* Translators: a button with more protocols; the number says how many of them are chosen */
  label = n > 0 ? g_strdup_printf (_ ("More (%u)"), n) : g_strdup (_ ("More"));
  gtk_menu_button_set_label (self->more_button, label);
  if (n > 0)
    gtk_widget_add_css_class (GTK_WIDGET (self->more_button), "ph-chosen");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->more_button), "ph-chosen");
}

static void
update_states (PhFilterBar *self)
{
  gboolean listening = is_active (self->show_buttons[PH_SHOW_LISTENING]);

  gtk_widget_set_sensitive (GTK_WIDGET (self->established), !listening);
  gtk_widget_set_sensitive (GTK_WIDGET (self->closing), !listening);
}

static void
chips_changed (PhFilterBar *self)
{
  if (self->setting)
    return;
  update_more (self);
  update_states (self);
  g_signal_emit (self, signals[SIGNAL_CHIPS_CHANGED], 0);
}

/* Of a group of toggles one is going out and another coming on: once is enough. */
static void
show_toggled (PhFilterBar *self, GtkToggleButton *button)
{
  if (gtk_toggle_button_get_active (button))
    chips_changed (self);
}

void
ph_filter_bar_get_chips (PhFilterBar *self, PhChips *chips)
{
  *chips = (PhChips){
    .ipv4 = is_active (self->ipv4),
    .ipv6 = is_active (self->ipv6),
    .established = is_active (self->established),
    .closing = is_active (self->closing),
  };
  for (guint show = 0; show < G_N_ELEMENTS (self->show_buttons); show++)
    if (is_active (self->show_buttons[show]))
      chips->show = show;
  for (guint kind = 0; kind < PH_N_KINDS; kind++)
    if (is_active (self->kinds[kind]))
      chips->kinds |= 1u << kind;
}

void
ph_filter_bar_set_chips (PhFilterBar *self, const PhChips *chips)
{
  self->setting = TRUE;
  gtk_toggle_button_set_active (self->show_buttons[chips->show], TRUE);
  gtk_toggle_button_set_active (self->ipv4, chips->ipv4);
  gtk_toggle_button_set_active (self->ipv6, chips->ipv6);
  gtk_toggle_button_set_active (self->established, chips->established);
  gtk_toggle_button_set_active (self->closing, chips->closing);
  for (guint kind = 0; kind < PH_N_KINDS; kind++)
    g_object_set (self->kinds[kind], "active", (gboolean) (chips->kinds >> kind & 1), NULL);
  self->setting = FALSE;
  chips_changed (self);
}

/* --- text --- */

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
  ph_filter_bar_set_chips (self, &(PhChips){ 0 });
  ph_filter_bar_set_text (self, "");
  /* Not after the entry's delay: whoever asked for everything wants it now. */
  text_changed (self);
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

  signals[SIGNAL_CHIPS_CHANGED]
      = g_signal_new ("chips-changed", PH_TYPE_FILTER_BAR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_TEXT_CHANGED]
      = g_signal_new ("text-changed", PH_TYPE_FILTER_BAR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/porthole/Porthole/ph-filter-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, PhFilterBar, search_bar);
  gtk_widget_class_bind_template_child (widget_class, PhFilterBar, entry);
  gtk_widget_class_bind_template_child (widget_class, PhFilterBar, error);
  gtk_widget_class_bind_template_child_full (widget_class, "show_all", FALSE,
                                             G_STRUCT_OFFSET (PhFilterBar, show_buttons[PH_SHOW_ALL]));
  gtk_widget_class_bind_template_child_full (widget_class, "show_active", FALSE,
                                             G_STRUCT_OFFSET (PhFilterBar, show_buttons[PH_SHOW_ACTIVE]));
  gtk_widget_class_bind_template_child_full (widget_class, "show_listening", FALSE,
                                             G_STRUCT_OFFSET (PhFilterBar, show_buttons[PH_SHOW_LISTENING]));
  gtk_widget_class_bind_template_child (widget_class, PhFilterBar, kinds_box);
  gtk_widget_class_bind_template_child (widget_class, PhFilterBar, more_button);
  gtk_widget_class_bind_template_child (widget_class, PhFilterBar, more_box);
  gtk_widget_class_bind_template_child (widget_class, PhFilterBar, ipv4);
  gtk_widget_class_bind_template_child (widget_class, PhFilterBar, ipv6);
  gtk_widget_class_bind_template_child (widget_class, PhFilterBar, established);
  gtk_widget_class_bind_template_child (widget_class, PhFilterBar, closing);
  gtk_widget_class_bind_template_callback (widget_class, chips_changed);
  gtk_widget_class_bind_template_callback (widget_class, show_toggled);
  gtk_widget_class_bind_template_callback (widget_class, text_changed);
  gtk_widget_class_bind_template_callback (widget_class, search_mode_changed);
}

static void
ph_filter_bar_init (PhFilterBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_search_bar_connect_entry (GTK_SEARCH_BAR (self->search_bar), self->entry);

  for (guint kind = 0; kind < PH_N_KINDS; kind++)
    {
      const char *title = _ (ph_kinds[kind].title);

      if (kind < N_PILLS)
        {
          self->kinds[kind] = gtk_toggle_button_new_with_label (title);
          gtk_widget_add_css_class (self->kinds[kind], "ph-chip");
          gtk_box_insert_child_after (self->kinds_box, self->kinds[kind], kind > 0 ? self->kinds[kind - 1] : NULL);
        }
      else
        {
          self->kinds[kind] = gtk_check_button_new_with_label (title);
          gtk_box_append (self->more_box, self->kinds[kind]);
        }
      g_signal_connect_object (self->kinds[kind], "toggled", G_CALLBACK (chips_changed), self, G_CONNECT_SWAPPED);
    }
}
