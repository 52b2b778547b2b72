/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The column view draws and takes clicks; order and content come from the PhView, and cells from ph-column-factory. */
#include "ph-table-view-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "ph-cell.h"
#include "ph-column-menu.h"
#include "ph-compat.h"
#include "ph-gradual.h"
#include "ph-owner-click.h"
#include "ph-row-menu.h"
#include "ph-scroll-start.h"
#include "ph-scroll-top.h"
#include "ph-selection.h"
#include "ph-steady.h"
#include "ph-table-copy.h"
#include "ph-table-header.h"

G_DEFINE_FINAL_TYPE (PhTableView, ph_table_view, ADW_TYPE_BIN)

enum
{
  SIGNAL_COLUMNS_CHANGED,
  SIGNAL_WIDTHS_CHANGED,
  SIGNAL_SORT_CHANGED,
  SIGNAL_RESET,
  SIGNAL_DRAWN,
  SIGNAL_ROW_ACTIVATED,
  SIGNAL_ROW_MENU,
  SIGNAL_FILTER_WANTED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

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
  g_autoptr (GListModel) rows = NULL;

  g_return_if_fail (self->view == NULL);
  self->view = g_object_ref (view);
  self->order = order;
  rows = ph_gradual_new (G_LIST_MODEL (view), GTK_WIDGET (self));
  self->selection = GTK_SELECTION_MODEL (ph_selection_new (rows));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->column_view), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  ph_table_header_name (self->column_view, name);
  ph_compat_let_tab_leave (self->column_view);

  ph_table_view_make_columns (self);
  g_signal_connect_object (gtk_column_view_get_sorter (self->column_view), "changed",
                           G_CALLBACK (ph_table_view_sort_changed), self, G_CONNECT_SWAPPED);
  ph_table_view_sort_by (self, order[0], FALSE);
  gtk_column_view_set_model (self->column_view, self->selection);
  g_signal_connect_object (self->column_view, "activate", G_CALLBACK (row_activated), self, 0);
  ph_row_menu_attach (self);
  ph_owner_click_attach (self);
  ph_column_menu_attach (self);
  ph_steady_attach (GTK_WIDGET (self->scrolled), view);
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
    ph_table_view_update_context (self);
}

const PhStyle *
ph_table_view_get_style (PhTableView *self)
{
  return &self->cells->style;
}

void
ph_table_view_stay_on_top (PhTableView *self)
{
  ph_scroll_top_keep (self->scrolled, G_LIST_MODEL (self->view));
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

static void
copy (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ph_table_copy (PH_TABLE_VIEW (widget), PH_COPY_TEXT);
}

static void
reset_columns (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ph_table_view_set_shown (PH_TABLE_VIEW (widget), NULL);
  ph_table_view_set_widths (PH_TABLE_VIEW (widget), NULL);
  ph_table_view_set_sort (PH_TABLE_VIEW (widget), NULL);
  g_signal_emit (widget, signals[SIGNAL_RESET], 0);
}

static void
show_column_menu (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ph_column_menu_open (PH_TABLE_VIEW (widget));
}

/* Only now are there headers. */
static void
ph_table_view_map (GtkWidget *widget)
{
  PhTableView *self = PH_TABLE_VIEW (widget);

  GTK_WIDGET_CLASS (ph_table_view_parent_class)->map (widget);
  ph_table_view_align_titles (self);
}

/* To the row that had it last, or the first one. */
static gboolean
ph_table_view_grab_focus (GtkWidget *widget)
{
  GtkWidget *rows = ph_table_header_find_rows (PH_TABLE_VIEW (widget)->column_view);
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (widget));

  return (focus && gtk_widget_is_ancestor (focus, rows)) || gtk_widget_child_focus (rows, GTK_DIR_TAB_FORWARD)
         || gtk_widget_grab_focus (rows);
}

static gboolean
ph_table_view_focus (GtkWidget *widget, GtkDirectionType direction)
{
  GtkWidget *rows = ph_table_header_find_rows (PH_TABLE_VIEW (widget)->column_view);

  return !ph_compat_tab_leaves (rows, direction)
         && GTK_WIDGET_CLASS (ph_table_view_parent_class)->focus (widget, direction);
}

static void
ph_table_view_unmap (GtkWidget *widget)
{
  PhTableView *self = PH_TABLE_VIEW (widget);

  if (self->widths_id)
    ph_table_view_tell_widths (self);
  GTK_WIDGET_CLASS (ph_table_view_parent_class)->unmap (widget);
}

static void
ph_table_view_dispose (GObject *object)
{
  PhTableView *self = PH_TABLE_VIEW (object);

  self->frozen = TRUE;
  g_clear_handle_id (&self->widths_id, g_source_remove);
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
  g_clear_pointer (&self->widths, g_variant_unref);
  G_OBJECT_CLASS (ph_table_view_parent_class)->finalize (object);
}

static void
ph_table_view_class_init (PhTableViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ph_table_view_dispose;
  G_OBJECT_CLASS (klass)->finalize = ph_table_view_finalize;
  widget_class->map = ph_table_view_map;
  widget_class->unmap = ph_table_view_unmap;
  widget_class->grab_focus = ph_table_view_grab_focus;
  widget_class->focus = ph_table_view_focus;

  signals[SIGNAL_COLUMNS_CHANGED]
      = g_signal_new ("columns-changed", PH_TYPE_TABLE_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_WIDTHS_CHANGED]
      = g_signal_new ("widths-changed", PH_TYPE_TABLE_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_SORT_CHANGED]
      = g_signal_new ("sort-changed", PH_TYPE_TABLE_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_RESET]
      = g_signal_new ("reset", PH_TYPE_TABLE_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
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
  gtk_widget_class_install_action (widget_class, "table.columns", NULL, show_column_menu);
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
