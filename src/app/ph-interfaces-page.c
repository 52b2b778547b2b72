/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ph-interfaces-page.h"

#include <glib/gi18n.h>

#include "ph-event-socket.h"
#include "ph-link-past.h"

struct _PhInterfacesPage
{
  PhTablePage parent_instance;

  PhLinkDetails *details;

  PhLinkPast *past;
};

G_DEFINE_FINAL_TYPE (PhInterfacesPage, ph_interfaces_page, PH_TYPE_TABLE_PAGE)

enum
{
  PROP_SHOW_ALL = 1,
  N_PROPS
};
static GParamSpec *props[N_PROPS];

/* netstat -i, and with -a. */
static const PhChip which[] = {
  { "up", N_ ("Up"), N_ ("Interfaces that are up (netstat -i)"), "up" },
  /* Translators: what there is all of stands before the bar; leave both out */
  { "all", N_ ("interfaces|All"), N_ ("All interfaces, also those that are down (netstat -ia)"), NULL },
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
show_details (PhTablePage *page, PhRow *row)
{
  PhInterfacesPage *self = PH_INTERFACES_PAGE (page);
  const PhLink *link = row ? ph_row_get_record (row) : NULL;

  if (link)
    ph_link_details_show (self->details, link, ph_link_past_find (self->past, link->key.index), look_time (self));
  else
    ph_link_details_show (self->details, NULL, NULL, 0);
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

  /* A history that the graph borrowed may be gone after this; details get another at once. */
  ph_link_past_add (self->past, snapshot);
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
  g_value_set_boolean (value, get_show_all (PH_INTERFACES_PAGE (object)));
}

static void
ph_interfaces_page_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  set_show_all (PH_INTERFACES_PAGE (object), g_value_get_boolean (value));
}

static void
ph_interfaces_page_constructed (GObject *object)
{
  G_OBJECT_CLASS (ph_interfaces_page_parent_class)->constructed (object);
  g_signal_connect_object (ph_table_page_get_chip_bar (PH_TABLE_PAGE (object)), "changed", G_CALLBACK (chips_changed),
                           object, G_CONNECT_SWAPPED);
  g_object_set (object, "show-details", TRUE, NULL);
}

static void
ph_interfaces_page_dispose (GObject *object)
{
  PhInterfacesPage *self = PH_INTERFACES_PAGE (object);

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
  static const char *const remembered[][2] = { { "interfaces-all", "show-all" }, { NULL } };
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  PhTablePageClass *page_class = PH_TABLE_PAGE_CLASS (klass);

  object_class->get_property = ph_interfaces_page_get_property;
  object_class->set_property = ph_interfaces_page_set_property;
  object_class->constructed = ph_interfaces_page_constructed;
  object_class->dispose = ph_interfaces_page_dispose;
  props[PROP_SHOW_ALL] = g_param_spec_boolean ("show-all", NULL, NULL, FALSE, flags);
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
  page_class->show_details = show_details;

  g_type_ensure (PH_TYPE_LINK_DETAILS);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/porthole/Porthole/ph-interfaces-page.ui");
  gtk_widget_class_bind_template_child (widget_class, PhInterfacesPage, details);
}

static void
ph_interfaces_page_init (PhInterfacesPage *self)
{
  self->past = ph_link_past_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}
