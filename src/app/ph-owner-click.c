/* SPDX-License-Identifier: GPL-3.0-or-later */
/* In the capture phase: a double click would otherwise reach the row, which has another meaning for it. */
#include "ph-owner-click.h"

#include <string.h>

#include "ph-cell-find.h"

gboolean
ph_owner_click_want (PhTableView *table, PhRow *row)
{
  const PhSchema *schema = ph_table_get_schema (ph_view_get_table (ph_table_view_get_view (table)));
  g_autofree char *term = schema->dup_owner_term ? schema->dup_owner_term (ph_row_get_record (row)) : NULL;

  if (term)
    g_signal_emit_by_name (table, "filter-wanted", term);
  return term != NULL;
}

/* The ids are the same in every table that has owners. */
static gboolean
names_owner (const PhColumn *column)
{
  return strcmp (column->id, "process") == 0 || strcmp (column->id, "pid") == 0;
}

static void
pressed (GtkGestureClick *gesture, int n, double x, double y, PhTableView *table)
{
  gboolean primary = gtk_gesture_single_get_button (GTK_GESTURE_SINGLE (gesture)) == GDK_BUTTON_PRIMARY;
  PhCell *cell = n == (primary ? 2 : 1) ? ph_cell_at (GTK_WIDGET (table), x, y) : NULL;

  if (cell && ph_cell_get_row (cell) && names_owner (ph_cell_get_column (cell))
      && ph_owner_click_want (table, ph_cell_get_row (cell)))
    gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
}

static void
add_click (PhTableView *table, guint button)
{
  GtkGesture *click = gtk_gesture_click_new ();

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), button);
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (click), GTK_PHASE_CAPTURE);
  g_signal_connect (click, "pressed", G_CALLBACK (pressed), table);
  gtk_widget_add_controller (GTK_WIDGET (table), GTK_EVENT_CONTROLLER (click));
}

void
ph_owner_click_attach (PhTableView *table)
{
  add_click (table, GDK_BUTTON_MIDDLE);
  add_click (table, GDK_BUTTON_PRIMARY);
}
