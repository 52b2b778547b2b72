/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The shown order is an array of rows. A worker (PhArrangeJob) finds the next one as slots; here they become rows, old
 * and new are compared from both ends, and the stretch between is announced.
 *
 * It is one stretch always, on purpose: within one items-changed GTK finds a row again that only moved, and with it the
 * widget, the selection and the scroll anchor. Told in several ranges, a row that moved from one to another would be
 * gone and then new.
 *
 * The array borrows its rows: the table owns those that live, and those that left are kept here until an order without
 * them is in force. Nothing is done per row on the main loop but to look up a pointer.
 */
#include "ph-view.h"

#include <string.h>

#include "ph-arrange-job.h"
#include "ph-row-private.h"
#include "ph-table-private.h"

struct _PhView
{
  GObject parent_instance;

  PhTable *table;
  PhArrangement how;
  const PhColumn **columns;
  PhStyle style;

  PhRow **rows;
  guint n_rows;
  GPtrArray *gone; /* left the table, may still be in rows */

  PhArrangeJob *job; /* under way */
  guint start_id;
  guint holds;
  gboolean asked; /* the question has changed since the last job began */
  gboolean stale; /* the facts have */
};

enum
{
  ARRANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void ph_view_list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (PhView,
                               ph_view,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, ph_view_list_model_init))

static GType
ph_view_get_item_type (GListModel *model)
{
  return PH_TYPE_ROW;
}

static guint
ph_view_get_n_items (GListModel *model)
{
  return PH_VIEW (model)->n_rows;
}

static gpointer
ph_view_get_item (GListModel *model, guint position)
{
  PhView *self = PH_VIEW (model);

  return position < self->n_rows ? g_object_ref (self->rows[position]) : NULL;
}

static void
ph_view_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = ph_view_get_item_type;
  iface->get_n_items = ph_view_get_n_items;
  iface->get_item = ph_view_get_item;
}

/* Takes over @rows. */
static void
show_rows (PhView *self, PhRow **rows, guint n_rows)
{
  g_autofree PhRow **old = g_steal_pointer (&self->rows);
  guint n_old = self->n_rows;
  GPtrArray *gone = g_steal_pointer (&self->gone);
  guint first = 0, last = 0, n_common = MIN (n_old, n_rows);

  while (first < n_common && old[first] == rows[first])
    first++;
  while (last < n_common - first && old[n_old - 1 - last] == rows[n_rows - 1 - last])
    last++;

  self->rows = rows;
  self->n_rows = n_rows;
  self->gone = g_ptr_array_new_with_free_func (g_object_unref);

  if (n_old != n_rows || first + last < n_rows)
    g_list_model_items_changed (G_LIST_MODEL (self), first, n_old - first - last, n_rows - first - last);
  g_ptr_array_unref (gone);
}

/* From slots of the snapshot of @generation to the rows that live. */
static PhRow **
find_rows (PhView *self, const guint32 *slots, guint n_slots, guint generation, guint *n_rows)
{
  guint n_by_slot;
  PhRow *const *by_slot = ph_table_get_rows (self->table, &n_by_slot);
  PhRow **rows = g_new (PhRow *, MAX (n_slots, 1));
  gboolean current = generation == ph_table_get_generation (self->table);
  guint n = 0;

  for (guint i = 0; i < n_slots; i++)
    {
      PhRow *row = slots[i] < n_by_slot ? by_slot[slots[i]] : NULL;

      /* A slot may have got another row since. */
      if (row != NULL && (current || row->born <= generation))
        rows[n++] = row;
    }
  *n_rows = n;
  return rows;
}

static void schedule (PhView *self);

static gboolean
is_held (PhView *self)
{
  return self->holds > 0 && self->n_rows > 0;
}

static void
arranged (PhArrangeJob *job, gpointer user_data)
{
  PhView *self = g_object_ref (user_data);
  guint generation = ph_arrange_job_get_tag (job);
  gboolean answers = ph_arrange_job_get_asked (job);
  const guint32 *slots;
  guint n_slots, n_rows;

  self->job = NULL;

  if (!ph_arrange_job_get_slots (job, &slots, &n_slots) || generation < ph_table_get_rebuilt (self->table))
    {
      /* Stopped for a new question, or about slots that are no more. What made it so is noted already; that this one
       * was asked for is not. */
      self->asked |= answers;
    }
  else if (is_held (self) && !answers)
    self->stale = TRUE;
  else
    {
      PhRow **rows = find_rows (self, slots, n_slots, generation, &n_rows);

      show_rows (self, rows, n_rows);
      g_signal_emit (self, signals[ARRANGED], 0);
    }
  schedule (self);
  g_object_unref (self);
}

static gboolean
start (gpointer user_data)
{
  PhView *self = user_data;
  PhSnapshot *snapshot = ph_table_get_snapshot (self->table);

  self->start_id = 0;
  if (snapshot != NULL)
    {
      PhFilterContext context = { self->columns, &self->style };
      self->job = ph_arrange_job_start (snapshot, &self->how, &context, ph_table_get_generation (self->table),
                                        self->asked, arranged, self);
    }
  self->asked = self->stale = FALSE;
  return G_SOURCE_REMOVE;
}

/* Soon, not now, so that a filter and a sort set together are one arrangement. */
static void
schedule (PhView *self)
{
  gboolean due = self->asked || (self->stale && !is_held (self));

  if (due && self->job == NULL && self->start_id == 0)
    self->start_id = g_idle_add_full (G_PRIORITY_DEFAULT, start, self, NULL);
  else if (!due)
    g_clear_handle_id (&self->start_id, g_source_remove);
}

/* What is under way answers a question that nobody asks any more. A new snapshot is not like that: it would stop one
 * arrangement after another and nothing would ever be shown. */
static void
ask (PhView *self)
{
  self->asked = TRUE;
  if (self->job != NULL)
    ph_arrange_job_stop (self->job);
  schedule (self);
}

static void
table_synced (PhTable *table, PhView *self)
{
  GPtrArray *gone = ph_table_get_gone (table);

  for (guint i = 0; i < gone->len; i++)
    g_ptr_array_add (self->gone, g_object_ref (gone->pdata[i]));
  ph_view_refresh (self);
}

static void
ph_view_dispose (GObject *object)
{
  PhView *self = PH_VIEW (object);

  g_clear_handle_id (&self->start_id, g_source_remove);
  g_clear_pointer (&self->job, ph_arrange_job_abandon);
  if (self->table != NULL)
    g_signal_handlers_disconnect_by_data (self->table, self);
  self->n_rows = 0;
  g_clear_pointer (&self->rows, g_free);
  g_clear_pointer (&self->gone, g_ptr_array_unref);
  for (guint i = 0; i < G_N_ELEMENTS (self->how.filters); i++)
    g_clear_pointer (&self->how.filters[i], ph_filter_unref);
  g_clear_pointer (&self->style.names, ph_names_unref);
  g_clear_pointer (&self->columns, g_free);
  g_clear_object (&self->table);

  G_OBJECT_CLASS (ph_view_parent_class)->dispose (object);
}

static void
ph_view_class_init (PhViewClass *class)
{
  G_OBJECT_CLASS (class)->dispose = ph_view_dispose;

  signals[ARRANGED] = g_signal_new ("arranged", PH_TYPE_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
ph_view_init (PhView *self)
{
  self->gone = g_ptr_array_new_with_free_func (g_object_unref);
  self->columns = g_new0 (const PhColumn *, 1);
}

PhView *
ph_view_new (PhTable *table)
{
  g_return_val_if_fail (PH_IS_TABLE (table), NULL);

  PhView *self = g_object_new (PH_TYPE_VIEW, NULL);

  self->table = g_object_ref (table);
  g_signal_connect (table, "synced", G_CALLBACK (table_synced), self);
  ph_view_refresh (self);
  return self;
}

PhTable *
ph_view_get_table (PhView *self)
{
  g_return_val_if_fail (PH_IS_VIEW (self), NULL);
  return self->table;
}

void
ph_view_set_filter (PhView *self, guint which, PhFilter *filter)
{
  g_return_if_fail (PH_IS_VIEW (self));
  g_return_if_fail (which < G_N_ELEMENTS (self->how.filters));

  if (self->how.filters[which] == filter)
    return;
  g_clear_pointer (&self->how.filters[which], ph_filter_unref);
  self->how.filters[which] = filter != NULL ? ph_filter_ref (filter) : NULL;
  ask (self);
}

void
ph_view_set_sort (PhView *self, const PhSortKey *keys, guint n_keys)
{
  gboolean same;

  g_return_if_fail (PH_IS_VIEW (self));
  g_return_if_fail (n_keys <= G_N_ELEMENTS (self->how.keys));

  same = n_keys == self->how.n_keys;
  for (guint i = 0; same && i < n_keys; i++)
    same = keys[i].column == self->how.keys[i].column && !keys[i].descending == !self->how.keys[i].descending;
  if (same)
    return;

  for (guint i = 0; i < n_keys; i++)
    self->how.keys[i] = keys[i];
  self->how.n_keys = n_keys;
  ask (self);
}

static gsize
columns_size (const PhColumn *const *columns)
{
  gsize n = 0;

  while (columns[n] != NULL)
    n++;
  return (n + 1) * sizeof *columns;
}

void
ph_view_set_context (PhView *self, const PhColumn *const *columns, const PhStyle *style)
{
  gsize size;

  g_return_if_fail (PH_IS_VIEW (self));
  g_return_if_fail (columns != NULL && style != NULL);

  size = columns_size (columns);
  if (style->numeric == self->style.numeric && style->names == self->style.names && size == columns_size (self->columns)
      && memcmp (columns, self->columns, size) == 0)
    return;

  g_free (self->columns);
  self->columns = g_memdup2 (columns, size);
  if (style->names != NULL)
    ph_names_ref (style->names);
  g_clear_pointer (&self->style.names, ph_names_unref);
  self->style = *style;
  ask (self);
}

void
ph_view_get_question (PhView *self, PhFilter **chips, PhFilterContext *context)
{
  g_return_if_fail (PH_IS_VIEW (self));

  *chips = self->how.filters[0];
  *context = (PhFilterContext){ self->columns, &self->style };
}

void
ph_view_refresh (PhView *self)
{
  g_return_if_fail (PH_IS_VIEW (self));

  self->stale = TRUE;
  schedule (self);
}

void
ph_view_hold (PhView *self)
{
  g_return_if_fail (PH_IS_VIEW (self));

  self->holds++;
  schedule (self);
}

void
ph_view_release (PhView *self)
{
  g_return_if_fail (PH_IS_VIEW (self));
  g_return_if_fail (self->holds > 0);

  self->holds--;
  schedule (self);
}

gboolean
ph_view_is_busy (PhView *self)
{
  g_return_val_if_fail (PH_IS_VIEW (self), FALSE);

  return self->job != NULL || self->start_id != 0;
}

guint
ph_view_find (PhView *self, PhRow *row)
{
  g_return_val_if_fail (PH_IS_VIEW (self), G_MAXUINT);

  for (guint i = 0; i < self->n_rows; i++)
    {
      if (self->rows[i] == row)
        return i;
    }
  return G_MAXUINT;
}
