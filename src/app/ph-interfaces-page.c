/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is selected is followed row by row: a row knows its facts for as long as somebody holds it, also when its
 * interface is gone. */
#include "ph-interfaces-page.h"

#include <glib/gi18n.h>

#include "ph-event-socket.h"
#include "ph-link-past.h"
#include "ph-page-shortcut.h"

struct _PhInterfacesPage
{
  PhTablePage parent_instance;

  PhLinkDetails *details;

  PhLinkPast *past;
  PhRow *row; /* that the pane is about; NULL: none is selected */
  gboolean show_details;
};

G_DEFINE_FINAL_TYPE (PhInterfacesPage, ph_interfaces_page, PH_TYPE_TABLE_PAGE)

enum
{
  PROP_SHOW_ALL = 1,
  PROP_SHOW_DETAILS,
  N_PROPS
};
static GParamSpec *props[N_PROPS];

/* netstat -i, and with -a. */
static const PhChip which[] = {
  { "up", N_ ("Up"), N_ ("Interfaces that are up (netstat -i)"), "up" },
  { "all", N_ ("All"), N_ ("All interfaces, also those that are down (netstat -ia)"), NULL },
};

static const PhChipGroup groups[] = {
  { N_ ("Which interfaces"), "is", .one = TRUE, which, G_N_ELEMENTS (which) },
};

/* --- details --- */

static gint64
look_time (PhInterfacesPage *self)
{
  PhSnapshot *snapshot = ph_table_page_get_snapshot (PH_TABLE_PAGE (self));

  return snapshot ? ph_snapshot_time (snapshot) : 0;
}

static void
update_details (PhInterfacesPage *self)
{
  gboolean visible = self->show_details && self->row;
  const PhLink *link = self->row ? ph_row_get_record (self->row) : NULL;

  /* The focus does not stay where nobody sees it. */
  if (!visible && gtk_widget_get_focus_child (GTK_WIDGET (self->details)))
    gtk_widget_child_focus (GTK_WIDGET (ph_table_page_get_table_view (PH_TABLE_PAGE (self))), GTK_DIR_TAB_FORWARD);
  gtk_widget_set_visible (GTK_WIDGET (self->details), visible);
  if (visible)
    ph_link_details_show (self->details, link, ph_link_past_find (self->past, link->key.index), look_time (self));
  else
    ph_link_details_show (self->details, NULL, NULL, 0);
}

/* Of several it is the first. */
static PhRow *
find_selected (PhInterfacesPage *self)
{
  GtkSelectionModel *model = ph_table_view_get_selection (ph_table_page_get_table_view (PH_TABLE_PAGE (self)));
  g_autoptr (GtkBitset) selected = gtk_selection_model_get_selection (model);

  if (gtk_bitset_is_empty (selected))
    return NULL;
  return g_list_model_get_item (G_LIST_MODEL (model), gtk_bitset_get_minimum (selected));
}

/* A row that has left the table is no longer selected: its pane goes with it. */
static void
selection_changed (PhInterfacesPage *self)
{
  g_autoptr (PhRow) row = find_selected (self);

  if (row == self->row)
    return;
  g_set_object (&self->row, row);
  update_details (self);
}

static void
set_show_details (PhInterfacesPage *self, gboolean show)
{
  if (show == self->show_details)
    return;
  self->show_details = show;
  update_details (self);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_SHOW_DETAILS]);
}

static void
close_details (PhInterfacesPage *self)
{
  set_show_details (self, FALSE);
}

/* F9 with nothing selected means the first one: a pane about nothing helps nobody. */
static void
toggle_details (GtkWidget *widget, const char *name, GVariant *parameter)
{
  PhInterfacesPage *self = PH_INTERFACES_PAGE (widget);
  GtkSelectionModel *model = ph_table_view_get_selection (ph_table_page_get_table_view (PH_TABLE_PAGE (self)));

  if (self->row)
    set_show_details (self, !self->show_details);
  else
    {
      set_show_details (self, TRUE);
      gtk_selection_model_select_item (model, 0, TRUE);
    }
}

PhLinkDetails *
ph_interfaces_page_get_details (PhInterfacesPage *self)
{
  return self->details;
}

/* --- the parent asks --- */

static void
synced (PhTablePage *page, PhSnapshot *snapshot)
{
  PhInterfacesPage *self = PH_INTERFACES_PAGE (page);

  /* A history that the graph borrowed may be gone after this; it gets another at once. */
  ph_link_past_add (self->past, snapshot);
  update_details (self);
}

static gboolean
get_show_all (PhInterfacesPage *self)
{
  return ph_chip_bar_get (ph_table_page_get_chip_bar (PH_TABLE_PAGE (self)), "all");
}

static void
set_show_all (PhInterfacesPage *self, gboolean all)
{
  ph_chip_bar_set (ph_table_page_get_chip_bar (PH_TABLE_PAGE (self)), all ? "all" : "up", TRUE);
}

static void
clear_chips (PhTablePage *page)
{
  set_show_all (PH_INTERFACES_PAGE (page), TRUE);
}

static void
apply_options (PhTablePage *page, const PhOptions *options)
{
  set_show_all (PH_INTERFACES_PAGE (page), options->all);
}

static void
chips_changed (PhInterfacesPage *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_SHOW_ALL]);
}

/* --- life --- */

static void
ph_interfaces_page_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  PhInterfacesPage *self = PH_INTERFACES_PAGE (object);

  switch (id)
    {
    case PROP_SHOW_ALL:
      g_value_set_boolean (value, get_show_all (self));
      break;
    case PROP_SHOW_DETAILS:
      g_value_set_boolean (value, self->show_details);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
ph_interfaces_page_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  PhInterfacesPage *self = PH_INTERFACES_PAGE (object);

  switch (id)
    {
    case PROP_SHOW_ALL:
      set_show_all (self, g_value_get_boolean (value));
      break;
    case PROP_SHOW_DETAILS:
      set_show_details (self, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

/* Only now is there something to select. A row that goes is news of the list, not of the selection. */
static void
ph_interfaces_page_constructed (GObject *object)
{
  PhInterfacesPage *self = PH_INTERFACES_PAGE (object);
  GtkSelectionModel *model;

  G_OBJECT_CLASS (ph_interfaces_page_parent_class)->constructed (object);
  g_signal_connect_object (ph_table_page_get_chip_bar (PH_TABLE_PAGE (self)), "changed", G_CALLBACK (chips_changed),
                           self, G_CONNECT_SWAPPED);
  model = ph_table_view_get_selection (ph_table_page_get_table_view (PH_TABLE_PAGE (self)));
  g_signal_connect_object (model, "selection-changed", G_CALLBACK (selection_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (model, "items-changed", G_CALLBACK (selection_changed), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
}

static void
ph_interfaces_page_dispose (GObject *object)
{
  PhInterfacesPage *self = PH_INTERFACES_PAGE (object);

  g_clear_object (&self->row);
  if (self->details)
    ph_link_details_show (self->details, NULL, NULL, 0);
  gtk_widget_dispose_template (GTK_WIDGET (self), PH_TYPE_INTERFACES_PAGE);
  g_clear_pointer (&self->past, ph_link_past_free);
  G_OBJECT_CLASS (ph_interfaces_page_parent_class)->dispose (object);
}

static void
ph_interfaces_page_class_init (PhInterfacesPageClass *klass)
{
  static const char *const order[] = { "interface", NULL };
  static const char *const remembered[][2]
      = { { "interfaces-all", "show-all" }, { "interfaces-details", "show-details" }, { NULL } };
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  PhTablePageClass *page_class = PH_TABLE_PAGE_CLASS (klass);

  object_class->get_property = ph_interfaces_page_get_property;
  object_class->set_property = ph_interfaces_page_set_property;
  object_class->constructed = ph_interfaces_page_constructed;
  object_class->dispose = ph_interfaces_page_dispose;
  props[PROP_SHOW_ALL] = g_param_spec_boolean ("show-all", NULL, NULL, FALSE, flags);
  props[PROP_SHOW_DETAILS] = g_param_spec_boolean ("show-details", NULL, NULL, TRUE, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);

  page_class->table = PH_TABLE_LINKS;
  page_class->name = "interfaces";
  page_class->order = order;
  page_class->events = PH_EVENT_LINKS | PH_EVENT_ADDRESSES;
  page_class->chips = groups;
  page_class->n_chips = G_N_ELEMENTS (groups);
  page_class->remembered = remembered;
  page_class->clear_chips = clear_chips;
  page_class->apply_options = apply_options;
  page_class->synced = synced;

  g_type_ensure (PH_TYPE_LINK_DETAILS);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/porthole/Porthole/ph-interfaces-page.ui");
  gtk_widget_class_bind_template_child (widget_class, PhInterfacesPage, details);
  gtk_widget_class_bind_template_callback (widget_class, close_details);
  gtk_widget_class_install_action (widget_class, "page.details", NULL, toggle_details);
}

static void
ph_interfaces_page_init (PhInterfacesPage *self)
{
  self->show_details = TRUE;
  self->past = ph_link_past_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  ph_page_shortcut_add (GTK_WIDGET (self), GDK_KEY_F9, 0, "page.details");
}
