/* SPDX-License-Identifier: GPL-3.0-or-later */
/* There is nothing to ask for: the log is at hand, and looked at again when the watcher says that it has grown. */
#include "ph-activity-page.h"

#include <glib/gi18n.h>

#include "ph-activity.h"
#include "ph-lookout.h"
#include "ph-reveal.h"

/* Addresses and neighbours belong together to people: what is reached how. */
static const PhChip kinds[] = {
  { "ports", N_ ("Ports"), N_ ("Ports that programs began or ceased to listen on"), "ports" },
  { "connections", N_ ("Connections"), N_ ("TCP connections that were opened and closed"), "connections" },
  { "links", N_ ("Links"), N_ ("Interfaces that came, went, or went up or down"), "links" },
  { "addresses", N_ ("Addresses"), N_ ("Addresses of this computer that came or went, and neighbours that failed"),
    "addresses,neighbours" },
  { "routes", N_ ("Routes"), N_ ("Routes that came, went or changed"), "routes" },
  { "lost", N_ ("Lost"), N_ ("When more happened than could be written down"), "lost" },
};

static const PhChipGroup groups[] = {
  { N_ ("What happened"), "is", .one = FALSE, kinds, G_N_ELEMENTS (kinds) },
};

struct _PhActivityPage
{
  PhTablePage parent_instance;

  PhListenerKey *wanted; /* whose entry is to be shown; NULL: nobody's */
};

G_DEFINE_FINAL_TYPE (PhActivityPage, ph_activity_page, PH_TYPE_TABLE_PAGE)

static PhWatcher *
watcher (void)
{
  PhLookout *lookout = ph_lookout_get_default ();

  return lookout ? ph_lookout_get_watcher (lookout) : NULL;
}

/* --- what is looked at --- */

static void
make_plan (PhTablePage *page, const PhColumn *const *columns, PhPlan *plan)
{
  plan->log = watcher () ? ph_watcher_get_log (watcher ()) : NULL;
}

static void
recorded (PhTablePage *page)
{
  ph_poller_hasten (ph_table_page_get_poller (page));
}

static const char *
get_trouble (PhTablePage *page)
{
  return watcher () ? ph_watcher_get_trouble (watcher ()) : NULL;
}

static void
refreshed (PhTablePage *page)
{
  if (watcher () && ph_watcher_get_history (watcher ()))
    ph_history_store_retry (ph_watcher_get_history (watcher ()));
}

/* --- the entry of a listener --- */

static gboolean
is_about (const PhActivity *entry, const PhListenerKey *key)
{
  return (entry->kind == PH_ACTIVITY_PORT_OPENED || entry->kind == PH_ACTIVITY_PORT_CLOSED)
         && entry->socket.protocol == key->protocol && entry->local_port == key->port
         && entry->exposure == key->exposure;
}

static PhRow *
find_newest (PhTablePage *page, const PhListenerKey *key)
{
  PhSnapshot *snapshot = ph_table_page_get_snapshot (page);
  PhTable *table = ph_view_get_table (ph_table_view_get_view (ph_table_page_get_table_view (page)));

  for (guint i = snapshot ? ph_snapshot_n_records (snapshot) : 0; i > 0; i--)
    {
      const PhActivity *entry = ph_snapshot_record (snapshot, i - 1);

      if (is_about (entry, key))
        return ph_table_get_row (table, entry->head.slot);
    }
  return NULL;
}

static void
arranged (PhActivityPage *self)
{
  PhTablePage *page = PH_TABLE_PAGE (self);
  PhView *view = ph_table_view_get_view (ph_table_page_get_table_view (page));
  PhRow *row;

  if (!self->wanted || ph_view_is_busy (view))
    return;
  row = find_newest (page, self->wanted);
  g_clear_pointer (&self->wanted, ph_listener_key_free);
  if (row)
    ph_reveal_row (ph_table_page_get_table_view (page), row);
}

void
ph_activity_page_show (PhActivityPage *self, const PhListenerKey *key)
{
  g_clear_pointer (&self->wanted, ph_listener_key_free);
  self->wanted = ph_listener_key_copy (key);
  gtk_widget_activate_action (GTK_WIDGET (self), "page.clear-filters", NULL);
  ph_poller_refresh (ph_table_page_get_poller (PH_TABLE_PAGE (self)));
  ph_view_refresh (ph_table_view_get_view (ph_table_page_get_table_view (PH_TABLE_PAGE (self))));
}

/* --- an entry is opened --- */

/* What "win.show-socket" takes; NULL: it is not about a socket. */
static GVariant *
socket_of (PhRow *row)
{
  const PhActivity *entry = ph_row_get_record (row);

  if (entry->socket.cookie == 0)
    return NULL;
  return g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, &entry->socket, sizeof entry->socket, 1);
}

static void
activated (PhTablePage *page, PhRow *row)
{
  GVariant *floating = socket_of (row);
  g_autoptr (GVariant) socket = floating ? g_variant_ref_sink (floating) : NULL;

  if (socket)
    gtk_widget_activate_action_variant (GTK_WIDGET (page), "win.show-socket", socket);
}

static void
append_menu (PhTablePage *page, PhRow *row, GMenu *menu)
{
  GVariant *socket = socket_of (row);
  g_autoptr (GMenuItem) item = NULL;

  if (socket)
    {
      item = g_menu_item_new (_ ("Show Soc_ket"), NULL);
      g_menu_item_set_action_and_target_value (item, "win.show-socket", socket);
      g_menu_append_item (menu, item);
    }
  g_menu_append (menu, _ ("Clear _History…"), "app.clear-history");
}

/* --- life --- */

static void
ph_activity_page_constructed (GObject *object)
{
  PhTableView *table = ph_table_page_get_table_view (PH_TABLE_PAGE (object));

  G_OBJECT_CLASS (ph_activity_page_parent_class)->constructed (object);
  ph_table_view_sort_by (table, "time", TRUE);
  ph_table_view_stay_on_top (table);
  g_signal_connect_object (ph_table_view_get_view (table), "arranged", G_CALLBACK (arranged), object,
                           G_CONNECT_SWAPPED);
  if (!watcher ())
    return;
  g_signal_connect_object (watcher (), "recorded", G_CALLBACK (recorded), object, G_CONNECT_SWAPPED);
  g_signal_connect_object (watcher (), "notify::trouble", G_CALLBACK (ph_table_page_trouble_changed), object,
                           G_CONNECT_SWAPPED);
}

static void
ph_activity_page_finalize (GObject *object)
{
  g_clear_pointer (&PH_ACTIVITY_PAGE (object)->wanted, ph_listener_key_free);
  G_OBJECT_CLASS (ph_activity_page_parent_class)->finalize (object);
}

static void
ph_activity_page_class_init (PhActivityPageClass *klass)
{
  static const char *const order[] = { "time", "number", NULL };
  PhTablePageClass *page_class = PH_TABLE_PAGE_CLASS (klass);

  G_OBJECT_CLASS (klass)->constructed = ph_activity_page_constructed;
  G_OBJECT_CLASS (klass)->finalize = ph_activity_page_finalize;

  page_class->table = PH_TABLE_ACTIVITY;
  page_class->name = "activity";
  page_class->order = order;
  page_class->on_demand = TRUE;
  page_class->chips = groups;
  page_class->n_chips = G_N_ELEMENTS (groups);
  page_class->make_plan = make_plan;
  page_class->get_trouble = get_trouble;
  page_class->refreshed = refreshed;
  page_class->activated = activated;
  page_class->append_menu = append_menu;
}

static void
ph_activity_page_init (PhActivityPage *self)
{
}
