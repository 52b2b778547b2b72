/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * For a moment an empty table will do; a spinner that flashes up at each start would be worse than none.
 *
 * The spinner spins only while it is shown: on a page that a GtkStack hides it goes on, and has the whole window styled
 * and laid out sixty times a second for nobody (seen in 4.8; it was most of what the window cost).
 */
#include "ph-table-stack.h"

#define PATIENCE_MS 300

struct _PhTableStack
{
  AdwBin parent_instance;

  GtkStack *stack;
  PhTableView *table_view;
  PhEmptyState *empty;
  GtkSpinner *spinner;

  gboolean decided; /* there was something to show, or a reason why not */
  guint patience_id;
};

G_DEFINE_FINAL_TYPE (PhTableStack, ph_table_stack, ADW_TYPE_BIN)

static void
show_child (PhTableStack *self, const char *name)
{
  g_clear_handle_id (&self->patience_id, g_source_remove);
  self->decided = TRUE;
  gtk_spinner_stop (self->spinner);
  gtk_stack_set_visible_child_name (self->stack, name);
}

void
ph_table_stack_show_table (PhTableStack *self)
{
  show_child (self, "table");
}

void
ph_table_stack_show_empty (PhTableStack *self, PhTableId table, PhEmptyReason reason, const char *detail)
{
  ph_empty_state_set_reason (self->empty, table, reason, detail);
  show_child (self, "empty");
}

PhTableView *
ph_table_stack_get_table_view (PhTableStack *self)
{
  return self->table_view;
}

static gboolean
out_of_patience (gpointer data)
{
  PhTableStack *self = data;

  self->patience_id = 0;
  gtk_spinner_start (self->spinner);
  gtk_stack_set_visible_child_name (self->stack, "loading");
  return G_SOURCE_REMOVE;
}

static void
ph_table_stack_map (GtkWidget *widget)
{
  PhTableStack *self = PH_TABLE_STACK (widget);

  GTK_WIDGET_CLASS (ph_table_stack_parent_class)->map (widget);
  if (!self->decided && !self->patience_id)
    self->patience_id = g_timeout_add (PATIENCE_MS, out_of_patience, self);
}

static void
ph_table_stack_unmap (GtkWidget *widget)
{
  g_clear_handle_id (&PH_TABLE_STACK (widget)->patience_id, g_source_remove);
  GTK_WIDGET_CLASS (ph_table_stack_parent_class)->unmap (widget);
}

static void
ph_table_stack_dispose (GObject *object)
{
  g_clear_handle_id (&PH_TABLE_STACK (object)->patience_id, g_source_remove);
  adw_bin_set_child (ADW_BIN (object), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), PH_TYPE_TABLE_STACK);
  G_OBJECT_CLASS (ph_table_stack_parent_class)->dispose (object);
}

static void
ph_table_stack_class_init (PhTableStackClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ph_table_stack_dispose;
  widget_class->map = ph_table_stack_map;
  widget_class->unmap = ph_table_stack_unmap;

  g_type_ensure (PH_TYPE_EMPTY_STATE);
  g_type_ensure (PH_TYPE_TABLE_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/porthole/Porthole/ph-table-stack.ui");
  gtk_widget_class_bind_template_child (widget_class, PhTableStack, stack);
  gtk_widget_class_bind_template_child (widget_class, PhTableStack, table_view);
  gtk_widget_class_bind_template_child (widget_class, PhTableStack, empty);
  gtk_widget_class_bind_template_child (widget_class, PhTableStack, spinner);
}

static void
ph_table_stack_init (PhTableStack *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
