/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The chips choose kinds of sockets, and only those are asked for, but all of them while details are in sight: they
 * tell what else a process has. What is worked out of each look is the study's. */
#include "ph-connections-page.h"

#include <glib/gi18n.h>
#include <string.h>

#include "ph-filter-undo.h"
#include "ph-look-ahead.h"
#include "ph-lookout.h"
#include "ph-socket-ask.h"
#include "ph-socket-chips.h"
#include "ph-socket-details.h"
#include "ph-socket-show.h"
#include "ph-socket-study.h"
#include "ph-socket-deeds.h"
#include "ph-status-line.h"
#include "ph-toast.h"
#include "ph-unseen.h"

struct _PhConnectionsPage
{
  PhTablePage parent_instance;

  PhSocketChips *chips;
  PhShow show;
  gboolean owners; /* the columns in sight need them */

  PhSocketStudy *study;

  PhSocketDetails *details;
  PhRow *row;           /* that they are about; NULL: they are not in sight */
  GCancellable *asking; /* the question about it that is under way; NULL: none */
  gint64 asked_us;      /* the look at which it was last asked */
};

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

static void
clear_chips (PhTablePage *page)
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

static void
append_menu (PhTablePage *page, PhRow *row, GMenu *menu)
{
  append_route (menu, ph_row_get_record (row));
  ph_socket_deeds_append_menu (page, row, menu);
}

/* --- details --- */

static const PhSocket *
shown_socket (PhConnectionsPage *self)
{
  return self->row ? ph_row_get_record (self->row) : NULL;
}

static void
show_socket (PhConnectionsPage *self)
{
  PhTablePage *page = PH_TABLE_PAGE (self);

  ph_socket_details_show (self->details, shown_socket (self), ph_table_page_get_snapshot (page),
                          ph_table_view_get_style (ph_table_page_get_table_view (page)));
}

static void
answered (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (PhConnectionsPage) self = data;
  PhSocketReport *report = ph_socket_ask_finish (result);

  if (!report || g_task_get_cancellable (G_TASK (result)) != self->asking)
    {
      ph_socket_report_free (report);
      return;
    }
  g_clear_object (&self->asking);
  ph_socket_details_take_report (self->details, report);
  show_socket (self);
}

static void
stop_asking (PhConnectionsPage *self)
{
  g_cancellable_cancel (self->asking);
  g_clear_object (&self->asking);
  self->asked_us = 0;
}

/* Once at each look, and not before the last answer has come. What is closed has nothing more to tell. */
static void
ask (PhConnectionsPage *self)
{
  const PhSocket *socket = shown_socket (self);
  const PhProcess *process = ph_socket_details_get_process (self->details);
  gint64 time_us = ph_snapshot_time (ph_table_page_get_snapshot (PH_TABLE_PAGE (self)));

  if (self->asking || time_us == self->asked_us || socket->head.mark == PH_MARK_CLOSED)
    return;
  self->asked_us = time_us;
  self->asking = g_cancellable_new ();
  ph_socket_ask_async (socket, process ? process->pid : 0, self->asking, answered, g_object_ref (self));
}

static void
study (PhConnectionsPage *self)
{
  const PhSocket *socket = shown_socket (self);
  PhSnapshot *snapshot = ph_table_page_get_snapshot (PH_TABLE_PAGE (self));

  ph_socket_study_set_subject (self->study, socket ? &socket->key : NULL,
                               socket ? ph_socket_details_get_process (self->details) : NULL);
  if (socket)
    ph_socket_study_add (self->study, snapshot);
}

static void
show_details (PhTablePage *page, PhRow *row)
{
  PhConnectionsPage *self = PH_CONNECTIONS_PAGE (page);
  gboolean other = row != self->row;
  gboolean opened = (row != NULL) != (self->row != NULL);
  const PhProcess *process = ph_socket_details_get_process (self->details);
  gint32 pid = process ? process->pid : 0;

  if (!row && !self->row)
    return;
  g_set_object (&self->row, row);
  if (other)
    stop_asking (self);
  show_socket (self);
  if (row)
    ask (self);
  /* An owner may be found later than its socket. */
  process = ph_socket_details_get_process (self->details);
  if (other || pid != (process ? process->pid : 0))
    study (self);
  if (opened)
    ph_table_page_chips_changed (page); /* other sockets are asked for */
}

static void
found (PhConnectionsPage *self)
{
  const PhSocket *socket = shown_socket (self);
  PhSocketKin kin;
  PhSocketKey key;
  PhSnapshot *snapshot = ph_socket_study_get_found (self->study, &key);

  if (!socket || !snapshot || memcmp (&key, &socket->key, sizeof key) != 0)
    return;
  ph_socket_details_take_past (self->details, ph_socket_study_steal_past (self->study));
  ph_socket_study_steal_kin (self->study, &kin);
  ph_socket_details_show_kin (self->details, socket, &kin, snapshot);
  ph_socket_kin_clear (&kin);
  show_socket (self);
}

/* Of several owners another one: whose parents, whose sockets. */
static void
owner_chosen (PhConnectionsPage *self)
{
  stop_asking (self);
  show_socket (self);
  ask (self);
  study (self);
}

static void
went (gboolean there, const PhListenerKey *listener, gpointer page)
{
  if (!there)
    ph_table_page_add_toast (page, ph_toast_new (_ ("It Is Closed by Now")));
}

static void
go_to (PhConnectionsPage *self, gpointer key)
{
  ph_socket_show (PH_TABLE_PAGE (self), key, went, self);
}

static void
filter_wanted (PhConnectionsPage *self, const char *text)
{
  PhFilterUndo *undo = ph_filter_undo_new (PH_TABLE_PAGE (self));

  clear_chips (PH_TABLE_PAGE (self));
  ph_table_page_edit_text (PH_TABLE_PAGE (self), text);
  ph_filter_undo_offer (undo, _ ("Only These Are Shown"));
}

static void
menu_wanted (PhConnectionsPage *self, GMenu *menu)
{
  if (self->row)
    append_menu (PH_TABLE_PAGE (self), self->row, menu);
}

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

  stop_asking (self);
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
  page_class->clear_chips = clear_chips;
  page_class->apply_options = apply_options;
  page_class->make_plan = make_plan;
  page_class->synced = synced;
  page_class->show_details = show_details;
  page_class->activated = activated;
  page_class->append_totals = append_totals;
  page_class->append_menu = append_menu;
  page_class->create_source = create_source;
}

static void
ph_connections_page_init (PhConnectionsPage *self)
{
  self->chips = g_object_new (PH_TYPE_SOCKET_CHIPS, NULL);
  g_signal_connect_object (self->chips, "changed", G_CALLBACK (chips_changed), self, G_CONNECT_SWAPPED);
  self->study = ph_socket_study_new ();
  g_signal_connect_object (self->study, "counted", G_CALLBACK (ph_table_page_totals_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->study, "found", G_CALLBACK (found), self, G_CONNECT_SWAPPED);
  self->details = g_object_new (PH_TYPE_SOCKET_DETAILS, "visible", FALSE, NULL);
  g_signal_connect_object (self->details, "owner-chosen", G_CALLBACK (owner_chosen), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->details, "menu", G_CALLBACK (menu_wanted), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->details, "go", G_CALLBACK (go_to), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->details, "filter", G_CALLBACK (filter_wanted), self, G_CONNECT_SWAPPED);
  g_object_set (self, "chips", self->chips, "side", self->details, NULL);
}
