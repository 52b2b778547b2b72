/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is selected is followed row by row: a row knows its record for as long as somebody holds it, also when what it
 * is about is gone. */
#include "ph-table-page-private.h"

#include "ph-page-shortcut.h"

gboolean
ph_table_page_has_details (PhTablePage *self)
{
  PhTablePageClass *klass = PH_TABLE_PAGE_GET_CLASS (self);

  return klass->details[0] || klass->show_details;
}

static void
show (PhTablePage *self, PhRow *row)
{
  PhTablePagePrivate *priv = ph_table_page_priv (self);
  PhStyle style;

  ph_table_page_get_style (self, &style);
  if (priv->details)
    ph_record_details_show (priv->details, row ? ph_row_get_record (row) : NULL, &style);
  else
    PH_TABLE_PAGE_GET_CLASS (self)->show_details (self, row);
}

void
ph_table_page_update_details (PhTablePage *self)
{
  PhTablePagePrivate *priv = ph_table_page_priv (self);
  GtkWidget *side = ph_split_get_side (priv->split);
  gboolean visible = priv->show_details && priv->row;

  if (!side || !ph_table_page_has_details (self))
    return;
  /* The focus does not stay where nobody sees it. */
  if (!visible && gtk_widget_get_focus_child (side))
    gtk_widget_child_focus (GTK_WIDGET (priv->table_view), GTK_DIR_TAB_FORWARD);
  gtk_widget_set_visible (side, visible);
  show (self, visible ? priv->row : NULL);
}

/* Of several it is the first. */
static PhRow *
find_selected (GtkSelectionModel *model)
{
  g_autoptr (GtkBitset) selected = gtk_selection_model_get_selection (model);

  if (gtk_bitset_is_empty (selected))
    return NULL;
  return g_list_model_get_item (G_LIST_MODEL (model), gtk_bitset_get_minimum (selected));
}

/* A row that has left the table is no longer selected: its pane goes with it. */
static void
selection_changed (PhTablePage *self)
{
  PhTablePagePrivate *priv = ph_table_page_priv (self);
  g_autoptr (PhRow) row = find_selected (ph_table_view_get_selection (priv->table_view));

  if (row == priv->row)
    return;
  g_set_object (&priv->row, row);
  ph_table_page_update_details (self);
}

void
ph_table_page_set_show_details (PhTablePage *self, gboolean show)
{
  PhTablePagePrivate *priv = ph_table_page_priv (self);

  if (show == priv->show_details)
    return;
  priv->show_details = show;
  ph_table_page_update_details (self);
  g_object_notify (G_OBJECT (self), "show-details");
}

static void
closed (PhTablePage *self)
{
  ph_table_page_set_show_details (self, FALSE);
}

/* With nothing selected it means the first one: a pane about nothing helps nobody. */
void
ph_table_page_toggle_details (GtkWidget *widget, const char *name, GVariant *parameter)
{
  PhTablePage *self = PH_TABLE_PAGE (widget);
  PhTablePagePrivate *priv = ph_table_page_priv (self);

  if (priv->row)
    ph_table_page_set_show_details (self, !priv->show_details);
  else
    {
      ph_table_page_set_show_details (self, TRUE);
      gtk_selection_model_select_item (ph_table_view_get_selection (priv->table_view), 0, TRUE);
    }
}

void
ph_table_page_make_details (PhTablePage *self)
{
  PhTablePagePrivate *priv = ph_table_page_priv (self);
  PhTablePageClass *klass = PH_TABLE_PAGE_GET_CLASS (self);
  GtkSelectionModel *model = ph_table_view_get_selection (priv->table_view);

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "page.details", ph_table_page_has_details (self));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "page.show-details", ph_table_page_has_details (self));
  if (!ph_table_page_has_details (self))
    return;
  if (klass->details[0])
    {
      priv->details = ph_record_details_new (ph_table_get_schema (priv->table), klass->details[0], klass->details[1]);
      gtk_widget_set_visible (GTK_WIDGET (priv->details), FALSE);
      ph_split_set_side (priv->split, GTK_WIDGET (priv->details));
    }
  g_signal_connect_object (ph_split_get_side (priv->split), "close", G_CALLBACK (closed), self, G_CONNECT_SWAPPED);
  /* A row that goes is news of the list, not of the selection. */
  g_signal_connect_object (model, "selection-changed", G_CALLBACK (selection_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (model, "items-changed", G_CALLBACK (selection_changed), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  ph_page_shortcut_add (GTK_WIDGET (self), GDK_KEY_F9, 0, "page.details");
}
