/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The stack has an empty place for each table, named by its number. */
#include "ph-section.h"

#include <glib/gi18n.h>

#include "ph-pair.h"

#define TABLE_KEY "ph-table"

typedef struct
{
  PhPair *row;
  GtkBox *buttons;
  AdwBin *below;
  GtkStack *stack;

  const PhSectionTable *tables;
  guint n_tables;
} PhSectionPrivate;

G_DEFINE_TYPE_WITH_PRIVATE (PhSection, ph_section, ADW_TYPE_BIN)

#define PRIVATE(self) ((PhSectionPrivate *) ph_section_get_instance_private (self))

enum
{
  PROP_PAGE = 1,
  PROP_BESIDE,
  PROP_BELOW,
  N_PROPS
};
static GParamSpec *props[N_PROPS];

enum
{
  SIGNAL_PAGE_MADE,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

static const PhSectionTable *
table_of (gpointer object)
{
  return g_object_get_data (object, TABLE_KEY);
}

PhTablePage *
ph_section_get_page (PhSection *self)
{
  GtkWidget *place = gtk_stack_get_visible_child (PRIVATE (self)->stack);
  GtkWidget *page;

  if (!place)
    return NULL;
  page = adw_bin_get_child (ADW_BIN (place));
  if (!page)
    {
      page = g_object_new (table_of (place)->type (), NULL);
      adw_bin_set_child (ADW_BIN (place), page);
      g_signal_emit (self, signals[SIGNAL_PAGE_MADE], 0, page);
    }
  return PH_TABLE_PAGE (page);
}

/* Out of sight, nobody needs the page yet. */
static void
place_changed (PhSection *self)
{
  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  ph_section_get_page (self);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_PAGE]);
}

static void
toggled (GtkToggleButton *button, PhSection *self)
{
  if (gtk_toggle_button_get_active (button))
    ph_section_show (self, table_of (button)->table);
}

PhTablePage *
ph_section_show (PhSection *self, PhTableId table)
{
  PhSectionPrivate *priv = PRIVATE (self);
  GtkWidget *button = gtk_widget_get_first_child (GTK_WIDGET (priv->buttons));
  GtkWidget *place = gtk_widget_get_first_child (GTK_WIDGET (priv->stack));

  while (place && table_of (place)->table != table)
    {
      place = gtk_widget_get_next_sibling (place);
      button = gtk_widget_get_next_sibling (button);
    }
  if (!place)
    return NULL;
  gtk_stack_set_visible_child (priv->stack, place);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), TRUE);
  return ph_section_get_page (self);
}

void
ph_section_set_tables (PhSection *self, const PhSectionTable *tables, guint n_tables)
{
  PhSectionPrivate *priv = PRIVATE (self);
  GtkWidget *first = NULL;

  for (guint i = 0; i < n_tables; i++)
    {
      GtkWidget *place = adw_bin_new ();
      GtkWidget *button = gtk_toggle_button_new_with_label (_ (tables[i].title));

      g_object_set_data (G_OBJECT (place), TABLE_KEY, (gpointer) &tables[i]);
      g_object_set_data (G_OBJECT (button), TABLE_KEY, (gpointer) &tables[i]);
      gtk_stack_add_child (priv->stack, place);
      gtk_widget_add_css_class (button, "ph-segment");
      gtk_widget_set_tooltip_text (button, _ (tables[i].tooltip));
      if (first)
        gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (button), GTK_TOGGLE_BUTTON (first));
      else
        gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (first = button), TRUE);
      gtk_box_append (priv->buttons, button);
      g_signal_connect_object (button, "toggled", G_CALLBACK (toggled), self, 0);
    }
}

/* --- life --- */

static void
ph_section_map (GtkWidget *widget)
{
  ph_section_get_page (PH_SECTION (widget));
  GTK_WIDGET_CLASS (ph_section_parent_class)->map (widget);
}

static void
ph_section_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  PhSection *self = PH_SECTION (object);

  switch (id)
    {
    case PROP_PAGE:
      g_value_set_object (value, ph_section_get_page (self));
      break;
    case PROP_BESIDE:
      g_object_get_property (G_OBJECT (PRIVATE (self)->row), "second", value);
      break;
    case PROP_BELOW:
      g_value_set_object (value, adw_bin_get_child (PRIVATE (self)->below));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
ph_section_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  PhSection *self = PH_SECTION (object);

  switch (id)
    {
    case PROP_BESIDE:
      ph_pair_set_second (PRIVATE (self)->row, g_value_get_object (value));
      break;
    case PROP_BELOW:
      adw_bin_set_child (PRIVATE (self)->below, g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
ph_section_dispose (GObject *object)
{
  /* See ph_table_page_dispose(). */
  adw_bin_set_child (ADW_BIN (object), NULL);
  G_OBJECT_CLASS (ph_section_parent_class)->dispose (object);
}

static void
ph_section_class_init (PhSectionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = ph_section_get_property;
  object_class->set_property = ph_section_set_property;
  object_class->dispose = ph_section_dispose;
  widget_class->map = ph_section_map;

  props[PROP_PAGE]
      = g_param_spec_object ("page", NULL, NULL, PH_TYPE_TABLE_PAGE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  props[PROP_BESIDE]
      = g_param_spec_object ("beside", NULL, NULL, GTK_TYPE_WIDGET, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  props[PROP_BELOW]
      = g_param_spec_object ("below", NULL, NULL, GTK_TYPE_WIDGET, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);

  signals[SIGNAL_PAGE_MADE] = g_signal_new ("page-made", PH_TYPE_SECTION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                            G_TYPE_NONE, 1, PH_TYPE_TABLE_PAGE);

  g_type_ensure (PH_TYPE_PAIR);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/porthole/Porthole/ph-section.ui");
  gtk_widget_class_bind_template_child_private (widget_class, PhSection, row);
  gtk_widget_class_bind_template_child_private (widget_class, PhSection, buttons);
  gtk_widget_class_bind_template_child_private (widget_class, PhSection, below);
  gtk_widget_class_bind_template_child_private (widget_class, PhSection, stack);
  gtk_widget_class_bind_template_callback (widget_class, place_changed);
}

static void
ph_section_init (PhSection *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
