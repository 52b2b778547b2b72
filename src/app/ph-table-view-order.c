/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What rows are sorted by: first what the column view has been told by clicks; then what was asked for beyond that,
 * for of a program it takes one key alone; last, always, the table's own order.
 */
#include "ph-table-view-private.h"

#include "ph-column-sorter.h"

static gboolean
has_key (const PhSortKey *keys, guint n, const PhColumn *column)
{
  for (guint i = 0; i < n; i++)
    if (keys[i].column == column)
      return TRUE;
  return FALSE;
}

static void
add_key (PhSortKey *keys, guint *n, const PhColumn *column, gboolean descending)
{
  if (column && *n < MAX_SORT_KEYS && !has_key (keys, *n, column))
    keys[(*n)++] = (PhSortKey){ .column = column, .descending = descending };
}

/* All but the table's own order. */
static guint
get_keys (PhTableView *self, PhSortKey *keys)
{
  guint n = ph_column_sorter_probe (gtk_column_view_get_sorter (self->column_view), keys, MAX_SORT_KEYS);

  for (guint i = 0; i < self->n_lesser; i++)
    add_key (keys, &n, self->lesser[i].column, self->lesser[i].descending);
  return n;
}

void
ph_table_view_sort_changed (PhTableView *self)
{
  const PhSchema *schema = ph_table_get_schema (ph_view_get_table (self->view));
  PhSortKey keys[MAX_SORT_KEYS];
  guint n;

  if (self->frozen)
    return;
  n = get_keys (self, keys);
  for (const char *const *id = self->order; *id; id++)
    add_key (keys, &n, ph_schema_find_column (schema, *id), FALSE);
  ph_view_set_sort (self->view, keys, n);
  g_signal_emit_by_name (self, "sort-changed");
}

static void
set_keys (PhTableView *self, const PhSortKey *keys, guint n)
{
  GtkColumnViewColumn *column = ph_table_view_find_column (self, keys[0].column->id);

  self->n_lesser = 0;
  for (guint i = 1; i < n; i++)
    self->lesser[self->n_lesser++] = keys[i];
  self->frozen = TRUE;
  gtk_column_view_sort_by_column (self->column_view, column,
                                  keys[0].descending ? GTK_SORT_DESCENDING : GTK_SORT_ASCENDING);
  self->frozen = FALSE;
  ph_table_view_sort_changed (self);
}

/* That can be shown: only such a one has a header that says so. */
static const PhColumn *
find_shown (PhTableView *self, const char *id)
{
  const PhColumn *column = ph_schema_find_column (ph_table_get_schema (ph_view_get_table (self->view)), id);

  return column && !(column->flags & PH_COLUMN_EXPORT_ONLY) ? column : NULL;
}

void
ph_table_view_sort_by (PhTableView *self, const char *id, gboolean descending)
{
  const PhColumn *column = find_shown (self, id);

  if (!column)
    return;
  self->usual = (PhSortKey){ .column = column, .descending = descending };
  set_keys (self, &self->usual, 1);
}

void
ph_table_view_sort_first (PhTableView *self, const char *id, gboolean descending)
{
  PhSortKey before[MAX_SORT_KEYS], keys[MAX_SORT_KEYS];
  guint n_before = get_keys (self, before), n = 0;

  add_key (keys, &n, find_shown (self, id), descending);
  if (n == 0)
    return;
  for (guint i = 0; i < n_before; i++)
    add_key (keys, &n, before[i].column, before[i].descending);
  set_keys (self, keys, n);
}

GVariant *
ph_table_view_dup_sort (PhTableView *self)
{
  g_autoptr (GVariantBuilder) sort = g_variant_builder_new (G_VARIANT_TYPE ("a(sb)"));
  PhSortKey keys[MAX_SORT_KEYS];
  guint n = get_keys (self, keys);

  if (n == 1 && keys[0].column == self->usual.column && !keys[0].descending == !self->usual.descending)
    n = 0;
  for (guint i = 0; i < n; i++)
    g_variant_builder_add (sort, "(sb)", keys[i].column->id, keys[i].descending);
  return g_variant_ref_sink (g_variant_builder_end (sort));
}

void
ph_table_view_set_sort (PhTableView *self, GVariant *sort)
{
  PhSortKey keys[MAX_SORT_KEYS];
  GVariantIter iter;
  const char *id;
  gboolean descending;
  guint n = 0;

  if (sort)
    {
      g_variant_iter_init (&iter, sort);
      while (g_variant_iter_next (&iter, "(&sb)", &id, &descending))
        add_key (keys, &n, find_shown (self, id), descending);
    }
  if (n > 0)
    set_keys (self, keys, n);
  else
    set_keys (self, &self->usual, 1);
}
