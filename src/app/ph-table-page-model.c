/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is behind a page, made for its table, and what happens when it speaks. */
#include "ph-table-page-private.h"

static void
synced (PhTablePage *self)
{
  PhTablePagePrivate *priv = ph_table_page_priv (self);
  PhTablePageClass *klass = PH_TABLE_PAGE_GET_CLASS (self);
  PhSnapshot *snapshot = ph_table_get_snapshot (priv->table);

  for (guint request = 0; request < PH_N_REQUESTS; request++)
    {
      PhLook look = ph_snapshot_look (snapshot, request)->look;

      if (look == PH_LOOK_GOOD || look == PH_LOOK_PARTIAL)
        priv->last_good[request] = ph_snapshot_time (snapshot);
    }
  ph_table_view_refresh_cells (priv->table_view);
  ph_table_page_plan_fading (self, snapshot);
  if (klass->synced)
    klass->synced (self, snapshot);
  ph_table_page_update_details (self);
  ph_table_page_update_notice (self);
}

static void
arranged (PhTablePage *self)
{
  ph_table_page_update_stack (self);
  ph_table_page_update_status (self);
}

static void
poller_changed (PhTablePage *self)
{
  ph_table_page_update_status (self);
  ph_table_page_update_notice (self);
}

static void
poller_paused (PhTablePage *self)
{
  ph_table_page_update_active (self);
  g_object_notify (G_OBJECT (self), "paused");
  ph_table_page_update_status (self);
}

/* Host names have come in. */
static void
resolved (PhTablePage *self)
{
  ph_table_view_refresh_cells (ph_table_page_priv (self)->table_view);
  ph_view_refresh (ph_table_page_priv (self)->view);
  ph_table_page_update_details (self);
}

static void
kernel_told (PhTablePage *self)
{
  ph_poller_hasten (ph_table_page_priv (self)->poller);
}

/* One cache for all pages and windows. The source that is made first has it, and reads the names of ports into it. */
static PhSource *
make_source (PhTablePage *self)
{
  static PhNames *shared;
  PhTablePageClass *klass = PH_TABLE_PAGE_GET_CLASS (self);
  PhSource *source;

  if (klass->create_source)
    source = klass->create_source (self, shared);
  else
    source = ph_source_new (ph_topic (klass->table), shared);
  if (!shared)
    shared = ph_names_ref (ph_source_get_names (source));
  return source;
}

void
ph_table_page_make_model (PhTablePage *self)
{
  PhTablePagePrivate *priv = ph_table_page_priv (self);
  PhTablePageClass *klass = PH_TABLE_PAGE_GET_CLASS (self);

  priv->source = make_source (self);
  priv->table = ph_table_new (ph_topic (klass->table)->schema);
  priv->view = ph_view_new (priv->table);
  priv->poller = ph_poller_new (priv->source, priv->table);
  ph_poller_set_on_demand (priv->poller, klass->on_demand);
  priv->interval = ph_poller_get_interval (priv->poller);
  priv->resolver = ph_resolver_new (ph_source_get_names (priv->source), NULL);
  if (klass->events)
    priv->events = ph_kernel_events_new (klass->events);
}

void
ph_table_page_hear_model (PhTablePage *self)
{
  PhTablePagePrivate *priv = ph_table_page_priv (self);

  ph_filter_bar_set_table (priv->filter_bar, priv->table);
  ph_table_page_follow_taste (self);
  g_signal_connect_object (priv->table, "synced", G_CALLBACK (synced), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (priv->view, "arranged", G_CALLBACK (arranged), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (priv->resolver, "resolved", G_CALLBACK (resolved), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (priv->poller, "notify::paused", G_CALLBACK (poller_paused), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (priv->poller, "notify::error", G_CALLBACK (poller_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (priv->poller, "notify::effective-interval", G_CALLBACK (poller_changed), self,
                           G_CONNECT_SWAPPED);
  if (priv->events)
    g_signal_connect_object (priv->events, "changed", G_CALLBACK (kernel_told), self, G_CONNECT_SWAPPED);
}
