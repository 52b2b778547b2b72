/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The column view draws and takes clicks; order and content come from the PhView, and cells from ph-column-factory. */
#include "ph-table-view.h"

#include <glib/gi18n.h>
#include <string.h>

#include "ph-cell.h"
#include "ph-column-menu.h"
#include "ph-column-sorter.h"
#include "ph-gradual.h"
#include "ph-row-menu.h"
#include "ph-scroll-start.h"
#include "ph-selection.h"
#include "ph-table-column.h"
#include "ph-table-header.h"

#define MAX_SORT_KEYS 4

struct _PhTableView
{
  AdwBin parent_instance;

  GtkScrolledWindow *scrolled;
  GtkColumnView *column_view;

  PhView *view;
  GtkSelectionModel *selection;
  PhCellSet *cells;
  const char *const *order;
  GPtrArray *shown; /* of const PhColumn *, NULL-terminated */
  gboolean frozen;  /* columns and order change now, and are looked at afterwards, or never again */
};

G_DEFINE_FINAL_TYPE (PhTableView, ph_table_view, ADW_TYPE_BIN)

enum
{
  SIGNAL_COLUMNS_CHANGED,
  SIGNAL_DRAWN,
  SIGNAL_ROW_ACTIVATED,
  SIGNAL_ROW_MENU,
  SIGNAL_FILTER_WANTED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

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

static GtkColumnViewColumn *
find_column (PhTableView *self, const char *id)
{
  for (guint i = 0; i < n_columns (self); i++)
    if (strcmp (ph_table_column_get (nth_column (self, i))->id, id) == 0)
      return nth_column (self, i);
  return NULL;
}

/* --- order --- */

static gboolean
has_key (const PhSortKey *keys, guint n, const PhColumn *column)
{
  for (guint i = 0; i < n; i++)
    if (keys[i].column == column)
      return TRUE;
  return FALSE;
}

static void
sort_changed (PhTableView *self)
{
  const PhSchema *schema = ph_table_get_schema (ph_view_get_table (self->view));
  PhSortKey keys[MAX_SORT_KEYS];
  guint n;

  if (self->frozen)
    return;
  n = ph_column_sorter_probe (gtk_column_view_get_sorter (self->column_view), keys, MAX_SORT_KEYS);
  for (const char *const *id = self->order; *id && n < MAX_SORT_KEYS; id++)
    {
      const PhColumn *column = ph_schema_find_column (schema, *id);

      if (column && !has_key (keys, n, column))
        keys[n++] = (PhSortKey){ .column = column };
    }
  ph_view_set_sort (self->view, keys, n);
}

void
ph_table_view_sort_by (PhTableView *self, const char *id, gboolean descending)
{
  GtkColumnViewColumn *column = find_column (self, id);

  if (column)
    gtk_column_view_sort_by_column (self->column_view, column, descending ? GTK_SORT_DESCENDING : GTK_SORT_ASCENDING);
}

/* --- what is shown --- */

static void
update_context (PhTableView *self)
{
  ph_view_set_context (self->view, ph_table_view_get_columns (self), &self->cells->style);
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
  ph_cell_set_set_lead (self->cells, g_ptr_array_index (self->shown, 0));
  ph_table_header_align (self->column_view, ph_table_view_get_columns (self));
  update_context (self);
  g_signal_emit (self, signals[SIGNAL_COLUMNS_CHANGED], 0);
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
      g_autoptr (GtkColumnViewColumn) column = find_column (self, *ids);

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
          g_autoptr (GtkColumnViewColumn) column = find_column (self, schema->columns[i].id);

          if (!column)
            continue;
          g_object_ref (column);
          gtk_column_view_insert_column (self->column_view, position++, column);
          gtk_column_view_column_set_visible (column, is_default (&schema->columns[i]));
        }
    }
  self->frozen = FALSE;
  columns_changed (self);
  sort_changed (self);
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

/* --- making the columns --- */

static void
add_column (PhTableView *self, const PhColumn *column, GMenuModel *menu, GActionMap *actions)
{
  g_autoptr (GtkColumnViewColumn) made = ph_table_column_new (column, self->cells, menu);
  g_autoptr (GPropertyAction) action = g_property_action_new (column->id, made, "visible");

  g_signal_connect_object (made, "notify::visible", G_CALLBACK (visible_changed), self, 0);
  g_action_map_add_action (actions, G_ACTION (action));
  gtk_column_view_append_column (self->column_view, made);
}

static void
row_activated (GtkColumnView *column_view, guint position, PhTableView *self)
{
  g_autoptr (PhRow) row = g_list_model_get_item (G_LIST_MODEL (self->selection), position);

  if (row)
    g_signal_emit (self, signals[SIGNAL_ROW_ACTIVATED], 0, row);
}

void
ph_table_view_set_view (PhTableView *self, PhView *view, const char *name, const char *const *order)
{
  const PhSchema *schema = ph_table_get_schema (ph_view_get_table (view));
  g_autoptr (GSimpleActionGroup) actions = g_simple_action_group_new ();
  g_autoptr (GMenuModel) menu = ph_column_menu_new (schema);
  g_autoptr (GListModel) rows = NULL;

  g_return_if_fail (self->view == NULL);
  self->view = g_object_ref (view);
  self->order = order;
  rows = ph_gradual_new (G_LIST_MODEL (view), GTK_WIDGET (self));
  self->selection = GTK_SELECTION_MODEL (ph_selection_new (rows));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->column_view), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);

  self->frozen = TRUE;
  for (guint i = 0; i < schema->n_columns; i++)
    if (!(schema->columns[i].flags & PH_COLUMN_EXPORT_ONLY))
      add_column (self, &schema->columns[i], menu, G_ACTION_MAP (actions));
  self->frozen = FALSE;
  gtk_widget_insert_action_group (GTK_WIDGET (self), "columns", G_ACTION_GROUP (actions));

  g_signal_connect_object (gtk_column_view_get_columns (self->column_view), "items-changed",
                           G_CALLBACK (columns_changed), self, G_CONNECT_SWAPPED);
  columns_changed (self);

  g_signal_connect_object (gtk_column_view_get_sorter (self->column_view), "changed", G_CALLBACK (sort_changed), self,
                           G_CONNECT_SWAPPED);
  ph_table_view_sort_by (self, order[0], FALSE);
  gtk_column_view_set_model (self->column_view, self->selection);
  g_signal_connect_object (self->column_view, "activate", G_CALLBACK (row_activated), self, 0);
  ph_row_menu_attach (self);
}

PhView *
ph_table_view_get_view (PhTableView *self)
{
  return self->view;
}

GtkSelectionModel *
ph_table_view_get_selection (PhTableView *self)
{
  return self->selection;
}

void
ph_table_view_set_style (PhTableView *self, const PhStyle *style)
{
  ph_cell_set_set_style (self->cells, style);
  ph_cell_set_refresh (self->cells);
  if (self->view)
    update_context (self);
}

const PhStyle *
ph_table_view_get_style (PhTableView *self)
{
  return &self->cells->style;
}

void
ph_table_view_refresh_cells (PhTableView *self)
{
  ph_cell_set_refresh (self->cells);
}

static gboolean
cells_drawn (gpointer data)
{
  g_signal_emit (data, signals[SIGNAL_DRAWN], 0);
  return G_SOURCE_REMOVE;
}

/* --- what is seen of rows --- */

void
ph_table_view_set_marker (PhTableView *self, PhRowMarker marker, gpointer user_data)
{
  self->cells->marker = marker;
  self->cells->marker_data = user_data;
  ph_cell_set_refresh (self->cells);
}

void
ph_table_view_each_in_sight (PhTableView *self, void (*func) (PhRow *row, gpointer user_data), gpointer user_data)
{
  GtkWidget *window = GTK_WIDGET (self->scrolled);
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_object_unref);

  if (!gtk_widget_get_mapped (window))
    return;
  for (GList *l = self->cells->cells.head; l; l = l->next)
    {
      graphene_rect_t box;

      /* GTK keeps many more rows ready than there is room for, some of them at stale places but not mapped. */
      if (ph_cell_get_column (l->data) != self->cells->lead || !gtk_widget_get_mapped (l->data)
          || !gtk_widget_compute_bounds (l->data, window, &box))
        continue;
      if (box.size.height > 0 && box.origin.y + box.size.height > 0
          && box.origin.y < (float) gtk_widget_get_height (window))
        g_ptr_array_add (rows, g_object_ref (ph_cell_get_row (l->data)));
    }
  for (guint i = 0; i < rows->len; i++)
    func (g_ptr_array_index (rows, i), user_data);
}

/* --- taking rows out --- */

guint32 *
ph_table_view_dup_slots (PhTableView *self, gboolean selected, guint *n)
{
  guint n_rows = g_list_model_get_n_items (G_LIST_MODEL (self->view));
  guint32 *slots = g_new (guint32, n_rows);

  *n = 0;
  for (guint i = 0; i < n_rows; i++)
    {
      g_autoptr (PhRow) row = g_list_model_get_item (G_LIST_MODEL (self->view), i);

      if (ph_row_is_alive (row) && (!selected || gtk_selection_model_is_selected (self->selection, i)))
        slots[(*n)++] = ((const PhRecord *) ph_row_get_record (row))->slot;
    }
  return slots;
}

char *
ph_table_view_dup_text (PhTableView *self)
{
  GString *text;
  guint n_rows = g_list_model_get_n_items (G_LIST_MODEL (self->view));

  if (ph_selection_is_empty (PH_SELECTION (self->selection)))
    return NULL;
  text = g_string_new (NULL);
  for (guint i = 0; i < n_rows; i++)
    {
      g_autoptr (PhRow) row = g_list_model_get_item (G_LIST_MODEL (self->view), i);
      const PhColumn *const *columns = ph_table_view_get_columns (self);

      if (!gtk_selection_model_is_selected (self->selection, i))
        continue;
      for (guint c = 0; columns[c]; c++)
        {
          if (c > 0)
            g_string_append_c (text, '\t');
          ph_column_format (columns[c], ph_row_get_record (row), &self->cells->style, text);
        }
      g_string_append_c (text, '\n');
    }
  return g_string_free (text, text->len == 0);
}

static void
copy (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_autofree char *text = ph_table_view_dup_text (PH_TABLE_VIEW (widget));

  if (text)
    gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), text);
}

static void
reset_columns (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ph_table_view_set_shown (PH_TABLE_VIEW (widget), NULL);
}

/* Only now are there headers. */
static void
ph_table_view_map (GtkWidget *widget)
{
  PhTableView *self = PH_TABLE_VIEW (widget);

  GTK_WIDGET_CLASS (ph_table_view_parent_class)->map (widget);
  ph_table_header_align (self->column_view, ph_table_view_get_columns (self));
}

static void
ph_table_view_dispose (GObject *object)
{
  PhTableView *self = PH_TABLE_VIEW (object);

  self->frozen = TRUE;
  ph_cell_set_close (self->cells);
  if (self->column_view)
    gtk_column_view_set_model (self->column_view, NULL);
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), PH_TYPE_TABLE_VIEW);
  g_clear_object (&self->selection);
  g_clear_object (&self->view);
  G_OBJECT_CLASS (ph_table_view_parent_class)->dispose (object);
}

static void
ph_table_view_finalize (GObject *object)
{
  PhTableView *self = PH_TABLE_VIEW (object);

  ph_cell_set_unref (self->cells);
  g_ptr_array_unref (self->shown);
  G_OBJECT_CLASS (ph_table_view_parent_class)->finalize (object);
}

static void
ph_table_view_class_init (PhTableViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ph_table_view_dispose;
  G_OBJECT_CLASS (klass)->finalize = ph_table_view_finalize;
  widget_class->map = ph_table_view_map;

  signals[SIGNAL_COLUMNS_CHANGED]
      = g_signal_new ("columns-changed", PH_TYPE_TABLE_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_DRAWN]
      = g_signal_new ("drawn", PH_TYPE_TABLE_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  signals[SIGNAL_ROW_ACTIVATED] = g_signal_new ("row-activated", PH_TYPE_TABLE_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                                NULL, G_TYPE_NONE, 1, PH_TYPE_ROW);
  signals[SIGNAL_ROW_MENU] = g_signal_new ("row-menu", PH_TYPE_TABLE_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                           G_TYPE_NONE, 2, PH_TYPE_ROW, G_TYPE_MENU);
  signals[SIGNAL_FILTER_WANTED] = g_signal_new ("filter-wanted", PH_TYPE_TABLE_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                                NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/porthole/Porthole/ph-table-view.ui");
  gtk_widget_class_bind_template_child (widget_class, PhTableView, scrolled);
  gtk_widget_class_bind_template_child (widget_class, PhTableView, column_view);
  gtk_widget_class_install_action (widget_class, "table.copy", NULL, copy);
  gtk_widget_class_install_action (widget_class, "table.reset-columns", NULL, reset_columns);
  /* The last one is what a menu shows. */
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Insert, GDK_CONTROL_MASK, "table.copy", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_c, GDK_CONTROL_MASK, "table.copy", NULL);
}

static void
ph_table_view_init (PhTableView *self)
{
  self->cells = ph_cell_set_new (GTK_WIDGET (self), cells_drawn);
  self->shown = g_ptr_array_new ();
  g_ptr_array_add (self->shown, NULL);
  gtk_widget_init_template (GTK_WIDGET (self));
  ph_scroll_start_keep (self->scrolled);
}
