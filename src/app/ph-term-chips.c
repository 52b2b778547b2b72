/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A chip belongs to a place, not to a term: so the focus stays in the row when one is removed. */
#include "ph-term-chips.h"

#include <glib/gi18n.h>

#include "ph-filter-edit.h"

#define LABEL_CHARS 40

struct _PhTermChips
{
  AdwBin parent_instance;

  GtkWidget *box;
  GPtrArray *chips; /* GtkButton; those after the last term are hidden */
  guint n;          /* terms */
  guint doomed;     /* the term that is to go */
  guint idle_id;    /* in a moment; 0: none is */
};

G_DEFINE_FINAL_TYPE (PhTermChips, ph_term_chips, ADW_TYPE_BIN)

enum
{
  SIGNAL_REMOVED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

static gboolean
remove_doomed (gpointer data)
{
  PhTermChips *self = data;

  self->idle_id = 0;
  if (self->doomed < self->n)
    g_signal_emit (self, signals[SIGNAL_REMOVED], 0, self->doomed);
  return G_SOURCE_REMOVE;
}

/* Not while the click is still being dealt with: what hides meanwhile is pressed for ever to GTK 4.8, which warns of
 * that at some later click. */
static void
remove_chip (PhTermChips *self, GtkWidget *chip)
{
  if (self->idle_id == 0 && g_ptr_array_find (self->chips, chip, &self->doomed))
    self->idle_id = g_idle_add (remove_doomed, self);
}

static gboolean
key_pressed (GtkWidget *box, GVariant *arguments, gpointer data)
{
  GtkWidget *chip = gtk_widget_get_focus_child (box);

  if (!chip)
    return FALSE;
  remove_chip (data, chip);
  return TRUE;
}

static GtkWidget *
make_chip (PhTermChips *self)
{
  GtkWidget *chip = gtk_button_new ();
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_MIDDLE);
  gtk_label_set_max_width_chars (GTK_LABEL (label), LABEL_CHARS);
  gtk_box_append (GTK_BOX (line), label);
  gtk_box_append (GTK_BOX (line), gtk_image_new_from_icon_name ("window-close-symbolic"));
  gtk_button_set_child (GTK_BUTTON (chip), line);
  gtk_widget_add_css_class (chip, "ph-chip");
  gtk_widget_add_css_class (chip, "ph-term");
  g_signal_connect_swapped (chip, "clicked", G_CALLBACK (remove_chip), self);
  return chip;
}

static void
name_chip (GtkWidget *chip, const char *term)
{
  GtkWidget *label = gtk_widget_get_first_child (gtk_button_get_child (GTK_BUTTON (chip)));
  /* Translators: a term of the filter, as it was typed */
  g_autofree char *name = g_strdup_printf (_ ("Remove filter “%s”"), term);

  gtk_label_set_text (GTK_LABEL (label), term);
  gtk_widget_set_tooltip_text (chip, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (chip), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

/* The last chip had it: to the one before, or on from here. */
static void
move_focus (PhTermChips *self, guint n)
{
  GtkWidget *focus = gtk_widget_get_focus_child (self->box);
  guint at;

  if (!focus || !g_ptr_array_find (self->chips, focus, &at) || at < n)
    return;
  if (n > 0)
    gtk_widget_grab_focus (self->chips->pdata[n - 1]);
  else
    gtk_widget_child_focus (GTK_WIDGET (gtk_widget_get_root (GTK_WIDGET (self))), GTK_DIR_TAB_FORWARD);
}

void
ph_term_chips_set_text (PhTermChips *self, const char *text)
{
  g_autoptr (GPtrArray) spans = ph_filter_edit_split (text);

  for (guint i = 0; i < spans->len; i++)
    {
      const PhFilterSpan *span = spans->pdata[i];
      g_autofree char *term = g_strndup (text + span->start, span->end - span->start);

      if (i == self->chips->len)
        {
          g_ptr_array_add (self->chips, make_chip (self));
          gtk_box_append (GTK_BOX (self->box), self->chips->pdata[i]);
        }
      name_chip (self->chips->pdata[i], term);
      gtk_widget_set_visible (self->chips->pdata[i], TRUE);
    }
  self->n = spans->len;
  move_focus (self, self->n);
  for (guint i = self->n; i < self->chips->len; i++)
    gtk_widget_set_visible (self->chips->pdata[i], FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self), self->n > 0);
}

static void
ph_term_chips_dispose (GObject *object)
{
  g_clear_handle_id (&PH_TERM_CHIPS (object)->idle_id, g_source_remove);
  G_OBJECT_CLASS (ph_term_chips_parent_class)->dispose (object);
}

static void
ph_term_chips_finalize (GObject *object)
{
  g_ptr_array_unref (PH_TERM_CHIPS (object)->chips);
  G_OBJECT_CLASS (ph_term_chips_parent_class)->finalize (object);
}

static void
ph_term_chips_class_init (PhTermChipsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = ph_term_chips_dispose;
  G_OBJECT_CLASS (klass)->finalize = ph_term_chips_finalize;
  signals[SIGNAL_REMOVED] = g_signal_new ("removed", PH_TYPE_TERM_CHIPS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 1, G_TYPE_UINT);
}

static void
ph_term_chips_init (PhTermChips *self)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *viewport = gtk_viewport_new (NULL, NULL);
  GtkEventController *keys = gtk_shortcut_controller_new ();

  self->chips = g_ptr_array_new ();
  self->box = g_object_new (GTK_TYPE_BOX, "spacing", 6, "accessible-role", GTK_ACCESSIBLE_ROLE_GROUP, NULL);
  gtk_widget_add_css_class (self->box, "ph-terms");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->box), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Filters"), -1);
  gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (keys),
      gtk_shortcut_new (gtk_shortcut_trigger_parse_string ("Delete|KP_Delete|BackSpace"),
                        gtk_callback_action_new (key_pressed, self, NULL)));
  gtk_widget_add_controller (self->box, keys);

  /* Wider than the window: it scrolls sideways, as the row of chips does. */
  gtk_viewport_set_scroll_to_focus (GTK_VIEWPORT (viewport), TRUE);
  gtk_viewport_set_child (GTK_VIEWPORT (viewport), self->box);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_EXTERNAL, GTK_POLICY_NEVER);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scrolled), TRUE);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), viewport);
  adw_bin_set_child (ADW_BIN (self), scrolled);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}
