/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Ties the model of the connections to what people see and touch. The chips and the shown columns say what is worth
 * asking (the plan) and what to show (two filters); after each sync come cells, names, totals, and what went wrong.
 */
#include "ph-connections-page.h"

#include <glib/gi18n.h>

#include "ph-filter-bar.h"
#include "ph-look-ahead.h"
#include "ph-look-words.h"
#include "ph-notice.h"
#include "ph-resolver.h"
#include "ph-socket-count.h"
#include "ph-socket.h"
#include "ph-status-bar.h"
#include "ph-status-line.h"
#include "ph-table-export.h"
#include "ph-table-stack.h"

enum
{
  FILTER_CHIPS = 0,
  FILTER_TEXT = 1,
};

struct _PhConnectionsPage
{
  AdwBin parent_instance;

  PhFilterBar *filter_bar;
  PhNotice *notice;
  PhStatusBar *status_bar;
  PhTableStack *stack;
  PhTableView *table_view; /* the one in it */
  AdwToastOverlay *toasts;

  PhSource *source;
  PhTable *table;
  PhView *view;
  PhPoller *poller;
  PhResolver *resolver;

  GCancellable *cancellable; /* the counting under way */
  PhSocketTotals totals;     /* as last counted */
  gint64 last_good[PH_N_REQUESTS];
  PhShow show;
  gboolean filtered[2]; /* by FILTER_CHIPS and FILTER_TEXT */
  gboolean numeric;
  gboolean in_sight;
};

G_DEFINE_FINAL_TYPE (PhConnectionsPage, ph_connections_page, ADW_TYPE_BIN)

enum
{
  PROP_SEARCH_MODE = 1,
  PROP_PAUSED,
  PROP_NUMERIC,
  PROP_INTERVAL,
  PROP_SCOPE,
  PROP_COLUMNS,
  N_PROPS
};
static GParamSpec *props[N_PROPS];

static void
notify (PhConnectionsPage *self, guint prop)
{
  g_object_notify_by_pspec (G_OBJECT (self), props[prop]);
}

/* --- what to collect --- */

static void
update_plan (PhConnectionsPage *self)
{
  const PhColumn *const *columns = ph_table_view_get_columns (self->table_view);
  PhChips chips;
  PhPlan plan;

  ph_filter_bar_get_chips (self->filter_bar, &chips);
  ph_look_plan (&plan, &chips, columns);
  ph_poller_set_plan (self->poller, &plan);
}

static void
update_active (PhConnectionsPage *self)
{
  ph_poller_set_active (self->poller, self->in_sight && gtk_widget_get_mapped (GTK_WIDGET (self)));
}

void
ph_connections_page_set_in_sight (PhConnectionsPage *self, gboolean in_sight)
{
  self->in_sight = in_sight;
  update_active (self);
}

/* --- what is said --- */

static void
update_status (PhConnectionsPage *self)
{
  PhSnapshot *snapshot = ph_table_get_snapshot (self->table);
  g_autofree char *line = NULL;
  gboolean stretched;

  g_object_get (self->poller, "stretched", &stretched, NULL);
  line = ph_status_line (&(PhStatusFacts){
      .loaded = snapshot != NULL,
      .sockets = self->totals.sockets,
      .filtered = self->filtered[FILTER_CHIPS] || self->filtered[FILTER_TEXT],
      .shown = g_list_model_get_n_items (G_LIST_MODEL (self->view)),
      .listening = self->totals.listening,
      .rates_known = self->totals.rates_known,
      .rx_rate = self->totals.rx_rate,
      .tx_rate = self->totals.tx_rate,
      .interval_ms = ph_poller_get_effective_interval (self->poller),
      .stretched = stretched,
      .paused = ph_poller_get_paused (self->poller),
      .partial = snapshot && ph_look_any (snapshot, PH_LOOK_PARTIAL),
      .stale = snapshot && ph_look_any (snapshot, PH_LOOK_FAILED),
  });
  ph_status_bar_set_text (self->status_bar, line);
}

static void
update_notice (PhConnectionsPage *self)
{
  PhSnapshot *snapshot = ph_table_get_snapshot (self->table);
  const char *broken = ph_poller_get_error (self->poller);
  g_autofree char *text = NULL;
  g_autofree char *notes = NULL;

  if (broken)
    /* Translators: the reason follows */
    text = g_strdup_printf (_ ("The sockets could not be read: %s"), broken);
  else if (snapshot)
    text = ph_look_failures (snapshot, self->last_good);
  if (snapshot)
    notes = ph_look_notes (snapshot);
  ph_notice_set_text (self->notice, text);
  ph_status_bar_set_notes (self->status_bar, notes);
}

static void
show_empty (PhConnectionsPage *self, PhSnapshot *snapshot)
{
  PhEmptyReason reason = PH_EMPTY_NOTHING;
  g_autofree char *detail = NULL;

  if (ph_snapshot_n_records (snapshot) > 0)
    reason = PH_EMPTY_FILTERED;
  else if (ph_look_all_unsupported (snapshot))
    reason = PH_EMPTY_UNSUPPORTED;
  else if (ph_look_all_denied (snapshot))
    reason = PH_EMPTY_DENIED;
  else if (ph_look_any (snapshot, PH_LOOK_FAILED))
    reason = PH_EMPTY_FAILED;
  if (reason == PH_EMPTY_UNSUPPORTED)
    detail = ph_look_notes (snapshot);
  else if (reason == PH_EMPTY_DENIED || reason == PH_EMPTY_FAILED)
    detail = ph_look_failures (snapshot, NULL);
  ph_table_stack_show_empty (self->stack, reason, detail);
}

static void
update_stack (PhConnectionsPage *self)
{
  PhSnapshot *snapshot = ph_table_get_snapshot (self->table);

  if (!snapshot)
    return;
  if (g_list_model_get_n_items (G_LIST_MODEL (self->view)) > 0)
    ph_table_stack_show_table (self->stack);
  else if (!ph_view_is_busy (self->view))
    show_empty (self, snapshot);
}

static void
counted (GObject *object, GAsyncResult *result, gpointer data)
{
  PhConnectionsPage *self = PH_CONNECTIONS_PAGE (object);

  if (ph_socket_count_finish (result, &self->totals))
    update_status (self);
}

static void
start_counting (PhConnectionsPage *self, PhSnapshot *snapshot)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  ph_socket_count_async (G_OBJECT (self), snapshot, self->cancellable, counted);
}

/* --- the model speaks --- */

static void
synced (PhConnectionsPage *self)
{
  PhSnapshot *snapshot = ph_table_get_snapshot (self->table);

  for (guint request = 0; request < PH_N_REQUESTS; request++)
    {
      PhLook look = ph_snapshot_look (snapshot, request)->look;

      if (look == PH_LOOK_GOOD || look == PH_LOOK_PARTIAL)
        self->last_good[request] = ph_snapshot_time (snapshot);
    }
  ph_table_view_refresh_cells (self->table_view);
  start_counting (self, snapshot);
  update_notice (self);
}

static void
arranged (PhConnectionsPage *self)
{
  update_stack (self);
  update_status (self);
}

static void
poller_changed (PhConnectionsPage *self)
{
  update_status (self);
  update_notice (self);
}

static void
poller_paused (PhConnectionsPage *self)
{
  notify (self, PROP_PAUSED);
  update_status (self);
}

/* Host names have come in. */
static void
resolved (PhConnectionsPage *self)
{
  ph_table_view_refresh_cells (self->table_view);
  ph_view_refresh (self->view);
}

static void
cells_drawn (PhConnectionsPage *self)
{
  ph_resolver_kick (self->resolver);
}

/* --- the user speaks --- */

static void
chips_changed (PhConnectionsPage *self)
{
  g_autofree char *text = NULL;
  g_autoptr (PhFilter) filter = NULL;
  g_autoptr (GError) error = NULL;
  PhChips chips;

  ph_filter_bar_get_chips (self->filter_bar, &chips);
  text = ph_chips_to_filter (&chips);
  filter = ph_filter_parse (&ph_socket_schema, text, NULL, &error);
  if (!filter)
    g_error ("The chips' own filter “%s” is wrong: %s", text, error->message);
  self->filtered[FILTER_CHIPS] = !ph_filter_is_empty (filter);
  ph_view_set_filter (self->view, FILTER_CHIPS, filter);
  update_plan (self);
  if (chips.show != self->show)
    {
      self->show = chips.show;
      notify (self, PROP_SCOPE);
    }
}

/* A text that is wrong hides nothing. */
static void
text_changed (PhConnectionsPage *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PhFilter) filter
      = ph_filter_parse (&ph_socket_schema, ph_filter_bar_get_text (self->filter_bar), NULL, &error);

  ph_filter_bar_set_error (self->filter_bar, error ? error->message : NULL);
  self->filtered[FILTER_TEXT] = filter && !ph_filter_is_empty (filter);
  ph_view_set_filter (self->view, FILTER_TEXT, filter);
}

static void
search_mode_changed (PhConnectionsPage *self)
{
  notify (self, PROP_SEARCH_MODE);
}

static void
columns_changed (PhConnectionsPage *self)
{
  update_plan (self);
  notify (self, PROP_COLUMNS);
}

static void
set_numeric (PhConnectionsPage *self, gboolean numeric)
{
  self->numeric = numeric;
  ph_resolver_set_enabled (self->resolver, !numeric);
  ph_table_view_set_style (
      self->table_view,
      &(PhStyle){ .numeric = numeric, .names = ph_source_get_names (self->source), .now = g_get_monotonic_time () });
}

static void
set_scope (PhConnectionsPage *self, const char *scope)
{
  PhChips chips;

  ph_filter_bar_get_chips (self->filter_bar, &chips);
  if (ph_show_from_id (scope, &chips.show))
    ph_filter_bar_set_chips (self->filter_bar, &chips);
}

void
ph_connections_page_apply_options (PhConnectionsPage *self, const PhOptions *options)
{
  PhChips chips;

  ph_chips_from_options (&chips, options);
  ph_filter_bar_set_chips (self->filter_bar, &chips);
  ph_filter_bar_set_text (self->filter_bar, options->filter ? options->filter : "");
  text_changed (self);
  g_object_set (self, "numeric", options->numeric, NULL);
  if (options->interval > 0)
    g_object_set (self, "interval", (guint) CLAMP (options->interval * 1000, 100, 3600000), NULL);
  if (options->columns)
    {
      g_auto (GStrv) ids = g_strsplit (options->columns, ",", -1);
      ph_table_view_set_shown (self->table_view, (const char *const *) ids);
    }
}

PhTableView *
ph_connections_page_get_table_view (PhConnectionsPage *self)
{
  return self->table_view;
}

PhPoller *
ph_connections_page_get_poller (PhConnectionsPage *self)
{
  return self->poller;
}

static void
refresh (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ph_poller_refresh (PH_CONNECTIONS_PAGE (widget)->poller);
}

static void export(GtkWidget *widget, const char *name, GVariant *parameter)
{
  PhConnectionsPage *self = PH_CONNECTIONS_PAGE (widget);

  ph_table_export (self->table_view, self->toasts, "connections");
}

static void
clear_filters (GtkWidget *widget, const char *name, GVariant *parameter)
{
  PhConnectionsPage *self = PH_CONNECTIONS_PAGE (widget);

  ph_filter_bar_clear (self->filter_bar);
  gtk_widget_child_focus (GTK_WIDGET (self->table_view), GTK_DIR_TAB_FORWARD);
}

/* --- life --- */

static void
ph_connections_page_map (GtkWidget *widget)
{
  PhConnectionsPage *self = PH_CONNECTIONS_PAGE (widget);

  GTK_WIDGET_CLASS (ph_connections_page_parent_class)->map (widget);
  update_active (self);
}

static void
ph_connections_page_unmap (GtkWidget *widget)
{
  PhConnectionsPage *self = PH_CONNECTIONS_PAGE (widget);

  GTK_WIDGET_CLASS (ph_connections_page_parent_class)->unmap (widget);
  update_active (self);
}

static void
ph_connections_page_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  PhConnectionsPage *self = PH_CONNECTIONS_PAGE (object);

  switch (id)
    {
    case PROP_SEARCH_MODE:
      g_object_get_property (G_OBJECT (self->filter_bar), "search-mode", value);
      break;
    case PROP_PAUSED:
      g_value_set_boolean (value, ph_poller_get_paused (self->poller));
      break;
    case PROP_NUMERIC:
      g_value_set_boolean (value, self->numeric);
      break;
    case PROP_INTERVAL:
      g_value_set_uint (value, ph_poller_get_interval (self->poller));
      break;
    case PROP_SCOPE:
      g_value_set_string (value, ph_show_id (self->show));
      break;
    case PROP_COLUMNS:
      if (ph_table_view_is_default (self->table_view))
        g_value_take_boxed (value, g_new0 (char *, 1));
      else
        g_value_take_boxed (value, ph_table_view_dup_shown (self->table_view));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
ph_connections_page_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  PhConnectionsPage *self = PH_CONNECTIONS_PAGE (object);

  switch (id)
    {
    case PROP_SEARCH_MODE:
      g_object_set_property (G_OBJECT (self->filter_bar), "search-mode", value);
      break;
    case PROP_PAUSED:
      ph_poller_set_paused (self->poller, g_value_get_boolean (value));
      break;
    case PROP_NUMERIC:
      if (g_value_get_boolean (value) != self->numeric)
        {
          set_numeric (self, g_value_get_boolean (value));
          notify (self, id);
        }
      break;
    case PROP_INTERVAL:
      if (g_value_get_uint (value) != ph_poller_get_interval (self->poller))
        {
          ph_poller_set_interval (self->poller, g_value_get_uint (value));
          notify (self, id);
        }
      break;
    case PROP_SCOPE:
      set_scope (self, g_value_get_string (value));
      break;
    case PROP_COLUMNS:
      ph_table_view_set_shown (self->table_view, g_value_get_boxed (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
ph_connections_page_dispose (GObject *object)
{
  PhConnectionsPage *self = PH_CONNECTIONS_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->poller)
    ph_poller_set_active (self->poller, FALSE);
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), PH_TYPE_CONNECTIONS_PAGE);
  g_clear_object (&self->resolver);
  g_clear_object (&self->poller);
  g_clear_object (&self->view);
  g_clear_object (&self->table);
  g_clear_object (&self->source);
  G_OBJECT_CLASS (ph_connections_page_parent_class)->dispose (object);
}

static void
install_properties (GObjectClass *object_class)
{
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  props[PROP_SEARCH_MODE] = g_param_spec_boolean ("search-mode", NULL, NULL, FALSE, flags);
  props[PROP_PAUSED] = g_param_spec_boolean ("paused", NULL, NULL, FALSE, flags);
  props[PROP_NUMERIC] = g_param_spec_boolean ("numeric", NULL, NULL, FALSE, flags);
  props[PROP_INTERVAL] = g_param_spec_uint ("interval", NULL, NULL, 100, 3600000, 1000, flags);
  props[PROP_SCOPE] = g_param_spec_string ("scope", NULL, NULL, "all", flags);
  props[PROP_COLUMNS] = g_param_spec_boxed ("columns", NULL, NULL, G_TYPE_STRV, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
ph_connections_page_class_init (PhConnectionsPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = ph_connections_page_get_property;
  object_class->set_property = ph_connections_page_set_property;
  object_class->dispose = ph_connections_page_dispose;
  install_properties (object_class);
  widget_class->map = ph_connections_page_map;
  widget_class->unmap = ph_connections_page_unmap;

  g_type_ensure (PH_TYPE_FILTER_BAR);
  g_type_ensure (PH_TYPE_NOTICE);
  g_type_ensure (PH_TYPE_STATUS_BAR);
  g_type_ensure (PH_TYPE_TABLE_STACK);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/porthole/Porthole/ph-connections-page.ui");
  gtk_widget_class_bind_template_child (widget_class, PhConnectionsPage, filter_bar);
  gtk_widget_class_bind_template_child (widget_class, PhConnectionsPage, notice);
  gtk_widget_class_bind_template_child (widget_class, PhConnectionsPage, status_bar);
  gtk_widget_class_bind_template_child (widget_class, PhConnectionsPage, stack);
  gtk_widget_class_bind_template_child (widget_class, PhConnectionsPage, toasts);
  gtk_widget_class_bind_template_callback (widget_class, chips_changed);
  gtk_widget_class_bind_template_callback (widget_class, text_changed);
  gtk_widget_class_bind_template_callback (widget_class, search_mode_changed);

  gtk_widget_class_install_action (widget_class, "page.refresh", NULL, refresh);
  gtk_widget_class_install_action (widget_class, "page.export", NULL, export);
  gtk_widget_class_install_action (widget_class, "page.clear-filters", NULL, clear_filters);
}

static void
ph_connections_page_init (PhConnectionsPage *self)
{
  static const char *const order[] = { "proto", "local_port", NULL };

  self->source = ph_look_ahead_take ();
  self->table = ph_table_new (&ph_socket_schema);
  self->view = ph_view_new (self->table);
  self->poller = ph_poller_new (self->source, self->table);
  self->resolver = ph_resolver_new (ph_source_get_names (self->source), NULL);
  gtk_widget_init_template (GTK_WIDGET (self));

  self->table_view = ph_table_stack_get_table_view (self->stack);
  g_signal_connect_object (self->table_view, "columns-changed", G_CALLBACK (columns_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->table_view, "drawn", G_CALLBACK (cells_drawn), self, G_CONNECT_SWAPPED);
  ph_table_view_set_view (self->table_view, self->view, _ ("Connections"), order);
  set_numeric (self, FALSE);
  ph_filter_bar_capture_keys (self->filter_bar, GTK_WIDGET (self));

  g_signal_connect_object (self->table, "synced", G_CALLBACK (synced), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->view, "arranged", G_CALLBACK (arranged), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->resolver, "resolved", G_CALLBACK (resolved), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->poller, "notify::paused", G_CALLBACK (poller_paused), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->poller, "notify::error", G_CALLBACK (poller_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->poller, "notify::effective-interval", G_CALLBACK (poller_changed), self,
                           G_CONNECT_SWAPPED);
  update_status (self);
}
