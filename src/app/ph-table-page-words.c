/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a page says in words: in its status line, in a notice above the table, and where the table would be empty. */
#include "ph-table-page-private.h"

#include "ph-look-words.h"
#include "ph-status-line.h"

static const PhTableWords *
table_words (PhTablePage *self)
{
  return ph_table_words (PH_TABLE_PAGE_GET_CLASS (self)->table);
}

void
ph_table_page_update_status (PhTablePage *self)
{
  PhTablePagePrivate *priv = ph_table_page_priv (self);
  PhTablePageClass *klass = PH_TABLE_PAGE_GET_CLASS (self);
  PhSnapshot *snapshot = ph_table_get_snapshot (priv->table);
  g_autoptr (GString) totals = g_string_new (NULL);
  g_autofree char *line = NULL;
  gboolean stretched;

  g_object_get (priv->poller, "stretched", &stretched, NULL);
  if (klass->append_totals && snapshot)
    klass->append_totals (self, totals);
  line = ph_status_line (&(PhStatusFacts){
      .table = klass->table,
      .loaded = snapshot != NULL,
      .count = snapshot ? ph_snapshot_n_records (snapshot) : 0,
      .filtered = priv->filtered[FILTER_CHIPS] || priv->filtered[FILTER_TEXT],
      .shown = g_list_model_get_n_items (G_LIST_MODEL (priv->view)),
      .totals = totals->len > 0 ? totals->str : NULL,
      .told = (priv->told && klass->slow_ms > 0) || klass->on_demand,
      .interval_ms = ph_poller_get_effective_interval (priv->poller),
      .stretched = stretched,
      .paused = ph_poller_get_paused (priv->poller),
      .partial = snapshot && ph_look_any (snapshot, table_words (self), PH_LOOK_PARTIAL),
      .stale = snapshot && ph_look_any (snapshot, table_words (self), PH_LOOK_FAILED),
  });
  ph_status_bar_set_text (priv->status_bar, line);
}

void
ph_table_page_update_notice (PhTablePage *self)
{
  PhTablePagePrivate *priv = ph_table_page_priv (self);
  PhSnapshot *snapshot = ph_table_get_snapshot (priv->table);
  PhTablePageClass *klass = PH_TABLE_PAGE_GET_CLASS (self);
  const char *broken = ph_poller_get_error (priv->poller);
  g_autofree char *text = NULL;
  g_autofree char *notes = NULL;

  if (broken)
    text = ph_table_broken_words (klass->table, broken);
  else if (snapshot)
    text = ph_look_failures (snapshot, table_words (self), priv->last_good);
  if (!text && klass->get_trouble)
    text = g_strdup (klass->get_trouble (self));
  if (snapshot)
    notes = ph_look_notes (snapshot, table_words (self));
  ph_notice_set_text (priv->notice, text);
  ph_status_bar_set_notes (priv->status_bar, notes);
}

static void
show_empty (PhTablePage *self, PhSnapshot *snapshot)
{
  PhEmptyReason reason = PH_EMPTY_NOTHING;
  g_autofree char *detail = NULL;

  if (ph_snapshot_n_records (snapshot) > 0)
    reason = PH_EMPTY_FILTERED;
  else if (ph_look_all_unsupported (snapshot, table_words (self)))
    reason = PH_EMPTY_UNSUPPORTED;
  else if (ph_look_all_denied (snapshot, table_words (self)))
    reason = PH_EMPTY_DENIED;
  else if (ph_look_any (snapshot, table_words (self), PH_LOOK_FAILED))
    reason = PH_EMPTY_FAILED;
  if (reason == PH_EMPTY_UNSUPPORTED)
    detail = ph_look_notes (snapshot, table_words (self));
  else if (reason == PH_EMPTY_DENIED || reason == PH_EMPTY_FAILED)
    detail = ph_look_failures (snapshot, table_words (self), NULL);
  ph_table_stack_show_empty (ph_table_page_priv (self)->stack, PH_TABLE_PAGE_GET_CLASS (self)->table, reason, detail);
}

void
ph_table_page_update_stack (PhTablePage *self)
{
  PhTablePagePrivate *priv = ph_table_page_priv (self);
  PhSnapshot *snapshot = ph_table_get_snapshot (priv->table);

  if (!snapshot)
    return;
  if (g_list_model_get_n_items (G_LIST_MODEL (priv->view)) > 0)
    ph_table_stack_show_table (priv->stack);
  else if (!ph_view_is_busy (priv->view))
    show_empty (self, snapshot);
}

void
ph_table_page_totals_changed (PhTablePage *self)
{
  ph_table_page_update_status (self);
}

void
ph_table_page_trouble_changed (PhTablePage *self)
{
  ph_table_page_update_notice (self);
}
