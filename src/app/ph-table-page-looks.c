/* SPDX-License-Identifier: GPL-3.0-or-later */
/* When to look, and at what: columns and chips say what is worth asking, and news from the kernel when. */
#include "ph-table-page-private.h"

#include <string.h>

#include "ph-taste.h"

#define FADE_MS 200 /* so long after a mark's time it is gone */

/* What columns with these flags need. */
static void
want_columns (PhPlan *plan, guint flags)
{
  if (flags & PH_COLUMN_TCP_INFO)
    plan->want |= PH_WANT_TCP_INFO;
  if (flags & PH_COLUMN_MEMORY)
    plan->want |= PH_WANT_MEMORY;
  plan->owners |= (flags & PH_COLUMN_OWNER) != 0;
}

static void
make_plan (PhTablePage *self, const PhColumn *const *columns, PhPlan *plan)
{
  PhTablePagePrivate *priv = ph_table_page_priv (self);

  memset (plan, 0, sizeof *plan);
  plan->requests = priv->chip_bar ? ph_chip_bar_get_requests (priv->chip_bar) : PH_PLAN_ALL;
  for (; *columns; columns++)
    want_columns (plan, (*columns)->flags);
  plan->names = TRUE;
  plan->mark_new_us = plan->keep_closed_us = ph_taste_get_mark_us (ph_taste_get_default ());
}

void
ph_table_page_update_plan (PhTablePage *self)
{
  PhTablePagePrivate *priv = ph_table_page_priv (self);
  PhTablePageClass *klass = PH_TABLE_PAGE_GET_CLASS (self);
  const PhColumn *const *columns = ph_table_view_get_columns (priv->table_view);
  PhPlan plan;

  make_plan (self, columns, &plan);
  if (klass->make_plan)
    klass->make_plan (self, columns, &plan);
  /* A column that a filter or a facet asks for counts, whether it is in sight or not. */
  want_columns (&plan, priv->text_flags | priv->facet_flags);
  ph_poller_set_plan (priv->poller, &plan);
}

void
ph_table_page_update_pace (PhTablePage *self)
{
  PhTablePagePrivate *priv = ph_table_page_priv (self);
  guint slow = priv->told ? PH_TABLE_PAGE_GET_CLASS (self)->slow_ms : 0;

  ph_poller_set_interval (priv->poller, MAX (priv->interval, slow));
}

static void
listen (PhTablePage *self, gboolean active)
{
  PhTablePagePrivate *priv = ph_table_page_priv (self);

  if (!priv->events)
    return;
  /* Without news it is looked at as often as other tables: nothing to be said about. */
  priv->told = ph_kernel_events_set_active (priv->events, active, NULL) && active;
  ph_table_page_update_pace (self);
}

void
ph_table_page_update_active (PhTablePage *self)
{
  PhTablePagePrivate *priv = ph_table_page_priv (self);
  gboolean active = priv->in_sight && gtk_widget_get_mapped (GTK_WIDGET (self));

  /* First the ears, then the eyes: what changes in between is heard. */
  listen (self, active && !ph_poller_get_paused (priv->poller));
  ph_poller_set_active (priv->poller, active);
  ph_table_page_update_facets (self);
}

static gboolean
fade (gpointer data)
{
  PhTablePagePrivate *priv = ph_table_page_priv (data);

  priv->fade_id = 0;
  if (gtk_widget_get_mapped (data) && !ph_poller_get_paused (priv->poller))
    ph_poller_hasten (priv->poller);
  return G_SOURCE_REMOVE;
}

static gboolean
has_fading_marks (PhSnapshot *snapshot)
{
  for (guint i = 0; i < ph_snapshot_n_records (snapshot); i++)
    {
      const PhRecord *record = ph_snapshot_record (snapshot, i);

      if (record->mark == PH_MARK_NEW || record->mark == PH_MARK_CLOSED)
        return TRUE;
    }
  return FALSE;
}

/* A mark goes with the look after its time. Where that is long in coming, there is one more. */
void
ph_table_page_plan_fading (PhTablePage *self, PhSnapshot *snapshot)
{
  PhTablePagePrivate *priv = ph_table_page_priv (self);
  guint fade_ms = (guint) (ph_taste_get_mark_us (ph_taste_get_default ()) / 1000) + FADE_MS;

  if (!priv->fade_id && ph_poller_get_effective_interval (priv->poller) > fade_ms && has_fading_marks (snapshot))
    priv->fade_id = g_timeout_add (fade_ms, fade, self);
}
