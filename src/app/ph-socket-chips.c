/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The template gives the frame; the chips of protocols are made from ph_kinds, the first few as pills in the row, the
 * others as checks behind "More". */
#include "ph-socket-chips.h"

#include <glib/gi18n.h>

#define N_PILLS (PH_KIND_UNIX + 1) /* kinds that have a chip of their own */

struct _PhSocketChips
{
  AdwBin parent_instance;

  GtkToggleButton *show_buttons[3]; /* by PhShow */
  GtkBox *kinds_box;
  GtkMenuButton *more_button;
  GtkBox *more_box;
  GtkToggleButton *ipv4, *ipv6, *established, *closing;

  GtkWidget *kinds[PH_N_KINDS]; /* toggle buttons, then check buttons: both have "active" */
  gboolean setting;
};

G_DEFINE_FINAL_TYPE (PhSocketChips, ph_socket_chips, ADW_TYPE_BIN)

enum
{
  SIGNAL_CHANGED,
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

static void
update_more (PhSocketChips *self)
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
update_states (PhSocketChips *self)
{
  gboolean listening = is_active (self->show_buttons[PH_SHOW_LISTENING]);

  gtk_widget_set_sensitive (GTK_WIDGET (self->established), !listening);
  gtk_widget_set_sensitive (GTK_WIDGET (self->closing), !listening);
}

static void
chips_changed (PhSocketChips *self)
{
  if (self->setting)
    return;
  update_more (self);
  update_states (self);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/* Of a group of toggles one is going out and another coming on: once is enough. */
static void
show_toggled (PhSocketChips *self, GtkToggleButton *button)
{
  if (gtk_toggle_button_get_active (button))
    chips_changed (self);
}

void
ph_socket_chips_get (PhSocketChips *self, PhChips *chips)
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
ph_socket_chips_set (PhSocketChips *self, const PhChips *chips)
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

/* --- life --- */

static void
ph_socket_chips_dispose (GObject *object)
{
  adw_bin_set_child (ADW_BIN (object), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), PH_TYPE_SOCKET_CHIPS);
  G_OBJECT_CLASS (ph_socket_chips_parent_class)->dispose (object);
}

static void
ph_socket_chips_class_init (PhSocketChipsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ph_socket_chips_dispose;

  signals[SIGNAL_CHANGED]
      = g_signal_new ("changed", PH_TYPE_SOCKET_CHIPS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/porthole/Porthole/ph-socket-chips.ui");
  gtk_widget_class_bind_template_child_full (widget_class, "show_all", FALSE,
                                             G_STRUCT_OFFSET (PhSocketChips, show_buttons[PH_SHOW_ALL]));
  gtk_widget_class_bind_template_child_full (widget_class, "show_active", FALSE,
                                             G_STRUCT_OFFSET (PhSocketChips, show_buttons[PH_SHOW_ACTIVE]));
  gtk_widget_class_bind_template_child_full (widget_class, "show_listening", FALSE,
                                             G_STRUCT_OFFSET (PhSocketChips, show_buttons[PH_SHOW_LISTENING]));
  gtk_widget_class_bind_template_child (widget_class, PhSocketChips, kinds_box);
  gtk_widget_class_bind_template_child (widget_class, PhSocketChips, more_button);
  gtk_widget_class_bind_template_child (widget_class, PhSocketChips, more_box);
  gtk_widget_class_bind_template_child (widget_class, PhSocketChips, ipv4);
  gtk_widget_class_bind_template_child (widget_class, PhSocketChips, ipv6);
  gtk_widget_class_bind_template_child (widget_class, PhSocketChips, established);
  gtk_widget_class_bind_template_child (widget_class, PhSocketChips, closing);
  gtk_widget_class_bind_template_callback (widget_class, chips_changed);
  gtk_widget_class_bind_template_callback (widget_class, show_toggled);
}

static void
ph_socket_chips_init (PhSocketChips *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

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
