/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A hundred labels that few people look at: they are made when the button is first pressed. */
#include "ph-filter-guide.h"

#include <glib/gi18n.h>

#include "ph-filter-help.h"
#include "ph-label.h"

#define WIDTH 420

struct _PhFilterGuide
{
  AdwBin parent_instance;

  const PhSchema *schema;
  GtkMenuButton *button;
  GtkListBox *first; /* the examples; NULL: not made yet */
};

G_DEFINE_FINAL_TYPE (PhFilterGuide, ph_filter_guide, ADW_TYPE_BIN)

enum
{
  SIGNAL_CHOSEN,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

static GQuark
text_quark (void)
{
  return g_quark_from_static_string ("ph-filter-guide-text");
}

static void
row_activated (PhFilterGuide *self, GtkListBoxRow *row)
{
  gtk_menu_button_popdown (self->button);
  g_signal_emit (self, signals[SIGNAL_CHOSEN], 0, g_object_get_qdata (G_OBJECT (row), text_quark ()));
}

static GtkWidget *
make_label (const char *text, const char *style)
{
  GtkWidget *label = ph_label_new (text, style);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  return label;
}

/* Takes over @text, which goes into the entry. */
static void
add_row (GtkListBox *list, char *text, const char *title, const char *help, const char *words)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *name = make_label (title, "monospace");

  gtk_widget_add_css_class (row, "ph-proposal");
  gtk_box_append (GTK_BOX (box), name);
  gtk_box_append (GTK_BOX (box), make_label (help, "dim-label"));
  if (words)
    {
      GtkWidget *label = make_label (words, "caption");

      gtk_widget_add_css_class (label, "dim-label");
      gtk_box_append (GTK_BOX (box), label);
    }
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, title,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, help, -1);
  g_object_set_qdata_full (G_OBJECT (row), text_quark (), text, g_free);
  gtk_list_box_append (list, row);
}

static GtkListBox *
add_list (PhFilterGuide *self, GtkBox *box, const char *heading)
{
  GtkWidget *list = gtk_list_box_new ();

  gtk_box_append (box, make_label (heading, "heading"));
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "background");
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL, heading, -1);
  g_signal_connect_swapped (list, "row-activated", G_CALLBACK (row_activated), self);
  gtk_box_append (box, list);
  return GTK_LIST_BOX (list);
}

static GtkWidget *
make_content (PhFilterGuide *self)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkBox *box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 6));
  guint n_fields, n_examples;
  g_autofree PhFilterFieldHelp *fields = ph_filter_help_fields (self->schema, &n_fields);
  const PhFilterExample *examples = ph_filter_help_examples (self->schema, &n_examples);
  GtkListBox *list;

  gtk_box_append (
      box, make_label (_ ("Words are looked for in every column, “field:value” in one. A “-” before it excludes, "
                          "commas between values mean “or”, and quotation marks keep spaces."),
                       NULL));
  self->first = add_list (self, box, _ ("Examples"));
  for (guint i = 0; i < n_examples; i++)
    add_row (self->first, g_strdup (examples[i].text), examples[i].text, _ (examples[i].help), NULL);
  list = add_list (self, box, _ ("Fields"));
  for (guint i = 0; i < n_fields; i++)
    {
      g_autofree char *names = g_strjoinv (", ", (char **) fields[i].names);
      g_autofree char *words = fields[i].words ? g_strjoinv (", ", (char **) fields[i].words) : NULL;

      add_row (list, g_strconcat (fields[i].names[0], ":", NULL), names, _ (fields[i].help), words);
    }

  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scrolled), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scrolled), WIDTH);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), GTK_WIDGET (box));
  return scrolled;
}

/* Called each time that it is about to open. No wider than the window, which may be narrow. */
static void
fill_popover (GtkMenuButton *button, gpointer data)
{
  PhFilterGuide *self = data;
  GtkPopover *popover = gtk_menu_button_get_popover (button);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (!self->first)
    gtk_popover_set_child (popover, make_content (self));
  gtk_widget_set_size_request (gtk_popover_get_child (popover),
                               CLAMP (gtk_widget_get_width (GTK_WIDGET (root)) - 60, 100, WIDTH), -1);
}

GtkWidget *
ph_filter_guide_new (const PhSchema *schema)
{
  PhFilterGuide *self = g_object_new (PH_TYPE_FILTER_GUIDE, NULL);

  self->schema = schema;
  return GTK_WIDGET (self);
}

static void
ph_filter_guide_class_init (PhFilterGuideClass *klass)
{
  signals[SIGNAL_CHOSEN] = g_signal_new ("chosen", PH_TYPE_FILTER_GUIDE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                         G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
ph_filter_guide_init (PhFilterGuide *self)
{
  self->button = GTK_MENU_BUTTON (gtk_menu_button_new ());
  gtk_menu_button_set_icon_name (self->button, "help-about-symbolic");
  gtk_menu_button_set_popover (self->button, gtk_popover_new ());
  gtk_menu_button_set_create_popup_func (self->button, fill_popover, self, NULL);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->button), _ ("What can be said here"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Fields and examples of filters"), -1);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->button));
}
