/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The chips choose kinds of sockets, and only those are asked for, but all of them while details are in sight: they
 * tell what else a process has. */
#include "ph-connections-page-private.h"

#include <glib/gi18n.h>

#include "ph-look-ahead.h"
#include "ph-lookout.h"
#include "ph-socket-deeds.h"
#include "ph-status-line.h"
#include "ph-unseen.h"

G_DEFINE_FINAL_TYPE (PhConnectionsPage, ph_connections_page, PH_TYPE_TABLE_PAGE)

enum
{
  PROP_SCOPE = 1,
  N_PROPS
};
static GParamSpec *props[N_PROPS];

/* --- chips --- */

static void
chips_changed (PhConnectionsPage *self)
{
  PhChips chips;

  ph_socket_chips_get (self->chips, &chips);
  ph_table_page_chips_changed (PH_TABLE_PAGE (self));
  if (chips.show != self->show)
    {
      self->show = chips.show;
      g_object_notify_by_pspec (G_OBJECT (self), props[PROP_SCOPE]);
    }
}

static char *
dup_filter (PhTablePage *page)
{
  PhChips chips;

  ph_socket_chips_get (PH_CONNECTIONS_PAGE (page)->chips, &chips);
  return ph_chips_to_filter (&chips);
}

static void
make_plan (PhTablePage *page, const PhColumn *const *columns, PhPlan *plan)
{
  PhChips chips;

  ph_socket_chips_get (PH_CONNECTIONS_PAGE (page)->chips, &chips);
  ph_look_plan (plan, &chips, columns);
  if (PH_CONNECTIONS_PAGE (page)->row)
    {
      plan->requests = PH_PLAN_ALL;
      plan->want |= PH_WANT_TCP_INFO;
      plan->owners = TRUE;
    }
  PH_CONNECTIONS_PAGE (page)->owners = plan->owners;
}

void
ph_connections_page_clear_chips (PhTablePage *page)
{
  ph_socket_chips_set (PH_CONNECTIONS_PAGE (page)->chips, &(PhChips){ 0 });
}

static void
apply_options (PhTablePage *page, const PhOptions *options)
{
  PhChips chips;

  ph_chips_from_options (&chips, options);
  ph_socket_chips_set (PH_CONNECTIONS_PAGE (page)->chips, &chips);
}

/* --- the menu of a row --- */

/* Of a socket that has somebody at the other end. */
static void
append_route (GMenu *menu, const PhSocket *socket)
{
  const char *interface = socket->interface_name ? socket->interface_name : "";
  char address[PH_ADDRESS_TEXT_MAX];
  g_autoptr (GMenuItem) item = NULL;

  if (socket->remote.family == PH_FAMILY_NONE || ph_address_is_any (&socket->remote))
    return;
  ph_address_format (&socket->remote, address);
  item = g_menu_item_new (_ ("_Route to This Address"), NULL);
  /* Only with its interface does a link-local address say where it is. */
  g_menu_item_set_action_and_target (item, "win.route-to", "(ss)", address, socket->remote.scope ? interface : "");
  g_menu_append_item (menu, item);
}

void
ph_connections_page_append_menu (PhTablePage *page, PhRow *row, GMenu *menu)
{
  append_route (menu, ph_row_get_record (row));
  ph_socket_deeds_append_menu (page, row, menu);
}

/* --- details --- */

static void
activated (PhTablePage *page, PhRow *row)
{
  g_object_set (page, "show-details", TRUE, NULL);
}

/* --- totals --- */

static void
synced (PhTablePage *page, PhSnapshot *snapshot)
{
  ph_socket_study_add (PH_CONNECTIONS_PAGE (page)->study, snapshot);
}

static void
append_totals (PhTablePage *page, GString *totals)
{
  const PhSocketTotals *counted = ph_socket_study_get_totals (PH_CONNECTIONS_PAGE (page)->study);
  PhUnits units = ph_table_view_get_style (ph_table_page_get_table_view (page))->units;

  ph_status_append_printf (totals, ngettext ("%'u listening", "%'u listening", counted->listening), counted->listening);
  if (counted->rates_known)
    ph_status_append_rates (totals, counted->rx_rate, counted->tx_rate, units);
}

/* --- the watcher --- */

/* Nobody looks twice. Without owners nobody could be told who listens. */
static void
polled (PhConnectionsPage *self)
{
  PhLookout *lookout = ph_lookout_get_default ();
  PhSnapshot *snapshot = ph_table_page_get_snapshot (PH_TABLE_PAGE (self));

  if (lookout && self->owners && snapshot)
    ph_watcher_feed (ph_lookout_get_watcher (lookout), snapshot);
}

/* --- life --- */

/* The program has looked ahead for the first of these pages. */
static PhSource *
create_source (PhTablePage *page, PhNames *names)
{
  return names ? ph_source_new (&ph_socket_topic, names) : ph_look_ahead_take ();
}

static void
ph_connections_page_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  g_value_set_string (value, ph_show_id (PH_CONNECTIONS_PAGE (object)->show));
}

static void
ph_connections_page_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  PhConnectionsPage *self = PH_CONNECTIONS_PAGE (object);
  PhChips chips;

  ph_socket_chips_get (self->chips, &chips);
  if (ph_show_from_id (g_value_get_string (value), &chips.show))
    ph_socket_chips_set (self->chips, &chips);
}

static void
ph_connections_page_constructed (GObject *object)
{
  PhLookout *lookout = ph_lookout_get_default ();

  G_OBJECT_CLASS (ph_connections_page_parent_class)->constructed (object);
  g_signal_connect_object (ph_table_page_get_poller (PH_TABLE_PAGE (object)), "polled", G_CALLBACK (polled), object,
                           G_CONNECT_SWAPPED);
  if (lookout)
    ph_unseen_attach (PH_TABLE_PAGE (object), ph_lookout_get_watcher (lookout));
}

static void
ph_connections_page_dispose (GObject *object)
{
  PhConnectionsPage *self = PH_CONNECTIONS_PAGE (object);

  ph_connections_page_stop_asking (self);
  ph_socket_study_end (self->study);
  g_clear_object (&self->row);
  G_OBJECT_CLASS (ph_connections_page_parent_class)->dispose (object);
}

static void
ph_connections_page_finalize (GObject *object)
{
  g_object_unref (PH_CONNECTIONS_PAGE (object)->study);
  G_OBJECT_CLASS (ph_connections_page_parent_class)->finalize (object);
}

static void
ph_connections_page_class_init (PhConnectionsPageClass *klass)
{
  static const char *const order[] = { "proto", "local_port", NULL };
  static const char *const remembered[][2]
      = { { "scope", "scope" }, { "connections-details", "show-details" }, { NULL } };
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  PhTablePageClass *page_class = PH_TABLE_PAGE_CLASS (klass);

  object_class->get_property = ph_connections_page_get_property;
  object_class->set_property = ph_connections_page_set_property;
  object_class->constructed = ph_connections_page_constructed;
  object_class->dispose = ph_connections_page_dispose;
  object_class->finalize = ph_connections_page_finalize;
  props[PROP_SCOPE] = g_param_spec_string ("scope", NULL, NULL, "all",
                                           G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);

  page_class->table = PH_TABLE_SOCKETS;
  page_class->name = "connections";
  page_class->order = order;
  page_class->remembered = remembered;
  page_class->dup_filter = dup_filter;
  page_class->clear_chips = ph_connections_page_clear_chips;
  page_class->apply_options = apply_options;
  page_class->make_plan = make_plan;
  page_class->synced = synced;
  page_class->show_details = ph_connections_page_show_details;
  page_class->activated = activated;
  page_class->append_totals = append_totals;
  page_class->append_menu = ph_connections_page_append_menu;
  page_class->create_source = create_source;
}

static void
ph_connections_page_init (PhConnectionsPage *self)
{
  self->chips = g_object_new (PH_TYPE_SOCKET_CHIPS, NULL);
  g_signal_connect_object (self->chips, "changed", G_CALLBACK (chips_changed), self, G_CONNECT_SWAPPED);
  self->study = ph_socket_study_new ();
  g_signal_connect_object (self->study, "counted", G_CALLBACK (ph_table_page_totals_changed), self, G_CONNECT_SWAPPED);
  ph_connections_page_make_details (self);
  g_object_set (self, "chips", self->chips, "side", self->details, NULL);
}
