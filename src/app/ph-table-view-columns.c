/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Which columns are in sight, where, and how wide. A column that is dragged tells of each pixel: others are told of
 * widths once that has come to rest.
 */
#include "ph-table-view-private.h"

#include <string.h>

#include "ph-table-column.h"
#include "ph-table-header.h"

#define WIDTHS_REST_MS 200

/* Owned by the column view. */
static GtkColumnViewColumn *
nth_column (PhTableView *self, guint position)
{
  g_autoptr (GtkColumnViewColumn) column
      = g_list_model_get_item (gtk_column_view_get_columns (self->column_view), position);
  return column;
}

static guint
n_columns (PhTableView *self)
{
  return g_list_model_get_n_items (gtk_column_view_get_columns (self->column_view));
}

GtkColumnViewColumn *
ph_table_view_find_column (PhTableView *self, const char *id)
{
  for (guint i = 0; i < n_columns (self); i++)
    if (strcmp (ph_table_column_get (nth_column (self, i))->id, id) == 0)
      return nth_column (self, i);
  return NULL;
}

/* --- which and where --- */

void
ph_table_view_update_context (PhTableView *self)
{
  ph_view_set_context (self->view, ph_table_view_get_columns (self), &self->cells->style);
}

void
ph_table_view_align_titles (PhTableView *self)
{
  ph_table_header_align (self->column_view, ph_table_view_get_columns (self));
}

static void
collect_shown (PhTableView *self)
{
  g_ptr_array_set_size (self->shown, 0);
  for (guint i = 0; i < n_columns (self); i++)
    if (gtk_column_view_column_get_visible (nth_column (self, i)))
      g_ptr_array_add (self->shown, (gpointer) ph_table_column_get (nth_column (self, i)));
  g_ptr_array_add (self->shown, NULL);
}

static void
columns_changed (PhTableView *self)
{
  if (self->frozen)
    return;
  collect_shown (self);
  ph_cell_set_set_columns (self->cells, self->shown);
  ph_table_view_align_titles (self);
  ph_table_view_update_context (self);
  g_signal_emit_by_name (self, "columns-changed");
}

static void
visible_changed (GtkColumnViewColumn *column, GParamSpec *pspec, PhTableView *self)
{
  if (self->frozen)
    return;
  collect_shown (self);
  /* A table without columns could not be given any: it has no header to click. */
  if (self->shown->len == 1)
    gtk_column_view_column_set_visible (column, TRUE);
  else
    columns_changed (self);
}

static gboolean
is_default (const PhColumn *column)
{
  return column->flags & PH_COLUMN_SHOWN;
}

void
ph_table_view_set_shown (PhTableView *self, const char *const *ids)
{
  guint position = 0;

  self->frozen = TRUE;
  for (; ids && *ids; ids++)
    {
      g_autoptr (GtkColumnViewColumn) column = ph_table_view_find_column (self, *ids);

      if (!column)
        continue;
      g_object_ref (column);
      /* A repeated id is already in front. */
      gboolean seen = FALSE;
      for (guint i = 0; i < position; i++)
        seen |= nth_column (self, i) == column;
      if (seen)
        continue;
      gtk_column_view_insert_column (self->column_view, position++, column);
      gtk_column_view_column_set_visible (column, TRUE);
    }
  if (position > 0)
    for (guint i = position; i < n_columns (self); i++)
      gtk_column_view_column_set_visible (nth_column (self, i), FALSE);
  else
    {
      const PhSchema *schema = ph_table_get_schema (ph_view_get_table (self->view));

      for (guint i = 0; i < schema->n_columns; i++)
        {
          g_autoptr (GtkColumnViewColumn) column = ph_table_view_find_column (self, schema->columns[i].id);

          if (!column)
            continue;
          g_object_ref (column);
          gtk_column_view_insert_column (self->column_view, position++, column);
          gtk_column_view_column_set_visible (column, is_default (&schema->columns[i]));
        }
    }
  self->frozen = FALSE;
  columns_changed (self);
  ph_table_view_sort_changed (self);
}

char **
ph_table_view_dup_shown (PhTableView *self)
{
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();

  for (guint i = 0; i + 1 < self->shown->len; i++)
    g_strv_builder_add (ids, ((const PhColumn *) g_ptr_array_index (self->shown, i))->id);
  return g_strv_builder_end (ids);
}

gboolean
ph_table_view_is_default (PhTableView *self)
{
  const PhSchema *schema = ph_table_get_schema (ph_view_get_table (self->view));
  guint n = 0;

  for (guint i = 0; i < schema->n_columns; i++)
    if (is_default (&schema->columns[i]) && g_ptr_array_index (self->shown, n++) != &schema->columns[i])
      return FALSE;
  return g_ptr_array_index (self->shown, n) == NULL;
}

const PhColumn *const *
ph_table_view_get_columns (PhTableView *self)
{
  return (const PhColumn *const *) self->shown->pdata;
}

/* The one before or after it that is in sight: what is hidden in between is not seen to move. */
void
ph_table_view_move_column (PhTableView *self, const char *id, gboolean forward)
{
  g_autoptr (GtkColumnViewColumn) column = ph_table_view_find_column (self, id);
  int step = forward ? 1 : -1;
  int from = 0, to;

  if (!column)
    return;
  g_object_ref (column);
  while (nth_column (self, from) != column)
    from++;
  for (to = from + step; to >= 0 && to < (int) n_columns (self); to += step)
    if (gtk_column_view_column_get_visible (nth_column (self, to)))
      break;
  if (to < 0 || to >= (int) n_columns (self))
    return;
  self->frozen = TRUE;
  gtk_column_view_insert_column (self->column_view, to, column);
  self->frozen = FALSE;
  columns_changed (self);
}

void
ph_table_view_hide_column (PhTableView *self, const char *id)
{
  GtkColumnViewColumn *column = ph_table_view_find_column (self, id);

  if (column)
    gtk_column_view_column_set_visible (column, FALSE);
}

/* --- how wide --- */

void
ph_table_view_fit_column (PhTableView *self, const char *id)
{
  GtkColumnViewColumn *column = ph_table_view_find_column (self, id);

  if (column)
    ph_table_column_fit (column);
}

GVariant *
ph_table_view_dup_widths (PhTableView *self)
{
  g_autoptr (GVariantBuilder) widths = g_variant_builder_new (G_VARIANT_TYPE ("a{si}"));

  for (guint i = 0; i < n_columns (self); i++)
    {
      int width = ph_table_column_get_width (nth_column (self, i));

      if (width > 0)
        g_variant_builder_add (widths, "{si}", ph_table_column_get (nth_column (self, i))->id, width);
    }
  return g_variant_ref_sink (g_variant_builder_end (widths));
}

void
ph_table_view_set_widths (PhTableView *self, GVariant *widths)
{
  for (guint i = 0; i < n_columns (self); i++)
    {
      GtkColumnViewColumn *column = nth_column (self, i);
      int width = 0;

      if (widths)
        g_variant_lookup (widths, ph_table_column_get (column)->id, "i", &width);
      if (width != ph_table_column_get_width (column))
        ph_table_column_set_width (column, width);
    }
  ph_table_view_tell_widths (self);
}

void
ph_table_view_tell_widths (PhTableView *self)
{
  g_autoptr (GVariant) widths = ph_table_view_dup_widths (self);

  g_clear_handle_id (&self->widths_id, g_source_remove);
  if (self->widths && g_variant_equal (widths, self->widths))
    return;
  g_clear_pointer (&self->widths, g_variant_unref);
  self->widths = g_steal_pointer (&widths);
  g_signal_emit_by_name (self, "widths-changed");
}

static gboolean
widths_at_rest (gpointer self)
{
  PH_TABLE_VIEW (self)->widths_id = 0;
  ph_table_view_tell_widths (self);
  return G_SOURCE_REMOVE;
}

static void
width_changed (GtkColumnViewColumn *column, GParamSpec *pspec, PhTableView *self)
{
  if (self->frozen)
    return;
  g_clear_handle_id (&self->widths_id, g_source_remove);
  self->widths_id = g_timeout_add (WIDTHS_REST_MS, widths_at_rest, self);
}

/* --- making them --- */

static void
add_column (PhTableView *self, const PhColumn *column, GActionMap *actions)
{
  g_autoptr (GtkColumnViewColumn) made = ph_table_column_new (column, self->cells);
  g_autoptr (GPropertyAction) action = g_property_action_new (column->id, made, "visible");

  g_signal_connect_object (made, "notify::visible", G_CALLBACK (visible_changed), self, 0);
  g_signal_connect_object (made, "notify::fixed-width", G_CALLBACK (width_changed), self, 0);
  g_action_map_add_action (actions, G_ACTION (action));
  gtk_column_view_append_column (self->column_view, made);
}

void
ph_table_view_make_columns (PhTableView *self)
{
  const PhSchema *schema = ph_table_get_schema (ph_view_get_table (self->view));
  g_autoptr (GSimpleActionGroup) actions = g_simple_action_group_new ();

  self->frozen = TRUE;
  for (guint i = 0; i < schema->n_columns; i++)
    if (!(schema->columns[i].flags & PH_COLUMN_EXPORT_ONLY))
      add_column (self, &schema->columns[i], G_ACTION_MAP (actions));
  self->frozen = FALSE;
  gtk_widget_insert_action_group (GTK_WIDGET (self), "columns", G_ACTION_GROUP (actions));
  self->widths = ph_table_view_dup_widths (self);

  g_signal_connect_object (gtk_column_view_get_columns (self->column_view), "items-changed",
                           G_CALLBACK (columns_changed), self, G_CONNECT_SWAPPED);
  columns_changed (self);
}
